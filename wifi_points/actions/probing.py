"""Knocking at live networks and what follows: a line in the log, an outage after two knocks in vain, its end when the page is back.

The knock happens outside any transaction; only what was heard is written in one.
"""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from wifi_points import knocking
from wifi_points.actions import faults
from wifi_points.models import Network, Outage, Probe, ProbeHost
from wifi_points.statuses import NetworkStatus

IN_VAIN = 2  # knocks in a row before it is an outage: one lost packet alarms nobody
KEPT = timedelta(days=90)  # the log of single knocks; outages stay
UP = {Probe.Outcome.UP, Probe.Outcome.SLOW}
OF_THE_PAGE = {Probe.Outcome.CERTIFICATE, Probe.Outcome.REDIRECT, Probe.Outcome.RUBBISH, Probe.Outcome.FAILING}


def probed() -> list[Network]:
    return list(Network.objects.public().exclude(probing=Network.Probing.NONE).order_by("number"))


def probe(network: Network, *, moment) -> Probe:
    """Knock at the page if the allow-list of the day names its host and port, and write down what was heard."""
    host, port = knocking.host_and_port(network.portal_url)
    if not ProbeHost.objects.valid_on(localdate(moment)).filter(host=host, port=port).exists():
        return record(network, knocking.Heard(Probe.Outcome.NOT_ALLOWED, 0), moment=moment)
    heard = knocking.knock(network.portal_url, tcp_only=network.probing == Network.Probing.TCP)
    return record(network, heard, moment=moment)


@transaction.atomic
def record(network, heard, *, moment) -> Probe:
    network = Network.objects.select_for_update(of=("self",)).get(pk=network.pk)
    told = Probe.objects.create(network=network, at=moment, outcome=heard.outcome, milliseconds=heard.milliseconds)
    if network.status != NetworkStatus.LIVE:
        return told
    standing = Outage.objects.filter(network=network, access_point=None, ended_at=None).first()
    if heard.outcome in knocking.DOWN and standing is None:
        _open_after_two(network, told, moment)
    elif heard.outcome in UP and standing and standing.seen_by == Outage.Seen.PROBE and standing.started_at < moment:
        faults.end_outage(
            standing, ended_at=moment, cause=standing.cause, moment=moment
        )  # what the officer opened, the officer ends
    return told


def _open_after_two(network, told, moment):
    """From the first of the knocks in vain on; not from before the end of the last outage."""
    last = list(Probe.objects.filter(network=network, at__lte=moment).order_by("-at", "-pk")[:IN_VAIN])
    if len(last) < IN_VAIN or any(one.outcome not in knocking.DOWN for one in last):
        return
    cause = Outage.Cause.PORTAL if told.outcome in OF_THE_PAGE else Outage.Cause.UNKNOWN
    outage = faults.open_outage(
        network, started_at=_begin(network, last[-1].at), cause=cause, seen_by=Outage.Seen.PROBE,
        note=Probe.Outcome(told.outcome).label, moment=moment,
    )  # fmt: skip
    faults.tell_keepers("outage", about=outage)


def _begin(network, first):
    ended = Outage.objects.filter(network=network, access_point=None, ended_at__gt=first).order_by("-ended_at").first()
    return ended.ended_at if ended else first


def forget_old(*, moment) -> int:
    return Probe.objects.filter(at__lt=moment - KEPT).delete()[0]
