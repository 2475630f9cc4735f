"""What comes by night: reminders once each, packages of a birthday, codes forgotten (R37, R41)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from office.models import Message
from pruszcz_portal import roles
from resident_card.actions import nightly, packages
from resident_card.models import PackageGrant, PackageNotice, PackageType, SeenCode
from resident_card.verification import verify
from tests.factories import TUESDAY, at, make_person
from tests.resident_card import carded, test_packages
from tests.resident_card.cast import BASE, grant, make_holder, make_packages

END = date(2027, 5, 31)


@pytest.fixture(autouse=True)
def as_the_town_starts(db):
    make_packages()


def remind(day):
    return nightly.remind_of_ends(day=day, moment=at(day))


def days_before(count):
    return END - timedelta(days=count)


@pytest.fixture
def person(anna):
    person = make_person(anna, born_on=date(1985, 4, 15))
    grant(person, BASE)
    return person


def test_reminders_go_out_sixty_thirty_and_seven_days_before_the_end_once_each(person):
    """R41"""
    letters = {day: remind(END - timedelta(days=day)) for day in range(65, -1, -1)}

    assert {day for day, count in letters.items() if count} == {60, 30, 7}
    assert Message.objects.count() == 3


def test_a_missed_night_is_caught_up_by_one_letter(person):
    """R41: nobody hears of thirty days and of seven on the same morning."""
    assert (remind(days_before(58)), remind(days_before(57))) == (1, 0)

    assert (remind(days_before(5)), remind(days_before(4))) == (1, 0)
    assert sorted(PackageNotice.objects.values_list("days_before", flat=True)) == [7, 30, 60]


def test_two_sweeps_at_once_post_one_letter(person):
    """R41: the row of the notice is claimed before the letter is written; here the first sweep has claimed it and not yet told."""
    PackageNotice.objects.create(grant=PackageGrant.objects.get(), days_before=60, posted_at=TUESDAY)

    assert remind(days_before(60)) == 0


def test_who_has_prolonged_is_not_reminded(person):
    """R41"""
    packages.grant(person, PackageType.objects.get(code=BASE), day=days_before(60), moment=TUESDAY, by=None)

    assert remind(days_before(30)) == 0


def test_who_can_not_be_reached_is_reminded_once_there_is_an_address():
    """R41"""
    silent = make_person(first_name="Zofia", born_on=date(1950, 1, 1))
    grant(silent, BASE)
    assert remind(days_before(60)) == 0

    silent.email = "zofia@example.com"
    silent.save()

    assert remind(days_before(59)) == 1


def test_the_letter_about_a_child_goes_to_the_parent_and_names_nobody(anna):
    child = carded.make_child(make_person(anna, born_on=date(1985, 4, 15)))
    grant(child, BASE)

    remind(days_before(60))

    letter = Message.objects.get()
    assert letter.address == anna.email
    assert "Ola" not in letter.text + letter.subject


def test_a_package_that_ends_with_the_base_or_goes_on_by_itself_needs_no_letter_of_its_own(anna):
    pupil = make_person(anna, born_on=date(2015, 3, 1))
    grant(pupil, BASE)
    grant(pupil, "seniora")
    grant(pupil, "przejazdow", until=date(2027, 10, 31))

    assert remind(days_before(60)) == 1
    assert remind(date(2027, 10, 1)) == 0


def test_nobody_is_told_of_sixty_days_for_a_package_of_fifty(anna):
    short = make_person(anna, born_on=date(1985, 4, 15))
    grant(short, BASE, since=days_before(50))

    assert (remind(days_before(50)), remind(days_before(30))) == (0, 1)


def test_a_night_gives_everyone_their_own_and_a_second_run_nothing(anna):
    """R37: catching up after a missed night is the same run."""
    senior = make_person(anna, born_on=date(1967, 1, 10))
    grant(senior, BASE)
    day = date(2027, 1, 12)

    made = [nightly.grant_what_comes_by_itself(day=day, moment=at(day)) for _ in range(2)]

    assert made == [1, 0]
    assert PackageGrant.objects.get(package__code="seniora").valid_from == day


def test_codes_that_no_clock_would_believe_are_forgotten():
    phone = make_holder()
    verify(phone.shows(TUESDAY), moment=TUESDAY)
    assert nightly.forget_seen_codes(moment=TUESDAY + timedelta(hours=23)) == 0

    assert nightly.forget_seen_codes(moment=TUESDAY + timedelta(hours=25)) == 1
    assert not SeenCode.objects.exists()


# The desk of packages


@pytest.fixture
def desk(make_account, sign_in):
    return sign_in(Client(), make_account("lech@pruszcz.example", "Lech Kos", roles.CARD_MANAGER))


PACKAGE = {
    "code": "psa", "name": "Pakiet Właściciela Psa", "summary": "Torebki", "order": "9", "grant": "automatic", "validity": "yearly_end",
    "validity_options": '{"month": 12, "day": 31}', "condition": "age", "least_age": "18", "most_age": "", "is_offered": "on", "source": "uchwała",
}  # fmt: skip


def test_a_manager_adds_a_package_and_the_next_night_it_works(person, desk):
    """R40: no release, no restart."""
    answer = desk.post(reverse("admin:resident_card_packagetype_add"), PACKAGE)
    assert answer.status_code == 302

    nightly.grant_what_comes_by_itself(day=TUESDAY.date(), moment=TUESDAY)

    assert PackageGrant.objects.get(package__code="psa").valid_to == date(2026, 12, 31)


@pytest.mark.parametrize(
    "options", ['{"month": 2, "day": 30}', '{"month": 13, "day": 1}', '{"month": "5", "day": 31}', "[]", "{}"]
)
def test_a_package_of_impossible_days_is_refused_beside_its_field(desk, options):
    answer = desk.post(reverse("admin:resident_card_packagetype_add"), PACKAGE | {"validity_options": options})

    assert answer.status_code == 200
    assert not PackageType.objects.filter(code="psa").exists()


def test_a_manager_takes_a_package_back_with_a_reason(person, desk):
    given = PackageGrant.objects.get()

    desk.post(reverse("admin:resident_card_packagegrant_verb", args=[given.pk, "revoke"]), {"seen": "", "reason": "Wymeldowanie"})

    given.refresh_from_db()
    assert given.revoked_reason == "Wymeldowanie"
    assert given.revoked_by is not None


def test_permanent_registration_is_prolonged_by_a_look_into_the_register(person, make_account):
    """Q4: tax needs a new proof, permanent registration does not; nobody prolongs their own."""
    from office.transitions import Refused

    clerk = make_account("celina@pruszcz.example", "Celina Nowak", roles.CARD_DESK)
    given, day = PackageGrant.objects.get(), days_before(40)
    filed = test_packages.make_application(person, "tax", tax_year=2025, tax_form="37")
    PackageGrant.objects.update(application=filed)
    given.refresh_from_db()
    with pytest.raises(Refused, match="potrzebny jest wniosek"):
        packages.renew_by_register(given, by=clerk, day=day, moment=at(day))
    filed.bases.update(kind="registered")
    with pytest.raises(Refused):
        packages.renew_by_register(given, by=person.account, day=day, moment=at(day))

    renewed = packages.renew_by_register(given, by=clerk, day=day, moment=at(day))

    assert (renewed.valid_from, renewed.valid_to) == (date(2027, 6, 1), date(2028, 5, 31))
