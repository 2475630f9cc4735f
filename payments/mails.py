"""E-mails of the room: a link, neither a sum nor what it is for (S42). Who has no address asks at the desk."""

from django.urls import reverse

from office.outbox import post


def tell(payment, event):
    """Queue the e-mail `event` for the payer, in the transaction of what it tells of."""
    _send(event, payment.payer, reverse("payments:payment", args=[payment.pk]), payment)


def tell_of_basket(basket, event):
    """As `tell`, of a basket and what is in it."""
    _send(event, basket.payer, reverse("payments:checkout", args=[basket.pk]), basket)


def _send(event, person, path, about):
    if address := person.account.email if person.account_id else person.email:
        post(event=f"payments/{event}", to=address, context={"path": path}, recipient=person.pk, about=about)
