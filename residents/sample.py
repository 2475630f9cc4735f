"""The people of the demonstration. Names, numbers and dwellings are made up; the streets are real."""

from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from accounts.models import User
from office.audit import record_read
from residents import actions, streets
from residents.addresses import import_addresses, read_addresses
from residents.models import AddressPoint, Dwelling, Person, StreetPlace, Terms

DATA = Path(settings.BASE_DIR) / "sample_data"
ANNA_PESEL, BARTEK_PESEL, CELINA_PESEL, MAREK_PESEL, ZOFIA_PESEL = (
    "85041512345", "90010112356", "78091812343", "76112400012", "52030800022",
)  # fmt: skip


@transaction.atomic
def load(moment: datetime) -> None:
    """Addresses and places of streets, terms and five people. What is there already is left as it is."""
    _addresses()
    _terms(localdate(moment))
    if not Person.objects.exists():
        _people(moment - timedelta(days=40))


def _addresses():
    if not AddressPoint.objects.exists():
        import_addresses(read_addresses((DATA / "addresses" / "addresses.csv").read_bytes()), is_sample=True)
    if not StreetPlace.objects.exists():
        streets.take_in((DATA / "addresses" / "street_places.csv").read_bytes())


def _terms(day):
    for kind, name in (("service", "regulamin"), ("privacy", "klauzula")):
        text = (DATA / "terms" / f"{name}.txt").read_text(encoding="utf-8")
        row = {"valid_from": date(2026, 1, 1), "source": "projekt portalu", "needs_confirmation": True, "text": text}
        Terms.objects.get_or_create(kind=kind, version="1 (projekt)", defaults=row)


def _people(moment):
    anna, bartek, celina, dariusz = (
        User.objects.get(email=f"{name}@pruszcz.example") for name in ("anna", "bartek", "celina", "dariusz")
    )
    anna_here = _declared(anna, "Anna", "Kowalska", ANNA_PESEL, moment, phone="+48501502503")
    bartek_here = _declared(bartek, "Bartek", "Nowak", BARTEK_PESEL, moment)
    _asks_about_data(bartek_here, moment)
    clerk = _declared(celina, "Celina", "Nowak", CELINA_PESEL, moment)
    husband = _entered(dariusz, "Marek", "Nowak", MAREK_PESEL, moment)
    _entered(celina, "Zofia", "Wiśniewska", ZOFIA_PESEL, moment)
    _lives(anna_here, "Batorego", "2", "3", moment, dariusz)
    _lives(clerk, "Krótka", "7", "1", moment, dariusz)
    _lives(husband, "Krótka", "7", "1", moment, dariusz, beside=clerk)
    _confirmed(anna_here, celina, moment + timedelta(days=1))


def _asks_about_data(person, moment):
    """One request past its month and one fresh, for the data protection officer's list."""
    actions.ask_about_data(person, kind="objection", text="Nie chcę, by urząd badał moje odpowiedzi w ankietach.", moment=moment)
    fresh = "W kartotece jest moje stare nazwisko rodowe. Proszę o poprawienie."
    actions.ask_about_data(person, kind="correction", text=fresh, moment=moment + timedelta(days=35))


def _declared(account, first_name, last_name, pesel, moment, phone=""):
    person = actions.declare_person(
        account=account, first_name=first_name, last_name=last_name, pesel=pesel, phone=phone, by=account, moment=moment
    )
    for terms in Terms.objects.current(localdate(moment)):
        actions.accept_terms(person, terms=terms, moment=moment)
    return person


def _entered(clerk, first_name, last_name, pesel, moment):
    return actions.declare_person(account=None, first_name=first_name, last_name=last_name, pesel=pesel, by=clerk, moment=moment)


def _lives(person, street, number, flat, moment, by, beside=None):
    home = Dwelling.objects.get(address=AddressPoint.objects.at(street, number).get(), flat=flat)
    actions.join_household(person, home, since=localdate(moment), by=by, beside=beside)
    actions.correct_person(person, mail_address=f"ul. {home}, 83-000 Pruszcz Gdański", by=by, moment=moment)


def _confirmed(person, clerk, moment):
    purpose = "potwierdzenie tożsamości przy okienku"
    record_read(reader=clerk, person=person.pk, what="dane osoby w kartotece", purpose=purpose)
    actions.confirm_identity_at_desk(person, how="dowód osobisty", by=clerk, moment=moment, account_shown=True)
    actions.grant_residency(person, basis="oświadczenie i dowód osobisty", by=clerk, day=localdate(moment))
    actions.give_consent(person, purpose="wiadomosci", channel="email", source="portal", moment=moment)
