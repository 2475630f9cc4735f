"""Celina writes a long decision while her session ends: she signs in, finds all of it, and sends it herself."""
# ruff: noqa: F811  fixtures are imported by name

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from eboi.actions import cases
from eboi.models import Decision
from pruszcz_portal import roles
from tests.conftest import PASSWORD, TOTP_SECRET, make_user
from tests.factories import make_case, make_person
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401 fixtures
from tests.journeys.test_consultation_desk import press
from tests.journeys.test_desk import open_verb
from tests.journeys.test_sign_in import code_of_the_app

REASONS = "W domu mieszkają trzy osoby, co potwierdza deklaracja złożona w terminie. " * 60


@pytest.fixture
def celina(transactional_db):
    return make_user("celina@pruszcz.example", "Celina Nowak", roles.CASE_OFFICER, position="referentka")


@pytest.fixture
def case(celina):
    opened = make_case(make_person(first_name="Anna", last_name="Kowalska"), celina, moment=timezone.now() - timedelta(days=2))
    cases.take_up(opened, by=celina, moment=timezone.now())
    return opened


def test_celina_signs_in_again_and_finds_the_decision_she_was_typing(live_server, case, celina, browser_of, check, faults):
    desk = browser_of(celina)
    desk.goto(live_server.url + reverse("admin:eboi_case_change", args=[case.pk]))
    open_verb(desk, "Napisz decyzję")
    desk.locator("#id_ruling").fill("Ustalam opłatę 93,00 zł miesięcznie.")
    desk.locator("#id_reasons").fill(REASONS)
    Session.objects.all().delete()

    press(desk, "Napisz decyzję")
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Zaloguj się")
    desk.get_by_label("Adres e-mail").fill(celina.email)
    desk.get_by_label("Hasło").fill(PASSWORD)
    desk.get_by_role("button", name="Zaloguj się", exact=True).click()
    desk.get_by_label("Kod z aplikacji").fill(code_of_the_app(TOTP_SECRET))
    desk.get_by_role("button", name="Zaloguj się", exact=True).click()

    expect(desk.locator(".messagelist")).to_contain_text("jeszcze nie zostało wysłane")
    expect(desk.locator("#id_ruling")).to_have_value("Ustalam opłatę 93,00 zł miesięcznie.")
    expect(desk.locator("#id_reasons")).to_have_value(REASONS)
    assert not Decision.objects.exists()
    check(desk, "desk-typed-before", dark=True)

    press(desk, "Napisz decyzję")
    expect(desk.locator(".messagelist")).to_contain_text("Wykonano")
    assert REASONS.strip() in Decision.objects.get().reasons
    assert faults == []
