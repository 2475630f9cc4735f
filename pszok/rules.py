"""What the regulation of the point says: whose a limit is, which year it counts for, how long a shift at the gate lasts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from office.transitions import Refused
from pszok.models import GateDevice, GateOperator, LimitRule, Point
from residents.models import Dwelling

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


def guard_use(use: str) -> None:
    """Refused for the premises of a company and an unoccupied dwelling: they have no balance (R62). `use` is a Dwelling's."""
    if use == Dwelling.Use.BUSINESS:
        raise Refused(_("Pod tym adresem jest firma. Odpady z działalności odbiera firma, z którą właściciel ma umowę."))
    if use == Dwelling.Use.EMPTY:
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
