"""When the point is open: weekly hours as dated data, days of their own, statutory holidays. Decided in Warsaw time (R50)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.db.models import FilteredRelation, Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate, localtime

from office.compiled import compiled
from pszok.models import OpeningException, OpeningHours, Point

DAY = timedelta(days=1)
LOOK_AHEAD = 60  # days in which the next opening is looked for


@cache
def _holidays_of(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("PL", years=year, language="pl"))


@dataclass(frozen=True)
class Day:
    """A day at the point. Without spans it is closed; `reason` says why the day differs from its week."""

    day: date
    spans: tuple[tuple[time, time], ...]
    reason: str = ""

    @property
    def is_closed(self) -> bool:
        return not self.spans


SPANS = ("usual__weekday", "usual__opens", "usual__closes", "own__pk", "own__opens", "own__closes", "own__reason")


def spans_of(point: int, day: date) -> QuerySet[Point]:
    """A row for each span of the week in force, beside it the day's own hours if it has any: SPANS are to be read of it."""
    usual = Q(hours__valid_from__lte=day) & (Q(hours__valid_to=None) | Q(hours__valid_to__gte=day))
    return Point.objects.filter(pk=point).annotate(
        usual=FilteredRelation("hours", condition=usual), own=FilteredRelation("exceptions", condition=Q(exceptions__day=day))
    )


@compiled
def _of_day(*, point: int, day: date):
    return spans_of(point, day).values_list(*SPANS)


@dataclass(frozen=True)
class Timetable:
    """Hours and exceptions of a point, read once: two queries, then any day is answered from memory."""

    hours: tuple[OpeningHours, ...]
    exceptions: Mapping[date, OpeningException]

    @classmethod
    def of(cls, point: Point) -> "Timetable":
        return cls(tuple(point.hours.all()), {one.day: one for one in point.exceptions.all()})

    @classmethod
    def of_day(cls, point: Point, day: date) -> "Timetable":
        """As `of`, for one day alone, with SQL that is built once."""
        return cls.of_rows(_of_day(point=point.pk, day=day), day)

    @classmethod
    def of_rows(cls, rows: Iterable[tuple], day: date) -> "Timetable":
        """Out of the SPANS of that day, which somebody asked for together with more."""
        rows = list(rows)
        spans = {row[1:3] for row in rows if row[0] == day.weekday()}
        hours = tuple(OpeningHours(weekday=day.weekday(), opens=opens, closes=closes, valid_from=day) for opens, closes in spans)
        own = next((row for row in rows if row[3]), None)  # a day has one exception, beside each span of its week
        return cls(hours, {day: OpeningException(day=day, opens=own[4], closes=own[5], reason=own[6])} if own else {})

    def on(self, day: date) -> Day:
        """An exception decides first, then a statutory holiday closes, then the hours of the week in force hold."""
        if own := self.exceptions.get(day):
            return Day(day, ((own.opens, own.closes),) if own.opens and own.closes else (), own.reason)
        if holiday := _holidays_of(day.year).get(day):
            return Day(day, (), holiday)
        return Day(day, self.weekly(day))

    def weekly(self, day: date) -> tuple[tuple[time, time], ...]:
        """The usual hours of that weekday in force on the day."""
        return tuple(
            (row.opens, row.closes)
            for row in self.hours
            if row.weekday == day.weekday() and row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        )

    def closes_at(self, moment: datetime) -> datetime | None:
        """Until when it is open now; None when it is closed. The minute of closing is closed already."""
        here = localtime(moment)
        for opens, closes in self.on(here.date()).spans:
            if opens <= here.time() < closes:
                return _at(here.date(), closes)
        return None

    def next_opening(self, moment: datetime) -> datetime | None:
        """The first opening after the moment; None when no day of the next two months has any."""
        first = localdate(moment)
        for ahead in range(LOOK_AHEAD):
            for opens, _closes in self.on(first + ahead * DAY).spans:
                if (opening := _at(first + ahead * DAY, opens)) > moment:
                    return opening
        return None

    def ahead(self, today: date, days: int = LOOK_AHEAD) -> list[Day]:
        """Days from today on that differ from their week, the nearest first. A holiday on a closed weekday is no news."""
        found = [self.on(today + number * DAY) for number in range(days)]
        return [one for one in found if one.reason and one.spans != self.weekly(one.day)]


def is_open(point: Point, moment: datetime) -> bool:
    """Whether a visit may open now without a supervisor's reason."""
    return Timetable.of(point).closes_at(moment) is not None


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, tzinfo=timezone.get_default_timezone())
