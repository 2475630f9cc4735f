"""What was asked of a person to pay, and what came in (GDPR art. 15). Nothing of it goes before its time: it is evidence of accounts."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from payments.models import Checkout, CheckoutLine, Entry, Payment
from residents.models import Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
EVIDENCE = (
    "Dowody księgowe urząd przechowuje przez 5 lat, licząc od początku roku następnego "
    "(ustawa o rachunkowości art. 74, do potwierdzenia)."
)  # fmt: skip


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    yield Held(
        title=_("Płatności"), rows=Payment.objects.filter(payer=person), stays=_(EVIDENCE), names=True,
        columns=("mark", "title", "amount_grosze", "due_on", "status", "asked_at"),
    )  # fmt: skip
    yield Held(
        title=_("Wpłaty"), rows=Entry.objects.filter(payment__payer=person), stays=_(EVIDENCE), names=True,
        columns=("payment__mark", "kind", "amount_grosze", "received_on", "evidence"),
    )  # fmt: skip
    yield Held(
        title=_("Płatności internetowe"), rows=Checkout.objects.filter(payer=person), also=(CheckoutLine,), stays=_(EVIDENCE), names=True,
        columns=("amount_grosze", "status", "begun_at", "paid_at", "order_id", "confirmation"),
    )  # fmt: skip
