"""The pages above all rooms: home, "Co u mnie", search, health."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request):
    return render(request, "home.html")


@login_required
@require_safe
def my_matters(request):
    return render(request, "my_matters.html")


@require_safe
def healthz(request):
    """The process answers; says nothing of what stands behind it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """200 when PostgreSQL answers, else 503. Redis may be away: it is only the bell."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ready\n", content_type="text/plain")
