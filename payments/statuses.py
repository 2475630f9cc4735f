"""What states a payment and a basket have. A payment's status follows the sum of its ledger; nobody sets it by hand."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.transitions import CLERK, RESIDENT, SYSTEM


class PaymentStatus(TextChoices):
    DUE = "due", _("do zapłaty")
    PAID = "paid", _("zapłacona")
    CANCELLED = "cancelled", _("anulowana")


PAYMENT_TRANSITIONS = {
    PaymentStatus.DUE: {PaymentStatus.PAID: SYSTEM, PaymentStatus.CANCELLED: CLERK},
    PaymentStatus.PAID: {PaymentStatus.DUE: SYSTEM},  # the treasurer reversed an entry made by mistake
}


class CheckoutStatus(TextChoices):
    STARTED = "started", _("wybrana")
    REGISTERED = "registered", _("czeka na operatora")
    PAID = "paid", _("zapłacona")
    ABANDONED = "abandoned", _("przerwana")


CHECKOUT_TRANSITIONS = {
    CheckoutStatus.STARTED: {CheckoutStatus.REGISTERED: RESIDENT, CheckoutStatus.ABANDONED: (RESIDENT, SYSTEM)},
    CheckoutStatus.REGISTERED: {CheckoutStatus.PAID: SYSTEM, CheckoutStatus.ABANDONED: (RESIDENT, SYSTEM)},
    CheckoutStatus.ABANDONED: {CheckoutStatus.PAID: SYSTEM},  # a bank may be late: money that came is never lost
}


class RefundStatus(TextChoices):
    ASKED = "asked", _("do zatwierdzenia")
    RELEASED = "released", _("zatwierdzony")
    SENT = "sent", _("zlecony operatorowi")
    DONE = "done", _("zwrócony")
    REJECTED = "rejected", _("nieudany")
    WITHDRAWN = "withdrawn", _("wycofany")


REFUND_TRANSITIONS = {
    RefundStatus.ASKED: {RefundStatus.RELEASED: CLERK, RefundStatus.WITHDRAWN: CLERK},
    RefundStatus.RELEASED: {RefundStatus.SENT: SYSTEM, RefundStatus.WITHDRAWN: CLERK},
    RefundStatus.SENT: {RefundStatus.DONE: SYSTEM, RefundStatus.REJECTED: (SYSTEM, CLERK)},
}
