"""E-mails of the room: a link, neither waste nor amounts (S42). Who has no address gets the receipt on paper."""

from office.outbox import post
from ui.addresses import address_of


def tell(visit, event: str) -> None:
    """Queue the e-mail `event` for the person of the visit, in the transaction of what it tells of (R64)."""
    person = visit.person
    address = person and (person.account.email if person.account_id else person.email)
    if address:
        post(
            event=f"pszok/{event}",
            to=address,
            context={"path": address_of("pszok:visit", visit.pk)},
            recipient=person.pk,
            about=visit,
            differ_in=visit.pk,
        )
