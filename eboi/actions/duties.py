"""Stamp duty of a filing: shown before it is sent, asked with it, seen with the case. Not paid never stops a filing (KPA art. 261)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.models import MatterDuty, Submission, SubmissionDuty
from office.compiled import compiled
from payments import actions as till
from payments import duties, rules
from payments.duties import PURPOSE, Due


@compiled
def _carried(*, matter: int, day: date) -> QuerySet[MatterDuty]:
    return MatterDuty.objects.valid_on(day).filter(Q(matter=matter) | Q(matter=None)).order_by("pk")


def due(matter_id: int, answers: dict, day: date) -> list[Due]:
    """What these answers carry on the day, each duty once."""
    wanted = {
        row.duty: str(answers.get(row.exempting, "")) if row.exempting else ""
        for row in _carried(matter=matter_id, day=day)
        if not row.question or str(answers.get(row.question, "")) == row.answer
    }
    return duties.due(wanted.items(), day)


def ask(submission: Submission, *, moment) -> None:
    """Ask for what the filing carries, in its transaction; an exemption is written down (L10).

    Without an account of the town for the duty nothing can be asked: the row then says so to the clerk.
    """
    day, answers = localdate(moment), cast(dict, submission.answers)
    for one in due(submission.matter_id, answers, day):
        SubmissionDuty.objects.create(
            submission=submission, code=one.duty.code, name=one.duty.name, grosze=one.grosze, exemption=one.exemption,
            source=one.duty.source, payment=_payment(submission, one, moment),
        )  # fmt: skip


def _payment(submission, one, moment):
    day = localdate(moment)
    if not one.grosze or not till.has_account(PURPOSE, day):
        return None
    return till.ask(
        payer=submission.person, purpose=PURPOSE, title=_("Opłata skarbowa: %(what)s") % {"what": one.duty.name},
        amount_grosze=one.grosze, due_on=day + timedelta(days=one.duty.pay_days), moment=moment, by=submission.person.account,
    )  # fmt: skip


def of_submissions(submissions: Iterable[UUID]) -> list[SubmissionDuty]:
    """Duties of these filings with their payments, in one query."""
    filed = list(submissions)
    return list(SubmissionDuty.objects.filter(submission__in=filed).select_related("payment")) if filed else []


def unpaid(found: Iterable[SubmissionDuty]) -> list[SubmissionDuty]:
    """What is neither exempt nor covered."""
    return [one for one in found if one.grosze and not (one.payment and rules.is_paid(one.payment))]
