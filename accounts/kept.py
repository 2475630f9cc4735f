"""A session that ends while somebody types: what came with the posted form waits, sealed, until they are signed in again.

It lies encrypted in the server's own session for at most an hour, is given back only to the same address, and changes
nothing by itself: the form is shown filled in and the person sends it again. Forms of the clerks' desk carry a mark of
who was signed in when they were drawn, and what was typed in them is given back to nobody else (`accounts.desk`).
"""

import base64
import json
import time
from collections.abc import Callable
from functools import wraps

from allauth.core.internal.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from accounts.encryption import Unreadable, decrypt, encrypt

KEY, CONTEXT = "typed", b"accounts.typed"
LONGEST = 60_000  # characters; a stranger can not fill our sessions
LONGEST_OF_STAFF = 300_000  # a decision with its reasons
KEEP = 60 * 60  # seconds
BUDGET = {"typed": "30/h/ip", "typed_at_desk": "60/h/key"}  # S46: of forms posted without a session
MARK = "typed_by"  # the field, and the salt of its signature
MARK_LIVES = 24 * 60 * 60  # seconds a page may stand open
NOT_TYPED = ("csrfmiddlewaretoken", MARK)


def keeps_typed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Outermost on a view with a form. A form posted without a session leads through sign-in and back, with its content."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            if consume(request, app="accounts", action="typed", config=BUDGET):
                _keep(request, LONGEST)
            return redirect_to_login(request.path)
        return view(request, *args, **kwargs)

    return guarded


def mark_of(user) -> str:
    """Who is signed in, for a hidden field of a form. Nobody else can make it, so it proves too that the form was ours."""
    return signing.dumps(str(user.subject), salt=MARK)


def keep_of_marked(request) -> bool:
    """Keep what a marked form brought, for whom the mark names. False when there is no good mark, too much, or too often."""
    owner = _marked(request)
    if owner is None or (request.user.is_authenticated and str(request.user.subject) != owner):
        return False
    if not consume(request, app="accounts", action="typed_at_desk", key=owner, config=BUDGET):
        return False
    return _keep(request, LONGEST_OF_STAFF, owner=owner)


def _marked(request) -> str | None:
    try:
        return signing.loads(request.POST.get(MARK, ""), salt=MARK, max_age=MARK_LIVES)
    except signing.BadSignature:
        return None


def _keep(request, longest, owner="") -> bool:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in NOT_TYPED}
    had_files = any(request.FILES.values())
    kept = {"path": request.path, "at": int(time.time()), "fields": fields, "owner": owner, "files": had_files}
    text = json.dumps(kept, ensure_ascii=False)
    if len(text) > longest:
        return False
    request.session[KEY] = base64.b64encode(encrypt(text, CONTEXT)).decode()
    return True


def typed_before(request) -> QueryDict | None:
    """What was typed here before the session ended, for showing again; None when there is nothing or it is too old."""
    kept = _kept(request) if request.method == "GET" else None
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    return data


def typed_at_desk(request) -> QueryDict | None:
    """As `typed_before`, and says on the page what the filled form is: nothing was sent, and files are to be chosen again."""
    typed = typed_before(request)
    if typed is not None:
        _tell(request, had_files=_kept(request)["files"])
    return typed


def _tell(request, *, had_files):
    said = _("Twoja sesja skończyła się, zanim wysłano ten formularz. To, co wpisano, jest poniżej, ale jeszcze nie zostało wysłane: sprawdź i naciśnij przycisk.")  # fmt: skip
    messages.warning(request, said)
    if had_files:
        messages.warning(request, _("Plików nie przechowujemy: wybierz je jeszcze raz."))


def _kept(request):
    """The sealed form, when it is of this address, of this account and fresh. What belongs to another account is thrown away."""
    sealed = request.session.get(KEY)
    if not sealed:
        return None
    try:
        kept = json.loads(decrypt(base64.b64decode(sealed), CONTEXT))
    except (Unreadable, ValueError):
        return None
    if kept["owner"] and request.user.is_authenticated and str(request.user.subject) != kept["owner"]:
        forget_typed(request)
        return None
    return kept if kept["path"] == request.path and time.time() - kept["at"] <= KEEP else None


def forget_typed(request) -> None:
    """Once the form has arrived there is nothing to keep."""
    request.session.pop(KEY, None)
