"""Plastic cards: asked for, paid for when it is a duplicate, printed in batches, collected. Nobody needs one (R28, R31-R33)."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.numbering import next_number
from office.transitions import CLERK, RESIDENT, Refused, move
from payments import actions as till
from payments import rules as till_rules
from payments.statuses import PaymentStatus
from resident_card import card_mails, rules
from resident_card.actions import media
from resident_card.face import accepted_photo
from resident_card.models import CardMedium, Photo, PlasticOrder, PrintBatch
from resident_card.numbers import new_number
from resident_card.statuses import MediumStatus, PhotoStatus
from ui.text import clean_text

PLASTIC = CardMedium.Kind.PLASTIC
PURPOSE = "card-duplicate"
SERIES = "karta-partia"
Reason = PlasticOrder.Reason
PAID_REASONS = (Reason.LOST, Reason.DESTROYED)
DESK_REASONS = (Reason.FAULTY, Reason.NEW_NAME)  # free of charge, so a clerk sees the card or the document first (R31)
OPEN = (MediumStatus.UNPAID, MediumStatus.ORDERED, MediumStatus.READY)


@transaction.atomic
def order(person, *, reason, by, moment) -> PlasticOrder:
    """Ask for a plastic card. The first is free, a lost or destroyed one costs what `CardPolicy` says and waits for the money (R28).

    A lost card is blocked in the same moment. Refused: one is on its way already, no active card at all, a free duplicate that no clerk asks for.
    """
    media.stand_in_line(person)
    _guard_order(person, reason, by)
    if reason == Reason.LOST and (lost := media.active_medium(person, PLASTIC)):
        media.block(lost, by=by, moment=moment, reason=_("zgubiona"))
    payment = _asked_payment(person, by, moment) if reason in PAID_REASONS else None
    medium = CardMedium.objects.create(
        person=person, kind=PLASTIC, number=_free_number(), made_at=moment,
        status=MediumStatus.UNPAID if payment else MediumStatus.ORDERED,
    )  # fmt: skip
    return PlasticOrder.objects.create(medium=medium, reason=reason, payment=payment, ordered_at=moment)


def may_be_first(person) -> bool:
    """Whether the person has never been given a plastic card nor has one coming; a cancelled order does not count."""
    return not CardMedium.objects.filter(person=person, kind=PLASTIC).exclude(status=MediumStatus.CANCELLED).exists()


@transaction.atomic
def settle_paid(*, moment) -> int:
    """Send to print every duplicate whose money has come. Safe to repeat; two sweeps at once move each order once. Returns how many."""
    waiting = PlasticOrder.objects.filter(medium__status=MediumStatus.UNPAID, payment__status=PaymentStatus.PAID)
    orders = waiting.select_for_update(of=("self",), skip_locked=True).select_related("medium", "payment")
    covered = [one for one in orders if one.payment and till_rules.is_covered(one.payment)]
    for one in covered:
        move(one.medium, MediumStatus.ORDERED, by=None, moment=moment)
    return len(covered)


@transaction.atomic
def cancel(ordered, *, by, moment) -> PlasticOrder:
    """Call the card off, with the payment when nothing has come in. Refused to a resident once the money is here or the card goes to print."""
    side = RESIDENT if rules.looks_after(by, ordered.medium.person, localdate(moment)) else CLERK
    ordered.medium.refresh_from_db()
    if side == RESIDENT and ordered.medium.status != MediumStatus.UNPAID:
        raise Refused(_("Karta jest już w druku. Jeśli jej nie chcesz, po prostu jej nie odbieraj."))
    if ordered.payment and ordered.payment.status != PaymentStatus.CANCELLED and not till_rules.received(ordered.payment):
        till.cancel(ordered.payment, by=by, moment=moment)
    elif side == RESIDENT and ordered.payment:
        raise Refused(_("Wpłata już jest w urzędzie. W sprawie zwrotu odezwij się do urzędu."))
    several = isinstance(ordered.medium.TRANSITIONS[ordered.medium.status][MediumStatus.CANCELLED], tuple)
    move(ordered.medium, MediumStatus.CANCELLED, by=by, side=side if several else None, moment=moment)
    return ordered


@transaction.atomic
def make_batch(orders, *, by, moment) -> PrintBatch:
    """Put ordered cards into one batch for the printer. Refused when one of them has no accepted photo, or is in a batch already."""
    found = list(PlasticOrder.objects.select_for_update(of=("self",)).filter(pk__in=orders).select_related("medium__person"))
    ready = [one for one in found if one.batch_id is None and one.medium.status == MediumStatus.ORDERED]
    if not found or len(ready) != len(found):
        raise Refused(_("Do partii trafiają tylko karty zamówione i opłacone, których nie ma jeszcze w innej partii."))
    faceless = [str(one.medium.person) for one in found if accepted_photo(one.medium.person) is None]
    if faceless:
        raise Refused(_("Brakuje przyjętego zdjęcia: %(who)s.") % {"who": ", ".join(faceless)})
    batch = PrintBatch.objects.create(number=next_number(SERIES, 0), made_by=by.subject, made_at=moment)
    PlasticOrder.objects.filter(pk__in=[one.pk for one in found]).update(batch=batch)
    return batch


def with_photo(orders):
    """Each order knows `has_photo`: an accepted, clean one, without which nothing is printed (R23)."""
    accepted = Photo.objects.filter(person=OuterRef("medium__person"), status=PhotoStatus.ACCEPTED, file__scan_state="clean")
    return orders.annotate(has_photo=Exists(accepted))


def waits_for_print(batch) -> bool:
    return batch.orders.filter(medium__status=MediumStatus.ORDERED).exists()


@transaction.atomic
def mark_ready(batch, *, by, moment) -> int:
    """The batch came from the printer: each card of it waits at the desk, and its holder is told. Cards called off meanwhile stay so."""
    orders = batch.orders.filter(medium__status=MediumStatus.ORDERED).select_related("medium__person__account")
    for one in orders:
        came_from_print(one, by=by, moment=moment)
    return len(orders)


@transaction.atomic
def came_from_print(ordered, *, by, moment) -> None:
    """One card waits at the desk; its holder is told."""
    move(ordered.medium, MediumStatus.READY, by=by, moment=moment)
    card_mails.tell(ordered.medium.person, "plastic_ready", about=ordered.medium)


@transaction.atomic
def collect(ordered, *, collected_by, shown, by, moment) -> PlasticOrder:
    """Give the card out: from now on it is active and the old plastic of the person is replaced. Who came and what they showed stays (R32)."""
    media.stand_in_line(ordered.medium.person)
    ordered.medium.refresh_from_db()
    collected_by, shown = clean_text(collected_by), clean_text(shown)
    if not collected_by or not shown:
        raise Refused(_("Zapisz, kto odebrał kartę i jaki dokument okazał."))
    if old := media.active_medium(ordered.medium.person, PLASTIC):
        media.end_replaced(old, _("nowa karta plastikowa"), moment=moment)
    ordered.medium.activated_at = moment
    move(ordered.medium, MediumStatus.ACTIVE, by=by, moment=moment, along=("activated_at",))
    media.replace_blocked(ordered.medium, moment=moment)
    ordered.collected_at, ordered.collected_by, ordered.shown, ordered.issued_by = moment, collected_by, shown, by.subject
    ordered.save(update_fields=["collected_at", "collected_by", "shown", "issued_by"])
    return ordered


def _guard_order(person, reason, by):
    plastics = CardMedium.objects.filter(person=person, kind=PLASTIC)
    if media.active_medium(person, media.APP) is None and not plastics.filter(status=MediumStatus.ACTIVE).exists():
        raise Refused(_("Plastikową kartę zamówi ten, kto ma aktywną Kartę mieszkańca."))
    if plastics.filter(status__in=OPEN).exists():
        raise Refused(_("Karta plastikowa jest już zamówiona. Dwóch naraz się nie wydaje."))
    if (reason == Reason.FIRST) != may_be_first(person):
        raise Refused(_("Podaj, dlaczego potrzebna jest kolejna karta. Tylko pierwsza wydawana jest bez pytania."))
    if reason in DESK_REASONS and not by.has_perm("resident_card.issue_plastic"):
        raise Refused(
            _("Bezpłatną wymianę wadliwej karty albo karty po zmianie nazwiska załatwisz w urzędzie. Weź ze sobą kartę.")
        )


def _asked_payment(person, by, moment):
    fee = rules.policy(localdate(moment)).duplicate_fee_grosze
    return till.ask(
        payer=rules.payer_for(person),
        purpose=PURPOSE,
        title=_("Duplikat Karty mieszkańca"),
        amount_grosze=fee,
        moment=moment,
        by=by,
    )


def _free_number() -> str:
    """A number that no card has had yet. Two that draw the same at once are kept apart by the unique column."""
    while CardMedium.objects.filter(number=(drawn := new_number())).exists():
        pass
    return drawn
