"""Packages given, prolonged and taken back (R10, R34-R40)."""

from datetime import date, timedelta

import pytest

from office.transitions import Refused
from pruszcz_portal import roles
from resident_card import conditions, rules
from resident_card.actions import packages
from resident_card.models import Application, Basis, Family, Membership, PackageGrant, PackageType
from resident_card.statuses import ApplicationStatus
from residents.models import Dwelling
from tests.factories import TUESDAY, at, live_together, make_person
from tests.resident_card.cast import BASE, GPSZOK, make_packages

DAY = TUESDAY.date()
RIDES, SENIOR, LARGE = "przejazdow", "seniora", "duzej-rodziny"


@pytest.fixture(autouse=True)
def as_the_town_starts(db):
    make_packages()


def give(person, code=BASE, day=DAY, **fields):
    package = PackageType.objects.get(code=code)
    return packages.grant(person, package, day=day, moment=at(day), by=None, **fields)


def by_itself(person, day):
    return {one.package.code for one in packages.grant_automatic(person, day=day, moment=at(day))}


def days_of(person, code):
    return list(
        PackageGrant.objects.filter(person=person, package__code=code, revoked_at=None)
        .order_by("valid_from")
        .values_list("valid_from", "valid_to")
    )


def make_application(person, kind, confirmed_on=DAY, status=ApplicationStatus.APPROVED, code=BASE, **fields):
    package = PackageType.objects.get(code=code)
    moments = {"started_at": TUESDAY, "saved_at": TUESDAY}
    filed = Application.objects.create(package=package, applicant=person, person=person, status=status, **moments)
    Basis.objects.create(application=filed, kind=kind, confirmed_on=confirmed_on, **fields)
    return filed


def make_family(*children, parent=None):
    parent = parent or make_person(born_on=date(1985, 4, 15))
    family = Family.objects.create(made_at=TUESDAY)
    Membership.objects.create(family=family, person=parent, role=Membership.Role.ADMINISTRATOR, joined_at=TUESDAY)
    for child in children:
        Membership.objects.create(family=family, person=child, role=Membership.Role.CHILD, joined_at=TUESDAY)
    live_together(parent, *children)
    return parent


def child(born_on, name="Ola"):
    return make_person(first_name=name, born_on=born_on)


def test_with_the_base_come_the_packages_that_need_no_asking():
    """R37, R39"""
    person = make_person(born_on=date(1960, 1, 5))
    live_together(person)

    give(person)

    assert rules.packages_of(person, DAY) == {BASE, GPSZOK, SENIOR}
    assert days_of(person, SENIOR) == [(DAY, date(2027, 5, 31))]


def test_a_package_asked_for_twice_is_one_grant():
    person = make_person(born_on=date(1985, 4, 15))

    assert give(person) == give(person)
    assert days_of(person, BASE) == [(DAY, date(2027, 5, 31))]


def test_a_base_is_prolonged_in_spring_by_a_new_grant():
    """R35"""
    person = make_person(born_on=date(1985, 4, 15))
    live_together(person)
    old = give(person)
    assert give(person, day=date(2027, 3, 31)) == old

    new, again = give(person, day=date(2027, 4, 1)), give(person, day=date(2027, 5, 2))

    assert new == again
    assert days_of(person, BASE) == [(DAY, date(2027, 5, 31)), (date(2027, 6, 1), date(2028, 5, 31))]
    assert days_of(person, GPSZOK) == days_of(person, BASE)


def test_a_base_on_a_temporary_registration_never_outlives_it():
    """Q4"""
    person = make_person(born_on=date(1985, 4, 15))
    filed = make_application(person, Basis.Kind.REGISTERED_FOR_A_TIME, valid_to=date(2027, 1, 15))

    assert give(person, application=filed).valid_to == date(2027, 1, 15)


def test_a_base_on_tax_paid_here_is_not_shortened_by_a_temporary_registration():
    person = make_person(born_on=date(1985, 4, 15))
    filed = make_application(person, Basis.Kind.REGISTERED_FOR_A_TIME, valid_to=date(2027, 1, 15))
    Basis.objects.create(application=filed, kind=Basis.Kind.TAX, tax_year=2025, tax_form="37")

    assert give(person, application=filed).valid_to == date(2027, 5, 31)


def test_a_dependent_package_needs_the_base_and_sleeps_and_wakes_with_it():
    """R34: rides to 31 October outlive the base that ends on 31 May."""
    pupil = child(date(2015, 3, 1))
    with pytest.raises(Refused, match="Pakietem Mieszkańca"):
        give(pupil, RIDES)
    give(pupil)
    give(pupil, RIDES)

    assert RIDES in rules.packages_of(pupil, date(2027, 5, 31))
    assert RIDES not in rules.packages_of(pupil, date(2027, 6, 1))
    give(pupil, day=date(2027, 7, 10))
    assert RIDES in rules.packages_of(pupil, date(2027, 7, 10))


@pytest.mark.parametrize(
    ("born_on", "day", "has"),
    [
        (date(1966, 11, 24), date(2026, 11, 23), False),
        (date(1966, 11, 24), date(2026, 11, 24), True),
        (date(1968, 2, 29), date(2028, 2, 28), False),
        (date(1968, 2, 29), date(2028, 2, 29), True),
        (date(1972, 2, 29), date(2032, 2, 29), True),
        (date(1964, 2, 29), date(2024, 2, 29), True),
        (None, DAY, False),
    ],
)
def test_senior_comes_on_the_sixtieth_birthday(born_on, day, has):
    """R37"""
    assert conditions.holds(PackageType.objects.get(code=SENIOR), make_person(born_on=born_on), day) is has


def test_one_born_on_leap_day_reaches_an_age_of_a_common_year_on_the_first_of_march():
    """R37: no sixtieth birthday of a leap-day child falls in a common year, so the town's 61 is asked."""
    senior = PackageType.objects.get(code=SENIOR)
    senior.least_age = 61
    person = make_person(born_on=date(1968, 2, 29))

    assert not conditions.holds(senior, person, date(2029, 2, 28))
    assert conditions.holds(senior, person, date(2029, 3, 1))


def test_the_night_of_the_sixtieth_birthday_gives_senior_once():
    """R37"""
    person = make_person(born_on=date(1967, 1, 10))
    give(person)
    assert by_itself(person, date(2027, 1, 9)) == set()

    assert by_itself(person, date(2027, 1, 10)) == {SENIOR}
    assert by_itself(person, date(2027, 1, 10)) == set()
    assert by_itself(person, date(2027, 1, 11)) == set()


@pytest.mark.parametrize("use", [Dwelling.Use.EMPTY, Dwelling.Use.BUSINESS])
def test_gpszok_is_for_who_lives_in_a_home(use):
    """R39"""
    person = make_person(born_on=date(1985, 4, 15))
    home = live_together(person)
    Dwelling.objects.filter(pk=home.dwelling_id).update(use=use)

    give(person)

    assert rules.packages_of(person, DAY) == {BASE}


def test_a_child_has_no_gpszok_of_its_own():
    """R39"""
    minor = child(date(2015, 3, 1))
    live_together(minor)

    give(minor)

    assert rules.packages_of(minor, DAY) == {BASE}


def test_a_package_taken_back_does_not_come_back_by_night():
    person = make_person(born_on=date(1960, 1, 5))
    give(person)
    PackageGrant.objects.filter(package__code=SENIOR).update(revoked_at=TUESDAY)

    assert by_itself(person, DAY + timedelta(days=1)) == set()


def test_a_clerk_takes_back_with_a_reason(make_account):
    clerk = make_account("celina@pruszcz.example", "Celina Nowak", roles.CARD_MANAGER)
    given = give(make_person(born_on=date(1985, 4, 15)))
    with pytest.raises(Refused, match="dlaczego"):
        packages.revoke(given, reason=" ", by=clerk, moment=TUESDAY)

    packages.revoke(given, reason="Wymeldowanie", by=clerk, moment=TUESDAY)

    assert rules.packages_of(given.person, DAY) == set()
    with pytest.raises(Refused, match="już odebrany"):
        packages.revoke(given, reason="Wymeldowanie", by=clerk, moment=TUESDAY)


def test_rides_of_a_child_go_on_by_themselves_each_autumn_while_the_base_works():
    """R36"""
    pupil = child(date(2015, 3, 1))
    give(pupil)
    give(pupil, RIDES)
    give(pupil, day=date(2027, 5, 2))
    assert by_itself(pupil, date(2027, 10, 30)) == set()

    assert by_itself(pupil, date(2027, 10, 31)) == {RIDES}
    assert days_of(pupil, RIDES)[-1] == (date(2027, 11, 1), date(2028, 10, 31))


def test_rides_of_a_child_without_a_base_wait_for_it():
    """R36, R34"""
    pupil = child(date(2015, 3, 1))
    give(pupil)
    give(pupil, RIDES)
    assert by_itself(pupil, date(2027, 10, 31)) == set()

    give(pupil, day=date(2027, 12, 6))

    assert days_of(pupil, RIDES)[-1] == (date(2027, 12, 6), date(2028, 10, 31))


def test_from_eighteen_on_rides_need_a_school_proof_of_this_school_year():
    """R36"""
    student = child(date(2007, 3, 1))
    give(student)
    with pytest.raises(Refused, match="warunku"):
        give(student, RIDES)
    old = make_application(student, Basis.Kind.SCHOOL, confirmed_on=date(2026, 6, 20))
    with pytest.raises(Refused):
        give(student, RIDES, application=old)
    Basis.objects.filter(application=old).update(confirmed_on=date(2026, 9, 1))

    assert give(student, RIDES, application=old).valid_to == date(2027, 10, 31)
    give(student, day=date(2027, 5, 2))
    assert by_itself(student, date(2027, 10, 31)) == set()


@pytest.mark.parametrize(
    ("born_on", "may"), [(date(2005, 11, 25), True), (date(2005, 11, 24), False), (date(2019, 11, 25), False)]
)
def test_rides_are_for_pupils_from_seven_to_twenty(born_on, may):
    """R36: the day before the 21st birthday still, the day before the 7th not yet."""
    person = child(born_on)
    make_application(person, Basis.Kind.SCHOOL)

    assert conditions.holds(PackageType.objects.get(code=RIDES), person, DAY) is may


def test_three_children_at_one_address_make_a_large_family():
    """R38"""
    children = [child(date(2010 + n, 3, 1), f"Dziecko {n}") for n in range(3)]
    parent = make_family(*children)
    give(parent)

    assert give(parent, LARGE).valid_to == date(2027, 5, 31)
    give(children[0])
    assert give(children[0], LARGE)


def test_two_children_at_home_and_one_elsewhere_do_not():
    """R38"""
    children = [child(date(2010 + n, 3, 1), f"Dziecko {n}") for n in range(3)]
    parent = make_family(*children)
    give(parent)
    children[2].memberships.update(until=date(2026, 1, 1))

    with pytest.raises(Refused, match="warunku"):
        give(parent, LARGE)


def test_a_dependant_is_a_minor_or_at_school_under_twenty_five_or_disabled():
    """R10"""
    minor, student = child(date(2008, 11, 25)), child(date(2001, 11, 25))
    grown, disabled = child(date(2008, 11, 24)), child(date(1980, 1, 1))
    make_application(student, Basis.Kind.SCHOOL)
    make_application(disabled, Basis.Kind.DISABILITY)

    who = [conditions.is_dependant(one, DAY) for one in (minor, student, grown, disabled)]

    assert who == [True, True, False, True]
    assert not conditions.is_dependant(minor, DAY + timedelta(days=1))
    assert not conditions.is_dependant(student, DAY + timedelta(days=1))


def test_a_proof_that_was_turned_down_proves_nothing():
    student = child(date(2003, 1, 1))
    make_application(student, Basis.Kind.SCHOOL, status=ApplicationStatus.REJECTED)

    assert not conditions.is_dependant(student, DAY)


def test_a_large_family_that_shrank_keeps_its_period_and_gets_no_next_one():
    """Q18"""
    children = [child(date(2010 + n, 3, 1), f"Dziecko {n}") for n in range(3)]
    parent = make_family(*children)
    give(parent)
    give(parent, LARGE)
    Membership.objects.filter(person=children[0]).update(left_at=TUESDAY)

    give(parent, day=date(2027, 5, 2))

    assert days_of(parent, LARGE) == [(DAY, date(2027, 5, 31))]


def test_a_package_that_the_town_adds_needs_no_release():
    """R40: a row is enough."""
    package = PackageType.objects.create(
        code="psa", name="Pakiet Właściciela Psa", summary="Torebki", grant="automatic", validity="yearly_end",
        validity_options={"month": 12, "day": 31}, condition="age", least_age=18, order=9,
    )  # fmt: skip
    person = make_person(born_on=date(1985, 4, 15))

    give(person)

    assert package.code in rules.packages_of(person, DAY)
    assert days_of(person, "psa") == [(DAY, date(2026, 12, 31))]
