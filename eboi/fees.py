"""The waste fee: rate times people, in integer grosze, with the rate's date and source beside it so that it can be frozen."""

from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from eboi.models import WasteRate
from office.compiled import compiled
from schemas.computed import CannotCompute, Computed, Context, register
from schemas.definition import Answers
from ui.words import counted, long_date, money

EVENT_DAYS = ("first-day", "change-day", "correction-day")


@register("waste_fee")
def waste_fee(answers: Answers, context: Context) -> Computed:
    """A month's fee for the people who live there, less the relief for composting bio-waste at home.

    The rate is the one in force on the day of filing, or on the day the change takes effect when that lies ahead. Raises
    CannotCompute while the number of people is missing or no rate is entered for the day.
    """
    people = answers.get("residents-count")
    if not isinstance(people, int) or people < 1:
        raise CannotCompute(_("Opłatę wyliczymy, gdy podasz, ile osób mieszka w domu."))
    rate = _rate_on(_day(answers, context.day))
    relief = rate.compost_relief_grosze if answers.get("composting") == "yes" else 0
    amount = people * max(rate.grosze - relief, 0)
    return Computed(value=_frozen(rate, people, relief, amount), text=_("%(sum)s miesięcznie") % {"sum": zlotys(amount)},
                    basis=_basis(rate, people, relief))  # fmt: skip


def zlotys(grosze: int) -> str:
    return money(Decimal(grosze) / 100)


def _day(answers: Answers, filed_on: date) -> date:
    named = [date.fromisoformat(answers[name]) for name in EVENT_DAYS if answers.get(name)]
    return max([filed_on, *named])


@compiled
def _rates(*, day: date) -> QuerySet[WasteRate]:
    return WasteRate.objects.valid_on(day).filter(method=WasteRate.Method.PERSON).order_by("-valid_from")[:1]


def _rate_on(day: date) -> WasteRate:
    rate = next(_rates(day=day), None)
    if rate is None:
        raise CannotCompute(_("Urząd nie ma jeszcze wpisanej stawki na %(day)s Zapytaj w urzędzie.") % {"day": long_date(day)})
    return rate


def _frozen(rate, people, relief, amount):
    return {
        "grosze": amount,
        "people": people,
        "rate_grosze": rate.grosze,
        "relief_grosze": relief,
        "rate_valid_from": rate.valid_from.isoformat(),
        "source": rate.source,
        "needs_confirmation": rate.needs_confirmation,
        "is_sample": rate.is_sample,
    }


def _basis(rate, people, relief):
    words = {"people": counted(people, "osoba", "osoby", "osób"), "each": zlotys(max(rate.grosze - relief, 0))}
    text = _("%(people)s po %(each)s") % words
    if relief:
        text += _(" (stawka %(rate)s, ulga za kompostownik %(relief)s)") % {"rate": zlotys(rate.grosze), "relief": zlotys(relief)}
    text += _("; stawka obowiązuje od %(since)s") % {"since": long_date(rate.valid_from)}
    return text + (_(" To stawka przykładowa, nie z uchwały.") if rate.is_sample else "")
