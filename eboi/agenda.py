"""What e-BOI tells „Co u mnie” and the roof's search."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from eboi import drafts
from eboi.models import Case, CaseMessage, DefectCall, Submission
from eboi.search import search_entries
from eboi.statuses import CallStatus
from eboi.timeline import status_sentence, tone_of
from office.models import StatusChange
from ui.agenda import AgendaItem, Kind
from ui.words import long_date

__all__ = ["agenda", "search_entries"]

RECENT = timedelta(days=30)


def agenda(person, moment) -> list[AgendaItem]:
    """Drafts and calls that wait for the person, terms that run, what changed in the last 30 days. Six queries at most."""
    cases = list(Case.objects.filter(person=person).with_term().select_related("matter").order_by("-opened_at")[:100])
    return [
        *_drafts(person, moment),
        *_calls(person),
        *_unread(person),
        *_terms(cases),
        *_changes(cases, moment),
        *_filed(person),
    ]


def _drafts(person, moment) -> Iterator[AgendaItem]:
    begun = Submission.objects.drafts().filter(person=person).select_related("matter").defer("answers")
    days = drafts.kept_days(moment)
    for draft in begun:
        if not drafts.is_past(draft, moment, days):
            title = _("Dokończ: %(matter)s") % {"matter": draft.matter}
            text = _("Zapisano %(day)s") % {"day": long_date(draft.saved_at)}
            url = reverse("eboi:draft", args=[draft.pk])
            yield AgendaItem(kind=Kind.WAITING, title=title, text=text, url=url)


def _calls(person) -> Iterator[AgendaItem]:
    waiting = DefectCall.objects.filter(case__person=person, status__in=[CallStatus.SENT, CallStatus.SERVED])
    for call in waiting.select_related("case__matter"):
        title = _("Uzupełnij sprawę %(mark)s") % {"mark": call.case.mark}
        url = reverse("eboi:answer_call", args=[call.case_id, call.pk])
        yield AgendaItem(kind=Kind.WAITING, title=title, text=call.case.matter.name, url=url, due_on=call.due_on, tone="warn")


def _unread(person) -> Iterator[AgendaItem]:
    unread = CaseMessage.objects.filter(case__person=person, kind=CaseMessage.Kind.FROM_OFFICE, read_at__isnull=True)
    cases = {message.case_id: message for message in unread.select_related("case__matter").order_by("at")}
    for message in cases.values():
        title = _("Nowa wiadomość z urzędu w sprawie %(mark)s") % {"mark": message.case.mark}
        url = reverse("eboi:messages", args=[message.case_id])
        yield AgendaItem(kind=Kind.WAITING, title=title, text=message.case.matter.name, url=url, changed_at=message.at)


def _terms(cases) -> Iterator[AgendaItem]:
    for case in cases:
        if case.is_active and case.due_on and not case.is_paused:
            title = _("Urząd ma czas w sprawie %(mark)s") % {"mark": case.mark}
            yield AgendaItem(kind=Kind.DUE, title=title, text=case.matter.name, url=_url(case), due_on=case.due_on)


def _changes(cases, moment) -> Iterator[AgendaItem]:
    """The last move of each case, once."""
    by_id = {case.pk: case for case in cases}
    moves = StatusChange.objects.filter(object_type="eboi.case", object_id__in=by_id, at__gt=moment - RECENT).order_by("at")
    last = {move.object_id: move.at for move in moves}
    for pk, at in last.items():
        case = by_id[pk]
        yield AgendaItem(
            kind=Kind.CHANGED,
            title=case.matter.name,
            text=status_sentence(case),
            url=_url(case),
            changed_at=at,
            tone=tone_of(case),
        )


def _filed(person) -> Iterator[AgendaItem]:
    """Filed, and not yet a case."""
    filed = (
        Submission.objects.filed()
        .filter(person=person, letter__case__isnull=True)
        .select_related("matter", "letter")
        .defer("answers")
    )
    for one in filed:
        text = _("Zgłoszenie %(rpw)s jest w urzędzie. Wkrótce założymy sprawę.") % {"rpw": one.letter.rpw}
        url = reverse("eboi:filed", args=[one.pk])
        yield AgendaItem(kind=Kind.CHANGED, title=one.matter.name, text=text, url=url, changed_at=one.received_at, tone="good")


def _url(case) -> str:
    return reverse("eboi:case", args=[case.pk])
