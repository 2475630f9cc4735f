"""From when to when a package works (R35, R36), against days counted one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resident_card.validity import DAY, Period, may_renew, school_year, yearly_end
from residents.rules import age_on

BASE = {"month": 5, "day": 31, "renew_from_month": 4, "renew_from_day": 1}
RIDES = {"month": 10, "day": 31, "starts_month": 9, "starts_day": 1}
days = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 6, 1), date(2027, 5, 31)),
        (date(2026, 12, 31), date(2027, 5, 31)),
        (date(2027, 3, 31), date(2027, 5, 31)),
        (date(2027, 4, 1), date(2028, 3, 31)),
        (date(2027, 5, 31), date(2028, 5, 30)),
        (date(2028, 4, 15), date(2029, 4, 14)),
    ],
)
def test_the_base_ends_on_the_last_of_may_and_a_late_start_gets_a_year_less_a_day(first, last):
    """R35"""
    assert yearly_end(BASE, first) == Period(first, last)


@given(days)
def test_the_base_never_outlives_a_year_nor_ends_on_its_first_day(first):
    """R35: the oracle walks the calendar."""
    last = yearly_end(BASE, first).last
    walked = first
    while (walked.month, walked.day) != (5, 31):
        walked += DAY
    if first.month in (4, 5):
        walked = first
        while age_on(first, walked + DAY) == 0:
            walked += DAY

    assert last == walked
    assert first < last
    assert age_on(first, last) == 0


@given(days, st.integers(1, 12), st.integers(1, 31), st.integers(1, 12), st.integers(1, 31))
def test_whatever_days_the_town_chooses_a_period_is_whole(first, month, day, opens_month, opens_day):
    """A 31 June or a 29 February of a common year is the last day of that month."""
    options = {"month": month, "day": day, "renew_from_month": opens_month, "renew_from_day": opens_day}
    last = yearly_end(options, first).last

    assert first < last
    assert age_on(first, last) == 0


def test_a_year_begun_on_leap_day_ends_on_the_28th():
    options = {"month": 3, "day": 31, "renew_from_month": 2, "renew_from_day": 1}

    assert yearly_end(options, date(2028, 2, 29)).last == date(2029, 2, 28)


@pytest.mark.parametrize(
    ("last", "day", "may"),
    [
        (date(2027, 5, 31), date(2027, 3, 31), False),
        (date(2027, 5, 31), date(2027, 4, 1), True),
        (date(2027, 5, 31), date(2027, 5, 31), True),
        (date(2028, 3, 31), date(2028, 1, 31), True),  # a first year that ends elsewhere has as long a window
        (date(2028, 3, 31), date(2028, 1, 30), False),
    ],
)
def test_a_base_may_be_prolonged_in_april_and_may(last, day, may):
    """R35"""
    assert may_renew(BASE, last, day) is may


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 9, 1), date(2027, 10, 31)),
        (date(2026, 8, 31), date(2026, 10, 31)),
        (date(2026, 10, 31), date(2027, 10, 31)),
        (date(2027, 2, 10), date(2027, 10, 31)),
        (date(2026, 11, 1), date(2027, 10, 31)),
    ],
)
def test_rides_end_in_october_of_the_next_school_year(first, last):
    """R36"""
    assert school_year(RIDES, first) == Period(first, last)


@given(days)
def test_rides_outlive_the_school_year_in_which_they_begin(first):
    """R36: the oracle counts the first of Septembers."""
    last = school_year(RIDES, first).last
    septembers = [day for day in _days(first + DAY, last) if (day.month, day.day) == (9, 1)]

    assert len(septembers) == 1
    assert (last.month, last.day) == (10, 31)


def test_rides_may_be_prolonged_from_the_first_day_of_school():
    assert may_renew(RIDES, date(2027, 10, 31), date(2027, 9, 1))
    assert not may_renew(RIDES, date(2027, 10, 31), date(2027, 8, 31))


def _days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
