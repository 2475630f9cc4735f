"""Answers that pick, place or order: what is kept, what is refused in words, and that writing beside an option loses nothing."""

import re

import pytest
from django.http import QueryDict

from schemas.checking import check_all, check_page, half_typed, merged
from schemas.choosing import limits_in_words
from schemas.computed import Context
from schemas.definition import MatrixRow, Option, Question
from schemas.forms import page_form
from schemas.kinds import Invalid, parse
from schemas.models import Kind
from schemas.readable import readable
from schemas.twin import describe
from tests.schemas.conftest import DAY, FULL, SURVEY

COLOURS = (Option("red", "czerwony"), Option("green", "zielony"), Option("blue", "niebieski"))
ROWS = (MatrixRow("gate", "brama"), MatrixRow("wall", "mur"))


def question(kind, **fields):
    return Question(code="q", kind=kind, label="Pytanie", **{"options": COLOURS, "rows": ROWS, **fields})


@pytest.mark.parametrize(
    ("kind", "fields", "typed", "kept"),
    [
        (Kind.SCALE, {}, " 3 ", 3),
        (Kind.SCALE, {"minimum": 0, "maximum": 10}, "10", 10),
        (Kind.SCALE, {"minimum": -2, "maximum": 2}, -2, -2),
        (Kind.SCALE, {"has_no_opinion": True}, "no-opinion", "no-opinion"),
        (Kind.MATRIX, {}, {"wall": "red", "gate": "red"}, {"gate": "red", "wall": "red"}),
        (Kind.MATRIX, {"is_required": False}, {"wall": "red", "gate": ""}, {"wall": "red"}),
        (Kind.MATRIX, {}, {"gate": "red", "wall": "blue", "roof": "red"}, {"gate": "red", "wall": "blue"}),
        (Kind.MATRIX, {}, {"gate": "", "wall": ""}, None),
        (Kind.RANKING, {}, {"red": "2", "green": "3", "blue": "1"}, ["blue", "red", "green"]),
        (Kind.RANKING, {}, ["blue", "red", "green"], ["blue", "red", "green"]),
        (Kind.RANKING, {"maximum": 2}, {"red": "", "green": "1", "blue": ""}, ["green"]),
        (Kind.RANKING, {"maximum": 2}, {"red": "2", "green": "1"}, ["green", "red"]),
    ],
)
def test_what_is_kept_is_taken_back_unchanged(kind, fields, typed, kept):
    asked = question(kind, **fields)

    assert parse(asked, typed, DAY) == kept
    assert parse(asked, kept, DAY) == kept


@pytest.mark.parametrize(
    ("kind", "fields", "typed", "message"),
    [
        (Kind.SCALE, {}, "6", "Wybierz jedną z liczb od 1 do 5."),
        (Kind.SCALE, {}, "no-opinion", "Wybierz jedną z liczb od 1 do 5."),
        (Kind.SCALE, {}, "2,5", "Wybierz jedną z liczb od 1 do 5."),
        (Kind.MATRIX, {}, {"wall": "red"}, "Brakuje odpowiedzi w wierszu „brama”."),
        (
            Kind.MATRIX,
            {"rows": (*ROWS, MatrixRow("roof", "dach"))},
            {"wall": "red"},
            "Brakuje odpowiedzi w wierszach: „brama”, „dach”.",
        ),
        (Kind.MATRIX, {}, {"wall": "purple", "gate": "red"}, "Wybierz w każdym wierszu jedną z podanych odpowiedzi."),
        (Kind.MATRIX, {}, "red", "Tej odpowiedzi nie da się odczytać. Wybierz ją jeszcze raz."),
        (
            Kind.RANKING,
            {},
            {"red": "1", "green": "1", "blue": "2"},
            "Miejsce 1 mają i „czerwony”, i „zielony”. Zmień jedno z nich.",
        ),
        (Kind.RANKING, {}, {"red": "1", "green": "2"}, "Wybierz miejsce także tutaj: „niebieski”."),
        (Kind.RANKING, {"maximum": 2}, {"red": "2"}, "Nic nie ma miejsca 1. Miejsca idą po kolei od pierwszego."),
        (Kind.RANKING, {"maximum": 2}, {"red": "3"}, "Miejsce przy „czerwony” to liczba od 1 do 2."),
        (Kind.RANKING, {"maximum": 2}, {"red": "pierwsze"}, "Miejsce przy „czerwony” to liczba od 1 do 2."),
        (Kind.RANKING, {"maximum": 2}, ["red", "blue", "green"], "Wskaż najwyżej 2\u00a0odpowiedzi."),
        (Kind.RANKING, {"maximum": 3, "minimum": 2}, ["red"], "Wskaż co najmniej 2\u00a0odpowiedzi."),
        (Kind.RANKING, {}, ["red", "red", "blue"], "Ustaw w kolejności tylko podane odpowiedzi, każdą raz."),
        (Kind.RANKING, {}, ["purple"], "Ustaw w kolejności tylko podane odpowiedzi, każdą raz."),
        (Kind.DATE, {"earliest": "2026-05-10"}, "9.5.2026", "Wpisz dzień nie wcześniejszy niż 10\u00a0maja 2026\u00a0r."),
        (Kind.DATE, {"latest": "today"}, "3.3.2026", "Wpisz dzień nie późniejszy niż 2\u00a0marca 2026\u00a0r."),
    ],
)
def test_what_can_not_be_kept_is_answered_in_words(kind, fields, typed, message):
    with pytest.raises(Invalid) as refused:
        parse(question(kind, **fields), typed, DAY)

    assert str(refused.value) == message


def test_the_days_named_as_limits_are_good_days():
    asked = question(Kind.DATE, earliest="2026-03-02", latest="today")

    assert parse(asked, "2.3.2026", DAY) == "2026-03-02"


def test_an_option_that_excludes_the_others_stands_alone_and_needs_no_company():
    none = (*COLOURS, Option("none", "Żadne z powyższych", is_exclusive=True))
    asked = question(Kind.CHOICES, options=none, minimum=2)

    assert parse(asked, ["none"], DAY) == ["none"]
    with pytest.raises(Invalid, match="„Żadne z powyższych” nie łączy się z innymi odpowiedziami"):
        parse(asked, ["red", "blue", "none"], DAY)


@pytest.mark.parametrize(
    ("kind", "fields", "words"),
    [
        (Kind.CHOICES, {}, ""),
        (Kind.CHOICES, {"minimum": 1}, ""),
        (Kind.CHOICES, {"maximum": 2}, "Zaznacz najwyżej 2\u00a0odpowiedzi."),
        (Kind.CHOICES, {"minimum": 2}, "Zaznacz co najmniej 2\u00a0odpowiedzi."),
        (Kind.CHOICES, {"minimum": 2, "maximum": 3}, "Zaznacz od 2 do 3\u00a0odpowiedzi."),
        (Kind.CHOICES, {"minimum": 2, "maximum": 2}, "Zaznacz dokładnie 2\u00a0odpowiedzi."),
        (Kind.RANKING, {}, "Nadaj każdej odpowiedzi inne miejsce. 1 to najważniejsza."),
        (Kind.RANKING, {"maximum": 2}, "Nadaj najwyżej 2\u00a0miejsca, resztę zostaw bez miejsca. 1 to najważniejsza."),
        (Kind.RANKING, {"minimum": 2, "maximum": 2}, "Nadaj miejsca od 1 do 2, resztę zostaw bez miejsca. 1 to najważniejsza."),
        (Kind.CHOICE, {"maximum": 2}, ""),
    ],
)
def test_limits_are_said_before_anybody_errs(kind, fields, words):
    assert limits_in_words(question(kind, **fields)) == words


# The whole survey --------------------------------------------------------------------------------------------------


def test_a_full_survey_is_kept_as_it_was_given(survey):
    checked = check_all(survey, FULL, context=Context(DAY))

    assert checked.errors == {}
    assert checked.answers == FULL
    assert check_all(survey, checked.answers, context=Context(DAY)) == checked


def test_the_description_of_a_survey_is_what_was_loaded(survey):
    from schemas.models import Version

    assert describe(Version.objects.get()) == SURVEY


PAGE = "safety=4&quality_pavement=bad&quality_light=fair&quality_crossing=none&order_bike=2&order_surface=3&order_green=1"


def typed(survey, rest, answers=None):
    return check_page(survey, survey.pages[0], QueryDict(f"{PAGE}&{rest}"), answers=answers or {}, day=DAY)


def test_a_page_without_a_script_gives_the_same_answers(survey):
    cleaned, errors = typed(survey, "who=other&who_other=kurier&needs=other&needs=trees&needs_other=+poide%C5%82ka+&best_mill=1")

    assert errors == {}
    assert cleaned == {
        "who": "other", "who_other": "kurier", "needs": ["trees", "other"], "needs_other": "poidełka", "safety": 4,
        "quality": FULL["quality"], "order": ["green", "bike", "surface"], "best": ["mill"],
    }  # fmt: skip


def test_a_text_alone_chooses_the_option_it_stands_beside(survey):
    cleaned, errors = typed(survey, "who_other=kurier&needs_other=poide%C5%82ka")

    assert errors == {}
    assert (cleaned["who"], cleaned["needs"]) == ("other", ["other"])


def test_a_text_beside_another_choice_is_asked_about_and_neither_is_lost(survey):
    """decidim #6087: the chosen option vanished when free text was given."""
    data = QueryDict(f"{PAGE}&who=owner&who_other=kurier&needs=trees&needs_other=poide%C5%82ka")
    _cleaned, errors = check_page(survey, survey.pages[0], data, answers={}, day=DAY)

    html = str(page_form(survey, survey.pages[0], answers={}, data=data, day=DAY))
    kept = half_typed(survey, survey.pages[0], data, answers={}, day=DAY)
    again = str(page_form(survey, survey.pages[0], answers=kept, day=DAY))

    message = "Przy „Ktoś inny” jest tekst, a ta odpowiedź nie jest zaznaczona. Zaznacz ją albo usuń tekst."
    assert errors["who"] == message
    assert "„Czegoś innego”" in errors["needs"]
    assert (kept["who"], kept["who_other"], kept["needs"], kept["needs_other"]) == ("owner", "kurier", ["trees"], "poidełka")
    for page in (html, again):
        assert 'name="who_other" id="id_who_2_text" value="kurier"' in page
        assert re.search(r'name="who" value="owner"[^>]*checked', page)


def test_changing_ones_mind_leaves_no_text_behind(survey):
    answers = {"who": "other", "who_other": "kurier"}

    cleaned, _errors = typed(survey, "who=owner&needs=trees", answers)
    kept = merged(survey, survey.pages[0], answers, cleaned)

    assert kept["who"] == "owner"
    assert "who_other" not in kept


def test_a_text_beside_an_option_has_its_own_limits(survey):
    _cleaned, errors = typed(survey, "who=other&needs=trees&who_other=" + "a" * 301)
    _cleaned, hidden = typed(survey, "who=other&needs=trees&who_other=kurier%07")

    assert errors == {"who": "Tekst przy „Ktoś inny” może mieć najwyżej 300\u00a0znaków, a ma 301. Skróć go."}
    assert "U+0007" in hidden["who"]


def test_a_text_under_an_option_that_takes_none_is_dropped(survey):
    checked = check_all(survey, {**FULL, "who_owner": "x", "nothing_other": "y", "quality_light": "z"}, context=Context(DAY))

    assert checked.answers == FULL


def test_a_survey_reads_as_a_person_would_say_it(survey):
    lines = {line.code: line.text for section in readable(survey, FULL) for line in section.lines}

    assert lines["who"] == "Ktoś inny: Chodzę tędy do szkoły"
    assert lines["needs"] == "Drzew; Czegoś innego: poidełka"
    assert lines["safety"] == "2 w skali od 1 do 5"
    assert lines["quality"] == "Chodniki: Źle; Oświetlenie wieczorem: Średnio; Przejścia przy szkole: Nie wiem"
    assert lines["order"] == "1. Zieleń; 2. Drogę dla rowerów; 3. Nową nawierzchnię"
    assert {line.text for section in readable(survey, {**FULL, "safety": 5}) for line in section.lines} >= {
        "5 (zdecydowanie tak) w skali od 1 do 5"
    }


def test_conditions_ask_about_a_scale_and_a_missing_opinion_is_neither_high_nor_low(survey):
    shown = {answer: "why" in _asked(survey, {"safety": answer}) for answer in (1, 2, 3, "no-opinion")}

    assert shown == {1: True, 2: True, 3: False, "no-opinion": False}


def _asked(survey, answers):
    return [question.code for _page, questions in survey.walk(answers) for question in questions]
