"""Anna applies for a card: who may, on what basis, at which address, and what is kept of it (R1-R6, R9-R11)."""

import uuid
from datetime import date, datetime

import pytest
from django.utils.timezone import localdate

from office.idempotency import KeyReused
from office.models import Message, StoredFile
from office.transitions import Refused
from resident_card import rules, steps
from resident_card.actions import applying
from resident_card.forms import applying as forms
from resident_card.models import Application, Membership
from resident_card.statuses import ApplicationStatus
from residents.models import Dwelling, Person
from tests.factories import TUESDAY, WARSAW, at, make_person
from tests.resident_card import applicants
from tests.resident_card.cast import grant, make_packages

TODAY = localdate(TUESDAY)


@pytest.fixture
def kowalska(anna):
    make_packages()
    return make_person(anna, born_on=applicants.BORN)


@pytest.fixture
def draft(kowalska):
    return applicants.begun(kowalska)


def form(kind, application, data, day=TODAY):
    return forms.FORMS[kind](data, application=application, day=day, policy=rules.policy(day))


def errors_of(kind, application, data, day=TODAY):
    return {name: list(words) for name, words in form(kind, application, data, day).errors.items()}


# Who and on what basis


def test_annas_application_gets_a_number_a_day_and_her_basis(kowalska):
    """R1: five working days from a Tuesday end on the next Tuesday."""
    done = applicants.sent(kowalska)

    assert (done.mark, done.status, done.due_on) == ("KM/1/2026", ApplicationStatus.SUBMITTED, date(2026, 12, 1))
    assert [basis.kind for basis in done.bases.all()] == ["registered"]
    assert str(done.dwelling) == "Batorego 12 m. 3"
    letter = Message.objects.get(event="resident_card/application_submitted")
    assert done.mark not in letter.text
    assert f"/karta/wniosek/{done.pk}/" in letter.text


def test_a_holiday_and_a_weekend_are_no_working_days(kowalska):
    done = applicants.sent(kowalska, moment=at(date(2026, 12, 22)))

    assert done.due_on == date(2026, 12, 31)


def test_a_person_of_seventeen_does_not_apply_and_on_the_eighteenth_birthday_does(bartek):
    """R1"""
    make_packages()
    young = make_person(bartek, "Bartek", "Nowak", born_on=date(2008, 11, 25))

    with pytest.raises(Refused, match="skończyła 18 lat"):
        applicants.begun(young)
    assert applicants.begun(young, moment=at(date(2026, 11, 25))).person == young


def test_with_none_of_the_three_bases_the_form_names_them(draft):
    """R1"""
    words = errors_of("podstawa", draft, {"kind": "none"})["kind"][0]

    assert "na stałe" in words
    assert "na czas określony" in words
    assert "PIT" in words


def test_nothing_is_sent_without_a_basis(draft, anna):
    """R1: a form made by hand does not help."""
    with pytest.raises(applying.Incomplete) as refused:
        applying.submit(draft, by=anna, key=uuid.uuid4(), revision=draft.revision, moment=TUESDAY)

    assert "podstawa" in refused.value.missing


def test_pit_11_gets_its_own_message_and_other_forms_need_the_stamp(draft):
    """R2"""
    pit_11 = errors_of("pit", draft, {"tax_form": "PIT-11", "tax_year": "2025", "has_filing_proof": "on"})
    no_stamp = errors_of("pit", draft, {"tax_form": "PIT-37", "tax_year": "2025"})

    assert "PIT-11 wystawia pracodawca" in pit_11["tax_form"][0]
    assert list(no_stamp) == ["has_filing_proof"]
    assert errors_of("pit", draft, {"tax_form": "PIT-40A", "tax_year": "2025", "has_filing_proof": "on"}) == {}


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2026, 1, 1), [2025, 2024]),
        (date(2026, 3, 31), [2025, 2024]),
        (date(2026, 4, 1), [2025]),
        (date(2026, 12, 31), [2025]),
    ],
)
def test_until_the_end_of_march_the_return_of_two_years_ago_will_do(draft, day, years):
    """R3"""
    assert forms.tax_years(day, rules.policy(day)) == years


def test_a_registration_that_ends_before_it_begins_or_has_ended_is_refused(draft):
    turned = errors_of("zameldowanie", draft, {"valid_from": "2026-12-01", "valid_to": "2026-11-30"})
    over = errors_of("zameldowanie", draft, {"valid_from": "2025-12-01", "valid_to": "2026-11-23"})

    assert "wcześniejszy niż początek" in turned["valid_to"][0]
    assert "już się skończyło" in over["valid_to"][0]


# Where


def test_an_address_outside_the_towns_points_is_refused(draft):
    """R4: the village next door has the same postcode."""
    applicants.make_street()

    assert "street" in errors_of("adres", draft, {"street": "Gdańska w Rokitnicy", "number": "3"})


@pytest.mark.parametrize(
    "spelled", [("12/3", ""), ("12 m. 3", ""), ("12 lok 3", ""), ("12", "m. 3"), ("12", "Lok. 3"), ("12", "3")]
)
def test_however_a_flat_is_spelled_it_is_one_dwelling(draft, spelled):
    """R4, 3.6: two spellings would be two limits of waste."""
    applicants.make_street()
    before = Dwelling.objects.count()
    number, flat = spelled

    good = form("adres", draft, {"street": "ul. Batorego", "number": number, "flat": flat})

    assert good.is_valid(), good.errors
    assert {name: good.stored()[name] for name in ("number", "flat")} == {"number": "12", "flat": "3"}
    assert applying.dwelling_at(good.chosen(), good.stored()["flat"]).flat == "3"
    assert Dwelling.objects.count() == before


def test_a_house_with_flats_asks_which_and_two_different_flats_are_told(draft):
    applicants.make_street()

    assert "Podaj numer swojego" in errors_of("adres", draft, {"street": "Batorego", "number": "12"})["flat"][0]
    assert "różny" in errors_of("adres", draft, {"street": "Batorego", "number": "12/3", "flat": "2"})["flat"][0]


# Who exactly


def test_the_day_of_birth_and_the_pesel_must_agree(anna):
    """R11"""
    make_packages()
    person = make_person(anna)
    draft = applicants.begun(person)

    wrong = errors_of("dane", draft, {"pesel": applicants.PESEL, "born_on": "1985-04-16"})
    neither = errors_of("dane", draft, {"born_on": "1985-04-15"})

    assert "nie zgadza się z numerem PESEL" in wrong["born_on"][0]
    assert "zaznacz, że" in neither["pesel"][0]
    assert errors_of("dane", draft, {"pesel": applicants.PESEL, "born_on": "1985-04-15"}) == {}


@pytest.mark.parametrize(
    ("pesel", "words"),
    [
        ("8504151234", "ma 11 cyfr, wpisano 10"),
        ("850415123456", "ma 11 cyfr, wpisano 12"),
        ("85041512346", "Suma kontrolna"),
        ("85141512345", "nie są datą"),
        ("30321512342", "w przyszłości"),
        ("8504151234O", "z samych cyfr"),
    ],
)
def test_a_bad_pesel_says_what_is_wrong(anna, pesel, words):
    make_packages()
    draft = applicants.begun(make_person(anna))

    assert words in errors_of("dane", draft, {"pesel": pesel, "born_on": "1985-04-15"})["pesel"][0]


def test_a_pesel_of_the_two_thousands_is_read_with_its_month(kowalska, anna):
    applicants.sent(kowalska)
    draft = applicants.begun(kowalska, person=None)

    data = {"first_name": "Zosia", "last_name": "Kowalska", "pesel": "14250512343", "born_on": "2014-05-05"}
    assert errors_of("dziecko", draft, data) == {}


@pytest.mark.parametrize(("born", "words"), [("2026-11-25", "z przyszłości"), ("1826-01-01", "Sprawdź rok")])
def test_a_day_of_birth_that_can_not_be_is_told(anna, born, words):
    make_packages()
    draft = applicants.begun(make_person(anna))

    assert words in errors_of("dane", draft, {"has_no_pesel": "on", "born_on": born})["born_on"][0]


def test_a_child_born_today_is_taken(applied, anna):
    """3.7"""
    child = applicants.begun(applied, person=None)
    newborn = {"first_name": "Zosia", "last_name": "Kowalska", "has_no_pesel": "on", "born_on": TODAY.isoformat()}

    assert errors_of("dziecko", child, newborn) == {}


def test_who_has_no_pesel_gets_a_number_in_its_place_and_keeps_it(anna):
    """R11: flagged by its letter and never anybody else's."""
    make_packages()
    person = make_person(anna)
    draft = applicants.begun(person)
    answers = {"has_no_pesel": True, "born_on": "1985-04-15"}
    applying.save_own_data(draft, answers, pesel="", revision=0, by=anna, moment=TUESDAY)

    first = applicants.sent(Person.objects.get(pk=person.pk))
    applying.withdraw(first, by=anna, moment=TUESDAY)
    again = applicants.begun(Person.objects.get(pk=person.pk))
    applying.save_own_data(again, answers, pesel="", revision=0, by=anna, moment=TUESDAY)
    second = applicants.sent(Person.objects.get(pk=person.pk))

    assert first.details["substitute"] == second.details["substitute"] == "C/1/2026"


# Children


@pytest.fixture
def applied(kowalska):
    applicants.sent(kowalska)
    return kowalska


def named(draft, anna, born="2014-05-05", pesel="", **names):
    data = {"first_name": "Zosia", "last_name": "Kowalska", **names}
    return applying.save_child(
        draft, {"has_no_pesel": not pesel, "born_on": born}, pesel=pesel, **data, revision=draft.revision, by=anna, moment=TUESDAY
    )


def test_before_a_child_comes_an_application_of_ones_own(kowalska):
    """1.2"""
    with pytest.raises(Refused, match="Najpierw złóż wniosek o własną kartę"):
        applicants.begun(kowalska, person=None)


def test_a_child_is_named_once_and_joins_the_family(applied, anna):
    draft = named(applicants.begun(applied, person=None), anna)

    child = draft.person
    assert Membership.objects.standing().get(person=child).role == Membership.Role.CHILD
    named(draft, anna, first_name="Zofia")
    assert Person.objects.get(pk=child.pk).first_name == "Zofia"
    assert Person.objects.filter(last_name="Kowalska").count() == 2


def test_the_same_child_named_anew_by_pesel_is_that_child_and_its_application_stands(applied, anna):
    """R5"""
    first = named(applicants.begun(applied, person=None), anna, pesel="14250512343")
    second = applicants.begun(applied, person=None)

    with pytest.raises(Refused, match="ma już wniosek"):
        named(second, anna, pesel="14250512343")

    assert applicants.begun(applied, person=first.person) == first


@pytest.mark.parametrize(
    ("born", "asked"),
    [
        ("2020-11-25", ["dziecko", "opieka"]),  # six today: no card, so no photo
        ("2019-11-24", ["dziecko", "opieka", "zdjecie", "karta"]),
        ("2008-11-25", ["dziecko", "opieka", "zdjecie", "karta"]),
        ("2008-11-24", ["dziecko", "opieka", "nauka", "zdjecie", "karta"]),  # 18 today
    ],
)
def test_a_childs_age_decides_what_is_asked(applied, anna, born, asked):
    """R9, R10"""
    draft = named(applicants.begun(applied, person=None), anna, born=born)

    assert steps.steps_of(draft, rules.policy(TODAY), TODAY) == asked


def test_a_student_shows_a_card_to_the_25th_birthday_and_a_disability_has_no_age(applied, anna):
    """R10"""
    draft = named(applicants.begun(applied, person=None), anna, born="2001-11-24")

    assert "Po 25. urodzinach" in errors_of("nauka", draft, {"kind": "school", "valid_to": "2027-09-30"})["kind"][0]
    assert errors_of("nauka", draft, {"kind": "disability", "valid_to": ""}) == {}
    assert "stracił już ważność" in errors_of("nauka", draft, {"kind": "disability", "valid_to": "2026-11-23"})["valid_to"][0]


# Once


def test_a_second_application_gives_back_the_first(kowalska, anna):
    """R5"""
    first = applicants.sent(kowalska)

    assert applicants.begun(kowalska) == first
    assert Application.objects.count() == 1


def test_the_same_press_twice_is_one_application_and_another_body_under_the_key_is_refused(kowalska, anna):
    """F2"""
    draft, key = applicants.filled(kowalska), uuid.uuid4()
    revision = draft.revision

    one = applying.submit(draft, by=anna, key=key, revision=revision, moment=TUESDAY)
    same = applying.submit(draft, by=anna, key=key, revision=revision, moment=TUESDAY)

    assert one.pk == same.pk
    assert Message.objects.filter(event="resident_card/application_submitted").count() == 1
    with pytest.raises(KeyReused):
        applying.submit(draft, by=anna, key=key, revision=revision + 1, moment=TUESDAY)


def test_a_stale_device_overwrites_nothing(draft, anna):
    applying.save_step(draft, "podstawa", {"kind": "tax"}, revision=0, by=anna, moment=TUESDAY)

    with pytest.raises(applying.StaleDraft):
        applying.save_step(draft, "podstawa", {"kind": "registered"}, revision=0, by=anna, moment=TUESDAY)

    draft.refresh_from_db()
    assert (draft.details["podstawa"], draft.revision) == ({"kind": "tax"}, 1)


def test_a_paper_under_a_basis_that_was_changed_is_not_kept(kowalska, anna):
    draft = applicants.filled(kowalska, applicants.TAX)
    assert draft.files.count() == 1
    applying.save_step(draft, "podstawa", {"kind": "registered"}, revision=draft.revision, by=anna, moment=TUESDAY)

    applying.submit(draft, by=anna, key=uuid.uuid4(), revision=draft.revision, moment=TUESDAY)

    assert draft.files.count() == 0
    assert StoredFile.objects.count() == 1  # the photo


def test_nobody_touches_another_persons_draft(draft, ewa):
    for verb in (
        lambda: applying.save_step(draft, "podstawa", {}, revision=0, by=ewa, moment=TUESDAY),
        lambda: applying.send_photo(draft, applicants.picture(), by=ewa, moment=TUESDAY),
        lambda: applying.discard(draft, by=ewa),
    ):
        with pytest.raises(Refused, match="nie jest Twój"):
            verb()


# Packages on request


def test_a_package_needs_a_base_and_asks_for_the_school_card(kowalska, bartek):
    """R34, R36"""
    with pytest.raises(Refused, match="razem z Pakietem Mieszkańca"):
        applicants.begun(kowalska, code="przejazdow")
    grant(kowalska)
    draft = applicants.begun(kowalska, code="przejazdow")

    assert steps.steps_of(draft, rules.policy(TODAY), TODAY) == ["legitymacja"]
    applying.save_step(
        draft,
        "legitymacja",
        {"valid_to": "2027-09-30"},
        revision=0,
        by=kowalska.account,
        moment=datetime(2026, 11, 24, tzinfo=WARSAW),
    )
    draft.refresh_from_db()
    assert steps.steps_of(draft, rules.policy(TODAY), TODAY) == ["legitymacja", "dokumenty"]


def test_what_comes_by_itself_is_not_asked_for(kowalska):
    """R37"""
    grant(kowalska)

    with pytest.raises(Refused, match="nie trzeba występować"):
        applicants.begun(kowalska, code="seniora")
