"""Every page of e-BOI as a resident sees it: accessible at 320 and 1280 px, nothing wider than the screen, no complaint of the browser."""

import uuid
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from eboi.actions import cases, correspondence, filing, rulings
from eboi.models import IncomingLetter, Submission
from residents.models import IdentityConfirmation, RegisterPolicy
from tests.eboi.conftest import PESEL, answers, do_1, filled, kowalska, pdf_upload, street  # noqa: F401  fixtures of the room
from tests.factories import make_colleague

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def first_rows(transactional_db):
    """What the first migrations lay down and a test that commits wipes."""
    call_command("createcachetable", verbosity=0)
    if not RegisterPolicy.objects.exists():
        since = {"valid_from": date(2026, 1, 1), "source": "test"}
        RegisterPolicy.objects.create(desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1, **since)


@pytest.fixture
def go(page, live_server):
    """`go("eboi:page", draft.pk, "powod")` opens an address of ours."""

    def open_it(name, *args, query=""):
        page.goto(live_server.url + reverse(name, args=args) + query)
        return page

    return open_it


@pytest.fixture
def as_anna(page, live_server, sign_in, client, anna):
    """Anna is signed in in the browser; `as_anna(strong=False)` with her password alone."""

    def go(strong=True):
        sign_in(client, anna, strong=strong)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return go


def check(page, look, name):
    """No axe violation and nothing wider than the screen at 320 and 1280 px, in light and in dark."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page).response["violations"]
            assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, name)


@pytest.fixture
def filed(filled, anna):  # noqa: F811
    filing.attach(filled, "attachments", pdf_upload("umowa najmu.pdf"), by=anna)
    filing.submit(
        filled,
        by=anna,
        key=uuid.uuid4(),
        revision=filled.revision,
        sign_in_method="hasło i kod z aplikacji",
        moment=timezone.now(),
    )
    return Submission.objects.get()


@pytest.fixture
def opened(filed, dariusz):
    """Dariusz opened the case and took it up."""
    case = cases.open_case(IncomingLetter.objects.get(), matter=filed.matter, officer=dariusz, by=dariusz, moment=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    return case


def test_a_visitor_finds_the_matter_and_reads_its_card(page, go, do_1, complaints, look):  # noqa: F811
    go("eboi:home")
    check(page, look, "eboi-home-visitor")
    page.get_by_label("Znajdź sprawę").fill("smieci xyz")
    page.get_by_role("main").get_by_role("button", name="Szukaj").click()
    expect(page.get_by_text("Nie mamy takiej sprawy w internecie")).to_be_visible()
    check(page, look, "eboi-home-nothing")

    go("eboi:matter", do_1.code)

    expect(page.get_by_role("button", name="Zaloguj się i zacznij")).to_be_visible()
    check(page, look, "eboi-matter-visitor")
    assert complaints == []


def test_anna_fills_the_form_screen_by_screen(page, go, as_anna, do_1, kowalska, street, complaints, look):  # noqa: F811
    as_anna(strong=False)
    go("eboi:matter", do_1.code)
    page.get_by_role("button", name="Zacznij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dlaczego składasz deklarację")
    check(page, look, "eboi-page-first")

    page.get_by_role("button", name="Dalej").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, look, "eboi-page-errors")

    page.get_by_label("Ktoś zamieszkał w domu").check()
    page.get_by_role("button", name="Dalej").click()
    for box, value in (("Dzień", "16"), ("Miesiąc", "11"), ("Rok", "2026")):
        page.get_by_label(box).fill(value)
    check(page, look, "eboi-page-date")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("właściciel", exact=True).check()
    page.get_by_label("osoba fizyczna").check()
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_label("Imię")).to_have_value("Anna")
    page.get_by_label("Numer PESEL").fill(PESEL)
    page.get_by_role("button", name="Dalej").click()
    check(page, look, "eboi-page-address")
    page.get_by_label("Ulica").fill("batorego")
    page.get_by_label("Numer domu").fill("12A")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Ile osób mieszka w domu?").fill("3")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_role("group", name="Czy to dom jednorodzinny?").get_by_label("Nie").check()
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_text("93,00")).to_be_visible()
    check(page, look, "eboi-page-fee")
    page.get_by_role("button", name="Dalej").click()
    upload = pdf_upload("umowa najmu.pdf")
    bad = {"name": "wirus.pdf", "mimeType": "application/pdf", "buffer": b"MZ to nie jest pdf"}
    page.get_by_label("Czy chcesz coś dodać?").fill("Proszę o kontakt")
    good = {"name": upload.name, "mimeType": "application/pdf", "buffer": upload.read()}
    page.get_by_label("Dokumenty").set_input_files([good, bad])
    page.get_by_role("button", name="Dalej").click()
    expect(page.locator(".error-summary")).to_contain_text("wirus.pdf")
    expect(page.get_by_label("Czy chcesz coś dodać?")).to_have_value("Proszę o kontakt")
    expect(page.get_by_role("link", name="umowa najmu.pdf")).to_be_visible()
    check(page, look, "eboi-page-files")
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Dane w deklaracji są prawdziwe").check()
    check(page, look, "eboi-page-last")
    page.get_by_role("button", name="Dalej").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdź odpowiedzi")
    expect(page.get_by_text("85•••••••45")).to_be_visible()
    expect(page.get_by_role("link", name="Przejdź do drugiego kroku")).to_be_visible()
    check(page, look, "eboi-review-weak")
    assert [text for text in complaints if "409" not in text] == []


def test_anna_checks_and_sends(page, go, as_anna, filled, complaints, look):  # noqa: F811
    as_anna()
    go("eboi:review", filled.pk)
    check(page, look, "eboi-review")

    page.get_by_role("button", name="Wyślij do urzędu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Zgłoszenie jest w urzędzie")
    expect(page.get_by_text("RPW/1/2026").first).to_be_visible()
    check(page, look, "eboi-filed")
    go("eboi:home")
    check(page, look, "eboi-home-filed")
    assert complaints == []


def test_an_incomplete_form_says_what_is_missing(page, go, as_anna, do_1, kowalska, complaints, look):  # noqa: F811
    draft = filing.open_draft(kowalska, do_1, moment=timezone.now())
    as_anna()

    go("eboi:review", draft.pk)

    expect(page.locator(".error-summary")).to_contain_text("Co się stało?")
    check(page, look, "eboi-review-missing")
    go("eboi:discard", draft.pk)
    check(page, look, "eboi-discard")
    assert complaints == []


def test_two_devices_are_told_of_each_other(page, go, as_anna, filled, anna, look):  # noqa: F811
    as_anna()
    go("eboi:page", filled.pk, "osoby")
    draft = Submission.objects.get()
    filing.save_answers(draft, {**draft.answers, "residents-count": 5}, revision=draft.revision, by=anna)

    page.get_by_label("Ile osób mieszka w domu?").fill("4")
    page.get_by_role("button", name="Dalej").click()

    expect(page.get_by_role("heading", name="Na innym urządzeniu zapisano coś innego")).to_be_visible()
    expect(page.get_by_role("cell", name="5")).to_be_visible()
    assert Submission.objects.get().answers["residents-count"] == 5
    check(page, look, "eboi-page-conflict")
    page.get_by_role("button", name="Zachowaj to, co jest tutaj").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kompostowanie")
    assert Submission.objects.get().answers["residents-count"] == 4


def test_autosave_keeps_what_is_half_typed_and_says_so(page, go, as_anna, filled):  # noqa: F811
    as_anna()
    go("eboi:page", filled.pk, "osoby")

    page.get_by_label("Ile osób mieszka w domu?").fill("7")

    expect(page.locator("[data-autosave-status]")).to_contain_text("Zapisano o", timeout=8000)
    assert Submission.objects.get().answers["residents-count"] == 7
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Kompostowanie")


def test_a_session_that_ends_while_anna_types_loses_nothing(page, go, as_anna, filled, client, sign_in, anna, live_server, look):  # noqa: F811
    as_anna()
    go("eboi:page", filled.pk, "dane")
    client.logout()

    page.get_by_label("Numer PESEL").fill("44051401359")

    expect(page.get_by_text("Sesja wygasła")).to_be_visible(timeout=8000)
    check(page, look, "eboi-page-signed-out")
    assert "4405140" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    sign_in(client, anna)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Zapisano o", timeout=8000)
    assert Submission.objects.get().answers["pesel"] == "44051401359"


def test_anna_follows_a_case_and_answers_a_call(page, go, as_anna, opened, dariusz, complaints, look):
    call = rulings.draft_call(
        opened, missing="Prosimy o umowę najmu albo inny dokument.\nWystarczy zdjęcie.", by=dariusz, moment=timezone.now()
    )
    rulings.send_call(call, by=dariusz, moment=timezone.now())
    correspondence.write_to_resident(opened, text="Dzień dobry, brakuje jednego dokumentu.", by=dariusz, moment=timezone.now())
    as_anna()
    go("eboi:case", opened.pk)
    expect(page.get_by_text("Urząd czeka na uzupełnienie od Ciebie.").first).to_be_visible()
    check(page, look, "eboi-case-call")
    page.get_by_role("link", name="Odpowiedz").click()
    page.get_by_role("button", name="Wyślij uzupełnienie").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, look, "eboi-answer-call")
    page.get_by_label("Odpowiedź").fill("W załączeniu umowa.")
    upload = pdf_upload("umowa.pdf")
    page.get_by_label("Brakujące dokumenty").set_input_files(
        [{"name": upload.name, "mimeType": "application/pdf", "buffer": upload.read()}]
    )
    page.get_by_role("button", name="Wyślij uzupełnienie").click()
    expect(page.get_by_text("data złożenia zgłoszenia się nie zmienia")).to_be_visible()
    check(page, look, "eboi-case-progress")

    go("eboi:messages", opened.pk)
    page.get_by_label("Wiadomość do urzędu").fill("Dziękuję za wiadomość.")
    check(page, look, "eboi-messages")
    page.get_by_role("button", name="Wyślij wiadomość").click()
    expect(page.get_by_text("Dziękuję za wiadomość.")).to_be_visible()

    go("eboi:add_document", opened.pk)
    check(page, look, "eboi-add-document")
    go("eboi:withdraw", opened.pk)
    check(page, look, "eboi-withdraw")
    go("eboi:home")
    check(page, look, "eboi-home-mine")
    go("my_matters")
    look(page, "co-u-mnie")
    assert complaints == []


def test_anna_reads_a_decision_as_a_copy(page, go, as_anna, opened, dariusz, franek, kowalska, complaints, look):  # noqa: F811
    IdentityConfirmation.objects.create(
        person=kowalska, level="desk", how="dowód", confirmed_by=franek.subject, at=timezone.now()
    )
    decision = rulings.draft_decision(
        opened,
        ruling="Określam opłatę na 93,00 zł miesięcznie.",
        reasons="Bo tak wynika z uchwały.",
        by=make_colleague(opened.unit),
        moment=timezone.now(),
    )
    rulings.sign_decision(decision, by=dariusz, moment=timezone.now())
    as_anna()

    go("eboi:case", opened.pk)
    check(page, look, "eboi-case-decided")
    page.get_by_role("link", name="Przeczytaj").click()

    expect(page.get_by_text("Kopia informacyjna")).to_be_visible()
    check(page, look, "eboi-decision")
    assert complaints == []


def test_anyone_checks_a_receipt(page, go, filed, complaints, look):
    go("eboi:verify")
    check(page, look, "upo-empty")
    page.get_by_label("Numer").fill("RPW/1/2026")
    page.get_by_label("Skrót potwierdzenia").fill(filed.receipt.sha256)
    page.get_by_role("button", name="Sprawdź").click()
    expect(page.get_by_role("heading", name="To potwierdzenie jest prawdziwe")).to_be_visible()
    expect(page.get_by_text("Kowalska")).not_to_be_visible()
    check(page, look, "upo-good")

    go("eboi:verify", query="?numer=RPW/1/2026&skrot=00")

    expect(page.get_by_role("heading", name="Nie możemy potwierdzić")).to_be_visible()
    check(page, look, "upo-bad")
    assert complaints == []


def test_without_a_script_every_button_saves_and_the_declaration_goes_out(browser, live_server, client, sign_in, filled, anna):  # noqa: F811
    """Everything but autosave works with scripts switched off."""
    sign_in(client, anna)
    context = browser.new_context(java_script_enabled=False, locale="pl-PL", viewport={"width": 360, "height": 740})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + reverse("eboi:page", args=[filled.pk, "osoby"]))
    page.get_by_label("Ile osób mieszka w domu?").fill("6")
    page.get_by_role("button", name="Zapisz i wróć później").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Załatw sprawę")
    page.get_by_role("main").get_by_role("link", name="Deklaracja o odpadach").first.click()
    expect(page.get_by_text("186,00 zł miesięcznie").first).to_be_visible()
    page.get_by_role("button", name="Wyślij do urzędu").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Zgłoszenie jest w urzędzie")
    assert Submission.objects.get().computed["fee"]["value"]["grosze"] == 18600
    context.close()
