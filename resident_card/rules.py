"""What the regulation of the card says, and who may do what."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from office.transitions import Refused
from resident_card.models import CardPolicy, Membership, PackageGrant
from residents.models import Person
from residents.rules import age_on


def policy(day: date) -> CardPolicy:
    """The rules of the card in force on the day. Refused when the town has set none."""
    found = CardPolicy.objects.valid_on(day).order_by("-valid_from", "-pk").first()
    if found is None:
        raise Refused("Nie ustawiono zasad karty na ten dzień. Wpisuje je kierownik karty w urzędzie.")
    return found


def packages_of(person: Person, day: date) -> set[str]:
    """Codes of the packages that work for the person on the day: a dependent one only while the base does (R34)."""
    return set(PackageGrant.objects.effective_on(day).filter(person=person).values_list("package__code", flat=True))


def has_package(person: Person, code: str, day: date) -> bool:
    return PackageGrant.objects.effective_on(day).filter(person=person, package__code=code).exists()


def is_adult(person: Person, day: date) -> bool:
    """18 completed on the day. Nobody's age is guessed: without a date of birth, no."""
    return person.born_on is not None and age_on(person.born_on, day) >= 18


def is_own_or_familys(user, person: Person) -> bool:
    """R7: a clerk decides neither for themself nor for a member of their family account. Households are asked of `residents.rules`."""
    clerk = Person.objects.of(user).first()
    return clerk is not None and (clerk == person or person.pk in _family_of(clerk))


def may_act_for(actor: Person, person: Person, day: date) -> bool:
    """Who administers a family account acts for its children and for the adults who agreed to it (R16).

    On the 18th birthday that right stops until the person confirms it (R20); nobody acts for a person of unknown age.
    """
    member = Membership.objects.standing().filter(person=person).first()
    if member is None or person.born_on is None or not (member.confirmed_at or not is_adult(person, day)):
        return False
    run = Membership.objects.standing().filter(person=actor, family=member.family_id, role=Membership.Role.ADMINISTRATOR)
    return actor != person and run.exists()


def _family_of(person: Person) -> Iterable[UUID]:
    families = Membership.objects.standing().filter(person=person).values("family")
    return set(Membership.objects.standing().filter(family__in=families).values_list("person", flat=True))


def looks_after(user, person: Person, day: date) -> bool:
    """The person themselves, or whoever administers the family account in which the person is a child under 18 on the day (R20)."""
    return in_care_of(user, day).filter(pk=person.pk).exists()


def in_care_of(user, day: date) -> QuerySet[Person]:
    """Whose cards the signed-in resident sees and blocks: their own and those of the children of their family account (3.4)."""
    if not user.is_authenticated:
        return Person.objects.none()
    led = Membership.objects.standing().filter(person__account=user, role=Membership.Role.ADMINISTRATOR).values("family")
    children = Membership.objects.standing().filter(family__in=led, role=Membership.Role.CHILD).values("person")
    return Person.objects.filter(Q(account=user) | Q(pk__in=children, born_on__gt=_years_before(day, 18)))


def _years_before(day: date, years: int) -> date:
    """Who was born after it has not completed the years yet; one born on 29 February completes them on 1 March of a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
