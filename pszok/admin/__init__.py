"""The supervisor's desk: what the point takes and how much, its hours, disputes, loads handed over, figures of the year."""

from pszok.admin import gate

__all__ = ["gate"]
