"""What the town's tax system told of a person's payers, and what the person set here (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dues.models import Instalment, Liability, PayerLink, PostedEntry, Posting, Preference, Quote, QuoteLine, Reminder
from residents.models import Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
BY_LAW = (
    "Dane podatkowe urząd przechowuje do przedawnienia zobowiązań "
    "(Ordynacja podatkowa art. 70 i 86, do potwierdzenia); są w systemie podatkowym, portal je tylko pokazuje."
)  # fmt: skip


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    """Of a payer whose link has ended nothing more is told than that: whose it is now nobody here knows (L42)."""
    payer = {"liability__payer__links__person": person, "liability__payer__links__ended_at": None}
    yield Held(
        title=_("Należności: połączenie z płatnikiem"), rows=PayerLink.objects.filter(person=person), stays=_(BY_LAW), names=True,
        columns=("method", "since", "ended_at"),
    )  # fmt: skip
    yield Held(
        title=_("Należności"), rows=Liability.objects.filter(payer__links__person=person, payer__links__ended_at=None), stays=_(BY_LAW), names=True,
        columns=("number", "payer__number", "kind__name", "period", "subject", "decision", "basis"),
    )  # fmt: skip
    yield Held(
        title=_("Należności: raty"), rows=Instalment.objects.filter(**payer), stays=_(BY_LAW), names=True,
        columns=("liability__number", "number", "due_on", "principal_grosze", "paid_principal_grosze", "paid_interest_grosze"),
    )  # fmt: skip
    yield Held(
        title=_("Należności: wyceny"), rows=Quote.objects.filter(person=person), also=(QuoteLine, PostedEntry, Posting), stays=_(BY_LAW), names=True,
        columns=("payment__mark", "day"),
    )  # fmt: skip
    yield Held(
        title=_("Należności: przypomnienia"), rows=Reminder.objects.filter(person=person), columns=("instalment__liability__number", "channel", "at"),
        labels={"instalment__liability__number": _("numer należności"), "channel": _("kanał"), "at": _("kiedy")},
    )  # fmt: skip
    yield Held(
        title=_("Należności: ustawienia"), rows=Preference.objects.filter(person=person), columns=("lead_days",),
    )  # fmt: skip


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Settings and what was reminded of go, and with them the calendar's address; links end. What is owed is the tax system's."""
    Reminder.objects.filter(person=person).delete()
    Preference.objects.filter(person=person).delete()
    PayerLink.objects.standing().filter(person=person).update(ended_at=moment)
