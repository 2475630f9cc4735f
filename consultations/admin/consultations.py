"""The desk of a consultation: the draft with what is missing, verbs as buttons, announcements, changes and history in view."""

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from consultations import keys, rules
from consultations.actions import calendar, cloning, records, reports
from consultations.admin import calendar_forms as typed
from consultations.models import Activity, Addressee, CollectingChannel, Consultation, Instrument, Material
from consultations.search import STAGES
from consultations.statuses import ConsultationStatus, Phase
from consultations.story import any_story, left_tone, stage_of, time_left
from office.admin_buttons import Button, DeskAdmin
from office.admin_rows import NamedRows
from office.models import StoredFile
from ui.fields import MomentInput
from ui.words import long_date

Status = ConsultationStatus
EDIT, APPROVE = "consultations.change_consultation", "consultations.approve_consultation"
PARTS_OF_PAGE = {"channels", "activities", "instruments", "materials"}  # gaps that are mended in a table below the form


# When a button fits, besides the table of arrows


def _may_approve(consultation, user):
    return rules.may_approve(user, consultation)


def _may_send_back(consultation, user):
    return user.has_perm(EDIT) or user.has_perm(APPROVE)


def _is_closed(consultation, user):
    return consultation.phase == Phase.CLOSED


def _may_be_extended(consultation, user):
    return consultation.phase in (Phase.BEFORE, Phase.OPEN)


def _was_announced(consultation, user):
    return consultation.announced_at is not None


def _is_past_draft(consultation, user):
    return consultation.status != Status.DRAFT


def _takes_materials(consultation, user):
    return consultation.status in (Status.DRAFT, Status.ANNOUNCED, Status.SUSPENDED)


def _waits_for_report(consultation, user):
    return consultation.status in (Status.ANNOUNCED, Status.UNDER_ANALYSIS)


def _may_report(consultation, user):
    return (
        consultation.status == Status.UNDER_ANALYSIS
        and not consultation.reports.filter(status__in=reports.BEING_WRITTEN).exists()
    )


def _is_approved(consultation, user):
    return consultation.status == Status.APPROVED


def _is_suspended(consultation, user):
    return consultation.status == Status.SUSPENDED


class DraftInline(NamedRows):
    """Rows that are part of what a second person approves: open while the consultation is a draft."""

    may_add = True

    def _is_open(self, obj):
        return obj is None or obj.status == Status.DRAFT

    def has_add_permission(self, request, obj=None):
        return self.may_add and self._is_open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._is_open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_open(obj) and super().has_delete_permission(request, obj)


class ChannelInline(DraftInline):
    model = CollectingChannel
    fields = ["kind", "rule", "where"]


class ActivityInline(DraftInline):
    """Meetings may be added and put right while voices are collected; one that was announced is not taken away."""

    model = Activity
    fields = ["kind", "title", "starts_at", "ends_at", "place", "note"]

    def _is_open(self, obj):
        return obj is None or obj.status in (Status.DRAFT, Status.APPROVED, Status.ANNOUNCED, Status.SUSPENDED)

    def has_delete_permission(self, request, obj=None):
        return (obj is None or obj.status == Status.DRAFT) and super().has_delete_permission(request, obj)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "note":
            return db_field.formfield(widget=forms.Textarea(attrs={"rows": 2, "cols": 24}))
        if db_field.name in ("starts_at", "ends_at"):
            return db_field.formfield(widget=MomentInput())
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class InstrumentInline(DraftInline):
    model = Instrument
    fields = ["order", "code", "kind", "title", "audience", "definition", "moderation"]
    show_change_link = True


class MaterialInline(DraftInline):
    """Added by a button, because a file is checked first."""

    model = Material
    fields = ["order", "title", "file", "url"]
    readonly_fields = ["file", "url"]
    may_add = False


class StageFilter(admin.SimpleListFilter):
    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        drafts = [("projekty", _("Projekty i zatwierdzone")), ("raport-po-terminie", _("Raport po terminie"))]
        return [*drafts, *((code, words) for code, (words, _condition) in STAGES.items())]

    def queryset(self, request, queryset):
        if self.value() == "projekty":
            return queryset.filter(status__in=[Status.DRAFT, Status.APPROVED])
        if self.value() == "raport-po-terminie":
            waits = queryset.filter(status__in=[Status.ANNOUNCED, Status.UNDER_ANALYSIS])
            return waits.filter(report_promised_on__lt=timezone.localdate())
        return queryset.filter(STAGES[self.value()][1]) if self.value() in STAGES else queryset


def _has_key(consultation, user):
    return consultation.status in keys.OVER and keys.is_made(consultation)


@admin.register(Consultation)
class ConsultationAdmin(DeskAdmin):
    """Drafts are edited; what was announced is changed by verbs, each with a reason that everybody reads."""

    may_add = may_change = True
    form = typed.ConsultationForm
    change_form_template = "admin/consultations/consultation.html"
    change_list_template = "admin/consultations/change_list.html"
    list_display = ["title", "stage", "time", "report"]
    list_filter = [StageFilter, "basis__kind"]
    search_fields = ["title", "summary", "slug", "order_number"]
    inlines = [ChannelInline, InstrumentInline, ActivityInline, MaterialInline]
    fieldsets = [
        (_("O co pytacie"), {"fields": ["title", "slug", "summary", "purpose", "subject", "decided_so_far"]}),
        (_("Podstawa"), {"fields": ["basis", "order_number", "order_on", "order_url"]}),
        (_("Kogo pytacie"), {"fields": ["addressees", "addressees_limit", "addressees_source", "integrity", "integrity_reason"]}),
        (_("Kalendarz"), {"fields": ["opens_on", "opens_time", "last_day", "report_promised_on"]}),
        (_("Kto prowadzi"), {"fields": ["unit", "contact", "place"]}),
        (_("Wynik"), {"fields": ["results_method", "results_where", "interim_results_open"]}),
    ]
    buttons = [
        Button(_("Zatwierdź"), calendar.approve, to=Status.APPROVED, needs=APPROVE, when=_may_approve,
               confirm=_("Zatwierdzasz teksty, pytania, adresatów i kalendarz. Przeczytaj podgląd, zanim to zrobisz.")),
        Button(_("Ogłoś"), calendar.announce, to=Status.ANNOUNCED, needs=EDIT, when=_is_approved,
               confirm=_("Strona konsultacji będzie od tej chwili widoczna dla wszystkich. Jej treści nie da się potem po cichu zmienić.")),
        Button(_("Wznów"), calendar.resume, to=Status.ANNOUNCED, needs=APPROVE, when=_is_suspended, form=typed.ResumeForm),
        Button(_("Zacznij opracowanie"), calendar.close_collecting, to=Status.UNDER_ANALYSIS, needs=EDIT, when=_is_closed,
               form=typed.PromiseForm),
        Button(_("Przygotuj raport"), reports.draft, needs="consultations.add_report", when=_may_report, name="draft_report",
               done=_("Projekt raportu z policzonymi głosami jest na liście raportów.")),
        Button(_("Przenieś do archiwum"), calendar.archive, to=Status.ARCHIVED, needs=EDIT,
               confirm=_("Strona i raport zostaną, ale nic się już w nich nie zmieni.")),
        Button(_("Odeślij do poprawy"), calendar.send_back, to=Status.DRAFT, when=_may_send_back, form=typed.SendBackForm,
               tone="secondary"),
        Button(_("Wpisz ogłoszenie"), records.record_announcement, needs="consultations.add_announcement", when=_is_past_draft,
               form=typed.AnnouncementForm, tone="secondary"),
        Button(_("Dodaj materiał"), records.add_material, needs="consultations.add_material", when=_takes_materials,
               form=typed.MaterialForm, tone="secondary"),
        Button(_("Przedłuż"), calendar.extend, needs=APPROVE, when=_may_be_extended, form=typed.ExtendForm, tone="secondary"),
        Button(_("Podaj termin raportu"), calendar.promise_report, needs=EDIT, when=_waits_for_report, form=typed.PromiseForm,
               tone="secondary"),
        Button(_("Sprostuj tekst"), calendar.correct, needs=APPROVE, when=_was_announced, form=typed.CorrectForm, tone="secondary"),
        Button(_("Wstrzymaj"), calendar.suspend, to=Status.SUSPENDED, needs=APPROVE, form=typed.ReasonForm, tone="secondary"),
        Button(_("Powtórz jako nowe"), cloning.clone, needs="consultations.add_consultation", form=typed.CloneForm, tone="secondary",
               done=_("Założono nowy projekt. Jest na liście konsultacji.")),
        Button(_("Zniszcz klucz urny"), keys.destroy, needs=APPROVE, when=_has_key, tone="danger", name="destroy_key",
               confirm=_("Od tej chwili nikt nie sprawdzi, kto wziął udział, także w kopiach zapasowych. Zniszcz też kopię klucza w sejfie.")),
        Button(_("Odwołaj"), calendar.cancel, to=Status.CANCELLED, needs=APPROVE, form=typed.ReasonForm, tone="danger"),
    ]  # fmt: skip

    def get_urls(self):
        view = self.admin_site.admin_view(self.preview)
        return [path("<path:object_id>/podglad/", view, name="consultations_consultation_preview"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).with_phase().select_related("basis")

    def get_object(self, request, object_id, from_field=None):
        try:
            return self.get_queryset(request).get(pk=object_id)
        except (Consultation.DoesNotExist, ValueError, TypeError, forms.ValidationError):
            return None

    # The form

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Where nothing is typed (past the draft, by who only approves) the form asks for nothing; the fields are read."""
        if not self._shows_form(request, obj):
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        if self._shows_form(request, obj):
            return self.fieldsets
        moments = {"opens_on": ["opens_at"], "opens_time": [], "last_day": ["closes_at"], "addressees": ["whom"]}
        return [
            (title, {"fields": [shown for name in part["fields"] for shown in moments.get(name, [name])]})
            for title, part in self.fieldsets
        ]

    def get_readonly_fields(self, request, obj=None):
        if self._shows_form(request, obj):
            return []
        return [name for _title, part in self.get_fieldsets(request, obj) for name in part["fields"]]

    def _shows_form(self, request, obj):
        return (obj is None or obj.status == Status.DRAFT) and self.has_change_permission(request, obj)

    def get_inlines(self, request, obj):
        return self.inlines if obj else []

    def save_model(self, request, obj, form, change):
        """The days become moments; who edited a draft is kept, because none of them may approve it."""
        if obj.status == Status.DRAFT:
            obj.opens_at, obj.closes_at = form.cleaned_data.get("opens_at"), form.cleaned_data.get("closes_at")
            obj.drafted_by = obj.drafted_by or request.user.subject
            obj.edited_by = sorted({*obj.edited_by, str(request.user.subject)})
        super().save_model(request, obj, form, change)

    # The page

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= self._in_view(request, obj)
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _in_view(self, request, obj):
        story = any_story(obj.pk)
        names = dict(User.objects.filter(subject__in=_people(obj, story)).values_list("subject", "name"))
        for row in [*story.announcements, *story.changes, *story.corrections]:
            row.who = names.get(getattr(row, "recorded_by", None) or getattr(row, "by", None), "")
        return {
            "story": story, "gaps": self._gaps(request, obj), "warnings": rules.warnings(obj), "untold": rules.untold(obj),
            "author": names.get(obj.drafted_by, ""), "approver": names.get(obj.approved_by, ""),
            "is_author": rules.is_author(request.user, obj), "public_url": self._public_url(obj),
            "preview_url": reverse("admin:consultations_consultation_preview", args=[obj.pk]),
        }  # fmt: skip

    def _public_url(self, obj):
        return reverse("consultations:consultation", args=[obj.slug]) if obj.announced_at else ""

    def _gaps(self, request, obj):
        """What is missing for the next step, each with the place on this page where it is mended."""
        moment = timezone.now()
        if obj.status == Status.DRAFT:
            found = rules.gaps_to_approve(obj, moment)
        else:
            found = rules.gaps_to_announce(obj, moment) if obj.status == Status.APPROVED else []
        return [{"text": gap.text, "url": self._place_of(request, obj, gap.place)} for gap in found]

    def _place_of(self, request, obj, place):
        if place == "announcements":
            return reverse("admin:consultations_consultation_verb", args=[obj.pk, "record_announcement"])
        if not self._shows_form(request, obj):
            return ""
        return f"#{place}-group" if place in PARTS_OF_PAGE else f"#id_{place}"

    def files_of(self, obj):
        """Materials, and proofs of announcements."""
        materials = StoredFile.objects.filter(consultation_material__consultation=obj)
        proofs = StoredFile.objects.filter(announcement_proofs__consultation=obj)
        return list(materials.union(proofs).order_by("created_at"))

    def preview(self, request, object_id):
        return require_safe(self._preview)(request, object_id)

    def _preview(self, request, object_id):
        """The page as residents will see it, for staff who may see the draft."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        story = any_story(obj.pk)
        context = {"story": story, "consultation": story.consultation, "is_preview": True, "desk_url": self._object_url(obj)}
        return render(request, "consultations/consultation.html", context)

    @admin.display(description=_("kogo pytamy"))
    def whom(self, obj):
        return ", ".join(str(Addressee(one).label) for one in obj.addressees) or "-"

    # The list

    @admin.display(description=_("stan"), ordering="status")
    def stage(self, obj):
        word, tone = stage_of(obj)
        return format_html('<span class="desk-term desk-term--{}">{}</span>', tone, word)

    @admin.display(description=_("czas"), ordering="closes_at")
    def time(self, obj):
        today = timezone.localdate()
        tone = left_tone(obj, today)
        return format_html('<span class="desk-term desk-term--{}">{}</span>', tone, time_left(obj, today))

    @admin.display(description=_("raport"), ordering="report_promised_on")
    def report(self, obj):
        """C24: a promise that has passed is said in red."""
        if not obj.report_promised_on:
            return "-"
        late = rules.is_report_late(obj, timezone.localdate())
        words = _("spóźniony, obiecany %(day)s") if late else _("obiecany %(day)s")
        return format_html(
            '<span class="desk-term desk-term--{}">{}</span>', "urgent" if late else "neutral",
            words % {"day": long_date(obj.report_promised_on)},
        )  # fmt: skip


def _people(obj, story):
    shown = [*(row.recorded_by for row in story.announcements), *(row.by for row in [*story.changes, *story.corrections])]
    return {person for person in [obj.drafted_by, obj.approved_by, *shown] if person}
