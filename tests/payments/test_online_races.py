"""F6: twenty messages at once, the page the payer comes back to, the reconcile job, in any order: paid once, one confirmation, one letter."""

import json
import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.models import Counter, Message, StatusChange
from payments import actions
from payments.actions import checkout, settling
from payments.models import Checkout, CheckoutLine, Entry, Payment, ProviderEvent
from payments.provider import current
from payments.statuses import CheckoutStatus, PaymentStatus
from tests.conftest import make_user
from tests.factories import make_person
from tests.payments.cast import make_payment
from tests.payments.test_races import without
from tests.races import at_once, definition_of

NOW = timezone.now()
LATER = NOW + timedelta(minutes=16)
NOTIFY = reverse("payments:notify")
FEW, WHOLE = 15, 1000  # orders in the fast tier, and in `make soak`


@pytest.fixture
def anna_pays(transactional_db, operator):
    """`anna_pays()`: a fresh basket of two payments at the provider, paid there, and the message of it."""
    anna = make_user("anna@example.com")
    return lambda: paid_there(operator, anna, make_person_of(anna))


def make_person_of(anna):
    return getattr(anna, "person", None) or make_person(anna)


def paid_there(operator, anna, person):
    basket = checkout.begin([make_payment(person), make_payment(person, amount_grosze=3700)], by=anna, moment=NOW)
    checkout.connect(basket, by=anna, moment=NOW)
    return Checkout.objects.get(pk=basket.pk), operator.pay(basket.session)


def send(message):
    return Client().post(NOTIFY, json.dumps(message), content_type="application/json").status_code


def what_came_of(basket):
    basket = Checkout.objects.get(pk=basket.pk)
    lines = Entry.objects.filter(payment__lines__checkout=basket)
    return {
        "status": basket.status, "entries": lines.count(), "grosze": sum(lines.values_list("amount_grosze", flat=True)),
        "letters": Message.objects.filter(event="payments/paid_online", about_id=basket.pk).count(),
        "moves to paid": StatusChange.objects.filter(object_id=basket.pk, to_status=CheckoutStatus.PAID).count(),
        "events": ProviderEvent.objects.filter(session=basket.session).count(),
    }  # fmt: skip


PAID_ONCE = {"status": "paid", "entries": 2, "grosze": 5700, "letters": 1, "moves to paid": 1, "events": 1}


@pytest.mark.django_db(transaction=True)
def test_twenty_messages_the_workers_and_the_page_at_once_pay_once(anna_pays):
    """F6"""
    for round_ in range(1, 6):
        basket, message = anna_pays()
        mine = Client()
        mine.force_login(basket.payer.account)
        page = reverse("payments:checkout", args=[basket.pk])

        came = at_once(
            *[lambda message=message: send(message)] * 20,
            *[lambda: settling.handle_waiting(moment=timezone.now())] * 3,
            lambda: settling.reconcile(moment=LATER),
            lambda page=page, mine=mine: mine.get(page).status_code,
        )
        settling.handle_waiting(moment=LATER + timedelta(minutes=2))

        assert came[:20] == [200] * 20
        assert what_came_of(basket) == PAID_ONCE
        assert Counter.objects.get(series="PW").last == round_


@pytest.mark.django_db(transaction=True)
def test_control_without_lock_and_unique_evidence_one_basket_is_paid_twice(anna_pays):
    """The same writing by two workers, neither locking nor looking again: the guard is what keeps it to one."""
    basket, message = anna_pays()
    meet = threading.Barrier(2)

    def record_blindly():
        with transaction.atomic():
            seen = Checkout.objects.get(pk=basket.pk)
            meet.wait(30)
            assert seen.status != CheckoutStatus.PAID
            for place, line in enumerate(seen.lines.all(), start=1):
                Entry.objects.create(
                    payment=line.payment, kind="online", amount_grosze=line.amount_grosze, received_on=NOW.date(),
                    evidence=f"P24 {message['orderId']}/{place}", at=NOW,
                )  # fmt: skip

    with without("drop index payments_evidence_once", definition_of("payments_evidence_once")):
        at_once(record_blindly, record_blindly)
        assert what_came_of(basket)["entries"] == 4


@pytest.mark.django_db(transaction=True)
def test_control_without_the_unique_event_a_message_is_two(anna_pays):
    basket, message = anna_pays()
    notice = current().read(json.dumps(message).encode())
    meet = threading.Barrier(2)

    def store_blindly():
        with transaction.atomic():
            is_new = not ProviderEvent.objects.filter(event_id=notice.event_id).exists()
            meet.wait(30)
            if is_new:
                ProviderEvent.objects.create(
                    provider="przelewy24", event_id=notice.event_id, kind=notice.kind, session=notice.session,
                    order_id=notice.order_id, grosze=notice.grosze, currency="PLN", received_at=NOW,
                )  # fmt: skip

    table, name = "alter table payments_providerevent", "payments_event_once"
    with connection.cursor() as cursor:
        cursor.execute(f"{table} drop constraint {name}")
    try:
        at_once(store_blindly, store_blindly)
        assert what_came_of(basket)["events"] == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate payments_providerevent")
            cursor.execute(f"{table} add constraint {name} unique (provider, event_id)")


@pytest.mark.django_db(transaction=True)
def test_two_baskets_of_one_payment_begun_at_once_are_one(operator):
    anna = make_user("anna@example.com")
    person = make_person(anna)
    for _round in range(10):
        payment, other = make_payment(person), make_payment(person)

        at_once(
            *[lambda payment=payment: checkout.begin([payment], by=anna, moment=NOW)] * 2,
            lambda payment=payment, other=other: checkout.begin([payment, other], by=anna, moment=NOW),
        )

        assert CheckoutLine.objects.filter(payment=payment, is_live=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_paying_and_a_cancellation_at_once_do_not_both_win(operator, grazyna):
    """A clerk cancels while the basket goes to the provider: either nobody pays, or the payment stands."""
    anna = make_user("anna@example.com")
    person = make_person(anna)
    for _round in range(10):
        payment = make_payment(person)
        basket = checkout.begin([payment], by=anna, moment=NOW)

        came = at_once(
            lambda basket=basket: checkout.connect(basket, by=anna, moment=NOW),
            lambda payment=payment: actions.cancel(payment, by=grazyna, moment=NOW),
        )

        at_provider = Checkout.objects.get(pk=basket.pk).status == CheckoutStatus.REGISTERED
        cancelled = Payment.objects.get(pk=payment.pk).status == PaymentStatus.CANCELLED
        assert not (at_provider and cancelled), came


STEPS = st.lists(
    st.sampled_from(["message", "forged", "one grosz off", "worker", "reconcile", "page", "provider away", "pay again", "killed"]),
    min_size=1, max_size=25,
)  # fmt: skip


@pytest.mark.soak
@pytest.mark.django_db
def test_in_every_order_it_is_paid_once(anna, operator):
    """F6: generated orders of messages, forgeries, workers, asking, looking and the provider's silence; then the repair comes by."""
    person = make_person(anna)
    mine = Client()
    mine.force_login(anna)

    @settings(
        max_examples=WHOLE if settings.default.max_examples >= 10_000 else FEW,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(STEPS)
    def paid_once(steps):
        with transaction.atomic():
            basket, message = paid_there(operator, anna, person)
            for step in steps:
                walk(step, operator, mine, basket, message)
            operator.says.clear()
            settling.handle_waiting(moment=LATER)
            settling.reconcile(moment=LATER + timedelta(minutes=5))
            settling.handle_waiting(moment=LATER + timedelta(minutes=10))
            came = what_came_of(basket)
            assert {name: came[name] for name in PAID_ONCE if name != "events"} == {
                name: wanted for name, wanted in PAID_ONCE.items() if name != "events"
            }
            transaction.set_rollback(True)

    paid_once()


def walk(step, operator, mine, basket, message):
    if step == "message":
        assert send(message) == 200
    elif step == "forged":
        assert send({**message, "orderId": message["orderId"] + 1}) == 400
    elif step == "one grosz off":
        assert send(operator.message(basket.session, amount=message["amount"] - 1)) == 200
    elif step == "worker":
        settling.handle_waiting(moment=NOW)
    elif step == "reconcile":
        settling.reconcile(moment=LATER)
    elif step == "page":
        assert mine.get(reverse("payments:checkout", args=[basket.pk])).status_code == 200
    elif step == "provider away":
        operator.says["verify"] = (503, b"") if "verify" not in operator.says else operator.says.pop("verify")
    elif step == "killed":  # after the provider's yes, before our writing
        operator.sessions[basket.session]["status"] = 2
    elif step == "pay again":
        send(operator.message(basket.session))
