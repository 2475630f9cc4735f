"""What the waste point knows of a person: when they came, what they brought, what they disputed (GDPR art. 15, 17)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from pszok.models import Dispute, GateOperator, Visit, VisitLine
from pszok.removals import forget_dispute, forget_who_came
from residents.models import Person
from ui.my_data import Held

NOT_TOLD: dict[str, str] = {}
ON_SHIFT = "Kto przyjął odpady, jest zapisane przy każdej wizycie, bo z tego urząd rozlicza punkt (do potwierdzenia)."


def my_data(person: Person, moment: datetime) -> Iterator[Held]:
    """Balances are the dwelling's, not a person's: they stand on its page and are nobody's personal data."""
    visits = Visit.objects.filter(person=person).order_by("-opened_at")
    yield Held(
        title=_("Wizyty w GPSZOK"), rows=visits, kept="waste_visit_person",
        columns=("opened_at", "point__name", "dwelling__address__street", "dwelling__address__number", "dwelling__flat", "proof", "status", "refusal"),
        labels={"dwelling__address__street": _("ulica"), "dwelling__address__number": _("numer"), "dwelling__flat": _("lokal")},
    )  # fmt: skip
    yield Held(
        title=_("Oddane odpady"), rows=VisitLine.objects.filter(visit__person=person), kept="waste_visit_person",
        columns=("day", "fraction__name", "code__code", "kg", "litres", "pieces"),
    )  # fmt: skip
    yield Held(
        title=_("Reklamacje wpisów"), rows=Dispute.objects.filter(person=person), kept="waste_dispute",
        columns=("text", "status", "opened_at", "answer", "answered_at"),
    )  # fmt: skip
    yield Held(
        title=_("Praca na bramce"), rows=GateOperator.objects.filter(user=person.account_id).exclude(user=None), stays=_(ON_SHIFT), names=True,
        columns=("name", "point__name", "ended_at"),
    )  # fmt: skip


def forget(person: Person, *, by: Any, moment: datetime) -> None:
    """Who came is forgotten; masses and the dwelling's balance stay, as they do after 13 months."""
    for dispute in Dispute.objects.filter(person=person):
        forget_dispute(dispute)
    for visit in Visit.objects.filter(person=person):
        forget_who_came(visit)
