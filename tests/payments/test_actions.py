"""The till: what is asked, booked, taken back and cancelled, and what the ledger never forgets."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from office.models import Message
from office.transitions import Refused, history_of
from payments import actions, rules
from payments.models import Entry, Payment, TownAccount
from payments.statuses import PaymentStatus
from tests.factories import TUESDAY, at, make_person
from tests.payments.cast import NUMBER, PURPOSE, TODAY, WRONG_NUMBER, book, make_account, make_payment

pytestmark = pytest.mark.django_db


def fresh(payment):
    return Payment.objects.get(pk=payment.pk)


def moves(payment):
    return list(history_of(payment).values_list("from_status", "to_status", "side", "actor"))


def sent():
    return list(Message.objects.order_by("created_at").values_list("event", "address"))


# Asking


def test_payments_are_numbered_within_the_year_without_gaps(anna):
    first, second = make_payment(), make_payment()
    with pytest.raises(Refused):
        make_payment(title=" ")
    next_year = make_payment(moment=at(date(2027, 1, 1), 0, 5))

    assert [first.mark, second.mark, make_payment().mark, next_year.mark] == ["PL/1/2026", "PL/2/2026", "PL/3/2026", "PL/1/2027"]


def test_a_payment_asked_on_new_years_eve_in_utc_is_of_the_new_year_in_warsaw():
    """L57: 23:30 UTC on 31 December is half past midnight here."""
    assert make_payment(moment=at(date(2027, 1, 1), 0, 30)).mark == "PL/1/2027"


def test_the_account_in_force_on_the_day_is_taken_and_stays(grazyna):
    make_account(WRONG_NUMBER, is_sample=True, valid_to=TODAY - timedelta(days=1))
    make_account(valid_from=TODAY)

    assert make_payment().account.number == NUMBER
    assert make_payment(moment=at(TODAY - timedelta(days=1))).account.number == WRONG_NUMBER


def test_without_an_account_nothing_is_asked(anna):
    with pytest.raises(Refused, match="nie podał jeszcze rachunku"):
        actions.ask(payer=make_person(), purpose=PURPOSE, title="Duplikat", amount_grosze=2000, moment=TUESDAY)


def test_production_never_sends_people_to_a_sample_account(settings):
    make_account(WRONG_NUMBER, is_sample=True)
    settings.IS_PRODUCTION = True

    with pytest.raises(Refused, match="nie podał jeszcze rachunku"):
        make_payment()


@pytest.mark.parametrize("grosze", [0, -100, 100_000_001])
def test_a_sum_of_nothing_or_of_a_slip_is_refused(grosze):
    with pytest.raises(Refused, match="większa od zera"):
        make_payment(amount_grosze=grosze)


@pytest.mark.parametrize("grosze", [20.0, "2000", True])
def test_a_sum_that_is_no_integer_is_a_defect(grosze):
    with pytest.raises(TypeError):
        make_payment(amount_grosze=grosze)


def test_a_term_that_has_passed_is_refused():
    with pytest.raises(Refused, match="z przeszłości"):
        make_payment(due_on=TODAY - timedelta(days=1))
    assert make_payment(due_on=TODAY).due_on == TODAY


def test_anna_is_told_of_a_payment_that_she_did_not_ask_for_herself(anna):
    person = make_person(anna)

    make_payment(person)
    make_payment(person, by=anna)

    assert sent() == [("payments/asked", anna.email)]


# Booking


def test_a_payment_is_paid_once_the_ledger_covers_it(anna, grazyna):
    payment = make_payment(make_person(anna), by=anna)

    book(payment, 2000, "kp  12/2026", grazyna)

    entry = Entry.objects.get()
    assert (entry.evidence, entry.amount_grosze, entry.by) == ("KP 12/2026", 2000, grazyna.subject)
    assert fresh(payment).status == PaymentStatus.PAID and rules.is_covered(payment)
    assert moves(payment) == [("due", "paid", "system", None)]
    assert sent() == [("payments/booked", anna.email)]


def test_part_of_the_sum_leaves_it_due_and_the_rest_pays_it(grazyna):
    payment = make_payment()

    book(payment, 1999, "KP 1", grazyna)
    assert (fresh(payment).status, rules.outstanding(payment), rules.is_covered(payment)) == ("due", 1, False)

    book(payment, 1, "KP 2", grazyna)
    assert (fresh(payment).status, rules.outstanding(payment), rules.surplus(payment)) == ("paid", 0, 0)


def test_too_much_is_kept_and_shown(grazyna):
    payment = make_payment()

    book(payment, 2000, "KP 1", grazyna)
    book(fresh(payment), 550, "KP 2", grazyna)

    assert (fresh(payment).status, rules.received(payment), rules.surplus(payment)) == ("paid", 2550, 550)
    assert len(moves(payment)) == 1


def test_one_evidence_is_booked_once(grazyna):
    one, other = make_payment(), make_payment()
    book(one, 2000, "KP 12/2026", grazyna)

    with pytest.raises(Refused, match=f"jest już zaksięgowany przy płatności {one.mark}"):
        book(other, 2000, "kp 12/2026", grazyna)
    book(other, 2000, "KP 12/2026", grazyna, kind=Entry.Kind.TRANSFER)  # a bank's numbers are not the till's

    assert Entry.objects.count() == 2


def test_an_evidence_booked_by_mistake_is_booked_anew_where_it_belongs(grazyna):
    wrong, right = make_payment(), make_payment()
    for payment in (wrong, right):
        entry = book(payment, 2000, "WB 1 poz. 2", grazyna, kind=Entry.Kind.TRANSFER)
        if payment is wrong:
            actions.reverse(entry, reason="Inna osoba", by=grazyna, moment=TUESDAY)

    with pytest.raises(Refused, match="jest już zaksięgowany"):
        book(wrong, 2000, "WB 1 poz. 2", grazyna, kind=Entry.Kind.TRANSFER)
    assert (fresh(wrong).status, fresh(right).status) == ("due", "paid")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"evidence": " "}, "Podaj dowód"),
        ({"received_on": TODAY + timedelta(days=1)}, "z przyszłości"),
        ({"grosze": 0}, "większa od zera"),
        ({"kind": Entry.Kind.REVERSAL}, "gotówką albo przelewem"),
    ],
)
def test_an_entry_that_would_be_a_mistake_is_refused(grazyna, wrong, told):
    payment = make_payment()

    with pytest.raises(Refused, match=told):
        book(payment, **{"grosze": 2000, "evidence": "KP 1", "by": grazyna, **wrong})

    assert not Entry.objects.exists()


# Reversing and cancelling


def test_a_reversal_makes_the_payment_due_again_and_both_entries_stay(anna, grazyna):
    payment = make_payment(make_person(anna), by=anna)
    entry = book(payment, 2000, "KP 1", grazyna)

    back = actions.reverse(entry, reason="Pomyłka", by=grazyna, moment=at(date(2026, 11, 26)))

    assert (back.amount_grosze, back.received_on, back.reason, back.evidence) == (-2000, date(2026, 11, 26), "Pomyłka", "KP 1")
    assert (fresh(payment).status, rules.received(payment)) == ("due", 0)
    assert moves(payment) == [("due", "paid", "system", None), ("paid", "due", "system", None)]
    assert sent()[-1] == ("payments/reversed", anna.email)


def test_an_entry_is_reversed_once_with_a_reason_and_a_reversal_never(grazyna, halina):
    entry = book(make_payment(), 2000, "KP 1", grazyna)

    with pytest.raises(Refused, match="dlaczego"):
        actions.reverse(entry, reason=" ", by=halina, moment=TUESDAY)
    back = actions.reverse(entry, reason="Pomyłka", by=halina, moment=TUESDAY)
    with pytest.raises(Refused, match="już wystornowany"):
        actions.reverse(entry, reason="Pomyłka", by=halina, moment=TUESDAY)
    with pytest.raises(Refused, match="Storna się nie stornuje"):
        actions.reverse(back, reason="Pomyłka", by=halina, moment=TUESDAY)


def test_a_payment_with_money_is_not_cancelled_and_one_without_is(anna, grazyna):
    payment = make_payment(make_person(anna), by=anna)
    entry = book(payment, 1, "KP 1", grazyna)

    with pytest.raises(Refused, match="wpłynęły pieniądze"):
        actions.cancel(payment, by=grazyna, moment=TUESDAY)
    actions.reverse(entry, reason="Pomyłka", by=grazyna, moment=TUESDAY)
    actions.cancel(payment, by=grazyna, moment=TUESDAY)

    assert fresh(payment).status == PaymentStatus.CANCELLED
    assert moves(payment) == [("due", "cancelled", "clerk", grazyna.subject)]
    assert (rules.outstanding(fresh(payment)), rules.is_covered(fresh(payment))) == (0, False)
    with pytest.raises(Refused, match="jest anulowana"):
        book(payment, 2000, "KP 2", grazyna)


def test_letters_tell_neither_sums_nor_accounts(anna, grazyna):
    """S42"""
    payment = make_payment(make_person(anna))
    actions.reverse(book(payment, 2000, "KP 1", grazyna), reason="Pomyłka", by=grazyna, moment=TUESDAY)
    actions.cancel(payment, by=grazyna, moment=TUESDAY)

    told = " ".join(f"{one.subject} {one.text} {one.html}" for one in Message.objects.all())
    assert Message.objects.count() == 4
    assert not any(secret in told for secret in ("20,00", "Duplikat", NUMBER, "KP 1", payment.mark, "Pomyłka"))
    assert f"/platnosci/{payment.pk}/" in told


def test_who_has_no_address_gets_no_letter(grazyna):
    book(make_payment(), 2000, "KP 1", grazyna)

    assert sent() == []


# What the database itself refuses


@pytest.mark.parametrize("change", ["update payments_entry set amount_grosze = 1", "delete from payments_entry"])
def test_the_database_refuses_to_change_the_ledger(grazyna, change):
    book(make_payment(), 2000, "KP 1", grazyna)

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_the_database_refuses_to_change_what_was_asked(bartek):
    payment = make_payment()

    for field, value in (("amount_grosze", 1), ("title", "Inny"), ("mark", "PL/9/2026"), ("due_on", TODAY)):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Payment.objects.filter(pk=payment.pk).update(**{field: value})
    Payment.objects.update(payer=make_person(bartek))  # two rows of one human become one

    with pytest.raises(ProgrammingError), transaction.atomic():
        TownAccount.objects.update(number=WRONG_NUMBER)


def test_the_database_refuses_a_number_that_is_no_account():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_account(number="8210205226000061020417789X")
