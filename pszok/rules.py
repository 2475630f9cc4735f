"""What the regulation of the point says: when it is open, which year a limit counts for, how long a shift at the gate lasts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Value
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from office.compiled import compiled
from office.transitions import Refused
from pszok.models import GateDevice, GateOperator, LimitRule, OpeningException, OpeningHours, Point
from residents.models import Dwelling, HouseholdMember, Person

PACKAGE = "gpszok"
CODE_LIVES = timedelta(minutes=15)  # of enrolling a device
IDLE = timedelta(minutes=20)  # without a request the shift ends
LONGEST_SHIFT = timedelta(hours=12)
WRONG_PINS = 5
LOCKED_FOR = timedelta(minutes=15)
ABANDONED_AFTER = timedelta(minutes=60)  # an open visit


@dataclass(frozen=True)
class Gate:
    """Where a visit is taken in and by whom."""

    device: GateDevice
    operator: GateOperator

    @property
    def point(self) -> Point:
        return self.device.point


# When the point is open


def hours_on(point: Point, day: date) -> list[tuple[time, time]]:
    """From when to when that day, in order; an exception replaces the usual hours, and without hours it closes the day (R50)."""
    rows = list(_hours(point=point.pk, day=day, weekday=day.weekday()))
    exceptional = [row for row in rows if row[0]]
    return sorted((opens, closes) for _is, opens, closes in exceptional or rows if opens)


@compiled
def _hours(*, point: int, day: date, weekday: int):
    usual = OpeningHours.objects.valid_on(day).filter(point=point, weekday=weekday).order_by()
    other = OpeningException.objects.filter(point=point, day=day).order_by()
    columns = ("is_other", "opens", "closes")
    return (
        usual.annotate(is_other=Value(False))
        .values_list(*columns)
        .union(other.annotate(is_other=Value(True)).values_list(*columns), all=True)
    )


def is_open(point: Point, moment: datetime) -> bool:
    """The hour of closing is no longer open."""
    now = localtime(moment).time()
    return any(opens <= now < closes for opens, closes in hours_on(point, localdate(moment)))


def hours_in_words(hours: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in hours) or _("nieczynne")


# Whose limit, and of which year


def dwelling_of(person: Person, day: date) -> Dwelling | None:
    """Where the person lives that day: limits are the dwelling's, so nobody carries a balance to a new address (R57)."""
    found = next(_homes(person=person.pk, day=day), None)
    return found.household.dwelling if found else None


@compiled
def _homes(*, person: UUID, day: date):
    homes = HouseholdMember.objects.on(day).filter(person=person)
    return homes.select_related("household__dwelling__address").order_by("-since")


def guard_home(dwelling: Dwelling) -> None:
    """Refused for a company and an unoccupied dwelling: they have no balance (R62)."""
    if dwelling.use == Dwelling.Use.BUSINESS:
        raise Refused(_("Pod tym adresem jest firma. Odpady z działalności odbiera firma, z którą właściciel ma umowę."))
    if dwelling.use == Dwelling.Use.EMPTY:
        raise Refused(_("Ten lokal jest zgłoszony jako niezamieszkany, więc nie ma limitów. Odeślij do Urzędu Miasta."))


def period_of(rule: LimitRule, day: date) -> int:
    """The first calendar year of the period in which the day falls; periods are counted from the year the limit began (R58)."""
    return day.year - (day.year - rule.valid_from.year) % rule.period_years


def period_in_words(rule: LimitRule, day: date) -> str:
    first = period_of(rule, day)
    return str(first) if rule.period_years == 1 else f"{first}–{first + rule.period_years - 1}"


# Who stands at the gate


def operator_of(device: GateDevice, moment: datetime) -> GateOperator | None:
    """Who is signed on, while the shift lasts: 20 minutes without a touch or 12 hours end it."""
    operator = device.operator
    if operator is None or operator.ended_at or device.seen_at is None or device.signed_on_at is None:
        return None
    return operator if moment - device.seen_at <= IDLE and moment - device.signed_on_at <= LONGEST_SHIFT else None


def may_open_outside_hours(operator: GateOperator) -> bool:
    """A supervisor who stands at the gate themselves (R50)."""
    return bool(operator.user and operator.user.is_active and operator.user.has_perm("pszok.supervise_point"))
