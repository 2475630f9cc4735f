"""What changed and what will: limits day by day, hours week by week. Read from dated rows, so nothing has to be written twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pszok.hours import DAY, Timetable
from pszok.models import WEEKDAYS, LimitRule


@dataclass(frozen=True)
class Step:
    """A day on which limits changed: what began and what held until the day before."""

    day: date
    began: list[LimitRule]
    ended: list[LimitRule]
    is_ahead: bool


def in_force(rules: Iterable[LimitRule], day: date) -> list[LimitRule]:
    return [rule for rule in rules if rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)]


def steps_of(rules: list[LimitRule], today: date) -> list[Step]:
    """The newest first. A limit that ends with nothing in its place has a day too."""
    days = {rule.valid_from for rule in rules} | {rule.valid_to + DAY for rule in rules if rule.valid_to}
    return [
        Step(
            day,
            [rule for rule in rules if rule.valid_from == day],
            [rule for rule in rules if rule.valid_to and rule.valid_to + DAY == day],
            is_ahead=day > today,
        )
        for day in sorted(days, reverse=True)
    ]


def week_of(timetable: Timetable, day: date) -> list[dict]:
    """The usual hours of the seven days from the day on, Monday first; a weekday without hours is closed."""
    days = [day + (number - day.weekday()) % 7 * DAY for number in range(7)]
    return [{"name": WEEKDAYS[one.weekday()], "spans": timetable.weekly(one), "is_today": one == day} for one in days]


def next_week(timetable: Timetable, today: date) -> dict | None:
    """The nearest day from which other hours hold, with its week; None when no change is known."""
    later = [row.valid_from for row in timetable.hours if row.valid_from > today]
    later += [row.valid_to + DAY for row in timetable.hours if row.valid_to and row.valid_to >= today]
    return {"since": min(later), "week": week_of(timetable, min(later))} if later else None
