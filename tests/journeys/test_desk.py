"""The desk: Gabriela begins with her day and writes a decision, Dariusz signs it, it goes by post and lies uncollected; a letter from a template."""
# ruff: noqa: F811  fixtures are imported by name

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from eboi.actions import cases, register
from eboi.models import Case, LetterTemplate, OutgoingLetter
from pruszcz_portal import roles
from residents.models import IdentityConfirmation
from tests.conftest import make_user
from tests.factories import make_case, make_letter, make_matter, make_person, make_unit
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401 fixtures
from tests.journeys.test_consultation_desk import press


def open_verb(page, name):
    """The link to the page of a verb, taken out of „Więcej czynności” when it is folded there; waits for the page to come."""
    link = page.locator("#content a.desk-verb").filter(has_text=re.compile(f"^\\s*{name}\\s*$")).first
    link.wait_for(state="attached")
    if not link.is_visible():
        page.locator(".desk-more > summary").click()
    link.click()
    expect(page.get_by_role("heading", level=1, name=name)).to_be_visible()


@pytest.fixture
def gabriela(transactional_db):
    return make_user("gabriela@pruszcz.example", "Gabriela Bąk", roles.CASE_OFFICER, position="referentka")


@pytest.fixture
def dariusz(transactional_db):
    return make_user(
        "dariusz@pruszcz.example", "Dariusz Lis", roles.CASE_OFFICER, roles.MANAGER, roles.SIGNATORY, position="kierownik"
    )


@pytest.fixture
def anna(transactional_db):
    return make_person(first_name="Anna", last_name="Kowalska", mail_address="ul. Batorego 12a, Pruszcz Gdański")


@pytest.fixture
def letter(gabriela, dariusz, anna):
    """Anna's letter, directed to the unit; the unit has an overdue case of Bartek's as well."""
    unit, now = make_unit(gabriela, dariusz), timezone.now()
    matter = make_matter(unit)
    late = make_case(
        make_person(first_name="Bartek", last_name="Nowak"), gabriela, moment=now - timedelta(days=50), matter=matter
    )
    cases.take_up(late, by=gabriela, moment=now)
    IdentityConfirmation.objects.create(person=anna, level="desk", how="dowód", confirmed_by=dariusz.subject, at=now)
    came = make_letter(anna, moment=now, subject="Deklaracja DO-1")
    register.direct(came, unit=unit, by=gabriela, moment=now)
    LetterTemplate.objects.create(
        name="Prośba", title="Prośba, {znak sprawy}", text="Szanowna Pani {strona}, prosimy o wyjaśnienie."
    )
    return came


def test_from_the_letter_on_the_day_to_a_decision_that_lies_at_the_post_office(
    live_server, letter, browser_of, gabriela, dariusz, check, faults
):
    day = live_server.url + reverse("admin:eboi_case_day")
    desk, second = browser_of(gabriela), browser_of(dariusz)
    desk.goto(live_server.url + reverse("admin:index"))
    desk.get_by_role("link", name=re.compile("Mój dzień: co dziś")).click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Mój dzień")
    expect(desk.get_by_text("po terminie o")).to_be_visible()
    check(desk, "desk-day", dark=True)

    desk.get_by_role("link", name=letter.rpw).click()
    open_verb(desk, "Załóż sprawę")
    desk.locator("#id_matter").select_option(index=1)
    desk.locator("#id_officer").select_option(label="Gabriela Bąk")
    press(desk, "Załóż sprawę")
    expect(desk.locator(".messagelist")).to_be_visible()
    case = Case.objects.get(person__last_name="Kowalska")
    desk.goto(live_server.url + reverse("admin:eboi_case_change", args=[case.pk]))
    press(desk, "Zajmij się sprawą")
    open_verb(desk, "Napisz decyzję")
    desk.locator("#id_ruling").fill("Ustalam opłatę 93,00 zł miesięcznie.")
    desk.locator("#id_reasons").fill("W domu mieszkają trzy osoby.")
    check(desk, "desk-decision")
    press(desk, "Napisz decyzję")
    expect(desk.locator("#content a.desk-verb").filter(has_text="Podpisz decyzję")).to_have_count(0)

    second.goto(day)
    expect(second.get_by_role("heading", name=re.compile("Decyzje do podpisu"))).to_be_visible()
    second.get_by_role("link", name=case.mark).first.click()
    open_verb(second, "Podpisz decyzję")
    press(second, "Podpisz decyzję")
    expect(second.locator(".messagelist")).to_be_visible()

    desk.goto(live_server.url + reverse("admin:eboi_case_change", args=[case.pk]))
    open_verb(desk, "Wyślij decyzję")
    press(desk, "Wyślij decyzję")
    open_verb(desk, "Wpisz pierwsze zawiadomienie")
    desk.locator("#id_day").fill(timezone.localdate().isoformat())
    press(desk, "Wpisz pierwsze zawiadomienie")
    expect(desk.get_by_text("nieodebrane wywoła skutek doręczenia")).to_be_visible()
    check(desk, "desk-case-on-its-way", dark=True)

    open_verb(desk, "Napisz pismo")
    desk.locator("#id_template").select_option(label="Prośba")
    press(desk, "Napisz pismo")
    expect(desk.locator("#id_text")).to_have_value(re.compile("Szanowna Pani Anna Kowalska"))
    check(desk, "desk-letter-preview")
    press(desk, "Napisz pismo")
    expect(desk.locator(".messagelist")).to_be_visible()
    assert [one.rpo for one in OutgoingLetter.objects.order_by("number")] == [
        f"RPO/{n}/{timezone.localdate().year}" for n in (1, 2)
    ]

    desk.goto(live_server.url + reverse("admin:eboi_outgoingletter_changelist"))
    check(desk, "desk-outgoing-register", widths=({"width": 1280, "height": 900},))
    second.goto(live_server.url + reverse("admin:eboi_case_queue") + "?kogo=komorka")
    check(second, "desk-queue", dark=True)
    second.goto(live_server.url + reverse("admin:eboi_case_workload"))
    check(second, "desk-workload")
    second.goto(live_server.url + reverse("admin:eboi_case_lists"))
    check(second, "desk-lists")
    second.goto(live_server.url + reverse("admin:eboi_lettertemplate_change", args=[LetterTemplate.objects.get().pk]))
    check(second, "desk-template")
    assert faults == []
