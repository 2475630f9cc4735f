"""Pages for what went wrong: what happened, what to do, a way on. 500 and 503 need neither database nor session."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from psycopg.errors import UndefinedColumn, UndefinedTable

from accounts.desk import keep_at_desk

TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DATABASE_AWAY = (OperationalError, InterfaceError)
SAY = {
    400: (_("Nie rozumiemy tego adresu"), _("Przeglądarka wysłała zapytanie, którego portal nie umie odczytać. Wróć i spróbuj jeszcze raz.")),
    403: (_("Ta strona nie jest dla Ciebie"), _("Twoje konto nie ma uprawnienia do tej strony. Jeśli powinno je mieć, napisz do nas albo zadzwoń.")),
    404: (_("Nie ma takiej strony"), _("Adres mógł się zmienić albo wkradła się literówka. Poszukaj albo zacznij od strony głównej.")),
    405: (_("Tak tej strony nie otworzymy"), _("Ta strona działa tylko po wysłaniu formularza. Wróć do formularza i wyślij go jeszcze raz.")),
    413: (_("To za dużo naraz"), _("Wysłane dane są większe, niż portal przyjmuje. Wróć, zmniejsz pliki albo dodaj je po jednym.")),
    429: (_("Za dużo prób"), _("Dla bezpieczeństwa konta chwilowo nie przyjmujemy kolejnych prób. Odczekaj kilka minut i spróbuj ponownie.")),
    500: (_("Coś się u nas zepsuło"), _("To nasz błąd, nie Twój. Zapisaliśmy go i sprawdzimy. Spróbuj za chwilę; jeśli wysyłasz wniosek, zajrzyj najpierw do „Co u mnie”, czy już nie dotarł.")),
    503: (_("Portal chwilowo odpoczywa"), _("Trwa krótka przerwa. Spróbuj ponownie za kilka minut. To, co już zostało wysłane i potwierdzone, jest bezpieczne.")),
}  # fmt: skip
PREPARING = (_("Chwileczkę"), _("Portal właśnie się przygotowuje. Odśwież stronę za kilka sekund."))
CSRF = (
    _("Formularz stracił ważność"),
    _(
        "Strona była otwarta zbyt długo albo w międzyczasie nastąpiło ponowne logowanie. Wróć, odśwież stronę i wyślij jeszcze raz. Nic nie zostało zapisane."
    ),
)


def page(status, *, request=None, say=None) -> HttpResponse:
    """The error page of a status. Without `request` it is made of the template alone, touching no database."""
    title, text = say or SAY[status]
    content = render_to_string("error.html", {"status": status, "error_title": title, "error_text": text}, request=request)
    response = HttpResponse(content, status=status)
    if status in (429, 503):
        response.headers["Retry-After"] = "300"
    response.headers["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    """400; 413 when the request was too big. A forged host is answered without looking at the request again."""
    return page(413 if isinstance(exception, TOO_BIG) else 400)


def forbidden(request, exception=None):
    return page(403, request=request)


def not_found(request, exception=None):
    return page(404, request=request)


def too_many(request, exception=None):
    return page(429)


def server_error(request):
    """503 when the database is away or its tables are still being laid down (first start, upgrade), else 500."""
    fault = sys.exc_info()[1]
    if isinstance(fault, ProgrammingError) and isinstance(fault.__cause__, UndefinedTable | UndefinedColumn):
        return page(503, say=PREPARING)
    return page(503 if isinstance(fault, DATABASE_AWAY) else 500)


def csrf_failed(request, reason=""):
    """The reason is for logs, not for people. A clerk who signed in again meanwhile gets the form back with what was typed."""
    if keep_at_desk(request):
        return HttpResponseRedirect(request.get_full_path())
    return page(403, request=request, say=CSRF)
