"""Addresses of one object each: made once a process for their kind, the key put in anew. `reverse` takes longer than a row's whole text."""

from functools import lru_cache
from urllib.parse import quote
from uuid import UUID

from django.urls import get_script_prefix, get_urlconf, reverse

NOWHERE = "00000000-0000-0000-0000-000000000000"


def address_of(name: str, key: UUID | int | str, *rest: str) -> str:
    """As `reverse(name, args=[key, *rest])`. `rest`: the few words that addresses of this kind end with."""
    before, after = around(name, *rest)
    return f"{before}{quote(str(key), safe='')}{after}"


def around(name: str, *rest: str) -> tuple[str, str]:
    """What stands before and after the key: for a list of many of one kind."""
    return _around(name, rest, get_urlconf(), get_script_prefix())


@lru_cache(maxsize=500)
def _around(name, rest, urlconf, prefix):
    before, after = reverse(name, args=[NOWHERE, *rest]).split(NOWHERE)
    return before, after
