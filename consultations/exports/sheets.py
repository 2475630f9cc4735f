"""CSV for Polish Excel and JSON Lines, written row by row to a file: a table of any length takes the memory of one row.

CSV: UTF-8 with a mark, semicolons, two header rows (stable code, label), "Missing" marks as they are. Text and headers never
become a formula (S41). JSON Lines: one object a row, keyed by stable code, text as it is.
"""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from consultations.exports.heads import Head
from consultations.exports.tables import Line
from office.exports import safe_text

HEADER_LINES = 2
AT_ONCE = 1000  # rows between two ticks of progress
Tick = Callable[[int], None]


def no_tick(done: int) -> None:
    """Nobody waits for the progress."""


def write_csv(path: Path, table, tick: Tick = no_tick) -> None:
    with path.open("w", encoding="utf-8", newline="", buffering=1 << 20) as file:
        write_records(file, table.heads, ticking(table.rows(), tick))


def write_records(file: Any, heads: tuple[Head, ...], rows: Iterable[Line]) -> None:
    """To anything with `write(str)`."""
    file.write("\ufeff")
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([safe_text(head.code) for head in heads])
    writer.writerow([label_of(head) for head in heads])
    writer.writerows(safe(heads, rows))


def record_lines(heads: tuple[Head, ...], rows: Iterable[Line]) -> Iterator[bytes]:
    """The same CSV line by line as it lies in the file; a record with a line break inside is several lines."""
    waiting = io.StringIO(newline="")
    for piece in _written(waiting, heads, rows):
        yield from (f"{line}\n".encode() for line in piece.removesuffix("\n").split("\n"))


def _written(waiting: io.StringIO, heads: tuple[Head, ...], rows: Iterable[Line]) -> Iterator[str]:
    write_records(waiting, heads, ())
    writer = csv.writer(waiting, delimiter=";", lineterminator="\r\n")
    yield _taken(waiting)
    for row in safe(heads, rows):
        writer.writerow(row)
        yield _taken(waiting)


def _taken(waiting: io.StringIO) -> str:
    text = waiting.getvalue()
    waiting.seek(0)
    waiting.truncate()
    return text


def safe(heads: tuple[Head, ...], rows: Iterable[Line]) -> Iterable[Line]:
    """Only columns where anything may stand are looked at: codes of answers are ours."""
    free = [index for index, head in enumerate(heads) if head.is_free]
    return _made_safe(free, rows) if free else rows


def _made_safe(free: list[int], rows: Iterable[Line]) -> Iterator[Line]:
    for row in rows:
        for index in free:
            if row[index].__class__ is str:
                row[index] = safe_text(row[index])
        yield row


def label_of(head: Head) -> str:
    """On one line, or the second header row would be two."""
    return safe_text(" ".join(head.label.split()))


class CsvDigest:
    """SHA-256 of the CSV of rows that pass by on their way to another format."""

    def __init__(self, heads: tuple[Head, ...]) -> None:
        self._sha256 = sha256()
        self._writer = csv.writer(self, delimiter=";", lineterminator="\r\n")
        self.write("\ufeff")
        self._writer.writerow([safe_text(head.code) for head in heads])
        self._writer.writerow([label_of(head) for head in heads])

    def write(self, text: str) -> None:
        self._sha256.update(text.encode())

    def add(self, row: Line) -> None:
        """A row already made safe."""
        self._writer.writerow(row)

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


def write_jsonl(path: Path, table, tick: Tick = no_tick) -> None:
    codes = [head.code for head in table.heads]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as file:
        file.writelines(encode(dict(zip(codes, row, strict=True))) + "\n" for row in ticking(table.rows(), tick))


def ticking(rows: Iterable[Line], tick: Tick) -> Iterator[Line]:
    done = 0
    for done, row in enumerate(rows, start=1):
        yield row
        if not done % AT_ONCE:
            tick(done)
    tick(done)
