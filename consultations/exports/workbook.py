"""XLSX in constant memory: data, codebook, counts with native charts, versions, method note, digest.

The same content as the CSV. A sheet holds 1,048,576 rows; a longer table is refused (TooManyRows) and goes as CSV.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from consultations.exports import notes
from consultations.exports.heads import Head
from consultations.exports.sheets import CsvDigest, Tick, label_of, no_tick, safe, ticking
from consultations.exports.tables import CHARTED
from office.exports import LONGEST_CELL, MOST_ROWS, TooManyRows, safe_text

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_COLUMNS = 16_384
CHART = {"width": 640, "row": 18}  # pixels, and sheet rows under one chart


def write_xlsx(path: Path, table, tick: Tick = no_tick) -> None:
    import xlsxwriter  # heavy, and most processes never write a sheet

    if table.count + 2 > MOST_ROWS or len(table.heads) > MOST_COLUMNS:
        raise TooManyRows
    with xlsxwriter.Workbook(path, OPTIONS) as book:
        day = table.scope.as_of
        book.set_properties({"title": notes.name_of(table.scope), "created": datetime(day.year, day.month, day.day)})
        _Workbook(book, table).write(tick)


class _Workbook:
    def __init__(self, book, table) -> None:
        self.book, self.table, self.heads = book, table, table.heads
        self.bold = book.add_format({"bold": True})
        self.charted: list[tuple[int, Counter[Any]]] = [
            (index, Counter()) for index, head in enumerate(self.heads) if _is_charted(head)
        ]
        self.digest = CsvDigest(self.heads)

    def write(self, tick: Tick) -> None:
        self._data(ticking(safe(self.heads, self.table.rows()), tick))
        self._sheet(_("Słownik"), notes.CODEBOOK_HEADER, notes.codebook(self.table), widths=(24, 60, 14, 24, 60))
        self._counts()
        self._sheet(_("Wersje"), notes.VERSIONS_HEADER, notes.versions(self.table.scope), widths=(10, 30, 14, 14, 66))
        self._sheet(_("Metoda"), notes.METHOD_HEADER, notes.method(self.table), widths=(30, 100))
        self._sheet(_("Skrót"), notes.METHOD_HEADER, notes.digest(self.table, self.digest.hexdigest()), widths=(30, 100))

    def _data(self, rows: Iterable[list[Any]]) -> None:
        sheet = self.book.add_worksheet(_("Dane"))
        sheet.freeze_panes(2, 0)
        for column, head in enumerate(self.heads):
            sheet.set_column(column, column, min(max(len(head.code) + 2, 10), 40))
        for line, titles in enumerate(([safe_text(head.code) for head in self.heads], [label_of(head) for head in self.heads])):
            for column, title in enumerate(titles):
                sheet.write_string(line, column, title, self.bold)
        text, number = sheet.write_string, sheet.write_number
        for at, row in enumerate(rows, start=2):
            if at >= MOST_ROWS:
                raise TooManyRows
            self._count(row)
            for column, cell in enumerate(row):
                if cell.__class__ is int:
                    number(at, column, cell)
                elif cell:
                    text(at, column, cell if len(cell) <= LONGEST_CELL else cell[:LONGEST_CELL])

    def _count(self, row: list[Any]) -> None:
        self.digest.add(row)
        for index, counter in self.charted:
            counter[row[index]] += 1

    def _counts(self) -> None:
        """How often each answer was given, question by question, and a chart of each beside it."""
        sheet = self.book.add_worksheet(_("Liczby"))
        sheet.set_column(0, 0, 60)
        at = 0
        for index, counter in self.charted:
            lines = notes.counted(self.table, self.heads[index], counter)
            sheet.write_string(at, 0, label_of(self.heads[index]), self.bold)
            for line, (label, count) in enumerate(lines, start=at + 1):
                sheet.write_string(line, 0, safe_text(label))
                sheet.write_number(line, 1, count)
            self._chart(sheet, self.heads[index], at, len(lines))
            at += max(len(lines) + 2, CHART["row"])

    def _chart(self, sheet, head: Head, at: int, lines: int) -> None:
        if not lines:
            return
        name = sheet.get_name()
        chart = self.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": [name, at, 0], "categories": [name, at + 1, 0, at + lines, 0], "values": [name, at + 1, 1, at + lines, 1],
                "data_labels": {"value": True}, "fill": {"color": "#0B5A6B"},
            }
        )  # fmt: skip
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"min": 0, "major_gridlines": {"visible": False}})
        chart.set_size({"width": CHART["width"], "height": 60 + 36 * lines})
        sheet.insert_chart(at, 3, chart, {"description": label_of(head)})

    def _sheet(self, name: str, header: Iterable[Any], rows: Iterator[list[Any]], *, widths: tuple[int, ...]) -> None:
        sheet = self.book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for column, title in enumerate(header):
            sheet.write_string(0, column, str(title), self.bold)
        for at, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, column, cell)
                else:
                    sheet.write_string(at, column, safe_text(str(cell)))


def _is_charted(head: Head) -> bool:
    return head.column is not None and not head.column.is_text and head.column.kind in CHARTED
