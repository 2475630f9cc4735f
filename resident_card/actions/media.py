"""The card in the hand: a card on the phone, and blocking any of them. A number that ended never lives again (R29)."""

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import CLERK, RESIDENT, Refused, move
from resident_card import rules
from resident_card.models import CardMedium
from resident_card.numbers import new_number
from resident_card.statuses import MediumStatus
from ui.text import clean_text

APP = CardMedium.Kind.APP
TRIES = 20  # of 10^11 numbers: the second try is already a rarity


def make_app_card(person, *, moment) -> CardMedium:
    """The person's card on the phone: exactly one is active, asked twice it is the same one (R8).

    It works at once by its number; it signs nothing until a phone is tied to it. Blocked ones before it are replaced by it.
    """
    for _try in range(TRIES):
        if active := active_medium(person, APP):
            return active
        made = _made(person, moment)
        if made:
            return made
    raise Refused(_("Nie udało się nadać numeru karty. Spróbuj jeszcze raz."))


def active_medium(person, kind) -> CardMedium | None:
    return CardMedium.objects.filter(person=person, kind=kind, status=MediumStatus.ACTIVE).first()


def _made(person, moment) -> CardMedium | None:
    """None when the number is taken, or somebody made the card at the same time: the database says which by what is there next."""
    try:
        with transaction.atomic():
            made = CardMedium.objects.create(
                person=person, kind=APP, number=new_number(), status=MediumStatus.ACTIVE, made_at=moment, activated_at=moment
            )
            replace_blocked(made, moment=moment)
    except IntegrityError:
        return None
    return made


def replace_blocked(made, *, moment) -> None:
    """What the person had blocked of this kind is replaced by the new card: their list shows one card, not a graveyard."""
    blocked = CardMedium.objects.filter(person=made.person_id, kind=made.kind, status=MediumStatus.BLOCKED)
    for old in blocked:
        move(old, MediumStatus.REPLACED, by=None, moment=moment, note=made.number)


@transaction.atomic
def block(medium, *, by, moment, everything=False, reason="") -> list[CardMedium]:
    """Take the card out of use, from the next verification on anywhere (R29); with `everything` every active card of the person (R30).

    Refused when the card is not active: it has ended already, or was never given out. There is no way back, only a new card.
    """
    side = RESIDENT if rules.looks_after(by, medium.person, localdate(moment)) else CLERK
    active = CardMedium.objects.select_for_update().filter(person=medium.person_id, status=MediumStatus.ACTIVE)
    ended = [card for card in active.order_by("pk") if everything or card.pk == medium.pk]
    if medium.pk not in {card.pk for card in ended}:
        raise Refused(_("Ta karta nie jest już aktywna, więc nie ma czego blokować."))
    for card in ended:
        card.ended_at, card.end_reason = moment, clean_text(reason)[:200]
        move(card, MediumStatus.BLOCKED, by=by, side=side, moment=moment, along=("ended_at", "end_reason"))
    return ended
