"""What waits at the desk: terms that run out, steps that somebody owes and for whom, who carries how much. Reads only.

Clerks open these pages all day, so their SQL is built once a process; whatever the town has stored, a page reads a screenful.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from eboi.models import Case, CaseMessage, Deadline, IncomingLetter, Pause
from eboi.statuses import ACTIVE, OPEN_CALL, CallStatus, CaseStatus, DecisionStatus, LetterStatus
from office.compiled import compiled, rows_of

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


# Terms: what runs out, the nearest first. The statements below are our own and not Django's: the few rows of a page are chosen first by
# indexes alone (eboi_case_desk, eboi_one_open_deadline), and only those few are looked up by name. Statuses stand in them as literals,
# so that the server sees that the partial indexes fit.


def _listed(statuses: Iterable[str]) -> str:
    return "(" + ", ".join(f"'{status}'" for status in statuses) + ")"


OF_UNITS = "cases.unit_id in (select unit_id from eboi_unitmember where user_id = %s)"
OF_OFFICER = f"cases.officer_id = %s and {OF_UNITS}"
TO_SIGN = f"(cases.officer_id = %s or decision.case_id is not null) and {OF_UNITS}"
NAMED = """join eboi_case cases on cases.id = shown.id join eboi_mattertype matter on matter.id = cases.matter_id
join residents_person person on person.id = cases.person_id join accounts_user officer on officer.id = cases.officer_id"""
OPEN_TERM = "term.case_id = cases.id and term.closed_at is null"
OPEN_PAUSE = "pause.case_id = cases.id and pause.until is null"


class Due(NamedTuple):
    """A term with its case; every row carries how many are late, due on the day, and all of them."""

    pk: UUID
    mark: str
    matter: str
    last_name: str
    first_name: str
    officer: str
    due_on: date
    late: int
    today: int
    total: int


def due_of_officer(*, officer: int, day: date, until: date) -> list[Due]:
    """Terms up to and with `until` of the officer's own cases that do not stand still."""
    return [Due._make(row) for row in rows_of(DUE_OF_OFFICER, officer, officer, until, day, day)]


def due_of_units(*, officer: int, day: date, until: date) -> list[Due]:
    """As `due_of_officer`, for everybody of the clerk's units."""
    return [Due._make(row) for row in rows_of(DUE_OF_UNITS, officer, until, day, day)]


DUE = f"""
select cases.id, cases.mark, matter.name, person.last_name, person.first_name, officer.name, shown.due_on,
    shown.late, shown.today, shown.total
from (with due as materialized (
    select cases.id, cases.opened_at, term.due_on from eboi_case cases join eboi_deadline term on {OPEN_TERM}
    where {{whose}} and cases.status in {_listed(ACTIVE)} and term.due_on <= %s
    and not exists (select from eboi_pause pause where {OPEN_PAUSE})
) select *, (select count(*) from due where due_on < %s) as late, (select count(*) from due where due_on = %s) as today,
    (select count(*) from due) as total from due order by due_on, opened_at limit {DUE_SHOWN}) shown
{NAMED} order by shown.due_on, shown.opened_at
"""  # noqa: S608  literals of our own
DUE_OF_OFFICER, DUE_OF_UNITS = DUE.format(whose=OF_OFFICER), DUE.format(whose=OF_UNITS)


# Steps: who owes what


class Waiting(NamedTuple):
    """A case with its next step; every row carries how many wait for the same."""

    pk: UUID
    mark: str
    matter: str
    last_name: str
    first_name: str
    officer: str
    step: str
    call_due_on: date | None
    total: int


def steps_of_officer(*, officer: int, day: date) -> list[Waiting]:
    """The next step in each of the officer's own cases: the first few of a kind, with how many there are."""
    return [Waiting._make(row) for row in rows_of(STEPS_OF_OFFICER, day, officer, officer)]


def steps_of_units(*, officer: int, day: date) -> list[Waiting]:
    return [Waiting._make(row) for row in rows_of(STEPS_OF_UNITS, day, officer)]


def steps_of_signatory(*, officer: int, day: date) -> list[Waiting]:
    """As `steps_of_officer`, with every draft of the units that waits for a signature."""
    return [Waiting._make(row) for row in rows_of(STEPS_OF_SIGNATORY, day, officer, officer)]


# One step for each case: what the office owes goes before what others owe.
STEPS_SQL = f"""
select cases.id, cases.mark, matter.name, person.last_name, person.first_name, officer.name, shown.step, shown.due_on, shown.total
from (with waiting as materialized (
    select cases.id, cases.opened_at, call.due_on, case
        when exists (select from eboi_casemessage message where message.case_id = cases.id
                     and message.kind = '{CaseMessage.Kind.FROM_RESIDENT}' and message.read_at is null) then 'message'
        when cases.status = '{CaseStatus.NEW}' then 'new'
        when call.status = '{CallStatus.SERVED}' and call.due_on < %s then 'lapsed'
        when call.status = '{CallStatus.DRAFT}' then 'call'
        when cases.status = '{CaseStatus.IN_PROGRESS}' and decision.case_id is not null then 'sign'
        when cases.status = '{CaseStatus.DECIDED}' then 'serve'
        when call.status = '{CallStatus.SENT}' then 'call_proof'
        when cases.status = '{CaseStatus.WAITING_PARTY}' then 'party'
        when cases.status = '{CaseStatus.SUSPENDED}' then 'suspended'
    end as step
    from eboi_case cases
    left join eboi_defectcall call on call.case_id = cases.id and call.status in {_listed(OPEN_CALL)}
    left join eboi_decision decision on decision.case_id = cases.id and decision.status = '{DecisionStatus.DRAFT}'
    where {{whose}} and cases.status in {_listed(ON_THE_DESK)}
)
    select *, row_number() over (partition by step order by opened_at, id) as place, count(*) over (partition by step) as total
    from waiting where step is not null
) shown {NAMED} where shown.place <= {STEPS_SHOWN} order by shown.step, shown.place
"""  # noqa: S608  literals of our own
STEPS_OF_OFFICER, STEPS_OF_SIGNATORY = STEPS_SQL.format(whose=OF_OFFICER), STEPS_SQL.format(whose=TO_SIGN)
STEPS_OF_UNITS = STEPS_SQL.format(whose=OF_UNITS)


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


class Queued(NamedTuple):
    pk: UUID
    mark: str
    matter: str
    last_name: str
    first_name: str
    officer: str
    status: str
    due_on: date | None
    is_paused: bool
    total: int


def queue_of_officer(*, officer: int, after: int, most: int) -> list[Queued]:
    """Active cases of the officer by their last day, those whose term stands still at the end: at most so many `after` that place."""
    return [Queued._make(row) for row in _page_of(QUEUE_OF_OFFICER, after, most, officer, officer)]


def queue_of_units(*, officer: int, after: int, most: int) -> list[Queued]:
    return [Queued._make(row) for row in _page_of(QUEUE_OF_UNITS, after, most, officer)]


QUEUE = f"""
select cases.id, cases.mark, matter.name, person.last_name, person.first_name, officer.name, cases.status, shown.due_on, shown.is_paused,
    shown.total
from (with queue as materialized (
    select cases.id, cases.opened_at, term.due_on, pause.case_id is not null as is_paused from eboi_case cases
    left join eboi_deadline term on {OPEN_TERM} left join eboi_pause pause on {OPEN_PAUSE}
    where {{whose}} and cases.status in {_listed(ACTIVE)}
) select *, (select count(*) from queue) as total from queue order by is_paused, due_on, opened_at {{page}}) shown
{NAMED} order by shown.is_paused, shown.due_on, shown.opened_at
"""  # noqa: S608  literals of our own
QUEUE_OF_OFFICER = QUEUE.replace("{whose}", OF_OFFICER)
QUEUE_OF_UNITS = QUEUE.replace("{whose}", OF_UNITS)


def _page_of(sql, after, most, *values):
    """Places stand in the statement as literals: with unknown ones the server would plan it anew each time, for as long as it takes to run."""
    return rows_of(sql.replace("{page}", f"offset {after:d} limit {most:d}"), *values)


# The list of cases, as its filters ask


class Asked(NamedTuple):
    """What the filters of the list say, each "" where nothing was chosen. Keys are numbers by then."""

    state: str = ""
    due: str = ""
    whose: str = ""
    unit: str = ""
    matter: str = ""


class Listed(NamedTuple):
    pk: UUID
    mark: str
    last_name: str
    first_name: str
    officer: str
    status: str
    due_on: date | None
    is_paused: bool
    is_identity_confirmed: bool
    has_unread: bool
    total: int


ANY_STATE = "wszystkie"
IS_ACTIVE = f"cases.status in {_listed(ACTIVE)}"
LIST = f"""
select cases.id, cases.mark, person.last_name, person.first_name, coalesce(nullif(officer.name, ''), officer.email), cases.status,
    shown.due_on, shown.is_paused,
    exists (select from residents_identityconfirmation proof where proof.person_id = person.id and proof.revoked_at is null),
    exists (select from eboi_casemessage message where message.case_id = cases.id
            and message.kind = '{CaseMessage.Kind.FROM_RESIDENT}' and message.read_at is null),
    shown.total
from (with listed as materialized (
    select cases.id, cases.opened_at, term.due_on, pause.case_id is not null as is_paused from eboi_case cases
    left join eboi_deadline term on {OPEN_TERM} left join eboi_pause pause on {OPEN_PAUSE} where {{where}}
) select *, (select count(*) from listed) as total from listed order by is_paused, due_on, opened_at, id desc {{page}}) shown
{NAMED} order by shown.is_paused, shown.due_on, shown.opened_at, shown.id desc
"""  # noqa: S608  literals of our own


def listed(asked: Asked, *, officer: int, day: date, after: int, most: int) -> list[Listed]:
    """As CaseAdmin's queryset with these filters, by term (test_case_list compares them); every row carries how many there are."""
    where, values = [OF_UNITS], [officer]
    for condition, *needed in _conditions(asked, officer, day):
        where.append(condition)
        values += needed
    return [Listed._make(row) for row in _page_of(LIST.replace("{where}", " and ".join(where)), after, most, *values)]


def _conditions(asked, officer, day):
    if asked.state != ANY_STATE:
        yield ("cases.status = %s", asked.state) if asked.state else (IS_ACTIVE,)
    running = f"pause.case_id is null and {IS_ACTIVE}"
    if asked.due == "po":
        yield f"{running} and term.due_on < %s", day
    elif asked.due == "tydzien":
        yield f"{running} and term.due_on >= %s and term.due_on <= %s", day, day + WEEK
    elif asked.due == "stoi":
        yield ("pause.case_id is not null",)
    if asked.whose:
        yield ("cases.officer_id = %s" if asked.whose == "ja" else "cases.officer_id <> %s"), officer
    if asked.unit:
        yield "cases.unit_id = %s", int(asked.unit)
    if asked.matter:
        yield "cases.matter_id = %s", int(asked.matter)


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


def _standing(case) -> QuerySet[Pause]:
    return Pause.objects.filter(case=case, until__isnull=True).order_by()


def grouped(rows: Iterable[Any]) -> Iterator[tuple[Step, int, list[Any]]]:
    """The rows of `steps_of_…` by step, in the order in which a clerk thinks: (step, how many there are, the first of them)."""
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.step, []).append(row)
    for step in STEPS:
        if step.code in found:
            yield step, found[step.code][0].total, found[step.code]
