"""Who belongs to whom on a family account (R12-R21, R80)."""

from datetime import date

import pytest

from office.transitions import Refused
from resident_card.actions.families import add_child, family_of, guardians_of
from resident_card.models import Family
from tests.factories import TUESDAY, make_person

pytestmark = pytest.mark.django_db
BORN = date(1985, 4, 15)


@pytest.fixture
def anna_kowalska(anna):
    return make_person(anna, born_on=BORN)


@pytest.fixture
def bartek_nowak(bartek):
    return make_person(bartek, "Bartek", "Nowak", born_on=BORN)


def make_child(first_name="Zosia", born_on=date(2016, 3, 1)):
    return make_person(None, first_name, "Kowalska", born_on=born_on)


def test_a_family_account_appears_with_the_first_person_and_the_applicant_runs_it(anna_kowalska, anna):
    zosia, staś = make_child(), make_child("Staś")

    add_child(administrator=anna_kowalska, child=zosia, by=anna, moment=TUESDAY)
    add_child(administrator=anna_kowalska, child=staś, by=anna, moment=TUESDAY)
    add_child(administrator=anna_kowalska, child=staś, by=anna, moment=TUESDAY)

    family = Family.objects.get()
    assert {family_of(one) for one in (anna_kowalska, zosia, staś)} == {family}
    assert family.memberships.count() == 3
    assert guardians_of(zosia) == [anna_kowalska]
    assert guardians_of(anna_kowalska) == []


def test_a_child_belongs_to_one_family_account_at_a_time(anna_kowalska, bartek_nowak, anna, bartek):
    zosia = make_child()
    add_child(administrator=anna_kowalska, child=zosia, by=anna, moment=TUESDAY)

    with pytest.raises(Refused, match="innego konta rodzinnego"):
        add_child(administrator=bartek_nowak, child=zosia, by=bartek, moment=TUESDAY)

    assert guardians_of(zosia) == [anna_kowalska]
    assert family_of(bartek_nowak) is None or family_of(bartek_nowak).memberships.count() == 1
