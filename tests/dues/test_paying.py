"""Anna chooses what to pay, the till takes the money, the dues post it: once, in the order of the law, and never counted twice."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dues.actions import paying
from dues.models import Instalment, PostedEntry, Posting, Quote
from dues.rules import Table
from dues.story import lines_of
from office.transitions import Refused
from payments import actions as till
from payments.models import Entry, Payment
from payments.statuses import PaymentStatus
from tests.dues import cast
from tests.dues.cast import TODAY, load, make_instalment, make_liability, make_payer, make_tables, row, take_in, write_file
from tests.factories import TUESDAY, at, make_person
from tests.payments.cast import book

pytestmark = pytest.mark.django_db
YEAR_AGO = date(2025, 11, 17)  # a Monday; 372 late days until TUESDAY


@pytest.fixture(autouse=True)
def tables():
    make_tables()


def ask(person, *instalments, moment=TUESDAY):
    return paying.ask_to_pay(person, chosen=[one.pk for one in instalments], by=person.account, moment=moment)


def line_of(person, day=TODAY):
    (line,) = lines_of(person.pk, day, Table.on(day))
    return line


def state(person, day=TODAY):
    """What is left, interest, what the portal took, overpaid."""
    line = line_of(person, day)
    return line.left_grosze, line.interest_grosze, line.pending_grosze, line.over_grosze


def test_the_quote_has_the_interest_of_the_day(anna):
    person, one = cast.annas(anna, 100_000, YEAR_AGO)

    (payment,) = ask(person, one)

    assert payment.amount_grosze == 100_000 + 14_900  # 372 days, 40 gr a day: 148,80, in full złote 149
    assert (payment.purpose, payment.title) == ("podatki", "Podatek od nieruchomości 2026, rata 1")
    assert Quote.objects.get().day == TODAY


def test_money_is_posted_once_whatever_is_repeated(anna, grazyna):
    person, one = cast.annas(anna, 100_000, YEAR_AGO)
    (payment,) = ask(person, one)
    book(payment, 114_900, "WB 1", grazyna)

    assert [paying.settle_entries(moment=TUESDAY) for _time in range(3)] == [1, 0, 0]

    posting = Posting.objects.get()
    assert (posting.principal_grosze, posting.interest_grosze) == (100_000, 14_900)
    assert state(person) == (0, 0, 114_900, 0)


def test_a_part_goes_to_principal_and_interest_in_proportion(anna, grazyna):
    """L44: art. 55 § 2."""
    person, one = cast.annas(anna, 100_000, YEAR_AGO)
    (payment,) = ask(person, one)
    book(payment, 57_450, "WB 1", grazyna)
    paying.settle_entries(moment=TUESDAY)

    posting = Posting.objects.get()
    assert (posting.principal_grosze, posting.interest_grosze) == (50_000, 7_450)
    assert state(person)[:2] == (50_000, 7_400)  # 74,40 in full złote


def test_the_earliest_of_the_chosen_is_paid_first_and_what_is_too_much_is_shown(anna, grazyna):
    """L44, L47: art. 62 § 1; a surplus is nobody's discount."""
    person = make_person(anna)
    liability = make_liability(make_payer(person))
    later, sooner = make_instalment(liability, 20_000, date(2026, 12, 1)), make_instalment(liability, 30_000, date(2026, 11, 30))
    (payment,) = ask(person, later, sooner)
    book(payment, 31_000, "WB 1", grazyna)
    book(payment, 25_000, "WB 2", grazyna, moment=TUESDAY + timedelta(hours=1))
    paying.settle_entries(moment=TUESDAY)

    by_entry = list(
        Posting.objects.order_by("entry__evidence", "instalment__due_on").values_list("instalment", "principal_grosze")
    )
    assert by_entry == [(sooner.pk, 30_000), (later.pk, 1_000), (later.pk, 19_000)]
    assert list(PostedEntry.objects.order_by("entry__evidence").values_list("surplus_grosze", flat=True)) == [0, 6_000]


def test_a_reversal_takes_back_exactly_what_its_entry_posted(anna, grazyna):
    person, one = cast.annas(anna, 100_000, YEAR_AGO)
    (payment,) = ask(person, one)
    entry = book(payment, 120_000, "WB 1", grazyna)
    till.reverse(entry, reason="Pomyłka", by=grazyna, moment=TUESDAY + timedelta(hours=1))
    paying.settle_entries(moment=TUESDAY)

    assert state(person) == (100_000, 14_900, 0, 0)
    assert sorted(PostedEntry.objects.values_list("surplus_grosze", flat=True)) == [-5_100, 5_100]


def test_a_refund_takes_the_surplus_first_and_then_the_latest_due(anna, grazyna):
    """Given back by the provider; the entry is written as payments.actions.settling writes it."""
    person = make_person(anna)
    liability = make_liability(make_payer(person))
    sooner, later = make_instalment(liability, 10_000, date(2026, 11, 30)), make_instalment(liability, 20_000, date(2026, 12, 1))
    (payment,) = ask(person, sooner, later)
    book(payment, 31_000, "WB 1", grazyna)
    Entry.objects.create(
        payment=payment, kind=Entry.Kind.REFUND, amount_grosze=-6_000, received_on=TODAY, evidence="Z 1", reason="zwrot", at=TUESDAY + timedelta(hours=1)
    )  # fmt: skip
    paying.settle_entries(moment=TUESDAY)

    assert [one.left_grosze for one in lines_of(person.pk, TODAY, Table.on(TODAY))] == [5_000, 0]
    assert list(PostedEntry.objects.order_by("pk").values_list("surplus_grosze", flat=True)) == [1_000, -1_000]


def test_the_same_choice_on_the_same_day_is_the_same_payment(anna):
    person, one = cast.annas(anna)

    assert ask(person, one) == ask(person, one, moment=TUESDAY + timedelta(hours=2))
    assert Payment.objects.count() == 1


def test_a_new_quote_takes_the_place_of_the_old_one(anna):
    person, one = cast.annas(anna, 100_000, YEAR_AGO)
    (old,) = ask(person, one)
    (new,) = ask(person, one, moment=TUESDAY + timedelta(days=3))

    old.refresh_from_db()
    assert (old.status, new.status) == (PaymentStatus.CANCELLED, PaymentStatus.DUE)
    assert new.amount_grosze > old.amount_grosze


def test_no_second_payment_while_money_for_the_first_is_here(anna, grazyna):
    person, one = cast.annas(anna)
    (payment,) = ask(person, one)
    book(payment, 500, "WB 1", grazyna)

    with pytest.raises(Refused, match="wpłynęły już"):
        ask(person, one, moment=TUESDAY + timedelta(days=1))


def test_dues_of_two_accounts_are_two_payments(anna):
    person = make_person(anna)
    payer = make_payer(person)
    tax = make_instalment(make_liability(payer))
    waste = make_instalment(make_liability(payer, number="O-1", kind="odpady", period="2026-11"))

    assert sorted(one.purpose for one in ask(person, tax, waste)) == ["odpady", "podatki"]


def test_nobody_pays_for_what_is_not_theirs(anna, ewa):
    """L42: another's instalment is as if it were not there."""
    _person, one = cast.annas(anna)
    stranger = make_person(ewa, "Ewa", "Obca")

    with pytest.raises(Refused, match="Nie ma tu nic"):
        ask(stranger, one)


def test_what_has_no_rate_is_not_quoted_and_its_money_waits(anna, grazyna):
    from dues.models import InterestRate

    person, one = cast.annas(anna, 100_000, YEAR_AGO)
    (payment,) = ask(person, one)
    book(payment, 114_900, "WB 1", grazyna)
    InterestRate.objects.all().delete()

    assert line_of(person).interest_grosze is None
    assert paying.settle_entries(moment=TUESDAY) == 0
    make_tables()
    assert paying.settle_entries(moment=TUESDAY) == 1


def test_money_that_comes_again_by_the_import_is_counted_once(anna, grazyna, teresa, tmp_path):
    """The file names the portal's payment; from then on its sums alone count. A file that does not name it leaves the posting beside."""
    person, one = cast.annas(anna, 14_200, date(2026, 11, 16))
    now = timezone.now()
    (payment,) = ask(person, one, moment=now)
    book(payment, payment.amount_grosze, "WB 1", grazyna, received_on=timezone.localdate(now), moment=now)
    paying.settle_entries(moment=now)
    same = {"payer_name": "Kowalska Anna"}

    load(take_in(write_file(tmp_path, row(**same)), teresa), teresa)
    assert state(person)[0] == 0

    load(take_in(write_file(tmp_path, row(**same, paid_principal="142,00", marks=payment.mark)), teresa), teresa)
    assert state(person) == (0, 0, 0, 0)
    assert Posting.objects.get().included_in is not None


def test_the_tax_system_may_know_of_money_before_the_till(anna, grazyna, teresa, tmp_path):
    """The bank's statement came there first, and its clerk put the money on another instalment: the mark says it all the same."""
    person, one = cast.annas(anna, 14_200, date(2026, 11, 16))
    make_instalment(one.liability, 5_000, date(2026, 12, 15))
    now = timezone.now()
    (payment,) = ask(person, one, moment=now)
    rows = row(), row(instalment="2", due_on="2026-12-15", principal="50,00", paid_principal="50,00", marks=payment.mark)
    load(take_in(write_file(tmp_path, *rows), teresa), teresa)

    book(payment, payment.amount_grosze, "WB 1", grazyna, received_on=timezone.localdate(now), moment=now)
    paying.settle_entries(moment=now)

    assert Posting.objects.get().included_in is not None
    assert [line.left_grosze for line in lines_of(person.pk, TODAY, Table.on(TODAY))] == [14_200, 0]


def test_a_file_that_names_a_strange_payment_is_refused(anna, teresa, tmp_path):
    """One that is nobody's, and one that Anna chose for other dues than those of this payer."""
    _person, one = cast.annas(anna)
    (payment,) = ask(_person, one)

    imported = take_in(write_file(tmp_path, row(marks="PL/999/2026")), teresa)
    assert imported.first_errors[0]["column"] == "płatności portalu"

    other = row(payer_number="P-2", payer_name="Obca Ewa", liability="N-2", marks=payment.mark)
    assert take_in(write_file(tmp_path, other), teresa).first_errors[0]["column"] == "płatności portalu"


def test_an_officer_confirms_what_the_tax_system_cannot_name(anna, grazyna, teresa):
    person, one = cast.annas(anna)
    (payment,) = ask(person, one)
    book(payment, 10_000, "WB 1", grazyna)
    paying.settle_entries(moment=TUESDAY)
    posting = Posting.objects.get()

    paying.include(posting, by=teresa, moment=TUESDAY)

    assert state(person)[0] == 10_000  # until the file of the tax system says that it was paid
    with pytest.raises(Refused, match="już ujęto"):
        paying.include(posting, by=teresa, moment=TUESDAY)


def test_paid_at_the_window_and_by_the_portal_is_an_overpayment_that_is_shown(anna, grazyna):
    """L47"""
    person, one = cast.annas(anna)
    (payment,) = ask(person, one)
    book(payment, 10_000, "WB 1", grazyna)
    paying.settle_entries(moment=TUESDAY)
    Instalment.objects.update(paid_principal_grosze=10_000)

    assert state(person) == (0, 0, 10_000, 10_000)


def test_the_day_of_interest_is_warsaws(anna):
    """L57: half an hour after midnight in Warsaw it is still yesterday in UTC."""
    person, one = cast.annas(anna)
    ask(person, one, moment=at(date(2026, 7, 1), 0, 30))

    assert Quote.objects.get().day == date(2026, 7, 1)


def test_the_database_keeps_postings(anna, grazyna):
    """S58"""
    person, one = cast.annas(anna)
    (payment,) = ask(person, one)
    book(payment, 10_000, "WB 1", grazyna)
    paying.settle_entries(moment=TUESDAY)

    with pytest.raises(Exception, match="posted_stays"):
        Posting.objects.update(principal_grosze=1)
