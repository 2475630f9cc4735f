"""Officials' files: a literal header and rows, written as Polish Excel, LibreOffice and machines expect them.

Rows stream: a file of any length takes the memory of one row. A text cell never becomes a formula (S41): one that starts like
a formula gets an apostrophe in front, headers too. JSON Lines are for machines and carry the text as it is.
"""

import csv
import itertools
import json
import math
import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any
from xml.sax.saxutils import escape

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

FORMULA = tuple("=+-@\t\r\0")
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML can not hold them
LONGEST_CELL = 32_767  # characters, by Excel
MOST_ROWS = 1_048_576
MADE = datetime(2020, 1, 1)  # said of every workbook, so that the same rows are the same file
EXACT_INTEGER = 2**53
CHUNK = 2000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODS = "application/vnd.oasis.opendocument.spreadsheet"


class TooManyRows(Exception):
    """A sheet holds 1,048,576 rows with its header; give CSV instead."""


def rows_of(queryset: QuerySet) -> Iterator[Any]:
    """The queryset's objects through a server-side cursor, prefetches in chunks: never the whole table in memory."""
    return queryset.iterator(chunk_size=CHUNK)


def as_csv(name: str, columns: Sequence[str], rows: Iterable[Sequence]) -> StreamingHttpResponse:
    """UTF-8 with a mark, semicolons, decimal commas: opens right with a double click in Polish Excel. `name` without extension."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    lines = (writer.writerow([_csv_cell(cell) for cell in row]) for row in itertools.chain([columns], rows))
    return _streamed(name, "csv", "text/csv; charset=utf-8", ["\ufeff"], lines)


def as_jsonl(name: str, columns: Sequence[str], rows: Iterable[Sequence]) -> StreamingHttpResponse:
    """One JSON object a line, keyed by column; times in UTC with their offset."""
    lines = (json.dumps(dict(zip(columns, row, strict=True)), cls=DjangoJSONEncoder, ensure_ascii=True) + "\n" for row in rows)
    return _streamed(name, "jsonl", "application/jsonl", lines)


def as_xlsx(name: str, columns: Sequence[str], rows: Iterable[Sequence]) -> FileResponse:
    """A workbook with one sheet; written in constant memory to a temporary file that goes with the response."""
    return _whole(name, "xlsx", XLSX, write_xlsx, columns, rows)


def as_ods(name: str, columns: Sequence[str], rows: Iterable[Sequence]) -> FileResponse:
    """An OpenDocument sheet for LibreOffice."""
    return _whole(name, "ods", ODS, write_ods, columns, rows)


class _Echo:
    def write(self, line: str) -> str:
        return line


def _streamed(name: str, extension: str, media_type: str, *parts: Iterable[str]) -> StreamingHttpResponse:
    lines = (line.encode("utf-8") for part in parts for line in part)
    return _private(StreamingHttpResponse(lines, content_type=media_type), name, extension)


def _whole(name: str, extension: str, media_type: str, write, columns, rows) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    write(file, columns, rows)
    file.seek(0)
    return _private(FileResponse(file, content_type=media_type), name, extension)


def _private(response, name: str, extension: str):
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.{extension}")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# Cells


def safe_text(text: str) -> str:
    """The text as a cell may hold it: without control characters, not longer than a cell, never a formula (S41)."""
    risky = text.startswith(FORMULA)
    text = UNWRITABLE.sub("", text)
    if risky or text.startswith(FORMULA) or text.lstrip().startswith(FORMULA):  # a sheet may drop spaces in front
        text = f"'{text}"
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"


def _cell(value: Any) -> Any:
    """A number, a date, or a safe text. Times are said in Warsaw's, and a number that a sheet would round stays text."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0) if value.tzinfo else value
    if isinstance(value, date):
        return value
    if isinstance(value, int | float | Decimal) and _is_exact(value):
        return value
    return safe_text(str(value)) if isinstance(value, str) else str(value)


def _is_exact(number) -> bool:
    return math.isfinite(number) and abs(number) <= EXACT_INTEGER


def _csv_cell(value: Any) -> str:
    cell = _cell(value)
    if isinstance(cell, float | Decimal):
        return format(cell, "f").replace(".", ",") if isinstance(cell, Decimal) else repr(cell).replace(".", ",")
    return str(cell)


# XLSX


def write_xlsx(file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    import xlsxwriter  # heavy, and most processes never write a sheet

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": MADE})
        sheet = book.add_worksheet("Dane")
        bold = book.add_format({"bold": True})
        formats = {
            date: book.add_format({"num_format": "yyyy-mm-dd"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(columns):
            sheet.write_string(0, column, safe_text(title), bold)
            sheet.set_column(column, column, min(max(len(title) + 4, 12), 50))
        for number, row in enumerate(rows, start=1):
            if number >= MOST_ROWS:
                raise TooManyRows
            for column, value in enumerate(row):  # an empty cell is not written at all
                _write_cell(sheet, number, column, _cell(value), formats)


def _write_cell(sheet, row: int, column: int, cell: Any, formats: dict) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats[type(cell)])
    elif isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell)
    else:
        sheet.write_number(row, column, cell)


# ODS: a ZIP of four small files, the table written row by row.

MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Dane">'
)
TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"


def write_ods(file: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), ODS)  # first and not compressed, so that the type is seen at once
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(HEAD.encode())
            content.write(_ods_row([safe_text(title) for title in columns]))
            for number, row in enumerate(rows, start=1):
                if number >= MOST_ROWS:
                    raise TooManyRows
                content.write(_ods_row([_cell(value) for value in row]))
            content.write(TAIL.encode())


def _ods_row(cells: list) -> bytes:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>".encode()


def _ods_cell(cell: Any) -> str:
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{_ods_text(line)}</text:p>" for line in cell.split("\n"))
        return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
    kind, value = (
        ("date", f'office:date-value="{cell.isoformat()}"') if isinstance(cell, date) else ("float", f'office:value="{cell}"')
    )
    return f'<table:table-cell office:value-type="{kind}" {value}><text:p>{cell}</text:p></table:table-cell>'


def _ods_text(line: str) -> str:
    """Spaces at the ends and doubled ones are written as elements, or they would be lost."""
    kept = re.sub(" {2,}|^ | $", lambda run: f'<text:s text:c="{len(run[0])}"/>', escape(line.replace("\r", "")))
    return kept.replace("\t", "<text:tab/>")
