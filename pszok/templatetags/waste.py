"""Waste in words and pictures."""

from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html

from pszok import answers, quantities
from pszok.limits import UNITS

register = template.Library()
register.filter("code", answers.written)
register.filter("unit", lambda measure: UNITS[measure])
register.filter("hour", lambda at: f"{at.hour}:{at.minute:02}")


@register.simple_tag
def amount(*, of, measure):
    return quantities.amount_in_words(of, measure)


@register.simple_tag
def amounts(*, line):
    """Every measure that the line has: „340 kg”, „40 kg, 2 m³”."""
    told = [(getattr(line, measure), measure) for measure in ("kg", "litres", "pieces")]
    return ", ".join(quantities.amount_in_words(amount, measure) for amount, measure in told if amount)


@register.simple_tag
def waste_picture(*, name, size=64):
    """The picture of a fraction; nothing when nobody has drawn it yet. Its word always stands beside."""
    path = f"img/waste/{name}.svg"
    return format_html('<img src="{}" alt="" width="{}" height="{}">', static(path), size, size) if _is_drawn(path) else ""


@cache
def _is_drawn(path):
    return finders.find(path) is not None
