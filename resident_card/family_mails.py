"""E-mails of the family account: a link and no names (S42). Who has no address learns it in the portal or at the desk."""

from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from office.outbox import post
from resident_card.models import Membership


def invite(invitation, secret):
    """Written to the typed address. The link is a secret of whoever reads that mailbox."""
    path = reverse("resident_card:family_invitation", args=[secret])
    until = localdate(invitation.expires_at - timedelta(seconds=1))
    post(event="resident_card/family_invitation", to=invitation.email, context={"path": path, "until": until}, about=invitation)


def tell_administrators(family, event, besides=None):
    run = family.memberships.standing().filter(role=Membership.Role.ADMINISTRATOR).select_related("person__account")
    for member in run:
        if member.person != besides:
            tell(member.person, event)


def tell_adults(family, event, besides=None):
    """For when nobody administers the account any more, or a clerk appointed somebody."""
    for member in family.memberships.standing().exclude(role=Membership.Role.CHILD).select_related("person__account"):
        if member.person != besides:
            tell(member.person, event)


def tell(person, event):
    address = person.account.email if person.account_id else person.email
    if address:
        path = reverse("resident_card:family")
        post(event=f"resident_card/{event}", to=address, context={"path": path}, recipient=person.pk)
