"""Files for officials: right in Polish Excel, and never a formula (S41)."""

import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from office import exports
from office.exports import as_csv, as_jsonl, as_ods, as_xlsx, rows_of
from office.models import Counter

COLUMNS = ["Lp.", "Data", "Kwota", "Treść"]
ROWS = [
    [1, date(2026, 3, 2), Decimal("12.50"), "Zażółć; „gęślą”\njaźń"],
    [2, datetime(2026, 7, 1, 22, 30, tzinfo=UTC), 0.1, "=1+1"],
    [3, None, True, ""],
]
TEXTS = st.text(st.characters(codec=None), max_size=40) | st.builds(
    "{}{}".format, st.sampled_from("=+-@\t\r\0 "), st.text(max_size=20)
)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_csv_opens_right_in_polish_excel():
    response = as_csv("uwagi", COLUMNS, ROWS)

    assert response["Content-Disposition"] == 'attachment; filename="uwagi.csv"'
    assert body(response).decode() == (
        "\ufeffLp.;Data;Kwota;Treść\r\n"
        '1;2026-03-02;12,50;"Zażółć; „gęślą”\njaźń"\r\n'
        "2;2026-07-02 00:30:00;0,1;'=1+1\r\n"
        "3;;tak;\r\n"
    )


def test_jsonl_says_everything_as_it_is():
    lines = body(as_jsonl("uwagi", COLUMNS, ROWS)).decode().splitlines()

    assert [json.loads(line)["Treść"] for line in lines] == ["Zażółć; „gęślą”\njaźń", "=1+1", ""]
    assert json.loads(lines[1])["Data"] == "2026-07-01T22:30:00Z"


def test_workbook_keeps_numbers_dates_and_texts_apart():
    sheet = openpyxl.load_workbook(io.BytesIO(body(as_xlsx("uwagi", COLUMNS, ROWS)))).active

    assert [[cell.value for cell in row] for row in sheet] == [
        COLUMNS,
        [1, datetime(2026, 3, 2), 12.5, "Zażółć; „gęślą”\njaźń"],
        [2, datetime(2026, 7, 2, 0, 30), 0.1, "'=1+1"],
        [3, None, "tak", None],
    ]


def test_opendocument_keeps_numbers_dates_and_texts_apart():
    with zipfile.ZipFile(io.BytesIO(body(as_ods("uwagi", COLUMNS, ROWS)))) as archive:
        assert archive.namelist()[0] == "mimetype"
        assert archive.getinfo("mimetype").compress_type == zipfile.ZIP_STORED
        kinds = [[cell.get(f"{OFFICE}value-type") for cell in row] for row in cells(archive)]

    assert kinds == [
        ["string"] * 4,
        ["float", "date", "float", "string"],
        ["float", "date", "float", "string"],
        ["float"] + ["string"] * 3,
    ]


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def cells(archive):
    root = ET.fromstring(archive.read("content.xml"))  # noqa: S314  our own file
    return [list(row) for row in root.iter(f"{TABLE}table-row")]


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=2))
@example(["=HYPERLINK(0)", "\x00=1"])
@example(["\x01=1", "\r\n@x"])
@example(["", " ="])
@example(["http://example.com", "a" * 40_000])
def test_no_text_becomes_a_formula_in_any_file(pair):
    """S41"""
    title, text = pair
    for extension, made in (("csv", as_csv), ("xlsx", as_xlsx), ("ods", as_ods)):
        content = body(made("x", [title], [[text]]))
        for cell in READ[extension](content):
            assert not str(cell).startswith(exports.FORMULA)


def _csv(content):
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";") for cell in row]


def _xlsx(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    found = [cell for row in sheet for cell in row]
    assert all(cell.data_type != "f" for cell in found)
    return [cell.value or "" for cell in found]


def _ods(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = [cell for row in cells(archive) for cell in row]
    assert all(cell.get(f"{TABLE}formula") is None for cell in found)
    return ["".join(cell.itertext()) for cell in found]


READ = {"csv": _csv, "xlsx": _xlsx, "ods": _ods}


@pytest.mark.parametrize("number", [2**53 + 1, float("nan"), float("inf"), Decimal("NaN"), -(2**70)])
def test_number_that_a_sheet_can_not_hold_stays_text(number):
    for extension, made in (("xlsx", as_xlsx), ("ods", as_ods)):
        assert READ[extension](body(made("x", ["n"], [[number]])))[1].lstrip("'") == str(number)


def test_negative_number_stays_a_number():
    assert body(as_csv("x", ["n"], [[-5], [Decimal("-5.50")], ["-5"]])).decode().split() == ["\ufeffn", "-5", "-5,50", "'-5"]


def test_text_too_long_for_a_cell_is_cut_with_a_mark():
    assert _xlsx(body(as_xlsx("x", ["n"], [["a" * 40_000]])))[1] == "a" * 32_766 + "…"


@pytest.mark.django_db
def test_rows_come_through_a_server_side_cursor():
    Counter.objects.bulk_create(Counter(series="RPW", year=year) for year in range(2000, 2010))

    rows = rows_of(Counter.objects.order_by("year"))

    assert iter(rows) is rows
    assert [row.year for row in rows] == list(range(2000, 2010))
