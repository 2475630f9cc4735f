"""The door of every instrument: which one stands at an address, and who is led away from a survey.

No page of these names its visitor in the log of requests (decision 0010).
"""

from functools import wraps
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from consultations import keys, voters
from consultations.models import Consultation, Instrument, InstrumentKind
from consultations.statuses import Phase
from office import compiled as sql


def unnamed(view):
    """Nobody's name in the log of requests: a moment of voting is not to be found there."""

    @wraps(view)
    def quiet(request, *args, **kwargs):
        request.leaves_no_name = True
        return view(request, *args, **kwargs)

    return quiet


def load(slug, code) -> Instrument:
    """A public instrument with its consultation and the phase by the clock of the database."""
    consultation = next(_public(slug=slug), None)
    instrument = consultation and next(_instruments(consultation=consultation.pk, code=code), None)
    if instrument is None:
        raise Http404
    instrument.consultation = consultation
    return instrument


@sql.compiled
def _public(*, slug: str) -> QuerySet[Consultation]:
    return Consultation.objects.public().with_phase().filter(slug=slug)


@sql.compiled
def _instruments(*, consultation: UUID, code: str) -> QuerySet[Instrument]:
    return Instrument.objects.filter(consultation=consultation, code=code).select_related("definition")


def survey(view):
    """Gives the view the survey, a place in it and its draft; leads away who can not answer now."""

    @unnamed
    @wraps(view)
    def guarded(request, slug, code, *args, **kwargs):
        found = load(slug, code)
        if found.kind != InstrumentKind.SURVEY:
            return redirect("consultations:instrument", slug, code)
        is_read = request.method != "POST"  # a form sent again after the closing still gets its receipt
        is_shut = not keys.is_made(found.consultation) or (is_read and found.consultation.phase != Phase.OPEN)
        if is_shut or voters.obstacle(request, found.consultation, timezone.localdate()):
            return redirect("consultations:instrument", slug, code)
        return view(request, found, *args, **kwargs)

    return guarded


def home_of(survey) -> str:
    return reverse("consultations:instrument", args=[survey.consultation.slug, survey.code])


def step_url(name, survey, *rest) -> str:
    return reverse(f"consultations:{name}", args=[survey.consultation.slug, survey.code, *rest])
