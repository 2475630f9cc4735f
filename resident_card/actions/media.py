"""The card in the hand: a card on the phone, and blocking any of them. A number that ended never lives again (R29)."""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import CLERK, RESIDENT, Refused, move
from resident_card import rules
from resident_card.actions.care import note_act
from resident_card.models import CardMedium
from resident_card.numbers import new_number
from resident_card.statuses import MediumStatus
from residents.models import Person
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


@transaction.atomic
def make_new_card(person, *, by, moment) -> CardMedium:
    """A card on the phone again after the person blocked theirs (R29): a new number. Refused to who never had a card: that needs an application."""
    stand_in_line(person)
    if not CardMedium.objects.filter(person=person, kind=APP).exists():
        raise Refused(_("Ta osoba nie ma jeszcze Karty mieszkańca. Najpierw złóż wniosek."))
    return make_app_card(person, moment=moment)


@transaction.atomic
def tie_phone(person, *, public_key, device="", by, moment) -> CardMedium:
    """Tie the phone that holds the private half of `public_key` (SubjectPublicKeyInfo, P-256) to the person's card on the phone.

    The first phone keeps the number. Another one gets a new card with a new number, and the card of the old phone is replaced in the same
    moment. The same key sent again changes nothing. Refused: a key that is none, no active card.
    """
    key = checked_key(public_key)
    stand_in_line(person)
    medium = active_medium(person, APP)
    if medium is None:
        raise Refused(_("Nie ma aktywnej karty, z którą można powiązać telefon."))
    if medium.public_key and bytes(medium.public_key) == key:
        return medium
    if medium.public_key:
        end_replaced(medium, _("nowy telefon"), moment=moment)
        medium = make_app_card(person, moment=moment)
    medium.public_key, medium.device = key, clean_text(device)[:80]
    medium.save(update_fields=["public_key", "device"])
    return medium


def checked_key(content: bytes) -> bytes:
    """The key in its one canonical form. Refused unless it is a point of P-256: nothing else could be verified later."""
    try:
        key = load_der_public_key(content)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refused(_("Telefon przysłał niewłaściwy klucz. Odśwież stronę i spróbuj jeszcze raz."))
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def stand_in_line(person) -> None:
    """One change of a person's cards and packages at a time, until commit; each then sees what the other did."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)


def end_replaced(medium, reason, *, moment) -> None:
    """A newer card takes the place of this one."""
    medium.ended_at, medium.end_reason = moment, reason
    move(medium, MediumStatus.REPLACED, by=None, moment=moment, along=("ended_at", "end_reason"))


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

    Refused when the card is not active: it has ended already, or was never given out. There is no way back, only a new card. An adult
    whose card was blocked by who administers the family account reads that (R16).
    """
    is_residents = rules.may_be_blocked_by(by, localdate(moment)).filter(pk=medium.person_id).exists()
    side = RESIDENT if is_residents else CLERK
    active = CardMedium.objects.select_for_update().filter(person=medium.person_id, status=MediumStatus.ACTIVE)
    ended = [card for card in active.order_by("pk") if everything or card.pk == medium.pk]
    if medium.pk not in {card.pk for card in ended}:
        raise Refused(_("Ta karta nie jest już aktywna, więc nie ma czego blokować."))
    for card in ended:
        card.ended_at, card.end_reason = moment, clean_text(reason)[:200]
        move(card, MediumStatus.BLOCKED, by=by, side=side, moment=moment, along=("ended_at", "end_reason"))
    if is_residents and (actor := Person.objects.of(by).first()):
        note_act(actor, medium.person, _("zablokowana karta"), moment)
    return ended
