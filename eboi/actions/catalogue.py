"""A service card gives way to the next one on a day; the past stays as it was (house rule on dated data)."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from eboi.models import MatterTerms, MatterType
from office.transitions import Refused


@transaction.atomic
def next_card(card, *, valid_from, source, by, day) -> MatterTerms:
    """A copy of the card that holds from a later day on, to be changed until that day comes; the old one ends the day before.

    Refused for a day that is not after `day` (today), and when the matter already has a card from that day or later.
    """
    matter = MatterType.objects.select_for_update().get(pk=card.matter_id)
    card = MatterTerms.objects.get(pk=card.pk)
    if valid_from <= day:
        raise Refused(_("Nowa karta może obowiązywać najwcześniej od jutra. Dzisiejszą mieszkańcy już widzą."))
    if matter.terms.filter(valid_from__gte=valid_from).exists():
        raise Refused(_("Ta sprawa ma już kartę od tego dnia albo późniejszą. Popraw tamtą."))
    if card.valid_to is None or card.valid_to >= valid_from:
        MatterTerms.objects.filter(pk=card.pk).update(valid_to=valid_from - timedelta(days=1))
    fields = {field.name: getattr(card, field.name) for field in MatterTerms._meta.concrete_fields if not field.primary_key}
    return MatterTerms.objects.create(**{**fields, "valid_from": valid_from, "valid_to": None, "source": source})
