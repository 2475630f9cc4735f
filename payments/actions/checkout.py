"""A basket: several of one's own payments paid in one go through the provider.

What is asked is frozen when the basket is made; a payment is in one live basket at most (`payments_in_one_live_basket`). The provider is
talked to outside any transaction, by one at a time (`busy_until`).
"""

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from office.transitions import RESIDENT, Refused, move
from payments import provider, rules
from payments.actions import settling
from payments.interface import ProviderAway, ProviderRefused
from payments.models import Checkout, CheckoutLine, Payment
from payments.statuses import CheckoutStatus, PaymentStatus

MOST = 30  # payments in a basket
CHANGED = _lazy("Kwota do zapłaty zmieniła się w międzyczasie. Wybierz płatności jeszcze raz.")


class AlreadyPaying(Refused):
    """One of these payments is at the provider already; `checkout` is the basket it is in."""

    def __init__(self, checkout):
        super().__init__(_("Ta płatność jest już przekazana do zapłaty przez internet. Dokończ ją albo przerwij."))
        self.checkout = checkout


@transaction.atomic
def begin(payments, *, by, moment) -> Checkout:
    """A basket of these payments of `by`, each with what is still owed of it now. Show it with `redirect("payments:checkout", pk)`.

    The same payments again give the basket that stands. A basket not yet at the provider gives way to the new one. Refused: nothing
    chosen or above thirty, another's payment, nothing owed, online payment switched off (ask `rules.pays_online()` first);
    AlreadyPaying when one of them is at the provider.
    """
    if not rules.pays_online():
        raise Refused(_("Płatności przez internet są teraz wyłączone. Zapłać przelewem albo w urzędzie."))
    owed = _locked_owed(payments, by)
    standing = list(Checkout.objects.live().filter(lines__payment__in=[one.pk for one, _sum in owed]).distinct())
    for basket in standing:
        if basket.payer_id == owed[0][0].payer_id and _same(basket, owed):
            return basket
        if basket.status == CheckoutStatus.REGISTERED:
            raise AlreadyPaying(basket)
    for basket in standing:
        settling.abandon(basket, by=by, side=RESIDENT, moment=moment)
    return _made(owed, moment)


def _locked_owed(payments, by):
    """(payment, grosze still owed) in the order of their numbers, locked until commit."""
    wanted = {payment.pk for payment in payments}
    if not wanted:
        raise Refused(_("Wybierz, za co chcesz zapłacić."))
    if len(wanted) > MOST:
        raise Refused(_("Naraz można zapłacić za najwyżej %(most)s pozycji.") % {"most": MOST})
    rows = list(Payment.objects.select_for_update(of=("self",)).of(by).filter(pk__in=wanted).order_by("pk"))
    if len(rows) != len(wanted):
        raise Refused(_("To nie jest Twoja płatność."))
    owed = sorted(((row, rules.outstanding(row)) for row in rows), key=lambda pair: (pair[0].asked_at, pair[0].mark))
    if any(row.status != PaymentStatus.DUE or not grosze for row, grosze in owed):
        raise Refused(_("Jednej z wybranych pozycji nie trzeba już płacić. Odśwież stronę i wybierz jeszcze raz."))
    return owed


def _same(basket, owed):
    return {(line.payment_id, line.amount_grosze) for line in basket.lines.all()} == {(one.pk, grosze) for one, grosze in owed}


def _made(owed, moment):
    basket = Checkout.objects.create(
        payer=owed[0][0].payer, amount_grosze=sum(grosze for _one, grosze in owed), begun_at=moment
    )  # fmt: skip
    try:
        with transaction.atomic():
            for payment, grosze in owed:
                CheckoutLine.objects.create(checkout=basket, payment=payment, amount_grosze=grosze)
    except IntegrityError as clash:
        raise Refused(_("Ta płatność jest właśnie opłacana w innej karcie. Odśwież stronę i sprawdź.")) from clash
    return basket


def connect(basket, *, by, moment) -> str:
    """Hand the basket to the provider; the address where the payer goes. Pressed again, the same address.

    Refused: the basket is paid or given up, what is owed has changed since (then the basket is given up), the provider is away.
    """
    operator = provider.current()
    if operator is None:
        raise Refused(_("Płatności przez internet są teraz wyłączone. Zapłać przelewem albo w urzędzie."))
    if basket.status == CheckoutStatus.REGISTERED:
        return operator.page(basket.token)
    _guard_unchanged(basket, moment=moment)
    if not settling.take(basket, moment):
        raise Refused(_("Łączymy się z operatorem. Odczekaj chwilę i spróbuj jeszcze raz."))
    try:
        token = operator.register(
            session=basket.session, grosze=basket.amount_grosze, description=_described(basket), email=by.email,
            return_url=settings.PORTAL_URL + reverse("payments:checkout", args=[basket.pk]), status_url=status_url(),
        )  # fmt: skip
    except (ProviderAway, ProviderRefused) as error:
        settling.leave(basket)
        raise Refused(
            _("Operator płatności nie odpowiada. Nic nie zostało pobrane. Spróbuj za chwilę albo zapłać przelewem.")
        ) from error
    if not _registered(basket, token, by=by, moment=moment):
        raise Refused(CHANGED)
    return operator.page(token)


@transaction.atomic
def _registered(basket, token, *, by, moment) -> bool:
    """The basket is at the provider, unless a clerk changed a payment while we were talking: then nobody is sent there."""
    if not _still_stands(basket, moment=moment):
        return False
    basket.token, basket.registered_at, basket.busy_until = token, moment, None
    move(basket, CheckoutStatus.REGISTERED, by=by, moment=moment, along=("token", "registered_at", "busy_until"))
    return True


@transaction.atomic
def _still_stands(basket, *, moment) -> bool:
    """Whether each payment is still owed to the grosz. If not the basket is given up."""
    lines = list(basket.lines.all())
    rows = {row.pk: row for row in Payment.objects.select_for_update(of=("self",)).filter(lines__checkout=basket).order_by("pk")}
    same = all(rules.outstanding(rows[line.payment_id]) == line.amount_grosze for line in lines)
    if not same:
        settling.abandon(basket, moment=moment)
    return same


def _guard_unchanged(basket, *, moment):
    if basket.status != CheckoutStatus.STARTED:
        raise Refused(_("Tego koszyka nie można już opłacić. Wybierz płatności jeszcze raz."))
    if not _still_stands(basket, moment=moment):
        raise Refused(CHANGED)


def give_up(basket, *, by, moment) -> None:
    """The payer does not want to pay this way any more; the payments may be chosen again. A basket at the provider is asked about first.

    Refused: the provider says that it is paid, or does not answer: then nobody knows, and paying twice would be easy.
    """
    if basket.status == CheckoutStatus.REGISTERED:
        if not settling.ask(basket, moment=moment):
            raise Refused(_("Operator płatności nie odpowiada, więc nie wiemy, czy już zapłacono. Spróbuj za chwilę."))
        basket.refresh_from_db()
    if basket.status == CheckoutStatus.PAID:
        raise Refused(_("Ta płatność jest już zapłacona."))
    settling.abandon(basket, by=by, side=RESIDENT, moment=moment)


def _described(basket) -> str:
    """What the bank shows: numbers of payments alone, neither names nor what for (S42)."""
    return ", ".join(line.payment.mark for line in basket.lines.select_related("payment"))[:1024]


def status_url() -> str:
    return settings.PORTAL_URL + reverse("payments:notify")
