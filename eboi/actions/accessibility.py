"""A request for accessibility: received from anybody, put off once with a reason, answered for good (L32)."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from eboi.actions.reasons import given
from eboi.deadlines import end_of_term
from eboi.models import AccessibilityRequest
from eboi.models.catalogue import TermUnit
from office.numbering import next_number
from office.outbox import post
from office.transitions import Refused
from ui.words import long_date

SERIES = "ZD"  # żądanie dostępności
FIRST_DAYS = timedelta(days=7)  # the act on digital accessibility, art. 18: at once, at the latest within 7 days
MOST_MONTHS = 2  # counted from the day of the request


@transaction.atomic
def ask_for_access(key, *, moment, **asked):
    """Take the request in with its number and its day of answer. The same `key` again gives what was taken in before.

    The days are whole calendar days and never moved by a day off: the reading that takes nothing from the person.
    """
    if before := AccessibilityRequest.objects.filter(pk=key).first():
        return before
    request = AccessibilityRequest(id=key, asked_at=moment, due_on=localdate(moment) + FIRST_DAYS, **asked)
    year = localtime(moment).year
    request.number = f"{SERIES}/{next_number(SERIES, year)}/{year}"
    request.save(force_insert=True)
    _tell(request, "accessibility_asked")
    return request


@transaction.atomic
def put_off(request, *, new_date, reason, by, moment):
    """It can not be done in time: a reason and a new day, at most two months from the request. The person is told."""
    latest = end_of_term(localdate(request.asked_at), MOST_MONTHS, TermUnit.MONTHS)
    if not request.due_on < new_date <= latest:
        raise Refused(
            _("Nowy termin musi być późniejszy niż %(old)s i nie późniejszy niż %(latest)s")
            % {"old": long_date(request.due_on), "latest": long_date(latest)}
        )
    _change(request, due_on=new_date, extended_why=given(reason))
    _tell(request, "accessibility_put_off")


@transaction.atomic
def answer_access(request, *, is_granted, answer, by, moment):
    """Answer in words the person reads on the request's page; a refusal needs its reasons. Whoever left a phone or a postal
    address is called or written to by the clerk."""
    answered = {"is_granted": is_granted, "answer": given(answer), "answered_by": by.subject, "answered_at": moment}
    _change(request, **answered)
    _tell(request, "accessibility_answered")


def _change(request, **fields):
    if not AccessibilityRequest.objects.waiting().filter(pk=request.pk, due_on=request.due_on).update(**fields):
        raise Refused(_("Ktoś był szybszy: to żądanie zmieniło się w międzyczasie. Odśwież stronę i sprawdź."))
    for name, value in fields.items():
        setattr(request, name, value)


def _tell(request, event):
    """A link and not a word of the content (S42)."""
    if request.contact_by == AccessibilityRequest.Contact.EMAIL:
        path = reverse("eboi:accessibility_request", args=[request.pk])
        post(event=f"eboi/{event}", to=request.contact, context={"path": path}, about=request)
