"""What waits at the desk: terms that run out, steps that somebody owes and for whom, who carries how much. Reads only.

Clerks open these pages all day, so their SQL is built once a process; whatever the town has stored, a page reads a screenful.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models import Case as Choice
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eboi.models import Case, CaseMessage, Deadline, Decision, IncomingLetter, Pause, UnitMember
from eboi.statuses import ACTIVE, OPEN_CALL, CallStatus, CaseStatus, DecisionStatus, LetterStatus
from office.compiled import compiled

WEEK = timedelta(days=7)
DUE_SHOWN = 20  # terms on the page of the day; the rest is in the queue
STEPS_SHOWN = 6  # cases of one kind of step
PAGE = 30  # rows of the queue

MINE, UNIT = "moje", "komorka"  # whose cases a page shows
ON_THE_DESK = (*ACTIVE, CaseStatus.DECIDED)


@dataclass(frozen=True)
class Step:
    """One kind of next step. `side`: who owes it; `title`: what it is, for the clerk who reads."""

    code: str
    side: str
    title: str | Promise

    @property
    def who(self):
        return SIDES[self.side]


OFFICER, SIGNATORY, PARTY, CARRIER, CAUSE = "officer", "signatory", "party", "carrier", "cause"
SIDES = {
    OFFICER: _("prowadzącego"),
    SIGNATORY: _("podpisującego"),
    PARTY: _("mieszkańca"),
    CARRIER: _("dowód z poczty albo e-Doręczeń"),
    CAUSE: _("ustanie przyczyny"),
}
STEPS = [
    Step("message", OFFICER, _("Mieszkaniec napisał")),
    Step("new", OFFICER, _("Nowe sprawy do podjęcia")),
    Step("lapsed", OFFICER, _("Minął termin na uzupełnienie")),
    Step("call", OFFICER, _("Wezwania do wysłania")),
    Step("sign", SIGNATORY, _("Decyzje do podpisu")),
    Step("serve", OFFICER, _("Podpisane decyzje bez doręczenia")),
    Step("call_proof", CARRIER, _("Wezwania bez dowodu doręczenia")),
    Step("party", PARTY, _("Wezwania, na które czekamy")),
    Step("suspended", CAUSE, _("Zawieszone")),
]


# Terms: what runs out, the nearest first

ROW = ("case_id", "case__mark", "case__matter__name", "case__person__last_name", "case__person__first_name", "case__officer__name",
       "case__status", "due_on")  # fmt: skip


@compiled
def due_of_officer(*, officer: int, day: date, until: date) -> QuerySet[Deadline]:
    """Terms up to and with `until` of the officer's own cases; each row carries how many are late, due on the day, and all of them."""
    return _due(Deadline.objects.filter(case__officer=officer, case__unit__in=_units_of(officer)), day, until)


@compiled
def due_of_units(*, officer: int, day: date, until: date) -> QuerySet[Deadline]:
    """As `due_of_officer`, for everybody of the clerk's units."""
    return _due(Deadline.objects.filter(case__unit__in=_units_of(officer)), day, until)


def _units_of(clerk):
    return UnitMember.objects.filter(user=clerk).values("unit")


def _due(deadlines, day, until):
    """Only an active case has an open term; the status is named so that its index finds the few among the many that have ended."""
    late, today = Count("pk", filter=Q(due_on__lt=day)), Count("pk", filter=Q(due_on=day))
    return (
        deadlines.filter(~Exists(_standing(OuterRef("case"))), closed_at__isnull=True, due_on__lte=until, case__status__in=ACTIVE)
        .annotate(late=Window(late), today=Window(today), total=Window(Count("pk")))
        .order_by("due_on", "case__opened_at")
        .values_list(*ROW, "late", "today", "total", named=True)[:DUE_SHOWN]
    )


def _standing(case) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case, until__isnull=True).order_by()


# Steps: who owes what


@compiled
def steps_of_officer(*, officer: int, day: date) -> QuerySet[Case]:
    """The next step in each of the officer's own cases: the first few of a kind, with how many there are."""
    return _steps(Case.objects.filter(officer=officer, unit__in=_units_of(officer)), day)


@compiled
def steps_of_units(*, officer: int, day: date) -> QuerySet[Case]:
    return _steps(Case.objects.filter(unit__in=_units_of(officer)), day)


@compiled
def steps_of_signatory(*, officer: int, signatory: int, day: date) -> QuerySet[Case]:
    """As `steps_of_officer`, with every draft of the units that waits for a signature."""
    drafted = Decision.objects.filter(status=DecisionStatus.DRAFT).values("case")
    return _steps(Case.objects.filter(Q(pk__in=drafted) | Q(officer=officer), unit__in=_units_of(signatory)), day)


def _steps(cases, day):
    step = _step_of(day)
    return (
        cases.filter(status__in=ON_THE_DESK)
        .with_unread()
        .annotate(call=FilteredRelation("calls", condition=Q(calls__status__in=OPEN_CALL)))
        .annotate(step=step)
        .filter(step__isnull=False)
        .annotate(
            place=Window(RowNumber(), partition_by="step", order_by=["opened_at", "pk"]),
            total=Window(Count("pk"), partition_by="step"),
        )
        .filter(place__lte=STEPS_SHOWN)
        .order_by("step", "place")
        .values_list("pk", "mark", "matter__name", "person__last_name", "person__first_name", "officer__name", "step", "call__due_on",
                     "total", named=True)
    )  # fmt: skip


def _step_of(day):
    """One step for each case: what the office owes goes before what others owe."""
    has_call = {status: Q(call__status=status) for status in OPEN_CALL}
    return Choice(
        When(has_unread=True, then=Value("message")),
        When(status=CaseStatus.NEW, then=Value("new")),
        When(has_call[CallStatus.SERVED] & Q(call__due_on__lt=day), then=Value("lapsed")),
        When(has_call[CallStatus.DRAFT], then=Value("call")),
        When(status=CaseStatus.IN_PROGRESS, decision__status=DecisionStatus.DRAFT, then=Value("sign")),
        When(status=CaseStatus.DECIDED, then=Value("serve")),
        When(has_call[CallStatus.SENT], then=Value("call_proof")),
        When(status=CaseStatus.WAITING_PARTY, then=Value("party")),
        When(status=CaseStatus.SUSPENDED, then=Value("suspended")),
        default=None,
    )


# Letters that nobody has said anything about yet


@compiled
def letters_of_units(*, officer: int) -> QuerySet[IncomingLetter]:
    directed = IncomingLetter.objects.filter(status=LetterStatus.DIRECTED, unit__members__user=officer)
    return _letters(directed)


@compiled
def letters_of_register() -> QuerySet[IncomingLetter]:
    return _letters(IncomingLetter.objects.awaiting())


def _letters(letters):
    shown = letters.annotate(total=Window(Count("pk"))).order_by("received_at")
    return shown.values_list(
        "pk", "number", "year", "sender_name", "subject", "received_at", "unit__symbol", "total", named=True
    )[:STEPS_SHOWN]


# The whole queue


@compiled
def queue_of_officer(*, officer: int, after: int, until: int) -> QuerySet[Case]:
    """Every active case of the officer by its last day, those whose term stands still at the end; places `after` < n <= `until`."""
    return _queue(Case.objects.filter(officer=officer, unit__in=_units_of(officer)), after, until)


@compiled
def queue_of_units(*, officer: int, after: int, until: int) -> QuerySet[Case]:
    return _queue(Case.objects.filter(unit__in=_units_of(officer)), after, until)


def _queue(cases, after, until):
    place = Window(RowNumber(), order_by=["is_paused", "due_on", "opened_at"], output_field=BigIntegerField())
    placed = cases.active().with_term().annotate(place=place, total=Window(Count("pk")))
    return (
        placed.filter(place__gt=after, place__lte=until)
        .order_by("place")
        .values_list("pk", "mark", "matter__name", "person__last_name", "person__first_name", "officer__name", "status", "due_on",
                     "is_paused", "total", named=True)
    )  # fmt: skip


# Who carries how much


def workload_of(user, day: date) -> list[dict[str, Any]]:
    """Of each clerk of the user's units: active cases, late, due within a week, standing still, with news. One query."""
    term = Deadline.objects.filter(case=OuterRef("pk"), closed_at__isnull=True).order_by()
    cases = (
        Case.objects.in_units_of(user)
        .active()
        .annotate(due=Subquery(term.values("due_on")[:1]), still=Exists(_standing(OuterRef("pk"))))
        .annotate(news=Exists(_unread(OuterRef("pk"))))
    )
    runs = Q(still=False)
    counted = cases.values("officer_id", "officer__name", "unit__symbol", "unit__name").annotate(
        active=Count("pk"),
        new=Count("pk", filter=Q(status=CaseStatus.NEW)),
        late=Count("pk", filter=runs & Q(due__lt=day)),
        week=Count("pk", filter=runs & Q(due__gte=day, due__lte=day + WEEK)),
        standing=Count("pk", filter=Q(still=True)),
        news=Count("pk", filter=Q(news=True)),
    )
    return list(counted.order_by("unit__symbol", "-late", "-active", "officer__name"))


def _unread(case) -> QuerySet[CaseMessage]:
    return CaseMessage.objects.filter(case=case, kind=CaseMessage.Kind.FROM_RESIDENT, read_at__isnull=True).order_by()


def lists_of(user) -> Iterable[dict[str, Any]]:
    """The lists of cases (spisy spraw) of the user's units: one for each unit, class and year, with how many it holds. One query."""
    cases = Case.objects.in_units_of(user).order_by("-year", "unit__symbol", "jrwa__symbol")
    named = cases.values(
        "year", "unit_id", "unit__symbol", "unit__name", "jrwa_id", "jrwa__symbol", "jrwa__name", "jrwa__category"
    )
    return named.annotate(total=Count("pk"), active=Count("pk", filter=Q(status__in=ACTIVE)))


def grouped(rows: Iterable[Any]) -> Iterator[tuple[Step, int, list[Any]]]:
    """The rows of `steps_of_…` by step, in the order in which a clerk thinks: (step, how many there are, the first of them)."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.step, []).append(row)
    for step in STEPS:
        if step.code in found:
            yield step, found[step.code][0].total, found[step.code]
