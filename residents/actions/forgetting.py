"""A person whom the town has no reason to know any more."""

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from office.transitions import Refused
from residents.actions.copies import remove_copy
from residents.models import Consent, DataCopy, DeskCode, HouseholdMember, IdentityConfirmation, Person, ResidencyProof
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
    _forget_row(person)


@transaction.atomic
def forget_owner(person: Person, *, keep_name: bool) -> None:
    """The register's part of erasing somebody with an account, which is theirs no more: consents, home, codes, requests and copies go.

    With `keep_name` name, PESEL and the address for letters stay, because files of cases or accounts need their party; without it
    nothing that names the person stays.
    """
    for copy in DataCopy.objects.filter(person=person):
        remove_copy(copy)
    for model in (Consent, IdentityConfirmation, ResidencyProof):
        model.objects.filter(person=person).delete()
        model.pgh_event_model.objects.filter(person=person.pk).delete()  # type: ignore[attr-defined]
    for rows in (person.data_requests, person.terms_acceptances):
        rows.all().delete()
    for table in (DeskCode, HouseholdMember):
        table.objects.filter(person=person).delete()
    for one in (*Person.objects.filter(merged_into=person), person):
        _forget_row(one, keep_name=keep_name)


def _forget_row(person, *, keep_name=False):
    number = person.pk  # a deleted row forgets it
    person.account, person.email, person.phone = None, "", ""
    person.save()
    if not keep_name:
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
