from datetime import date, timedelta

import pytest

from office.transitions import Refused
from residents import actions, rules
from residents.models import Dwelling, ResidencyProof

DAY = date(2026, 3, 2)


def test_two_of_one_household_are_family_on_that_day_only(franek, on_paper, house):
    """L11"""
    anna, bartek = on_paper("Anna", "Kowalska"), on_paper("Bartosz", "Kowalski")
    home = actions.dwelling_at(house("Batorego", "12"), "3")
    actions.join_household(anna, home, since=DAY, by=franek)
    actions.join_household(bartek, home, since=DAY, beside=anna, by=franek)
    actions.leave_household(bartek, last_day=DAY + timedelta(days=9), by=franek)

    assert not rules.same_household(anna, bartek, DAY - timedelta(days=1))
    assert rules.same_household(anna, bartek, DAY)
    assert rules.same_household(anna, bartek, DAY + timedelta(days=9))
    assert not rules.same_household(anna, bartek, DAY + timedelta(days=10))
    assert rules.same_household(anna, anna, DAY)


def test_neighbours_in_one_dwelling_are_not_family_by_themselves(franek, on_paper, house):
    anna, bartek = on_paper("Anna", "Kowalska"), on_paper("Bartosz", "Nowak")
    home = actions.dwelling_at(house("Batorego", "12"))
    for person in (anna, bartek):
        actions.join_household(person, home, since=DAY, by=franek)

    assert not rules.same_household(anna, bartek, DAY)


def test_moving_ends_the_earlier_household_the_day_before(franek, on_paper, house):
    anna = on_paper("Anna", "Kowalska")
    actions.join_household(anna, actions.dwelling_at(house("Batorego", "12")), since=DAY, by=franek)

    actions.join_household(anna, actions.dwelling_at(house("Krótka", "1")), since=DAY + timedelta(days=30), by=franek)

    assert list(anna.memberships.order_by("since").values_list("since", "until")) == [
        (DAY, DAY + timedelta(days=29)),
        (DAY + timedelta(days=30), None),
    ]
    with pytest.raises(Refused, match="od tego dnia albo później"):
        actions.join_household(anna, Dwelling.objects.first(), since=DAY, by=franek)


def test_nobody_joins_a_household_that_is_not_there(franek, on_paper, house):
    anna, bartek = on_paper("Anna", "Kowalska"), on_paper("Bartosz", "Nowak")

    with pytest.raises(Refused, match="Anna Kowalska nie mieszka tego dnia pod tym adresem"):
        actions.join_household(bartek, actions.dwelling_at(house("Krótka", "1")), since=DAY, beside=anna, by=franek)
    with pytest.raises(Refused, match="nie należała"):
        actions.leave_household(anna, last_day=DAY, by=franek)


def test_a_residency_proof_holds_from_day_to_day_inclusive(franek, on_paper, house):
    anna = on_paper("Anna", "Kowalska")
    home = actions.dwelling_at(house("Batorego", "12"), "3")

    proof = actions.grant_residency(anna, dwelling=home, basis="rozliczenie PIT", by=franek, day=DAY)
    actions.end_residency(proof, last_day=DAY + timedelta(days=5), by=franek)

    valid = [ResidencyProof.objects.valid_on(DAY + timedelta(days=n)).exists() for n in (-1, 0, 5, 6)]
    assert valid == [False, True, True, False]
    assert (str(proof.dwelling), proof.granted_by) == ("Batorego 12 m. 3", franek.subject)


def test_a_clerk_grants_no_residency_to_themselves_nor_without_a_basis(celina, declare, on_paper):
    """L11"""
    clerk = declare(celina, "Celina", "Nowak")

    with pytest.raises(Refused, match="nie załatwia się samemu"):
        actions.grant_residency(clerk, basis="PIT", by=celina, day=DAY)
    with pytest.raises(Refused, match="na jakiej podstawie"):
        actions.grant_residency(on_paper("Anna", "Kowalska"), basis=" ", by=celina, day=DAY)
