from django import template

from resident_card.numbers import in_fours

register = template.Library()


@register.filter
def card_number(number):
    """Twelve digits in fours, as on the card."""
    return in_fours(number)
