"""A card was shown: what the gate has to know before it opens a visit, asked at once, since cars wait."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists

from office.compiled import compiled
from pszok.hours import SPANS, Timetable, spans_of
from pszok.models import Point
from pszok.rules import PACKAGE
from resident_card.models import PackageGrant
from residents.models import HouseholdMember, Person


@dataclass(frozen=True)
class Arrival:
    """`dwelling`: the key of where the person lives that day; limits are the dwelling's, so nobody carries a balance to a new
    address (R57). `use` is that dwelling's. `has_package`: whether the GPSZOK package works that day (R51)."""

    timetable: Timetable
    dwelling: int | None
    use: str
    has_package: bool


def arrival_of(person: Person, point: Point, day: date) -> Arrival:
    """One statement."""
    rows = list(_arrivals(person=person.pk, point=point.pk, day=day))
    dwelling, use, has_package = rows[0][len(SPANS) :]
    return Arrival(Timetable.of_rows(rows, day), dwelling, use or "", has_package)


@compiled
def _arrivals(*, person: UUID, point: int, day: date):
    homes = HouseholdMember.objects.on(day).filter(person=person).order_by("-since", "pk")
    package = PackageGrant.objects.effective_on(day).filter(person=person, package__code=PACKAGE)
    return spans_of(point, day).values_list(
        *SPANS, homes.values("household__dwelling")[:1], homes.values("household__dwelling__use")[:1], Exists(package)
    )
