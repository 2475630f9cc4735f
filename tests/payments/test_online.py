"""Anna pays several payments in one go; the provider is a server on loopback that signs as the real one does."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from office.models import Message
from office.transitions import Refused
from payments import actions, rules
from payments.actions import checkout, settling
from payments.interface import BadMessage, ProviderAway, ProviderRefused
from payments.models import Checkout, CheckoutLine, Entry, Payment, ProviderEvent
from payments.provider import current
from payments.przelewy24 import signature
from payments.statuses import CheckoutStatus, PaymentStatus
from tests.factories import make_person
from tests.payments.cast import book, make_payment

pytestmark = pytest.mark.django_db
NOTIFY = reverse("payments:notify")
NOW = timezone.now()
Outcome = ProviderEvent.Outcome


@pytest.fixture
def annas(anna):
    person = make_person(anna)
    return lambda **fields: make_payment(person, moment=NOW, **fields)


@pytest.fixture
def begun(anna, annas, operator):
    """A basket of two payments, 20 zł and 37 zł, already at the provider."""
    basket = checkout.begin([annas(), annas(title="Opłata skarbowa", amount_grosze=3700)], by=anna, moment=NOW)
    checkout.connect(basket, by=anna, moment=NOW)
    return Checkout.objects.get()


def told(message):
    return Client(enforce_csrf_checks=True).post(NOTIFY, json.dumps(message), content_type="application/json")


def reloaded():
    return Checkout.objects.get()


def letters(event="payments/paid_online"):
    return Message.objects.filter(event=event).count()


def test_the_vectors_of_the_signature_come_out():
    """The two that are published in the project's facts (part 4), to the letter."""
    crc = "0123456789abcdef"
    register = {"sessionId": "PRG-2026-000001", "merchantId": 12345, "amount": 12345, "currency": "PLN"}
    verify = {"sessionId": "PRG-2026-000001", "orderId": 987654321, "amount": 12345, "currency": "PLN"}

    assert signature(register, crc) == (
        "93f170a0a59cf47610b8b67bd938ec056dc4dad925d94f4a7860405388c1e28b167dbb63c6cbeaa2a9d3dd1515af8321"
    )
    assert (
        signature(verify, crc)
        == "3db8584755c0ac53feae32d88cc49509db2352acad4ad04c0bf9d598ded735fc7283dc8d4b2044759e1373535652649d"
    )


def test_a_basket_is_paid_after_the_provider_has_agreed(operator, begun):
    """L43, D6: entries with the provider's number, one confirmation, one letter."""
    assert told(operator.pay(begun.session)).status_code == 200
    assert reloaded().status == CheckoutStatus.REGISTERED

    settling.handle_waiting(moment=NOW)

    paid = reloaded()
    assert (paid.status, paid.confirmation, paid.order_id) == (CheckoutStatus.PAID, f"PW/1/{NOW.year}", 300_000_001)
    assert set(Payment.objects.values_list("status", flat=True)) == {PaymentStatus.PAID}
    assert sorted(Entry.objects.values_list("kind", "evidence", "amount_grosze", "by")) == [
        ("online", "P24 300000001/1", 2000, None), ("online", "P24 300000001/2", 3700, None),
    ]  # fmt: skip
    assert letters() == 1
    assert not CheckoutLine.objects.filter(is_live=True).exists()


def test_the_message_again_and_again_changes_nothing(operator, begun):
    message = operator.pay(begun.session)
    for _time in range(3):
        assert told(message).status_code == 200
        settling.handle_waiting(moment=NOW)
        settling.reconcile(moment=NOW + timedelta(minutes=16))

    assert (ProviderEvent.objects.count(), Entry.objects.count(), letters()) == (1, 2, 1)


@pytest.mark.parametrize("wrong", [{"amount": 5699}, {"amount": 5701}, {"currency": "EUR"}])
def test_one_grosz_off_or_another_currency_settles_nothing(operator, begun, wrong):
    operator.pay(begun.session)
    assert told(operator.message(begun.session, **wrong)).status_code == 200

    settling.handle_waiting(moment=NOW)

    assert ProviderEvent.objects.get().outcome == Outcome.MISMATCH
    assert reloaded().status == CheckoutStatus.REGISTERED and reloaded().trouble
    assert not Entry.objects.exists()


def test_a_right_message_about_too_little_money_is_not_verified(operator, begun):
    operator.pay(begun.session, grosze=5699)
    told(operator.message(begun.session, amount=5700))

    settling.handle_waiting(moment=NOW)

    assert ProviderEvent.objects.get().outcome == Outcome.DECLINED
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff\xfe", b"[" * 8000, b'{"amount":' + b"9" * 5000 + b"}", b'{"sign":1}',
        b'{"merchantId":1e999,"sign":"x"}', b"merchantId=12345&amount=5700",
    ],
)  # fmt: skip
def test_rubbish_is_refused_and_not_stored(operator, begun, body):
    answer = Client().post(NOTIFY, body, content_type="application/json")

    assert answer.status_code == 400
    assert not ProviderEvent.objects.exists()


def test_a_forged_message_is_refused_and_not_stored(operator, begun):
    message = operator.pay(begun.session)
    for forged in (
        {**message, "amount": 1}, {**message, "sign": "0" * 96}, {**message, "sign": "ż"}, {**message, "merchantId": 1},
        operator.message(begun.session, crc="another"), operator.message(begun.session, merchantId=999),
        {**message, "orderId": True}, {**message, "orderId": -1}, {**message, "amount": 5700.0}, {**message, "sessionId": "\x00"},
    ):  # fmt: skip
        assert told(forged).status_code == 400
    assert not ProviderEvent.objects.exists()


def test_a_message_above_eight_kilobytes_is_not_read(operator, begun):
    message = {**operator.pay(begun.session), "more": "x" * 9000}

    assert told(message).status_code == 413


def test_a_message_of_a_session_that_is_not_ours_is_kept_for_the_treasurer(operator, begun):
    operator.pay(begun.session)
    for session in ("PRG-2026-000001", "00000000-0000-4000-8000-000000000000"):
        assert told(operator.message(begun.session, sessionId=session)).status_code == 200

    settling.handle_waiting(moment=NOW)

    assert set(ProviderEvent.objects.values_list("outcome", flat=True)) == {Outcome.UNKNOWN}


def test_without_a_provider_there_is_neither_button_nor_address(client, anna, sign_in, annas):
    payment = annas()
    mine = sign_in(client, anna)

    assert told({}).status_code == 404
    assert not rules.pays_online()
    assert reverse("payments:basket") not in mine.get(reverse("payments:payment", args=[payment.pk])).content.decode()
    assert "wyłączone" in mine.get(reverse("payments:mine")).content.decode()
    with pytest.raises(Refused):
        checkout.begin([payment], by=anna, moment=NOW)


def test_nobody_comes_to_the_basket_with_another_persons_payment(operator, anna, annas, bartek):
    make_person(bartek, "Bartek")

    with pytest.raises(Refused):
        checkout.begin([annas()], by=bartek, moment=NOW)


def test_the_same_choice_gives_the_same_basket_and_another_choice_a_new_one(operator, anna, annas):
    one, other = annas(), annas()

    first = checkout.begin([one], by=anna, moment=NOW)
    again = checkout.begin([one], by=anna, moment=NOW)
    both = checkout.begin([one, other], by=anna, moment=NOW)

    assert first.pk == again.pk != both.pk
    assert Checkout.objects.get(pk=first.pk).status == CheckoutStatus.ABANDONED
    assert both.amount_grosze == 4000


def test_a_payment_at_the_provider_is_in_no_second_basket(operator, anna, annas, begun):
    with pytest.raises(checkout.AlreadyPaying) as standing:
        checkout.begin([Payment.objects.first(), annas()], by=anna, moment=NOW)

    assert standing.value.checkout.pk == begun.pk


def test_what_was_asked_is_frozen_by_the_database(operator, begun):
    for rows in (Checkout.objects.all(), CheckoutLine.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(amount_grosze=1)


def test_money_at_the_desk_before_paying_ends_the_basket(operator, anna, annas, grazyna):
    payment = annas()
    basket = checkout.begin([payment], by=anna, moment=NOW)
    book(payment, 500, "KP 1", grazyna, moment=NOW, received_on=timezone.localdate(NOW))

    with pytest.raises(Refused, match="zmieniła się"):
        checkout.connect(basket, by=anna, moment=NOW)
    assert reloaded().status == CheckoutStatus.ABANDONED
    assert operator.calls == []


def test_money_at_the_desk_while_paying_shows_as_a_surplus(operator, begun, grazyna):
    payment = Payment.objects.get(amount_grosze=2000)
    book(payment, 2000, "KP 1", grazyna, moment=NOW, received_on=timezone.localdate(NOW))
    told(operator.pay(begun.session))

    settling.handle_waiting(moment=NOW)

    assert rules.surplus(Payment.objects.get(pk=payment.pk)) == 2000
    assert reloaded().status == CheckoutStatus.PAID


def test_a_payment_that_may_just_be_coming_is_not_cancelled(operator, begun, grazyna):
    with pytest.raises(Refused, match="przez internet"):
        actions.cancel(Payment.objects.first(), by=grazyna, moment=NOW)


def test_what_came_online_is_not_reversed_by_hand(operator, begun, grazyna):
    told(operator.pay(begun.session))
    settling.handle_waiting(moment=NOW)

    with pytest.raises(Refused, match="nie stornuje"):
        actions.reverse(Entry.objects.first(), reason="Pomyłka", by=grazyna, moment=NOW)


# The provider on a bad day

BAD = {
    "rubbish": (200, b"<html>"), "list": (200, b"[]"), "deep": (200, b"[" * 60_000), "long": (200, b'"' + b"x" * 80_000 + b'"'),
    "broken": (500, b"{}"), "unpaid bill": (401, b"{}"), "no data": (200, b'{"data":null}'),
}  # fmt: skip


@pytest.mark.parametrize("day", BAD)
def test_on_a_bad_day_nothing_is_taken_and_the_payer_is_told(operator, anna, annas, day):
    operator.says["register"] = BAD[day]
    basket = checkout.begin([annas()], by=anna, moment=NOW)

    with pytest.raises(Refused, match="Nic nie zostało pobrane"):
        checkout.connect(basket, by=anna, moment=NOW)
    operator.says.clear()
    assert checkout.connect(reloaded(), by=anna, moment=NOW).startswith(f"{operator.url}/trnRequest/T")


@pytest.mark.parametrize("day", ["rubbish", "deep", "long", "broken", "unpaid bill"])
def test_a_message_waits_until_the_provider_is_well_again(operator, begun, day):
    told(operator.pay(begun.session))
    operator.says["verify"] = BAD[day]

    settling.handle_waiting(moment=NOW)
    assert ProviderEvent.objects.get().outcome == Outcome.WAITING and not Entry.objects.exists()
    operator.says.clear()
    settling.handle_waiting(moment=NOW)

    assert reloaded().status == CheckoutStatus.PAID


def test_a_slow_provider_is_left_after_the_deadline(operator, monkeypatch):
    """Each byte comes in time, the whole never does."""
    monkeypatch.setattr("payments.przelewy24.DEADLINE", 0.3)
    operator.drip = True

    with pytest.raises(ProviderAway, match="slow"):
        current().ask("x")
    operator.drip, operator.slow = False, 1.0
    with pytest.raises(ProviderAway, match="Timeout"):
        current().ask("x")


def test_nobody_answers(settings, operator, begun):
    told(operator.pay(begun.session))
    settings.P24_URL = "http://127.0.0.1:9"

    assert settling.handle_waiting(moment=NOW) == 0
    assert settling.ask(begun, moment=NOW) is False


def test_our_end_between_its_yes_and_our_writing_is_mended(operator, begun):
    """Verified, then killed: the second `verify` is refused, the session tells that it was verified."""
    message = operator.pay(begun.session)
    current().verify(session=begun.session, order_id=message["orderId"], grosze=5700)
    told(message)

    settling.handle_waiting(moment=NOW)

    assert reloaded().status == CheckoutStatus.PAID


def test_verify_of_another_sum_is_refused(operator, begun):
    message = operator.pay(begun.session)

    with pytest.raises(ProviderRefused):
        current().verify(session=begun.session, order_id=message["orderId"], grosze=5699)


def test_messages_that_never_came_are_found_by_asking(operator, begun):
    """D6: everything begun over 15 minutes ago is asked about; before that nobody is bothered."""
    operator.pay(begun.session)

    assert settling.reconcile(moment=NOW + timedelta(minutes=14)) == 0
    assert settling.reconcile(moment=NOW + timedelta(minutes=16)) == 1
    assert (reloaded().status, letters()) == (CheckoutStatus.PAID, 1)


def test_nobody_paid_in_two_hours_and_the_payments_are_free_again(operator, begun):
    settling.reconcile(moment=NOW + timedelta(hours=1))
    assert reloaded().status == CheckoutStatus.REGISTERED

    settling.reconcile(moment=NOW + timedelta(hours=2, minutes=1))

    assert reloaded().status == CheckoutStatus.ABANDONED
    assert not CheckoutLine.objects.filter(is_live=True).exists()


def test_money_that_comes_to_a_basket_given_up_is_booked(operator, anna, begun):
    checkout.give_up(begun, by=anna, moment=NOW)
    told(operator.pay(begun.session))

    settling.handle_waiting(moment=NOW)

    assert reloaded().status == CheckoutStatus.PAID


def test_and_it_is_asked_about_for_a_week(operator, anna, begun):
    checkout.give_up(begun, by=anna, moment=NOW)
    operator.pay(begun.session)

    settling.reconcile(moment=NOW + timedelta(hours=7))

    assert reloaded().status == CheckoutStatus.PAID


def test_a_paid_basket_is_not_given_up_even_before_its_message(operator, anna, begun):
    operator.pay(begun.session)

    with pytest.raises(Refused, match="już zapłacona"):
        checkout.give_up(begun, by=anna, moment=NOW)
    assert reloaded().status == CheckoutStatus.PAID


def test_a_basket_is_not_given_up_while_nobody_knows(settings, operator, anna, begun):
    settings.P24_URL = "http://127.0.0.1:9"

    with pytest.raises(Refused, match="nie odpowiada"):
        checkout.give_up(begun, by=anna, moment=NOW)


def test_a_second_order_for_a_paid_basket_is_shown_to_the_treasurer(operator, begun):
    told(operator.pay(begun.session))
    settling.handle_waiting(moment=NOW)
    told(operator.pay(begun.session))

    settling.handle_waiting(moment=NOW)

    assert ProviderEvent.objects.filter(outcome=Outcome.SECOND).count() == 1
    assert "drugą wpłatę" in reloaded().trouble and Entry.objects.count() == 2


# The pages


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def test_anna_chooses_pays_and_comes_back(client, anna, annas, operator, sign_in):
    mine = sign_in(client, anna)
    one, _other = annas(), annas(amount_grosze=3700)

    assert "Do zapłaty razem 57,00 zł" in text_of(mine.get(reverse("payments:mine")))
    chosen = mine.post(reverse("payments:basket"), {"payments": [one.pk]})
    basket = Checkout.objects.get()
    assert chosen["Location"] == reverse("payments:checkout", args=[basket.pk])
    assert "Zapłać 20,00 zł" in text_of(mine.get(chosen["Location"]))
    away = mine.post(reverse("payments:pay", args=[basket.pk]))
    assert away["Location"] == f"{operator.url}/trnRequest/T{basket.session.upper()}"
    assert mine.post(reverse("payments:pay", args=[basket.pk]))["Location"] == away["Location"]

    operator.pay(basket.session)
    for _look in range(3):
        assert "Czekamy na potwierdzenie" in text_of(mine.get(chosen["Location"]))
    assert not Entry.objects.exists()
    settling.reconcile(moment=timezone.now() + timedelta(minutes=16))
    assert f"PW/1/{NOW.year}" in text_of(mine.get(chosen["Location"]))


def test_nothing_chosen_is_told_beside_the_question(client, anna, annas, operator, sign_in):
    annas()

    answer = sign_in(client, anna).post(reverse("payments:basket"), {})

    assert answer.status_code == 422
    assert "Wybierz co najmniej jedną pozycję." in text_of(answer)


def test_a_choice_made_as_the_session_ended_is_chosen_again(client, anna, annas, operator, sign_in):
    one, other = annas(), annas()
    address = reverse("payments:basket")

    assert client.post(address, {"payments": [other.pk]}).status_code == 302
    page = sign_in(client, anna).get(address).content.decode()

    assert re.search(rf'value="{other.pk}"[^>]* checked', page)
    assert not re.search(rf'value="{one.pk}"[^>]* checked', page)


def test_the_address_of_the_provider_is_in_no_policy_until_it_is_named(client):
    assert "przelewy24" not in client.get("/")["Content-Security-Policy"]


def test_a_message_read_by_nobody_else(operator):
    with pytest.raises(BadMessage):
        current().read(b'{"a":1}')


def test_the_confirmation_is_a_file_of_the_paid_basket_alone(client, anna, operator, begun, sign_in):
    mine = sign_in(client, anna)
    address = reverse("payments:confirmation", args=[begun.pk])
    assert mine.get(address).status_code == 404
    told(operator.pay(begun.session))
    settling.handle_waiting(moment=NOW)

    answer = mine.get(address)

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).replace("\xa0", " ")
    for words in (
        "Potwierdzenie wpłaty",
        f"PW/1/{NOW.year}",
        "57,00 zł",
        "37,00 zł",
        "Opłata skarbowa",
        "300000001",
        "Anna Kowalska",
    ):
        assert words in text
    assert answer.content == mine.get(address).content
