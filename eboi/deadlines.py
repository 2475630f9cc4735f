"""When a term ends: KPA art. 57 in the wording of 1 June 2017, on the Polish calendar with the office's corrections.

Pure arithmetic over days, stored nowhere. Only for procedural terms: a day on which money falls due follows its own act.
"""

import calendar as months
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from eboi.models.catalogue import TermUnit
from office.working_days import DAY, Calendar


@dataclass(frozen=True)
class Excluded:
    """Days that do not count into the term (KPA art. 35 § 5): from `since` up to, without, `until`."""

    since: date
    until: date


def end_of_term(start: date, count: int, unit: str) -> date:
    """Where the term ends by § 1-3a of art. 57, a day off or not. `start` is the day of the event, itself not counted."""
    if unit == TermUnit.DAYS:
        return start + count * DAY
    if unit == TermUnit.WEEKS:
        return start + 7 * count * DAY
    if unit == TermUnit.MONTHS:
        return _months_later(start, count)
    if unit == TermUnit.YEARS:
        return _months_later(start, 12 * count)
    raise ValueError(unit)


def _months_later(start: date, count: int) -> date:
    """The same day number, or the month's last day where there is none: 31 January gives 28 February."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    return date(year, month + 1, min(start.day, months.monthrange(year, month + 1)[1]))


def last_day(start: date, count: int, unit: str, *, calendar: Calendar, excluded: Iterable[Excluded] = ()) -> date:
    """The day by which it must be done: the end of the term, moved by the excluded days, then past days off (§ 4)."""
    return moved(end_of_term(start, count, unit), start=start, calendar=calendar, excluded=excluded)


def moved(end: date, *, start: date, calendar: Calendar, excluded: Iterable[Excluded] = ()) -> date:
    """`end` moved by the excluded days of the term, then to a working day."""
    return calendar.working_day_from(lengthened(end, start=start, calendar=calendar, excluded=excluded))


def lengthened(end: date, *, start: date, calendar: Calendar, excluded: Iterable[Excluded]) -> date:
    """`end` moved by the excluded days alone: it may be a day off.

    An exclusion that begins when the term has already run out moves nothing. One that begins after the end and before the working
    day to which days off have moved it finds the term ending on that day, and moves it from there.
    """
    for period in sorted(excluded, key=lambda period: period.since):
        reached = calendar.working_day_from(end)
        if period.since > reached:
            break
        end = reached if period.since > end else end
        end += max(period.until - max(period.since, start + DAY), timedelta())
    return end


def due_of(deadline, pauses, calendar: Calendar) -> date:
    """The last day of a stored deadline from its inputs. A pause still open moves nothing yet: the term stands still."""
    return calendar.working_day_from(end_with_pauses(deadline, pauses, calendar))


def end_with_pauses(deadline, pauses, calendar: Calendar) -> date:
    """As `due_of`, but before a day off moves it: for explaining."""
    end = deadline.fixed_on or end_of_term(deadline.started_on, deadline.term_count, deadline.term_unit)
    closed = [Excluded(pause.since, pause.until) for pause in pauses if pause.until]
    return lengthened(end, start=deadline.started_on, calendar=calendar, excluded=closed)
