"""The desk of announcements."""

from announcements.admin import announcements, senders, waste

__all__ = ["announcements", "senders", "waste"]
