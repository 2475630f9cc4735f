"""The term of a case: started, paused, moved and closed only here. Each active case has exactly one open deadline."""

import pghistory
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.deadlines import due_of, last_day
from eboi.models import Case, Deadline, DefectCall, Pause
from eboi.models.catalogue import TermUnit
from eboi.statuses import CallStatus
from office.transitions import Refused
from office.working_days import Calendar


def start(case, terms, *, by, moment):
    """From the day of receipt (KPA art. 61 § 3 and 3a), by the service card in force that day."""
    deadline = Deadline(
        case=case,
        started_on=case.received_on,
        term_count=terms.term_count,
        term_unit=terms.term_unit,
        set_by=by.subject if by else None,
        set_at=moment,
    )
    deadline.due_on = due_of(deadline, [], Calendar.of_office())
    deadline.save(force_insert=True)
    return deadline


def open_deadline(case):
    return Deadline.objects.select_for_update().get(case=case, closed_at__isnull=True)


def close(case, *, moment):
    """The case is settled: its deadline closes, an open pause ends that day, an open call has no point any more."""
    stop_pause(case, moment=moment)
    Deadline.objects.filter(case=case, closed_at__isnull=True).update(closed_at=moment)


def pause(case, why, *, moment):
    """From today the days do not count (KPA art. 35 § 5)."""
    return Pause.objects.create(case=case, why=why, since=localdate(moment))


def stop_pause(case, *, moment):
    """Today counts again; the deadline moves by the days that did not."""
    if Pause.objects.filter(case=case, until__isnull=True).update(until=localdate(moment)):
        _renew(open_deadline(case), Calendar.of_office())


def void_pause(case):
    """The open pause never was: its days count, and the deadline is what it would have been without it."""
    Pause.objects.filter(case=case, until__isnull=True).update(until=F("since"))
    _renew(open_deadline(case), Calendar.of_office())


def guard_notice(case, *, moment):
    """L6: a case past its last day is first put right with its party. Refused until the notice of delay has gone.

    Asked by the verbs that stop the term or leave the case lying: a call, a suspension, another officer. Never by those that
    end the case (KPA art. 12: without delay), take it up for that, or write down what has happened.
    """
    if Case.objects.overdue_on(localdate(moment)).filter(pk=case.pk).exists():
        raise Refused(_("Termin minął. Najpierw wyślij stronie zawiadomienie o zwłoce (art. 36 KPA) albo załatw sprawę."))


@transaction.atomic
def recompute_deadlines(*, by, moment):
    """Compute every open term again, after a correction of the calendar. Returns how many last days moved.

    Old and new day, who and when stay in the history of the rows (L4). Closed cases keep what was computed for them.
    """
    calendar = Calendar.of_office()
    with pghistory.context(verb="recompute_deadlines", by=str(by.subject) if by else None, moment=moment.isoformat()):
        calls = DefectCall.objects.filter(status=CallStatus.SERVED).select_for_update().order_by("pk")
        moved = sum(_renew_call(call, calendar) for call in calls)
        deadlines = Deadline.objects.filter(closed_at__isnull=True).select_for_update(of=("self",)).order_by("pk")
        return moved + sum(_renew(deadline, calendar) for deadline in deadlines.prefetch_related("case__pauses"))


def _renew(deadline, calendar):
    due = due_of(deadline, deadline.case.pauses.all(), calendar)
    return due != deadline.due_on and bool(Deadline.objects.filter(pk=deadline.pk).update(due_on=due))


def _renew_call(call, calendar):
    due = last_day(call.served_on, call.days, TermUnit.DAYS, calendar=calendar)
    return due != call.due_on and bool(DefectCall.objects.filter(pk=call.pk).update(due_on=due))
