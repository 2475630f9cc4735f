"""E-mails about an application: a link and not a word of it (S42). Who has no address is told at the desk."""

from django.urls import reverse

from office.outbox import post


def tell(application, event):
    """Queue the e-mail `event` for whoever applied, in the transaction of what it tells of."""
    person = application.applicant
    address = person.account.email if person.account_id else person.email
    if address:
        path = reverse("resident_card:application", args=[application.pk])
        post(event=f"resident_card/{event}", to=address, context={"path": path}, recipient=person.pk, about=application)
