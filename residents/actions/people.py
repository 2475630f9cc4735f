"""A person enters the register and is corrected in it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.models import User
from office.audit import record_read
from office.polish import fold
from office.transitions import Refused
from residents.fields import born_on, check_pesel
from residents.models import Person, pesel_lookup
from residents.rules import is_identity_confirmed
from ui.text import clean_text

IDENTITY = ("first_name", "last_name", "pesel", "born_on")
CONTACT = ("email", "phone", "mail_address")


@transaction.atomic
def declare_person(
    *,
    account: User | None,
    first_name: str,
    last_name: str,
    pesel: str | None = None,
    born_on: date | None = None,
    phone: str = "",
    mail_address: str = "",
    by: User,
    moment: datetime,
) -> Person:
    """Enter a person at level „declared”: the owner of an account, or (account=None) one whom a clerk enters from a letter.

    `born_on` is for who has no PESEL; a PESEL says it itself.
    A PESEL that someone else has too is taken like any other and nothing tells of it: it is a claim until a document is
    seen (docs/decisions/0004). Refused when the account already has its person, and to anyone but the account's owner.
    """
    person = Person(account=account, email=account.email if account else "", phone=phone, mail_address=clean_text(mail_address))
    person.born_on = born_on
    if account is not None:
        _guard_account(account, by)
    _name(person, first_name, last_name)
    _number(person, pesel, moment)
    person.save()
    return person


@transaction.atomic
def correct_person(person: Person, *, by: User, moment: datetime, **changes: str | date | None) -> Person:
    """Change name, PESEL, day of birth or contact data (first_name, last_name, pesel, born_on, email, phone, mail_address).

    A PESEL says the day of birth, so `born_on` counts for who has none.
    Contact data are the owner's at any time. Name and PESEL are the owner's until the town has confirmed the identity;
    then only the desk changes them, with the document in hand (needs residents.confirm_identity). Any change of name or
    PESEL ends open desk codes: a code speaks of the data that the clerk compared with the document.
    """
    if unknown := set(changes) - {*IDENTITY, *CONTACT}:
        raise TypeError(f"correct_person does not change {', '.join(sorted(unknown))}")
    person = Person.objects.select_for_update().get(pk=person.pk)
    for name in CONTACT:
        setattr(person, name, clean_text(str(changes.get(name, getattr(person, name)) or "")))
    if _changes_identity(person, changes):
        _correct_identity(person, changes, by, moment)
    person.save()
    return person


@transaction.atomic
def reveal_pesel(person: Person, *, by: User, purpose: str) -> str:
    """The full PESEL, for a stated purpose, and the person will see who asked (S55, L37). Refused without a purpose."""
    if not purpose.strip():
        raise Refused(_("Podaj, po co potrzebny jest pełny numer PESEL."))
    record_read(reader=by, person=person.pk, what=_("pełny numer PESEL"), purpose=purpose)
    return str(person.pesel or "")


def _guard_account(account, by):
    if by != account:
        raise Refused(_("Dane konta wpisuje jego właściciel."))
    User.objects.select_for_update().get(pk=account.pk)  # two windows, one person
    if Person.objects.filter(account=account).exists():
        raise Refused(_("To konto ma już wpisane dane. Zmienisz je na stronie „Moje dane”."))


def _changes_identity(person, changes):
    return any(name in changes and (changes[name] or None) != (getattr(person, name) or None) for name in IDENTITY)


def _correct_identity(person, changes, by, moment):
    at_desk = by.has_perm("residents.confirm_identity") and person.account_id != by.pk
    if is_identity_confirmed(person) and not at_desk:
        raise Refused(_("Tożsamość jest już potwierdzona. Imię, nazwisko i PESEL zmienisz w urzędzie, z dokumentem."))
    _name(person, changes.get("first_name", person.first_name), changes.get("last_name", person.last_name))
    if "pesel" in changes and (changes["pesel"] or None) != person.pesel:
        _guard_seen_pesel(person, changes["pesel"])
        _number(person, changes["pesel"], moment)
    if "born_on" in changes and not person.pesel:
        person.born_on = changes["born_on"]
    person.desk_codes.open_at(moment).update(expires_at=moment)


def _guard_seen_pesel(person, number):
    """Only what the desk has seen is unique, so only the desk can meet this."""
    if person.pesel_seen_at and number and Person.objects.with_pesel(number).filter(pesel_seen_at__isnull=False).exists():
        raise Refused(_("Ten numer PESEL ma już w kartotece inna osoba, z dokumentem. Sprawdź numer."))


def _name(person, first_name, last_name):
    person.first_name, person.last_name = clean_text(first_name), clean_text(last_name)
    if not (person.first_name and person.last_name):
        raise Refused(_("Podaj imię i nazwisko."))
    person.search = fold(f"{person.last_name} {person.first_name}")


def _number(person, number, moment):
    """PESEL with everything that follows from it."""
    try:
        number = check_pesel(number, today=localdate(moment)) if number else None
    except ValidationError as error:
        raise Refused(error.messages[0]) from error
    person.pesel = number
    person.pesel_lookup = pesel_lookup(number) if number else None
    person.born_on = born_on(number) if number else person.born_on
    if number is None:
        person.pesel_seen_at = None
