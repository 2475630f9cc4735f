"""Giving back what came online: Grażyna asks, Halina releases, the provider carries it out; once, and never above what came in."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.models import Message
from office.transitions import Refused
from payments import rules
from payments.actions import checkout, refunds, settling, till
from payments.models import Checkout, CheckoutLine, Entry, Payment, ProviderEvent, Refund
from payments.statuses import PaymentStatus, RefundStatus
from tests.conftest import make_user
from tests.factories import make_person
from tests.payments.cast import make_payment
from tests.races import at_once, done_at_once

NOW = timezone.now()
LATER = NOW + timedelta(minutes=2)


def paid_line(operator, anna, person=None, grosze=2000):
    basket = checkout.begin([make_payment(person or make_person(anna), amount_grosze=grosze, moment=NOW)], by=anna, moment=NOW)
    checkout.connect(basket, by=anna, moment=NOW)
    operator.pay(basket.session)
    settling.ask(Checkout.objects.get(pk=basket.pk), moment=NOW)
    return CheckoutLine.objects.select_related("checkout", "payment").get(checkout=basket)


@pytest.fixture
def line(operator, anna):
    return paid_line(operator, anna)


def asked(line, by, grosze=2000):
    return refunds.ask(line, amount_grosze=grosze, reason="Sprawa wycofana", by=by, moment=NOW)


def reloaded():
    return Refund.objects.get()


@pytest.mark.django_db
def test_two_people_give_money_back_and_the_ledger_tells(operator, line, grazyna, halina):
    refund = asked(line, grazyna)
    assert operator.refunds == {}

    refunds.release(refund, by=halina, moment=NOW)
    assert refunds.send_waiting(moment=NOW) == 1
    operator.refunds[str(refund.pk)]["status"] = 1
    assert refunds.follow_waiting(moment=LATER) == 1

    payment = Payment.objects.get()
    assert reloaded().status == RefundStatus.DONE
    assert (rules.received(payment), payment.status) == (0, PaymentStatus.DUE)
    assert Entry.objects.get(kind="refund").amount_grosze == -2000
    assert Message.objects.filter(event="payments/refunded").count() == 1


@pytest.mark.django_db
def test_whoever_asked_does_not_release(line, grazyna):
    refund = asked(line, grazyna)

    with pytest.raises(Refused, match="inna osoba"):
        refunds.release(refund, by=grazyna, moment=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.update(released_by=grazyna.subject)


@pytest.mark.django_db
@pytest.mark.parametrize("grosze", [2001, 0, -1])
def test_never_more_than_came_in(line, grazyna, grosze):
    with pytest.raises(Refused, match="najwyżej"):
        asked(line, grazyna, grosze)


@pytest.mark.django_db
def test_parts_add_up_to_the_whole_and_no_more(line, grazyna, halina):
    asked(line, grazyna, 1500)

    with pytest.raises(Refused):
        asked(line, halina, 501)
    assert asked(line, halina, 500)


@pytest.mark.django_db
def test_a_withdrawn_one_frees_its_sum(line, grazyna):
    refunds.withdraw(asked(line, grazyna), by=grazyna, moment=NOW)

    assert refunds.left(line) == 2000


@pytest.mark.django_db
def test_what_is_not_paid_is_not_given_back(operator, anna, grazyna):
    basket = checkout.begin([make_payment(make_person(anna), moment=NOW)], by=anna, moment=NOW)

    with pytest.raises(Refused, match="przez internet"):
        asked(basket.lines.get(), grazyna)


@pytest.mark.django_db
def test_the_providers_no_frees_the_sum(operator, line, grazyna, halina):
    operator.says["transaction/refund"] = (409, b"{}")
    refunds.release(asked(line, grazyna), by=halina, moment=NOW)

    refunds.send_waiting(moment=NOW)

    assert reloaded().status == RefundStatus.REJECTED and refunds.left(line) == 2000
    assert not Entry.objects.filter(kind="refund").exists()


@pytest.mark.django_db
def test_no_answer_is_asked_about_and_never_ordered_again(operator, line, grazyna, halina):
    """The provider took it and its answer was lost: one order, found by asking."""
    refund = asked(line, grazyna)
    refunds.release(refund, by=halina, moment=NOW)
    operator.order_refund({"requestId": str(refund.pk), "refunds": [{"orderId": line.checkout.order_id, "sessionId": line.checkout.session, "amount": 2000}]})  # fmt: skip
    operator.says["transaction/refund"] = (502, b"")
    refunds.send_waiting(moment=NOW)
    assert reloaded().status == RefundStatus.SENT
    operator.says.clear()
    for _time in range(3):
        refunds.send_waiting(moment=LATER)
    operator.refunds[str(refund.pk)]["status"] = 1

    refunds.follow_waiting(moment=LATER)

    assert reloaded().status == RefundStatus.DONE
    assert [path for method, path in operator.calls if path.endswith("transaction/refund")] == ["/api/v1/transaction/refund"]


@pytest.mark.django_db
def test_what_the_provider_never_heard_of_waits_for_a_person(operator, line, grazyna, halina):
    refunds.release(asked(line, grazyna), by=halina, moment=NOW)
    operator.says["transaction/refund"] = (502, b"")
    refunds.send_waiting(moment=NOW)

    refunds.follow_waiting(moment=NOW + timedelta(minutes=62))

    assert reloaded().status == RefundStatus.SENT and "nie zna" in reloaded().trouble
    refunds.call_failed(reloaded(), by=halina, moment=NOW)
    assert refunds.left(line) == 2000


@pytest.mark.django_db
def test_a_message_about_a_refund_only_tells_to_ask(operator, line, grazyna, halina):
    refund = asked(line, grazyna)
    refunds.release(refund, by=halina, moment=NOW)
    refunds.send_waiting(moment=NOW)
    message = operator.refund_message(str(refund.pk))

    def tell():
        assert Client().post(reverse("payments:notify"), json.dumps(message), content_type="application/json").status_code == 200
        refunds.handle_waiting(moment=NOW)

    tell()
    assert reloaded().status == RefundStatus.SENT
    operator.refunds[str(refund.pk)]["status"] = 1
    ProviderEvent.objects.all().delete()
    tell()
    assert reloaded().status == RefundStatus.DONE


@pytest.mark.django_db
def test_another_sum_at_the_provider_is_shown_and_books_nothing(operator, line, grazyna, halina):
    refund = asked(line, grazyna)
    refunds.release(refund, by=halina, moment=NOW)
    refunds.send_waiting(moment=NOW)
    operator.refunds[str(refund.pk)] |= {"status": 1, "amount": 1999}

    refunds.follow_waiting(moment=LATER)

    assert "inną kwotę" in reloaded().trouble and not Entry.objects.filter(kind="refund").exists()


@pytest.mark.django_db
def test_at_the_desk_the_second_person_has_the_button(line, grazyna, halina, sign_in):
    refund = asked(line, grazyna)
    page = reverse("admin:payments_refund_change", args=[refund.pk])

    assert "Zatwierdź zwrot" not in sign_in(Client(), grazyna, strong=True).get(page).content.decode()
    assert "Zatwierdź zwrot" in sign_in(Client(), halina, strong=True).get(page).content.decode()


@pytest.mark.django_db
def test_at_the_desk_a_refund_is_asked_for_from_the_payment(line, grazyna, sign_in):
    desk = sign_in(Client(), grazyna, strong=True)
    address = reverse("admin:payments_payment_verb", args=[line.payment_id, "ask_refund"])
    shown = desk.get(address).content.decode()

    assert "20,00" in shown
    desk.post(address, {"line": line.pk, "amount_grosze": "20,00", "reason": "Nadpłata", "seen": "paid"})
    assert reloaded().amount_grosze == 2000
    for name in ("checkout", "refund", "providerevent", "entry"):
        assert desk.get(reverse(f"admin:payments_{name}_changelist")).status_code == 200
    assert desk.get(reverse("admin:payments_checkout_change", args=[line.checkout_id])).status_code == 200


# Races


@pytest.fixture
def in_earnest(transactional_db, operator):
    anna = make_user("anna@example.com")
    person = make_person(anna)
    return lambda: paid_line(operator, anna, person)


@pytest.mark.django_db(transaction=True)
def test_two_refunds_of_the_whole_asked_at_once_are_one(in_earnest, grazyna, halina):
    for _round in range(8):
        line = in_earnest()

        came = done_at_once(lambda line=line: asked(line, grazyna), lambda line=line: asked(line, halina))

        assert came.count(True) == 1 and line.refunds.taken() == 2000


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_twice_the_money_would_go_back(in_earnest, grazyna, halina, monkeypatch):
    import threading

    line, meet = in_earnest(), threading.Barrier(2)
    before = refunds.left

    def look_and_wait(line):
        seen = before(line)
        meet.wait(30)
        return seen

    monkeypatch.setattr(till, "lock", lambda payment: payment)
    monkeypatch.setattr(refunds, "left", look_and_wait)

    assert done_at_once(lambda: asked(line, grazyna), lambda: asked(line, halina)) == [True, True]
    assert line.refunds.taken() == 4000


@pytest.mark.django_db(transaction=True)
def test_five_workers_order_it_once_and_book_it_once(in_earnest, operator, grazyna, halina):
    for _round in range(4):
        line = in_earnest()
        refund = refunds.release(asked(line, grazyna), by=halina, moment=NOW)
        copies = [Refund.objects.select_related("line__checkout", "line__payment").get(pk=refund.pk) for _copy in range(5)]

        sent = at_once(*[lambda copy=copy: refunds.send(copy, moment=NOW) for copy in copies])
        operator.refunds[str(refund.pk)]["status"] = 1
        at_once(*[lambda: refunds.follow_waiting(moment=LATER)] * 5)

        assert sent.count(True) == 1
        assert Entry.objects.filter(kind="refund", payment=line.payment).count() == 1
    assert len(operator.refunds) == 4
    connection.close()
