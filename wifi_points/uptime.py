"""How much of a month a point worked: computed from outages, never stored. Only time since the network went live counts."""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import get_current_timezone

from wifi_points.models import AccessPoint, Network, Outage
from wifi_points.rules import months_later

Span = tuple[datetime, datetime]


def month_span(month: date) -> Span:
    """From the first midnight of the month to that of the next, Warsaw's: a month with a change of the clock is an hour longer or shorter."""
    first, zone = month.replace(day=1), get_current_timezone()
    return datetime.combine(first, time(), zone), datetime.combine(months_later(first, 1), time(), zone)


def outages_since(network: Network, month: date) -> list[Outage]:
    """Of the network and all its points, those that stood in this month or later: for the uptimes of many points at once."""
    return list(Outage.objects.filter(network=network).filter(Q(ended_at=None) | Q(ended_at__gt=month_span(month)[0])))


def uptime(point: AccessPoint, month: date, moment: datetime, outages: list[Outage] | None = None) -> float | None:
    """The share of the month up to now in which neither the point nor its network was down. None before it went live.

    `outages`: those read before by `outages_since`, of this month or an earlier one.
    """
    span = _watched(point, month, moment)
    if span is None:
        return None
    read = outages_since(point.network, month) if outages is None else outages
    here = [one for one in read if one.access_point_id in (None, point.pk)]
    down = _union([_clipped((one.started_at, one.ended_at or span[1]), span) for one in here])
    return 1 - down / _seconds(span)


def _watched(point, month, moment):
    if point.network.live_since is None:
        return None
    begin, end = month_span(month)
    begin, end = max(begin, point.network.live_since), min(end, moment)
    return (begin, end) if begin < end else None


def _clipped(span: Span, to: Span) -> Span:
    return max(span[0], to[0]), min(span[1], to[1])


def _seconds(span: Span) -> float:
    """By the instants: subtracting two local times of one zone would hide the hour that the clock skipped."""
    return span[1].timestamp() - span[0].timestamp()


def _union(spans: list[Span]) -> float:
    """Seconds covered by any of the spans: an outage of a point inside one of its network counts once."""
    covered, reached = 0.0, None
    for begin, end in sorted(spans):
        start = max(begin, reached) if reached else begin
        if start < end:
            covered += _seconds((start, end))
            reached = end
    return covered
