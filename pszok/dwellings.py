"""Whose balances and entries a signed-in person sees: of the dwelling they live in today, and not a minor (R57, R65)."""

from datetime import date

from django.db.models import Q

from pszok.models import QuotaBalance, Visit, VisitLine
from pszok.statuses import VisitStatus
from residents.models import Dwelling, HouseholdMember

ADULT = 18


def homes_of(user, day: date):
    """Memberships through which the account sees a dwelling's waste: of the day, not of a person known to be a minor (3.4)."""
    if not user.is_authenticated:
        return HouseholdMember.objects.none()
    grown_up = Q(person__born_on__isnull=True) | Q(person__born_on__lte=years_before(day, ADULT))
    return HouseholdMember.objects.on(day).filter(grown_up, person__account=user, household__dwelling__use=Dwelling.Use.HOME)


def home_of(user, day: date) -> Dwelling | None:
    """The dwelling whose limits count for the person today; None for a visitor, a minor and who lives nowhere in the city."""
    member = homes_of(user, day).select_related("household__dwelling__address").first()
    return member.household.dwelling if member else None


def used_by(dwelling: Dwelling) -> dict[tuple[int, int], tuple[int, int]]:
    """What it used and what it may, of every balance, by rule and first year of its period."""
    rows = QuotaBalance.objects.filter(dwelling=dwelling).values_list("rule", "period", "used", "most")
    return {(rule, period): (used, most) for rule, period, used, most in rows}


def visits_of(user, day: date):
    """Finished visits of the dwelling the person lives in today, whoever of the household came."""
    return Visit.objects.filter(dwelling__in=homes_of(user, day).values("household__dwelling"), status=VisitStatus.CLOSED)


def entries_of(dwelling: Dwelling):
    """What the dwelling handed in, the newest visit first, corrections below what they correct."""
    return VisitLine.objects.filter(visit__dwelling=dwelling, visit__status=VisitStatus.CLOSED).order_by(
        "-visit__opened_at", "sequence"
    )


def is_minor(born_on: date | None, day: date) -> bool:
    """Whether somebody is known to be one."""
    return born_on is not None and born_on > years_before(day, ADULT)


def years_before(day: date, years: int) -> date:
    """One born on 29 February comes of age on 1 March of a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
