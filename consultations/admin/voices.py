"""The moderators' desk: voices looked through by two people, originals on request and on record, like ones gathered (C26)."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from consultations.actions import rulings, voices
from consultations.admin.written_forms import FileNameForm, GatherForm, ReasonForm, RedactForm, RulingForm, SplitForm
from consultations.models import Consultation, RemarkFile, Voice, VoiceFlag, VoiceGroup
from consultations.personal_data import without_traces
from consultations.statuses import VoiceStatus
from consultations.text_search import found
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused
from ui.words import counted

ORIGINAL = "consultations.view_original_voice"
MODERATE = "consultations.moderate_voice"
RELEASE = "consultations.release_voice"
WRITE = "consultations.write_ruling"
SHOWS_ORIGINAL = ("redact", "split")


class Unanswered(admin.SimpleListFilter):
    """The queue that a report waits for (C23)."""

    title = _("stanowisko")
    parameter_name = "stanowisko"

    def lookups(self, request, model_admin):
        return [("brak", _("bez zatwierdzonego stanowiska"))]

    def queryset(self, request, queryset):
        return queryset.unanswered() if self.value() == "brak" else queryset


class AfterPublication(admin.SimpleListFilter):
    """What a pattern check alone let out: somebody reads every one of them (decision 0012)."""

    title = _("przegląd")
    parameter_name = "przeglad"

    def lookups(self, request, model_admin):
        return [("po", _("do przejrzenia po publikacji"))]

    def queryset(self, request, queryset):
        return queryset.published_unread() if self.value() == "po" else queryset


class Flagged(admin.SimpleListFilter):
    title = _("zgłoszenia czytelników")
    parameter_name = "zgloszone"

    def lookups(self, request, model_admin):
        return [("tak", _("czeka na sprawdzenie"))]

    def queryset(self, request, queryset):
        return queryset.filter(flags__isnull=False, flags__resolved_at=None).distinct() if self.value() else queryset


def _may_read(voice, user):
    return user.has_perm(ORIGINAL)


def _may_split(voice, user):
    return _may_read(voice, user) and voice.status == VoiceStatus.RECEIVED and voice.remark_id and not voice.group_id


def _is_anothers(voice, user):
    return voice.redacted_by != user.subject


def _was_not_read(voice, user):
    return voice.status == VoiceStatus.PUBLISHED and voice.released_by is None


def _stands_alone(voice, user):
    return voice.group_id is None and not (voice.is_late or voice.is_left)


def _is_grouped(voice, user):
    return voice.group_id is not None


def _ruled(subject):
    ruling = getattr(subject, "ruling", None)
    return {"outcome": ruling.outcome, "reasons": ruling.reasons} if ruling else {}


@admin.register(Voice)
class VoiceAdmin(DeskAdmin):
    change_form_template = "admin/consultations/voice.html"
    change_list_template = "admin/consultations/change_list.html"
    purpose = voices.PURPOSE
    list_display = ["mark", "excerpt", "status", "paragraph", "group", "answer", "is_late"]
    list_filter = ["status", AfterPublication, Unanswered, Flagged, "is_late", "channel", "consultation"]
    list_select_related = ["paragraph", "group__ruling", "ruling", "consultation"]
    search_fields = ["public_text"]
    search_help_text = _("Słowa w dowolnej odmianie, z polskimi literami albo bez.")
    fields = [
        "consultation",
        "instrument",
        "paragraph",
        "question",
        "channel",
        "is_late",
        "public_text",
        "hidden_reason",
        "group",
    ]
    ordering = ["sort_key"]
    buttons = [
        Button(_("Przygotuj do publikacji"), voices.redact, to=VoiceStatus.REDACTED, form=RedactForm, needs=MODERATE, when=_may_read,
               initial=lambda voice: {"public_text": voice.public_text or without_traces(voice.original)}),
        Button(_("Dopuść do publikacji"), voices.release, to=VoiceStatus.PUBLISHED, needs=RELEASE, when=_is_anothers),
        Button(_("Przejrzany, zostaje"), voices.keep_published, needs=MODERATE, when=_was_not_read),
        Button(_("Napisz stanowisko"), rulings.rule, form=RulingForm, needs=WRITE, when=_stands_alone, initial=_ruled),
        Button(_("Oddaj do ponownego przejrzenia"), voices.send_back, to=VoiceStatus.RECEIVED, form=ReasonForm, needs=RELEASE,
               when=lambda voice, user: voice.status == VoiceStatus.REDACTED, tone="secondary"),
        Button(_("Podziel"), voices.split, form=SplitForm, needs=MODERATE, when=_may_split, tone="secondary",
               initial=lambda voice: {"parts": voice.original}),
        Button(_("Wyjmij z grupy"), voices.take_out, needs=WRITE, when=_is_grouped, tone="secondary"),
        Button(_("Przywróć"), voices.restore, to=VoiceStatus.RECEIVED, needs=MODERATE, tone="secondary",
               when=lambda voice, user: voice.status == VoiceStatus.HIDDEN),
        Button(_("Ukryj"), voices.hide, to=VoiceStatus.HIDDEN, form=ReasonForm, needs=MODERATE, tone="danger"),
    ]  # fmt: skip
    actions = ["release_chosen", "keep_chosen", "gather_chosen"]  # type: ignore[assignment]  # the desk has none unless it says so

    def get_queryset(self, request):
        return super().get_queryset(request).defer("original_search", "search", "folded")

    @admin.display(description=_("treść"))
    def excerpt(self, voice):
        return Truncator(voice.public_text).words(18) if voice.public_text else _("jeszcze nieprzejrzany")

    @admin.display(description=_("stanowisko"))
    def answer(self, voice):
        ruling = getattr(voice, "ruling", None) or (voice.group and getattr(voice.group, "ruling", None))
        return f"{ruling.get_outcome_display()}, {ruling.get_status_display()}" if ruling else "-"

    def get_search_results(self, request, queryset, search_term):
        """Originals are searched only by those who may read them; nobody else learns what stands there."""
        if not search_term.strip():
            return queryset, False
        if request.user.has_perm(ORIGINAL):
            return found(queryset, search_term, vector="original_search", folded=""), False
        return found(queryset, search_term), False

    def person_of(self, voice):
        return None  # the page shows nobody's data until the original is asked for

    # The original

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["may_read"] = request.user.has_perm(ORIGINAL)
            if context["may_read"] and "oryginal" in request.GET:
                context["original_text"] = voices.read_original(obj, by=request.user, moment=timezone.now())
            context["ruling"] = getattr(obj, "ruling", None) or (obj.group and getattr(obj.group, "ruling", None))
            context["flags"] = obj.flags.filter(resolved_at=None)
            context["letter_files"] = obj.remark.files.select_related("file") if obj.remark_id else []
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _page(self, request, obj, button, form, refusal=""):
        """A verb that works on the original shows it, which is a look like any other."""
        answer = super()._page(request, obj, button, form, refusal)
        if button.name in SHOWS_ORIGINAL:
            answer.template_name = "admin/consultations/verb_with_original.html"
            answer.context_data["original_text"] = voices.read_original(obj, by=request.user, moment=timezone.now())
        return answer

    # Many at once

    def get_actions(self, request):
        chosen = super().get_actions(request)
        chosen.pop("delete_selected", None)
        if not request.user.has_perm(RELEASE):
            chosen.pop("release_chosen", None)
        if not request.user.has_perm(MODERATE):
            chosen.pop("keep_chosen", None)
        if not (request.user.has_perm(WRITE) or request.user.has_perm(MODERATE)):
            chosen.pop("gather_chosen", None)
        return chosen

    @admin.action(description=_("Dopuść do publikacji (te, które przygotował ktoś inny)"))
    def release_chosen(self, request, queryset):
        try:
            count = voices.release_all(queryset.select_related("instrument"), by=request.user, moment=timezone.now())
        except Refused as why:
            return self.message_user(request, str(why), messages.ERROR)
        self.message_user(request, _now("Dopuszczono: %(words)s.") % {"words": counted(count, "głos", "głosy", "głosów")})

    @admin.action(description=_("Przejrzane po publikacji, zostają"))
    def keep_chosen(self, request, queryset):
        count = voices.keep_all_published(queryset, by=request.user)
        self.message_user(request, _now("Zostaje: %(words)s.") % {"words": counted(count, "głos", "głosy", "głosów")})

    @admin.action(description=_("Połącz w grupę podobnych"))
    def gather_chosen(self, request, queryset):
        """Asks for the group first; the choice is kept on the page."""
        chosen = list(queryset.order_by("sort_key")[:1000])
        if len({voice.consultation_id for voice in chosen}) != 1:
            return self.message_user(request, _now("Wybierz głosy z tych samych konsultacji."), messages.ERROR)
        return _gather(self, request, chosen, chosen[0].consultation)


def _gather(desk, request, chosen, consultation):
    form = GatherForm(request.POST if "gather" in request.POST else None, consultation=consultation)
    if form.is_bound and form.is_valid():
        try:
            group = voices.gather(chosen, **form.cleaned_data, by=request.user, moment=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            desk.message_user(request, _now("Głosy są w grupie „%(title)s”.") % {"title": group.title})
            return HttpResponseRedirect(reverse("admin:consultations_voicegroup_change", args=[group.pk]))
    context = {
        **desk.admin_site.each_context(request), "title": _now("Połącz w grupę podobnych"), "opts": desk.opts, "form": form, "chosen": chosen,
        "may_read": request.user.has_perm(ORIGINAL),
    }  # fmt: skip
    return TemplateResponse(request, "admin/consultations/gather.html", context, status=422 if form.is_bound else 200)


@admin.register(VoiceGroup)
class VoiceGroupAdmin(DeskAdmin):
    change_form_template = "admin/consultations/voice_group.html"
    may_change = True
    list_display = ["title", "consultation", "count", "answer"]
    list_filter = ["consultation"]
    list_select_related = ["consultation", "ruling"]
    search_fields = ["title", "summary"]
    fields = ["consultation", "title", "summary"]
    readonly_fields = ["consultation"]
    buttons = [Button(_("Napisz stanowisko"), rulings.rule, form=RulingForm, needs=WRITE, initial=_ruled)]

    def get_urls(self):
        view = self.admin_site.admin_view(self.alike_view)
        return [path("podobne/<uuid:consultation>/", view, name="consultations_voicegroup_alike"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("voices")

    @admin.display(description=_("głosów"))
    def count(self, group):
        return len(group.voices.all())

    @admin.display(description=_("stanowisko"))
    def answer(self, group):
        ruling = getattr(group, "ruling", None)
        return f"{ruling.get_outcome_display()}, {ruling.get_status_display()}" if ruling else "-"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["voices"] = obj.voices.select_related("paragraph")[:200]
            context["ruling"] = getattr(obj, "ruling", None)
            context["alike_url"] = reverse("admin:consultations_voicegroup_alike", args=[obj.consultation_id])
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def alike_view(self, request, consultation):
        """Proposals of groups by common words; a person reads them and decides. Reading originals needs its right and is recorded."""
        if not (request.user.has_perm(ORIGINAL) and (request.user.has_perm(WRITE) or request.user.has_perm(MODERATE))):
            raise PermissionDenied
        consultation = get_object_or_404(Consultation, pk=consultation)
        if request.method == "POST":
            chosen = list(Voice.objects.filter(consultation=consultation, pk__in=request.POST.getlist("voice")))
            return _gather(self, request, chosen, consultation)
        proposed = voices.likely_alike(consultation)
        for voice in (voice for cluster in proposed for voice in cluster):
            voices.read_original(voice, by=request.user, moment=timezone.now())
        context = {**self.admin_site.each_context(request), "title": _now("Podobne głosy"), "opts": self.opts, "proposed": proposed,
                   "consultation": consultation}  # fmt: skip
        return TemplateResponse(request, "admin/consultations/alike.html", context)


@admin.register(VoiceFlag)
class VoiceFlagAdmin(DeskAdmin):
    list_display = ["voice", "reason", "at", "resolved_at"]
    list_filter = [("resolved_at", admin.EmptyFieldListFilter)]
    list_select_related = ["voice"]
    fields = ["voice", "reason", "at", "resolved_at"]
    buttons = [
        Button(_("Sprawdzone, głos zostaje"), voices.settle_flag, needs=MODERATE, when=lambda one, user: one.resolved_at is None),
    ]


@admin.register(RemarkFile)
class RemarkFileAdmin(DeskAdmin):
    """Files of letters: given to the public under a name that two people agree on."""

    list_display = ["public_or_waiting", "remark", "is_scan", "released"]
    list_filter = ["is_scan"]
    list_select_related = ["remark", "file"]
    fields = ["remark", "public_name", "is_scan"]
    buttons = [
        Button(_("Nadaj nazwę do publikacji"), voices.name_file, form=FileNameForm, needs=MODERATE, when=lambda one, user: not one.is_scan),
        Button(_("Dopuść do publikacji"), voices.release_file, needs=RELEASE,
               when=lambda one, user: one.public_name and not one.released_by and one.named_by != user.subject),
    ]  # fmt: skip

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(ORIGINAL)

    def person_of(self, one):
        return one.remark.person_id

    def files_of(self, one):
        return [one.file]

    @admin.display(description=_("nazwa do publikacji"))
    def public_or_waiting(self, one):
        return one.public_name or _("jeszcze nieprzejrzany")

    @admin.display(description=_("publiczny"), boolean=True)
    def released(self, one):
        return one.released_by is not None
