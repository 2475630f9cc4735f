"""What tests of partners start from: a swimming pool with its offers, and Piotr who verifies cards there. Named for the desk's counters."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from resident_card.actions.discounts import check_card, redeem
from resident_card.models import Offer, PackageGrant, PackageType, Partner, PartnerPoint, PartnerUser
from tests.factories import LONG_AGO, TUESDAY, make_person
from tests.house.world import MARKER
from tests.resident_card.cast import BASE, make_holder, make_packages
from tests.resident_card.faces import accepted_photo


def make_point(name="Pływalnia Raduńska", **fields) -> PartnerPoint:
    partner, _ = Partner.objects.get_or_create(name=name, defaults={"agreement": "KM/1/2026", "agreed_from": LONG_AGO})
    fields = {"name": "kasa", "address": "ul. Wodna 3", **fields}
    return PartnerPoint.objects.create(partner=partner, **fields)


def make_offer(point=None, package=BASE, **fields) -> Offer:
    make_packages()
    point = point or make_point()
    terms = {
        "subject": "bilet na basen",
        "title": "20 % taniej",
        "category": "sport",
        "percent": 20,
        "valid_from": LONG_AGO,
        **fields,
    }
    offer = Offer.objects.create(partner=point.partner, package=PackageType.objects.get(code=package), **terms)
    offer.points.add(point)
    return offer


def make_cashier(point, email="piotr@example.com", until: date | None = None):
    """An account that has accepted its invitation."""
    user, _ = get_user_model().objects.get_or_create(email=email)
    PartnerUser.objects.create(
        email=email, user=user, point=point, invited_by=user.subject, invited_at=TUESDAY, accepted_at=TUESDAY, valid_to=until
    )
    return user


def look(phone, point, cashier, moment=TUESDAY):
    """The phone shows its code and the cashier scans it."""
    return check_card(phone.shows(moment), point=point, by=cashier, moment=moment)


def good_today(person):
    """Packages around the real today, for pages that ask the clock."""
    today = timezone.localdate()
    PackageGrant.objects.filter(person=person).update(valid_from=today - timedelta(days=30), valid_to=today + timedelta(days=90))


def arguments_of(person, copies=1):
    """For the guards that walk every address of the house: `person` verifies at a pool, where a holder with MARKER for a name was just seen."""
    point, now = make_point(), timezone.now()
    PartnerUser.objects.create(
        email=person.account.email,
        user=person.account,
        point=point,
        invited_by=person.account.subject,
        invited_at=now,
        accepted_at=now,
    )
    offers = [make_offer(point, subject=f"bilet {number}", limit=5) for number in range(copies)]
    holder = make_holder(make_person(first_name=f"Zosia {MARKER}", born_on=date(1990, 5, 5)), moment=now)
    good_today(holder.medium.person)
    accepted_photo(holder.medium.person)
    check = look(holder, point, person.account, now)
    booked = [redeem(check, offer, by=person.account, moment=now) for offer in offers]
    here = {"pk": check.pk}
    return {
        "resident_card:offer": {"pk": offers[0].pk}, "resident_card:card_check": here, "resident_card:face": here,
        "resident_card:undo_redemption": {"pk": booked[0].pk},
    }  # fmt: skip
