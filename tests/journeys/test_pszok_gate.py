"""Franek's day at the gate: a tablet is enrolled, he signs on, cards and documents come, a limit runs out, a receipt is shown."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from pruszcz_portal import roles
from pszok.actions import shifts
from pszok.models import QuotaBalance, Visit
from tests.conftest import make_user
from tests.factories import make_person
from tests.journeys.axe import sideways, violations
from tests.pszok.cast import give_face, make_holder_today, make_point, open_all_day

PIN = "246801"


@pytest.fixture
def gate(transactional_db, page, live_server):
    """Opens the gate's pages; nobody is enrolled yet."""
    call_command("createcachetable", verbosity=0)
    point = make_point()
    open_all_day(point)
    walentyna = make_user("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    shifts.add_operator(point=point, name="Franciszek Wilk", pin=PIN, by=walentyna)
    device = shifts.add_device(point=point, name="Tablet przy wadze", by=walentyna, moment=timezone.now())
    page.goto(live_server.url + reverse("pszok:gate"))
    return device


@pytest.fixture
def anna(gate):
    person = make_person(first_name="Anna", last_name="Kowalska", email="anna@example.com")
    give_face(person)
    return make_holder_today(person)


def check(page, look, name):
    """No axe violation and nothing wider than the screen at 320 and 1280 px."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, name)


def press(page, name):
    page.get_by_role("button", name=name).click()


def follow(page, name):
    page.get_by_role("link", name=name).first.click()


def enrol_and_sign_on(page, device, look=lambda *_: None):
    page.get_by_label("Kod urządzenia").fill(shifts.code_of(device, timezone.now()))
    press(page, "Połącz urządzenie")
    follow(page, "Franciszek Wilk")
    page.get_by_label("PIN").fill(PIN)
    press(page, "Zacznij zmianę")


def scan(page, text):
    """A hand scanner types and presses Enter."""
    page.get_by_label("Kod albo numer karty").fill(text)
    page.keyboard.press("Enter")


def hand_in(page, fraction, **amounts):
    follow(page, fraction)
    for label, amount in amounts.items():
        page.get_by_label(label, exact=True).fill(amount)
    press(page, "Zapisz i podsumuj")


def test_a_day_at_the_gate(page, gate, anna, look, complaints):
    check(page, look, "gate-enrol")
    page.get_by_label("Kod urządzenia").fill(shifts.code_of(gate, timezone.now()))
    press(page, "Połącz urządzenie")
    check(page, look, "gate-names")
    follow(page, "Franciszek Wilk")
    check(page, look, "gate-pin")
    page.get_by_label("PIN").fill(PIN)
    press(page, "Zacznij zmianę")
    check(page, look, "gate-start")

    scan(page, anna.shows(timezone.now()))
    expect(page.get_by_text("Anna Kowalska")).to_be_visible()
    check(page, look, "gate-visit")

    follow(page, "Czysty gruz")
    check(page, look, "gate-line")
    page.get_by_label("Kilogramy").fill("0,5")
    press(page, "Zapisz i podsumuj")
    expect(page.get_by_role("link", name=re.compile("Pół tony to 500"))).to_be_visible()
    expect(page.get_by_label("Kilogramy")).to_have_value("0,5")
    check(page, look, "gate-line-error")
    page.get_by_label("Kilogramy").fill("2300")
    press(page, "Zapisz i podsumuj")
    expect(page.get_by_text("Zmieści się jeszcze 2000 kg.")).to_be_visible()
    check(page, look, "gate-over")
    press(page, "Przyjmij tyle, resztę odmów")
    hand_in(page, "Opony", Sztuki="9")
    expect(page.get_by_text("Opony: 9 szt.")).to_be_visible()
    check(page, look, "gate-summary")

    press(page, "Przyjmij i zakończ")
    expect(page.get_by_role("heading", name="Pokwitowanie")).to_be_visible()
    check(page, look, "gate-receipt")
    assert QuotaBalance.objects.get().used == 2000
    assert Visit.objects.get().refused_amounts.get().kg == 300
    assert [one for one in complaints if "(Unprocessable Entity)" not in one] == []


def test_a_used_code_and_a_typed_number(page, gate, anna, look):
    enrol_and_sign_on(page, gate)
    screen = anna.shows(timezone.now())
    scan(page, screen)
    follow(page, "Następna osoba")

    scan(page, screen)
    expect(page.get_by_role("alert").first).to_contain_text("był już użyty")
    check(page, look, "gate-refused")
    scan(page, anna.medium.number)
    expect(page.get_by_role("heading", name="Czy to ta osoba?")).to_be_visible()
    check(page, look, "gate-compare")
    press(page, "Tak, to ta osoba")

    expect(page.get_by_role("heading", name="Co przywieziono?")).to_be_visible()


def test_a_resident_with_a_document_and_one_who_is_turned_away(page, gate, anna, look):
    enrol_and_sign_on(page, gate)
    follow(page, "Nie ma karty: dokument")
    check(page, look, "gate-document")
    page.get_by_label("Ulica").fill("Nad Radunią")
    page.get_by_label("Numer domu").fill("5")
    page.get_by_label("Numer lokalu").fill("77")
    page.get_by_label("Widzę dokument").check()
    press(page, "Znajdź mieszkanie")
    expect(page.get_by_role("alert")).to_contain_text("Nie ma tu takiego lokalu. Znane numery: 1.")
    page.get_by_label("Numer lokalu").fill("1")
    press(page, "Znajdź mieszkanie")
    expect(page.get_by_text("Nad Radunią 5 m. 1")).to_be_visible()

    follow(page, "Odmów przyjęcia")
    check(page, look, "gate-refuse")
    page.get_by_label("odpady z działalności gospodarczej").check()
    press(page, "Zapisz odmowę")

    expect(page.get_by_role("heading", name="Nic nie przyjęto")).to_be_visible()
    check(page, look, "gate-refused-receipt")
    assert Visit.objects.get().refusal == "business"


def test_without_javascript_the_whole_visit_goes_the_same_way(browser, gate, anna, live_server):
    context = browser.new_context(java_script_enabled=False, locale="pl-PL")
    page = context.new_page()
    page.goto(live_server.url + reverse("pszok:gate"))
    enrol_and_sign_on(page, gate)

    scan(page, anna.shows(timezone.now()))
    hand_in(page, "Czysty gruz", Kilogramy="120")
    press(page, "Przyjmij i zakończ")

    expect(page.get_by_role("heading", name="Pokwitowanie")).to_be_visible()
    assert QuotaBalance.objects.get().used == 120
    context.close()
