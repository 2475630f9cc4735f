"""CSV files that people bring from other systems: read whole, checked row by row, taken in at once or not at all.

UTF-8 with or without a mark, or the Windows-1250 of Polish Excel; commas, semicolons or tabs; columns in any order, named in Polish.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from ui.text import clean_text

LARGEST = 512 * 1024  # bytes; an inventory of a thousand points takes a third of it
MOST_ROWS = 2000
PERSONAL = [
    (re.compile(r"\b[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}\b"), "adres MAC"),
    (re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+"), "adres e-mail"),
    (re.compile(r"\b(?:\d{1,3}\.){3}\d{1,3}\b"), "adres IP"),
]


@dataclass(frozen=True)
class RowError:
    line: int  # of the file; the header is line 1
    text: str


@dataclass
class Reading:
    """What stands in a file: a row of cleaned values with its line, and every trouble with its line."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    def wrong(self, line: int, text: str) -> None:
        self.errors.append(RowError(line, text))


@dataclass(frozen=True)
class Column:
    """`title` as people write it in the header; `read` gives the value or raises ValueError with plain words."""

    name: str
    title: str
    read: Callable[[str], Any]
    is_optional: bool = False


def read(content: bytes, columns: list[Column], *, most_rows: int = MOST_ROWS, largest: int = LARGEST) -> Reading:
    """Never raises: each trouble is a RowError."""
    reading = Reading()
    if len(content) > largest:
        reading.wrong(1, _("Plik jest większy niż %(size)d kB.") % {"size": largest // 1024})
        return reading
    try:
        _read_lines(reading, _lines(content), columns, most_rows)
    except csv.Error as error:
        reading.wrong(len(reading.rows) + 2, _("Tego wiersza nie da się odczytać: %(why)s.") % {"why": error})
    return reading


def _lines(content: bytes) -> Any:
    return csv.reader(io.StringIO(decoded(content), newline=""), delimiter=_delimiter(content), strict=True)


def decoded(content: bytes) -> str:
    """UTF-8 with or without its mark, else Windows-1250; what is neither keeps replacement characters. No NULs."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding).replace("\0", "")
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace").replace("\0", "")


def _delimiter(content: bytes) -> str:
    first = content.split(b"\n", 1)[0]
    return max((";", "\t", ","), key=lambda mark: first.count(mark.encode()))


def _read_lines(reading, lines, columns, most_rows):
    header = [clean_text(cell).lower() for cell in next(lines, [])]
    if why := _wrong_header(header, columns):
        reading.wrong(1, why)
        return
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(reading.rows) + len(reading.errors) >= most_rows:
            reading.wrong(lines.line_num, _("Plik ma więcej niż %(most)d wierszy. Podziel go.") % {"most": most_rows})
            return
        _read_row(reading, lines.line_num, header, [clean_text(cell) for cell in cells], columns)


def _wrong_header(header, columns):
    missing = [column.title for column in columns if column.title not in header and not column.is_optional]
    unknown = [title[:40] for title in header if title not in {column.title for column in columns}]
    said = [_("brakuje kolumn: %(names)s") % {"names": ", ".join(missing)}] if missing else []
    said += [_("nie znamy kolumn: %(names)s") % {"names": ", ".join(unknown[:8])}] if unknown else []
    said += [_("kolumna powtarza się")] if len(set(header)) != len(header) else []
    return _("Pierwszy wiersz: %(why)s.") % {"why": "; ".join(said)} if said else ""


def _read_row(reading, line, header, cells, columns):
    if len(cells) != len(header):
        reading.wrong(line, _("Wiersz ma %(count)d kolumn, a nagłówek %(right)d.") % {"count": len(cells), "right": len(header)})
        return
    given, row, before = dict(zip(header, cells, strict=True)), {}, len(reading.errors)
    for column in columns:
        try:
            row[column.name] = column.read(given.get(column.title, ""))
        except ValueError as why:
            value = given.get(column.title, "")[:40]
            said = {"column": column.title, "value": value, "why": why}
            reading.wrong(line, _("Kolumna „%(column)s”, wpisano „%(value)s”: %(why)s.") % said)
    if len(reading.errors) == before:
        reading.rows.append((line, row))


def personal_data(content: bytes) -> Iterator[RowError]:
    """Lines in which a MAC, an IP or an e-mail address stands: such a file is not taken in at all."""
    for number, line in enumerate(decoded(content[: LARGEST + 1]).splitlines(), start=1):
        if found := next((words for shape, words in PERSONAL if shape.search(line)), None):
            yield RowError(
                number, _("Stoi tu %(what)s. Danych osób i urządzeń nie przyjmujemy: usuń tę kolumnę.") % {"what": found}
            )


def in_words(errors: list[RowError], most: int = 20) -> str:
    """For a refusal: the first rows that are wrong, each in a line."""
    said = [_("wiersz %(line)d: %(text)s") % {"line": error.line, "text": error.text} for error in errors[:most]]
    return "\n".join([_("Plik ma błędy i nic nie wczytano."), *said])


# Cells


def decimal(most: int) -> Callable[[str], Decimal]:
    """With a dot or a comma, never below nothing."""

    def read_decimal(cell: str) -> Decimal:
        if not re.fullmatch(r"[0-9]{1,7}([.,][0-9]{1,3})?", cell) or Decimal(cell.replace(",", ".")) > most:
            raise ValueError(_("wpisz liczbę od 0 do %(most)d, na przykład 12,5") % {"most": most})
        return Decimal(cell.replace(",", "."))

    return read_decimal


def text(longest: int) -> Callable[[str], str]:
    def read_text(cell: str) -> str:
        if not 0 < len(cell) <= longest:
            raise ValueError(_("wpisz od 1 do %(most)d znaków") % {"most": longest})
        return cell

    return read_text


def day(cell: str) -> date:
    """Both 2026-05-14 and 14.05.2026."""
    try:
        return date.fromisoformat("-".join(part.zfill(2) for part in reversed(cell.split("."))) if "." in cell else cell)
    except ValueError as wrong:
        raise ValueError(_("wpisz dzień jako 2026-05-14")) from wrong


def whole(most: int, least: int = 0) -> Callable[[str], int]:
    def read_whole(cell: str) -> int:
        if not (cell.isascii() and cell.isdigit() and len(cell) <= 10 and least <= int(cell) <= most):
            raise ValueError(_("wpisz liczbę całkowitą od %(least)d do %(most)d") % {"least": least, "most": most})
        return int(cell)

    return read_whole
