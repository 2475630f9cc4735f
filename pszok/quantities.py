"""Amounts in words: whole kilograms, litres and pieces (R55)."""

from django.utils.translation import gettext as _

from pszok.models import Measure
from ui.words import NBSP, plural


def amount_in_words(amount: int, measure: str) -> str:
    """„500 kg”, „6 m³” for 6000 litres, „8 sztuk”. Nothing is rounded: 6001 litres stay litres."""
    if measure == Measure.LITRES and amount and not amount % 1000:
        return f"{_grouped(amount // 1000)}{NBSP}m³"
    unit = {Measure.KG: "kg", Measure.LITRES: plural(amount, _("litr"), _("litry"), _("litrów"))}
    return f"{_grouped(amount)}{NBSP}{unit.get(Measure(measure)) or plural(amount, _('sztuka'), _('sztuki'), _('sztuk'))}"


def _grouped(number: int) -> str:
    """The thousands part from five digits on, as Polish print has it."""
    return f"{number:,}".replace(",", NBSP) if abs(number) >= 10_000 else str(number)
