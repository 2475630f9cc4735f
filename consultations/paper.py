"""Forms on paper and by post, e-mail or desk: whether they are in time, and how many clerks must read them (C16, C18, C21)."""

from datetime import date

from django.utils.timezone import localdate

from consultations.models import CollectingChannel, Consultation, InstrumentKind, PaperForm

Rule = CollectingChannel.Rule


def last_day(consultation: Consultation) -> date:
    """The last day that counts, in Europe/Warsaw: the closing is the first moment that is too late (C17)."""
    return localdate(consultation.last_moment)


def is_late(form: PaperForm, channel: CollectingChannel) -> bool:
    """By the rule of the form's own channel: the day it came to the office, or the postmark where the order counts it (C16).

    A letter without a readable postmark is judged by the day it came: the sender can not be asked to prove more.
    """
    postmark = form.postmarked_on if channel.rule == Rule.POSTMARK else None
    decides = postmark or form.received_on
    return decides > last_day(form.consultation)


def passes_needed(form: PaperForm) -> int:
    """A ballot of a participatory budget is read by two clerks who do not see each other's reading; other forms by one."""
    return 2 if form.instrument.kind == InstrumentKind.BUDGET else 1


def agreed_answers(readings: list[dict], needed: int) -> dict | None:
    """The answers that as many readings as needed agree on; None while they differ or are too few."""
    return next((one for one in readings if readings.count(one) >= needed), None)
