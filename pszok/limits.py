"""Limits of a dwelling: which hold on a day, what is used of them, what is left (R56-R61). Balances are written by `actions.visits` alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from office.compiled import rows_of
from pszok.models import Fraction, LimitRule, Measure, QuotaBalance, WasteCode
from pszok.rules import period_in_words, period_of
from residents.models import Dwelling

UNITS: dict[str, str] = {Measure.KG: "kg", Measure.LITRES: "l", Measure.PIECES: "szt."}


@dataclass(frozen=True)
class Limit:
    """A limit as it holds on a day."""

    pk: int
    name: str
    measure: str
    amount: int
    period: int
    period_words: str
    surplus_grosze: int | None = None  # a unit above the limit; None: nothing above it is taken (R60)

    @property
    def unit(self) -> str:
        return UNITS[self.measure]


@dataclass(frozen=True)
class Balance:
    """What a dwelling has used of a limit. `most` is the limit and what a supervisor let over it."""

    limit: Limit
    used: int
    most: int

    @property
    def left(self) -> int:
        return max(self.most - self.used, 0)


def limit_of(rule: LimitRule, day: date) -> Limit:
    return Limit(
        rule.pk, rule.name, rule.measure, rule.amount, period_of(rule, day), period_in_words(rule, day), rule.surplus_grosze
    )


def of_fraction(fraction, day: date) -> list[Limit]:
    """Every limit that a line of the fraction must pass, the group's with the rest (R56)."""
    return [limit_of(rule, day) for rule in LimitRule.objects.valid_on(day).filter(fractions=fraction).order_by("pk")]


def balances_of(dwelling: Dwelling, day: date, fraction=None) -> list[Balance]:
    """What is left of each limit of the day, without locks: to show. Limits nobody has used yet stand with nothing used."""
    rules = LimitRule.objects.valid_on(day).order_by("pk")
    limits = [limit_of(rule, day) for rule in (rules.filter(fractions=fraction) if fraction else rules)]
    known = {(row.rule_id, row.period): row for row in QuotaBalance.objects.filter(dwelling=dwelling)} if limits else {}
    return [_balance(limit, known.get((limit.pk, limit.period))) for limit in limits]


def _balance(limit, row):
    return Balance(limit, row.used, row.most) if row else Balance(limit, 0, limit.amount)


CODES_AND_LIMITS = """
select code.id, code.is_hazardous, fraction.id, fraction.is_accepted, fraction.refused_because,
  rule.id, rule.name, rule.measure, rule.amount, rule.period_years, rule.valid_from, rule.surplus_grosze
from pszok_wastecode as code
join pszok_fraction as fraction on fraction.id = code.fraction_id
left join (pszok_limitrule_fractions as named join pszok_limitrule as rule on rule.id = named.limitrule_id)
  on named.fraction_id = fraction.id and rule.valid_from <= %s::date and coalesce(rule.valid_to, 'infinity') >= %s::date
where code.id = any(%s::bigint[]) and code.valid_from <= %s::date and coalesce(code.valid_to, 'infinity') >= %s::date
order by rule.id"""
OF_CODE, OF_FRACTION = ("id", "is_hazardous"), ("id", "is_accepted", "refused_because")
OF_LIMIT = ("id", "name", "measure", "amount", "period_years", "valid_from", "surplus_grosze")


def codes_and_limits(codes: Iterable[int], day: date) -> tuple[dict[int, WasteCode], dict[int, list[Limit]]]:
    """The codes that hold on the day, by key, and the limits of their fractions, by fraction. Cars wait, so it is one statement, ours.

    Of a code and its fraction only what a line is checked by is known.
    """
    limits: dict[int, dict[int, Limit]] = {}
    by_key: dict[int, WasteCode] = {}
    for row in rows_of(CODES_AND_LIMITS, day, day, list(set(codes)), day, day):
        if row[0] not in by_key:
            fraction = Fraction(**dict(zip(OF_FRACTION, row[2:5], strict=True)))
            by_key[row[0]] = WasteCode(fraction=fraction, **dict(zip(OF_CODE, row[:2], strict=True)))
        some = limits.setdefault(row[2], {})
        if row[5] is not None and row[5] not in some:
            some[row[5]] = limit_of(LimitRule(**dict(zip(OF_LIMIT, row[5:], strict=True))), day)
    return by_key, {fraction: list(some.values()) for fraction, some in limits.items()}


def unlocked(dwelling: int | None, limits: Sequence[Limit]) -> dict[int, QuotaBalance]:
    """The balances as they are, to show; by the limit's key. One that nobody has used yet is not made."""
    known = {
        (row.rule_id, row.period): row
        for row in QuotaBalance.objects.filter(dwelling=dwelling, rule__in={one.pk for one in limits})
    }
    return {one.pk: known.get((one.pk, one.period)) or QuotaBalance(rule_id=one.pk, most=one.amount, used=0) for one in limits}


GET_OR_INSERT_LOCKED = """
insert into pszok_quotabalance as balance (rule_id, dwelling_id, period, most, used) values {rows}
on conflict (rule_id, dwelling_id, period) do update set most = balance.most
returning id, rule_id, used, most"""


def locked(dwelling: int | None, limits: Sequence[Limit]) -> dict[int, QuotaBalance]:
    """The balances of the dwelling (its key), made when missing, ours until commit; by the limit's key.

    In one statement and in the order of the limits' keys, so that of two closes that need the same rows one waits and neither blocks the
    other for good (R68).
    """
    if not limits:
        return {}
    ordered = sorted(limits, key=lambda limit: limit.pk)
    rows = [(limit.pk, dwelling, limit.period, limit.amount, 0) for limit in ordered]
    with connection.cursor() as cursor:
        cursor.execute(
            GET_OR_INSERT_LOCKED.format(rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))),
            [value for row in rows for value in row],
        )
        found = cursor.fetchall()
    periods, home = {limit.pk: limit.period for limit in ordered}, {"dwelling_id": dwelling}
    return {
        rule: QuotaBalance(pk=pk, rule_id=rule, period=periods[rule], used=used, most=most, **home)
        for pk, rule, used, most in found
    }
