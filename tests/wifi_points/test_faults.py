"""Report, ticket, outage, repair; how much of a month a point worked; and two people at once, each race beside its control."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from office.models import Message
from office.transitions import Refused
from tests.factories import TUESDAY, WARSAW
from tests.races import definition_of, done_at_once
from tests.wifi_points import cast
from wifi_points import uptime
from wifi_points.actions import faults, networks
from wifi_points.models import AccessPoint, FaultReport, Network, Outage, Ticket

HOUR = timedelta(hours=1)


def report(point, moment=TUESDAY):
    return faults.report(point, fault="no-network", moment=moment)


def test_two_reports_of_one_outage_are_one_ticket_and_one_letter(live, wiktor):
    point = live.points.get()

    assert report(point) == report(point, TUESDAY + HOUR)

    assert Ticket.objects.get().reports.count() == 2
    assert Message.objects.filter(event="wifi_points/reported", address=wiktor.email).count() == 1


def test_a_confirmed_ticket_is_an_outage_from_the_first_report_and_its_end_repairs_it(live, wiktor):
    ticket = report(live.points.get())

    outage = faults.confirm(ticket, cause="power", by=wiktor, moment=TUESDAY + HOUR)
    faults.end_outage(outage, ended_at=TUESDAY + 2 * HOUR, cause="power", by=wiktor, moment=TUESDAY + 2 * HOUR)

    ticket.refresh_from_db()
    assert (outage.started_at, ticket.status) == (TUESDAY, "repaired")
    assert report(live.points.get(), TUESDAY + 3 * HOUR) != ticket


def test_a_report_of_what_is_known_to_be_broken_is_confirmed_at_once_and_alarms_nobody(live, wiktor):
    faults.open_outage(live, started_at=TUESDAY, cause="uplink", seen_by="officer", by=wiktor, moment=TUESDAY)

    ticket = report(live.points.get())

    assert ticket.status == "confirmed" and ticket.outage is not None
    assert not Message.objects.filter(event="wifi_points/reported").exists()


def test_outages_of_one_thing_never_overlap(live, wiktor):
    first = faults.open_outage(live, started_at=TUESDAY, cause="power", seen_by="officer", by=wiktor, moment=TUESDAY)
    faults.end_outage(first, ended_at=TUESDAY + HOUR, cause="power", by=wiktor, moment=TUESDAY + HOUR)

    with pytest.raises(Refused, match="trwa już"):
        faults.open_outage(
            live, started_at=TUESDAY + HOUR / 2, cause="power", seen_by="officer", by=wiktor, moment=TUESDAY + HOUR
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Outage.objects.create(network=live, started_at=TUESDAY + HOUR / 2, seen_by="officer")


def test_uptime_counts_an_hour_of_two_outages_once(live, wiktor):
    """The point's outage lies half inside its network's: an hour and a half together."""
    point = AccessPoint.objects.select_related("network").get()
    for begin, where in ((TUESDAY, None), (TUESDAY + HOUR / 2, point)):
        one = faults.open_outage(
            live, access_point=where, started_at=begin, cause="power", seen_by="officer", by=wiktor, moment=begin
        )
        faults.end_outage(one, ended_at=begin + HOUR, cause="power", by=wiktor, moment=begin + HOUR)

    share = uptime.uptime(point, date(2026, 11, 1), TUESDAY + 10 * HOUR)

    assert share == pytest.approx(1 - 1.5 / 10)
    assert uptime.uptime(point, date(2026, 10, 1), TUESDAY) is None


@pytest.mark.parametrize(("month", "hours"), [(3, 743), (10, 745), (11, 720)])
def test_a_month_with_a_change_of_the_clock_has_its_true_hours(month, hours):
    """L57"""
    begin, end = uptime.month_span(date(2026, month, 1))

    assert uptime._seconds((begin, end)) == hours * 3600
    assert begin == datetime(2026, month, 1, tzinfo=WARSAW)


# Two people at once


@pytest.mark.django_db(transaction=True)
def test_two_reports_at_the_same_moment_are_one_ticket(igor, wiktor):
    point = cast.make_live(igor, wiktor).points.get()

    assert done_at_once(*[lambda: report(point)] * 4) == [True] * 4

    assert (Ticket.objects.count(), FaultReport.objects.count()) == (1, 4)


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_constraint_one_outage_has_two_tickets(igor, wiktor):
    point, meet = cast.make_live(igor, wiktor).points.get(), threading.Barrier(2)
    index = "wifi_points_one_open_ticket"
    create = definition_of(index)

    def blindly():
        seen = Ticket.objects.filter(access_point=point).exists()
        meet.wait(30)
        if not seen:
            Ticket.objects.create(access_point=point, opened_at=TUESDAY)

    with connection.cursor() as cursor:
        cursor.execute(f"drop index {index}")
    try:
        done_at_once(blindly, blindly)
        assert Ticket.objects.count() == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate wifi_points_ticket cascade")
            cursor.execute(create)


def outcomes_of_edit_and_confirm(network, igor):
    """Each in its own tab, both opened at the same version."""
    seen, point = network.version, network.points.get()
    return done_at_once(
        lambda: networks.change_point(point, version=seen, place="Zmienione", by=igor, moment=TUESDAY),
        lambda: networks.confirm(network, version=seen, statements=list(networks.STATEMENTS), by=igor, moment=TUESDAY),
    )


@pytest.mark.django_db(transaction=True)
def test_an_edit_and_a_confirmation_of_one_version_do_not_both_win(igor, wiktor):
    for _round in range(8):
        network = cast.make_network(igor, wiktor)
        cast.make_point(network, by=igor)

        came = outcomes_of_edit_and_confirm(network, igor)

        assert came.count(True) == 1
        network.refresh_from_db()
        was_edited = network.points.get().place == "Zmienione"
        assert was_edited != (network.status == "confirmed")


@pytest.mark.django_db(transaction=True)
def test_an_approval_and_a_revision_with_an_edit_do_not_both_win(igor, wiktor, make_account):
    """The status alone would not see it: after the edit the list is confirmed again."""
    network = cast.make_network(igor, wiktor)
    point = cast.make_point(network, by=igor)
    cast.confirm(network, igor)
    seen = network.version

    networks.ask_for_revision(network, reason="popraw", by=wiktor, moment=TUESDAY)
    network.refresh_from_db()
    networks.change_point(point, version=network.version, place="Inne", by=igor, moment=TUESDAY)
    network.refresh_from_db()
    came = done_at_once(
        lambda: networks.confirm(network, version=network.version, statements=list(networks.STATEMENTS), by=igor, moment=TUESDAY),
        lambda: networks.approve(network, version=seen, by=wiktor, moment=TUESDAY),
    )

    assert came[0] is True and came[1] is not True
    assert Network.objects.get(pk=network.pk).status == "confirmed"


@pytest.mark.django_db(transaction=True)
def test_control_without_the_version_an_edit_slips_under_a_confirmation(igor, wiktor, monkeypatch):
    """Both win in at least one of the rounds: the edit first, then a confirmation of what its author never read."""
    monkeypatch.setattr(networks, "_guard_version", lambda network, version: None)
    both = 0
    for _round in range(12):
        network = cast.make_network(igor, wiktor)
        cast.make_point(network, by=igor)
        both += outcomes_of_edit_and_confirm(network, igor) == [True, True]

    assert both


def test_outages_read_at_once_give_each_month_its_own(live, wiktor):
    """One of the month before, one across its end, one that still stands."""
    point = live.points.get()
    Network.objects.filter(pk=live.pk).update(live_since=datetime(2026, 9, 1, tzinfo=WARSAW))
    point.network.refresh_from_db()
    spans = [((2026, 10, 3), (2026, 10, 4)), ((2026, 10, 30), (2026, 11, 2)), ((2026, 11, 20), None)]
    for start, end in spans:
        Outage.objects.create(
            network=live, seen_by=Outage.Seen.OFFICER, started_at=datetime(*start, tzinfo=WARSAW), ended_at=end and datetime(*end, tzinfo=WARSAW)
        )  # fmt: skip
    months, now = [date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)], datetime(2026, 11, 25, tzinfo=WARSAW)

    read = uptime.outages_since(live, months[0])

    shares = [uptime.uptime(point, month, now, read) for month in months]
    assert shares == [uptime.uptime(point, month, now) for month in months]
    assert [round(share, 2) for share in shares] == [1.0, 0.9, 0.75]
