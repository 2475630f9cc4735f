"""What can be kept, and what the person reads when it can not."""

from datetime import date

import pytest

from schemas.definition import Option, Question
from schemas.kinds import Invalid, missing, parse
from schemas.models import Kind
from tests.schemas.conftest import NIP, PESEL

DAY = date(2026, 3, 2)
COLOURS = (Option("red", "czerwony"), Option("green", "zielony"), Option("blue", "niebieski"))


def question(kind, **fields):
    return Question(code="q", kind=kind, label="Pytanie", **fields)


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        (Kind.SHORT_TEXT, "  Anna \u200b  Żółkowska ", "Anna Żółkowska"),
        (Kind.SHORT_TEXT, "Z\u0307o\u0301\u0142", "Żół"),
        (Kind.SHORT_TEXT, "Anna\ud800", "Anna"),
        (Kind.LONG_TEXT, "pierwszy\r\n\r\ndrugi\u200f", "pierwszy\n\ndrugi"),
        (Kind.NUMBER, " 1 000 ", 1000),
        (Kind.NUMBER, "\u22125", -5),
        (Kind.NUMBER, 7, 7),
        (Kind.DATE, "3.2.2026", "2026-02-03"),
        (Kind.DATE, "2026-02-03", "2026-02-03"),
        (Kind.DATE, "3/2/2026", "2026-02-03"),
        (Kind.DATE, "3 lutego 2026 r.", "2026-02-03"),
        (Kind.DATE, "03 02 2026", "2026-02-03"),
        (Kind.DATE, {"day": "3", "month": "2", "year": "2026"}, "2026-02-03"),
        (Kind.DATE, {"day": "3", "month": "lutego", "year": "2026"}, "2026-02-03"),
        (Kind.DATE, {"day": "3.2.2026", "month": "", "year": ""}, "2026-02-03"),
        (Kind.DATE, {"day": "29", "month": "2", "year": "2028"}, "2028-02-29"),
        (Kind.CHOICE, "green", "green"),
        (Kind.CHOICES, ["blue", "red", "blue"], ["red", "blue"]),
        (Kind.CHOICES, "red", ["red"]),
        (Kind.YES_NO, "yes", "yes"),
        (Kind.STATEMENT, "on", True),
        (Kind.STATEMENT, "off", None),
        (Kind.PESEL, " 900905 15836 ", PESEL),
        (Kind.NIP, "PL 593-020-68-27", NIP),
        (Kind.PHONE, "123 456 789", "+48123456789"),
        (Kind.EMAIL, " anna@example.com ", "anna@example.com"),
        (Kind.NOTE, "cokolwiek", None),
        (Kind.COMPUTED, "1000000", None),
    ],
)
def test_what_was_typed_is_kept_in_one_form_and_is_taken_back_unchanged(kind, typed, kept):
    asked = question(kind, options=COLOURS)

    assert parse(asked, typed, DAY) == kept
    assert parse(asked, kept, DAY) == kept


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.ADDRESS])
@pytest.mark.parametrize("nothing", [None, "", "   ", False])
def test_nothing_typed_is_no_answer_of_any_kind(kind, nothing):
    if kind == Kind.FILE and nothing in ("   ", False):
        pytest.skip("files are never typed")

    assert parse(question(kind), nothing, DAY) is None


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        (Kind.PESEL, "9009051583", "Numer PESEL ma 11 cyfr, wpisano 10."),
        (Kind.PESEL, "90090515837", "Suma kontrolna numeru PESEL się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."),
        (Kind.NIP, "593020682", "Numer NIP ma 10 cyfr, wpisano 9."),
        (Kind.NIP, "5930206828", "Suma kontrolna numeru NIP się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."),
        (Kind.NUMBER, "trzy", "Wpisz liczbę całkowitą cyframi, na przykład 3."),
        (Kind.NUMBER, "2,5", "Wpisz liczbę całkowitą cyframi, na przykład 3."),
        (Kind.NUMBER, "٣", "Wpisz liczbę całkowitą cyframi, na przykład 3."),
        (Kind.NUMBER, "9" * 5000, "Wpisz liczbę całkowitą cyframi, na przykład 3."),
        (Kind.DATE, "31.2.2026", "Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc."),
        (Kind.DATE, "3.13.2026", "Miesiąc to liczba od 1 do 12, wpisano 13."),
        (Kind.DATE, "3.2.0026", "Wpisz rok czterema cyframi, na przykład 2026."),
        (Kind.DATE, "3.2.26", "Wpisz całą datę: dzień, miesiąc i rok, na przykład 3 2 2026."),
        (Kind.DATE, {"day": "3", "month": "", "year": "2026"}, "Wpisz całą datę: dzień, miesiąc i rok, na przykład 3 2 2026."),
        (Kind.DATE, {"day": "", "month": "", "year": "2026"}, "Wpisz całą datę: dzień, miesiąc i rok, na przykład 3 2 2026."),
        (Kind.CHOICE, "purple", "Wybierz jedną z podanych odpowiedzi."),
        (Kind.CHOICES, ["red", "purple"], "Zaznacz tylko podane odpowiedzi."),
        (Kind.YES_NO, "maybe", "Wybierz „tak” albo „nie”."),
        (Kind.EMAIL, "anna@", "Wpisz adres e-mail w całości, na przykład anna@example.com."),
        (Kind.SHORT_TEXT, "a" * 201, "Tekst może mieć najwyżej 200\u00a0znaków, a ma 201. Skróć go."),
        (Kind.SHORT_TEXT, ["lista"], "Tej odpowiedzi nie da się odczytać. Wpisz ją jeszcze raz."),
        (Kind.SHORT_TEXT, "Anna\x07", "Za „Anna” jest znak, którego nie widać (U+0007). Usuń to miejsce i wpisz je od nowa."),
        (Kind.LONG_TEXT, "tak\u202eein", "Za „tak” jest znak, którego nie widać (U+202E). Usuń to miejsce i wpisz je od nowa."),
        (Kind.FILE, "passwd", "Tego załącznika nie da się odczytać. Dodaj go jeszcze raz."),
    ],
)
def test_what_can_not_be_kept_is_answered_in_words(kind, typed, message):
    with pytest.raises(Invalid) as refused:
        parse(question(kind, options=COLOURS), typed, DAY)

    assert str(refused.value) == message


@pytest.mark.parametrize("kind", [Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.CHOICE, Kind.SCALE, Kind.EMAIL, Kind.PESEL])
def test_ten_megabytes_are_refused_in_words_at_once(kind):
    with pytest.raises(Invalid, match=r"Tekst jest o wiele za długi\. Skróć go albo dodaj jako załącznik\."):
        parse(question(kind, options=COLOURS), "x" * 10_000_000, DAY)


@pytest.mark.parametrize(
    ("fields", "kind", "typed", "message"),
    [
        ({"minimum": 1}, Kind.NUMBER, "0", "Najmniejsza możliwa liczba to 1, wpisano 0."),
        ({"maximum": 500}, Kind.NUMBER, "501", "Największa możliwa liczba to 500, wpisano 501."),
        ({"maximum": 4}, Kind.SHORT_TEXT, "pięćdziesiąt", "Tekst może mieć najwyżej 4\u00a0znaki, a ma 12. Skróć go."),
        ({"minimum": 10}, Kind.LONG_TEXT, "bo tak", "Napisz trochę więcej: co najmniej 10\u00a0znaków."),
        ({"minimum": 2}, Kind.CHOICES, ["red"], "Zaznacz co najmniej 2\u00a0odpowiedzi."),
        ({"maximum": 1}, Kind.CHOICES, ["red", "blue"], "Zaznacz najwyżej 1\u00a0odpowiedź; teraz zaznaczono 2."),
    ],
)
def test_limits_of_a_question_are_named(fields, kind, typed, message):
    with pytest.raises(Invalid) as refused:
        parse(question(kind, options=COLOURS, **fields), typed, DAY)

    assert str(refused.value) == message


def test_a_pesel_of_somebody_not_born_yet_is_refused_on_the_day_of_filing():
    """The child was born on 20 February 2026. The day is passed in, so a form filed today reads the same when checked later."""
    digits = next(f"2622200001{last}" for last in range(10) if _is_pesel(f"2622200001{last}"))

    assert parse(question(Kind.PESEL), digits, DAY) == digits
    with pytest.raises(Invalid, match="w przyszłości"):
        parse(question(Kind.PESEL), digits, date(2026, 2, 19))


def _is_pesel(number):
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    return sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 10 == 0


def test_an_address_is_found_however_it_is_typed_and_keeps_its_teryt_codes(street):
    kept = parse(question(Kind.ADDRESS), {"street": "ul. batorego ", "number": "12 A", "flat": " 3 "}, DAY)

    assert kept == {
        "terc": "2204021", "simc": "0935098", "ulic": "00753", "street": "Batorego", "number": "12a", "flat": "3",
    }  # fmt: skip
    assert parse(question(Kind.ADDRESS), kept, DAY) == kept


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"street": "Batorego", "number": "", "flat": ""}, "Podaj numer domu."),
        ({"street": "", "number": "", "flat": "3"}, "Podaj ulicę. Podaj numer domu."),
        ({"street": "Bathorego", "number": "12a"}, "Nie znamy tej ulicy. Czy to „Batorego”?"),
        ({"street": "Batorego", "number": "14"}, "Przy tej ulicy nie ma numeru 14. Najbliższe to: 12a."),
        ({"street": "B" * 300, "number": "1"}, "Ulica może mieć najwyżej 120 znaków, a numery domu i lokalu po 12."),
    ],
)
def test_an_address_outside_the_town_is_named(street, typed, message):
    with pytest.raises(Invalid) as refused:
        parse(question(Kind.ADDRESS), typed, DAY)

    assert str(refused.value) == message


def test_what_is_missing_is_said_in_words_of_its_kind():
    assert missing(question(Kind.SHORT_TEXT)) == "Uzupełnij to pole."
    assert missing(question(Kind.CHOICE)) == "Wybierz jedną odpowiedź."
    assert all(missing(question(kind)).endswith(".") for kind in Kind)
