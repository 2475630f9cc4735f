"""What states exist at the waste point and who moves what where."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, RESIDENT, SYSTEM


class VisitStatus(TextChoices):
    OPEN = "open", _("w toku")
    CLOSED = "closed", _("zakończona")
    REFUSED = "refused", _("odmowa")
    ABANDONED = "abandoned", _("porzucona")


VISIT_TRANSITIONS = {
    VisitStatus.OPEN: {VisitStatus.CLOSED: CLERK, VisitStatus.REFUSED: CLERK, VisitStatus.ABANDONED: SYSTEM},
}


class DisputeStatus(TextChoices):
    OPEN = "open", _("rozpatrywana")
    UPHELD = "upheld", _("uznana")
    DISMISSED = "dismissed", _("nieuznana")
    WITHDRAWN = "withdrawn", _("wycofana")


DISPUTE_TRANSITIONS = {
    DisputeStatus.OPEN: {
        DisputeStatus.UPHELD: CLERK, DisputeStatus.DISMISSED: CLERK, DisputeStatus.WITHDRAWN: RESIDENT,
    },
}  # fmt: skip
