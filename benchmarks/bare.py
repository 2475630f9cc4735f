"""The baseline of a page: a bare view behind the same middleware, with as many queries and bytes and a constant body."""

from django.db import connection
from django.http import HttpResponse
from django.urls import include, path


def bare(request, queries, size):
    """`queries` counts those of this view; the session's and the account's come from the middleware as on a real page."""
    if "session" in "".join(request.COOKIES):
        assert request.user.is_authenticated
    with connection.cursor() as cursor:
        for _number in range(queries):
            cursor.execute("select 1")
    return HttpResponse(BODIES.setdefault(size, b"x" * size))


BODIES: dict[int, bytes] = {}
urlpatterns = [path("bare/<int:queries>/<int:size>/", bare), path("", include("pruszcz_portal.urls"))]
