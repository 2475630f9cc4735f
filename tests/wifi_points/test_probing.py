"""Knocking at real servers on loopback, and what follows from two knocks in vain."""

import time
from datetime import timedelta

import pytest

from office.models import Message
from tests.factories import LONG_AGO, SOURCE, TUESDAY
from tests.wifi_points import cast
from tests.wifi_points.servers import PAGE, answer, certificate, closed_port, drips, says, server, waits
from wifi_points import knocking
from wifi_points.actions import faults, probing
from wifi_points.knocking import Heard, Outcome
from wifi_points.models import Network, Outage, Probe, ProbeHost


@pytest.fixture
def loopback(settings):
    settings.WIFI_PROBE_LOOPBACK = True


def heard(port, **more):
    return knocking.knock_at("127.0.0.1", f"http://localhost:{port}/", **more).outcome


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        (answer(), Outcome.UP),
        (answer(b"\xef\xbb\xbf  <HTML>"), Outcome.UP),
        (answer(status=b"302 Found", more=b"Location: http://localhost/inna/\r\n"), Outcome.REDIRECT),
        (answer(status=b"500 Oj"), Outcome.FAILING),
        (answer(b'{"a": 1}'), Outcome.RUBBISH),
        (b"SSH-2.0-OpenSSH_9.6\r\n", Outcome.RUBBISH),
        (b"\x00\xff" * 500, Outcome.RUBBISH),
    ],
)
def test_what_a_server_says_is_told_apart(said, outcome):
    with server(says(said)) as (port, _requests):
        assert heard(port) == outcome


def test_a_closed_port_refuses():
    assert heard(closed_port()) == Outcome.REFUSED


def test_a_slow_page_is_up_but_slow(monkeypatch):
    monkeypatch.setattr(knocking, "SLOW", 0.2)
    with server(waits(0.4, answer())) as (port, _requests):
        assert heard(port) == Outcome.SLOW


@pytest.mark.parametrize("behave", [waits(30), drips], ids=["hanging", "dripping"])
def test_a_knock_ends_in_time_whatever_the_server_does(behave):
    began = time.monotonic()
    with server(behave) as (port, _requests):
        assert heard(port, deadline=1.0) == Outcome.TIMEOUT
    assert time.monotonic() - began < 3


def test_a_certificate_nobody_vouches_for_is_told(tmp_path):
    context, _path = certificate(tmp_path, "localhost")
    with server(says(answer()), context) as (port, _requests):
        assert knocking.knock_at("127.0.0.1", f"https://localhost:{port}/").outcome == Outcome.CERTIFICATE


def test_a_certificate_of_another_name_is_told_and_of_this_name_is_good(tmp_path, monkeypatch):
    """The connection goes to an address, the name is verified all the same."""
    context, path = certificate(tmp_path, "wifi.pruszcz.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with server(says(answer()), context) as (port, _requests):
        assert knocking.knock_at("127.0.0.1", f"https://wifi.pruszcz.example:{port}/").outcome == Outcome.UP
        assert knocking.knock_at("127.0.0.1", f"https://inna.pruszcz.example:{port}/").outcome == Outcome.CERTIFICATE


def test_a_redirect_is_not_followed():
    with server(says(answer())) as (inner, reached):
        said = answer(status=b"302 Found", more=b"Location: http://127.0.0.1:%d/\r\n" % inner)
        with server(says(said)) as (port, _requests):
            heard(port)

    assert reached == []


def test_the_connection_goes_to_the_checked_address_and_the_name_is_never_looked_up_again():
    """A name that no resolver knows: only the address could have been used (DNS rebinding)."""
    with server(says(answer())) as (port, requests):
        outcome = knocking.knock_at("127.0.0.1", f"http://nie-ma.pruszcz.example:{port}/").outcome

    assert outcome == Outcome.UP
    assert b"host: nie-ma.pruszcz.example" in requests[0].lower()


def test_tcp_alone_needs_no_page():
    with server(says(b"")) as (port, _requests):
        assert heard(port, tcp_only=True) == Outcome.UP
    assert heard(closed_port(), tcp_only=True) == Outcome.REFUSED


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"],
)  # fmt: skip
def test_private_addresses_are_refused(settings, address):
    assert not settings.WIFI_PROBE_LOOPBACK
    assert not knocking.may_connect(address)


def test_public_addresses_are_not_refused():
    assert knocking.may_connect("193.0.6.139") and knocking.may_connect("2001:67c:2e8:22::c100:68b")


def test_a_name_that_leads_home_is_not_knocked_at():
    with server(says(answer())) as (port, requests):
        assert knocking.knock(f"http://localhost:{port}/").outcome == Outcome.NOT_ALLOWED
    assert requests == []


def test_a_host_outside_the_list_of_the_day_is_not_knocked_at(live, loopback):
    with server(says(answer())) as (port, requests):
        Network.objects.filter(pk=live.pk).update(portal_url=f"http://localhost:{port}/")
        live.refresh_from_db()

        before = probing.probe(live, moment=TUESDAY)
        ProbeHost.objects.create(host="localhost", port=port, valid_from=LONG_AGO, source=SOURCE)
        after = probing.probe(live, moment=TUESDAY)

    assert (before.outcome, after.outcome) == (Outcome.NOT_ALLOWED, Outcome.UP)
    assert len(requests) == 1 and PAGE


def hears(network, *outcomes, begin=TUESDAY):
    for number, outcome in enumerate(outcomes):
        probing.record(network, Heard(outcome, 5), moment=begin + timedelta(minutes=5 * number))


def test_one_knock_in_vain_alarms_nobody(live):
    hears(live, Outcome.TIMEOUT, Outcome.UP, Outcome.REFUSED)

    assert not Outage.objects.exists()


def test_two_in_a_row_are_an_outage_from_the_first_and_the_officer_is_told_once(live, wiktor):
    hears(live, Outcome.UP, Outcome.CERTIFICATE, Outcome.CERTIFICATE, Outcome.CERTIFICATE)

    outage = Outage.objects.get()
    assert (outage.started_at, outage.cause, outage.seen_by) == (TUESDAY + timedelta(minutes=5), "portal", "probe")
    assert [letter.address for letter in Message.objects.filter(event="wifi_points/outage")] == [wiktor.email]


def test_a_page_that_is_back_ends_what_the_portal_saw_and_not_what_the_officer_wrote(live, wiktor):
    hears(live, Outcome.REFUSED, Outcome.REFUSED, Outcome.UP)
    began = TUESDAY + timedelta(hours=1)
    faults.open_outage(live, started_at=began, cause="works", seen_by="officer", by=wiktor, moment=began)

    hears(live, Outcome.UP, begin=began + timedelta(hours=1))

    assert [one.ended_at is None for one in Outage.objects.order_by("started_at")] == [False, True]


def test_what_is_not_allowed_is_no_outage(live):
    hears(live, Outcome.NOT_ALLOWED, Outcome.NOT_ALLOWED)

    assert not Outage.objects.exists()


def test_knocks_are_forgotten_after_ninety_days_and_outages_stay(live):
    hears(live, Outcome.REFUSED, Outcome.REFUSED)

    probing.forget_old(moment=TUESDAY + timedelta(days=91))

    assert not Probe.objects.exists() and Outage.objects.exists()


def test_a_network_that_is_not_live_is_not_knocked_at(igor, wiktor):
    cast.make_network(igor, wiktor)
    cast.make_live(igor, wiktor, probing="none")

    assert probing.probed() == []
