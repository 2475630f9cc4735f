"""Who came of age on a family account says first whether they stay on it; every page of a resident's card asks (R20)."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.timezone import localdate

from office.compiled import compiled
from resident_card import rules
from resident_card.models import Membership
from residents.models import Person
from residents.views import redirect_to_onboarding


def of_age_first(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """As `residents.views.person_required`, for no query more; leads who came of age to their decision and back here."""

    @wraps(view)
    @login_required
    def guarded(request, *args, **kwargs):
        person: Any = next(_whose(account=request.user.pk), None)
        if person is None:
            return redirect_to_onboarding(request.get_full_path())
        if person.is_unsettled and rules.is_adult(person, localdate()):
            return redirect_to_decision(request)
        person.account = request.user
        request.person = person
        return view(request, *args, **kwargs)

    return guarded


def settled_first(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For pages that also who has no person yet may open: only who came of age is led away, to their decision and back.

    Gives the view `request.mine`, the person of the signed-in account or None.
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        person: Any = next(_whose(account=request.user.pk), None) if request.user.is_authenticated else None
        if person is not None and person.is_unsettled and rules.is_adult(person, localdate()):
            return redirect_to_decision(request)
        request.mine = person
        return view(request, *args, **kwargs)

    return guarded


def redirect_to_decision(request) -> HttpResponseRedirect:
    """And back to the page they wanted; after a form, which has no page, to the card."""
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else reverse("resident_card:my_card")
    return HttpResponseRedirect(f"{reverse('resident_card:family_of_age')}?{urlencode({'next': wanted})}")


@compiled
def _whose(*, account: int) -> QuerySet[Person]:
    unsettled = Membership.objects.standing().filter(person=OuterRef("pk"), role=Membership.Role.CHILD, confirmed_at__isnull=True)
    return Person.objects.filter(account=account).annotate(is_unsettled=Exists(unsettled))
