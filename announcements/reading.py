"""Which announcements a reader sees: all that are public, or those of a topic and of a street."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from announcements.audience import points_within
from announcements.models import Announcement, Area, Topic


def shown_to(*, topic: Topic | None = None, street: str = "") -> QuerySet[Announcement]:
    """Sent to the public, the newest first. Of a street: what concerns it, an address in it, or the whole town; a circle is left out
    unless one of its address points stands in the street."""
    shown = Announcement.objects.public().filter(is_exercise=False).order_by("-sent_at")
    if topic:
        shown = shown.filter(topic=topic)
    return shown.filter(_touching(street)) if street else shown


def _touching(street):
    areas = Area.objects.filter(announcement=OuterRef("pk"))
    here = Q(kind=Area.Kind.TOWN) | Q(street=street) | Q(address__street=street)
    circles = [area.announcement_id for area in Area.objects.filter(kind=Area.Kind.CIRCLE) if _is_near(area, street)]
    return Exists(areas.filter(here)) | Q(pk__in=circles)


def _is_near(area, street):
    return any(point.street == street for point in points_within(area))
