"""Pages of the card: tying a phone, blocking, a new card, plastic, packages; without a script and without a second step."""

import base64
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse

from resident_card.actions import media
from resident_card.models import CardMedium, PackageGrant, PlasticOrder
from resident_card.statuses import MediumStatus, PhotoStatus
from resident_card.verification import verify
from tests.factories import TUESDAY, make_person
from tests.resident_card import carded
from tests.resident_card.cast import BASE, Phone, grant, make_holder, make_packages


def public_half(key):
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def address(name, pk):
    return reverse(f"resident_card:{name}", args=[pk])


@pytest.fixture
def person(anna):
    make_packages()
    person = make_person(anna, born_on=date(1985, 4, 15))
    media.make_app_card(person, moment=TUESDAY)
    return person


@pytest.fixture
def mine(anna, sign_in):
    return sign_in(Client(), anna)


def tie(client, person, content):
    given = {"public_key": base64.b64encode(content).decode(), "device": "Android"}
    return client.post(address("tie_phone", person.pk), given, follow=True)


def test_a_phone_is_tied_and_what_it_signs_is_believed(person, mine):
    key = ec.generate_private_key(ec.SECP256R1())

    answer = tie(mine, person, public_half(key))

    medium = CardMedium.objects.get()
    assert "Ten telefon pokazuje teraz kartę" in answer.content.decode()
    assert verify(Phone(medium, key).shows(TUESDAY), moment=TUESDAY).by_phone
    assert medium.device == "Android"


def test_the_same_phone_tied_twice_changes_nothing(person, mine):
    content = public_half(ec.generate_private_key(ec.SECP256R1()))

    numbers = [tie(mine, person, content) and CardMedium.objects.get().number for _ in range(2)]

    assert numbers[0] == numbers[1]


def test_a_new_phone_gets_a_new_number_and_the_old_one_stops(person, mine):
    old_key, new_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    tie(mine, person, public_half(old_key))
    old = CardMedium.objects.get()

    tie(mine, person, public_half(new_key))

    old.refresh_from_db()
    new = CardMedium.objects.get(status=MediumStatus.ACTIVE)
    assert (old.status, old.end_reason) == (MediumStatus.REPLACED, "nowy telefon")
    assert new.number != old.number
    assert verify(Phone(new, new_key).shows(TUESDAY), moment=TUESDAY)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nie-klucz",
        public_half(ec.generate_private_key(ec.SECP384R1())),
        public_half(ed25519.Ed25519PrivateKey.generate()),
        public_half(rsa.generate_private_key(65537, 2048)),
        public_half(ec.generate_private_key(ec.SECP256R1()))[:-1] + b"\x00",
    ],
    ids=["nothing", "noise", "P-384", "Ed25519", "RSA", "off the curve"],
)
def test_what_is_no_key_of_p256_ties_nothing(person, mine, content):
    answer = tie(mine, person, content)

    assert "niewłaściwy klucz" in answer.content.decode()
    assert CardMedium.objects.get().public_key is None


def test_tying_needs_a_second_step(person, anna, sign_in):
    weak = sign_in(Client(), anna, strong=False)

    answer = weak.post(address("tie_phone", person.pk), {})

    assert answer.status_code == 302
    assert CardMedium.objects.get().public_key is None


def test_the_card_shows_only_an_accepted_photo(person, mine):
    """R23"""
    carded.make_photo(person, PhotoStatus.PENDING)
    carded.make_photo(person, PhotoStatus.REFUSED)
    assert mine.get(address("card_photo", person.pk)).status_code == 404

    carded.make_photo(person)

    assert mine.get(address("card_photo", person.pk)).status_code == 200
    assert address("card_photo", person.pk) in mine.get(reverse("resident_card:my_card")).content.decode()


def test_a_blocked_card_says_so_and_a_new_one_is_one_press_away(person, mine):
    """R29"""
    medium = CardMedium.objects.get()
    mine.post(address("block_card", medium.pk))
    assert "zablokowana" in mine.get(reverse("resident_card:my_card")).content.decode()

    mine.post(address("new_card", person.pk))

    assert CardMedium.objects.get(status=MediumStatus.ACTIVE).number != medium.number


def test_who_never_had_a_card_gets_none_by_asking_for_a_new_one(ewa, sign_in):
    person = make_person(ewa)

    answer = sign_in(Client(), ewa).post(address("new_card", person.pk), follow=True)

    assert "złóż wniosek" in answer.content.decode()
    assert not CardMedium.objects.exists()


def test_a_parent_shows_and_blocks_the_card_of_a_child(person, mine):
    child = carded.make_child(person)
    medium = media.make_app_card(child, moment=TUESDAY)
    assert str(child) in mine.get(reverse("resident_card:my_card")).content.decode()
    assert mine.get(address("card_of", child.pk)).status_code == 200

    mine.post(address("block_card", medium.pk))

    medium.refresh_from_db()
    assert medium.status == MediumStatus.BLOCKED


def test_the_first_plastic_card_is_one_press(person, mine):
    """R28"""
    mine.post(address("order_plastic", person.pk))

    order = PlasticOrder.objects.get()
    assert (order.reason, order.payment, order.medium.status) == (PlasticOrder.Reason.FIRST, None, MediumStatus.ORDERED)


def test_a_duplicate_leads_to_its_payment_and_may_be_called_off(person, mine):
    """R28"""
    order = carded.make_duplicate(person)
    assert "20,00" in mine.get(reverse("resident_card:my_card")).content.decode()

    mine.post(address("cancel_plastic", order.pk))

    order.medium.refresh_from_db()
    order.payment.refresh_from_db()
    assert (order.medium.status, order.payment.status) == (MediumStatus.CANCELLED, "cancelled")
    answer = mine.post(address("order_plastic", person.pk), {"reason": "destroyed"})
    assert answer.headers["Location"].startswith("/platnosci/")


def test_packages_tell_what_works_until_when_and_what_sleeps(anna, sign_in, time_machine):
    """R34"""
    phone = make_holder(make_person(anna, born_on=date(1985, 4, 15)))
    time_machine.move_to(TUESDAY)
    text = sign_in(Client(), anna).get(reverse("resident_card:packages")).content.decode()
    assert 'datetime="2027-05-31"' in text
    assert "Działa do" in text

    PackageGrant.objects.filter(person=phone.medium.person, package__is_base=True).update(
        valid_to=TUESDAY.date() - timedelta(days=1)
    )

    text = sign_in(Client(), anna).get(reverse("resident_card:packages")).content.decode()
    assert "wstrzymany" in text
    assert "Śpi, bo nie działa Pakiet Mieszkańca" in text


def test_my_matters_tell_of_a_card_to_pay_for_one_to_collect_and_of_an_end(person, mine, time_machine):
    time_machine.move_to(TUESDAY)
    grant(person, BASE, until=TUESDAY.date() + timedelta(days=60))
    order = carded.make_duplicate(person)
    text = mine.get(reverse("my_matters")).content.decode()
    assert "Zapłać za duplikat karty" in text
    assert "Kończy się Pakiet Mieszkańca" in text

    CardMedium.objects.filter(pk=order.medium.pk).update(status=MediumStatus.READY)

    assert "Odbierz kartę plastikową" in mine.get(reverse("my_matters")).content.decode()


def test_the_shell_in_the_phone_knows_nobody(person, mine):
    """What lies in the cache of a phone holds no name, not even of who is signed in."""
    text = mine.get(reverse("resident_card:in_the_phone")).content.decode()

    assert "Kowalska" not in text
    assert "anna@" not in text


def test_the_worker_may_look_after_the_card_alone(client, db):
    answer = client.get(reverse("resident_card:worker"))

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert reverse("resident_card:worker").rpartition("/")[0] + "/" == "/karta/"
    assert "Service-Worker-Allowed" not in answer.headers
