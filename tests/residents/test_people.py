from datetime import date

import pytest
from django.db import connection

from office.models import PersonalDataRead
from office.transitions import Refused
from residents import actions
from residents.models import Person, mask_pesel
from tests.residents.conftest import ANNA_PESEL, BARTEK_PESEL, NOON


def test_a_resident_declares_themselves_and_is_found_by_name_and_pesel(anna, declare):
    person = declare(anna, " Anna ", "Żółkowska-Łoś", ANNA_PESEL, phone="+48501502503", mail_address="ul. Krótka 1")

    person.refresh_from_db()
    assert (person.first_name, person.last_name, person.born_on) == ("Anna", "Żółkowska-Łoś", date(1985, 4, 15))
    assert (person.email, person.phone, person.mail_address) == ("anna@example.com", "+48501502503", "ul. Krótka 1")
    assert list(Person.objects.of(anna)) == [person]
    assert list(Person.objects.search("zolkow ANNA")) == [person]
    assert list(Person.objects.search("850415-12345")) == [person]
    assert not Person.objects.search("85041512")
    assert not Person.objects.search("  ")


def test_pesel_lies_encrypted_in_the_row_and_in_its_history(anna, declare):
    """S54, L23"""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    with connection.cursor() as cursor:
        cursor.execute("select pesel::text, pesel_lookup::text from residents_person union all "
                       "select pesel::text, pesel_lookup::text from residents_personevent")  # fmt: skip
        rows = cursor.fetchall()

    assert len(rows) == 2
    assert not any(ANNA_PESEL.encode().hex() in value for row in rows for value in row)
    assert person.masked_pesel == "85•••••••45"


def test_a_pesel_is_shown_by_its_first_two_and_last_two_digits():
    """L23, S55"""
    assert mask_pesel("44051401359") == "44•••••••59"
    assert mask_pesel("") == ""


def test_a_pesel_that_another_declared_is_taken_without_a_word(anna, ewa, declare):
    """S54: nobody learns from the portal whose number it is."""
    first = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    second = declare(ewa, "Ewa", "Zych", ANNA_PESEL)

    assert set(Person.objects.with_pesel(ANNA_PESEL)) == {first, second}


@pytest.mark.parametrize(
    ("pesel", "words"),
    [
        ("8504151234", "Numer PESEL ma 11 cyfr, wpisano 10."),
        ("85041512346", "Suma kontrolna numeru PESEL się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."),
        ("99999999999", "Pierwsze cyfry numeru PESEL nie są datą urodzenia. Sprawdź, czy nie ma pomyłki."),
    ],
)
def test_a_wrong_pesel_is_refused_in_plain_words(anna, declare, pesel, words):
    with pytest.raises(Refused) as refused:
        declare(anna, "Anna", "Kowalska", pesel)

    assert str(refused.value) == words
    assert not Person.objects.exists()


def test_an_account_has_one_person(anna, declare):
    declare(anna, "Anna", "Kowalska")

    with pytest.raises(Refused, match="ma już wpisane dane"):
        declare(anna, "Anna", "Nowak")

    assert Person.objects.count() == 1


def test_nobody_declares_for_another_account(anna, celina, policy):
    with pytest.raises(Refused, match="wpisuje jego właściciel"):
        actions.declare_person(account=anna, first_name="Anna", last_name="Kowalska", by=celina, moment=NOON)


def test_a_name_of_invisible_characters_is_no_name(anna, declare):
    """S43"""
    with pytest.raises(Refused, match="Podaj imię i nazwisko"):
        declare(anna, "\u202e\x00", "Kowalska")


def test_anna_corrects_her_name_and_pesel_while_they_are_only_declared(anna, declare):
    """L21"""
    person = declare(anna, "Ana", "Kowalska", BARTEK_PESEL)

    actions.correct_person(person, first_name="Anna", pesel=ANNA_PESEL, by=anna, moment=NOON)

    person.refresh_from_db()
    assert (person.first_name, person.pesel, person.search) == ("Anna", ANNA_PESEL, "kowalska anna")
    assert list(Person.objects.with_pesel(ANNA_PESEL)) == [person]
    assert not Person.objects.with_pesel(BARTEK_PESEL)


def test_once_confirmed_only_the_desk_changes_the_name(anna, franek, on_paper, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON, account_shown=True)

    with pytest.raises(Refused, match="zmienisz w urzędzie"):
        actions.correct_person(person, last_name="Nowak", by=anna, moment=NOON)
    actions.correct_person(person, phone="+48501502503", by=anna, moment=NOON)
    actions.correct_person(person, last_name="Nowak", by=franek, moment=NOON)

    person.refresh_from_db()
    assert (person.last_name, person.phone) == ("Nowak", "+48501502503")


def test_the_desk_can_not_give_one_seen_pesel_to_two_people(franek, on_paper):
    first, second = on_paper("Anna", "Kowalska", ANNA_PESEL), on_paper("Bartosz", "Nowak", BARTEK_PESEL)
    for person in (first, second):
        actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON)

    with pytest.raises(Refused, match="ma już w kartotece inna osoba"):
        actions.correct_person(second, pesel=ANNA_PESEL, by=franek, moment=NOON)


def test_revealing_a_pesel_needs_a_purpose_and_leaves_a_trace(anna, celina, declare):
    """S55, L37"""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    with pytest.raises(Refused, match="po co"):
        actions.reveal_pesel(person, by=celina, purpose=" ")
    shown = actions.reveal_pesel(person, by=celina, purpose="tytuł wykonawczy")

    read = PersonalDataRead.objects.get()
    assert shown == ANNA_PESEL
    assert (read.reader, read.person, read.what, read.purpose) == (
        celina.subject, person.pk, "pełny numer PESEL", "tytuł wykonawczy",
    )  # fmt: skip
