"""Limits as a resident reads them, with what their dwelling has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from pszok.limits import Balance, limit_of
from pszok.models import LimitRule
from pszok.quantities import amount_in_words

Used = Mapping[tuple[int, int], tuple[int, int]]  # (used, allowed) by rule and first year of the period


@dataclass(frozen=True)
class LimitLine:
    """`balance`: of my dwelling; with nothing used and the whole limit left when it is not known whose."""

    rule: LimitRule
    balance: Balance
    is_mine: bool

    @property
    def most(self) -> str:
        return amount_in_words(self.rule.amount, self.rule.measure)

    @property
    def period(self) -> str:
        return self.balance.limit.period_words

    @property
    def is_used_up(self) -> bool:
        return self.is_mine and not self.balance.left

    @property
    def is_raised(self) -> bool:
        """A supervisor let something over the limit in, with a reason."""
        return self.balance.most > self.rule.amount

    @property
    def percent(self) -> int:
        """Of the limit used, for a bar; whole percents, never above a hundred."""
        return min(100 * self.balance.used // (self.balance.most or 1), 100)

    @property
    def used_in_words(self) -> str:
        return amount_in_words(self.balance.used, self.rule.measure)

    @property
    def left_in_words(self) -> str:
        return amount_in_words(self.balance.left, self.rule.measure)


def limit_lines(rules: Iterable[LimitRule], today: date, used: Used | None) -> list[LimitLine]:
    """`used`: by my dwelling; None for a visitor and for who has no dwelling here. A limit without a row has nothing used."""
    return [_line(rule, today, used) for rule in rules]


def _line(rule, today, used):
    limit = limit_of(rule, today)
    spent, allowed = (used or {}).get((limit.pk, limit.period), (0, limit.amount))
    return LimitLine(rule, Balance(limit, spent, allowed), is_mine=used is not None)


def lines_on(day: date, used: Used | None) -> list[LimitLine]:
    """Every limit in force on the day: one query."""
    return limit_lines(LimitRule.objects.valid_on(day).order_by("pk"), day, used)
