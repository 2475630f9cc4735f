"""What announcements store, one module a noun."""

from announcements.models.announcements import Announcement, Area, Attachment, Release, Reply
from announcements.models.followers import Choice, Endpoint, Follower, Place
from announcements.models.senders import Sender, SenderMember, Topic

__all__ = [
    "Announcement",
    "Area",
    "Attachment",
    "Choice",
    "Endpoint",
    "Follower",
    "Place",
    "Release",
    "Reply",
    "Sender",
    "SenderMember",
    "Topic",
]
