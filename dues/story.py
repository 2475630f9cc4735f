"""What a person owes and why, put together for a page: one line an instalment, with interest to the day and what the portal took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from dues.models import Change, Instalment, Liability, Posting, QuoteLine, with_postings
from dues.rules import Table
from office.compiled import compiled
from office.transitions import Refused
from payments.statuses import PaymentStatus
from ui.words import long_date, money


@dataclass(frozen=True)
class Line:
    """An instalment as it stands on a day. `interest_grosze` is None when the town has not set the rates for it."""

    instalment: Instalment
    left_grosze: int
    interest_grosze: int | None
    over_grosze: int
    pending_grosze: int
    is_late: bool
    payment: UUID | None

    @property
    def owed_grosze(self) -> int:
        return self.left_grosze + (self.interest_grosze or 0)

    @property
    def is_open(self) -> bool:
        return self.left_grosze > 0

    @property
    def may_be_chosen(self) -> bool:
        return self.is_open and self.interest_grosze is not None

    @property
    def title(self) -> str:
        liability = self.instalment.liability
        return _("%(kind)s %(period)s, rata %(number)s") % {
            "kind": liability.kind.name, "period": liability.period, "number": self.instalment.number,
        }  # fmt: skip

    @property
    def tone(self) -> str:
        return "urgent" if self.is_late and self.is_open else "warn" if self.is_open else "good"

    @property
    def state(self) -> str:
        if not self.is_open:
            return _("nadpłata") if self.over_grosze else _("zapłacona")
        return _("po terminie") if self.is_late else _("do zapłaty")


def line_of(instalment: Instalment, day: date, table: Table) -> Line:
    """The instalment must have been read `with_postings`."""
    standing = instalment.principal_grosze - instalment.paid_principal_grosze - instalment.pending_principal
    left, is_late = max(standing, 0), table.first_late_day(instalment.due_on) <= day
    return Line(
        instalment=instalment, left_grosze=left, over_grosze=max(-standing, 0), is_late=is_late,
        interest_grosze=_interest(instalment, left, day, table),
        pending_grosze=instalment.pending_principal + instalment.pending_interest,
        payment=getattr(instalment, "open_payment", None),
    )  # fmt: skip


def _interest(instalment, left, day, table):
    if not instalment.liability.kind.bears_interest:
        return 0
    try:
        return table.interest(left, instalment.due_on, day)
    except Refused:
        return None


def lines_of(person: UUID, day: date, table: Table) -> list[Line]:
    """Every instalment of the person's payers: open ones by their day, then the rest, the newest first."""
    lines = [line_of(one, day, table) for one in _mine(person=person)]
    return [one for one in lines if one.is_open] + [one for one in reversed(lines) if not one.is_open]


def with_open_payment(instalments: QuerySet[Instalment]) -> QuerySet[Instalment]:
    """Each row knows `open_payment`, the id of a payment that waits for money for it, or None."""
    waiting = QuoteLine.objects.filter(instalment=OuterRef("pk"), quote__payment__status=PaymentStatus.DUE).order_by(
        "-quote__day", "-pk"
    )
    return instalments.annotate(open_payment=Subquery(waiting.values("quote__payment")[:1]))


@compiled
def _mine(*, person: UUID) -> QuerySet[Instalment]:
    mine = Instalment.objects.filter(liability__payer__links__person=person, liability__payer__links__ended_at=None)
    read = with_open_payment(with_postings(mine)).select_related("liability__kind", "liability__payer")
    return read.order_by("due_on", F("liability__kind__order"), "pk")


@dataclass(frozen=True)
class Group:
    """One kind of due with its lines."""

    name: str
    open: Sequence[Line]
    settled: Sequence[Line]

    @property
    def owed_grosze(self) -> int:
        return sum(one.owed_grosze for one in self.open)


def groups_of(lines: Iterable[Line]) -> list[Group]:
    kinds: dict[tuple[int, str], list[Line]] = {}
    for one in lines:
        kind = one.instalment.liability.kind
        kinds.setdefault((kind.order, kind.name), []).append(one)
    return [
        Group(name, [one for one in here if one.is_open], [one for one in here if not one.is_open])
        for (_order, name), here in sorted(kinds.items(), key=lambda pair: pair[0])
    ]


def sum_in_words(grosze: int) -> str:
    return money(Decimal(grosze) / 100)


# One liability


@dataclass(frozen=True)
class ToldChange:
    """One thing that the tax system changed, for people to read."""

    at: datetime
    what: str
    before: str
    after: str


NAMES = {
    "kind": _lazy("rodzaj"), "period": _lazy("okres"), "subject": _lazy("przedmiot"), "decision": _lazy("decyzja"),
    "basis": _lazy("podstawa obliczenia"), "due_on": _lazy("termin"), "principal": _lazy("kwota"),
    "paid_principal": _lazy("wpłacono"), "paid_interest": _lazy("wpłacono na odsetki"),
}  # fmt: skip
MONEY = ("principal", "paid_principal", "paid_interest")


def lines_of_liability(account: int, liability: UUID, day: date, table: Table) -> list[Line]:
    """The instalments of one liability, in their order; nothing unless a payer of this account owes it (L42)."""
    return [line_of(one, day, table) for one in _of_liability(account=account, liability=liability)]


@compiled
def _of_liability(*, account: int, liability: UUID) -> QuerySet[Instalment]:
    mine = {"liability__payer__links__person__account": account, "liability__payer__links__ended_at": None}
    read = with_open_payment(with_postings(Instalment.objects.filter(liability=liability, **mine)))
    return read.select_related("liability__kind", "liability__payer").order_by("number")


def told_changes(liability: Liability) -> list[ToldChange]:
    """What imports changed of it, the newest first."""
    return [
        ToldChange(one.at, _named(name, one.instalment), _shown(name, one.before[name]), _shown(name, one.after[name]))
        for one in _changes(liability=liability.pk)
        for name in NAMES
        if one.before.get(name) != one.after.get(name)
    ]


def _named(name: str, instalment: int | None) -> str:
    return (
        str(NAMES[name]) if instalment is None else _("rata %(number)s, %(what)s") % {"number": instalment, "what": NAMES[name]}
    )


def _shown(name: str, value: Any) -> str:
    if name in MONEY:
        return sum_in_words(value)
    if name == "basis":
        return _("%(count)s poz., razem %(sum)s") % {
            "count": len(value),
            "sum": sum_in_words(sum(one["grosze"] for one in value)),
        }
    return long_date(date.fromisoformat(value)) if name == "due_on" else value or "-"


@compiled
def _changes(*, liability: UUID) -> QuerySet[Change]:
    return Change.objects.filter(liability=liability)


def postings_of(liability: Liability) -> list[Posting]:
    """What the portal took for it, the newest first."""
    return list(_postings(liability=liability.pk))


@compiled
def _postings(*, liability: UUID) -> QuerySet[Posting]:
    return (
        Posting.objects.filter(instalment__liability=liability)
        .select_related("entry__payment", "instalment")
        .order_by("-posted_at")
    )
