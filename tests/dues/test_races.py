"""Two sweeps, two presses, two files at the same moment, on real connections. Each race stands beside a control that goes red without its guard."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dues.actions import imports, paying
from dues.models import Import, Instalment, PostedEntry, Posting
from dues.statuses import ImportStatus
from payments.models import Entry, Payment
from payments.statuses import PaymentStatus
from tests.dues import cast
from tests.dues.cast import make_tables, row, take_in, write_file
from tests.factories import TUESDAY
from tests.payments.cast import book
from tests.races import at_once, done_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.fixture(autouse=True)
def tables(db):
    call_migrated_rows()
    make_tables()


def call_migrated_rows():
    """A transactional test begins without what migrations wrote."""
    from dues.models import Kind
    from residents.models import RegisterPolicy
    from tests.factories import LONG_AGO, SOURCE

    for code, purpose in (("nieruchomosc", "podatki"), ("odpady", "odpady")):
        Kind.objects.get_or_create(
            code=code,
            defaults={"name": "Podatek", "legal_basis": "-", "purpose": purpose, "valid_from": LONG_AGO, "source": SOURCE},
        )
    RegisterPolicy.objects.get_or_create(
        valid_from=LONG_AGO, source=SOURCE, desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1
    )


def paid(anna, grazyna):
    person, one = cast.annas(anna)
    (payment,) = paying.ask_to_pay(person, chosen=[one.pk], by=anna, moment=TUESDAY)
    book(payment, 10_000, "WB 1", grazyna)
    return one


def test_one_entry_found_by_many_sweeps_is_posted_once(anna, grazyna):
    """S64, F6"""
    paid(anna, grazyna)

    came = at_once(*[lambda: paying.settle_entries(moment=TUESDAY)] * 8)

    assert sum(came) == 1
    assert (Posting.objects.count(), PostedEntry.objects.count()) == (1, 1)


def test_control_without_the_lock_and_the_unique_entry_it_is_posted_twice(anna, grazyna):
    one = paid(anna, grazyna)
    entry = Entry.objects.get()
    meet = threading.Barrier(2)

    def blindly():
        with transaction.atomic():
            assert not PostedEntry.objects.filter(entry=entry).exists()
            meet.wait(30)
            paying._post(entry, paying.Quote.objects.get(), TUESDAY)

    with connection.cursor() as cursor:
        cursor.execute("select conname, conrelid::regclass::text, pg_get_constraintdef(oid) from pg_constraint "
                       "where contype = 'u' and conrelid in ('dues_postedentry'::regclass, 'dues_posting'::regclass)")  # fmt: skip
        guards = cursor.fetchall()
        for name, table, _words in guards:
            cursor.execute(f'alter table {table} drop constraint "{name}"')
    try:
        done_at_once(blindly, blindly)
        assert PostedEntry.objects.count() == 2
        assert one.postings.count() + PostedEntry.objects.exclude(surplus_grosze=0).count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute("truncate dues_postedentry, dues_posting cascade")
            for name, table, words in guards:
                cursor.execute(f'alter table {table} add constraint "{name}" {words}')


def test_two_presses_ask_for_one_payment(anna):
    person, one = cast.annas(anna)

    def press():
        return paying.ask_to_pay(person, chosen=[one.pk], by=anna, moment=TUESDAY)[0].pk

    assert len(set(at_once(press, press, press))) == 1
    assert Payment.objects.filter(status=PaymentStatus.DUE).count() == 1


def test_two_payments_for_one_due_at_once_take_its_principal_once(anna, grazyna):
    """The quoted instalments are locked while they are read, so the second sees what the first has posted and shows a surplus."""
    person, one = cast.annas(anna)
    (first,) = paying.ask_to_pay(person, chosen=[one.pk], by=anna, moment=TUESDAY)
    (second,) = paying.ask_to_pay(person, chosen=[one.pk], by=anna, moment=TUESDAY + timedelta(days=1))
    Payment.objects.filter(pk=first.pk).update(status=PaymentStatus.DUE)  # the transfer was on its way when it was cancelled
    for payment, evidence in ((first, "WB 1"), (second, "WB 2")):
        book(Payment.objects.get(pk=payment.pk), 10_000, evidence, grazyna)
    entries = list(Entry.objects.values_list("pk", flat=True))

    at_once(*[lambda pk=pk: paying.settle(pk, moment=TUESDAY) for pk in entries])

    assert sum(Posting.objects.values_list("principal_grosze", flat=True)) == 10_000
    assert sum(PostedEntry.objects.values_list("surplus_grosze", flat=True)) == 10_000


def test_two_workers_at_one_file_load_it_once(tmp_path, teresa):
    rows = [row(liability=f"N-{n}", payer_number=f"P-{n}") for n in range(300)]
    checked = take_in(write_file(tmp_path, *rows), teresa)
    imports.load(checked, by=teresa, moment=timezone.now())

    came = at_once(*[lambda: imports.run(checked.pk, moment=timezone.now())] * 4)

    assert came.count(True) == 1
    assert Instalment.objects.count() == 300
    assert Import.objects.get().status == ImportStatus.LOADED


def test_two_files_with_the_same_dues_at_once_make_them_once(tmp_path, teresa):
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        path = write_file(tmp_path / name, *[row(liability=f"N-{n}", payer_number=f"P-{n}", subject=name) for n in range(200)])
        files.append(take_in(path, teresa))
    for one in files:
        imports.load(one, by=teresa, moment=timezone.now())

    at_once(*[lambda pk=one.pk: imports.run(pk, moment=timezone.now()) for one in files])

    assert Instalment.objects.count() == 200
    assert sorted(one.counts["liabilities"]["new"] for one in Import.objects.all()) == [0, 200]
