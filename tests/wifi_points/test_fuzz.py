"""Whatever people bring - any page, any sheet - is read to a clean result or to errors by row; what we give to machines reads back whole."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from office.exports import safe_text
from office.transitions import Refused
from residents import streets
from residents.models import StreetPlace
from tests.factories import TUESDAY
from tests.wifi_points import cast
from tests.wifi_points.test_inventory import GOOD
from ui.text import clean_text
from wifi_points import captive, inventory, open_data, rules, usage
from wifi_points.actions import duties
from wifi_points.finding import Found
from wifi_points.models import AccessPoint, Network, Programme, UsageMonth

often = settings(max_examples=300)
beside_rows = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Pages

PIECES = [
    "<", ">", "</", "<!--", "-->", "--!>", "<script", "</script", "</script>", "<style>", "<img ", "<form ", "<a ", "<input ", "<html ", "<link ",
    "src=", "href=", "action=", "id=", "type=", "lang", "data=", "\"", "'", "=", "==", "/", "//", "/*", "*/", "\\", "\n", "\r", "\t", "\0", " ",
    "http://[", "http://[::1", "//[", "https://a:b:c", "javascript:", "http:///", "https://collection.wifi4eu.ec.europa.eu/wifi4eu.min.js",
    "wifi4euNetworkIdentifier=", "wifi4euTimerStart =", "wifi4euLanguage='", "selftestModus = true;", "var ", ";", "{123e4567", "urn:uuid:",
    "wifi4eubanner", "email", "ą", "İ", "ß", "\u212a", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "<İmg src=x>",
]  # fmt: skip
broken_pages = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=60).map("".join)
MADE = captive.generate(Network(portal_url="https://wifi.pruszcz.example/"), language="pl", continue_to="/connect")


@st.composite
def torn_pages(draw):
    """A good page with something put in and something cut out."""
    place, length = draw(st.integers(0, len(MADE))), draw(st.integers(0, 80))
    return MADE[:place] + draw(broken_pages) + MADE[place + length :]


def read_calmly(content, network=None):
    found = captive.lint(content, network=network)
    lines = content.count(b"\n") + 1
    assert all(1 <= one.line <= lines and one.text for one in found)
    assert found == sorted(set(found)) == captive.lint(content, network=network)


@often
@given(broken_pages | torn_pages())
def test_any_page_is_read_to_its_end_and_each_finding_has_a_line(page):
    network = Network(portal_url="http://wifi.pruszcz.example/", network_identifier="0b5a6b1d-1111-4222-8333-444455556666")
    for encoding in ("utf-8", "cp1250", "utf-16"):
        read_calmly(page.encode(encoding, "replace"))
    read_calmly(page.encode("utf-8", "replace"), network)


@often
@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_a_page(content):
    read_calmly(content)


@pytest.fixture
def mine(sign_in, igor):
    return sign_in(Client(), igor)


@few
@given(page=broken_pages | torn_pages(), is_file=st.booleans())
def test_the_pages_of_the_linter_answer_for_any_page(mine, network, page, is_file):
    typed = {"file": SimpleUploadedFile("strona.html", page.encode("utf-8", "replace"))} if is_file else {"html": page}

    for url in (reverse("wifi_points:lint"), reverse("wifi_points:captive_page", args=[network.pk])):
        assert mine.post(url, typed).status_code in (200, 422, 429)


# Sheets

CELLS = [
    "", "0", "1", "-1", "1e9", "٣", "１", "∞", "NaN", "9" * 40, "12,5", "1.2.3", "1.02.2026", "2026-02-30", "2026-W01-1", "0000-00-00", "20261014",
    "0001-01-01", "9999-12-31", "=1+1", "'=1", "''@x", '"', '""', "\0", "\r", "a\nb", "😀" * 61, "ß" * 60, "ﬃ" * 30, "İ" * 40, "54,26012", "54.26012",
    "18.634570", "aa:bb:cc:dd:ee:ff", "AA-BB-CC-DD-EE-FF", "ala@example.com", "10.0.0.1", "park", "plac", "w budynku", "na zewnątrz", "2026-10",
    "2026-09", "SN-2", "\u202e", "\ufeff", "; ;", "\t",
]  # fmt: skip
cells = st.sampled_from(CELLS) | st.text(max_size=12)


def seldom(draw, usual, odd, one_in=6):
    return draw(odd) if draw(st.integers(1, one_in)) == one_in else draw(usual)


@st.composite
def sheets_of(draw, columns, *good):
    """Rows that are right but for a cell or two, mostly under the right header, so that readers get past the door."""
    titles = [column.title for column in columns]
    header = seldom(draw, st.permutations(titles), st.lists(st.sampled_from(titles) | cells, max_size=len(titles) + 1))
    rows = draw(st.lists(st.sampled_from(good), max_size=4))
    rows = [dict(zip(titles, row.split(";"), strict=True)) for row in rows]
    for row in rows:
        row |= seldom(draw, st.just({}), st.dictionaries(st.sampled_from(titles), cells, max_size=2), one_in=3)
    file = io.StringIO()
    writer = csv.writer(file, delimiter=draw(st.sampled_from(";,\t")))
    writer.writerow(header)
    writer.writerows([row.get(title, "?") for title in header] for row in rows)
    tail = seldom(draw, st.just(""), st.sampled_from(['"', "\n;;;;", "\0", "\ufeff"]))
    encoding = seldom(draw, st.sampled_from(["utf-8", "utf-8-sig", "cp1250"]), st.just("utf-16"))
    return (file.getvalue() + tail).encode(encoding, "replace")


INVENTORIES = sheets_of(
    inventory.COLUMNS, GOOD, "3;plac;Rynek;;54.260461;18.631951;w budynku;Inna;BX;SN-3;00:00:5e:00:53:03;",
    "4;ulica;Deptak;x;54.260462;18.631952;na zewnątrz;Inna;BX;ß-4;00:00:5e:00:53:04;1.2.2026",
)  # fmt: skip
SPEEDS = sheets_of(usage.SPEEDS, "1;2026-10-14 12:30;31,5;", "1;2026-10-14 12:31;30;5", "1;2026-10-14 12:31;29.5;5")
MONTHS = sheets_of(usage.USAGE, "2026-10;SN-2;120;34,5;17", "2026-09;sn-2;1;0;0", "2026-08;SN-2;10000000;1000000;100000")
STREETS = sheets_of(streets.COLUMNS, "Krótka;54.261200;18.634100;r;CC0", "Długa;54,26;18,63;r;CC0", "ul. Nowa;54.26;18.63;r;CC0")


def told(reading):
    assert all(error.line >= 1 and error.text for error in reading.errors)
    return reading


@pytest.fixture
def installed(network, igor):
    """One device with the serial that the months speak of."""
    cast.make_point(network, 2, by=igor, serial="SN-2")
    return network


@beside_rows
@given(content=INVENTORIES | st.binary(max_size=200))
def test_any_inventory_is_taken_in_whole_or_told_row_by_row(installed, igor, content):
    before = list(installed.points.order_by("pk").values())
    reading = told(inventory.read_inventory(content, installed))
    with transaction.atomic():
        if reading.errors:
            with pytest.raises(Refused):
                inventory.take_in(content, installed, version=installed.version, by=igor, moment=TUESDAY)
            assert list(installed.points.order_by("pk").values()) == before
        else:
            inventory.take_in(content, installed, version=installed.version, by=igor, moment=TUESDAY)
            again = inventory.difference(inventory.read_inventory(content, installed), installed)
            assert (again.new, again.changed) == ([], [])
        transaction.set_rollback(True)


@beside_rows
@given(content=MONTHS | st.binary(max_size=200))
def test_any_months_of_use_are_taken_in_whole_or_told_row_by_row(installed, wiktor, content):
    reading = told(usage.read_usage(content, cast.TODAY))
    with transaction.atomic():
        if reading.errors:
            with pytest.raises(Refused):
                duties.take_usage(content, by=wiktor, moment=TUESDAY)
            assert not UsageMonth.objects.exists()
        else:
            assert duties.take_usage(content, by=wiktor, moment=TUESDAY) == UsageMonth.objects.count()
        transaction.set_rollback(True)


@beside_rows
@given(content=SPEEDS | st.binary(max_size=200))
def test_any_measurements_are_taken_in_whole_or_told_row_by_row(installed, wiktor, content):
    reading = told(usage.read_speeds(content, TUESDAY))
    with transaction.atomic():
        if reading.errors:
            with pytest.raises(Refused):
                duties.take_speeds(content, by=wiktor, moment=TUESDAY)
            assert not installed.speed_tests.exists()
        else:
            duties.take_speeds(content, by=wiktor, moment=TUESDAY)
        transaction.set_rollback(True)


@beside_rows
@given(content=STREETS | st.binary(max_size=200))
def test_any_streets_are_taken_in_whole_or_told_row_by_row(db, content):
    reading = told(streets.read_streets(content))
    with transaction.atomic():
        if reading.errors:
            with pytest.raises(Refused):
                streets.take_in(content)
            assert not StreetPlace.objects.exists()
        else:
            assert streets.take_in(content) == StreetPlace.objects.count() == len(reading.rows)
        transaction.set_rollback(True)


@few
@given(content=INVENTORIES | st.binary(max_size=200))
def test_the_pages_of_an_inventory_answer_for_any_file(installed, mine, sign_in, wiktor, content):
    desk, pk = sign_in(Client(), wiktor), [installed.pk]
    for visitor, url in (
        (desk, reverse("admin:wifi_points_network_inventory", args=pk)), (mine, reverse("wifi_points:inventory", args=pk))
    ):  # fmt: skip
        answer = visitor.post(url, {"file": SimpleUploadedFile("wykaz.csv", content)})
        assert answer.status_code in (200, 422)


# For machines

spoken = st.text(min_size=1, max_size=60).map(clean_text).filter(bool)


def found(name, place, programme, state="up"):
    network = Network(
        number=3, ssid="WiFi4EU", live_since=datetime(2026, 11, 2, tzinfo=UTC), programme=Programme(name=programme), portal_url="https://x.example/"
    )  # fmt: skip
    point = AccessPoint(
        network=network, number=2, place=name, address=place, latitude=Decimal("54.261130"), longitude=Decimal("18.632870"),
        is_indoor=True, mac="00:00:5e:00:53:01", serial="SN-1",
    )  # fmt: skip
    return Found(point, rules.State(state, "działa", "good"), None)


@often
@given(spoken, spoken | st.just(""), spoken)
@example('Park „Pod "Lipą"”; ławka, 2', "ul. 'Krótka'\\;", "😀 WiFi4EU 👩‍👩‍👧")
@example("=1+1", "@x", "-2")
def test_what_machines_read_says_what_we_said(name, place, programme):
    one = found(name, place, programme)

    feature = json.loads(json.dumps(open_data.geojson([one]), ensure_ascii=False).encode())["features"][0]
    assert [feature["properties"][key] for key in ("name", "place", "programme")] == [name, place, programme]
    assert feature["geometry"]["coordinates"] == [18.63287, 54.26113]
    rows = list(csv.reader(io.StringIO(open_data.as_csv([one]).encode().decode(), newline=""), strict=True))
    assert rows[0] == open_data.COLUMNS and len(rows) == 2 and len(rows[1]) == len(rows[0])
    read = dict(zip(*rows, strict=True))
    assert [read[key] for key in ("name", "place", "programme")] == [safe_text(one) for one in (name, place, programme)]


@pytest.mark.parametrize("name", ['Park „Pod "Lipą"”; ławka, 2', "😀 <b>Rynek</b> & 'plac'", "łąka\\;\\"])
def test_odd_names_pass_the_database_and_the_pages_unharmed(client, live, name):
    live.points.update(place=name, address=name)

    feature = json.loads(client.get(reverse("wifi_points:geojson")).content)["features"][0]
    row = next(csv.DictReader(io.StringIO(client.get(reverse("wifi_points:points_csv")).content.decode(), newline="")))
    assert feature["properties"]["name"] == row["name"] == feature["properties"]["place"] == name
    assert (feature["id"], feature["geometry"]["coordinates"]) == (row["id"], [float(row["lon"]), float(row["lat"])])


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_catalogue_reads_back_as_json_ld(day):
    catalogue = json.loads(json.dumps(open_data.catalogue(day), ensure_ascii=False))

    assert catalogue == open_data.catalogue(day)
    assert catalogue["dcat:dataset"]["dct:modified"]["@value"] == day.isoformat()
    assert {one["dct:title"]["@value"] for one in catalogue["dcat:dataset"]["dcat:distribution"]} == {
        "Punkty, GeoJSON", "Punkty, CSV", "Miesiące użycia, CSV",
    }  # fmt: skip
