"""The pages above all rooms: home, "Co u mnie", search, what the law wants said, errors, health."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pruszcz_portal import agenda, doors
from pruszcz_portal.search import found
from pruszcz_portal.statement import statement
from ui.agenda import SearchEntry
from ui.visitors import same_for_visitors

OWN_PAGES = [
    ("contact", "Kontakt", "Adres, godziny pracy urzędu i telefon.", "urząd telefon adres e-mail godziny grunwaldzka"),
    (
        "accessibility",
        "Deklaracja dostępności",
        "Jak dostępny jest portal i jak zgłosić problem.",
        "niepełnosprawność czytnik migowy skarga",
    ),
    ("privacy", "Prywatność", "Co portal o Tobie wie i dlaczego.", "rodo dane osobowe ciasteczka cookies"),
]


@require_safe
@same_for_visitors
def home(request):
    """The five doors. Costs no query of its own: what waits is told a step further, in "Co u mnie"."""
    return render(request, "home.html", {"doors": doors.DOORS})


@login_required
@require_safe
def my_matters(request):
    """What waits for this person, what is due and what changed, told by the rooms."""
    return render(request, "my_matters.html", {"rows": _rows_of(request.user), "doors": doors.DOORS})


def _rows_of(user):
    """Rows of "Co u mnie" by kind; nothing for accounts without a person."""
    return {kind.value: rows for kind, rows in agenda.agenda_of(user, timezone.now()).items()}


@require_safe
@same_for_visitors
def search(request):
    question = request.GET.get("q", "").replace("\0", "").strip()[:100]
    results = found(question, _entries()) if question else []
    return render(request, "search.html", {"search_query": question, "results": results, "doors": doors.DOORS})


def _entries():
    """The doors, the roof's own pages and what the rooms offer."""
    behind_doors = [SearchEntry(title=door.title, text=door.text, url=door.url, keywords=door.keywords) for door in doors.DOORS]
    own = [SearchEntry(title=title, text=text, url=reverse(name), keywords=keywords) for name, title, text, keywords in OWN_PAGES]
    return behind_doors + own + agenda.search_entries(timezone.now())


@require_safe
@same_for_visitors
def accessibility(request):
    return render(request, "accessibility.html", {"statement": statement()})


@require_safe
@same_for_visitors
def contact(request):
    return render(request, "contact.html", {"statement": statement()})


@require_safe
@same_for_visitors
def privacy(request):
    return render(request, "privacy.html")


@require_safe
def gallery(request):
    """Every component in every state; served only where nobody lives."""
    if settings.IS_PRODUCTION:
        raise Http404
    from ui.gallery import specimens

    return render(request, "gallery.html", specimens(request))


@require_safe
def healthz(request):
    """The process answers; says nothing of what stands behind it."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request):
    """200 when PostgreSQL answers, else 503. Redis may be away: it is only the bell."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return HttpResponse("not ready\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
