"""Where a person lives and with whom; that they belong to the town."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from office.transitions import Refused
from residents.models import AddressPoint, Dwelling, Household, HouseholdMember, Person, ResidencyProof
from residents.models.places import flat_key
from residents.rules import is_own_or_family
from ui.text import clean_text


def dwelling_at(address: AddressPoint, flat: str = "") -> Dwelling:
    """The flat of the house, made on first mention; a house without flats is one dwelling, and so is a flat however it is spelled."""
    dwelling, _made = Dwelling.objects.get_or_create(address=address, flat=flat_key(clean_text(flat)))
    return dwelling


@transaction.atomic
def join_household(person: Person, dwelling: Dwelling, *, since: date, by: User, beside: Person | None = None) -> HouseholdMember:
    """The person lives there from that day, in the household of `beside` or in one of their own.

    An earlier household ends the day before. Refused to the person's own hands and to their household (L11), for a day not
    after the present household began, and when `beside` does not live in that dwelling on the day.
    """
    _guard_own(by, person, since)
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.memberships.filter(since__gte=since).exists():
        raise Refused(_("Ta osoba ma już wpisane gospodarstwo od tego dnia albo później."))
    person.memberships.on(since).update(until=since - timedelta(days=1))
    return HouseholdMember.objects.create(household=_household(dwelling, since, beside), person=person, since=since)


@transaction.atomic
def leave_household(person: Person, *, last_day: date, by: User) -> None:
    """The household's last day with this person. Refused as joining is, when they are in none, or before they came."""
    _guard_own(by, person, last_day)
    if not person.memberships.filter(until__isnull=True, since__lte=last_day).update(until=last_day):
        raise Refused(_("Tego dnia osoba nie należała do żadnego gospodarstwa."))


@transaction.atomic
def grant_residency(
    person: Person, *, basis: str, by: User, day: date, dwelling: Dwelling | None = None, until: date | None = None
) -> ResidencyProof:
    """The town has made sure that the person belongs to it, from `day` to `until` inclusive (None: until taken back).

    Refused without a basis in words, for oneself and one's household (L11), and for an end before the beginning.
    """
    if not basis.strip():
        raise Refused(_("Napisz, na jakiej podstawie stwierdzasz zamieszkanie."))
    if until is not None and until < day:
        raise Refused(_("Koniec nie może być wcześniejszy niż początek."))
    _guard_own(by, person, day)
    return ResidencyProof.objects.create(
        person=person, dwelling=dwelling, basis=clean_text(basis), granted_by=by.subject, valid_from=day, valid_to=until
    )


@transaction.atomic
def end_residency(proof: ResidencyProof, *, last_day: date, by: User) -> None:
    """The proof's last day. Refused as granting is, for one that has already ended earlier, or before its beginning."""
    _guard_own(by, proof.person, last_day)
    changed = ResidencyProof.objects.filter(pk=proof.pk, valid_from__lte=last_day).exclude(valid_to__lt=last_day)
    if not changed.update(valid_to=last_day):
        raise Refused(_("Tego potwierdzenia nie można zakończyć w tym dniu."))
    proof.valid_to = last_day


def _guard_own(by, person, day):
    if is_own_or_family(by, person, day):
        raise Refused(_("Swoich spraw i spraw domowników nie załatwia się samemu. Poproś inną osobę z urzędu."))


def _household(dwelling, since, beside):
    if beside is None:
        return Household.objects.create(dwelling=dwelling)
    home = HouseholdMember.objects.on(since).filter(person=beside, household__dwelling=dwelling).first()
    if home is None:
        raise Refused(_("%(person)s nie mieszka tego dnia pod tym adresem.") % {"person": beside})
    return home.household
