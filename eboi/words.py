"""What is said to people about terms, in words that fit the number. Tones are those of the ui components."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from eboi.deadlines import end_of_term, end_with_pauses
from office.working_days import Calendar
from ui.words import counted, days_left, days_tone, long_date

LENGTHS = {
    "days": ("dzień", "dni", "dni"),
    "weeks": ("tydzień", "tygodnie", "tygodni"),
    "months": ("miesiąc", "miesiące", "miesięcy"),
    "years": ("rok", "lata", "lat"),
}


@dataclass(frozen=True)
class TermWords:
    text: str
    tone: str


def term_words(due: date | None, today: date, *, is_paused: bool, calendar: Calendar) -> TermWords:
    """„zostały 3 dni robocze”, „termin mija dziś”, „po terminie o 2 dni”, „bieg terminu wstrzymany”, „bez terminu”."""
    if due is None:
        return TermWords(_("bez terminu"), "neutral")
    if is_paused:
        return TermWords(_("bieg terminu wstrzymany"), "neutral")
    left = calendar.working_days_between(today, due)
    if left < 0:
        return TermWords(_("po terminie o %(days)s") % {"days": counted(-left, "dzień", "dni", "dni")}, "urgent")
    return TermWords(days_left(left, working=True), days_tone(left))


def term_length(count: int, unit: str) -> str:
    """„1 miesiąc”, „2 tygodnie”, „14 dni”."""
    return counted(count, *LENGTHS[unit])


def term_explained(deadline, pauses, calendar: Calendar) -> list[str]:
    """How the last day came about, a sentence for each step: length, days that do not count, a day off at the end."""
    return [_first_end(deadline), *_not_counted(pauses), *_day_off_at_end(deadline, pauses, calendar)]


def _first_end(deadline):
    if deadline.fixed_on:
        return _("Nowy termin wyznaczony przez urząd: %(day)s") % {"day": long_date(deadline.fixed_on)}
    end = end_of_term(deadline.started_on, deadline.term_count, deadline.term_unit)
    words = {"length": term_length(deadline.term_count, deadline.term_unit), "start": long_date(deadline.started_on)}
    return _("%(length)s od wpływu %(start)s kończy się %(end)s") % {**words, "end": long_date(end)}


def _not_counted(pauses):
    for pause in pauses:
        words = {"why": pause.get_why_display(), "since": long_date(pause.since)}
        if pause.until is None:
            yield _("Od %(since)s termin nie biegnie: %(why)s.") % words
        elif pause.until > pause.since:
            words["days"] = counted((pause.until - pause.since).days, "dnia", "dni", "dni")
            yield _("Nie liczy się %(days)s od %(since)s: %(why)s.") % words


def _day_off_at_end(deadline, pauses, calendar):
    end = end_with_pauses(deadline, pauses, calendar)
    if calendar.is_day_off(end):
        words = {"end": long_date(end), "name": calendar.name_of(end), "due": long_date(calendar.working_day_from(end))}
        yield _("%(end)s to dzień wolny (%(name)s), dlatego termin mija w najbliższy dzień roboczy, %(due)s") % words
