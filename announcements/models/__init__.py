"""What announcements store, one module a noun."""

from announcements.models.announcements import Announcement, Area, Attachment, Release, Reply
from announcements.models.followers import Choice, Endpoint, Follower, Place
from announcements.models.senders import Sender, SenderMember, Topic
from announcements.models.waste import (
    Building,
    Collection,
    Fraction,
    MissedCollection,
    Reminder,
    ReminderSent,
    Schedule,
    ScheduledAddress,
)

__all__ = [
    "Announcement",
    "Area",
    "Attachment",
    "Building",
    "Choice",
    "Collection",
    "Endpoint",
    "Follower",
    "Fraction",
    "MissedCollection",
    "Place",
    "Release",
    "Reminder",
    "ReminderSent",
    "Reply",
    "Schedule",
    "ScheduledAddress",
    "Sender",
    "SenderMember",
    "Topic",
]
