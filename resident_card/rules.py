"""What the regulation of the card says, and who may do what."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from office.transitions import Refused
from resident_card.models import Application, CardPolicy, Family, Membership, PackageGrant
from resident_card.statuses import LIVE, ApplicationStatus
from residents.models import Dwelling, HouseholdMember, Person
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


def has_base(person: Person, day: date) -> bool:
    """Whether the package inseparable from the card works on the day: others need it (R34)."""
    return PackageGrant.objects.on(day).filter(person=person, package__is_base=True).exists()


def is_adult(person: Person, day: date) -> bool:
    """18 completed on the day. Nobody's age is guessed: without a date of birth, no."""
    return is_aged(person, 18, day)


def is_aged(person: Person, years: int, day: date) -> bool:
    return person.born_on is not None and age_on(person.born_on, day) >= years


def is_own_or_familys(user, person: Person) -> bool:
    """R7: a clerk decides neither for themself nor for a member of their family account. Households are asked of `residents.rules`."""
    clerk = Person.objects.of(user).first()
    return clerk is not None and (clerk == person or person.pk in _family_of(clerk))


def close_to(user, day: date) -> set[UUID]:
    """Ids of the clerk themself, their family account and their household: whose applications they neither see nor decide (R7)."""
    clerk = Person.objects.of(user).first()
    if clerk is None:
        return set()
    homes = HouseholdMember.objects.on(day).filter(person=clerk).values("household")
    together = HouseholdMember.objects.on(day).filter(household__in=homes).values_list("person", flat=True)
    return {clerk.pk, *_family_of(clerk), *together}


def may_act_for(actor: Person, person: Person, day: date) -> bool:
    """Who administers a family account acts for its children and for the adults who agreed to it (R16).

    On the 18th birthday that right stops until the person confirms it (R20); nobody acts for a person of unknown age.
    """
    here = Membership.objects.standing().select_related("person")
    member, own = here.filter(person=person).first(), here.filter(person=actor).first()
    return member is not None and own is not None and acts_for(own, member, day)


def acts_for(own: Membership, member: Membership, day: date) -> bool:
    """As `may_act_for`, of two memberships that stand and are at hand."""
    is_run = own.role == Membership.Role.ADMINISTRATOR and own.family_id == member.family_id and own.pk != member.pk
    is_child = member.person.born_on is not None and not is_adult(member.person, day)
    return is_run and (member.confirmed_at is not None or is_child)


def dwelling_of(person: Person, day: date) -> Dwelling | None:
    """Where the town knows that the person lives, or where their application says so while nobody has decided it."""
    home = HouseholdMember.objects.on(day).filter(person=person).select_related("household__dwelling__address").first()
    if home is not None:
        return home.household.dwelling
    filed = Application.objects.filter(person=person, status__in=(*LIVE, ApplicationStatus.APPROVED), dwelling__isnull=False)
    latest = filed.select_related("dwelling__address").order_by("-started_at").first()
    return latest.dwelling if latest else None


def may_live_with_administrator(person: Person, family: Family, day: date) -> bool:
    """R12: nothing the town knows says that the person lives elsewhere than whoever administers the family account."""
    homes = {dwelling_of(member.person, day) for member in _administrators(family)}
    home = dwelling_of(person, day)
    return home is None or home in homes or not homes - {None}


def waits_to_come_of_age(member: Membership, day: date) -> bool:
    """R20: on the account as a child, 18 already, and has not yet said that they stay."""
    return member.role == Membership.Role.CHILD and not member.confirmed_at and is_adult(member.person, day)


def _administrators(family: Family) -> QuerySet[Membership]:
    return family.memberships.standing().filter(role=Membership.Role.ADMINISTRATOR).select_related("person")


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


def may_be_blocked_by(user, day: date) -> QuerySet[Person]:
    """Whose cards the signed-in resident takes out of use: those in their care, and of adults on their family account who agreed (3.4)."""
    if not user.is_authenticated:
        return Person.objects.none()
    led = Membership.objects.standing().filter(person__account=user, role=Membership.Role.ADMINISTRATOR).values("family")
    agreed = Membership.objects.standing().filter(family__in=led, confirmed_at__isnull=False).values("person")
    return Person.objects.filter(Q(pk__in=in_care_of(user, day).values("pk")) | Q(pk__in=agreed))


def payer_for(person: Person) -> Person:
    """Who is asked for money: the person, and for a child without an account whoever administers the family account."""
    if person.account_id:
        return person
    families = Membership.objects.standing().filter(person=person, role=Membership.Role.CHILD).values("family")
    leads = Membership.objects.standing().filter(family__in=families, role=Membership.Role.ADMINISTRATOR)
    lead = leads.select_related("person").order_by("joined_at").first()
    return lead.person if lead else person


def _years_before(day: date, years: int) -> date:
    """Who was born after it has not completed the years yet; one born on 29 February completes them on 1 March of a common year."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)
