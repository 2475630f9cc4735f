"""Many hands at one card, on real threads and a real database. Beside each race stands a control that goes red without the guard."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection, transaction

from office.models import Message
from resident_card.actions import media, nightly, packages, plastic
from resident_card.models import CardMedium, PackageGrant, PackageNotice, PackageType
from resident_card.statuses import MediumStatus
from tests.factories import TUESDAY, at, make_person
from tests.payments.cast import book
from tests.races import definition_of, done_at_once
from tests.resident_card import carded
from tests.resident_card.cast import BASE, grant, make_packages

pytestmark = pytest.mark.django_db(transaction=True)
MANY, ROUNDS = 5, 6


def new_key():
    return ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def active_of(person):
    return CardMedium.objects.filter(person=person, status=MediumStatus.ACTIVE).count()


def test_a_card_asked_for_by_many_at_once_is_one(db):
    """R8"""
    for _round in range(ROUNDS):
        person = make_person()

        done_at_once(*[lambda person=person: media.make_app_card(person, moment=TUESDAY)] * MANY)

        assert CardMedium.objects.filter(person=person).count() == 1


@contextmanager
def without_unique_active():
    create = definition_of("resident_card_one_active_medium")
    with connection.cursor() as cursor:
        cursor.execute("drop index resident_card_one_active_medium")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate resident_card_cardmedium cascade")
            cursor.execute(create)


def test_control_without_the_unique_key_there_are_many(db):
    """The index is what holds: without it several threads find no card and each makes one."""
    with without_unique_active():
        counts = []
        for _round in range(ROUNDS * 4):
            person = make_person()
            done_at_once(*[lambda person=person: media.make_app_card(person, moment=TUESDAY)] * MANY)
            counts.append(active_of(person))

        assert max(counts) > 1


def test_two_new_phones_at_once_leave_one_active_card(db):
    """The slower phone's card wins; the quicker one's is replaced, and nobody's press fails."""
    for _round in range(ROUNDS):
        person = make_person()
        media.make_app_card(person, moment=TUESDAY)
        media.tie_phone(person, public_key=new_key(), by=None, moment=TUESDAY)

        done = done_at_once(*[lambda person=person: media.tie_phone(person, public_key=new_key(), by=None, moment=TUESDAY)] * 2)

        assert done == [True, True]
        assert active_of(person) == 1
        assert CardMedium.objects.filter(person=person, status=MediumStatus.REPLACED).count() == 2


def test_a_package_given_by_two_at_once_is_one_grant(db):
    make_packages()
    base = PackageType.objects.get(code=BASE)
    for _round in range(ROUNDS):
        person = make_person(born_on=date(1985, 4, 15))

        done = done_at_once(
            *[lambda person=person: packages.grant(person, base, day=TUESDAY.date(), moment=TUESDAY, by=None)] * MANY
        )

        assert done == [True] * MANY
        assert PackageGrant.objects.filter(person=person).count() == 1


def test_two_nights_at_once_remind_once(anna):
    """R41"""
    make_packages()
    person = make_person(anna, born_on=date(1985, 4, 15))
    end = grant(person, BASE).valid_to

    for before in (60, 30, 7):
        day = end - timedelta(days=before)
        done_at_once(*[lambda day=day: nightly.remind_of_ends(day=day, moment=at(day))] * 3)

    assert Message.objects.count() == PackageNotice.objects.count() == 3


def test_two_sweeps_at_once_send_a_paid_duplicate_to_print_once(anna, make_account):
    """R28"""
    make_packages()
    person = make_person(anna)
    media.make_app_card(person, moment=TUESDAY)
    order = carded.make_duplicate(person)
    with transaction.atomic():
        book(order.payment, 2000, "KP 1/2026", make_account("grazyna@pruszcz.example"))
    moved: list[int] = []

    done_at_once(*[lambda: moved.append(plastic.settle_paid(moment=TUESDAY))] * 2)

    assert sorted(moved) == [0, 1]
