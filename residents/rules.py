"""What may be said of a person, and by whom seen."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from office.compiled import compiled
from office.transitions import Refused
from residents.models import (
    HouseholdMember,
    IdentityConfirmation,
    IdentityLevel,
    Person,
    RegisterPolicy,
    Terms,
    TermsAcceptance,
)

STRENGTH = [IdentityLevel.DECLARED, IdentityLevel.DESK, IdentityLevel.ELECTRONIC]


def person_of(user) -> Person | None:
    """The person of a signed-in account; None when they have not said yet who they are."""
    found = next(_whose(account=user.pk), None) if user.is_authenticated else None
    if found is not None:
        found.account = user  # at hand: no page asks the database for it again
    return found


@compiled
def _whose(*, account: int) -> QuerySet[Person]:
    return Person.objects.filter(account=account)


def identity_level(person: Person) -> IdentityLevel:
    """The strongest confirmation that stands; `declared` when nobody has made sure."""
    levels = (IdentityLevel(confirmation.level) for confirmation in _standing(person=person.pk))
    return max(levels, key=STRENGTH.index, default=IdentityLevel.DECLARED)


@compiled
def _standing(*, person: UUID) -> QuerySet[IdentityConfirmation]:
    return IdentityConfirmation.objects.standing().filter(person=person).only("level")


def is_identity_confirmed(person: Person) -> bool:
    """Whether the town hall or an e-identity provider has made sure who this is. A decision needs it (L10)."""
    return person.identity_confirmations.standing().exists()


def same_household(one: Person, other: Person, day: date) -> bool:
    """Whether both lived in one household on the day. A person is of their own household even when none is recorded."""
    if one.pk == other.pk:
        return True
    homes = HouseholdMember.objects.on(day).filter(person=one).values("household")
    return HouseholdMember.objects.on(day).filter(person=other, household__in=homes).exists()


def is_own_or_family(user, person: Person, day: date) -> bool:
    """L11, KPA art. 24: a clerk does not handle what concerns themselves or someone of their household."""
    clerk = Person.objects.of(user).first()
    return clerk is not None and same_household(clerk, person, day)


def may_see_person(user, person: Person) -> bool:
    """The person themselves, or staff with the right to look persons up."""
    return (person.account_id is not None and person.account_id == user.pk) or user.has_perm("residents.view_person")


def policy(day: date) -> RegisterPolicy:
    """The rules of the register in force on the day. Refused when the town has set none."""
    found = RegisterPolicy.objects.valid_on(day).order_by("-valid_from", "-pk").first()
    if found is None:
        raise Refused("Nie ustawiono zasad kartoteki na ten dzień. Wpisuje je administrator portalu.")
    return found


def age_on(born_on: date, day: date) -> int:
    """Whole years; one born on 29 February grows older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def terms_to_accept(person: Person | None, day: date) -> list[Terms]:
    """Current clause and terms that the person has not been shown yet, both for someone new (L20, L58)."""
    return list(_not_shown(person=person.pk if person else NOBODY, day=day))


@compiled
def _not_shown(*, person: UUID, day: date) -> QuerySet[Terms]:
    seen = TermsAcceptance.objects.filter(person=person).values("terms")
    return Terms.objects.filter(pk__in=Terms.objects.current(day).values("pk")).exclude(pk__in=seen).order_by("kind")


NOBODY = UUID(int=0)
