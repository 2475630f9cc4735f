"""A session that ends while somebody types: what came with the posted form waits, sealed, until they are signed in again.

It lies encrypted in the server's own session for at most an hour, is given back only to the same address, and changes
nothing by itself: the form is shown filled in and the person sends it again.
"""

import base64
import json
import time
from collections.abc import Callable
from functools import wraps

from allauth.core.internal.ratelimit import consume
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.http.response import HttpResponseBase

from accounts.encryption import Unreadable, decrypt, encrypt

KEY, CONTEXT = "typed", b"accounts.typed"
LONGEST = 60_000  # characters; a stranger can not fill our sessions
KEEP = 60 * 60  # seconds
BUDGET = {"typed": "30/h/ip"}  # S46: of forms posted without a session


def keeps_typed(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Outermost on a view with a form. A form posted without a session leads through sign-in and back, with its content."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not request.user.is_authenticated:
            _keep(request)
            return redirect_to_login(request.path)
        return view(request, *args, **kwargs)

    return guarded


def _keep(request) -> None:
    fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    text = json.dumps({"path": request.path, "at": int(time.time()), "fields": fields})
    if len(text) <= LONGEST and consume(request, app="accounts", action="typed", config=BUDGET):
        request.session[KEY] = base64.b64encode(encrypt(text, CONTEXT)).decode()


def typed_before(request) -> QueryDict | None:
    """What was typed here before the session ended, for showing again; None when there is nothing or it is too old."""
    sealed = request.session.get(KEY)
    if request.method != "GET" or not sealed:
        return None
    try:
        kept = json.loads(decrypt(base64.b64decode(sealed), CONTEXT))
    except (Unreadable, ValueError):
        return None
    if kept["path"] != request.path or time.time() - kept["at"] > KEEP:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        data.setlist(name, values)
    return data


def forget_typed(request) -> None:
    """Once the form has arrived there is nothing to keep."""
    request.session.pop(KEY, None)
