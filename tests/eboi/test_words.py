"""How a term is said: what is left, what is late, and how the last day came about."""

from datetime import date

import pytest

from eboi.models import Deadline, Pause
from eboi.words import term_explained, term_length, term_words
from office.working_days import Calendar

TUESDAY = date(2026, 11, 24)
CALENDAR = Calendar()


@pytest.mark.parametrize(
    "due, words, tone",
    [
        (date(2026, 11, 25), "został 1 dzień roboczy", "warn"),
        (date(2026, 11, 27), "zostały 3 dni robocze", "warn"),
        (date(2026, 12, 28), "zostały 22 dni robocze", "neutral"),
        (date(2026, 11, 24), "termin mija dziś", "urgent"),
        (date(2026, 11, 23), "po terminie o 1 dzień", "urgent"),
        (date(2026, 11, 22), "po terminie o 2 dni", "urgent"),
        (None, "bez terminu", "neutral"),
    ],
)
def test_what_is_left_is_said_in_working_days(due, words, tone):
    said = term_words(due, TUESDAY, is_paused=False, calendar=CALENDAR)

    assert (said.text.replace("\xa0", " "), said.tone) == (words, tone)


def test_a_term_that_stands_still_promises_nothing():
    assert term_words(TUESDAY, TUESDAY, is_paused=True, calendar=CALENDAR).text == "bieg terminu wstrzymany"


@pytest.mark.parametrize("count, unit, words", [(1, "months", "1 miesiąc"), (2, "weeks", "2 tygodnie"), (14, "days", "14 dni")])
def test_the_length_of_a_term(count, unit, words):
    assert term_length(count, unit).replace("\xa0", " ") == words


def test_a_last_day_is_explained_step_by_step():
    """L5"""
    deadline = Deadline(started_on=date(2026, 11, 24), term_count=1, term_unit="months")
    pauses = [Pause(why="suspension", since=date(2026, 12, 1), until=date(2026, 12, 10))]

    said = [sentence.replace("\xa0", " ") for sentence in term_explained(deadline, pauses, CALENDAR)]

    assert said == [
        "1 miesiąc od wpływu 24 listopada 2026 r. kończy się 24 grudnia 2026 r.",
        "Nie liczy się 9 dni od 1 grudnia 2026 r.: postępowanie zawieszone.",
        "2 stycznia 2027 r. to dzień wolny (sobota), dlatego termin mija w najbliższy dzień roboczy, 4 stycznia 2027 r.",
    ]


def test_christmas_eve_is_named():
    deadline = Deadline(started_on=date(2026, 11, 24), term_count=1, term_unit="months")

    assert "Wigilia" in term_explained(deadline, [], CALENDAR)[-1]
