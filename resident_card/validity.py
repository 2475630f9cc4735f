"""From when to when a package works: pure functions of days and of `PackageType.validity_options`, so that the town changes them as data.

`yearly_end` (R35): {"month": 5, "day": 31, "renew_from_month": 4, "renew_from_day": 1}, `school_year` (R36): {"month": 10, "day": 31,
"starts_month": 9, "starts_day": 1}. `with_base` takes its days from the base package. First and last day both count.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    first: date
    last: date


def yearly_end(options: Mapping, first: date) -> Period:
    """R35: to the fixed day of the year. Begun in the window before that day: to the eve of the anniversary, so nobody gets a few weeks.

    Never longer than a year, and never ending on the day it begins.
    """
    end = _next(options["month"], options["day"], first)
    return Period(first, _eve_of_anniversary(first) if first >= _opens(options, end) else end)


def school_year(options: Mapping, first: date) -> Period:
    """R36: to the fixed day (31 October) of the school year that follows the one of `first`."""
    starts = _on(first.year, options.get("starts_month", 9), options.get("starts_day", 1))
    return Period(first, _on(first.year + (first >= starts), options["month"], options["day"]))


def may_renew(options: Mapping, last: date, day: date) -> bool:
    """Whether a package that ends on `last` may be prolonged on the day: as many days before its end as the window has.

    For a package that ends on 31 May this is from 1 April on; one whose first year ends on another day gets as long.
    """
    end = _on(last.year, options["month"], options["day"])
    return last - day <= end - _opens(options, end)


def _opens(options, end) -> date:
    """The first day of the window that closes on `end`; without one in the data the day itself."""
    if "starts_month" in options:
        return _last(options["starts_month"], options.get("starts_day", 1), end)
    return _last(options.get("renew_from_month", end.month), options.get("renew_from_day", end.day), end)


def _eve_of_anniversary(first: date) -> date:
    """The last day of a whole year. A year begun on 29 February ends on 28 February."""
    try:
        return first.replace(year=first.year + 1) - DAY
    except ValueError:
        return date(first.year + 1, 2, 28)


def _next(month, day, since) -> date:
    found = _on(since.year, month, day)
    return found if found >= since else _on(since.year + 1, month, day)


def _last(month, day, until) -> date:
    found = _on(until.year, month, day)
    return found if found <= until else _on(until.year - 1, month, day)


def _on(year, month, day) -> date:
    """The day of that year; the 29th of February, or a 31st that a month lacks, is the last day of the month."""
    return date(year, month, min(day, monthrange(year, month)[1]))
