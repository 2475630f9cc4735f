"""Whom an announcement reaches: one definition for the preview, the rehearsal and the sending."""

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.timezone import localtime

from announcements.models import Announcement, Area, Choice, Endpoint, Place, SenderMember
from office.models import Message
from residents.models import AddressPoint

WARSAW = ZoneInfo("Europe/Warsaw")
EARTH_M = 6_371_000


@dataclass
class Reach:
    """What areas come to: the whole town, or streets and addresses. A circle is the addresses in it and the streets they stand in."""

    is_town: bool = False
    streets: set[str] = field(default_factory=set)  # whole streets
    near_streets: set[str] = field(default_factory=set)  # streets that a circle or an address touches
    addresses: set[int] = field(default_factory=set)


def reach_of(areas) -> Reach:
    reach = Reach()
    for area in areas:
        if area.kind == Area.Kind.TOWN:
            reach.is_town = True
        elif area.kind == Area.Kind.STREET:
            reach.streets.add(area.street)
        else:
            points = [area.address] if area.kind == Area.Kind.ADDRESS else points_within(area)
            reach.addresses |= {point.pk for point in points}
            reach.near_streets |= {point.street for point in points}
    return reach


def points_within(area: Area) -> list[AddressPoint]:
    """Address points in the circle. Those without coordinates are in none: a sender is told how many the town's register lacks."""
    latitude, longitude, radius = float(area.latitude or 0), float(area.longitude or 0), area.radius_m or 0
    north = radius / EARTH_M * 180 / math.pi
    east = north / math.cos(math.radians(latitude))
    box = AddressPoint.objects.filter(
        latitude__range=(latitude - north, latitude + north), longitude__range=(longitude - east, longitude + east)
    )
    return [point for point in box if metres(area, point) <= radius]


def metres(one, other) -> float:
    """Between two things with WGS 84 coordinates; within a town the Earth is flat enough to a decimetre."""
    middle = math.radians((float(one.latitude) + float(other.latitude)) / 2)
    north = math.radians(float(one.latitude) - float(other.latitude))
    east = math.radians(float(one.longitude) - float(other.longitude)) * math.cos(middle)
    return EARTH_M * math.hypot(north, east)


def places_in(reach: Reach) -> Q:
    """Places of followers that the areas touch. Who cares for a street hears of an address in it; who named an address hears of its
    street; the whole town hears of everything, and everybody of what concerns the whole town."""
    return (
        Q(kind=Place.Kind.TOWN)
        | Q(street__in=reach.streets)
        | Q(kind=Place.Kind.STREET, street__in=reach.near_streets)
        | Q(address__in=reach.addresses)
    )


def audience_of(announcement: Announcement) -> QuerySet[Endpoint]:
    """Endpoints that get it, each once. An exercise reaches the sender's own people alone (L50); who got the message that this one updates
    or cancels gets this one too, whatever they chose or moved to since (L48)."""
    endpoints = Endpoint.objects.reachable()
    if announcement.is_exercise:
        staff = SenderMember.objects.filter(sender=announcement.sender).values("user")
        return endpoints.filter(follower__person__account__in=staff)
    wanted = _wanting(announcement)
    if announcement.references_id:
        wanted |= Q(pk__in=Message.objects.filter(about_id=announcement.references_id, endpoint__isnull=False).values("endpoint"))
    return endpoints.filter(wanted)


def _wanting(announcement: Announcement) -> Q:
    wanted = Q()
    if not announcement.topic.is_statutory and announcement.kind != Announcement.Kind.ALERT:
        wanted &= Q(
            Exists(Choice.objects.filter(follower=OuterRef("follower"), topic=announcement.topic, channel=OuterRef("channel")))
        )
    reach = reach_of(announcement.areas.select_related("address"))
    if not reach.is_town:
        wanted &= Q(Exists(Place.objects.filter(places_in(reach), follower=OuterRef("follower"))))
    return wanted


def due_at(moment: datetime):
    """For an endpoint: now, or the end of the follower's quiet hours in Warsaw, the hours of the two changes of the clock included."""
    here = localtime(moment, WARSAW)
    end = F("follower__quiet_to")
    now = Value(here.time().replace(tzinfo=None))
    within = Q(follower__quiet_from__lt=end, follower__quiet_from__lte=now, follower__quiet_to__gt=now)
    late = Q(follower__quiet_from__gt=end, follower__quiet_from__lte=now)
    early = Q(follower__quiet_from__gt=end, follower__quiet_to__gt=now)
    return Case(
        When(within | early, then=_at(here.date(), end)),
        When(late, then=_at(here.date() + timedelta(days=1), end)),
        default=Value(moment),
        output_field=DateTimeField(),
    )


def _at(day: date, time_of_day) -> Func:
    return Func(
        Value(day), time_of_day, template="((%(expressions)s) AT TIME ZONE 'Europe/Warsaw')", arg_joiner=" + ",
        output_field=DateTimeField(),
    )  # fmt: skip


def leave_url(before: str, after: str):
    """The follower's own one-click way out, built in the database for all at once."""
    return Concat(Value(before), F("follower__token"), Value(after), output_field=CharField())
