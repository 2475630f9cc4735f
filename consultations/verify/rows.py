"""Reading files of ballots: hashes and totals in one pass, in parts by as many processes as there are processors.

Takes 32 bytes a row in memory, however long the rows are together.
"""

import csv
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from consultations.manifest import MISSING
from consultations.merkle import DIGEST, LEAF
from consultations.recount import PLACES, ROWS, Recount, Unfit

SMALL = 4_000_000  # bytes read by one process; below it starting others costs more than it saves
MOST_PROBLEMS = 50  # told of one part
_decode = json.JSONDecoder().raw_decode  # json.loads without its care for spaces, which our lines do not have
ROW_KEYS = frozenset({"ballot", "batch", "version", "channel", "answers", "leaf", "removed"})


class Part(NamedTuple):
    """Whole lines of a file from one byte to another."""

    path: Path
    start: int
    end: int


@dataclass
class Read:
    """What rows say. `runs`: (batch, how many in a row); `sealed`: leaves of rows with a removed text, by place from 0."""

    recount: Recount
    hashes: bytearray = field(default_factory=bytearray)
    runs: list[list[int]] = field(default_factory=list)
    sealed: dict[int, bytes] = field(default_factory=dict)
    channels: Counter[str] = field(default_factory=Counter)
    problems: list[tuple[int, str]] = field(default_factory=list)  # place from 0, what is wrong
    first: tuple[int, str] | None = None
    last: tuple[int, str] | None = None
    ballots: int = 0  # rows that were read; a record of a table may take several lines

    @property
    def count(self) -> int:
        return len(self.hashes) // DIGEST

    def digests(self) -> list[bytes]:
        return [bytes(self.hashes[at : at + DIGEST]) for at in range(0, len(self.hashes), DIGEST)]

    def problem(self, text: str) -> None:
        """About the row read last."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append((self.count - 1, text))

    def take(self, row: Mapping[str, Any]) -> None:
        """Count a row whose hash is already here."""
        self.ballots += 1
        batch, ballot, channel = row.get("batch"), row.get("ballot"), row.get("channel")
        if batch is not None:
            self._run(batch, 1)
            if ballot is not None:
                self._follows((batch, ballot))
        if channel is not None:
            self.channels[channel] += 1
        try:
            self.recount.add(row["answers"])
        except Unfit:
            self.problem("odpowiedź innego rodzaju niż pytanie")

    def _run(self, batch: int, count: int) -> None:
        if self.runs and self.runs[-1][0] == batch:
            self.runs[-1][1] += count
        else:
            self.runs.append([batch, count])

    def _follows(self, place: tuple[int, str]) -> None:
        if self.last is None:
            self.first = place
        elif place <= self.last:
            self.problem("ten sam głos drugi raz" if place == self.last else "głos nie na swoim miejscu w kolejności")
        self.last = place

    def append(self, later: "Read") -> None:
        """The next part of the same file."""
        before = self.count
        self.problems += [(before + place, text) for place, text in later.problems]
        if self.last is not None and later.first is not None and later.first <= self.last:
            self.problems.append((before, "głos nie na swoim miejscu w kolejności"))
        self.hashes += later.hashes
        self.sealed |= {before + place: leaf for place, leaf in later.sealed.items()}
        self.channels.update(later.channels)
        self.recount.merge(later.recount)
        self.first, self.last = self.first or later.first, later.last or self.last
        self.ballots += later.ballots
        for batch, count in later.runs:
            self._run(batch, count)


# JSON Lines


def begin(path: Path, kinds: Mapping[str, str], pool: Executor | None) -> Callable[[], Read]:
    """Starts reading a whole file of ballots, in parts beside this process if there is a pool; calling the answer waits for it.
    Rows that can not be read are problems, never exceptions."""
    known = dict(kinds)
    if pool is None or path.stat().st_size < SMALL:
        return lambda: _joined([_read_part(Part(path, 0, path.stat().st_size), known)], known)
    started = [pool.submit(_read_part, part, known) for part in _parts(path, os.cpu_count() or 1)]
    return lambda: _joined((future.result() for future in started), known)


def _joined(parts: Iterable[Read], kinds: Mapping[str, str]) -> Read:
    whole = Read(Recount(kinds))
    for read in parts:
        whole.append(read)
    return whole


def _parts(path: Path, count: int) -> list[Part]:
    size = path.stat().st_size
    cuts = [0]
    with path.open("rb") as file:
        for number in range(1, count):
            file.seek(max(size * number // count, cuts[-1]))
            file.readline()
            cuts.append(file.tell())
    return [Part(path, start, end) for start, end in zip(cuts, [*cuts[1:], size], strict=True)]


def _read_part(part: Part, kinds: Mapping[str, str]) -> Read:
    read = Read(Recount(kinds))
    for line in _lines(part):
        read.hashes += sha256(LEAF + line).digest()
        row = _row(line)
        if row is None:
            read.problem("wiersza nie da się odczytać")
            continue
        if "removed" in row:
            read.sealed[read.count - 1] = bytes.fromhex(row["leaf"])
        read.take(row)
    return read


def _lines(part: Part) -> Iterator[bytes]:
    with part.path.open("rb") as file:
        file.seek(part.start)
        left = part.end - part.start
        while left > 0:
            line = file.readline()
            left -= len(line)
            yield line.rstrip(b"\r\n")


def _row(line: bytes) -> dict[str, Any] | None:
    """The row, or None for anything that is not one."""
    try:
        text = line.decode()
        row, end = _decode(text)
        is_row = (
            end == len(text)
            and row["answers"].__class__ is dict
            and row["channel"].__class__ is str
            and row.get("batch", 0).__class__ is int
            and row.get("ballot", "").__class__ is str
            and row.keys() <= ROW_KEYS
        )
    except (ValueError, RecursionError, TypeError, KeyError, AttributeError):
        return None
    return row if is_row and ("removed" not in row or _is_hash(row.get("leaf"))) else None


def _is_hash(text: Any) -> bool:
    return isinstance(text, str) and len(text) == 64 and not set(text) - set("0123456789abcdef")


# Tables


def read_table(path: Path, entry: Mapping[str, Any], kinds: Mapping[str, str]) -> Read:
    """A CSV: semicolons, quotes, header lines first. Its leaves are its lines after the header."""
    read = Read(Recount(kinds))
    with path.open("rb") as file:
        try:
            records = csv.reader(_decoded(file, read, entry["header_lines"]), delimiter=";", strict=True)
            _read_records(records, read, entry, kinds)
        except (csv.Error, UnicodeDecodeError):
            read.problem("dalszej części tabeli nie da się odczytać")
            for line in file:
                read.hashes += sha256(LEAF + line.rstrip(b"\r\n")).digest()
    return read


def _decoded(file: Iterable[bytes], read: Read, header_lines: int) -> Iterator[str]:
    for number, line in enumerate(file):
        if number >= header_lines:
            read.hashes += sha256(LEAF + line.rstrip(b"\r\n")).digest()
        yield line.decode("utf-8-sig" if number == 0 else "utf-8")


def _read_records(records: Iterator[list[str]], read: Read, entry: Mapping[str, Any], kinds: Mapping[str, str]) -> None:
    columns = entry.get("columns", [])
    header = next(records, [])
    if header != [column["name"] for column in columns]:
        read.problems.append((0, "nagłówek tabeli jest inny niż w metryce"))
        return
    for number, record in enumerate(records, start=1):
        if number < entry["header_lines"]:
            continue
        if len(record) != len(columns):
            read.problem("wiersz ma inną liczbę kolumn niż nagłówek")
        else:
            read.take(_of_record(record, columns, kinds, read))


def _of_record(record: list[str], columns: list[dict], kinds: Mapping[str, str], read: Read) -> dict[str, Any]:
    row: dict[str, Any] = {"answers": {}}
    for cell, column in zip(record, columns, strict=True):
        if column["role"] == "answer" and column.get("question") in kinds and cell not in MISSING:
            _answer(row["answers"], cell, column, kinds[column["question"]])
        elif column["role"] in ("ballot", "channel"):
            row[column["role"]] = cell
        elif column["role"] == "batch":
            row["batch"] = _number(cell)
    for code, value in row["answers"].items():
        if kinds[code] == PLACES:
            row["answers"][code] = [option for _place, option in sorted(value)]
    return row


def _answer(answers: dict[str, Any], cell: str, column: dict, kind: str) -> None:
    """One cell into the shape a ballot has: a ticked option of several, a row of a matrix, a place, a number, or the code itself."""
    code = column["question"]
    if kind == PLACES:
        places = answers.setdefault(code, [])
        places += [(_number(cell), column.get("option", ""))] if cell else []
    elif "option" in column and kind == "votes":
        votes = answers.setdefault(code, [])
        votes += [[column["option"], _number(cell)]] if cell else []
    elif "option" in column:
        answers.setdefault(code, []).extend([column["option"]] if cell == "1" else [])
    elif kind == ROWS:
        answers.setdefault(code, {})[column.get("row", "")] = cell
    else:
        answers[code] = _number(cell) if kind == "number" else cell


def _number(cell: str) -> int | None:
    try:
        return int(cell)
    except ValueError:
        return None
