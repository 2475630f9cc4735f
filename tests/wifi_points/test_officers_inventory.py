"""The list of a network at the officer's desk: the same preview, verb, lock and version as the installer's; and the way back as a file."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office.transitions import StaleStatus
from tests.factories import TUESDAY
from tests.wifi_points import cast
from tests.wifi_points.test_inventory import GOOD, HEADER, row, sheet
from wifi_points import inventory
from wifi_points.actions import networks
from wifi_points.models import AccessPoint, InventoryLoad, Network


@pytest.fixture
def desk(sign_in, wiktor):
    return sign_in(Client(), wiktor)


def url(network, name="inventory"):
    return reverse(f"admin:wifi_points_network_{name}", args=[network.pk])


def send(desk, network, content):
    return desk.post(url(network), {"file": SimpleUploadedFile("wykaz.csv", content, "text/csv")})


def test_the_officer_sees_what_would_change_before_it_does(desk, network):
    shown = send(desk, network, sheet(GOOD))

    assert shown.status_code == 200 and "Park, plac zabaw" in shown.content.decode()
    assert network.points.count() == 1
    assert desk.post(url(network), {"content": shown.context["content"]}).status_code == 302
    assert network.points.count() == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_polish_letters_of_every_excel_come_whole_to_the_desk(desk, network, encoding):
    shown = send(desk, network, sheet(GOOD.replace("plac", "łąka"), encoding=encoding))

    assert "Park, łąka zabaw" in shown.content.decode()


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (sheet("1;2", header="numer;adres ip"), 1, "nie znamy kolumn: adres ip"),
        (sheet(row(latitude="54,260460")), 2, "kropkę zamiast przecinka"),
        (sheet(row(latitude="18.631950", longitude="54.260460")), 2, "zamienione miejscami"),
        (sheet(GOOD, row(number="3", mac="00:00:5e:00:53:03")), 3, "Numer seryjny SN-2 jest już w wierszu 2"),
        (sheet(GOOD, row(number="3", serial="SN-3")), 3, "Adres MAC 00:00:5e:00:53:02 jest już w wierszu 2"),
    ],
)
def test_a_wrong_file_is_told_row_by_row_and_nothing_is_half_imported(desk, network, content, line, words):
    answer = send(desk, network, content)

    assert answer.status_code == 422 and "content" not in answer.context
    assert any(error.line == line and words in error.text for error in answer.context["errors"])
    assert f"wiersz {line}: " in answer.content.decode()
    assert network.points.count() == 1 and not InventoryLoad.objects.exists()


def test_a_list_that_the_installer_changed_meanwhile_takes_no_file(desk, network, igor):
    shown = send(desk, network, sheet(GOOD)).context["content"]
    cast.make_point(network, 7, by=igor)

    answer = desk.post(url(network), {"content": shown})

    assert answer.status_code == 409 and "Ktoś zmienił tę sieć" in answer.content.decode()
    assert network.points.count() == 2


def test_an_installer_does_not_confirm_the_list_that_the_officer_changed_meanwhile(desk, network, igor):
    seen = Network.objects.get(pk=network.pk).version
    desk.post(url(network), {"content": send(desk, network, sheet(GOOD)).context["content"]})

    with pytest.raises(StaleStatus):
        networks.confirm(network, version=seen, statements=list(networks.STATEMENTS), by=igor, moment=TUESDAY)


def test_a_confirmed_list_is_shut_to_the_officers_file_too(desk, network, igor):
    shown = send(desk, network, sheet(GOOD)).context["content"]
    cast.confirm(network, igor)

    page, answer = send(desk, network, sheet(GOOD)), desk.post(url(network), {"content": shown})

    assert "nie można teraz wczytać" in page.content.decode()
    assert answer.status_code == 409 and network.points.count() == 1


@pytest.mark.parametrize("kept", ["", "rubbish", "a:b:c"])
def test_a_preview_that_was_changed_on_its_way_is_refused(desk, network, kept):
    assert desk.post(url(network), {"content": kept}).status_code == 409


def test_a_preview_of_another_network_is_refused(desk, network, igor, wiktor):
    other = cast.make_network(igor, wiktor)

    answer = desk.post(url(other), {"content": send(desk, network, sheet(GOOD)).context["content"]})

    assert answer.status_code == 409 and "innej sieci" in answer.content.decode()


def test_it_is_written_down_whose_file_changed_the_list(desk, network, igor, wiktor):
    desk.post(url(network), {"content": send(desk, network, sheet(GOOD)).context["content"]})

    load = InventoryLoad.objects.get()
    network.refresh_from_db()
    assert (load.by, load.new, load.changed, load.version) == (wiktor.subject, 1, 0, network.version)
    event = AccessPoint.pgh_event_model.objects.filter(number=2).get()
    assert event.pgh_context.metadata["user"] == wiktor.pk
    page = desk.get(reverse("admin:wifi_points_network_change", args=[network.pk])).content.decode()
    assert "Wiktor Sroka, nowe: 1, zmienione: 0" in page

    inventory.take_in(sheet(row(brand="Inna")), network, version=network.version, by=igor, moment=TUESDAY)
    page = desk.get(reverse("admin:wifi_points_network_change", args=[network.pk])).content.decode()
    assert "instalator, nowe: 0, zmienione: 1" in page


def test_who_only_looks_loads_nothing(client, sign_in, network, make_account):
    from django.contrib.auth.models import Permission

    looker = make_account("lidia@pruszcz.example", "Lidia Patrzy")
    looker.is_staff = True
    looker.save()
    looker.user_permissions.add(Permission.objects.get(codename="view_network"))
    desk = sign_in(Client(), looker)

    assert desk.get(url(network)).status_code in (302, 403)
    assert client.get(url(network, "inventory_file")).status_code == 302


ODD = [
    {"place": '=HYPERLINK("x"), park', "brand": 'Ż;ó"ł"w', "model": "+1 😀", "address": "@ul. Krótka"},
    {"place": "'=dosłownie", "brand": "-x", "model": "''=y", "address": ""},
]


@pytest.fixture
def odd(igor, wiktor):
    network = cast.make_network(igor, wiktor)
    for number, fields in enumerate(ODD, start=1):
        cast.make_point(network, number, by=igor, installed_on=None if number == 2 else cast.TODAY, **fields)
    return network


def test_the_way_back_read_in_again_changes_nothing(desk, odd):
    content = b"".join(desk.get(url(odd, "inventory_file")).streaming_content)

    reading = inventory.read_inventory(content, odd)
    assert reading.errors == []
    change = inventory.difference(reading, odd)
    assert (change.new, change.changed, change.same, change.missing) == ([], [], 2, 0)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert lines[0] == HEADER.split(";") and not any(cell[:1] in "=+-@" for line in lines[1:] for cell in line if cell)


def test_the_installer_takes_the_same_file_back(sign_in, odd, igor, desk):
    theirs = sign_in(Client(), igor).get(reverse("wifi_points:inventory_file", args=[odd.pk]))

    assert b"".join(theirs.streaming_content) == b"".join(desk.get(url(odd, "inventory_file")).streaming_content)


def test_a_serial_that_grows_in_capitals_is_told_and_not_half_taken(network):
    found = inventory.read_inventory(sheet(row(serial="ß" * 40)), network).errors

    assert [error.line for error in found] == [2] and "numer seryjny" in found[0].text
