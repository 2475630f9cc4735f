"""Many tills at one moment, on real connections. Beside each race a control that goes red without its guard."""

import threading
import uuid

import pytest
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from resident_card.actions.discounts import check_card, redeem, undo
from resident_card.discounts import counter_of
from resident_card.models import CardCheck, CardMedium, OfferCount, Redemption
from resident_card.statuses import MediumStatus
from tests.factories import TUESDAY
from tests.races import at_once
from tests.resident_card.cast import make_holder
from tests.resident_card.counters import look, make_cashier, make_offer, make_point

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 20


def counted(offer):
    return sum(OfferCount.objects.filter(offer=offer).values_list("used", flat=True))


@pytest.fixture
def scene():
    point, phone = make_point(), make_holder()
    return point, make_cashier(point), phone


def test_twenty_scans_at_once_never_pass_the_limit(scene):
    """R44: the first of the period included, when the counter's row is not there yet."""
    point, piotr, phone = scene
    offer = make_offer(point, limit=5)
    checks = [look(phone, point, piotr) for _till in range(THREADS)]

    came = at_once(*(lambda check=check: redeem(check, offer, by=piotr, moment=TUESDAY) for check in checks))

    assert sum(isinstance(one, Redemption) for one in came) == 5
    assert counted(offer) == Redemption.objects.count() == 5
    assert {one for one in came if isinstance(one, str)} == {"Ta zniżka jest już wykorzystana."}


def test_control_without_the_lock_on_the_counter_the_limit_is_passed(scene):
    point, piotr, phone = scene
    offer = make_offer(point, limit=1)
    person = phone.medium.person
    holder, period = counter_of(offer, person, localdate(TUESDAY))
    OfferCount.objects.create(offer=offer, holder=holder, period=period)
    meet = threading.Barrier(2)

    def count_blindly():
        with transaction.atomic():
            count = OfferCount.objects.get(offer=offer)
            left = offer.limit - count.used
            meet.wait(30)
            if left:
                OfferCount.objects.filter(pk=count.pk).update(used=F("used") + 1)
                Redemption.objects.create(
                    offer=offer, point=point, person=person, medium=phone.medium, count=count, key=uuid.uuid4(), by=piotr.subject, at=TUESDAY
                )  # fmt: skip

    at_once(count_blindly, count_blindly)

    assert counted(offer) == 2


def test_one_form_pressed_twenty_times_at_once_counts_once(scene):
    """A double click, and a browser that repeats."""
    point, piotr, phone = scene
    offer = make_offer(point, limit=5)
    check = look(phone, point, piotr)

    came = at_once(*[lambda: redeem(check, offer, by=piotr, moment=TUESDAY)] * THREADS)

    assert len({one.pk for one in came}) == 1
    assert counted(offer) == 1


def test_one_use_taken_back_twenty_times_at_once_goes_back_once(scene):
    """R48"""
    point, piotr, phone = scene
    offer = make_offer(point, limit=5)
    other = redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)
    booked = redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)

    at_once(*[lambda: undo(booked, by=piotr, moment=TUESDAY)] * THREADS)

    assert counted(offer) == 1
    assert Redemption.objects.standing().get() == other


def test_control_without_the_lock_on_the_use_it_goes_back_twice(scene):
    point, piotr, phone = scene
    offer = make_offer(point, limit=5)
    redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)
    booked = redeem(look(phone, point, piotr), offer, by=piotr, moment=TUESDAY)
    meet = threading.Barrier(2)

    def undo_blindly():
        with transaction.atomic():
            found = Redemption.objects.get(pk=booked.pk)
            meet.wait(30)
            if not found.reversed_at:
                Redemption.objects.filter(pk=found.pk).update(reversed_at=TUESDAY)
                OfferCount.objects.filter(pk=found.count_id).update(used=F("used") - 1)

    at_once(undo_blindly, undo_blindly)

    assert counted(offer) == 0


def test_one_code_scanned_twice_at_once_is_one_check_for_the_same_cashier(scene):
    point, piotr, phone = scene
    code = phone.shows(TUESDAY)

    came = at_once(*[lambda: check_card(code, point=point, by=piotr, moment=TUESDAY)] * 5)

    assert len({one.pk for one in came}) == 1
    assert CardCheck.objects.count() == 1


def test_one_code_at_twenty_tills_at_once_is_good_at_one(scene):
    """R71"""
    point, _piotr, phone = scene
    cashiers = [make_cashier(point, f"kasa{number}@example.com") for number in range(THREADS)]
    code = phone.shows(TUESDAY)

    came = at_once(*(lambda who=who: check_card(code, point=point, by=who, moment=TUESDAY) for who in cashiers))

    assert sum(isinstance(one, CardCheck) for one in came) == 1


def test_a_block_and_a_use_at_once_leave_either_a_use_before_it_or_none(scene):
    """R72: whoever commits first; never a use of a card that was blocked before it was read."""
    point, piotr, phone = scene
    offer = make_offer(point, limit=THREADS)
    checks = [look(phone, point, piotr) for _till in range(10)]

    def block():
        CardMedium.objects.update(status=MediumStatus.BLOCKED)

    came = at_once(block, *(lambda check=check: redeem(check, offer, by=piotr, moment=TUESDAY) for check in checks))

    uses = sum(isinstance(one, Redemption) for one in came)
    assert counted(offer) == uses
    assert isinstance(at_once(lambda: redeem(look_again(phone, point, piotr), offer, by=piotr, moment=TUESDAY))[0], str)


def look_again(phone, point, piotr):
    return check_card(phone.medium.number, point=point, by=piotr, moment=TUESDAY)
