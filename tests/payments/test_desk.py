"""The treasurer's desk: what Grażyna books by button, what she may not, and what leaves as a file."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead
from payments import actions
from payments.admin.till import sums_of
from payments.forms import MoneyField
from payments.models import Entry, Payment, TownAccount
from payments.statuses import PaymentStatus
from pruszcz_portal import roles
from tests.factories import at, make_person
from tests.payments.cast import NUMBER, PURPOSE, WRONG_NUMBER, book, make_payment

pytestmark = pytest.mark.django_db
PAYMENTS = reverse("admin:payments_payment_changelist")
LEDGER = reverse("admin:payments_entry_changelist")
TODAY = timezone.localdate()
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


@pytest.fixture
def desk(client, sign_in):
    return lambda clerk: sign_in(client, clerk)


def page_of(payment):
    return reverse("admin:payments_payment_change", args=[payment.pk])


def press(browser, payment, name, **typed):
    payment.refresh_from_db()
    return browser.post(reverse("admin:payments_payment_verb", args=[payment.pk, name]), {"seen": payment.status, **typed})


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def now_payment(**fields):
    return make_payment(moment=timezone.now() - timedelta(hours=1), **fields)


@pytest.mark.parametrize(
    ("typed", "grosze"),
    [("20", 2000), ("20,00", 2000), ("20.05", 2005), ("1 234,50", 123450), ("1234,5 zł", None), ("0,29 zł", 29), ("0", None),
     ("-5", None), ("1e3", None), ("NaN", None), ("٢٠", None), ("20,005", None), ("1 23", None), ("1000000,01", None), ("9" * 5000, None)],
)  # fmt: skip
def test_money_is_typed_in_zloty_and_kept_in_grosze(typed, grosze):
    if grosze is None:
        with pytest.raises(ValidationError, match=r"[Kk]wot"):
            MoneyField().clean(typed)
    else:
        assert MoneyField().clean(typed) == grosze


def test_no_grosz_is_lost_between_one_and_a_hundred_zloty():
    """A float times a hundred loses some of these."""
    assert [MoneyField().clean(f"{n // 100},{n % 100:02}") for n in range(1, 10_000)] == list(range(1, 10_000))


def test_grazyna_books_a_transfer_and_then_takes_it_back(desk, grazyna):
    payment, browser = now_payment(), desk(grazyna)

    press(browser, payment, "book_transfer", amount_grosze="20,00", received_on=f"{TODAY}", evidence="wb 1 poz. 2")
    entry = Entry.objects.get()
    payment.refresh_from_db()
    assert (entry.kind, entry.evidence, payment.status) == ("transfer", "WB 1 POZ. 2", PaymentStatus.PAID)

    press(browser, payment, "reverse_entry", entry=f"{entry.pk}", reason="Pomyłka")
    payment.refresh_from_db()
    assert payment.status == PaymentStatus.DUE
    assert "wystornowany" in text_of(browser.get(page_of(payment)))


def test_grazyna_books_cash_and_cancels_another(desk, grazyna):
    paid, other, browser = now_payment(), now_payment(), desk(grazyna)

    press(browser, paid, "book_cash", amount_grosze="20", received_on=f"{TODAY}", evidence="KP 1")
    press(browser, other, "cancel")

    assert Entry.objects.get().kind == Entry.Kind.CASH
    assert Payment.objects.get(pk=other.pk).status == PaymentStatus.CANCELLED


def test_what_is_wrong_is_told_beside_the_field_and_nothing_typed_is_lost(desk, grazyna):
    payment, browser = now_payment(), desk(grazyna)
    tomorrow = TODAY + timedelta(days=1)

    answer = press(browser, payment, "book_cash", amount_grosze="dwadzieścia", received_on=f"{tomorrow}", evidence="KP 77")

    text = text_of(answer)
    assert answer.status_code == 422
    assert "Wpisz kwotę w złotych" in text and "Dzień wpłaty nie może być z przyszłości" in text
    assert 'value="dwadzieścia"' in text and 'value="KP 77"' in text
    assert not Entry.objects.exists()


def test_an_evidence_that_stands_already_is_refused_with_the_payment_named(desk, grazyna):
    one, other, browser = now_payment(), now_payment(), desk(grazyna)
    press(browser, one, "book_cash", amount_grosze="20", received_on=f"{TODAY}", evidence="KP 1")

    answer = press(browser, other, "book_cash", amount_grosze="20", received_on=f"{TODAY}", evidence="kp 1")

    assert answer.status_code == 409
    assert f"już zaksięgowany przy płatności {one.mark}" in text_of(answer)


def test_the_form_offers_what_is_still_owed_and_today(desk, grazyna):
    payment, browser = now_payment(), desk(grazyna)
    press(browser, payment, "book_cash", amount_grosze="5,50", received_on=f"{TODAY}", evidence="KP 1")

    form = text_of(browser.get(reverse("admin:payments_payment_verb", args=[payment.pk, "book_cash"])))

    assert 'value="14,50"' in form and f'value="{TODAY}"' in form


def test_an_entry_of_another_payment_can_not_be_reversed_from_here(desk, grazyna):
    one, other, browser = now_payment(), now_payment(), desk(grazyna)
    press(browser, one, "book_cash", amount_grosze="20", received_on=f"{TODAY}", evidence="KP 1")
    press(browser, other, "book_cash", amount_grosze="20", received_on=f"{TODAY}", evidence="KP 2")
    theirs = Entry.objects.get(payment=one)

    assert press(browser, other, "reverse_entry", entry=f"{theirs.pk}", reason="x").status_code == 422
    assert Entry.objects.count() == 2


def test_a_clerk_without_the_right_sees_no_till(desk, celina, dariusz):
    """S16, S24"""
    payment = now_payment()
    for clerk in (celina, dariusz):
        browser = desk(clerk)
        assert browser.get(PAYMENTS).status_code == 403
        assert browser.get(LEDGER).status_code == 403
        assert browser.get(f"{LEDGER}plik.csv").status_code == 403
        assert press(browser, payment, "book_cash", amount_grosze="20", evidence="KP 1").status_code in (302, 403, 404)
    assert not Entry.objects.exists()


def test_nothing_is_added_changed_or_deleted_by_hand(desk, grazyna):
    """S27"""
    payment, browser = now_payment(), desk(grazyna)
    entry = book(payment, 2000, "KP 1", grazyna)

    assert browser.get(reverse("admin:payments_payment_add")).status_code == 403
    assert browser.get(reverse("admin:payments_entry_add")).status_code == 403
    assert browser.get(reverse("admin:payments_townaccount_add")).status_code == 403
    assert browser.post(reverse("admin:payments_entry_change", args=[entry.pk]), {"amount_grosze": 1}).status_code == 403
    assert browser.post(reverse("admin:payments_entry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403


def test_who_books_money_does_not_set_the_account_and_the_other_way_round():
    books, sets = "payments.book_entry", {"payments.add_townaccount", "payments.change_townaccount"}

    assert not [role for role, names in roles.ROLES.items() if books in names and sets & set(names)]
    assert books in roles.ROLES[roles.TREASURER] and sets <= set(roles.ROLES[roles.ADMIN])


@pytest.mark.parametrize(
    ("number", "is_sample", "told"),
    [
        (WRONG_NUMBER, False, "Suma kontrolna się nie zgadza"),
        (NUMBER, True, "Rachunek przykładowy musi mieć złą sumę"),
        (f"PL{NUMBER[2:]}", False, "26 cyfr"),
        (NUMBER[:-1], False, "26 cyfr"),
        (NUMBER, False, ""),
        (WRONG_NUMBER, True, ""),
    ],
)
def test_an_account_is_entered_only_with_the_check_digits_it_should_have(desk, make_account, number, is_sample, told):
    """`make_account` here is the cast's: one more person of the staff."""
    browser = desk(make_account("adam@pruszcz.example", "Adam Admin", roles.ADMIN))
    typed = {
        "purpose": PURPOSE,
        "number": number,
        "owner": "Gmina",
        "valid_from": "2026-01-01",
        "source": "umowa",
        "short_owner": "",
    }

    answer = browser.post(reverse("admin:payments_townaccount_add"), typed | ({"is_sample": "on"} if is_sample else {}))

    assert TownAccount.objects.exists() == (not told)
    assert not told or told in text_of(answer)


def test_filters_find_part_surplus_and_overdue(desk, grazyna):
    part, too_much, plain = (make_payment(title=title) for title in ("Cząstka", "Górka", "Zwykła"))
    book(part, 100, "KP 1", grazyna)
    book(too_much, 3000, "KP 2", grazyna)
    late = make_payment(title="Spóźniona", moment=timezone.now() - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    browser = desk(grazyna)

    for value, found in (("czesc", part), ("nadplata", too_much), ("po-terminie", late)):
        text = text_of(browser.get(f"{PAYMENTS}?wplaty={value}"))
        assert found.title in text
        assert not [one.title for one in (part, too_much, late, plain) if one.pk != found.pk and one.title in text]


def ledger(grazyna):
    """Monday: cash and a transfer of 20,00 zł; Tuesday: the transfer is taken back."""
    cash, transfer = (make_payment(make_person(None, "Anna", name), moment=at(MONDAY, 8)) for name in ("Kowalska", "=Nowak"))
    book(cash, 2000, "KP 1", grazyna, received_on=MONDAY, moment=at(MONDAY))
    wrong = book(transfer, 2005, "WB 1", grazyna, kind=Entry.Kind.TRANSFER, received_on=MONDAY, moment=at(MONDAY, 13))
    actions.reverse(wrong, reason="Pomyłka", by=grazyna, moment=at(TUESDAY))


def test_the_ledger_leaves_as_csv_day_by_day(desk, grazyna):
    ledger(grazyna)

    answer = desk(grazyna).get(f"{LEDGER}plik.csv")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines == [
        "Dzień;Płatność;Na co;Kto płaci;Rodzaj;Dowód księgowy;Kwota (zł);Powód storna;Zaksięgowano;Stan płatności",
        "2026-11-23;PL/1/2026;Duplikat karty;Anna Kowalska;gotówka;KP 1;20,00;;2026-11-23 12:00:00;zapłacona",
        "2026-11-23;PL/2/2026;Duplikat karty;Anna =Nowak;przelew;WB 1;20,05;;2026-11-23 13:00:00;do zapłaty",
        "2026-11-24;PL/2/2026;Duplikat karty;Anna =Nowak;storno;WB 1;-20,05;Pomyłka;2026-11-24 12:00:00;do zapłaty",
    ]


def test_one_day_of_the_ledger_leaves_as_xlsx_and_each_payer_is_told(desk, grazyna):
    """S28"""
    ledger(grazyna)

    answer = desk(grazyna).get(f"{LEDGER}plik.xlsx?received_on__year=2026&received_on__month=11&received_on__day=24")

    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = [[cell for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [(row[1], row[4], row[6]) for row in rows] == [("PL/2/2026", "storno", -20.05)]
    read = PersonalDataRead.objects.filter(what__contains="ksiega-wplat")
    assert list(read.values_list("person", flat=True)) == [Payment.objects.get(mark="PL/2/2026").payer_id]


def test_the_till_is_closed_with_sums_of_what_is_shown(desk, grazyna):
    ledger(grazyna)

    sums = dict(sums_of(Entry.objects.all()))
    of_monday = dict(sums_of(Entry.objects.filter(received_on=MONDAY)))

    plain = {label: total.replace("\xa0", " ") for label, total in sums.items()}
    assert plain == {
        "gotówka": "20,00 zł", "storna gotówki": "0,00 zł", "przelewy": "20,05 zł", "storna przelewów": "−20,05 zł",
        "przez internet": "0,00 zł", "zwroty": "0,00 zł", "razem": "20,00 zł",
    }  # fmt: skip
    assert of_monday["razem"].replace("\xa0", " ") == "40,05 zł"
    assert "storna przelewów" in text_of(desk(grazyna).get(LEDGER))


def test_each_look_at_a_payment_is_written_down_for_the_payer(desk, grazyna):
    """S28"""
    payment = now_payment()

    desk(grazyna).get(page_of(payment))

    assert PersonalDataRead.objects.filter(
        person=payment.payer_id, reader=grazyna.subject, purpose="rozliczenie płatności"
    ).exists()
