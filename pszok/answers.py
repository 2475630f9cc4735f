"""Whether the point takes a thing, in one sentence, with what a person needs before they load the car."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from pszok.hours import Timetable
from pszok.limit_lines import LimitLine, Used, limit_lines
from pszok.models import Fraction, WasteItem
from pszok.search import Heap
from ui.words import MONTHS, NBSP

ON_WEEKDAYS = ["w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"]


@dataclass(frozen=True)
class Opening:
    """Open now, and until when; or closed, and until when."""

    closes_at: datetime | None
    opens_at: datetime | None
    now: datetime

    @classmethod
    def at(cls, timetable: Timetable, now: datetime) -> "Opening":
        closes_at = timetable.closes_at(now)
        return cls(closes_at, None if closes_at else timetable.next_opening(now), now)

    @property
    def is_open(self) -> bool:
        return self.closes_at is not None

    @property
    def changes_in(self) -> float:
        """Seconds for which what is said here stays true: to the next change, and never past midnight („dziś”, „jutro”)."""
        midnight = localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        return min((at - self.now).total_seconds() for at in (self.closes_at, self.opens_at, midnight) if at)

    @property
    def in_words(self) -> str:
        if self.closes_at:
            return _("Otwarte teraz, do %(hour)s") % {"hour": hour(self.closes_at)}
        if self.opens_at is None:
            return _("Zamknięte do odwołania")
        return _("Teraz zamknięte, otwarte %(when)s") % {"when": self.when}

    @property
    def when(self) -> str:
        """„dziś od 9:30”, „jutro, we wtorek, od 9:30”, „we wtorek 1 grudnia od 9:30”."""
        opens = localtime(self.opens_at)
        day, since = opens.date(), _("od %(hour)s") % {"hour": hour(opens)}
        days = (day - localdate(self.now)).days
        if days == 0:
            return _("dziś %(since)s") % {"since": since}
        if days == 1:
            return _("jutro, %(weekday)s, %(since)s") % {"weekday": ON_WEEKDAYS[day.weekday()], "since": since}
        return f"{ON_WEEKDAYS[day.weekday()]} {day.day}{NBSP}{MONTHS[day.month - 1]} {since}"

    @property
    def sentence(self) -> str:
        """The answer about a thing that the point takes."""
        if self.closes_at:
            return _("Tak, przyjmą dziś do %(hour)s.") % {"hour": hour(self.closes_at)}
        if self.opens_at is None:
            return _("Tak, gdy punkt znowu będzie otwarty.")
        if localdate(self.opens_at) == localdate(self.now):
            return _("Tak, przyjmą %(when)s.") % {"when": self.when}
        return _("Tak, ale dziś już nie. Przyjmą %(when)s.") % {"when": self.when}


def hour(moment: datetime) -> str:
    here = localtime(moment)
    return f"{here.hour}:{here.minute:02}"


@dataclass(frozen=True)
class Answer:
    name: str
    fraction: Fraction
    codes: list[dict]
    hint: str
    opening: Opening
    limits: list[LimitLine]

    @property
    def is_taken(self) -> bool:
        return self.fraction.is_accepted

    @property
    def is_used_up(self) -> bool:
        return any(line.is_used_up for line in self.limits)

    @property
    def tone(self) -> str:
        return "urgent" if not self.is_taken else "warn" if self.is_used_up else "good"

    @property
    def sentence(self) -> str:
        if not self.is_taken:
            return _("Nie, punkt tego nie przyjmuje.")
        if self.is_used_up:
            return _("Nie w ramach limitu: Twoje mieszkanie już go wykorzystało.")
        return self.opening.sentence

    @property
    def instead(self) -> str:
        """Where to go with what the point does not take: what is said of the thing itself comes before what is said of its kind."""
        return self.hint or self.fraction.refused_because


def about_thing(thing: WasteItem, heaps: list[Heap], opening: Opening, today: date, used: Used | None) -> Answer:
    heap = next(one for one in heaps if one.fraction.pk == thing.fraction_id)
    own = [code for code in heap.codes if code["id"] == thing.code_id]
    limits = limit_lines(heap.rules, today, used)
    return Answer(thing.name, heap.fraction, own or heap.codes[:1], thing.hint, opening, limits)


def about_heap(heap: Heap, opening: Opening, today: date, used: Used | None) -> Answer:
    return Answer(heap.fraction.name, heap.fraction, heap.codes, "", opening, limit_lines(heap.rules, today, used))


def written(code: dict) -> str:
    """„20 01 23*”: the star is a part of the code."""
    digits = code["code"]
    return f"{digits[:2]}{NBSP}{digits[2:4]}{NBSP}{digits[4:]}{'*' if code['is_hazardous'] else ''}"
