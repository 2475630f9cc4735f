"""The desk of announcements."""

from announcements.admin import announcements, senders

__all__ = ["announcements", "senders"]
