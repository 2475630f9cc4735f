"""What states a payment has. Whether it is covered the ledger's sum says; the status follows it and nobody sets it by hand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, SYSTEM


class PaymentStatus(TextChoices):
    DUE = "due", _("do zapłaty")
    PAID = "paid", _("zapłacona")
    CANCELLED = "cancelled", _("anulowana")


PAYMENT_TRANSITIONS = {
    PaymentStatus.DUE: {PaymentStatus.PAID: SYSTEM, PaymentStatus.CANCELLED: CLERK},
    PaymentStatus.PAID: {PaymentStatus.DUE: SYSTEM},  # the treasurer reversed an entry made by mistake
}
