"""Lines of text out of whatever was uploaded, one at a time: UTF-8 only, no line or row larger than memory should bear."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, TextIO

from consultations.pabulib.problems import Problems
from consultations.sentences import Sentence
from consultations.sentences import gettext_noop as _

LONGEST_LINE = 100_000  # characters or bytes; the longest public line has some 3,000
LONGEST_ROW = 120_000  # a row may span lines inside quotation marks; below the csv module's own 131,072

Source = Iterable[str] | Iterable[bytes] | TextIO | BinaryIO


class Unreadable(Exception):
    """Reading ends here: what follows could not be trusted."""

    def __init__(self, line: int, code: str, template: str, /, **params: object):
        super().__init__(template)
        self.line, self.code, self.sentence = line, code, Sentence(template, params)


class Lines:
    """Iterates over decoded lines without their ends. `number` is the last line given, `begin_row` tells where a row starts."""

    def __init__(self, source: Source, problems: Problems):
        self._pieces = _pieces(source)
        self._problems = problems
        self.number = 0
        self._in_row = 0
        self._row_line = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        raw = next(self._pieces)
        self.number += 1
        if raw is None:
            self._problems.error(
                self.number, "long-line", _("Wiersz jest dłuższy niż %(most)s znaków; pominięto go."), most=LONGEST_LINE
            )
            return ""
        text = self._decoded(raw) if isinstance(raw, bytes) else raw
        if self.number == 1:
            text = text.removeprefix("\ufeff")
        if "\0" in text:
            raise Unreadable(self.number, "binary", _("To nie jest plik tekstowy."))
        self._in_row += len(text)
        if self._in_row > LONGEST_ROW:
            raise Unreadable(self._row_line, "open-quote", _("Cudzysłów otwarty w tym wierszu nie jest zamknięty."))
        return text.rstrip("\r\n")

    def begin_row(self) -> None:
        self._in_row, self._row_line = 0, self.number + 1

    def _decoded(self, raw: bytes) -> str:
        if self.number == 1 and raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Unreadable(1, "encoding", _("Plik jest zapisany w UTF-16. Zapisz go w UTF-8 i wgraj ponownie."))
        if b"\0" in raw:
            raise Unreadable(self.number, "binary", _("To nie jest plik tekstowy."))
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as why:
            raise Unreadable(
                self.number,
                "encoding",
                _("Plik nie jest zapisany w UTF-8 (może w Windows-1250). Zapisz go w UTF-8 i wgraj ponownie."),
            ) from why


def _pieces(source: Source) -> Iterator[str | bytes | None]:
    """Raw lines; None stands for a line too long, whose rest is thrown away unread into memory."""
    readline = getattr(source, "readline", None)
    if readline is None:
        yield from (line if len(line) <= LONGEST_LINE else None for line in source)
        return
    while line := readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE:
            yield line
            continue
        while line and line[-1:] not in ("\n", b"\n"):
            line = readline(LONGEST_LINE + 1)
        yield None
