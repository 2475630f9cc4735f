"""A refund: asked by one person, released by another, ordered once, in the ledger when the provider says that it is done.

It is marked as sent before it is ordered, so it is ordered at most once; whether the provider heard is asked, never guessed.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office import bell
from office.transitions import CLERK, SYSTEM, Refused, StaleStatus, move
from payments import mails, provider
from payments.actions import till
from payments.actions.checkout import status_url
from payments.actions.settling import by_id, provider_or_away
from payments.interface import ProviderAway, ProviderRefused
from payments.models import CheckoutLine, Entry, ProviderEvent, Refund
from payments.statuses import CheckoutStatus, RefundStatus
from ui.text import clean_text

TASK = "payments.tasks.send_refunds"
UNHEARD = timedelta(hours=1)  # after this a refund that the provider does not know is shown to the treasurer


@transaction.atomic
def ask(line, *, amount_grosze, reason, by, moment) -> Refund:
    """Ask for money of one paid line to be given back; nothing moves until another person releases it.

    Refused: the basket is not paid, more than came in less what was given back or is about to be, no reason.
    """
    till.lock(line.payment)
    reason = clean_text(reason)
    if line.checkout.status != CheckoutStatus.PAID:
        raise Refused(_("Zwrócić można tylko to, co wpłynęło przez internet."))
    if type(amount_grosze) is not int:
        raise TypeError("grosze are an integer")
    if not 0 < amount_grosze <= left(line):
        raise Refused(_("Można zwrócić najwyżej tyle, ile wpłynęło, bez tego, co już zwrócono albo zlecono."))
    if not reason:
        raise Refused(_("Napisz, dlaczego zwracasz pieniądze."))
    return Refund.objects.create(
        line=line, amount_grosze=amount_grosze, reason=reason[:300], asked_by=by.subject, asked_at=moment
    )


def left(line: CheckoutLine) -> int:
    """Grosze of the line that may still be given back."""
    return line.amount_grosze - line.refunds.taken()


@transaction.atomic
def release(refund, *, by, moment) -> Refund:
    """The second person agrees; the refund is ordered by a worker. Refused to whoever asked for it."""
    if by.subject == refund.asked_by:
        raise Refused(_("Zwrot zatwierdza inna osoba niż ta, która go zleciła."))
    refund.released_by = by.subject
    move(refund, RefundStatus.RELEASED, by=by, moment=moment, along=("released_by",))
    bell.ring_on_commit(TASK)
    return refund


@transaction.atomic
def withdraw(refund, *, by, moment) -> Refund:
    """No refund after all. Refused once it was ordered."""
    move(refund, RefundStatus.WITHDRAWN, by=by, moment=moment)
    return refund


@transaction.atomic
def call_failed(refund, *, by, moment) -> Refund:
    """The treasurer has seen at the provider that it knows no such refund; it may be asked for anew."""
    move(refund, RefundStatus.REJECTED, by=by, side=CLERK, moment=moment)
    return refund


def send_waiting(*, moment) -> int:
    """Order every released refund; how many the provider took."""
    if provider.current() is None:
        return 0
    return sum(send(refund, moment=moment) for refund in Refund.objects.filter(status=RefundStatus.RELEASED)[:100])


def send(refund, *, moment) -> bool:
    """Order it, once: whoever does not win the move to „sent” does nothing. No answer leaves it sent, to be asked about."""
    refund.sent_at = moment
    try:
        move(refund, RefundStatus.SENT, by=None, moment=moment, along=("sent_at",))
    except StaleStatus:
        return False
    basket = refund.line.checkout
    try:
        provider_or_away().refund(
            refund=str(refund.pk), session=basket.session, order_id=basket.order_id, grosze=refund.amount_grosze,
            description=refund.line.payment.mark, status_url=status_url(),
        )  # fmt: skip
    except ProviderRefused:
        _rejected(refund, moment)
        return False
    except ProviderAway:
        return False
    return True


def follow_waiting(*, moment) -> int:
    """Ask about every refund that is on its way (D6); how many came to an end."""
    waiting = Refund.objects.filter(Q(status=RefundStatus.SENT), sent_at__lt=moment - timedelta(minutes=1)).order_by(F("sent_at"))
    return sum(follow(refund, moment=moment) for refund in waiting[:200])


def follow(refund, *, moment) -> bool:
    """Ask the provider how the refund stands and do what follows; False while it goes on or nobody answers."""
    try:
        told = provider_or_away().ask_refund(refund=str(refund.pk), order_id=refund.line.checkout.order_id)
    except (ProviderAway, ProviderRefused):
        return False
    if told is None:
        return _unheard(refund, moment)
    state, grosze = told
    if grosze != refund.amount_grosze:
        return _note(refund, _("Operator podaje inną kwotę zwrotu."))
    if state == "rejected":
        return _rejected(refund, moment)
    return state == "done" and _done(refund, moment)


def handle_waiting(*, moment) -> int:
    """A message that a refund moved only tells to ask about it now; how many were asked about."""
    waiting = ProviderEvent.objects.filter(kind=ProviderEvent.Kind.REFUND, outcome=ProviderEvent.Outcome.WAITING)[:200]
    for event in waiting:
        ProviderEvent.objects.filter(pk=event.pk).update(outcome=_after_message(event, moment), handled_at=moment)
    return len(waiting)


def _after_message(event, moment):
    refund = by_id(Refund, event.session)
    if refund is None:
        return ProviderEvent.Outcome.UNKNOWN
    is_over = refund.status == RefundStatus.SENT and follow(refund, moment=moment)
    return ProviderEvent.Outcome.SETTLED if is_over else ProviderEvent.Outcome.REPEATED  # what goes on is asked about anyway


@transaction.atomic
def _done(refund, moment) -> bool:
    payment = till.lock(refund.line.payment)
    refund = Refund.objects.select_for_update().get(pk=refund.pk)
    if refund.status != RefundStatus.SENT:
        return False
    refund.done_at = moment
    move(refund, RefundStatus.DONE, by=None, moment=moment, along=("done_at",))
    till.write(
        payment=payment, kind=Entry.Kind.REFUND, amount_grosze=-refund.amount_grosze, received_on=localdate(moment),
        evidence=f"P24 zwrot {refund.pk}", reason=refund.reason, at=moment,
    )  # fmt: skip
    till.settle(payment, moment)
    mails.tell(payment, "refunded")
    return True


def _rejected(refund, moment) -> bool:
    refund.trouble = _("Operator odmówił zwrotu.")
    move(refund, RefundStatus.REJECTED, by=None, side=SYSTEM, moment=moment, along=("trouble",))
    return True


def _unheard(refund, moment) -> bool:
    """The provider has never heard of it. Not ordered again: a person looks first, and may then ask anew."""
    if refund.sent_at < moment - UNHEARD:
        _note(refund, _("Operator nie zna tego zwrotu. Sprawdź w jego panelu, zanim zlecisz nowy."))
    return False


def _note(refund, trouble) -> bool:
    Refund.objects.filter(pk=refund.pk).update(trouble=trouble[:200])
    return False
