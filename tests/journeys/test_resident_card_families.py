"""Anna asks Marek to her family account; he joins by the letter, reads what she did for him, and leaves."""
# ruff: noqa: F811  fixtures are imported by name

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from residents.models import Person, Purpose, RegisterPolicy
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401 fixtures
from tests.resident_card.relatives import MAREK, MAREKS_ADDRESS, make_anna, person_of, secret_in_the_last_letter, with_child


@pytest.fixture(autouse=True)
def what_the_town_has_set(first_rows):
    since = {"valid_from": date(2026, 1, 1), "source": "test"}
    RegisterPolicy.objects.create(desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1, **since)
    Purpose.objects.get_or_create(
        code="wiadomosci",
        defaults={"name": "Wiadomości z miasta", "needs_consent": True, "wording": "Zgadzam się na wiadomości.", **since},
    )


@pytest.fixture
def open_at(live_server):
    def go(page, name, *args):
        page.goto(live_server.url + reverse(f"resident_card:{name}", args=args))
        return page

    return go


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(text))


def test_an_adult_joins_a_family_by_a_letter_and_leaves_it(browser_of, open_at, check, faults, anna, make_account):
    """R12-R17, on the pages that people see; each passes axe at 320 and 1280 px."""
    her, marek = make_anna(anna), make_account(MAREKS_ADDRESS)
    with_child(her, "Zosia")
    with_child(her, "Kacper", date(2009, 7, 14))
    person_of(marek, "Marek", "Kowalski", MAREK)
    hers, his, nobodys = browser_of(anna), browser_of(marek), browser_of()

    open_at(hers, "family_invite")
    press(hers, "Wyślij zaproszenie")
    expect(hers.locator(".error-summary")).to_be_focused()
    check(hers, "family-invite-errors")
    for label, value in (("Imię", "Marek"), ("Nazwisko", "Kowalski"), ("Numer PESEL", MAREK), ("Adres e-mail", MAREKS_ADDRESS)):
        hers.get_by_label(label, exact=True).fill(value)
    hers.get_by_label("Ta osoba mieszka ze mną").check()
    press(hers, "Wyślij zaproszenie")
    heading(hers, "Rodzina")
    check(hers, "family-administrator", dark=True)

    secret = secret_in_the_last_letter()
    open_at(nobodys, "family_invitation", secret)
    check(nobodys, "family-invited")
    open_at(his, "family_invitation", secret)
    check(his, "family-confirm", dark=True)
    his.get_by_label("Mieszkam pod tym samym adresem").check()
    his.get_by_label("Zgadzam się, żeby osoba prowadząca").check()
    press(his, "Dołączam")
    expect(his.get_by_role("main")).to_contain_text("Konto rodzinne prowadzi Anna Kowalska")
    open_at(nobodys, "family_invitation", secret)
    check(nobodys, "family-gone")

    open_at(hers, "family")
    hers.get_by_role("link", name="Marek Kowalski").click()
    hers.get_by_role("link", name="Zmień dane kontaktowe").click()
    check(hers, "family-contact")
    hers.get_by_label("Telefon").fill("501 502 503")
    press(hers, "Zapisz")
    check(hers, "family-member")

    his.reload()
    expect(his.get_by_role("main")).to_contain_text("zmiana danych: telefon")
    check(his, "family-adult")
    his.get_by_role("link", name="Marek Kowalski").click()
    his.get_by_role("link", name="Odłącz mnie").click()
    check(his, "family-detach")
    press(his, "Odłącz mnie")
    expect(his.get_by_role("main")).to_contain_text("Nie masz jeszcze konta rodzinnego")
    check(his, "family-none")
    assert faults == []


def test_ola_at_18_decides_before_anything_else(browser_of, open_at, check, faults, anna, bartek):
    """R20"""
    today = timezone.localdate()
    ola = with_child(make_anna(anna), "Ola", today.replace(year=today.year - 18) - timedelta(days=3))
    Person.objects.filter(pk=ola.pk).update(account=bartek)
    olas = browser_of(bartek)

    open_at(olas, "family")
    heading(olas, "Masz już 18 lat")
    check(olas, "family-of-age")
    olas.get_by_label("Zgadzam się, żeby osoba prowadząca").check()
    press(olas, "Zostaję")

    expect(olas.get_by_role("main")).to_contain_text("Zostajesz w koncie rodzinnym jako dorosły")
    assert faults == []
