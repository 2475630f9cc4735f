"""What the point tells „Co u mnie” and the roof's search: what the dwelling has left of the limits it has begun to use,
and what somebody owes for a surplus."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from payments.models import zlotys
from payments.statuses import PaymentStatus
from pszok.dwellings import is_minor
from pszok.models import LimitRule, PaidSurplus, QuotaBalance
from pszok.quantities import amount_in_words
from pszok.rules import period_of
from pszok.search import search_entries
from residents.models import Dwelling, HouseholdMember
from ui.agenda import AgendaItem, Beside, Kind

__all__ = ["beside", "search_entries"]


def _columns(*, day: date) -> dict[str, Any]:
    """What is used of the limits in force, in the home of the day, with the day and the name that tell its period."""
    homes = HouseholdMember.objects.on(day).filter(person=OuterRef(OuterRef("pk")), household__dwelling__use=Dwelling.Use.HOME)
    holding = Q(rule__valid_from__lte=day) & (Q(rule__valid_to=None) | Q(rule__valid_to__gte=day))
    used = QuotaBalance.objects.filter(holding, used__gt=0, dwelling__in=homes.values("household__dwelling"))
    parts = {name: f"rule__{name}" for name in ("name", "measure", "valid_from", "period_years")}
    told = JSONObject(period="period", used="used", most="most", **parts)
    due = PaidSurplus.objects.filter(payment__payer=OuterRef("pk"), payment__status=PaymentStatus.DUE).order_by(
        "payment__asked_at"
    )
    owed = due.values(told=JSONObject(payment="payment", mark="payment__mark", grosze="payment__amount_grosze"))
    return {"balances": ArraySubquery(used.order_by("rule").values(told=told)), "owed": ArraySubquery(owed)}


def _values(user, moment: datetime) -> dict[str, Any]:
    return {"day": localdate(moment)}


def _rows(person, told: Mapping[str, Any], moment: datetime) -> Iterator[AgendaItem]:
    """What the person has to pay for a surplus (R60), and one row of balances; none while nothing was brought in the period, nor for a minor (3.4): a whole limit waits for nobody."""
    yield from map(_owed, told["owed"])
    day = localdate(moment)
    rules = [(_rule(one), one) for one in told["balances"]]
    current = [(rule, one) for rule, one in rules if period_of(rule, day) == one["period"]]
    if current and not is_minor(person.born_on, day):
        title, text = _("GPSZOK: ile zostało z limitów"), "; ".join(_left(rule, one) for rule, one in current)
        last = min(date(one["period"] + rule.period_years - 1, 12, 31) for rule, one in current)
        yield AgendaItem(kind=Kind.DUE, title=title, text=text, url=reverse("pszok:mine"), due_on=last)


def _owed(told) -> AgendaItem:
    title, url = _("Zapłać za odpady ponad limit"), reverse("payments:payment", args=[told["payment"]])
    text = _("%(sum)s, płatność %(mark)s") % {"sum": zlotys(told["grosze"]), "mark": told["mark"]}
    return AgendaItem(kind=Kind.WAITING, title=title, text=text, url=url, tone="warn")


def _rule(told) -> LimitRule:
    since = date.fromisoformat(told["valid_from"])
    return LimitRule(name=told["name"], measure=told["measure"], valid_from=since, period_years=told["period_years"])


def _left(rule: LimitRule, told) -> str:
    return f"{rule.name}: {amount_in_words(max(told['most'] - told['used'], 0), rule.measure)}"


beside = Beside(columns=_columns, values=_values, rows=_rows)
