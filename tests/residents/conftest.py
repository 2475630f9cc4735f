"""People of the register. Anna has PESEL 85041512345, Bartek 90010112356; both numbers are made up and correct."""

from datetime import UTC, datetime

import pytest

from residents import actions
from residents.models import AddressPoint, RegisterPolicy
from residents.models.places import address_key

ANNA_PESEL = "85041512345"
BARTEK_PESEL = "90010112356"
NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # Monday noon in Warsaw


@pytest.fixture
def policy(db):
    """The rules of the first migration; a test that commits wipes them, so they are laid down again."""
    return RegisterPolicy.objects.first() or RegisterPolicy.objects.create(
        valid_from="2026-01-01", source="test", desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1
    )


@pytest.fixture
def declare(policy):
    """`declare(anna, "Anna", "Kowalska", pesel)`: the account's owner enters themselves."""

    def enter(account, first_name, last_name, pesel=None, **more):
        return actions.declare_person(
            account=account, first_name=first_name, last_name=last_name, pesel=pesel, by=account, moment=NOON, **more
        )

    return enter


@pytest.fixture
def on_paper(celina, policy):
    """A person whom Celina entered from a letter."""

    def enter(first_name, last_name, pesel=None):
        return actions.declare_person(
            account=None, first_name=first_name, last_name=last_name, pesel=pesel, by=celina, moment=NOON
        )

    return enter


@pytest.fixture
def house(db):
    """`house("Batorego", "12")`: an address point of the town."""

    def build(street, number):
        teryt = {"terc": "2204011", "simc": "0934620", "ulic": "90001"}
        return AddressPoint.objects.create(**teryt, street=street, number=number, search=address_key(street, number))

    return build
