"""What walks of the card's pages start from: a holder with a photo, a card on a phone and a plastic one, an unpaid duplicate, children."""

import io
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from PIL import Image

from office import files
from resident_card.actions import plastic
from resident_card.models import Family, Membership, Photo, PlasticOrder
from resident_card.statuses import PhotoStatus
from residents.models import Person
from tests.factories import TUESDAY, make_person
from tests.payments.cast import make_account
from tests.resident_card.cast import make_holder, make_phone


def make_photo(person, status=PhotoStatus.ACCEPTED, moment=TUESDAY, colour="teal") -> Photo:
    picture = io.BytesIO()
    Image.new("RGB", (400, 500), colour).save(picture, "JPEG")
    with transaction.atomic():
        stored = files.store_own(picture.getvalue(), name="zdjecie.jpg", media_type="image/jpeg", owner=person.account)
        failed = Photo.Rule.FACE if status == PhotoStatus.REFUSED else ""
        return Photo.objects.create(
            person=person, file=stored, status=status, failed_rule=failed, sent_at=moment, reviewed_at=moment
        )


def make_child(parent, born_on=None, name="Ola") -> Person:
    """A child of the family account that the parent administers; the account is made when there is none."""
    lead = Membership.objects.filter(person=parent, left_at=None).first()
    if lead is None:
        family = Family.objects.create(made_at=TUESDAY)
        role = Membership.Role.ADMINISTRATOR
        lead = Membership.objects.create(family=family, person=parent, role=role, joined_at=TUESDAY)
    child = make_person(first_name=name, last_name=parent.last_name, born_on=born_on or date(2016, 5, 1))
    Membership.objects.create(family=lead.family, person=child, role=Membership.Role.CHILD, joined_at=TUESDAY)
    return child


def make_duplicate(person, moment=TUESDAY) -> PlasticOrder:
    """A duplicate that waits for its payment; the first card was given out and got lost."""
    from payments.models import TownAccount

    if not TownAccount.objects.exists():
        make_account()
    first = plastic.order(person, reason=PlasticOrder.Reason.FIRST, by=person.account, moment=moment - timedelta(days=9))
    type(first.medium).objects.filter(pk=first.medium.pk).update(status="active")
    return plastic.order(person, reason=PlasticOrder.Reason.LOST, by=person.account, moment=moment)


def arguments_of(person, children=1):
    """For the guards that walk every address of the house."""
    now = timezone.now()
    if not person.card_media.exists():  # another room's walk may have given the card already
        make_holder(person, packages=(), moment=now)
    make_photo(person, moment=now - timedelta(days=1))  # older than one that an application brings
    order = make_duplicate(person, now)
    for number in range(children):
        make_phone(make_child(person, name=f"Dziecko {number}"), now)
    here = {"pk": person.pk}
    names = ["card_of", "card_photo", "tie_phone", "new_card", "order_plastic"]
    return {
        **{f"resident_card:{name}": here for name in names},
        "resident_card:block_card": {"pk": person.card_media.get(kind="app").pk},
        "resident_card:cancel_plastic": {"pk": order.pk},
    }
