"""What the provider says of a basket, and what follows: entries in the ledger, a numbered confirmation, one e-mail.

A message only tells when to ask. The basket is paid after the provider has agreed on session, sum and currency (L43, D6); the rows are
locked meanwhile, so that twenty messages at once and the reconcile job pay it once. Money that comes to a basket given up is booked too.
"""

from datetime import timedelta

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import bell
from office.numbering import next_number
from office.transitions import SYSTEM, move
from payments import mails, provider
from payments.actions import till
from payments.interface import CURRENCY, ProviderAway, ProviderRefused
from payments.models import Checkout, Entry, Payment, ProviderEvent
from payments.statuses import CheckoutStatus

log = structlog.get_logger(__name__)
Outcome = ProviderEvent.Outcome
SERIES = "PW"
TASK = "payments.tasks.handle_events"
BUSY = timedelta(seconds=60)
ASK_AFTER = timedelta(minutes=15)  # D6
EXPIRE_AFTER = timedelta(hours=2)  # the provider's page lives an hour and a half at most (przelewy24.MINUTES)
ASK_AGAIN = timedelta(hours=6)  # of baskets given up: a slow transfer may still come
ASK_FOR = timedelta(days=7)


@transaction.atomic
def receive(notice, *, name, moment) -> bool:
    """Store a message of the provider; False when it is stored already. It is handled after commit, by a worker."""
    fields = {"kind": notice.kind, "session": notice.session, "order_id": notice.order_id, "grosze": notice.grosze,
              "currency": notice.currency, "received_at": moment}  # fmt: skip
    _event, is_new = ProviderEvent.objects.get_or_create(provider=name, event_id=notice.event_id, defaults=fields)
    if is_new:
        bell.ring_on_commit(TASK)
    return is_new


def handle_waiting(*, moment) -> int:
    """Handle every stored message that waits, the oldest first; how many came to an end. One that fails waits for the next time."""
    waiting = ProviderEvent.objects.filter(kind=ProviderEvent.Kind.PAYMENT, outcome=Outcome.WAITING).order_by(
        "attempts", "received_at"
    )[:200]
    return sum(handle(event, moment=moment) for event in waiting)


def handle(event, *, moment) -> bool:
    """What this message leads to; False when the provider could not be asked and it has to wait."""
    ProviderEvent.objects.filter(pk=event.pk).update(attempts=F("attempts") + 1)
    try:
        outcome = _about_payment(event, moment)
    except ProviderAway:
        return False
    if outcome is None:
        return False
    ProviderEvent.objects.filter(pk=event.pk, outcome=Outcome.WAITING).update(outcome=outcome, handled_at=moment)
    return True


def _about_payment(event, moment):
    basket = by_id(Checkout, event.session)
    if basket is None:
        return Outcome.UNKNOWN
    if basket.status == CheckoutStatus.PAID:
        return Outcome.REPEATED if basket.order_id == event.order_id else _second(basket, event)
    if (event.grosze, event.currency) != (basket.amount_grosze, CURRENCY):
        _note(basket, _("Operator zgłosił inną kwotę albo walutę (zamówienie %(order)s).") % {"order": event.order_id})
        return Outcome.MISMATCH
    return settle(basket, event.order_id, moment=moment)


def by_id(model, session):
    """The row under the id that a message names; None when it names none of ours."""
    try:
        return model.objects.filter(pk=session).first()
    except (ValueError, ValidationError):  # not an id of ours
        return None


def settle(basket, order_id, *, moment):
    """Let the provider verify the order and write it down. None while somebody else is at it. Raises ProviderAway."""
    if not take(basket, moment):
        return None
    try:
        _verify(basket, order_id)
    except ProviderRefused as no:
        _note(basket, _("Operator nie potwierdził zamówienia %(order)s.") % {"order": order_id})
        log.warning("payment_not_verified", checkout=basket.session, answer=str(no)[:100])
        return Outcome.DECLINED
    finally:
        leave(basket)
    return record(basket, order_id, moment=moment)


def _verify(basket, order_id):
    """A second `verify` is refused, so a no is asked about once: perhaps it was verified and we ended before we wrote it down."""
    operator = provider_or_away()
    try:
        operator.verify(session=basket.session, order_id=order_id, grosze=basket.amount_grosze)
    except ProviderRefused:
        told = operator.ask(basket.session)
        if told is None or not told.is_verified or told.order_id != order_id or not _agrees(basket, told):
            raise


def _agrees(basket, told) -> bool:
    return (told.session, told.grosze, told.currency) == (basket.session, basket.amount_grosze, CURRENCY)


def provider_or_away():
    found = provider.current()
    if found is None:
        raise ProviderAway("switched off")
    return found


@transaction.atomic
def record(basket, order_id, *, moment):
    """The provider has agreed: entries, statuses, number and e-mail, once. Only to be called after `verify`, or when asked and told so."""
    lines = _locked_lines(basket)
    basket = Checkout.objects.select_for_update().get(pk=basket.pk)
    if basket.status == CheckoutStatus.PAID:
        return Outcome.REPEATED if basket.order_id == order_id else Outcome.SECOND
    for place, line in enumerate(lines, start=1):
        till.write(
            payment=line.payment, kind=Entry.Kind.ONLINE, amount_grosze=line.amount_grosze, received_on=localdate(moment),
            evidence=f"P24 {order_id}/{place}", at=moment,
        )  # fmt: skip
        till.settle(line.payment, moment)
    basket.lines.update(is_live=False)
    basket.order_id, basket.paid_at, basket.busy_until, basket.trouble = order_id, moment, None, ""
    basket.confirmation = f"{SERIES}/{next_number(SERIES, localdate(moment).year)}/{localdate(moment).year}"
    along = ("order_id", "paid_at", "busy_until", "trouble", "confirmation")
    move(basket, CheckoutStatus.PAID, by=None, moment=moment, along=along)
    mails.tell_of_basket(basket, "paid_online")
    return Outcome.SETTLED


def _locked_lines(basket):
    """The lines with their payments as they are now. Payments are locked first and by their ids, baskets after them, everywhere."""
    lines = list(basket.lines.order_by("pk"))
    pks = [line.payment_id for line in lines]
    rows = Payment.objects.select_for_update(of=("self",)).select_related("payer__account").filter(pk__in=pks).order_by("pk")
    payments = {row.pk: row for row in rows}
    for line in lines:
        line.payment = payments[line.payment_id]
    return lines


def _second(basket, event):
    """Paid twice by somebody at the provider: booked by nobody in silence, seen by the treasurer, who gives it back there."""
    _note(
        basket, _("Operator zgłosił drugą wpłatę: zamówienie %(order)s. Zwróć ją w panelu operatora.") % {"order": event.order_id}
    )
    return Outcome.SECOND


def _note(basket, trouble):
    Checkout.objects.filter(pk=basket.pk).update(trouble=trouble[:200])


def take(basket, moment) -> bool:
    """Ours alone to talk to the provider about, for a minute; False while somebody else does."""
    free = Checkout.objects.filter(Q(busy_until=None) | Q(busy_until__lt=moment), pk=basket.pk)
    return bool(free.update(busy_until=moment + BUSY))


def leave(basket):
    Checkout.objects.filter(pk=basket.pk).update(busy_until=None)


# What messages did not tell


def reconcile(*, moment) -> int:
    """Ask the provider about every basket begun there over 15 minutes ago and not settled, and about those given up this week (D6)."""
    asked = 0
    for basket in to_ask(moment):
        asked += ask(basket, moment=moment)
        basket.refresh_from_db()
        if (
            basket.status == CheckoutStatus.REGISTERED
            and basket.registered_at < moment - EXPIRE_AFTER
            and basket.asked_at == moment
        ):
            abandon(basket, moment=moment)
    return asked


def to_ask(moment) -> list[Checkout]:
    waiting = Q(status=CheckoutStatus.REGISTERED, registered_at__lt=moment - ASK_AFTER)
    late = Q(status=CheckoutStatus.ABANDONED, registered_at__gt=moment - ASK_FOR, asked_at__lt=moment - ASK_AGAIN)
    return list(Checkout.objects.filter(waiting | late).order_by(F("asked_at").asc(nulls_first=True))[:200])


def ask(basket, *, moment) -> bool:
    """Ask the provider how a basket stands and do what follows; False when it did not answer."""
    try:
        told = provider_or_away().ask(basket.session)
        if told and told.is_paid:
            _told_paid(basket, told, moment)
    except ProviderAway:
        return False
    Checkout.objects.filter(pk=basket.pk).update(asked_at=moment)
    return True


def _told_paid(basket, told, moment):
    """Verified before (we ended between its answer and our writing): written down. Else verified now."""
    if not _agrees(basket, told):
        _note(basket, _("Operator podaje inną kwotę albo walutę (zamówienie %(order)s).") % {"order": told.order_id})
    elif told.is_verified:
        record(basket, told.order_id, moment=moment)
    elif settle(basket, told.order_id, moment=moment) is None:
        raise ProviderAway("somebody else asks just now")


@transaction.atomic
def abandon(basket, *, moment, by=None, side=SYSTEM) -> None:
    """Nobody pays this basket; its payments may be chosen again. Money that comes to it later is still booked."""
    move(basket, CheckoutStatus.ABANDONED, by=by, side=side, moment=moment)
    basket.lines.update(is_live=False)
