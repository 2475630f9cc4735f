"""What is said to people about terms, in words that fit the number. Tones are those of the ui components."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from eboi.deadlines import Calendar
from ui.words import counted, days_left, days_tone

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
