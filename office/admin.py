"""The kancelaria's own desk: post, files, periods of keeping, and the registers that only show."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from office import actions
from office.admin_buttons import Button, DeskAdmin
from office.models import (
    AuditSeal,
    Erasure,
    Message,
    MessageState,
    PersonalDataRead,
    RetentionPeriod,
    RetentionRun,
    ScanState,
    StatusChange,
    StoredFile,
)


def _may_go_again(message, user):
    return message.state in (MessageState.DEAD, MessageState.FAILED)


def _may_be_scanned(stored, user):
    return stored.scan_state in (ScanState.PENDING, ScanState.FAILED)


@admin.register(Message)
class MessageAdmin(DeskAdmin):
    """What became of each letter. The text is shown on the letter's own page, and that look is written down."""

    list_display = ["created_at", "state", "event", "channel", "attempts", "error"]
    list_filter = ["state", "channel", "created_at"]
    search_fields = ["address", "event", "about_id__exact"]
    search_help_text = _("Adres, zdarzenie albo oznaczenie sprawy.")
    fields = [
        "event", "channel", "address", "subject", "text", "state", "attempts", "next_attempt_at", "error",
        "created_at", "sent_at", "arrived", "reported_at", "about_type", "about_id",
    ]  # fmt: skip
    purpose = _("sprawdzenie doręczenia wiadomości")
    buttons = [Button(_("Wyślij ponownie"), actions.send_again, needs="office.retry_message", when=_may_go_again)]

    def person_of(self, obj):
        return obj.recipient


@admin.register(StoredFile)
class StoredFileAdmin(DeskAdmin):
    """The state of files, never their content: that opens only from the case a file belongs to (S19)."""

    list_display = ["created_at", "name", "media_type", "size", "scan_state", "scan_attempts", "scan_note"]
    list_filter = ["scan_state", "media_type", "created_at"]
    fields = [
        "name",
        "media_type",
        "size",
        "sha256",
        "warnings",
        "scan_state",
        "scan_note",
        "scan_attempts",
        "scanned_at",
        "created_at",
    ]
    buttons = [Button(_("Sprawdź ponownie"), actions.scan_again, needs="office.rescan_storedfile", when=_may_be_scanned)]


@admin.register(RetentionPeriod)
class RetentionPeriodAdmin(DeskAdmin):
    """How long things are kept. A new period is a new row; of an old one only its end and its confirmation may change."""

    may_add = may_change = True
    list_display = ["kind", "days", "valid_from", "valid_to", "source", "needs_confirmation"]
    list_filter = ["kind", "needs_confirmation"]
    fields = ["kind", "days", "valid_from", "valid_to", "source", "needs_confirmation"]

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "days", "valid_from", "source"] if obj else []


@admin.register(RetentionRun)
class RetentionRunAdmin(DeskAdmin):
    list_display = ["at", "kind", "removed", "older_than", "period"]
    list_filter = ["kind", "at"]
    list_select_related = ["period"]


@admin.register(Erasure)
class ErasureAdmin(DeskAdmin):
    """What was erased on people's own wish: tables and numbers, nobody's data."""

    list_display = ["at", "removed", "stayed", "by_owner", "letter"]
    list_filter = ["at"]


@admin.register(PersonalDataRead)
class PersonalDataReadAdmin(DeskAdmin):
    """Who looked at whose data. For the data protection officer and the auditor; nobody changes it (L37)."""

    list_display = ["at", "reader", "person", "what", "purpose"]
    list_filter = ["at"]
    search_fields = ["reader__exact", "person__exact", "object_id__exact"]
    search_help_text = _("Oznaczenie pracownika, osoby albo sprawy.")
    date_hierarchy = "at"


@admin.register(StatusChange)
class StatusChangeAdmin(DeskAdmin):
    list_display = ["at", "object_type", "object_id", "from_status", "to_status", "side", "actor"]
    list_filter = ["object_type", "side", "at"]
    search_fields = ["object_id__exact", "actor__exact"]
    search_help_text = _("Oznaczenie sprawy albo pracownika.")
    date_hierarchy = "at"


@admin.register(AuditSeal)
class AuditSealAdmin(DeskAdmin):
    list_display = ["day", "rows", "digest", "at"]
