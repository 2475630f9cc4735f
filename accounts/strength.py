"""The way through the second step and back: from any page that needs it, through its set-up, to that page again (S9)."""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY, record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.rules import authentication_records

WAY_BACK = "strong_sign_in_next"


def remember_way_back(request: HttpRequest, address: str) -> None:
    """Keep where the person was going; addresses outside the portal are dropped (S37)."""
    if url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=settings.IS_PRODUCTION):
        request.session[WAY_BACK] = address


def way_back(request: HttpRequest) -> str:
    """Where the person was going when we asked for the second step, or an empty text."""
    return request.session.get(WAY_BACK, "")


def take_way_back(request: HttpRequest) -> str:
    """As `way_back`, and forgets it."""
    return request.session.pop(WAY_BACK, "")


def record_factor(request: HttpRequest, authenticator: Authenticator) -> None:
    """Setting a factor up proves it was in hand: this session counts as strong from now on."""
    record_authentication(request, request.user, method="mfa", id=authenticator.pk, type=authenticator.type)


def forget_factor(request: HttpRequest, authenticator_id: int) -> None:
    """A removed factor proves nothing any more, neither in this session."""
    kept = [record for record in authentication_records(request) if record.get("id") != authenticator_id]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept


def factors_of(user) -> dict[str, list[Authenticator]]:
    """The account's second factors by type, in one query."""
    found: dict[str, list[Authenticator]] = {kind: [] for kind in Authenticator.Type.values}
    for authenticator in Authenticator.objects.filter(user=user).order_by("created_at"):
        found[authenticator.type].append(authenticator)
    return found
