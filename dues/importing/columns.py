"""What stands in a row of the tax system's file, and what a cell may hold (docs/dues_import.md tells the same to its makers).

200,000 rows go through here, so what comes again and again is remembered and what is plain is not looked at twice.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from dues.models.payers import pesel_lookup
from office.polish import fold
from office.sheets import Column
from ui.text import clean_text

MOST_GROSZE = 1_000_000_000  # ten million złotych in one instalment
MOST_BASIS = 40  # lines of a calculation
MONEY = re.compile(r"([0-9]{1,8})(?:[,.]([0-9]{2}))?")
DAY = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}")
POLISH_DAY = re.compile(r"([0-9]{2})\.([0-9]{2})\.((?:19|20)[0-9]{2})")
MARK = re.compile(r"PL/[0-9]{1,9}/20[0-9]{2}")
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
PARTS = ("what", "quantity", "rate", "grosze")


def clean(text: str) -> str:
    """As `ui.text.clean_text` of one line; what has nothing hidden in it, which is nearly everything, goes the short way."""
    if text.isprintable():
        text = text if text.isascii() else unicodedata.normalize("NFC", text)
        return " ".join(text.split())
    return clean_text(text)


def text(longest: int, *, may_be_empty: bool = False) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if not cell and not may_be_empty:
            raise ValueError(_("to pole nie może być puste"))
        if len(cell) > longest:
            raise ValueError(_("najwyżej %(most)d znaków") % {"most": longest})
        return cell

    return read


def grosze(cell: str) -> int:
    """„142,80” or „142.80”: digits are put together, nothing is multiplied, so nothing is rounded."""
    found = MONEY.fullmatch(cell)
    if found is None or (amount := int(found[1] + (found[2] or "00"))) > MOST_GROSZE:
        raise ValueError(_("wpisz kwotę w złotych, na przykład 142,80"))
    return amount


def grosze_or_nothing(cell: str) -> int:
    return grosze(cell) if cell else 0


@lru_cache(maxsize=4096)
def day(cell: str) -> str:
    """ISO, of „2026-03-16” or „16.03.2026”."""
    if found := POLISH_DAY.fullmatch(cell):
        cell = f"{found[3]}-{found[2]}-{found[1]}"
    try:
        return date.fromisoformat(cell).isoformat() if DAY.fullmatch(cell) else _no_day()
    except ValueError:
        return _no_day()


def _no_day() -> str:
    raise ValueError(_("wpisz dzień jako 2026-03-16"))


@lru_cache(maxsize=256)
def number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 3 and int(cell) > 0):
        raise ValueError(_("wpisz numer raty od 1 do 999"))
    return int(cell)


def pesel(cell: str) -> str:
    r"""As PostgreSQL writes bytes, of the keyed look-up; the number itself goes no further."""
    if not cell:
        return ""
    if len(cell) != 11 or not cell.isascii() or not cell.isdigit() or not _is_pesel(cell):
        raise ValueError(_("to nie jest numer PESEL"))
    return f"\\x{pesel_lookup(cell).hex()}"


def _is_pesel(cell: str) -> bool:
    return (sum(weight * int(digit) for weight, digit in zip(WEIGHTS, cell, strict=False)) + int(cell[10])) % 10 == 0


def marks(cell: str) -> str:
    """„PL/12/2026, PL/15/2026” as PostgreSQL writes an array."""
    found = [one.strip().upper() for one in cell.split(",")] if cell else []
    if any(not MARK.fullmatch(one) for one in found):
        raise ValueError(_("wpisz numery płatności portalu po przecinku, na przykład PL/12/2026, PL/15/2026"))
    return f"{{{','.join(found)}}}"


@lru_cache(maxsize=4096)
def basis(cell: str) -> str:
    """„Budynek|120 m2|1,19|142,80 # Grunt|600 m2|0,73|438,00” as JSON: what, how much, rate, sum in grosze."""
    lines = [_basis_line(clean(line).split("|")) for line in cell.split("#")] if cell else []
    if len(lines) > MOST_BASIS:
        raise ValueError(_("najwyżej %(most)d pozycji podstawy") % {"most": MOST_BASIS})
    return json.dumps(lines, ensure_ascii=False)


def _basis_line(parts: list[str]) -> dict[str, Any]:
    if len(parts) != len(PARTS) or any(len(part) > 160 for part in parts) or not parts[0].strip():
        raise ValueError(_("podstawę pisz tak: co|ilość|stawka|kwota, pozycje oddziel znakiem #"))
    what, quantity, rate, amount = (part.strip() for part in parts)
    return {"what": what, "quantity": quantity, "rate": rate, "grosze": grosze(amount)}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    return fold(name)[:160]


# The title heads a CSV column and is the key in JSON.
COLUMNS = (
    Column("payer_number", "numer płatnika", text(40)),
    Column("payer_name", "płatnik", text(160)),
    Column("pesel", "pesel", pesel, is_optional=True),
    Column("liability", "numer należności", text(40)),
    Column("kind", "rodzaj", text(40)),
    Column("period", "okres", text(20)),
    Column("subject", "przedmiot", text(160, may_be_empty=True), is_optional=True),
    Column("decision", "decyzja", text(80, may_be_empty=True), is_optional=True),
    Column("basis", "podstawa", basis, is_optional=True),
    Column("instalment", "rata", number),
    Column("due_on", "termin", day),
    Column("principal", "kwota", grosze),
    Column("paid_principal", "wpłacono", grosze_or_nothing, is_optional=True),
    Column("paid_interest", "wpłacono odsetki", grosze_or_nothing, is_optional=True),
    Column("marks", "płatności portalu", marks, is_optional=True),
)
TITLES = {column.title for column in COLUMNS}
