"""What the point tells „Co u mnie” and the roof's search."""

from pszok.search import search_entries

__all__ = ["search_entries"]
