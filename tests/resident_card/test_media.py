"""A card on the phone is one, blocking it works at once, and no number lives twice (R8, R29, R30)."""

from datetime import date, timedelta

import pytest

from office.transitions import Refused, history_of
from pruszcz_portal import roles
from resident_card import numbers
from resident_card.actions import media
from resident_card.models import CardMedium, Family, Membership
from resident_card.numbers import new_number
from resident_card.statuses import MediumStatus
from resident_card.verification import CardRefused, Why, verify
from tests.factories import TUESDAY, make_person
from tests.resident_card.cast import make_holder

HOUR = timedelta(hours=1)


@pytest.fixture
def clerk(make_account):
    return make_account("celina@pruszcz.example", "Celina Nowak", roles.CARD_DESK)


def make_plastic(person, status=MediumStatus.ACTIVE):
    return CardMedium.objects.create(
        person=person, kind=CardMedium.Kind.PLASTIC, number=new_number(), status=status, made_at=TUESDAY
    )


def test_a_card_asked_for_twice_is_one(anna):
    """R8"""
    person = make_person(anna)

    first, second = (media.make_app_card(person, moment=TUESDAY) for _ in range(2))

    assert first == second
    assert verify(first.number, moment=TUESDAY).medium == first
    assert first.public_key is None


def test_a_number_that_is_taken_is_drawn_again(anna, monkeypatch):
    taken = media.make_app_card(make_person(anna), moment=TUESDAY).number
    drawn = iter([int(taken[:11]), int(taken[:11]), 12345678901])
    monkeypatch.setattr(numbers.secrets, "randbelow", lambda bound: next(drawn))

    made = media.make_app_card(make_person(first_name="Bartek"), moment=TUESDAY)

    assert made.number.startswith("12345678901")


def test_a_blocked_card_is_refused_at_the_next_verification_and_a_new_one_has_a_new_number(anna):
    """R29"""
    phone = make_holder(make_person(anna, born_on=date(1985, 4, 15)))
    assert verify(phone.shows(TUESDAY), moment=TUESDAY)

    media.block(phone.medium, by=anna, moment=TUESDAY)

    with pytest.raises(CardRefused) as refused:
        verify(phone.shows(TUESDAY), moment=TUESDAY)
    assert refused.value.why == Why.BLOCKED
    made = media.make_app_card(phone.medium.person, moment=TUESDAY + HOUR)
    phone.medium.refresh_from_db()
    assert made.number != phone.medium.number
    assert phone.medium.status == MediumStatus.REPLACED


def test_a_blocked_card_is_never_blocked_again_nor_revived(anna):
    """R29"""
    medium = media.make_app_card(make_person(anna), moment=TUESDAY)
    media.block(medium, by=anna, moment=TUESDAY)

    with pytest.raises(Refused, match="nie jest już aktywna"):
        media.block(medium, by=anna, moment=TUESDAY)
    assert MediumStatus.ACTIVE not in CardMedium.TRANSITIONS[MediumStatus.BLOCKED]


def test_blocking_plastic_leaves_the_phone_alone_unless_all_is_said(anna):
    """R30"""
    person = make_person(anna)
    app = media.make_app_card(person, moment=TUESDAY)
    media.block(make_plastic(person), by=anna, moment=TUESDAY)
    app.refresh_from_db()
    assert app.status == MediumStatus.ACTIVE

    media.block(make_plastic(person), by=anna, moment=TUESDAY, everything=True)

    assert not CardMedium.objects.filter(person=person, status=MediumStatus.ACTIVE).exists()


def test_history_tells_whether_the_holder_or_a_clerk_blocked(anna, clerk):
    person = make_person(anna)
    medium, plastic = media.make_app_card(person, moment=TUESDAY), make_plastic(person)

    media.block(medium, by=anna, moment=TUESDAY)
    media.block(plastic, by=clerk, moment=TUESDAY, reason="zgłoszenie przez telefon")

    assert history_of(medium).get().side == "resident"
    assert history_of(plastic).get().side == "clerk"
    plastic.refresh_from_db()
    assert plastic.end_reason == "zgłoszenie przez telefon"


def test_a_parent_looks_after_the_card_of_a_child_until_it_is_of_age(anna, ewa):
    """R20, 3.4"""
    from resident_card.rules import looks_after

    parent, child = make_person(anna), make_person(first_name="Ola", born_on=date(2010, 2, 28))
    family = Family.objects.create(made_at=TUESDAY)
    for person, role in ((parent, Membership.Role.ADMINISTRATOR), (child, Membership.Role.CHILD)):
        Membership.objects.create(family=family, person=person, role=role, joined_at=TUESDAY)

    assert looks_after(anna, child, date(2028, 2, 27))
    assert not looks_after(anna, child, date(2028, 2, 28))
    assert not looks_after(ewa, child, date(2026, 11, 24))
