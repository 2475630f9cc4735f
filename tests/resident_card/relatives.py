"""A family for tests: Anna who administers it, her children, an adult who is asked to join."""

import re
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from office.models import Message
from resident_card.actions import families, invitations
from resident_card.models import Membership
from residents.models import Person
from residents.models.people import pesel_lookup
from tests.factories import TUESDAY, live_together, make_person
from tests.house.world import MARKER
from tests.resident_card.cast import make_packages

ANNA, MAREK, EWA = "85041512345", "76112400012", "52030800022"  # correct PESEL numbers of nobody
MAREKS_ADDRESS = "marek@example.com"


def person_of(account, first_name, last_name, pesel=None, born_on=None) -> Person:
    fields = {"pesel": pesel, "pesel_lookup": pesel_lookup(pesel)} if pesel else {}
    return make_person(account, first_name, last_name, born_on=born_on or date(1976, 11, 24), **fields)


def make_anna(account) -> Person:
    """At an address of her own, so that she may invite."""
    make_packages()
    anna = person_of(account, "Anna", "Kowalska", ANNA, date(1985, 4, 15))
    live_together(anna)
    return anna


def with_child(administrator, first_name="Zosia", born_on=date(2016, 3, 1), moment=TUESDAY) -> Person:
    child = make_person(None, first_name, administrator.last_name, born_on=born_on)
    families.add_child(administrator=administrator, child=child, by=administrator.account, moment=moment)
    return child


def invited(administrator, email=MAREKS_ADDRESS, pesel=MAREK, moment=TUESDAY):
    """An invitation of Marek and the secret of its link, as the letter holds it."""
    sent = invitations.invite(
        administrator=administrator, first_name="Marek", last_name="Kowalski", pesel=pesel, email=email,
        by=administrator.account or User(),
        moment=moment,
    )  # fmt: skip
    return sent, secret_in_the_last_letter()


def secret_in_the_last_letter() -> str:
    letter = Message.objects.filter(event="resident_card/family_invitation").latest("created_at")
    return re.search(r"/zaproszenie/([\w-]+)/", letter.text)[1]


def joined(administrator, account, moment=TUESDAY, **typed):
    """The owner of `account` has joined as an adult."""
    sent, _secret = invited(administrator, email=account.email, moment=moment, **typed)
    if not Person.objects.of(account).exists():
        person_of(account, "Marek", "Kowalski", MAREK)
    return invitations.confirm(sent, by=account, moment=moment)


def arguments_of(person):
    """For the guards that walk every address of the house: Anna's family with a child of 17, an adult, and Marek who was asked."""
    Person.objects.filter(pk=person.pk).update(born_on=date(1985, 4, 15))
    person.refresh_from_db()
    now = timezone.now()
    child = with_child(person, "Ola", timezone.localdate() - timedelta(days=17 * 366), moment=now)
    adult = families.joined_by_consent(families.family_of(child), person_of(None, f"Adam {MARKER}", "Kowalski"), now)
    sent, secret = invited(person, pesel=MAREK, moment=now)
    other = person_of(None, "Cezary", "Lipski", "78091812343")
    live_together(other)
    hers, _secret = invited(other, email=person.account.email, pesel=ANNA, moment=now)
    member, asked = {"pk": Membership.objects.get(person=child).pk}, {"pk": sent.pk}
    return {
        "resident_card:family_invitation": {"secret": secret},
        "resident_card:family_invitation_mine": {"pk": hers.pk},
        **dict.fromkeys(["resident_card:family_invitation_again", "resident_card:family_invitation_back"], asked),
        **dict.fromkeys(
            [f"resident_card:family_{page}" for page in ("member", "member_contact", "member_sign_in", "detach")], member
        ),
        "resident_card:family_member_consent": {**member, "purpose": "wiadomosci", "channel": "email"},
        "resident_card:family_hand_over": {"pk": adult.pk},
    }
