"""A file of the tax system row by row, in the memory of one row: CSV or one JSON object a line.

UTF-8 with or without a mark, or the Windows-1250 of Polish programs; commas, semicolons or tabs; columns in any order. A line has a
longest length, so neither a bomb nor a file without line ends fills the memory; XML, archives and sheets are refused by their first bytes.
"""

import codecs
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from dues.importing.columns import COLUMNS, TITLES, Column, clean

LONGEST_LINE = 20_000  # characters
LONGEST_TYPED = 40
PIECE = 1 << 20
SECRET = {"pesel"}  # what was typed here is never said back
FOREIGN = {
    b"PK": "arkusz Excela albo archiwum", b"\x1f\x8b": "archiwum", b"<": "plik XML", b"%PDF": "plik PDF",
    b"\xd0\xcf\x11\xe0": "stary arkusz Excela", b"7z": "archiwum", b"\xff\xfe": "plik UTF-16", b"\xfe\xff": "plik UTF-16",
}  # fmt: skip


class Unreadable(Exception):
    """Nothing more can be read; the sentence says why and in which line."""

    def __init__(self, row: int, why: str):
        super().__init__(why)
        self.row = row


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: where, what was typed (never a PESEL) and why."""

    row: int
    column: str
    typed: str
    why: str


@dataclass
class Row:
    number: int  # line of the file, as an editor counts
    cells: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(path: Path, kinds: set[str]) -> Iterator[Row]:
    """Each row with its cleaned cells or its faults. Raises Unreadable, when it is met, for what can not be read at all."""
    with path.open("rb") as file:
        head = file.read(4096)
    _refuse_foreign(head)
    is_json = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[")
    with path.open(encoding=_encoding_of(path), errors="strict", newline="") as file:
        rows = _json_rows(file) if is_json else _csv_rows(file, head)
        for number, given in rows:
            yield _read_row(number, given, kinds)


def format_of(head: bytes) -> str:
    return "jsonl" if head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") else "csv"


def _refuse_foreign(head: bytes) -> None:
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if not start:
        raise Unreadable(1, _("Plik jest pusty."))
    for mark, words in FOREIGN.items():
        if start.startswith(mark):
            raise Unreadable(1, _("To jest %(what)s. Zapisz dane jako CSV albo JSON.") % {"what": words})


def _encoding_of(path: Path) -> str:
    """The whole file is looked at once, in pieces: a name with „ł” may stand first on its last line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1250"
    return "utf-8-sig"


def _lines(file: IO[str]) -> Iterator[str]:
    number = 0
    while True:
        try:
            line = file.readline(LONGEST_LINE + 1)
        except UnicodeDecodeError as error:
            raise Unreadable(number + 1, _("Znaków w tym miejscu nie da się odczytać. Zapisz plik w UTF-8.")) from error
        if not line:
            return
        number += 1
        if len(line) > LONGEST_LINE:
            raise Unreadable(number, _("Wiersz jest dłuższy niż %(most)d znaków.") % {"most": LONGEST_LINE})
        yield line


# CSV


def _csv_rows(file: IO[str], head: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    lines = csv.reader(_lines(file), delimiter=_delimiter(head), strict=True)
    try:
        header = [clean(cell).lower() for cell in next(lines, [])]
        _check_header(header)
        for cells in lines:
            if len(cells) == len(header):
                yield lines.line_num, dict(zip(header, cells, strict=True))
            elif any(cell.strip() for cell in cells):
                yield (
                    lines.line_num,
                    {"": _("wiersz ma %(count)d kolumn, a nagłówek %(right)d") % {"count": len(cells), "right": len(header)}},
                )
    except csv.Error as error:
        raise Unreadable(
            lines.line_num, _("Tego wiersza nie da się odczytać (cudzysłowy?): %(why)s.") % {"why": error}
        ) from error


def _delimiter(head: bytes) -> str:
    first = head.split(b"\n", 1)[0]
    return max((";", "\t", ","), key=lambda mark: first.count(mark.encode()))


def _check_header(header: list[str]) -> None:
    missing = [column.title for column in COLUMNS if not column.is_optional and column.title not in header]
    unknown = [title[:LONGEST_TYPED] for title in header if title not in TITLES]
    said = [_("brakuje kolumn: %(names)s") % {"names": ", ".join(missing)}] if missing else []
    said += [_("nie znamy kolumn: %(names)s") % {"names": ", ".join(unknown[:8])}] if unknown else []
    said += [_("kolumna powtarza się")] if len(set(header)) < len(header) else []
    if said:
        raise Unreadable(1, _("Pierwszy wiersz: %(why)s.") % {"why": "; ".join(said)})


# JSON


def _json_rows(file: IO[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            yield number, _json_row(line)


def _json_row(line: str) -> dict[str, Any]:
    """Numbers stay the text they were written as, so that no float ever carries money."""
    try:
        given = json.loads(line, parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        return {"": _("to nie jest obiekt JSON w jednym wierszu")}
    if not isinstance(given, dict):
        return {"": _("w każdym wierszu ma stać jeden obiekt JSON, bez nawiasów kwadratowych i przecinków między nimi")}
    if unknown := [str(key)[:LONGEST_TYPED] for key in given if key not in TITLES]:
        return {"": _("nie znamy pól: %(names)s") % {"names": ", ".join(unknown[:8])}}
    if isinstance(given.get("podstawa"), list):
        given["podstawa"] = _json_basis(given["podstawa"])
    if isinstance(given.get("płatności portalu"), list):
        given["płatności portalu"] = ", ".join(map(str, given["płatności portalu"]))
    return given


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _json_basis(lines: list[Any]) -> str:
    """Written as the CSV writes it, so that one reader checks both."""
    parts = ("co", "ilość", "stawka", "kwota")
    return " # ".join("|".join(str(line.get(part, "")) for part in parts) if isinstance(line, dict) else "?" for line in lines)


# A row


def _read_row(number: int, given: dict[str, Any], kinds: set[str]) -> Row:
    row = Row(number)
    if "" in given:
        row.faults.append(Fault(number, "", "", str(given[""])))
        return row
    for column in COLUMNS:
        _read_cell(row, column, given.get(column.title, ""))
    kind = row.cells.get("kind")
    if kind is not None and kind not in kinds:
        row.faults.append(
            Fault(number, "rodzaj", kind, _("nie ma takiego rodzaju należności; dopisz go na biurku albo popraw kod"))
        )
    return row


def _read_cell(row: Row, column: Column, given: Any) -> None:
    typed = given if isinstance(given, str) else "" if given is None else str(given) if isinstance(given, bool) else "?"
    cell = clean(typed) if typed else ""
    try:
        row.cells[column.name] = column.read(cell)
    except ValueError as why:
        shown = "" if column.name in SECRET else cell[:LONGEST_TYPED]
        row.faults.append(Fault(row.number, column.title, shown, str(why)))
