"""What announcements store, one module a noun."""

from announcements.models.announcements import Announcement, Area, Attachment, Release, Reply, Translation
from announcements.models.followers import Choice, Endpoint, Follower, Place
from announcements.models.senders import Sender, SenderMember, Topic
from announcements.models.waste import (
    Building,
    Collection,
    CollectionChange,
    Fraction,
    MissedCollection,
    Reminder,
    ReminderSent,
    Route,
    RouteAddress,
    Schedule,
    WasteCalendar,
)

__all__ = [
    "Announcement",
    "Area",
    "Attachment",
    "Building",
    "Choice",
    "Collection",
    "CollectionChange",
    "Endpoint",
    "Follower",
    "Fraction",
    "MissedCollection",
    "Place",
    "Release",
    "Reminder",
    "ReminderSent",
    "Reply",
    "Route",
    "RouteAddress",
    "Schedule",
    "Sender",
    "SenderMember",
    "Topic",
    "Translation",
    "WasteCalendar",
]
