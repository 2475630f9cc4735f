"""What e-BOI tells „Co u mnie” and the roof's search."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.drafts import KIND, is_past
from eboi.models import Case, CaseMessage, DefectCall, Submission
from eboi.search import search_entries
from eboi.statuses import CallStatus, SubmissionStatus
from eboi.timeline import status_sentence, tone_of
from office.compiled import compiled
from office.models import RetentionPeriod, StatusChange
from ui.agenda import AgendaItem, Kind
from ui.words import long_date

__all__ = ["agenda", "search_entries"]

RECENT = timedelta(days=30)
MOST_CASES = 100  # the newest; older ones are on the page of my matters


def agenda(person, moment) -> list[AgendaItem]:
    """Drafts, calls and messages that wait for the person, terms that run, what changed in the last 30 days. Two queries."""
    submissions = _submissions(person=person.pk, day=localdate(moment))
    items = [item for submission in submissions for item in _of_submission(submission, moment)]
    return items + [item for case in _cases(person=person.pk) for item in _of_case(case, moment)]


@compiled
def _submissions(*, person: UUID, day: date) -> QuerySet[Submission]:
    """What is begun, with the days it is kept, and what is filed and not yet a case."""
    kept = RetentionPeriod.objects.valid_on(day).filter(kind=KIND).order_by("-valid_from", "-pk").values("days")[:1]
    open_now = Q(status=SubmissionStatus.DRAFT) | Q(status=SubmissionStatus.SUBMITTED, letter__case__isnull=True)
    mine = Submission.objects.filter(open_now, person=person).select_related("matter", "letter")
    mine = mine.only("status", "saved_at", "received_at", "matter__name", "letter__year", "letter__number")
    return mine.annotate(kept_days=Subquery(kept)).order_by("started_at")


def _of_submission(submission, moment) -> Iterator[AgendaItem]:
    if submission.status == SubmissionStatus.SUBMITTED:
        yield _filed(submission)
    elif not is_past(submission, moment, submission.kept_days):
        title = _("Dokończ: %(matter)s") % {"matter": submission.matter}
        text = _("Zapisano %(day)s") % {"day": long_date(submission.saved_at)}
        yield AgendaItem(kind=Kind.WAITING, title=title, text=text, url=reverse("eboi:draft", args=[submission.pk]))


def _filed(submission) -> AgendaItem:
    text = _("Zgłoszenie %(rpw)s jest w urzędzie. Wkrótce założymy sprawę.") % {"rpw": submission.letter.rpw}
    return AgendaItem(
        kind=Kind.CHANGED, title=submission.matter.name, text=text, url=reverse("eboi:filed", args=[submission.pk]),
        changed_at=submission.received_at, tone="good",
    )  # fmt: skip


@compiled
def _cases(*, person: UUID) -> QuerySet[Case]:
    """Each case with its term, its open call, the newest unread message and the last move, in one query."""
    here = {"case": OuterRef("pk")}
    call = DefectCall.objects.filter(status__in=[CallStatus.SENT, CallStatus.SERVED], **here).order_by()
    unread = CaseMessage.objects.filter(kind=CaseMessage.Kind.FROM_OFFICE, read_at__isnull=True, **here).order_by("-at")
    moves = StatusChange.objects.filter(object_type="eboi.case", object_id=OuterRef("pk")).order_by("-at", "-id")
    return (
        Case.objects.filter(person=person)
        .with_term()
        .select_related("matter")
        .only("mark", "status", "matter__name")
        .annotate(
            call_id=Subquery(call.values("pk")[:1]),
            call_due_on=Subquery(call.values("due_on")[:1]),
            unread_at=Subquery(unread.values("at")[:1]),
            moved_at=Subquery(moves.values("at")[:1]),
        )
        .order_by(F("opened_at").desc())[:MOST_CASES]
    )


def _of_case(case, moment) -> Iterator[AgendaItem]:
    mark, about = {"mark": case.mark}, {"text": case.matter.name}
    if case.call_id:
        url = reverse("eboi:answer_call", args=[case.pk, case.call_id])
        title = _("Uzupełnij sprawę %(mark)s") % mark
        yield AgendaItem(kind=Kind.WAITING, title=title, url=url, due_on=case.call_due_on, tone="warn", **about)
    if case.unread_at:
        url, title = reverse("eboi:messages", args=[case.pk]), _("Nowa wiadomość z urzędu w sprawie %(mark)s") % mark
        yield AgendaItem(kind=Kind.WAITING, title=title, url=url, changed_at=case.unread_at, **about)
    if case.is_active and case.due_on and not case.is_paused:
        title = _("Urząd ma czas w sprawie %(mark)s") % mark
        yield AgendaItem(kind=Kind.DUE, title=title, url=_url(case), due_on=case.due_on, **about)
    if case.moved_at and case.moved_at > moment - RECENT:
        yield AgendaItem(
            kind=Kind.CHANGED, title=case.matter.name, text=status_sentence(case), url=_url(case), changed_at=case.moved_at,
            tone=tone_of(case),
        )  # fmt: skip


def _url(case) -> str:
    return reverse("eboi:case", args=[case.pk])
