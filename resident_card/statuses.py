"""What states exist in the resident card and who moves what where. Whether a package or an agreement is valid is computed from dates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, RESIDENT, SYSTEM


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("szkic")
    SUBMITTED = "submitted", _("złożony")
    IN_REVIEW = "in_review", _("sprawdzany")
    NEEDS_CORRECTION = "needs_correction", _("do poprawy")
    APPROVED = "approved", _("przyjęty")
    REJECTED = "rejected", _("odrzucony")
    WITHDRAWN = "withdrawn", _("wycofany")


APPLICATION_TRANSITIONS = {
    ApplicationStatus.DRAFT: {
        ApplicationStatus.SUBMITTED: (RESIDENT, CLERK),  # a clerk enters what came on paper (R27)
        ApplicationStatus.WITHDRAWN: RESIDENT,
    },
    ApplicationStatus.SUBMITTED: {ApplicationStatus.IN_REVIEW: CLERK, ApplicationStatus.WITHDRAWN: RESIDENT},
    ApplicationStatus.IN_REVIEW: {
        ApplicationStatus.APPROVED: CLERK,
        ApplicationStatus.REJECTED: CLERK,
        ApplicationStatus.NEEDS_CORRECTION: CLERK,
        ApplicationStatus.SUBMITTED: CLERK,  # put back for another clerk
        ApplicationStatus.WITHDRAWN: RESIDENT,
    },
    ApplicationStatus.NEEDS_CORRECTION: {
        ApplicationStatus.SUBMITTED: (RESIDENT, CLERK),
        ApplicationStatus.REJECTED: CLERK,
        ApplicationStatus.WITHDRAWN: RESIDENT,
    },
}
LIVE = (
    ApplicationStatus.DRAFT, ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.NEEDS_CORRECTION,
)  # fmt: skip


class InvitationStatus(TextChoices):
    SENT = "sent", _("wysłane")
    CONFIRMED = "confirmed", _("przyjęte")
    DECLINED = "declined", _("odrzucone")
    EXPIRED = "expired", _("wygasło")
    CALLED_BACK = "called_back", _("cofnięte")


INVITATION_TRANSITIONS = {
    InvitationStatus.SENT: {
        InvitationStatus.CONFIRMED: RESIDENT,
        InvitationStatus.DECLINED: RESIDENT,
        InvitationStatus.EXPIRED: SYSTEM,
        InvitationStatus.CALLED_BACK: RESIDENT,
    }
}


class MediumStatus(TextChoices):
    UNPAID = "unpaid", _("czeka na opłatę")
    ORDERED = "ordered", _("zamówiona")
    READY = "ready", _("do odbioru")
    ACTIVE = "active", _("aktywna")
    BLOCKED = "blocked", _("zablokowana")
    REPLACED = "replaced", _("zastąpiona")
    CANCELLED = "cancelled", _("anulowana")


MEDIUM_TRANSITIONS = {
    MediumStatus.UNPAID: {
        MediumStatus.ORDERED: SYSTEM,
        MediumStatus.CANCELLED: (RESIDENT, CLERK),
    },  # R28: paid first, then ordered
    MediumStatus.ORDERED: {MediumStatus.READY: CLERK, MediumStatus.CANCELLED: CLERK},
    MediumStatus.READY: {MediumStatus.ACTIVE: CLERK, MediumStatus.CANCELLED: CLERK},
    MediumStatus.ACTIVE: {MediumStatus.BLOCKED: (RESIDENT, CLERK), MediumStatus.REPLACED: SYSTEM},
    MediumStatus.BLOCKED: {MediumStatus.REPLACED: SYSTEM},  # never active again (R29)
}


class PhotoStatus(TextChoices):
    PENDING = "pending", _("czeka na sprawdzenie")
    ACCEPTED = "accepted", _("przyjęte")
    REFUSED = "refused", _("do wymiany")


PHOTO_TRANSITIONS = {
    PhotoStatus.PENDING: {PhotoStatus.ACCEPTED: CLERK, PhotoStatus.REFUSED: CLERK},
}
