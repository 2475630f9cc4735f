"""When the point is open (R50)."""

from datetime import date, datetime, time

import pytest

from pszok.hours import Timetable, is_open
from pszok.models import OpeningException, OpeningHours
from tests.factories import WARSAW, at
from tests.pszok.cast import make_point

pytestmark = pytest.mark.django_db
TUESDAY, SATURDAY, SUNDAY, MONDAY = date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 30)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "expected"),
    [
        (TUESDAY, 9, 29, False),
        (TUESDAY, 9, 30, True),
        (TUESDAY, 16, 59, True),
        (TUESDAY, 17, 0, False),
        (SATURDAY, 13, 59, True),
        (SATURDAY, 14, 0, False),
        (SUNDAY, 12, 0, False),
        (MONDAY, 12, 0, False),
    ],
)
def test_the_point_is_open_in_its_hours_of_warsaw_and_at_no_other_minute(day, hour, minute, expected):
    point = make_point()

    assert is_open(point, at(day, hour, minute)) is expected


def test_a_visitor_on_saturday_evening_is_told_of_tuesday_morning():
    timetable = Timetable.of(make_point())

    opening = timetable.next_opening(at(SATURDAY, 18))

    assert opening == at(date(2026, 12, 1), 9, 30)


def test_hours_are_of_the_clock_on_the_wall_on_both_sides_of_the_change_of_time():
    timetable = Timetable.of(make_point())

    summer, winter = (timetable.next_opening(at(day, 1)) for day in (date(2026, 10, 24), date(2026, 10, 27)))

    assert (summer.utcoffset().seconds, winter.utcoffset().seconds) == (7200, 3600)
    assert (summer.time(), winter.time()) == (time(8), time(9, 30))


def test_an_exception_closes_a_day_or_gives_it_other_hours():
    point = make_point()
    OpeningException.objects.create(point=point, day=TUESDAY, reason="Inwentaryzacja")
    OpeningException.objects.create(point=point, day=MONDAY, opens=time(10), closes=time(12), reason="Dodatkowy dzień")

    timetable = Timetable.of(point)

    assert not is_open(point, at(TUESDAY, 12))
    assert timetable.closes_at(at(MONDAY, 11)) == at(MONDAY, 12)
    assert [(one.day, one.is_closed) for one in timetable.ahead(TUESDAY, days=10)] == [(TUESDAY, True), (MONDAY, False)]


def test_a_statutory_holiday_is_closed_unless_the_point_says_otherwise():
    point = make_point()
    all_saints, independence = date(2028, 11, 1), date(2026, 11, 11)
    OpeningException.objects.create(point=point, day=independence, opens=time(9), closes=time(11), reason="Dyżur")

    assert not is_open(point, at(all_saints, 12))  # a Wednesday
    assert Timetable.of(point).on(all_saints).reason
    assert is_open(point, at(independence, 10))


def test_new_hours_hold_from_their_day_and_the_old_ones_until_their_end():
    point = make_point()
    OpeningHours.objects.filter(weekday=1).update(valid_to=date(2026, 12, 31))
    OpeningHours.objects.create(
        point=point, weekday=1, opens=time(7), closes=time(9), valid_from=date(2027, 1, 1), source="ogłoszenie"
    )

    assert is_open(point, at(date(2026, 12, 29), 12))
    assert is_open(point, at(date(2027, 1, 5), 8))
    assert not is_open(point, at(date(2027, 1, 5), 12))


def test_a_point_without_hours_never_promises_an_opening():
    point = make_point()
    OpeningHours.objects.all().delete()

    assert Timetable.of(point).next_opening(datetime(2026, 11, 24, tzinfo=WARSAW)) is None
