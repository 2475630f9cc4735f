"""Which days the office works: the Polish calendar with a clerk's corrections. Pure arithmetic over days, stored nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from office.compiled import compiled
from office.models import HolidayOverride

DAY = timedelta(days=1)
SATURDAY = 5


@cache
def _holidays_of(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("PL", years=year, language="pl"))


@compiled
def _overrides() -> QuerySet:
    return HolidayOverride.objects.values_list("day", "is_day_off")


@dataclass(frozen=True)
class Calendar:
    """Days off: Saturdays (art. 57 § 4), Sundays, statutory holidays of their year, and what a clerk corrected (L4)."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    @classmethod
    def of_office(cls) -> "Calendar":
        """With the corrections stored now: one query."""
        return cls(dict(_overrides()))

    def is_day_off(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        return day.weekday() >= SATURDAY or day in _holidays_of(day.year)

    def name_of(self, day: date) -> str:
        """Why it is a day off: the holiday's name, the weekday's, or nothing particular."""
        weekdays = {SATURDAY: _("sobota"), SATURDAY + 1: _("niedziela")}
        return _holidays_of(day.year).get(day) or weekdays.get(day.weekday(), _("dzień wolny"))

    def working_day_from(self, day: date) -> date:
        """The day itself, or the next one that is not a day off."""
        while self.is_day_off(day):
            day += DAY
        return day

    def after_working_days(self, day: date, count: int) -> date:
        """The last of so many working days; the day itself is not counted."""
        for _number in range(count):
            day = self.working_day_from(day + DAY)
        return day

    def working_days_between(self, today: date, due: date) -> int:
        """Working days after `today` up to and with `due`: 0 on the last day. Negative: calendar days past it."""
        if due < today:
            return (due - today).days
        return sum(not self.is_day_off(today + n * DAY) for n in range(1, (due - today).days + 1))
