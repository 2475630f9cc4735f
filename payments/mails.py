"""E-mails of the room: a link, neither a sum nor what it is for (S42). Who has no address asks at the desk."""

from django.urls import reverse

from office.outbox import post


def tell(payment, event):
    """Queue the e-mail `event` for the payer, in the transaction of what it tells of."""
    person = payment.payer
    address = person.account.email if person.account_id else person.email
    if address:
        path = reverse("payments:payment", args=[payment.pk])
        post(event=f"payments/{event}", to=address, context={"path": path}, recipient=person.pk, about=payment)
