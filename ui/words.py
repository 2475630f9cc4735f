"""How the portal writes numbers, sums, days and sentences in Polish."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.utils.timezone import localtime

NBSP = "\u00a0"
MINUS = "\u2212"
MONTHS = ["stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października",
          "listopada", "grudnia"]  # fmt: skip
UNITS = "zł|gr|kB|MB|GB|B|km|m|cm|mm|m²|m³|kg|t|l|h|min|r|godz|dni|dnia|dzień|lat|szt|os|%"
_TAGS = re.compile(r"(<[^>]*>)")
_ONE_LETTER = re.compile(r"(?<![\w&])([aiouwzAIOUWZ]) (?=\S)")
_BEFORE_UNIT = re.compile(rf"(?<=\d) (?=(?:{UNITS}|{'|'.join(MONTHS)})(?!\w))")
_AFTER_SHORTENING = re.compile(r"\b(ul|al|pl|os|nr|art|ust|pkt|poz|godz|tel|Dz)(\.?) (?=[\w„])")
_TWO_STOPS = re.compile(rf"(?<=\d[ {NBSP}]r\.)\.(?!\.)")  # a date at the end of a sentence
_YEAR = re.compile(r"(?<=\d{4}) (?=r\.)")


def plural(count, one, few, many):
    """The Polish form for a count: 1 dzień, 2 dni, 5 dni, 22 sprawy, 12 spraw."""
    if count == 1:
        return one
    return few if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else many


def counted(count, one, few, many):
    return f"{count}{NBSP}{plural(count, one, few, many)}"


def typo(text):
    """Polish typography of a text or of HTML: no one-letter word ends a line, no unit starts one. Tags stay untouched."""
    text = str(text)
    if "<" not in text:
        return _bind(text)
    return "".join(part if part.startswith("<") else _bind(part) for part in _TAGS.split(text))


@lru_cache(maxsize=2000)  # labels and titles come again on every page
def _bind(text):
    text = _ONE_LETTER.sub(rf"\1{NBSP}", text)
    text = _BEFORE_UNIT.sub(NBSP, text)
    text = _AFTER_SHORTENING.sub(rf"\1\2{NBSP}", text)
    return _TWO_STOPS.sub("", _YEAR.sub(NBSP, text))


def long_date(day):
    """'22 listopada 2026 r.'; a moment is first taken to Warsaw."""
    if isinstance(day, datetime):
        day = localtime(day)
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]} {day.year}{NBSP}r."


def long_moment(moment):
    """'22 listopada 2026 r., godz. 14:05', Warsaw time."""
    here = localtime(moment)
    return f"{long_date(here.date())}, godz.{NBSP}{here.hour:02}:{here.minute:02}"


def money(amount):
    """'1 234,50 zł'. Grosze are always shown; the thousands part from five digits on, as Polish print has it."""
    whole, grosze = f"{abs(Decimal(amount)):.2f}".split(".")
    whole = f"{int(whole):,}".replace(",", NBSP) if len(whole) > 4 else whole
    return f"{MINUS if Decimal(amount) < 0 else ''}{whole},{grosze}{NBSP}zł"


def file_size(count):
    """'512 B', '12 kB', '1,4 MB' of bytes, a thousand to the step."""
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if count >= step:
            figure = f"{count / step:.1f}" if unit == "MB" else f"{count / step:.0f}"
            return f"{figure.replace('.', ',').removesuffix(',0')}{NBSP}{unit}"
    return f"{count}{NBSP}B"


def days_left(days, *, working=False):
    """What is left until a day, in words: 'zostały 3 dni robocze', 'termin mija dziś', 'termin minął 2 dni temu'."""
    if days == 0:
        return "termin mija dziś"
    if days < 0:
        return "termin minął wczoraj" if days == -1 else f"termin minął {counted(-days, 'dzień', 'dni', 'dni')} temu"
    kind = plural(days, f"{NBSP}roboczy", f"{NBSP}robocze", f"{NBSP}roboczych") if working else ""
    return f"{plural(days, 'został', 'zostały', 'zostało')} {counted(days, 'dzień', 'dni', 'dni')}{kind}"


def days_tone(days):
    """urgent once past or due today, warn in the last three days, else neutral."""
    return "urgent" if days <= 0 else "warn" if days <= 3 else "neutral"


def days_between(day: date, on: date):
    return (on - day).days
