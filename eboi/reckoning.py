"""The public calculator of terms: how the last day comes about, with the rule that says so, and what else would give.

Arithmetic is `eboi.deadlines`, the calendar `office.working_days`; the words of the acts are dated data (`TermRule`). Both acts count
alike; only procedural terms go past days off, and the page says so beside the day to which a term would not be moved.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eboi.deadlines import end_of_term
from eboi.models import TermRule
from eboi.models.catalogue import TermUnit
from eboi.words import term_length
from office.compiled import compiled
from office.working_days import DAY, Calendar
from ui.words import long_date

LONGEST = {TermUnit.DAYS: 3660, TermUnit.WEEKS: 520, TermUnit.MONTHS: 120, TermUnit.YEARS: 20}
LAST_START = date(2090, 12, 31)  # beyond it nobody vouches for the calendar of holidays


@dataclass(frozen=True)
class Reckoned:
    """`end`: where the term ends by itself; `due`: the last day once days off at its end are passed, each of them in `days_off`."""

    start: date
    count: int
    unit: str
    end: date
    due: date
    days_off: tuple[tuple[date, str], ...]

    @property
    def is_moved(self) -> bool:
        return self.due != self.end

    @property
    def length(self) -> str:
        return term_length(self.count, self.unit)


def reckon(start: date, count: int, unit: str, calendar: Calendar) -> Reckoned:
    """`start` is the day of the event, itself not counted."""
    end = end_of_term(start, count, unit)
    due = calendar.working_day_from(end)
    passed = tuple((day, calendar.name_of(day)) for day in (end + DAY * n for n in range((due - end).days)))
    return Reckoned(start, count, unit, end, due, passed)


@compiled
def _rules(*, day: date, act: str) -> QuerySet[TermRule]:
    return TermRule.objects.valid_on(day).filter(act=act).order_by("-valid_from", "-pk")[:1]


def rule_on(day: date, act: str) -> TermRule | None:
    """The rule in force on the day of the event, or None where the office has entered none."""
    return next(iter(_rules(day=day, act=act)), None)


def known_since(act: str) -> date | None:
    return TermRule.objects.filter(act=act).order_by("valid_from").values_list("valid_from", flat=True).first()


def steps(found: Reckoned, rule: TermRule) -> list[dict[str, str]]:
    """How the day came about, each step with the words of the act."""
    words = {"start": long_date(found.start), "length": found.length, "end": long_date(found.end), "due": long_date(found.due)}
    first = {
        "title": _("%(length)s od %(start)s kończy się %(end)s") % words,
        "text": getattr(rule, found.unit),
    }
    if not found.is_moved:
        return [first, {"title": _("To dzień roboczy, więc termin się nie przesuwa"), "text": ""}]
    off = ", ".join(f"{long_date(day)} ({name})" for day, name in found.days_off)
    title = _("Termin przesuwa się na %(due)s") % words
    return [first, {"title": title, "text": _("Dni wolne: %(off)s. %(rule)s") % {"off": off, "rule": rule.day_off}}]


def what_if(found: Reckoned, calendar: Calendar) -> list[tuple[str, Reckoned]]:
    """The same number in other units, and the same term when the event came a day later."""
    others = [unit for unit in TermUnit.values if unit != found.unit and found.count <= LONGEST[TermUnit(unit)]]
    later = reckon(found.start + DAY, found.count, found.unit, calendar)
    rows = [(_("gdyby zdarzenie było dzień później"), later)]
    return rows + [
        (
            _("gdyby termin wynosił %(length)s") % {"length": term_length(found.count, unit)},
            reckon(found.start, found.count, unit, calendar),
        )
        for unit in others
    ]
