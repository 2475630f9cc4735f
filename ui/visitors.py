"""Pages that are the same for every visitor are made once in half a minute, not once a visit.

A storm of visitors (a flood warning, a new form) then costs the database nothing. Only for people without any cookie:
who is signed in, or has a message waiting, always gets a page of their own.
"""

from collections.abc import Callable
from functools import wraps

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language

LONGEST = 200  # characters of an address; the memory itself holds 300 pages and lets the oldest go
SECONDS = 30  # how long a change by a clerk may stay unseen by visitors


def same_for_visitors(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keeps the 200 answer to a visitor's plain GET in this process's memory. Never one with a cookie or a form token.

    A view whose page is true for a shorter time (a consultation closes in 12 s) says so: `response.stays_true = 12`. What every page tells
    at once (`request.alerts`) is a part of the address: a page made before an alert is not shown during it, nor one made during it after.
    """

    @wraps(view)
    def kept_view(request: HttpRequest, *args, **kwargs):
        address = request.get_full_path()
        if request.method != "GET" or request.COOKIES or len(address) > LONGEST:
            return view(request, *args, **kwargs)
        key = f"{get_language()}:{iri_to_uri(address)}{_told_at_once(request)}"
        content = caches["pages"].get(key)
        if content is not None:
            return HttpResponse(content)
        response = view(request, *args, **kwargs)
        seconds = min(SECONDS, getattr(response, "stays_true", SECONDS))
        if seconds > 0 and _is_for_everyone(request, response):
            caches["pages"].set(key, response.content, seconds)
        return response

    return kept_view


def _told_at_once(request) -> str:
    return "".join(f":{alert.pk}" for alert in getattr(request, "alerts", ()))


def _is_for_everyone(request, response):
    return response.status_code == 200 and not response.cookies and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
