"""Who gets which package: the predicates that `PackageType.condition` names (R10, R36-R39). Each takes the person, the day and the package.

Nobody's age is guessed: without a date of birth a condition on age does not hold.
"""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from resident_card.models import Basis, Membership, PackageType
from resident_card.statuses import ApplicationStatus
from residents.models import Dwelling, HouseholdMember, Person
from residents.rules import age_on

CHILD_UNTIL = 18
PUPIL_UNTIL = 25  # R10: in education to the 25th birthday
LARGE = 3  # R38
ADULTS = (Membership.Role.ADMINISTRATOR, Membership.Role.ADULT)


def holds(package: PackageType, person: Person, day: date) -> bool:
    return CONDITIONS[PackageType.Condition(package.condition)](person, day, package)


def always(person: Person, day: date, package: PackageType) -> bool:
    return True


def of_age(person: Person, day: date, package: PackageType) -> bool:
    """Both ages are in completed years; one born on 29 February completes them on 1 March of a common year (R37)."""
    if person.born_on is None:
        return False
    age = age_on(person.born_on, day)
    return (package.least_age or 0) <= age and (package.most_age is None or age <= package.most_age)


def adult_at_address(person: Person, day: date, package: PackageType) -> bool:
    """R39: of age and living in a dwelling that is somebody's home, neither empty nor a business."""
    homes = HouseholdMember.objects.on(day).filter(person=person, household__dwelling__use=Dwelling.Use.HOME)
    return of_age(person, day, package) and homes.exists()


def pupil(person: Person, day: date, package: PackageType) -> bool:
    """R36: a child shows the school card once, for the application; from 18 on a proof of the present school year is needed."""
    if not of_age(person, day, package):
        return False
    return is_under(person, CHILD_UNTIL, day) or _school_proofs(day).filter(application__person=person).exists()


def large_family(person: Person, day: date, package: PackageType) -> bool:
    """R38: a parent or a dependant of a family account with three dependants who live at the person's own address."""
    own = Membership.objects.standing().filter(person=person).first()
    if own is None:
        return False
    dependants = qualifying_dependants(own.family_id, person, day)
    return len(dependants) >= LARGE and (own.role in ADULTS or person.pk in dependants)


def qualifying_dependants(family, person: Person, day: date) -> set:
    """Ids of the children of the family account who count on the day and live where the person does (R10)."""
    homes = HouseholdMember.objects.on(day).filter(person=person).values("household__dwelling")
    together = HouseholdMember.objects.on(day).filter(household__dwelling__in=homes).values("person")
    children = Membership.objects.standing().filter(family=family, role=Membership.Role.CHILD, person__in=together)
    return {one.person_id for one in children.select_related("person") if is_dependant(one.person, day)}


def dependants_of(person: Person, day: date) -> list[tuple[Person, bool]]:
    """Each child of the person's family account, and whether it counts towards a large family on the day (R38)."""
    own = Membership.objects.standing().filter(person=person).first()
    if own is None:
        return []
    counted = qualifying_dependants(own.family_id, person, day)
    children = Membership.objects.standing().filter(family=own.family_id, role=Membership.Role.CHILD).select_related("person")
    return [(one.person, one.person_id in counted) for one in children.order_by("person__born_on")]


def is_dependant(person: Person, day: date) -> bool:
    """R10: under 18; under 25 with a school proof of this school year; with a disability at any age while its proof is valid."""
    if is_under(person, CHILD_UNTIL, day) or _disability_proofs(day).filter(application__person=person).exists():
        return True
    return is_under(person, PUPIL_UNTIL, day) and _school_proofs(day).filter(application__person=person).exists()


def is_under(person: Person, years: int, day: date) -> bool:
    return person.born_on is not None and age_on(person.born_on, day) < years


def _proofs(kind, day) -> QuerySet[Basis]:
    """Proofs that a clerk has confirmed, of applications that were not turned down, valid on the day."""
    lives = Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    turned_down = [ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN]
    return Basis.objects.filter(*lives, kind=kind, confirmed_on__lte=day).exclude(application__status__in=turned_down)


def _disability_proofs(day):
    return _proofs(Basis.Kind.DISABILITY, day)


def _school_proofs(day):
    """A school proof without an end is good to the end of the school year in which a clerk saw it."""
    starts = date(day.year - (day.month < 9), 9, 1)
    return _proofs(Basis.Kind.SCHOOL, day).filter(Q(valid_to__isnull=False) | Q(confirmed_on__gte=starts))


CONDITIONS: dict[PackageType.Condition, Callable[[Person, date, PackageType], bool]] = {
    PackageType.Condition.NONE: always,
    PackageType.Condition.AGE: of_age,
    PackageType.Condition.ADULT_AT_ADDRESS: adult_at_address,
    PackageType.Condition.PUPIL: pupil,
    PackageType.Condition.LARGE_FAMILY: large_family,
}
