"""The desk of a message: the draft with its areas, what is missing, whom it will reach, verbs as buttons, what became of it."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from announcements import delivery, fan_out, languages, rules
from announcements.actions import announcements as verbs
from announcements.actions import replies
from announcements.admin.forms import AnnouncementForm, AreaForm, TranslationForm
from announcements.audience import audience_of
from announcements.gsm import parts_of
from announcements.models import Announcement, Area, Attachment, Reply, Sender, Translation
from announcements.statuses import AnnouncementStatus, ReplyStatus
from office.admin_buttons import Button, DeskAdmin
from office.admin_rows import NamedRows
from office.models import Channel
from ui.fields import CleanCharField
from ui.words import plural

WRITE = "announcements.write_announcement"
Status = AnnouncementStatus


class NoteForm(forms.Form):
    note = CleanCharField(label=_("Co poprawić"), max_length=500, multiline=True)


class FileForm(forms.Form):
    file = forms.FileField(label=_("Plik"), help_text=_("Zdjęcie JPG lub PNG albo PDF, najwyżej 10 MB."))
    caption = CleanCharField(label=_("Opis"), max_length=200, help_text=_("Co przedstawia, dla kogoś, kto go nie widzi."))


def _is_draft_of(announcement, user):
    return announcement.status == Status.DRAFT and _speaks(announcement, user)


def _speaks(announcement, user):
    return rules.speaks_for(user, announcement.sender)


def _may_release(announcement, user):
    return user.has_perm(rules.permission_to_release(announcement)) and announcement.written_by_id != user.pk


def _may_follow_up(announcement, user):
    return rules.may_be_followed_up(announcement) and _speaks(announcement, user)


def update(announcement, *, by, moment):
    return verbs.follow_up(announcement, message_type=Announcement.MessageType.UPDATE, by=by, moment=moment)


def cancel(announcement, *, by, moment):
    return verbs.follow_up(announcement, message_type=Announcement.MessageType.CANCEL, by=by, moment=moment)


class OfTheDraft:
    """Rows of an announcement: whoever may write it writes them; nobody changes those of a sent one."""

    def has_view_permission(self, request, obj=None):
        return True  # the page itself is guarded

    def has_add_permission(self, request, obj=None):
        return request.user.has_perm(WRITE) and (obj is None or _is_draft_of(obj, request.user))

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_add_permission(request, obj)


COLUMNS = ["street", "address", "latitude", "longitude", "radius_m"]


class AreaRows(OfTheDraft, NamedRows):
    model = Area
    form = AreaForm
    extra = 1

    def get_fields(self, request, obj=None):
        return AreaForm.field_order if self.has_change_permission(request, obj) else ["kind", *COLUMNS]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("address")


class TranslationRows(OfTheDraft, admin.StackedInline):
    """Each language once; a fresh row waits until all are there."""

    model = Translation
    form = TranslationForm
    extra = 1
    max_num = len(languages.FURTHER)
    words = ["language", "title", "text", "short_text"]

    def get_fields(self, request, obj=None):
        return [*self.words, "is_checked"] if self.has_change_permission(request, obj) else self.words


class AttachmentRows(OfTheDraft, admin.TabularInline):
    model = Attachment
    extra = 0
    fields = ["caption"]
    readonly_fields = ["caption"]

    def has_add_permission(self, request, obj=None):
        return False  # by the button, which checks the file

    def has_delete_permission(self, request, obj=None):
        return obj is not None and _is_draft_of(obj, request.user)


@admin.register(Announcement)
class AnnouncementAdmin(DeskAdmin):
    """Only a draft is edited, by who speaks for its sender; what was sent stays (L48)."""

    may_add = may_change = True
    form = AnnouncementForm
    change_form_template = "admin/announcements/announcement.html"
    list_display = ["title", "kind", "sender", "topic", "status", "scheduled_for", "sent_at", "audience"]
    list_filter = ["status", "kind", "sender", "topic"]
    list_select_related = ["sender", "topic"]
    search_fields = ["title", "text"]
    inlines = [AreaRows, TranslationRows, AttachmentRows]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "sender",
                    "topic",
                    "kind",
                    "title",
                    "text",
                    "short_text",
                    "scheduled_for",
                    "expires_at",
                    "accepts_replies",
                ]
            },
        ),
        (
            _("Ostrzeżenie"),
            {
                "description": _("Wypełnij, gdy rodzaj to ostrzeżenie."),
                "fields": ["severity", "urgency", "certainty", "category", "is_exercise"],
            },
        ),
        (_("Przebieg"), {"fields": ["message_type", "references", "review_note", "sent_at", "audience"]}),
    ]
    buttons = [
        Button(_("Przekaż do sprawdzenia"), verbs.hand_in, to=Status.REVIEW, needs=WRITE, when=_speaks),
        Button(_("Wypuść"), verbs.release, to=Status.SCHEDULED, when=_may_release,
               confirm=_("Komunikat pójdzie do odbiorców. Ostrzeżenie wypuszczają dwie różne osoby.")),
        Button(_("Odeślij do poprawy"), verbs.send_back, to=Status.DRAFT, when=_may_release, form=NoteForm, tone="secondary"),
        Button(_("Dodaj plik"), verbs.attach, needs=WRITE, form=FileForm, when=_is_draft_of, tone="secondary"),
        Button(_("Przygotuj aktualizację"), update, needs=WRITE, when=_may_follow_up),
        Button(_("Przygotuj odwołanie"), cancel, needs=WRITE, when=_may_follow_up, tone="danger"),
        Button(_("Zaniechaj"), verbs.drop, to=Status.DROPPED, needs=WRITE, when=_speaks, tone="secondary"),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("sender", "topic", "followed_by")

    def files_of(self, obj):
        return [one.file for one in obj.attachments.select_related("file")]

    def has_add_permission(self, request):
        return request.user.has_perm(WRITE)

    def has_change_permission(self, request, obj=None):
        if obj is None:
            return request.user.has_perm(WRITE)
        return obj.status == Status.DRAFT and request.user.has_perm(WRITE) and _speaks(obj, request.user)

    def get_fieldsets(self, request, obj=None):
        return self.fieldsets if obj else self.fieldsets[:-1]  # nothing has happened to a new one

    def get_readonly_fields(self, request, obj=None):
        return ["message_type", "references", "review_note", "sent_at", "audience"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "sender":
            kwargs["queryset"] = Sender.objects.filter(is_active=True, members__user=request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.written_by, obj.created_at = request.user, timezone.now()
        if not rules.speaks_for(request.user, obj.sender):
            raise PermissionDenied
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context |= {"missing": rules.lacks(obj, timezone.now()) if obj.status == Status.DRAFT else [], "reach": _reach(obj)}
            context |= {
                "untranslated": _untranslated(obj),
                "sms": [_sms(obj, said) for said in obj.wordings().values()],
                "figures": _figures(obj),
                "releases": obj.releases.select_related("by"),
            }
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


def _reach(announcement) -> list[tuple[str, int]]:
    """The rehearsal: how many endpoints it would reach now, by channel. After sending the figures of deliveries tell."""
    if announcement.sent_at:
        return []
    counts = audience_of(announcement).order_by().values("channel").annotate(count=Count("pk")).values_list("channel", "count")
    return [(str(Channel(channel).label), count) for channel, count in sorted(counts)]


def _untranslated(announcement) -> list[str]:
    """Of those it would reach now: who chose a language that there is no text in."""
    if announcement.sent_at:
        return []
    lacking = [tongue for code, tongue in languages.FURTHER.items() if code not in announcement.wordings()]
    reading = audience_of(announcement).filter(follower__language__in=[one.code for one in lacking]).order_by()
    counts = dict(reading.values_list("follower__language").annotate(count=Count("follower", distinct=True)))
    return [_lacks(tongue, counts[tongue.code]) for tongue in lacking if tongue.code in counts]


def _lacks(tongue, count) -> str:
    who = plural(count, _("osoba czyta"), _("osoby czytają"), _("osób czyta"))
    get = plural(count, _("dostanie"), _("dostaną"), _("dostanie"))
    told = {"count": count, "who": who, "language": tongue.readers, "get": get}
    return _("%(count)d %(who)s %(language)s, nie ma tłumaczenia: %(get)s polski tekst.") % told


def _sms(announcement, said) -> dict[str, Any]:
    """What the SMS costs in each language: parts of the text as it would go out, and letters that make it short."""
    text = fan_out.sms_text(announcement, said)
    parts, is_short = parts_of(text)
    return {"tongue": said.tongue, "parts": parts, "is_short": is_short, "text": text}


def _figures(announcement) -> list[tuple[str, str, int]]:
    """What became of it, by channel, in the words of the statuses."""
    found: Counter[tuple[str, str]] = Counter()
    rows = fan_out.deliveries_of(announcement).order_by().values_list("channel", "state", "arrived").annotate(count=Count("pk"))
    for channel, state, arrived, count in rows:
        found[str(Channel(channel).label), str(delivery.status(state, arrived).label)] += count
    return sorted((*key, count) for key, count in found.items())


class AnswerForm(forms.Form):
    answer = CleanCharField(label=_("Odpowiedź"), max_length=2000, multiline=True)


@admin.register(Reply)
class ReplyAdmin(DeskAdmin):
    """What residents wrote back; read by the moderator alone, each look recorded."""

    purpose = _("odpowiedzi mieszkańców na komunikaty")
    list_display = ["sent_at", "announcement", "person", "status"]
    list_filter = ["status", "announcement__sender"]
    list_select_related = ["announcement", "person"]
    fields = ["announcement", "person", "text", "answer", "sent_at", "answered_at"]
    buttons = [
        Button(_("Odpowiedz"), replies.answer, to=ReplyStatus.ANSWERED, needs="announcements.moderate_reply", form=AnswerForm),
        Button(
            _("Zamknij bez odpowiedzi"),
            replies.close,
            to=ReplyStatus.CLOSED,
            needs="announcements.moderate_reply",
            tone="secondary",
        ),
    ]

    def person_of(self, obj):
        return obj.person_id

    def files_of(self, obj):
        return [obj.photo] if obj.photo_id else []
