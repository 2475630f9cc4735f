"""Two treasurers press at the same moment, on real connections. Each race stands beside a control that goes red without its guard."""

import threading
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from payments import actions
from payments.actions import till
from payments.models import Entry, Payment
from payments.statuses import PaymentStatus
from tests.factories import TUESDAY, make_person
from tests.payments.cast import TODAY, book, make_payment
from tests.races import definition_of, done_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 25


@contextmanager
def without(drop, create):
    """The database without one of its guards; the guard comes back whatever happens."""
    with connection.cursor() as cursor:
        cursor.execute(drop)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate payments_entry cascade")
            cursor.execute(create)


def enter_blindly(payment, *, kind, amount_grosze, meet, then=None, **fields):
    """An entry as it would be written without locks: looks, waits until the other has looked too, writes."""
    with transaction.atomic():
        Entry.objects.filter(**{name: fields[name] for name in ("evidence",) if name in fields}).exists()
        meet.wait(30)
        Entry.objects.create(payment=payment, kind=kind, amount_grosze=amount_grosze, received_on=TODAY, at=TUESDAY, **fields)
        if then:
            then()


def test_one_evidence_booked_by_two_treasurers_at_once_is_booked_once(grazyna, halina):
    """At two payments, so that no lock of a payment stands between them."""
    person = make_person()
    for round_ in range(ROUNDS):
        one, other = make_payment(person), make_payment(person)

        came = done_at_once(
            lambda one=one, n=round_: book(one, 2000, f"KP {n}", grazyna),
            lambda other=other, n=round_: book(other, 2000, f"KP {n}", halina),
        )

        assert came.count(True) == 1
        assert Entry.objects.filter(evidence=f"KP {round_}").count() == 1
        assert sorted(Payment.objects.filter(pk__in=[one.pk, other.pk]).values_list("status", flat=True)) == ["due", "paid"]


def test_control_without_the_unique_evidence_both_are_booked(grazyna, halina):
    person = make_person()
    one, other = make_payment(person), make_payment(person)
    meet = threading.Barrier(2)
    fields = {"kind": "cash", "amount_grosze": 2000, "evidence": "KP 1", "meet": meet}

    with without("drop index payments_evidence_once", definition_of("payments_evidence_once")):
        came = done_at_once(
            lambda: enter_blindly(one, by=grazyna.subject, **fields), lambda: enter_blindly(other, by=halina.subject, **fields)
        )
        assert (came, Entry.objects.count()) == ([True, True], 2)


def test_one_entry_reversed_by_two_treasurers_at_once_is_reversed_once(grazyna, halina):
    person = make_person()
    for round_ in range(ROUNDS):
        payment = make_payment(person)
        entry = book(payment, 2000, f"KP {round_}", grazyna)
        copies = [Entry.objects.get(pk=entry.pk) for _ in range(2)]

        came = done_at_once(
            *(
                lambda copy=copy, who=who: actions.reverse(copy, reason="Pomyłka", by=who, moment=TUESDAY)
                for copy, who in zip(copies, (grazyna, halina), strict=True)
            )
        )

        assert came.count(True) == 1
        assert payment.entries.aggregate(sum=Sum("amount_grosze"))["sum"] == 0
        assert Payment.objects.get(pk=payment.pk).status == PaymentStatus.DUE


def test_control_without_the_one_reversal_of_an_entry_both_take_the_money_back(grazyna, halina):
    payment = make_payment()
    entry = book(payment, 2000, "KP 1", grazyna)
    meet = threading.Barrier(2)
    fields = {"kind": "reversal", "amount_grosze": -2000, "evidence": "KP 1", "reverses": entry, "reason": "-", "meet": meet}
    table, one = "alter table payments_entry", "payments_entry_reverses_id_key"

    with without(f"{table} drop constraint {one}", f"{table} add constraint {one} unique (reverses_id)"):
        came = done_at_once(*(lambda who=who: enter_blindly(payment, by=who.subject, **fields) for who in (grazyna, halina)))
        assert came == [True, True]
        assert payment.entries.aggregate(sum=Sum("amount_grosze"))["sum"] == -2000


def test_two_halves_booked_at_once_pay_the_whole(grazyna, halina):
    """Each waits for the other's sum: neither sees only its own half."""
    person = make_person()
    for round_ in range(ROUNDS):
        payment = make_payment(person)

        came = done_at_once(
            lambda payment=payment, n=round_: book(payment, 1000, f"KP {n}a", grazyna),
            lambda payment=payment, n=round_: book(payment, 1000, f"KP {n}b", halina),
        )

        assert came == [True, True]
        assert Payment.objects.get(pk=payment.pk).status == PaymentStatus.PAID


def test_control_without_the_lock_each_sees_half_and_nobody_calls_it_paid(grazyna, halina):
    payment = make_payment()
    meet, seen = threading.Barrier(2), threading.Barrier(2)

    def settle():
        seen.wait(30)
        till.settle(Payment.objects.get(pk=payment.pk), TUESDAY)
        seen.wait(30)

    fields = {"kind": "cash", "amount_grosze": 1000, "meet": meet, "then": settle}
    done_at_once(
        lambda: enter_blindly(payment, evidence="KP 1", by=grazyna.subject, **fields),
        lambda: enter_blindly(payment, evidence="KP 2", by=halina.subject, **fields),
    )

    assert payment.entries.aggregate(sum=Sum("amount_grosze"))["sum"] == 2000
    assert Payment.objects.get(pk=payment.pk).status == PaymentStatus.DUE


def test_money_and_a_cancellation_at_once_do_not_both_win(grazyna, halina):
    person = make_person()
    for round_ in range(ROUNDS):
        payment = make_payment(person)

        came = done_at_once(
            lambda payment=payment, n=round_: book(payment, 2000, f"KP {n}", grazyna),
            lambda payment=payment: actions.cancel(payment, by=halina, moment=TUESDAY),
        )

        is_paid = Payment.objects.get(pk=payment.pk).status == PaymentStatus.PAID
        assert came.count(True) == 1
        assert payment.entries.exists() == is_paid == (came[0] is True)
