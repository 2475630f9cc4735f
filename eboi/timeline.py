"""A case told to its party: one sentence on where it stands, the steps ahead, and what happened, in plain words.

Internal notes and drafts of calls and decisions are never read here (L12, S21). The desk shows the same story to the clerk.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.models import Case, Deadline, Decision, DefectCall, Delivery, IncomingLetter, Pause
from eboi.statuses import CallStatus, CaseStatus, DecisionStatus
from office.compiled import compiled
from office.models import StatusChange
from ui.words import long_date

WARSAW = ZoneInfo("Europe/Warsaw")
DONE, CURRENT, WAITING = "done", "current", "waiting"


@dataclass(frozen=True, kw_only=True)
class Event:
    """`is_whole_day`: only the day is known (a delivery), so no hour is shown."""

    at: datetime
    title: str
    text: str = ""
    is_whole_day: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    title: str
    state: str
    text: str = ""
    at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Story:
    """Everything that the pages of a case tell, read once."""

    case: Case
    changes: list[StatusChange]
    letters: list[IncomingLetter]
    calls: list[DefectCall]
    deadlines: list[Deadline]
    pauses: list[Pause]
    deliveries: list[Delivery]

    @property
    def open_call(self) -> DefectCall | None:
        """The call that waits for the party's answer."""
        return next((call for call in self.calls if call.status in (CallStatus.SENT, CallStatus.SERVED)), None)

    @property
    def deadline(self) -> Deadline | None:
        """The open term, or the last one of a case that has ended."""
        return self.deadlines[-1] if self.deadlines else None

    @property
    def open_pause(self) -> Pause | None:
        return next((pause for pause in self.pauses if pause.until is None), None)

    @property
    def decision(self) -> Decision | None:
        return signed_decision(self.case)


def story_of(case: Case) -> Story:
    """Six queries, and one for the decision unless it was read with the case (`select_related("decision")`)."""
    return Story(
        case=case,
        changes=list(_changes_in(case=case.pk)),
        letters=list(_letters_in(case=case.pk)),
        calls=list(_calls_in(case=case.pk)),
        deadlines=list(_deadlines_in(case=case.pk)),
        pauses=list(_pauses_in(case=case.pk)),
        deliveries=list(_deliveries_in(case=case.pk)),
    )


@compiled
def _changes_in(*, case: UUID) -> QuerySet[StatusChange]:
    return StatusChange.objects.filter(object_type="eboi.case", object_id=case)


@compiled
def _letters_in(*, case: UUID) -> QuerySet[IncomingLetter]:
    told = ("year", "number", "received_at", "case_id", "submission_id")
    return IncomingLetter.objects.filter(case=case).only(*told).order_by("received_at")


@compiled
def _calls_in(*, case: UUID) -> QuerySet[DefectCall]:
    return DefectCall.objects.filter(case=case).exclude(status=CallStatus.DRAFT)


@compiled
def _deadlines_in(*, case: UUID) -> QuerySet[Deadline]:
    return Deadline.objects.filter(case=case)


@compiled
def _pauses_in(*, case: UUID) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case)


@compiled
def _deliveries_in(*, case: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.filter(case=case).select_related("letter").order_by("sent_on", "pk")


def signed_decision(case: Case) -> Decision | None:
    """The decision once it is signed; a draft is nobody's business but the office's."""
    decision = getattr(case, "decision", None)
    return decision if decision and decision.status == DecisionStatus.APPROVED else None


# Where it stands


def status_sentence(case: Case) -> str:
    """The state of the case in one sentence to its party."""
    return SENTENCES[CaseStatus(case.status)]()


SENTENCES = {
    CaseStatus.NEW: lambda: _("Urząd założył Twoją sprawę i wkrótce się nią zajmie."),
    CaseStatus.IN_PROGRESS: lambda: _("Urząd zajmuje się Twoją sprawą."),
    CaseStatus.WAITING_PARTY: lambda: _("Urząd czeka na uzupełnienie od Ciebie."),
    CaseStatus.SUSPENDED: lambda: _("Sprawa jest zawieszona. Urząd wróci do niej, gdy minie przyczyna."),
    CaseStatus.DECIDED: lambda: _("Urząd wydał decyzję i doręczy Ci ją na piśmie."),
    CaseStatus.SERVED: lambda: _("Decyzja została doręczona. Możesz się od niej odwołać w terminie podanym w pouczeniu."),
    CaseStatus.FINAL: lambda: _("Decyzja jest ostateczna. Sprawa jest zakończona."),
    CaseStatus.COMPLETED: lambda: _("Sprawa jest załatwiona. Nie musisz nic więcej robić."),
    CaseStatus.LEFT_UNCONSIDERED: lambda: _("Urząd pozostawił sprawę bez rozpoznania, bo nie została uzupełniona w terminie."),
    CaseStatus.WITHDRAWN: lambda: _("Sprawa jest wycofana na Twoją prośbę."),
    CaseStatus.FORWARDED: lambda: _("To sprawa innego urzędu. Przekazaliśmy ją tam, gdzie trzeba."),
}
TONES = {
    CaseStatus.NEW: "info",
    CaseStatus.IN_PROGRESS: "info",
    CaseStatus.WAITING_PARTY: "warn",
    CaseStatus.SUSPENDED: "warn",
    CaseStatus.DECIDED: "good",
    CaseStatus.SERVED: "good",
    CaseStatus.FINAL: "good",
    CaseStatus.COMPLETED: "good",
}


def short_status(case: Case) -> str:
    """One or two words for a list, to the person."""
    word = SHORT.get(CaseStatus(case.status))
    return word() if word else case.get_status_display()


SHORT = {
    CaseStatus.NEW: lambda: _("założona"),
    CaseStatus.WAITING_PARTY: lambda: _("czeka na Ciebie"),
    CaseStatus.DECIDED: lambda: _("decyzja wydana"),
    CaseStatus.COMPLETED: lambda: _("załatwiona"),
    CaseStatus.LEFT_UNCONSIDERED: lambda: _("bez rozpoznania"),
    CaseStatus.FORWARDED: lambda: _("przekazana"),
}


def tone_of(case: Case) -> str:
    return TONES.get(CaseStatus(case.status), "neutral")


def pauses_explained(pauses: Iterable[Pause]) -> list[str]:
    """Why the last day has moved: one sentence for each time that did not count."""
    return [_pause_in_words(pause) for pause in pauses if pause.until is None or pause.until > pause.since]


def _pause_in_words(pause: Pause) -> str:
    why = {
        Pause.Why.DEFECT: _("urząd czekał na uzupełnienie od Ciebie"),
        Pause.Why.SUSPENSION: _("sprawa była zawieszona"),
    }[Pause.Why(pause.why)]
    words = {"since": long_date(pause.since), "why": why}
    if pause.until is None:
        now = {Pause.Why.DEFECT: _("urząd czeka na uzupełnienie od Ciebie"), Pause.Why.SUSPENSION: _("sprawa jest zawieszona")}
        return _("Od %(since)s termin nie biegnie, bo %(why)s.") % {**words, "why": now[Pause.Why(pause.why)]}
    return _("Od %(since)s do %(until)s termin nie biegł, bo %(why)s.") % {**words, "until": long_date(pause.until)}


# The steps


def steps(story: Story) -> list[Step]:
    """The road of every matter: received, opened, examined, settled."""
    case = story.case
    received = story.letters[0].received_at if story.letters else None
    is_over = not case.is_active
    examined = WAITING if case.status == CaseStatus.NEW else DONE if is_over else CURRENT
    return [
        Step(title=_("Urząd otrzymał zgłoszenie"), state=DONE, at=received),
        Step(
            title=_("Urząd założył sprawę %(mark)s") % {"mark": case.mark}, at=case.opened_at,
            state=CURRENT if case.status == CaseStatus.NEW else DONE,
        ),
        Step(title=_("Urząd sprawdza sprawę"), state=examined, text="" if is_over or examined == WAITING else status_sentence(case)),
        *_ending(case, story.deliveries),
    ]  # fmt: skip


def _ending(case: Case, deliveries: Iterable[Delivery]) -> list[Step]:
    """How the matter ends: a decision is signed, served and at last final; anything else is one step."""
    status = CaseStatus(case.status)
    if case.is_active:
        return [Step(title=_("Sprawa załatwiona"), state=WAITING)]
    if status not in AFTER_DECISION:
        return [Step(title=ENDINGS[status](), state=DONE, at=case.closed_at, text=case.outcome)]
    place = AFTER_DECISION.index(status)
    served = next((delivery.effective_on for delivery in deliveries if delivery.decision_id), None)
    return [
        Step(title=_("Urząd wydał decyzję"), state=DONE, at=case.closed_at),
        Step(title=_("Decyzja doręczona"), state=DONE if place >= 1 else CURRENT, text=long_date(served) if served else ""),
        Step(title=_("Decyzja ostateczna"), state=(WAITING, CURRENT, DONE)[place]),
    ]


AFTER_DECISION = (CaseStatus.DECIDED, CaseStatus.SERVED, CaseStatus.FINAL)
ENDINGS = {
    CaseStatus.COMPLETED: lambda: _("Sprawa załatwiona"),
    CaseStatus.LEFT_UNCONSIDERED: lambda: _("Sprawa pozostawiona bez rozpoznania"),
    CaseStatus.WITHDRAWN: lambda: _("Sprawa wycofana"),
    CaseStatus.FORWARDED: lambda: _("Sprawa przekazana innemu urzędowi"),
}


# What happened


def timeline(story: Story) -> list[Event]:
    """Everything the party may know of, the newest first."""
    events = [
        *_letters(story.letters), *_moves(story.changes, story.case), *_calls(story.calls), *_extensions(story.deadlines),
        *_deliveries(story.deliveries),
    ]  # fmt: skip
    opened = Event(at=story.case.opened_at, title=_("Urząd założył sprawę %(mark)s") % {"mark": story.case.mark})
    return sorted([opened, *events], key=lambda event: event.at, reverse=True)


def _letters(letters: Iterable[IncomingLetter]) -> Iterator[Event]:
    for letter in letters:
        yield Event(at=letter.received_at, title=_("Zgłoszenie wpłynęło do urzędu"), text=letter.rpw)


def _moves(changes: Iterable[StatusChange], case: Case) -> Iterator[Event]:
    for change in changes:
        if title := MOVES.get(CaseStatus(change.to_status)):
            yield Event(at=change.at, title=title(), text=change.note)


MOVES = {  # a call says by itself that the case waits, and a cured one that it goes on
    CaseStatus.SUSPENDED: lambda: _("Urząd zawiesił sprawę"),
    CaseStatus.DECIDED: lambda: _("Urząd wydał decyzję"),
    CaseStatus.FINAL: lambda: _("Decyzja stała się ostateczna"),
    CaseStatus.COMPLETED: lambda: _("Urząd załatwił sprawę"),
    CaseStatus.LEFT_UNCONSIDERED: lambda: _("Urząd pozostawił sprawę bez rozpoznania"),
    CaseStatus.WITHDRAWN: lambda: _("Sprawa została wycofana"),
    CaseStatus.FORWARDED: lambda: _("Urząd przekazał sprawę dalej"),
}


def _calls(calls: Iterable[Any]) -> Iterator[Event]:
    for call in calls:
        if call.sent_at is None:  # written, never sent: nobody's business but the office's
            continue
        yield Event(at=call.sent_at, title=_("Urząd poprosił o uzupełnienie"), text=call.missing)
        if call.taken_back_at:
            title = _("Urząd cofnął prośbę o uzupełnienie. Nie musisz nic wysyłać")
            yield Event(at=call.taken_back_at, title=title, text=call.taken_back_why)
        if call.answered_at:
            yield Event(at=call.answered_at, title=_("Twoje uzupełnienie dotarło do urzędu"), text=call.answer)


def _extensions(deadlines: Iterable[Deadline]) -> Iterator[Event]:
    for deadline in deadlines:
        if deadline.fixed_on:
            title = _("Urząd wyznaczył nowy termin: %(day)s") % {"day": long_date(deadline.fixed_on)}
            yield Event(at=deadline.set_at, title=title, text=deadline.reason)


def _deliveries(deliveries: Iterable[Delivery]) -> Iterator[Event]:
    for delivery in deliveries:
        if delivery.effective_on and delivery.effective_on <= localdate():
            what, how = _served(delivery), delivery.get_channel_display()
            yield Event(at=_noon(delivery.effective_on), title=what, text=how, is_whole_day=True)


def _served(delivery: Delivery) -> str:
    if delivery.decision_id:
        return _("Doręczono decyzję")
    return _("Doręczono wezwanie") if delivery.call_id else _("Doręczono pismo: %(what)s") % {"what": delivery.letter.subject}


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), WARSAW)
