"""Letters of the room to one person."""

from django.urls import reverse

from office.outbox import post


def answered(reply):
    """Somebody answered: a link and no content (S42)."""
    person = reply.person
    if address := person.account.email if person.account_id else person.email:
        path = reverse("announcements:announcement", args=[reply.announcement_id])
        post(event="announcements/answered", to=address, context={"path": path}, recipient=person.pk, about=reply)
