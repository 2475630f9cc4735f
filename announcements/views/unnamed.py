"""Push without an account: a browser that nobody named chooses topics and places.

All that ties it to its choices is a signed cookie of its own; no name, no address and no visit is kept.
"""

import json

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from announcements import browsers, languages
from announcements.actions import following
from announcements.forms import ChoicesForm, LanguageForm, PlaceForm
from announcements.models import Follower
from announcements.views.mine import LARGEST_SUBSCRIPTION
from office.models import Channel
from office.transitions import Refused

COOKIE, SALT, YEAR = "komunikaty", "announcements.unnamed", 365 * 24 * 3600
BUDGET = {"browser": "10/h/ip"}  # S46: nobody fills the table with made-up browsers


def follower_in(request) -> Follower | None:
    """Whom this browser's cookie names, as long as the browser is followed; a forged or old one names nobody."""
    try:
        pk = request.get_signed_cookie(COOKIE, salt=SALT, max_age=YEAR)
    except (KeyError, signing.BadSignature):
        return None
    return Follower.objects.filter(pk=pk, person=None).first()


@require_http_methods(["GET", "HEAD", "POST"])
def unnamed(request):
    """Before: what it is and a button. After: topics, places and the way out."""
    follower = follower_in(request)
    if request.method == "POST":
        return _saved(request, follower)
    return _page(request, follower)


def _page(request, follower, status=200, **forms):
    shown = {"follower": follower, "tongues": languages.FURTHER.values(), "push_key": browsers.public_key()}
    if follower:
        shown |= {
            "places": follower.places.select_related("address"),
            **{name: forms.get(name) or build(follower) for name, build in FORMS.items()},
        }
    return render(request, "announcements/unnamed.html", shown, status=status)


FORMS = {
    "tematy": lambda follower, data=None: ChoicesForm(data, follower=follower, channels=[Channel.PUSH]),
    "miejsce": lambda follower, data=None: PlaceForm(data),
    "jezyk": lambda follower, data=None: LanguageForm(data, initial={"language": follower.language}),
}
SAVES = {
    "tematy": lambda follower, form: following.choose(follower, wanted=form.wanted(), moment=timezone.now()),
    "miejsce": lambda follower, form: following.add_place(follower, **form.chosen()),
    "jezyk": lambda follower, form: following.set_language(follower, **form.cleaned_data),
}


def _saved(request, follower) -> HttpResponseBase:
    part = request.POST.get("czesc", "")
    if follower is None:
        return redirect("announcements:unnamed")
    if part == "usun":
        get_object_or_404(follower.places, pk=request.POST.get("miejsce", "")[:10] or 0).delete()
    elif part == "koniec":
        return _left(follower)
    elif part not in FORMS:
        raise Http404
    elif (form := FORMS[part](follower, request.POST)) and not _is_kept(part, follower, form):
        return _page(request, follower, status=422, **{part: form})
    messages.success(request, _("Zapisano."))
    return redirect("announcements:unnamed")


def _is_kept(part, follower, form) -> bool:
    if not form.is_valid():
        return False
    try:
        SAVES[part](follower, form)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _left(follower):
    """Everything about the browser is gone; what was sent to it stays in the register of post without an address that leads to it."""
    follower.delete()
    answer = redirect("announcements:unnamed")
    answer.delete_cookie(COOKIE)
    return answer


@require_POST
def add_unnamed(request):
    """From the page's script: the permission that this browser gave; words for anything that is none."""
    if not consume(request, app="announcements", action="browser", config=BUDGET):
        return JsonResponse({"error": _("Z tego połączenia było już dużo prób. Spróbuj za godzinę.")})
    try:
        given = json.loads(request.body[:LARGEST_SUBSCRIPTION])
        follower = following.follow_unnamed(follower_in(request), subscription=given, moment=timezone.now())
    except (ValueError, Refused) as wrong:
        return JsonResponse({"error": str(wrong) if isinstance(wrong, Refused) else _("Nie udało się.")})
    answer = JsonResponse({"error": ""})
    kept = {"max_age": YEAR, "httponly": True, "secure": settings.SESSION_COOKIE_SECURE, "samesite": "Lax"}
    answer.set_signed_cookie(COOKIE, str(follower.pk), salt=SALT, **kept)
    return answer
