"""Guards for views of any room."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from allauth.account.decorators import reauthentication_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from accounts.rules import is_strongly_signed_in


def strong_sign_in_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """S9: for views that file, pay or show a PESEL. Others are led through a second step (or its set-up) and back here."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not is_strongly_signed_in(request):
            return redirect_to_strong_sign_in(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def desk_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """S3: for clerks' views outside the admin. Strangers see 404, staff without a second step are led to it."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated and not request.user.is_staff:
            raise Http404
        return strong_sign_in_required(view)(request, *args, **kwargs)

    return guarded


def recent_sign_in_required(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """S15: for changes of the account, blocking a card, exporting one's data. A posted form is kept and goes on afterwards."""
    return reauthentication_required(view)


def redirect_to_strong_sign_in(wanted: str) -> HttpResponseRedirect:
    """To the page that explains the second step and comes back to the wanted address."""
    return HttpResponseRedirect(f"{reverse('strong_sign_in')}?{urlencode({'next': wanted})}")
