"""What the regulation of the point says: whose a limit is, which year it counts for, how long a shift at the gate lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from office.compiled import compiled
from office.transitions import Refused
from pszok.models import GateDevice, GateOperator, LimitRule, Point
from resident_card.models import PackageGrant
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


# Whose limit, and of which year


def home_of(person: Person, day: date) -> HouseholdMember | None:
    """Where the person lives that day: limits are the dwelling's, so nobody carries a balance to a new address (R57).

    The row knows `has_package`: whether the person's GPSZOK package works that day (R51). One query for both, since cars wait.
    """
    return next(_homes(person=person.pk, day=day), None)


@compiled
def _homes(*, person: UUID, day: date):
    package = PackageGrant.objects.effective_on(day).filter(person=OuterRef("person"), package__code=PACKAGE)
    homes = HouseholdMember.objects.on(day).filter(person=person).annotate(has_package=Exists(package))
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
    return str(first) if rule.period_years == 1 else f"{first}\N{EN DASH}{first + rule.period_years - 1}"


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
