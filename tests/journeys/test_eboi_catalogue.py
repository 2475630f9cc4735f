"""The catalogue, the calculator of terms, a lamp and a tree as people walk them: accessible at 320 and 1280 px, in light and dark."""

import copy
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone
from playwright.sync_api import expect

from eboi import sample_catalogue
from eboi.actions import faults
from eboi.models import MatterType, Submission, TermRule
from schemas.actions import load_definition, withdraw
from schemas.models import Version
from tests.eboi.conftest import DO_1, answers, do_1, filled, kowalska, street  # noqa: F401  fixtures of the room
from tests.journeys.test_eboi_pages import as_anna, check, first_rows, go  # noqa: F401  fixtures of the room's other journey

HERE = {"latitude": 54.25930, "longitude": 18.63535}


@pytest.fixture
def catalogue(transactional_db, dariusz):
    """What the first migrations lay down and a test that commits wipes; then the twenty matters."""
    if not TermRule.objects.exists():
        import_module("eboi.migrations.0002_first_rules").write(apps, None)
    sample_catalogue.load(timezone.now())
    return MatterType.objects


def test_a_visitor_finds_a_matter_and_reckons_a_term(page, go, catalogue, complaints, look):  # noqa: F811
    go("eboi:home")
    expect(page.get_by_role("heading", name="Podatki i opłaty")).to_be_visible()
    check(page, look, "catalogue-home")
    page.get_by_label("Znajdź sprawę").fill("smieci")
    page.get_by_role("main").get_by_role("button", name="Szukaj").click()
    page.get_by_role("link", name="Deklaracja o opłacie za odpady (DO-1)").click()
    expect(page.get_by_text("Do potwierdzenia")).to_be_visible()
    check(page, look, "catalogue-card")

    go("eboi:reckon")
    check(page, look, "reckon-empty")
    page.get_by_role("button", name="Oblicz").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, look, "reckon-errors")
    page.get_by_label("Od którego dnia").fill("2026-11-24")
    page.get_by_label("Ile", exact=True).fill("1")
    page.get_by_label("miesiące").check()
    page.get_by_role("button", name="Oblicz").click()
    expect(page.get_by_text("28 grudnia 2026").first).to_be_visible()
    assert "od=2026-11-24" in page.url
    check(page, look, "reckon-result")
    assert complaints == []


def test_a_stranger_tells_of_a_lamp_and_adds_a_voice(page, go, live_server, catalogue, complaints, look):  # noqa: F811
    other = faults.begin(catalogue.get(code="awaria-oswietlenia"), moment=timezone.now())
    told = {"how": "point", "point": {"lat": "54.25926", "lon": "18.63529"}, "kind": "off", "danger": "no"}
    faults.send(faults.keep(other, told), moment=timezone.now())
    page.context.grant_permissions(["geolocation"], origin=live_server.url)
    page.context.set_geolocation(HERE)

    go("eboi:matter", "awaria-oswietlenia")
    page.get_by_role("link", name="Zgłoś usterkę").click()
    check(page, look, "lamp-where")
    page.get_by_role("button", name="Dalej").click()
    check(page, look, "lamp-errors")
    page.get_by_label("położeniem telefonu").check()
    page.get_by_role("button", name="Użyj mojego położenia").click()
    expect(page.get_by_label("Szerokość, około 54")).to_have_value("54.25930")
    check(page, look, "lamp-point")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("nie świeci").check()
    page.get_by_role("group", name="Czy coś zagraża ludziom?").get_by_label("Tak").check()
    check(page, look, "lamp-what")
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Czy to ta sama usterka?")
    expect(page.get_by_text("zadzwoń teraz pod numer 112")).to_be_visible()
    check(page, look, "lamp-same")
    page.get_by_role("button", name="To ta sama").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dopisaliśmy Cię do zgłoszenia")
    check(page, look, "lamp-joined")
    assert complaints == []


def test_anna_learns_that_a_thin_tree_needs_no_notice(page, go, as_anna, catalogue, kowalska, complaints, look):  # noqa: F811
    as_anna()
    go("eboi:matter", "drzewa-zgloszenie")
    page.get_by_role("button", name="Zacznij").click()
    page.get_by_label("osoba fizyczna").check()
    for question in ("Czy usuwasz drzewo w związku", "Czy działka jest wpisana do rejestru"):
        page.get_by_role("group", name=question).get_by_label("Nie").check()
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("drzewo", exact=True).check()
    page.get_by_label("inny gatunek").check()
    page.get_by_label("Nazwa gatunku").fill("świerk")
    page.get_by_label("Obwód pnia").fill("40")
    page.get_by_role("group", name="Czy chcesz usunąć coś jeszcze").get_by_label("Nie").check()
    check(page, look, "tree-plant")
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_text("Nie trzeba nic zgłaszać").first).to_be_visible()
    expect(page.get_by_role("button", name="Dalej")).to_have_count(0)
    check(page, look, "tree-needless")
    assert complaints == []


def test_anna_reads_what_changed_in_a_withdrawn_form(page, go, as_anna, filled, celina, complaints, look):  # noqa: F811
    form = copy.deepcopy(DO_1)
    form["number"] = 2
    form["pages"][-1]["questions"][-1]["label"] = "Dane są prawdziwe. Wiem, co grozi za nieprawdę."
    load_definition(form, by=None, moment=timezone.now())
    withdraw(Version.objects.get(definition__code="do-1", number=1), by=celina, moment=timezone.now())
    as_anna()

    go("eboi:draft", filled.pk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Formularz się zmienił")
    check(page, look, "form-changed")
    page.get_by_role("button", name="Przejdź do nowej wersji").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pouczenie i oświadczenie")
    assert Submission.objects.get(pk=filled.pk).form_version.number == 2
    assert complaints == []
