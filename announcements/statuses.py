"""What states an announcement and a reply have, and who moves what where. Whether one has expired is computed from its dates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, SYSTEM


class AnnouncementStatus(TextChoices):
    DRAFT = "draft", _("szkic")
    REVIEW = "review", _("do sprawdzenia")
    SCHEDULED = "scheduled", _("zaplanowany")
    SENDING = "sending", _("w wysyłce")
    SENT = "sent", _("wysłany")
    SUPERSEDED = "superseded", _("zastąpiony")
    CANCELLED = "cancelled", _("odwołany")
    DROPPED = "dropped", _("zaniechany")


ANNOUNCEMENT_TRANSITIONS = {
    AnnouncementStatus.DRAFT: {AnnouncementStatus.REVIEW: CLERK, AnnouncementStatus.DROPPED: CLERK},
    AnnouncementStatus.REVIEW: {
        AnnouncementStatus.DRAFT: CLERK,  # sent back with a remark
        AnnouncementStatus.SCHEDULED: CLERK,  # released; an alert by two different people (L48)
        AnnouncementStatus.DROPPED: CLERK,
    },
    AnnouncementStatus.SCHEDULED: {AnnouncementStatus.SENDING: SYSTEM, AnnouncementStatus.DROPPED: CLERK},
    AnnouncementStatus.SENDING: {AnnouncementStatus.SENT: SYSTEM},
    AnnouncementStatus.SENT: {
        AnnouncementStatus.SUPERSEDED: SYSTEM,
        AnnouncementStatus.CANCELLED: SYSTEM,
    },  # by the next in its chain
}
PUBLIC = (
    AnnouncementStatus.SENDING, AnnouncementStatus.SENT, AnnouncementStatus.SUPERSEDED, AnnouncementStatus.CANCELLED,
)  # fmt: skip


class ReplyStatus(TextChoices):
    NEW = "new", _("nowa")
    ANSWERED = "answered", _("z odpowiedzią")
    CLOSED = "closed", _("zamknięta")


REPLY_TRANSITIONS = {
    ReplyStatus.NEW: {ReplyStatus.ANSWERED: CLERK, ReplyStatus.CLOSED: CLERK},
    ReplyStatus.ANSWERED: {ReplyStatus.CLOSED: CLERK},
}
