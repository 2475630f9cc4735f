"""E-mails of the room: a link, neither waste nor amounts (S42). Who has no address gets the receipt on paper."""

from django.urls import reverse

from office.outbox import post


def tell(visit, event: str) -> None:
    """Queue the e-mail `event` for the person of the visit, in the transaction of what it tells of (R64)."""
    person = visit.person
    address = person and (person.account.email if person.account_id else person.email)
    if address:
        post(
            event=f"pszok/{event}",
            to=address,
            context={"path": reverse("pszok:visit", args=[visit.pk])},
            recipient=person.pk,
            about=visit,
            differ_in=visit.pk,
        )
