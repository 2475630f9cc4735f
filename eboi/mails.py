"""E-mails of e-BOI: a link and not a word of the case (S42). Who has no address reads it in the portal or gets a letter."""

from django.urls import reverse

from office.outbox import post


def tell(case, event):
    """Queue the e-mail `event` about the case for its party, in the transaction of what it tells of."""
    person = case.person
    address = person.account.email if person.account_id else person.email
    if address:
        path = reverse("eboi:case", args=[case.pk])
        post(event=f"eboi/{event}", to=address, context={"path": path}, recipient=person.pk, about=case)


def post_received(submission):
    """Queue the e-mail about the receipt for whoever filed, in the transaction of filing."""
    person = submission.person
    path = reverse("eboi:filed", args=[submission.pk])
    post(event="eboi/received", to=person.account.email, context={"path": path}, recipient=person.pk, about=submission)
