"""What states exist in consultations and who moves what where. The diagrams in docs/states/ are drawn from these tables.

Whether an announced consultation is open is not a state: the calendar and the database clock say it (`models.Phase`, C17, B7).
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, SYSTEM


class ConsultationStatus(TextChoices):
    DRAFT = "draft", _("projekt")
    APPROVED = "approved", _("zatwierdzone")
    ANNOUNCED = "announced", _("ogłoszone")
    SUSPENDED = "suspended", _("wstrzymane")
    UNDER_ANALYSIS = "under_analysis", _("w opracowaniu")
    REPORT_PUBLISHED = "report_published", _("z ogłoszonym raportem")
    ARCHIVED = "archived", _("w archiwum")
    CANCELLED = "cancelled", _("odwołane")


CONSULTATION_TRANSITIONS = {
    ConsultationStatus.DRAFT: {ConsultationStatus.APPROVED: CLERK},
    ConsultationStatus.APPROVED: {
        ConsultationStatus.DRAFT: CLERK,  # back to the author
        ConsultationStatus.ANNOUNCED: CLERK,
        ConsultationStatus.CANCELLED: CLERK,
    },
    ConsultationStatus.ANNOUNCED: {
        ConsultationStatus.SUSPENDED: CLERK,
        ConsultationStatus.UNDER_ANALYSIS: CLERK,  # refused before closing and while a voice waits to be settled
        ConsultationStatus.CANCELLED: CLERK,
    },
    ConsultationStatus.SUSPENDED: {ConsultationStatus.ANNOUNCED: CLERK, ConsultationStatus.CANCELLED: CLERK},
    ConsultationStatus.UNDER_ANALYSIS: {ConsultationStatus.REPORT_PUBLISHED: CLERK},
    ConsultationStatus.REPORT_PUBLISHED: {
        ConsultationStatus.UNDER_ANALYSIS: CLERK,  # the only report was withdrawn
        ConsultationStatus.ARCHIVED: CLERK,
    },
}
PUBLIC = (
    ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED, ConsultationStatus.UNDER_ANALYSIS,
    ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED, ConsultationStatus.CANCELLED,
)  # fmt: skip


class Phase(TextChoices):
    """An announced consultation by the database clock; every other one by its status."""

    BEFORE = "before", _("wkrótce się zacznie")
    OPEN = "open", _("trwa")
    CLOSED = "closed", _("zbieranie głosów zakończone")


class EnvelopeState(TextChoices):
    """A voice on its way into the ballot box. Only LISTED ones count; nothing leaves LISTED."""

    WAITING = "waiting", _("odebrany, czeka na zapieczętowanie")
    HELD = "held", _("wstrzymany do wyjaśnienia")
    ADMITTED = "admitted", _("dopuszczony po wyjaśnieniu")
    LISTED = "listed", _("zapieczętowany i policzony")
    REFUSED = "refused", _("niedopuszczony")


class PaperStatus(TextChoices):
    REGISTERED = "registered", _("zarejestrowany")
    TO_COMPLETE = "to_complete", _("do uzupełnienia")
    KEYED = "keyed", _("wpisany")
    VERIFIED = "verified", _("sprawdzony")
    COUNTED = "counted", _("policzony")
    LATE = "late", _("po terminie")
    REJECTED = "rejected", _("nieważny")


PAPER_TRANSITIONS = {
    PaperStatus.REGISTERED: {
        PaperStatus.TO_COMPLETE: CLERK, PaperStatus.KEYED: CLERK, PaperStatus.LATE: CLERK, PaperStatus.REJECTED: CLERK,
    },
    PaperStatus.TO_COMPLETE: {PaperStatus.REGISTERED: CLERK, PaperStatus.REJECTED: CLERK},
    PaperStatus.KEYED: {PaperStatus.VERIFIED: CLERK, PaperStatus.REGISTERED: CLERK, PaperStatus.REJECTED: CLERK},
    PaperStatus.VERIFIED: {PaperStatus.COUNTED: CLERK, PaperStatus.REJECTED: CLERK},
}  # fmt: skip


class RemarkStatus(TextChoices):
    """A letter with remarks. What lacks something may be mended until a day (C19)."""

    TAKEN = "taken", _("przyjęte")
    TO_COMPLETE = "to_complete", _("do uzupełnienia")
    LEFT = "left", _("nieuwzględnione")


REMARK_TRANSITIONS = {
    RemarkStatus.TAKEN: {RemarkStatus.TO_COMPLETE: CLERK},
    RemarkStatus.TO_COMPLETE: {RemarkStatus.TAKEN: CLERK, RemarkStatus.LEFT: CLERK},  # left only after the term has passed
}


class VoiceStatus(TextChoices):
    """What happens to a written voice before anybody outside reads it (C26)."""

    RECEIVED = "received", _("do przejrzenia")
    REDACTED = "redacted", _("czeka na drugą osobę")
    PUBLISHED = "published", _("opublikowany")
    HIDDEN = "hidden", _("ukryty")


VOICE_TRANSITIONS = {
    VoiceStatus.RECEIVED: {VoiceStatus.REDACTED: CLERK, VoiceStatus.PUBLISHED: SYSTEM, VoiceStatus.HIDDEN: CLERK},
    VoiceStatus.REDACTED: {VoiceStatus.PUBLISHED: CLERK, VoiceStatus.RECEIVED: CLERK, VoiceStatus.HIDDEN: CLERK},
    VoiceStatus.PUBLISHED: {VoiceStatus.HIDDEN: CLERK, VoiceStatus.REDACTED: CLERK},
    VoiceStatus.HIDDEN: {VoiceStatus.RECEIVED: CLERK},
}


class RulingStatus(TextChoices):
    DRAFT = "draft", _("projekt")
    APPROVED = "approved", _("zatwierdzone")


RULING_TRANSITIONS = {
    RulingStatus.DRAFT: {RulingStatus.APPROVED: CLERK},
    RulingStatus.APPROVED: {RulingStatus.DRAFT: CLERK},  # refused once a published report cites it
}


class ReportStatus(TextChoices):
    DRAFT = "draft", _("projekt")
    REVIEW = "review", _("do zatwierdzenia")
    PUBLISHED = "published", _("ogłoszony")
    SUPERSEDED = "superseded", _("zastąpiony nowszym")
    WITHDRAWN = "withdrawn", _("wycofany")


REPORT_TRANSITIONS = {
    ReportStatus.DRAFT: {ReportStatus.REVIEW: CLERK},
    ReportStatus.REVIEW: {ReportStatus.PUBLISHED: CLERK, ReportStatus.DRAFT: CLERK},
    ReportStatus.PUBLISHED: {ReportStatus.SUPERSEDED: SYSTEM, ReportStatus.WITHDRAWN: CLERK},
}


class ExportStatus(TextChoices):
    QUEUED = "queued", _("czeka")
    RUNNING = "running", _("powstaje")
    DONE = "done", _("gotowy")
    FAILED = "failed", _("nie udał się")
    EXPIRED = "expired", _("wygasł")


EXPORT_TRANSITIONS = {
    ExportStatus.QUEUED: {ExportStatus.RUNNING: SYSTEM, ExportStatus.FAILED: SYSTEM},
    ExportStatus.RUNNING: {ExportStatus.DONE: SYSTEM, ExportStatus.FAILED: SYSTEM, ExportStatus.QUEUED: SYSTEM},
    ExportStatus.DONE: {ExportStatus.EXPIRED: SYSTEM},
    ExportStatus.FAILED: {ExportStatus.QUEUED: CLERK},
}
