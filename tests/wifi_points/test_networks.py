"""A network from its plan to its end: who may see it, what locks it, what keeps it from going live or from being closed."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from office.models import Message
from office.transitions import Refused, StaleStatus
from tests.factories import TUESDAY
from tests.wifi_points import cast
from wifi_points import rules
from wifi_points.actions import networks
from wifi_points.models import AccessPoint, Network, Norm
from wifi_points.statuses import NetworkStatus


def test_the_commissions_formats_hold_for_names_and_addresses(db):
    wrong = Network(programme=cast.make_programme(), number=1, name="Urząd Miasta", portal_url="https://WiFi.example/?x=1")

    with pytest.raises(ValidationError) as refused:
        wrong.full_clean()

    assert {"name", "portal_url"} <= set(refused.value.error_dict)


def test_an_installer_sees_the_networks_given_to_them_and_no_others(network, igor, ewa, wiktor):
    cast.make_network(ewa, wiktor)

    assert list(Network.objects.of(igor)) == [network]
    assert Message.objects.get(address=igor.email).event == "wifi_points/invited"


def test_an_address_that_was_never_confirmed_opens_nothing(network, make_account):
    stranger = make_account("inna@siec.example")
    stranger.emailaddress_set.create(email="igor2@siec.example", verified=False)
    networks.invite(network, email="igor2@siec.example", company="Inna", by=stranger, moment=TUESDAY)

    assert not Network.objects.of(stranger).exists()


def test_the_four_statements_are_all_needed(network, igor):
    with pytest.raises(Refused, match="cztery"):
        networks.confirm(network, version=network.version, statements=["is_running"], by=igor, moment=TUESDAY)


def test_a_point_that_is_not_mounted_yet_keeps_the_list_from_being_confirmed(network, igor):
    cast.make_point(network, 2, by=igor, installed_on=None)

    with pytest.raises(Refused, match="dzień montażu"):
        cast.confirm(network, igor)


def test_after_the_confirmation_nobody_edits_the_list(network, igor):
    cast.confirm(network, igor)
    point = network.points.get()

    for edit in (
        lambda: cast.make_point(network, 2, by=igor),
        lambda: networks.change_point(point, version=network.version, place="Inne", by=igor, moment=TUESDAY),
        lambda: networks.remove_point(point, version=network.version, by=igor, moment=TUESDAY),
    ):
        with pytest.raises(Refused, match="zamknięty"):
            edit()


def test_a_revision_opens_the_list_and_tells_the_installer_by_a_link(network, igor, wiktor):
    cast.confirm(network, igor)

    networks.ask_for_revision(network, reason="Brakuje punktu przy scenie", by=wiktor, moment=TUESDAY)

    letter = Message.objects.get(event="wifi_points/revision")
    assert cast.make_point(network, 2, by=igor)
    assert "scenie" not in letter.text and f"/wifi/instalator/{network.pk}/" in letter.text


def test_the_owner_approves_the_version_they_saw_and_no_other(network, igor, wiktor):
    cast.confirm(network, igor)
    seen = network.version
    networks.ask_for_revision(network, reason="popraw", by=wiktor, moment=TUESDAY)
    network.refresh_from_db()
    cast.confirm(network, igor)

    with pytest.raises(StaleStatus):
        networks.approve(network, version=seen, by=wiktor, moment=TUESDAY)

    networks.approve(network, version=network.version, by=wiktor, moment=TUESDAY)
    network.refresh_from_db()
    assert network.status == NetworkStatus.APPROVED


def test_who_confirmed_does_not_approve(network, igor):
    cast.confirm(network, igor)

    with pytest.raises(Refused, match="ktoś inny"):
        networks.approve(network, version=network.version, by=igor, moment=TUESDAY)


def test_another_installer_sends_a_confirmed_list_back(network, igor, ewa, wiktor):
    """The Commission's rule: changing the installer rejects the report that waits."""
    cast.confirm(network, igor)

    networks.invite(network, email=ewa.email, company="Inna firma", by=wiktor, moment=TUESDAY)

    network.refresh_from_db()
    assert network.status == NetworkStatus.REVISION
    assert not Network.objects.of(igor).exists()


def test_going_live_names_everything_that_is_missing(igor, wiktor):
    network = cast.make_network(igor, wiktor, portal_url="http://wifi9.pruszcz.example/", network_identifier=None)
    cast.make_point(network, by=igor)
    cast.confirm(network, igor)
    networks.approve(network, version=network.version, by=wiktor, moment=TUESDAY)

    with pytest.raises(Refused) as refused:
        networks.go_live(network, by=wiktor, moment=TUESDAY)

    assert all(words in str(refused.value) for words in ("https", "identyfikatora", "autotest", "brakuje dowodu"))


def test_the_database_holds_no_live_network_without_its_identifier(live):
    with pytest.raises(IntegrityError), transaction.atomic():
        Network.objects.filter(pk=live.pk).update(network_identifier=None)


def test_the_end_of_the_duty_is_computed_from_dates_and_told_in_words(db):
    programme = cast.make_programme(duty_from=date(2025, 5, 15))

    end = rules.duty_end(programme)

    assert end == date(2028, 5, 14)
    said = rules.duty_in_words(end, date(2028, 1, 31)).replace("\xa0", " ")
    assert said == "trzeba utrzymać do 14 maja 2028 r., zostało 3 miesiące i 14 dni"
    assert rules.duty_in_words(end, date(2028, 5, 12)).endswith("2\xa0dni")
    assert "skończył się" in rules.duty_in_words(end, date(2028, 5, 15))


def test_a_new_norm_moves_the_end_only_of_later_grants(db):
    old, new = (
        cast.make_programme(),
        cast.make_programme(name="Nowy", grant_signed_on=date(2026, 3, 1), duty_from=date(2026, 3, 1)),
    )
    Norm.objects.create(code="duty-months", value=60, valid_from=date(2026, 1, 1), source="zmiana")

    assert rules.duty_end(old) == date(2028, 5, 14)
    assert rules.duty_end(new) == date(2031, 2, 28)


def test_a_network_is_not_closed_while_its_duty_runs_unless_another_takes_its_place(live, igor, wiktor):
    with pytest.raises(Refused, match="utrzymać do"):
        networks.close(live, reason="koniec", by=wiktor, moment=TUESDAY)

    networks.close(live, reason="koniec", replacement=cast.make_live(igor, wiktor), by=wiktor, moment=TUESDAY)

    live.refresh_from_db()
    assert live.status == NetworkStatus.CLOSED
    assert not AccessPoint.objects.public().filter(network=live).exists()


def test_after_the_duty_a_network_may_be_closed(live, wiktor):
    networks.close(live, reason="koniec umowy", by=wiktor, moment=TUESDAY + timedelta(days=800))

    live.refresh_from_db()
    assert live.status == NetworkStatus.CLOSED


def test_a_swapped_device_keeps_the_public_code_and_the_old_one_stays_in_history(live, wiktor):
    """A MAC may come back after a repair: the old row has ended, so it stands in nobody's way."""
    old = live.points.get()
    device = {"brand": "B", "model": "M", "serial": "nowy-1", "mac": cast.make_mac()}

    new = networks.swap_device(old, **device, swapped_on=cast.TODAY, by=wiktor, moment=TUESDAY)
    networks.swap_device(new, **device | {"serial": old.serial, "mac": old.mac}, swapped_on=cast.TODAY, by=wiktor, moment=TUESDAY)

    assert new.code == old.code
    assert live.points.count() == 3
    assert live.points.standing().get().mac == old.mac


@pytest.mark.parametrize("same", ["serial", "mac"])
def test_one_device_stands_in_one_place(network, igor, wiktor, same):
    other = cast.make_network(igor, wiktor)

    with pytest.raises(Refused, match="już w wykazie"):
        cast.make_point(other, by=igor, **{same: getattr(network.points.get(), same)})


def test_swapped_coordinates_are_named_as_such(network, igor):
    with pytest.raises(Refused, match="zamienione"):
        cast.make_point(network, 2, by=igor, latitude=cast.PARK["longitude"], longitude=cast.PARK["latitude"])


def test_one_captive_address_belongs_to_one_network(network, igor, wiktor):
    other = cast.make_network(igor, wiktor)

    with pytest.raises(Refused, match="tylko raz"):
        networks.set_addresses(
            other, name="Siec", portal_url=network.portal_url, network_identifier=uuid.uuid4(), by=wiktor, moment=TUESDAY
        )
