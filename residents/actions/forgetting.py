"""A person whom the town has no reason to know any more."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from office.transitions import Refused
from residents.models import Consent, Person
from residents.rules import is_identity_confirmed


@transaction.atomic
def forget_person(person: Person) -> None:
    """Nothing that names the person stays, in the register or in its history; what other rooms still need points at an empty row.

    For who has no account: an account's owner is forgotten only at their own request, room by room. Refused for a confirmed
    identity, which the town itself has entered.
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.account_id is not None or is_identity_confirmed(person):
        raise Refused(_("Ta osoba ma konto albo potwierdzoną tożsamość, więc jej danych nie można po prostu usunąć."))
    number = person.pk  # a deleted row forgets it
    try:
        with transaction.atomic():
            person.delete()
    except ProtectedError:
        _empty(person)
    _forget_history(number)


def _empty(person):
    person.first_name, person.last_name, person.search = _("osoba"), _("usunięta"), ""
    person.pesel = person.pesel_lookup = person.pesel_seen_at = person.born_on = None
    person.email = person.phone = person.mail_address = ""
    person.save()


def _forget_history(number):
    """The copies that triggers made at each change hold the same names and numbers."""
    Person.pgh_event_model.objects.filter(pgh_obj=number).delete()  # type: ignore[attr-defined]
    Consent.pgh_event_model.objects.filter(person=number).delete()  # type: ignore[attr-defined]
