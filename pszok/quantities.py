"""Amounts in words: whole kilograms, litres and pieces (R55)."""

from django.utils.translation import gettext as _

from pszok.models import Measure
from ui.words import MINUS, NBSP, plural


def amount_in_words(amount: int, measure: str) -> str:
    """„500 kg”, „6 m³” for 6000 litres and „4,5 m³” for 4500, „8 sztuk”. Nothing is rounded: 6001 litres stay litres."""
    if measure == Measure.LITRES and abs(amount) >= 1000 and not amount % 100:
        return f"{_sign(amount)}{_cubic_metres(abs(amount))}{NBSP}m³"
    unit = {Measure.KG: "kg", Measure.LITRES: plural(amount, _("litr"), _("litry"), _("litrów"))}
    return f"{_grouped(amount)}{NBSP}{unit.get(Measure(measure)) or plural(amount, _('sztuka'), _('sztuki'), _('sztuk'))}"


def _grouped(number: int) -> str:
    """The thousands part from five digits on, as Polish print has it."""
    whole = abs(number)
    return _sign(number) + (f"{whole:,}".replace(",", NBSP) if whole >= 10_000 else str(whole))


def _sign(number: int) -> str:
    return MINUS if number < 0 else ""


def _cubic_metres(litres: int) -> str:
    """Of whole hundreds of litres: one place after the comma, when there is any."""
    whole, tenths = divmod(litres // 100, 10)
    return f"{_grouped(whole)},{tenths}" if tenths else _grouped(whole)
