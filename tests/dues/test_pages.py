"""What Anna sees of her dues, and what everybody else does not."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dues.actions import reminding
from dues.models import Import, Instalment, InterestRate
from payments.models import Checkout, Payment
from tests.dues.cast import BASIS, give_code, make_instalment, make_liability, make_payer, make_tables
from tests.factories import live_together, make_person

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
SECRET = "ul. Tajna 13"


@pytest.fixture(autouse=True)
def tables():
    make_tables()


@pytest.fixture
def client_of(sign_in):
    return lambda user: sign_in(Client(), user)


@pytest.fixture
def annas(anna):
    """A late instalment and one to come, of one liability."""
    person = make_person(anna)
    liability = make_liability(make_payer(person), subject=SECRET, basis=[BASIS], decision="FN.3120.7.2026")
    late = make_instalment(liability, 100_000, TODAY - timedelta(days=200))
    make_instalment(liability, 90_000, TODAY + timedelta(days=20))
    return late


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def test_anna_sees_what_she_owes_and_why(client_of, anna, annas):
    browser = client_of(anna)
    page = text_of(browser.get(reverse("dues:mine")))
    assert "Podatek od nieruchomości" in page and "1000,00 zł" in page and "Po terminie, z odsetkami na dziś" in page

    why = text_of(browser.get(reverse("dues:liability", args=[annas.liability_id])))
    for words in ("Grunt", "600 m2", "0,73", "438,00 zł", SECRET, "FN.3120.7.2026", "po terminie"):
        assert words in why


def test_anna_chooses_reads_the_sum_and_is_led_to_the_payment(client_of, anna, annas):
    browser, url = client_of(anna), reverse("dues:basket")
    asked = text_of(browser.get(url, {"rata": annas.pk}))
    assert "Razem do zapłaty" in asked

    answer = browser.post(url, {"rata": annas.pk})

    payment = Payment.objects.get()
    assert answer.headers["Location"] == reverse("payments:payment", args=[payment.pk])
    assert "płatność czeka" in text_of(browser.get(reverse("dues:mine")))


@pytest.mark.parametrize("given", [[], ["x"], ["0"], ["9" * 30], ["-1", "٣"]])
def test_a_basket_of_nothing_or_nonsense_is_told_and_asks_for_nothing(client_of, anna, annas, given):
    browser, url = client_of(anna), reverse("dues:basket")

    assert browser.get(url, {"rata": given}).status_code in (200, 302)
    assert browser.post(url, {"rata": given}).status_code == 302
    assert not Payment.objects.exists()


def test_what_is_missing_of_the_rates_is_said(client_of, anna, annas):
    InterestRate.objects.all().delete()
    browser = client_of(anna)

    assert "zapytaj w urzędzie" in text_of(browser.get(reverse("dues:mine")))
    assert "zapytaj w urzędzie" in text_of(browser.get(reverse("dues:liability", args=[annas.liability_id])))


def test_an_overpayment_is_shown(client_of, anna, annas):
    """L47"""
    Instalment.objects.filter(pk=annas.pk).update(paid_principal_grosze=101_000)

    assert "za dużo" in text_of(client_of(anna).get(reverse("dues:mine")))


def test_who_is_not_linked_reads_how_to_be_and_links_by_the_code(client_of, anna, teresa):
    make_person(anna)
    payer = make_payer()
    make_instalment(make_liability(payer))
    browser = client_of(anna)
    assert "tajemnica skarbowa" in text_of(browser.get(reverse("dues:mine")))
    wrong = browser.post(reverse("dues:link"), {"code": "AAAA-AAAA"})
    assert wrong.status_code == 422 and "AAAA-AAAA" in wrong.content.decode()

    code = give_code(payer, teresa, moment=timezone.now())
    assert browser.post(reverse("dues:link"), {"code": code}).status_code == 302
    assert "Podatek od nieruchomości" in text_of(browser.get(reverse("dues:mine")))


def test_linking_asks_for_a_second_step(anna, sign_in):
    """S9"""
    make_person(anna)

    answer = sign_in(Client(), anna, strong=False).get(reverse("dues:link"))

    assert answer.status_code == 302 and "/konto/" in answer.headers["Location"]


def test_nobody_but_the_payer_finds_anything_at_any_address(client_of, anna, bartek, ewa, celina, annas, grazyna):
    """L42: a stranger, somebody of the household, a clerk and even the treasurer on the residents' pages."""
    neighbour = make_person(bartek, "Bartek", "Kowalski")
    live_together(annas.liability.payer.links.get().person, neighbour)
    for account in (ewa, celina, grazyna):
        make_person(account, "Ktoś", "Inny")
    addresses = [reverse(f"dues:{name}") for name in ("mine", "basket", "link", "reminders", "calendar", "who_looked")]
    for other in (bartek, ewa, celina, grazyna):
        browser = client_of(other)
        for url in addresses:
            answer = browser.get(url, {"rata": annas.pk})
            assert SECRET not in answer.content.decode() and "1000,00" not in answer.content.decode().replace("\xa0", " ")
        assert browser.get(reverse("dues:liability", args=[annas.liability_id])).status_code == 404
        assert browser.post(reverse("dues:basket"), {"rata": annas.pk}).status_code == 302
    assert not Payment.objects.exists()
    for url in [*addresses[:4], reverse("dues:liability", args=[annas.liability_id])]:
        assert "/konto/" in Client().get(url).headers["Location"]


def test_after_the_link_is_ended_anna_sees_nothing(client_of, anna, annas, teresa):
    """L42"""
    from dues.actions import links

    browser = client_of(anna)
    links.end_link(annas.liability.payer, by=teresa, moment=timezone.now())

    assert browser.get(reverse("dues:liability", args=[annas.liability_id])).status_code == 404
    assert SECRET not in browser.get(reverse("dues:mine")).content.decode()
    assert browser.get(reverse("dues:basket"), {"rata": annas.pk}).status_code == 302


def test_anna_sets_how_many_days_ahead(client_of, anna, annas):
    browser, url = client_of(anna), reverse("dues:reminders")
    assert browser.post(url, {"days": "0"}).status_code == 422
    assert browser.post(url, {"days": "sto"}).status_code == 422

    browser.post(url, {"days": "21"})

    person = annas.liability.payer.links.get().person
    assert reminding.preference_of(person).lead_days == 21
    before = reminding.preference_of(person).token
    browser.post(reverse("dues:new_address"))
    assert reminding.preference_of(person).token != before


def test_the_day_of_the_tax_system_is_told(client_of, anna, annas):
    Import.objects.create(name="x", format="csv", sha256="x", size=1, as_of=TODAY, status="loaded", uploaded_at=timezone.now())

    assert "według stanu na" in text_of(client_of(anna).get(reverse("dues:mine")))


def test_search_finds_the_page():
    from pruszcz_portal.agenda import search_entries

    assert any(entry.url == reverse("dues:mine") for entry in search_entries(timezone.now()))


def test_co_u_mnie_tells_what_is_late_and_the_next_term(client_of, anna, annas):
    """Without sums; of a stranger's dues nothing."""
    page = text_of(client_of(anna).get(reverse("my_matters")))
    assert "Podatki i opłaty po terminie" in page and "1 rata, z odsetkami na dziś" in page and "Najbliższy termin" in page
    assert "1000" not in page

    Instalment.objects.update(paid_principal_grosze=100_000)
    assert "Podatki i opłaty po terminie" not in text_of(client_of(anna).get(reverse("my_matters")))


def test_where_the_town_takes_money_online_all_is_paid_in_one_go(client_of, anna, annas, settings):
    """Taxes and waste go to two accounts, so there are two payments, and one basket of them; pressed again, the same basket."""
    settings.P24_URL, settings.P24_MERCHANT_ID, settings.P24_API_KEY, settings.P24_CRC = "https://p24.example", 1, "key", "crc"
    waste = make_instalment(make_liability(annas.liability.payer, number="O-1", kind="odpady", period="2026-11"), 9_600, TODAY)
    browser, url = client_of(anna), reverse("dues:basket")

    answers = [browser.post(url, {"rata": [annas.pk, waste.pk]}) for _time in range(2)]

    (begun,) = Checkout.objects.all()
    assert {answer.headers["Location"] for answer in answers} == {reverse("payments:checkout", args=[begun.pk])}
    assert begun.lines.count() == 2 and begun.amount_grosze == sum(Payment.objects.values_list("amount_grosze", flat=True))
