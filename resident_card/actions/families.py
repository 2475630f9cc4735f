"""The family account: it appears by itself, people join and leave it, and somebody always answers for the children (R12-R20).

Each verb that changes who belongs locks the family first, so that two who leave at the same moment stand in line (R18).
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.transitions import Refused
from resident_card.models import Family, Membership
from resident_card.rules import is_adult
from residents.models import Person

ADMINISTRATOR, ADULT, CHILD = Membership.Role.ADMINISTRATOR, Membership.Role.ADULT, Membership.Role.CHILD


def family_of(person: Person) -> Family | None:
    """The family account that the person belongs to now; None for who applied for nobody but themselves."""
    return Family.objects.filter(memberships__in=Membership.objects.standing().filter(person=person)).first()


def guardians_of(child: Person) -> list[Person]:
    """Who answers for the child: the administrators of its family account, longest there first. Nobody for an adult's name on no account."""
    here = Membership.objects.standing().filter(family__memberships__in=Membership.objects.standing().filter(person=child))
    guardians = (
        here.filter(role=ADMINISTRATOR).exclude(person=child).select_related("person__account").order_by("joined_at", "pk")
    )
    return [membership.person for membership in guardians]


@transaction.atomic
def add_child(*, administrator: Person, child: Person, by: User, moment: datetime) -> Membership:
    """The child belongs to the administrator's family account, which appears by itself with the first person added. Twice is once.

    Refused: to who is no adult or does not administer the account they belong to; for a child of another family account.
    """
    if not is_adult(administrator, localdate(moment)):
        raise Refused(_("Konto rodzinne prowadzi osoba pełnoletnia."))
    if child == administrator:
        raise Refused(_("Siebie nie dodaje się do własnego konta rodzinnego."))
    family = _family_run_by(administrator, moment)
    if here := Membership.objects.standing().filter(family=family, person=child).first():
        return here
    return _joined(family, child, CHILD, moment)


def _family_run_by(administrator, moment) -> Family:
    """Their family, locked; made when they belong to none. The lock on the person keeps two windows from making two."""
    Person.objects.select_for_update(of=("self",)).get(pk=administrator.pk)
    own = Membership.objects.standing().filter(person=administrator).first()
    if own is None:
        family = Family.objects.create(made_at=moment)
        _joined(family, administrator, ADMINISTRATOR, moment, confirmed_at=moment)
        return family
    family = Family.objects.select_for_update().get(pk=own.family_id)
    if not Membership.objects.standing().filter(person=administrator, family=family, role=ADMINISTRATOR).exists():
        raise Refused(_("Do konta rodzinnego dodaje ten, kto je prowadzi. Poproś tę osobę."))
    return family


def _joined(family, person, role, moment, confirmed_at=None) -> Membership:
    try:
        with transaction.atomic():
            return Membership.objects.create(family=family, person=person, role=role, joined_at=moment, confirmed_at=confirmed_at)
    except IntegrityError as clash:
        raise Refused(_("Ta osoba należy już do innego konta rodzinnego. Najpierw musi się z niego odłączyć.")) from clash
