"""The tiny language of letter templates: `{strona}` stands for a value of the case, `{{` and `}}` for the braces themselves.

Nothing is ever executed. The known gaps are the table below, a text is read once from left to right, and a value put into a gap is
never read again, whatever somebody wrote into a name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ui.words import long_date

TOKEN = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|\{|\}")
MISSING = "(brak: {})"


@dataclass(frozen=True)
class Gap:
    """What a name stands for: `example` in the preview of a template, `of(case, card, day)` in a letter."""

    example: str
    of: Callable[[Any, Any, date], str]


GAPS = {
    "strona": Gap("Anna Kowalska", lambda case, card, day: str(case.person)),
    "adres strony": Gap("ul. Batorego 12a, 83-000 Pruszcz Gdański", lambda case, card, day: case.person.mail_address),
    "znak sprawy": Gap("OS.3160.12.2026", lambda case, card, day: case.mark),
    "rodzaj sprawy": Gap("Deklaracja o opłacie za odpady (DO-1)", lambda case, card, day: case.matter.name),
    "data wpływu": Gap("24 listopada 2026 r.", lambda case, card, day: long_date(case.received_on)),
    "termin": Gap("28 grudnia 2026 r.", lambda case, card, day: long_date(case.due_on) if case.due_on else ""),
    "dzisiaj": Gap("1 grudnia 2026 r.", lambda case, card, day: long_date(day)),
    "prowadzi": Gap("Dariusz Lis", lambda case, card, day: case.officer.name),
    "stanowisko": Gap("kierownik referatu", lambda case, card, day: case.officer.position),
    "komórka": Gap("Referat Ochrony Środowiska", lambda case, card, day: case.unit.name),
    "kontakt": Gap("tel. 58 000 00 00, pokój 12", lambda case, card, day: case.unit.contact),
    "organ": Gap("Burmistrz Pruszcza Gdańskiego", lambda case, card, day: card.authority),
    "podstawa prawna": Gap("art. 6m ustawy", lambda case, card, day: card.legal_basis),
    "pouczenie o ponagleniu": Gap("Przysługuje ponaglenie.", lambda case, card, day: card.delay_instruction),
}


def faults(text: str) -> list[str]:
    """What is wrong with a template, in words for its author: a gap that nobody knows by its name, a brace without its pair."""
    return list(dict.fromkeys(_faults(text)))


def _faults(text):
    for found in TOKEN.finditer(text):
        if found[0] in ("{{", "}}"):
            continue
        if found[1] is None:
            yield _("Nawias „%(brace)s” nie ma pary. Zwykły nawias klamrowy wpisz podwójnie.") % {"brace": found[0]}
        elif found[1] not in GAPS:
            yield _("Nie ma pola „%(name)s”. Są: %(known)s.") % {"name": found[1], "known": ", ".join(GAPS)}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its gaps filled in one pass. A gap without a value says what is missing instead of leaving a hole."""
    return TOKEN.sub(lambda found: _put(found, values), text)


def _put(found, values):
    if found[0] in ("{{", "}}"):
        return found[0][0]
    if found[1] is None:
        return found[0]
    return values.get(found[1]) or MISSING.format(found[1])


def values_of(case, card, day: date) -> dict[str, str]:
    """Every gap for this case. `case` is read with its term (`with_term`); `card` is the service card in force."""
    return {name: gap.of(case, card, day) for name, gap in GAPS.items()}


def examples() -> dict[str, str]:
    return {name: gap.example for name, gap in GAPS.items()}


def missing_in(text: str) -> list[str]:
    """The gaps that a filled text still says are missing."""
    return [name for name in GAPS if MISSING.format(name) in text]
