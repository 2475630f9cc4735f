"""What the Ordynacja podatkowa says of interest and of posting a payment, as pure functions over grosze and days; and who may see.

A part payment goes to principal and interest in the proportion in which both stand on its day (art. 55 § 2). What interest is left is
then exactly that of the principal left, counted from the same first day: so what is owed needs no history, only the principal left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Func, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from dues.models import InterestRate, InterestTerms
from office.compiled import compiled
from office.transitions import Refused
from office.working_days import Calendar

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    since: date
    until: date | None  # inclusive
    percent: Decimal


@dataclass(frozen=True)
class Terms:
    least_grosze: int  # interest up to and with this is not charged (art. 54 § 1)
    rounding_grosze: int  # art. 63 § 1
    year_days: int
    term_moves: bool


@dataclass(frozen=True)
class Table:
    """Everything that interest is counted from, read once for a page or a sweep."""

    rates: Sequence[Rate]
    terms: Terms | None
    calendar: Calendar
    needs_confirmation: bool = False

    @classmethod
    def on(cls, day: date) -> "Table":
        """As it stands for interest up to this day."""
        terms = next(_in_force(day=day), None)
        told = terms.rates if terms else []
        return cls(
            rates=[_rate(*row[:3]) for row in told],
            terms=terms and terms_of(terms),
            calendar=Calendar.of_office(),
            needs_confirmation=terms is not None and (terms.needs_confirmation or any(row[3] == "true" for row in told)),
        )

    def first_late_day(self, due_on: date) -> date:
        """The day after the last day to pay; a term that ends on a day off ends on the next working day (art. 12 § 5)."""
        moves = self.terms is not None and self.terms.term_moves
        return (self.calendar.working_day_from(due_on) if moves else due_on) + DAY

    def interest(self, principal_grosze: int, due_on: date, day: date) -> int:
        """Interest on this principal up to and with `day`. Refused while a rate for one of the days is missing."""
        return interest(principal_grosze, self.first_late_day(due_on), day, self.rates, self.terms)


@compiled
def _in_force(*, day: date) -> QuerySet:
    """The terms of the day with all rates that have begun, in one query: every page of dues needs both."""
    begun = InterestRate.objects.filter(valid_from__lte=day).order_by("valid_from", "pk")
    cells = [Cast(name, TextField()) for name in ("valid_from", "valid_to", "percent", "needs_confirmation")]
    rows = begun.values(
        told=Func(*cells, function="ARRAY", template="%(function)s[%(expressions)s]", output_field=ArrayField(TextField()))
    )
    return InterestTerms.objects.valid_on(day).annotate(rates=ArraySubquery(rows)).order_by("-valid_from", "-pk")[:1]


def _rate(since: str, until: str | None, percent: str) -> Rate:
    return Rate(date.fromisoformat(since), date.fromisoformat(until) if until else None, Decimal(percent))


def terms_of(row: InterestTerms) -> Terms:
    return Terms(row.letter_grosze * row.letters, row.rounding_grosze, row.year_days, row.term_moves)


def interest(principal_grosze: int, since: date, until: date, rates: Sequence[Rate], terms: Terms | None) -> int:
    """Grosze of interest for the days from `since` to `until`, both counted.

    The sum of principal x days x rate / (100 x days of a year) is kept exact; only the whole is compared with what is too little to be
    charged (art. 54) and rounded to full złote, half up (art. 63). `rates` stand by their first day; of two in force the later counts.
    Refused when a day has no rate.
    """
    if principal_grosze <= 0 or since > until:
        return 0
    if terms is None:
        raise Refused(_("Nie ustawiono zasad liczenia odsetek na ten dzień. Zapytaj w urzędzie, ile wynoszą."))
    hundredths = sum(days * int(percent * 100) for days, percent in _stretches(since, until, rates))
    above, below = principal_grosze * hundredths, 100 * 100 * terms.year_days
    if above <= terms.least_grosze * below:
        return 0
    step = below * terms.rounding_grosze
    return (2 * above + step) // (2 * step) * terms.rounding_grosze


def _stretches(since: date, until: date, rates: Sequence[Rate]) -> Iterable[tuple[int, Decimal]]:
    """Days and their rate, from the last stretch back: a later row covers what stood before it."""
    last = until
    for place in range(len(rates) - 1, -1, -1):
        rate = rates[place]
        if rate.since > last:
            continue
        if rate.until is not None and rate.until < last:
            yield from _stretches(max(since, rate.until + DAY), last, rates[:place])  # a hole that an earlier row may fill
            last = rate.until
            if last < since:
                return
        first = max(since, rate.since)
        yield (last - first).days + 1, rate.percent
        if first == since:
            return
        last = first - DAY
    raise Refused(_("Brakuje stawki odsetek na część tego okresu. Zapytaj w urzędzie, ile wynoszą."))


# Posting


@dataclass(frozen=True)
class Owed:
    """One due as it stands on the day of a payment."""

    key: int
    due_on: date
    principal_grosze: int
    interest_grosze: int


@dataclass(frozen=True)
class Part:
    key: int
    principal_grosze: int
    interest_grosze: int


def posted(amount_grosze: int, dues: Iterable[Owed]) -> tuple[list[Part], int]:
    """How a payment is posted, and what is left over as an overpayment.

    The earliest term first (art. 62 § 1); `dues` are those that the payer indicated. A due that is not covered whole takes its part
    on principal and interest in the proportion in which they stand (art. 55 § 2), the odd grosz on the principal.
    """
    parts, left = [], amount_grosze
    for due in sorted(dues, key=lambda one: (one.due_on, one.key)):
        whole = due.principal_grosze + due.interest_grosze
        taken = min(left, whole)
        if taken <= 0:
            continue
        on_interest = taken * due.interest_grosze // whole
        parts.append(Part(due.key, taken - on_interest, on_interest))
        left -= taken
    return parts, left
