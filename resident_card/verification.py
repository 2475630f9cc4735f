"""Is this card good right now? The one answer for gates, partners and inspectors (R29, R42, R43, R70, R71).

What a package gives is asked apart (`rules.packages_of`): a good card with no package is still somebody's card.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.compiled import compiled
from office.transitions import Refused
from resident_card import codes
from resident_card.models import CardMedium
from resident_card.statuses import MediumStatus

LIFE = timedelta(seconds=60)  # R70
CLOCKS_DIFFER = timedelta(seconds=30)  # a phone that runs ahead; one that is late spends its code's own life


class Why(TextChoices):
    """Why a card is refused: each has its words for staff, and none of them names a person (R43)."""

    UNKNOWN = "unknown", _("Nie ma takiej karty. Sprawdź numer.")
    NOT_YET = "not_yet", _("Ta karta nie jest jeszcze wydana.")
    BLOCKED = "blocked", _("Ta karta jest zablokowana.")
    REPLACED = "replaced", _("Ta karta została zastąpiona nową.")
    ALTERED = "altered", _("Kod jest przerobiony albo pochodzi z innego telefonu. Poproś o numer karty i dokument.")
    STALE = "stale", _("Kod jest nieaktualny. Poproś, aby mieszkaniec otworzył kartę i pokazał nowy kod.")
    AHEAD = "ahead", _("Zegar telefonu się spieszy. Poproś o numer karty.")
    SEEN = "seen", _("Ten kod był już użyty. Poproś, aby mieszkaniec poczekał na nowy i pokazał go jeszcze raz.")


class CardRefused(Refused):
    """The card is not good; `why` says how."""

    def __init__(self, why: Why):
        super().__init__(str(why.label))
        self.why = why


@dataclass(frozen=True)
class Verified:
    """A card that is good now. `by_phone`: the phone itself signed; a typed number only names a card, so the face must be compared (R71)."""

    medium: CardMedium
    by_phone: bool


ENDED = {
    MediumStatus.BLOCKED: Why.BLOCKED, MediumStatus.REPLACED: Why.REPLACED, MediumStatus.CANCELLED: Why.UNKNOWN,
}  # fmt: skip


def verify(text: str, *, moment: datetime) -> Verified:
    """What was scanned or typed, against the cards as they are now. A phone's code is spent by this, before anything is shown.

    Refused (Refused) when it is no card of ours at all, and (CardRefused) when it is one that is not good. Of two gates that read one code at
    the same time, one is refused as SEEN, whatever the gate does next.
    """
    shown = codes.read(text)
    medium = next(_with_number(number=shown.number), None)
    if medium is None:
        raise CardRefused(Why.UNKNOWN)
    if shown.code:
        _believe(shown.code, medium, moment)
    guard_active(medium)
    return Verified(medium=medium, by_phone=shown.code is not None)


@compiled
def _with_number(*, number: str):
    return CardMedium.objects.select_related("person").filter(number=number)


def guard_active(medium: CardMedium) -> None:
    """Refused unless the card is active in the row that the caller read just now (R29, R72)."""
    if medium.status != MediumStatus.ACTIVE:
        raise CardRefused(ENDED.get(MediumStatus(medium.status), Why.NOT_YET))


def _believe(code: codes.Code, medium: CardMedium, moment: datetime) -> None:
    """Signature first: a stranger's scribble is told nothing of clocks and spends no nonce."""
    if medium.public_key is None or not code.is_signed_by(medium.public_key):
        raise CardRefused(Why.ALTERED)
    if code.at > moment + CLOCKS_DIFFER:
        raise CardRefused(Why.AHEAD)
    if moment - code.at > LIFE:
        raise CardRefused(Why.STALE)
    if not _spend(code.nonce, medium, moment):
        raise CardRefused(Why.SEEN)


def _spend(nonce: str, medium: CardMedium, moment: datetime) -> bool:
    """The unique key decides between two gates; the slower waits for the quicker one's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into resident_card_seencode (nonce, medium_id, seen_at) values (%s, %s, %s) on conflict do nothing",
            [nonce, medium.pk, moment],
        )
        return cursor.rowcount == 1
