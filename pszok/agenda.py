"""What the point tells the roof's search. No rows of „Co u mnie”: its page has no query to spare (tests/house/test_queries.py)."""

from pszok.search import search_entries

__all__ = ["search_entries"]
