"""Limits as a resident reads them, with what their dwelling has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F

from pszok.models import LimitRule
from pszok.quantities import amount_in_words

Balances = Mapping[tuple[int, int], tuple[int, int]]  # (used, allowed) by rule and first year of the period


@dataclass(frozen=True)
class LimitLine:
    """A limit of the fraction, and what my dwelling has left of it when that is known."""

    name: str
    most: str
    source: str
    needs_confirmation: bool
    measure: str
    amount: int
    period: int
    used: int | None = None
    allowed: int | None = None  # the limit, and what a supervisor let over it

    @property
    def left(self) -> int:
        return max((self.allowed or self.amount) - (self.used or 0), 0)

    @property
    def percent(self) -> int:
        """Of the limit used, for a bar; whole percents, never above a hundred."""
        return min(100 * (self.used or 0) // (self.allowed or self.amount or 1), 100)

    @property
    def used_in_words(self) -> str:
        return amount_in_words(self.used or 0, self.measure)

    @property
    def left_in_words(self) -> str:
        return amount_in_words(self.left, self.measure)


def limit_lines(rows: Iterable[dict], today: date, balances: Balances | None) -> list[LimitLine]:
    """`balances`: what my dwelling used; None for a visitor and for who has no dwelling here. No row yet: nothing used."""
    return [_line(row, today, balances) for row in rows]


def _line(row, today, balances):
    period = today.year - (today.year - int(str(row["since"])[:4])) % row["years"]
    used, allowed = (None, None) if balances is None else balances.get((row["pk"], period), (0, row["amount"]))
    most = amount_in_words(row["amount"], row["measure"])
    return LimitLine(
        row["name"], most, row["source"], row["needs_confirmation"], row["measure"], row["amount"], period, used, allowed
    )


def lines_on(day: date, balances: Balances | None) -> list[LimitLine]:
    """Every limit in force on the day: one query."""
    told = ("pk", "name", "measure", "amount", "source", "needs_confirmation")
    rows = LimitRule.objects.valid_on(day).order_by("pk").values(*told, years=F("period_years"), since=F("valid_from"))
    return limit_lines(rows, day, balances)
