"""An inventory from a file: errors by row, a preview, all or nothing."""

import pytest
from django.urls import reverse

from office.transitions import Refused, StaleStatus
from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points import inventory

HEADER = inventory.HEADER
GOOD = "2;park;Park, plac zabaw;ul. Krótka;54.260460;18.631950;na zewnątrz;Przykład;AX;SN-2;00-00-5E-00-53-02;14.05.2026"


def row(**changed):
    cells = dict(zip([column.name for column in inventory.COLUMNS], GOOD.split(";"), strict=True)) | changed
    return ";".join(cells.values())


def sheet(*rows, header=HEADER, encoding="utf-8"):
    return "\n".join([header, *rows, ""]).encode(encoding)


def errors_of(content, network):
    return [(error.line, error.text) for error in inventory.read_inventory(content, network).errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_polish_letters_come_whole_from_every_excel(network, igor, encoding):
    inventory.take_in(
        sheet(GOOD.replace("plac", "łąka"), encoding=encoding), network, version=network.version, by=igor, moment=TUESDAY
    )

    stored = network.points.get(number=2)
    assert (stored.place, stored.mac, stored.is_indoor) == ("Park, łąka zabaw", "00:00:5e:00:53:02", False)


def test_columns_may_stand_in_any_order_and_be_parted_by_commas(network):
    lines = [line.split(";") for line in (HEADER, GOOD.replace("Park, plac", "Plac"))]
    content = "\n".join(",".join(reversed(cells)) for cells in lines).encode()

    assert errors_of(content, network) == []


def test_wrong_columns_are_named(network):
    found = errors_of(sheet("1;2", header="numer;adres ip"), network)

    assert found[0][0] == 1 and "nie znamy kolumn: adres ip" in found[0][1] and "szerokość" in found[0][1]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"latitude": "54,260460"}, "kropkę zamiast przecinka: 54.260460"),
        ({"latitude": "54.26"}, "5 albo 6 cyframi"),
        ({"latitude": "18.631950", "longitude": "54.260460"}, "zamienione miejscami"),
        ({"latitude": "52.229700", "longitude": "21.012200"}, "poza miastem"),
        ({"mac": "00:00:5e:00:53"}, "aa:bb:cc:dd:ee:ff"),
        ({"kind": "kawiarnia"}, "wybierz jedno z"),
        ({"number": "0"}, "od 1 do 999"),
        ({"installed_on": "31.02.2026"}, "2026-05-14"),
        ({"is_indoor": "może"}, "w budynku"),
    ],
)
def test_a_wrong_cell_is_told_with_its_line(network, changed, words):
    first = row(number="1", serial="SN-1", mac="00:00:5e:00:53:01")

    found = errors_of(sheet(first, row(**changed)), network)

    assert any(line == 3 and words in text for line, text in found)


@pytest.mark.parametrize("same", ["serial", "mac", "number"])
def test_what_stands_in_a_file_twice_is_told_with_both_lines(network, same):
    other = {"number": "5", "serial": "SN-5", "mac": "00:00:5e:00:53:05"}
    other.pop(same)

    found = errors_of(sheet(GOOD, row(**other)), network)

    assert [line for line, _text in found] == [3] and "w wierszu 2" in found[0][1]


def test_what_another_network_has_is_told_with_its_code(network, igor, wiktor):
    other = cast.make_network(igor, wiktor)
    cast.make_point(other, by=igor, serial="SN-2")

    assert "ma już punkt 2-1" in errors_of(sheet(GOOD), network)[0][1]


def test_one_wrong_row_and_nothing_is_taken_in(network, igor):
    with pytest.raises(Refused, match="Popraw"):
        inventory.take_in(sheet(GOOD, row(number="x")), network, version=network.version, by=igor, moment=TUESDAY)

    assert network.points.count() == 1


def test_the_same_file_again_changes_nothing_and_what_it_leaves_out_stays(network, igor):
    inventory.take_in(sheet(GOOD), network, version=network.version, by=igor, moment=TUESDAY)
    network.refresh_from_db()

    again = inventory.take_in(sheet(GOOD), network, version=network.version, by=igor, moment=TUESDAY)

    assert (again.new, again.changed, again.same, again.missing) == ([], [], 1, 1)


def test_two_devices_may_change_places_in_one_file(network, igor):
    both = [row(number="2", serial="A", mac="00:00:5e:00:53:0a"), row(number="3", serial="B", mac="00:00:5e:00:53:0b")]
    crossed = [row(number="2", serial="B", mac="00:00:5e:00:53:0b"), row(number="3", serial="A", mac="00:00:5e:00:53:0a")]
    for rows in (both, crossed):
        network.refresh_from_db()
        inventory.take_in(sheet(*rows), network, version=network.version, by=igor, moment=TUESDAY)

    assert dict(network.points.exclude(number=1).values_list("number", "serial")) == {2: "B", 3: "A"}


def test_a_network_that_changed_since_the_preview_takes_nothing_in(network, igor):
    seen = network.version
    cast.make_point(network, 7, by=igor)

    with pytest.raises(StaleStatus):
        inventory.take_in(sheet(GOOD), network, version=seen, by=igor, moment=TUESDAY)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe" * 50, b'numer;"\n', b"a" * 600_000, b"numer\n" * 5000])
def test_rubbish_is_told_and_never_raises(network, content):
    assert errors_of(content, network)


def test_the_installer_sees_what_would_change_before_it_does(client, sign_in, network, igor):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = sign_in(client, igor)
    url = reverse("wifi_points:inventory", args=[network.pk])

    shown = page.post(url, {"file": SimpleUploadedFile("wykaz.csv", sheet(GOOD), "text/csv")})
    assert network.points.count() == 1
    page.post(url, {"content": shown.context["content"]})

    assert "Park, plac zabaw" in shown.content.decode()
    assert network.points.count() == 2
