"""E-mails of the card: a link and nothing else (S42). A child's go to who administers the family account."""

from django.urls import reverse

from office.outbox import post
from resident_card.models import Membership
from residents.models import Person


def tell(person, event, *, about, path="") -> bool:
    """Queue the e-mail `event` to the person's reachable address, in the transaction of what it tells of. False when there is none."""
    address = reachable_address(person)
    if address:
        path = path or reverse("resident_card:card_of", args=[person.pk])
        post(event=f"resident_card/{event}", to=address, context={"path": path}, recipient=person.pk, about=about)
    return bool(address)


def reachable_address(person) -> str:
    """The account's e-mail, else the one left for contact, else that of the administrator of the family account; empty when there is none."""
    return _own(person) or next((address for one in _administrators(person) if (address := _own(one))), "")


def _own(person) -> str:
    return person.account.email if person.account_id and person.account.is_active else person.email


def _administrators(person):
    families = Membership.objects.standing().filter(person=person, role=Membership.Role.CHILD).values("family")
    leads = Membership.objects.standing().filter(family__in=families, role=Membership.Role.ADMINISTRATOR).values("person")
    return Person.objects.filter(pk__in=leads).select_related("account")


def packages_path() -> str:
    return reverse("resident_card:packages")
