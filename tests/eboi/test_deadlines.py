"""Terms by KPA art. 57 (L4): the eight vectors, weeks and years, pauses, and a walker that counts day by day."""

import calendar as months
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eboi.deadlines import Excluded, last_day, moved
from office.working_days import Calendar

DAY = timedelta(days=1)
CALENDAR = Calendar()


@pytest.mark.parametrize(
    "start, count, unit, expected",
    [
        (date(2026, 11, 4), 7, "days", date(2026, 11, 12)),  # 11 November is a holiday
        (date(2026, 10, 30), 7, "days", date(2026, 11, 6)),
        (date(2026, 12, 11), 14, "days", date(2026, 12, 28)),  # 25 to 27 December
        (date(2027, 1, 31), 1, "months", date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2026, 11, 24), 1, "months", date(2026, 12, 28)),  # Christmas Eve is a holiday since 2025
        (date(2024, 11, 24), 1, "months", date(2024, 12, 24)),  # and was not before
        (date(2026, 12, 31), 2, "months", date(2027, 3, 1)),
        (date(2027, 5, 20), 7, "days", date(2027, 5, 28)),  # Corpus Christi
    ],
)
def test_the_eight_vectors(start, count, unit, expected):
    """L4"""
    assert last_day(start, count, unit, calendar=CALENDAR) == expected


@pytest.mark.parametrize(
    "start, count, unit, expected",
    [
        (date(2026, 11, 25), 2, "weeks", date(2026, 12, 9)),  # Wednesday to Wednesday
        (date(2026, 11, 7), 1, "weeks", date(2026, 11, 16)),  # a Saturday is as a day off
        (date(2024, 2, 29), 1, "years", date(2025, 2, 28)),  # no such day: the one before
        (date(2025, 3, 3), 1, "years", date(2026, 3, 3)),
        (date(2026, 3, 28), 1, "days", date(2026, 3, 30)),  # the night the clocks change is still one day
        (date(2026, 10, 24), 2, "days", date(2026, 10, 26)),
        (date(2026, 12, 30), 1, "days", date(2026, 12, 31)),
        (date(2026, 12, 31), 1, "days", date(2027, 1, 4)),  # over the year's end: holiday, Saturday, Sunday
    ],
)
def test_weeks_years_clock_change_and_the_end_of_the_year(start, count, unit, expected):
    """L57"""
    assert last_day(start, count, unit, calendar=CALENDAR) == expected


def test_a_clerk_adds_a_day_off_and_takes_one_back():
    """L4"""
    calendar = Calendar({date(2026, 11, 12): True, date(2026, 12, 24): False})

    assert last_day(date(2026, 11, 4), 7, "days", calendar=calendar) == date(2026, 11, 13)
    assert last_day(date(2026, 11, 24), 1, "months", calendar=calendar) == date(2026, 12, 24)


def test_a_pause_adds_its_days_and_the_end_still_moves_to_a_working_day():
    """L5"""
    ten_days = Excluded(date(2026, 12, 1), date(2026, 12, 11))

    assert last_day(date(2026, 11, 16), 1, "months", calendar=CALENDAR, excluded=[ten_days]) == date(2026, 12, 28)


def test_a_pause_after_the_last_day_gives_nothing_back():
    late = Excluded(date(2026, 11, 9), date(2026, 12, 9))

    assert last_day(date(2026, 10, 30), 7, "days", calendar=CALENDAR, excluded=[late]) == date(2026, 11, 6)


def test_a_pause_on_the_days_off_at_the_end_still_counts():
    """A week ends on Saturday 14 November, so on Monday: when the pause begins, Sunday and Monday remain, and they are given back."""
    sunday = Excluded(date(2026, 11, 15), date(2026, 11, 18))

    assert last_day(date(2026, 11, 7), 1, "weeks", calendar=CALENDAR, excluded=[sunday]) == date(2026, 11, 19)


def test_working_days_left():
    wednesday = date(2026, 11, 25)

    assert CALENDAR.working_days_between(wednesday, date(2026, 11, 30)) == 3
    assert CALENDAR.working_days_between(wednesday, wednesday) == 0
    assert CALENDAR.working_days_between(wednesday, date(2026, 11, 23)) == -2


# The oracle: it never adds a number to a date, it walks.

EASTER_MONDAYS = {2023: (4, 10), 2024: (4, 1), 2025: (4, 21), 2026: (4, 6), 2027: (3, 29), 2028: (4, 17), 2029: (4, 2),
                  2030: (4, 22), 2031: (4, 14), 2032: (3, 29)}  # fmt: skip
FIXED = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)}


def walker_is_day_off(day):
    easter_monday = date(day.year, *EASTER_MONDAYS[day.year])
    moving = {easter_monday, easter_monday + 59 * DAY}  # Corpus Christi is the 60th day after Easter Sunday
    christmas_eve = day.year >= 2025 and (day.month, day.day) == (12, 24)
    return day.isoweekday() in (6, 7) or (day.month, day.day) in FIXED or day in moving or christmas_eve


def walk_to_working_day(day):
    while walker_is_day_off(day):
        day += DAY
    return day


def walk_days(start, count):
    day = start
    for _ in range(count):
        day += DAY
    return day


def walk_months(start, count):
    """Through the calendar, day by day, until the same number comes up in the right month, or that month ends."""
    month, day = start.year * 12 + start.month + count, start
    while True:
        day += DAY
        is_month = day.year * 12 + day.month == month
        if is_month and (day.day == start.day or day.day == months.monthrange(day.year, day.month)[1]):
            return day


def walk(start, count, unit):
    if unit in ("days", "weeks"):
        return walk_days(start, count * (7 if unit == "weeks" else 1))
    return walk_months(start, count * (12 if unit == "years" else 1))


def walk_with_pauses(start, end, pauses):
    """Each day of the term that lies in a pause puts its end one day off; days off that moved the end belong to the term (§ 4)."""
    day = start
    while day < walk_to_working_day(end):
        day += DAY
        if any(pause.since <= day < pause.until for pause in pauses):
            end = walk_to_working_day(end) if day > end else end
            end += DAY
    return walk_to_working_day(end)


starts = st.dates(date(2023, 1, 1), date(2030, 6, 30))
lengths = st.one_of(
    st.tuples(st.integers(1, 60), st.just("days")), st.tuples(st.integers(1, 10), st.just("weeks")),
    st.tuples(st.integers(1, 12), st.just("months")), st.tuples(st.just(1), st.just("years")),
)  # fmt: skip


@st.composite
def pauses_after(draw, start):
    """Pauses that follow one another, as the table of pauses allows."""
    pauses, day = [], start
    for gap, length in draw(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 20)), max_size=4)):
        since = day + gap * DAY
        pauses.append(Excluded(since, since + length * DAY))
        day = since + length * DAY
    return pauses


@given(starts, lengths)
@example(date(2026, 12, 31), (2, "months"))
def test_the_arithmetic_agrees_with_a_walk_through_the_calendar(start, length):
    """L4"""
    count, unit = length

    assert last_day(start, count, unit, calendar=CALENDAR) == walk_to_working_day(walk(start, count, unit))


def test_a_pause_on_the_day_to_which_a_sunday_moved_the_term_moves_it_past_the_pause():
    """L5: four weeks end on Sunday 29 January, so on Monday; paused on Monday and Tuesday, the term ends on Wednesday."""
    pause = Excluded(date(2023, 1, 30), date(2023, 2, 1))

    assert last_day(date(2023, 1, 1), 4, "weeks", calendar=CALENDAR, excluded=[pause]) == date(2023, 2, 1)


@given(st.data(), starts, lengths)
def test_pauses_agree_with_a_walk_through_the_calendar(data, start, length):
    """L5"""
    count, unit = length
    pauses = data.draw(pauses_after(start))

    due = last_day(start, count, unit, calendar=CALENDAR, excluded=pauses)

    assert due == walk_with_pauses(start, walk(start, count, unit), pauses)


@given(starts, st.integers(0, 90))
def test_the_last_day_is_never_a_day_off(start, days):
    due = moved(start + days * DAY, start=start, calendar=CALENDAR)

    assert not walker_is_day_off(due)
    assert (due - start).days - days <= 5
