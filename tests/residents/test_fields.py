import time
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.telephone import check_phone, phone_in_words
from residents.fields import NipField, PeselField, PhoneField, born_on, check_nip, check_pesel

TODAY = date(2026, 3, 2)
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
CENTURIES = {1800: 80, 1900: 0, 2000: 20, 2100: 40, 2200: 60}


def pesel_of(day, serial):
    """A correct number, made here from the rule of the register and not with the library that checks it."""
    ten = f"{day.year % 100:02}{day.month + CENTURIES[day.year // 100 * 100]:02}{day.day:02}{serial:04}"
    return ten + str(-sum(weight * int(digit) for weight, digit in zip(WEIGHTS, ten, strict=True)) % 10)


@given(st.dates(date(1800, 1, 1), TODAY), st.integers(0, 9999))
def test_every_correct_pesel_is_taken_and_carries_its_day_of_birth(day, serial):
    number = pesel_of(day, serial)

    assert check_pesel(f" {number[:6]}-{number[6:]} ", today=TODAY) == number
    assert born_on(number) == day


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 9999), st.integers(0, 10), st.integers(1, 9))
def test_one_mistaken_digit_is_always_noticed(day, serial, place, by):
    number = pesel_of(day, serial)
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]

    with pytest.raises(ValidationError):
        check_pesel(wrong, today=TODAY)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8504151234", "Numer PESEL ma 11 cyfr, wpisano 10."),
        ("850415123456", "Numer PESEL ma 11 cyfr, wpisano 12."),
        ("8504151234O", "Numer PESEL składa się z samych cyfr. Usuń inne znaki."),
        ("٨٥٠٤١٥١٢٣٤٥", "Numer PESEL składa się z samych cyfr. Usuń inne znaki."),
        ("85О41512345", "Numer PESEL składa się z samych cyfr. Usuń inne znaki."),  # a Cyrillic O
        ("85041512346", "Suma kontrolna numeru PESEL się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."),
        ("85133012345", "Pierwsze cyfry numeru PESEL nie są datą urodzenia. Sprawdź, czy nie ma pomyłki."),
    ],
)
def test_a_wrong_pesel_is_told_in_words(typed, words):
    with pytest.raises(ValidationError) as error:
        check_pesel(typed, today=TODAY)

    assert error.value.messages == [words]


def test_nobody_is_born_tomorrow():
    with pytest.raises(ValidationError, match="w przyszłości"):
        check_pesel(pesel_of(TODAY + timedelta(days=1), 17), today=TODAY)


def test_the_town_halls_nip_is_taken_and_a_mistaken_one_is_not():
    assert check_nip("PL 593-020-68-27") == "5930206827"
    for typed, words in (("593020682", "ma 10 cyfr, wpisano 9"), ("5930206828", "Suma kontrolna")):
        with pytest.raises(ValidationError, match=words):
            check_nip(typed)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("501 502 503", "+48501502503", "501 502 503"),
        ("+48 (58) 775-99-00", "+48587759900", "587 759 900"),
        ("48501502503", "+48501502503", "501 502 503"),
        ("0049 30 123456", "+4930123456", "+4930123456"),
    ],
)
def test_a_telephone_number_is_kept_one_way_and_shown_in_groups(typed, kept, shown):
    assert check_phone(typed) == kept
    assert phone_in_words(kept) == shown
    assert PhoneField().prepare_value(kept) == shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("50150250", "Polski numer telefonu ma 9 cyfr, wpisano 8"),
        ("+4850150250", "Po kodzie \\+48 numer telefonu ma 9 cyfr, wpisano 8"),
        ("501 502 50x", "składa się z cyfr"),
        ("+1234", "od 8 do 15 cyfr, wpisano 4"),
    ],
)
def test_a_wrong_telephone_number_is_told_in_words(typed, words):
    with pytest.raises(ValidationError, match=words):
        check_phone(typed)


@given(st.text(max_size=60))
def test_anything_typed_is_taken_or_refused_in_words(text):
    """F17"""
    for field in (PeselField(required=False), NipField(required=False), PhoneField(required=False)):
        try:
            assert field.clean(text) == "" or field.clean(text).lstrip("+").isdigit()
        except ValidationError as error:
            assert all(error.messages)


@pytest.mark.parametrize("text", ["1" * 100_000, "1 " * 50_000, "-" * 100_000 + "x", "+" * 100_000])
def test_long_nonsense_is_refused_at_once(text):
    """S43: under 50 ms for 100,000 characters."""
    for check in (lambda one: check_pesel(one, today=TODAY), check_nip, check_phone):
        start = time.perf_counter()
        with pytest.raises(ValidationError):
            check(text)
        assert time.perf_counter() - start < 0.05
