"""What the payer sees: how much, to whom, under which title, and what came in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from payments import actions
from payments.models import Entry
from pruszcz_portal.agenda import search_entries
from tests.factories import make_person
from tests.payments.cast import NUMBER, WRONG_NUMBER, make_account, make_payment

pytestmark = pytest.mark.django_db
MINE = reverse("payments:mine")
NOW = timezone.now()


@pytest.fixture
def mine(client, anna, sign_in):
    return sign_in(client, anna)


@pytest.fixture
def annas(anna):
    """`annas(title=...)`: a payment of Anna's."""
    person = make_person(anna)
    return lambda **fields: make_payment(person, moment=NOW, **fields)


def page_of(payment):
    return reverse("payments:payment", args=[payment.pk])


def text_of(answer):
    """The page as it reads: words alone, plain spaces."""
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def book(payment, grosze, evidence, by, kind=Entry.Kind.CASH):
    day = timezone.localdate()
    return actions.book(payment, kind=kind, amount_grosze=grosze, received_on=day, evidence=evidence, by=by, moment=NOW)


def test_anna_reads_how_much_to_whom_and_under_which_title(mine, annas):
    text = text_of(mine.get(page_of(annas())))

    for words in ("Do zapłaty 20,00 zł", "Gmina Miejska Pruszcz Gdański", "82 1020 5226 0000 6102 0417 7895", "PL/1/20"):
        assert words in text
    assert "Duplikat karty" in text and "Jeszcze nic." in text


def test_the_picture_has_its_words_and_its_file(mine, annas):
    payment = annas()
    page = mine.get(page_of(payment)).content.decode()
    svg, png = (reverse(f"payments:{name}", args=[payment.pk]) for name in ("code_svg", "code_png"))

    assert 'alt="Kod QR przelewu. Zawiera te same dane, które są wypisane powyżej."' in page
    assert svg in page and png in page
    assert mine.get(svg).headers["Content-Type"] == "image/svg+xml"
    assert "attachment" in mine.get(png).headers["Content-Disposition"]
    assert "no-store" in mine.get(svg).headers["Cache-Control"]


def test_part_that_came_is_told_and_the_rest_is_asked_for(mine, annas, grazyna):
    payment = annas()
    book(payment, 550, "KP 1", grazyna)

    text = text_of(mine.get(page_of(payment)))

    assert "Do zapłaty 14,50 zł" in text and "Z 20,00 zł wpłynęło już 5,50 zł." in text and "gotówka" in text


def test_a_paid_one_asks_for_nothing_and_has_no_code(mine, annas, grazyna):
    payment = annas()
    book(payment, 2050, "WB 1", grazyna, kind=Entry.Kind.TRANSFER)

    text = text_of(mine.get(page_of(payment)))

    assert "Zapłacone 20,50 zł" in text and "o 0,50 zł za dużo" in text and "Numer rachunku" not in text
    assert mine.get(reverse("payments:code_svg", args=[payment.pk])).status_code == 404


def test_a_reversal_is_told_kindly_and_its_reason_stays_in_the_office(mine, annas, grazyna):
    payment = annas()
    actions.reverse(book(payment, 2000, "KP 1", grazyna), reason="powod-dla-urzedu", by=grazyna, moment=NOW)

    text = text_of(mine.get(page_of(payment)))

    assert "cofnięty omyłkowy zapis −20,00 zł" in text and "Do zapłaty 20,00 zł" in text and "powod-dla-urzedu" not in text


def test_a_cancelled_one_says_that_nothing_is_owed(mine, annas, grazyna):
    payment = annas()
    actions.cancel(payment, by=grazyna, moment=NOW)

    text = text_of(mine.get(page_of(payment)))

    assert "Nic nie jest do zapłaty." in text and "Numer rachunku" not in text


def test_a_sum_that_the_code_does_not_hold_is_paid_by_copying(mine, annas):
    payment = annas(amount_grosze=1_000_000)

    text = text_of(mine.get(page_of(payment)))

    assert "Do zapłaty 10 000,00 zł" in text and "nie mieści takiej kwoty" in text
    assert mine.get(reverse("payments:code_png", args=[payment.pk])).status_code == 404


def test_a_sample_account_says_that_it_is_one(mine, anna):
    make_account(WRONG_NUMBER, is_sample=True)
    payment = make_payment(make_person(anna), moment=NOW)

    assert "To rachunek przykładowy" in text_of(mine.get(page_of(payment)))
    assert mine.get(reverse("payments:code_svg", args=[payment.pk])).status_code == 200


@pytest.mark.parametrize("name", ["payment", "code_svg", "code_png"])
def test_a_stranger_finds_nothing(client, ewa, sign_in, annas, name):
    """S16, S17"""
    make_person(ewa, "Ewa", "Obca")
    stranger = sign_in(client, ewa)
    url = reverse(f"payments:{name}", args=[annas().pk])

    assert stranger.get(url).status_code == 404
    assert "Nie ma żadnych płatności" in text_of(stranger.get(MINE))


def test_the_list_shows_what_is_due_first(mine, annas, grazyna):
    paid, late, soon = (
        annas(title="Zapłacona"),
        annas(title="Bez terminu"),
        annas(title="Z terminem", due_on=timezone.localdate()),
    )
    book(paid, 2000, "KP 1", grazyna)

    text = text_of(mine.get(MINE))

    assert text.index("Z terminem") < text.index("Bez terminu") < text.index("Zapłacona")
    assert "termin mija dziś" in text
    assert late.mark != soon.mark


def test_queries_do_not_grow_with_payments(mine, annas, grazyna):
    for number in range(5):
        book(annas(), 2000, f"KP {number}", grazyna)
    mine.get(MINE)

    with CaptureQueriesContext(
        connection,
    ) as seen:
        mine.get(MINE)

    assert len(seen) <= 5


def test_search_leads_to_my_payments(db):
    assert MINE in [entry.url for entry in search_entries(NOW)]


def test_the_number_stands_in_no_address(annas):
    """Neither the mark nor the account can be guessed into a page."""
    payment = annas()

    assert NUMBER not in page_of(payment) and payment.mark not in page_of(payment)
