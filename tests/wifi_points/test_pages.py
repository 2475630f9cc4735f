"""What anybody sees without an account, and what installers see of theirs alone."""

import pytest
from django.urls import reverse

from residents.models import StreetPlace
from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points.actions import faults, networks
from wifi_points.models import Ticket

HOME = "/wifi/"


@pytest.fixture
def streets(db):
    StreetPlace.objects.create(street="Krótka", search="krotka", latitude="54.261200", longitude="18.634100", source="test")


def places_on(answer):
    return [one.point.place for one in answer.context["found"]]


def test_anybody_finds_the_points_of_live_networks_and_no_others(client, live, igor, wiktor):
    cast.make_point(cast.make_network(igor, wiktor), by=igor, place="Jeszcze nie")

    text = client.get(HOME).content.decode()

    assert "Park, ławka 1" in text and "działa" in text
    assert "Jeszcze nie" not in text


def test_neither_serials_nor_macs_stand_on_public_pages(client, live):
    """L53"""
    point = live.points.get()

    pages = [client.get(HOME), client.get(reverse("wifi_points:point", args=[point.code]))]

    assert not any(secret in page.content.decode() for page in pages for secret in (point.serial, point.mac))


def test_by_a_street_the_nearest_working_point_comes_first(client, streets, igor, wiktor):
    far = cast.make_network(igor, wiktor)
    cast.make_live(igor, wiktor)
    near = cast.make_live(igor, wiktor)
    broken = near.points.get()
    faults.open_outage(near, access_point=broken, started_at=TUESDAY, cause="power", seen_by="officer", by=wiktor, moment=TUESDAY)

    found = client.get(HOME, {"street": "ul. KRÓTKA"}).context["found"]

    assert far.status == "planned"
    assert [one.point.is_down for one in found] == [False, True]
    assert 60 <= found[0].metres <= 110


def test_an_unknown_street_is_told_and_the_list_stays(client, streets, live):
    answer = client.get(HOME, {"street": "Zmyślona"})

    assert "Nie znamy tej ulicy" in answer.content.decode()
    assert places_on(answer) == ["Park, ławka 1"]


def test_two_taps_report_a_broken_point_without_an_account(client, live):
    url = reverse("wifi_points:report", args=["1-1"])

    answer = client.post(url, {"fault": "no-network"}, follow=True)

    assert "Dziękujemy" in answer.content.decode()
    assert "ktoś zgłosił usterkę" in client.get(HOME).content.decode()


def test_the_eleventh_report_within_an_hour_is_not_taken(client, live):
    client_url = reverse("wifi_points:report", args=["1-1"])
    for _number in range(10):
        client.post(client_url, {"fault": "slow"})

    answer = client.post(client_url, {"fault": "slow"})

    assert answer.status_code == 429
    assert Ticket.objects.get().reports.count() == 10


@pytest.mark.parametrize("code", ["9-9", "1-99", "0-0"])
def test_no_such_point_is_404(client, live, code):
    assert client.get(f"/wifi/punkt/{code}/").status_code == 404


def test_the_phones_place_is_allowed_on_the_list_alone(client, live):
    assert "geolocation=(self)" in client.get(HOME)["Permissions-Policy"]
    assert "geolocation=()" in client.get(reverse("wifi_points:point", args=["1-1"]))["Permissions-Policy"]


def test_an_installer_confirms_on_the_page_and_it_locks(client, sign_in, network, igor):
    page, url = sign_in(client, igor), reverse("wifi_points:network", args=[network.pk])

    page.post(url, {"version": network.version, "statements": list(networks.STATEMENTS)})

    assert "Wykaz jest zamknięty" in page.get(url).content.decode()


def test_a_page_opened_before_a_change_confirms_nothing(client, sign_in, network, igor):
    page, url, seen = sign_in(client, igor), reverse("wifi_points:network", args=[network.pk]), network.version
    cast.make_point(network, 2, by=igor)

    answer = page.post(url, {"version": seen, "statements": list(networks.STATEMENTS)})

    assert answer.status_code == 409
    network.refresh_from_db()
    assert network.status == "planned"


def test_a_wrong_coordinate_stands_beside_its_field_and_nothing_typed_is_lost(client, sign_in, network, igor):
    fields = cast.point_fields(2, latitude="18.632870", longitude="54.261130", is_indoor="out")

    answer = sign_in(client, igor).post(reverse("wifi_points:add_point", args=[network.pk]), fields)

    assert answer.status_code == 422
    assert "zamienione" in str(answer.context["form"].errors["latitude"])
    assert fields["serial"] in answer.content.decode()


def test_another_installer_finds_nothing(client, sign_in, network, ewa):
    page, point = sign_in(client, ewa), network.points.get()

    for name, arguments in (("network", [network.pk]), ("inventory", [network.pk]), ("change_point", [network.pk, point.pk])):
        assert page.get(reverse(f"wifi_points:{name}", args=arguments)).status_code == 404
