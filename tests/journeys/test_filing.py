"""The main road of the portal, told in a browser: Anna signs up on her phone, files the waste-fee declaration with an attachment and
has her receipt; Celina opens a case, calls for a paper and settles it; Anna sees it all."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from eboi.models import Case, IncomingLetter, Submission, WasteRate
from eboi.statuses import CaseStatus
from office.models import Message
from pruszcz_portal import roles
from residents.models import RegisterPolicy, Terms
from schemas.actions import load_definition
from tests.conftest import PASSWORD
from tests.eboi.conftest import DO_1, PESEL, pdf_upload, street  # noqa: F401  a fixture of the room
from tests.factories import make_matter, make_unit
from tests.journeys.test_sign_in import code_from_the_last_letter, code_of_the_app

EMAIL = "anna.kowalska@example.com"


@pytest.fixture(autouse=True)
def town(transactional_db, street, make_account):  # noqa: F811
    """DO-1 with its rate, the terms and Celina at work in the kancelaria and in the unit that handles waste."""
    call_command("createcachetable", verbosity=0)
    since = {"valid_from": date(2026, 1, 1), "source": "test"}
    if not RegisterPolicy.objects.exists():
        RegisterPolicy.objects.create(desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1, **since)
    for kind in ("service", "privacy"):
        Terms.objects.create(kind=kind, version="1", text="Tekst.", **since)
    celina = make_account("celina@pruszcz.example", "Celina Nowak", roles.KANCELARIA, roles.CASE_OFFICER, position="referentka")
    make_matter(make_unit(celina))
    load_definition(DO_1, by=None, moment=timezone.now())
    WasteRate.objects.create(method="person", grosze=3100, **since)
    return celina


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


@pytest.fixture
def desk(browser, live_server, town, client, sign_in):
    """Celina's own browser, signed in with her second step."""
    sign_in(client, town)
    context = browser.new_context(locale="pl-PL", viewport={"width": 1280, "height": 900})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    yield context.new_page()
    context.close()


def sign_up(page, address):
    page.goto(address("account_signup"))
    page.get_by_label("Adres e-mail").fill(EMAIL)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Załóż konto").click()
    expect(page.get_by_role("heading", name="Wpisz kod z listu")).to_be_visible()
    page.get_by_label("Kod z listu").fill(code_from_the_last_letter())
    page.get_by_role("button", name="Dalej").click()
    expect(page).to_have_url(address("my_matters"))


def say_who_i_am(page):
    page.get_by_label("Imię").fill("Anna")
    page.get_by_label("Nazwisko").fill("Kowalska")
    page.get_by_label("Numer PESEL").fill(PESEL)
    page.get_by_label("Znam i akceptuję regulamin").check()
    page.get_by_role("button", name="Zapisz i idź dalej").click()


def further(page):
    page.get_by_role("button", name="Dalej").click()


def attached(name):
    upload = pdf_upload(name)
    return {"name": name, "mimeType": "application/pdf", "buffer": upload.read()}


def fill_in(page):
    page.get_by_label("Ktoś zamieszkał w domu").check()
    further(page)
    for box, value in (("Dzień", "16"), ("Miesiąc", "11"), ("Rok", "2026")):
        page.get_by_label(box).fill(value)
    further(page)
    page.get_by_label("właściciel", exact=True).check()
    page.get_by_label("osoba fizyczna").check()
    further(page)
    expect(page.get_by_label("Nazwisko")).to_have_value("Kowalska")
    expect(page.get_by_text("85•••••••45")).to_be_visible()
    further(page)
    page.get_by_label("Ulica").fill("Batorego")
    page.get_by_label("Numer domu").fill("12a")
    further(page)
    page.get_by_label("Ile osób mieszka w domu?").fill("3")
    further(page)
    page.get_by_role("group", name="Czy to dom jednorodzinny?").get_by_label("Nie").check()
    further(page)
    expect(page.get_by_text("93,00 zł miesięcznie")).to_be_visible()
    further(page)
    page.get_by_label("Dokumenty").set_input_files([attached("pełnomocnictwo.pdf")])
    further(page)
    page.get_by_label("Dane w deklaracji są prawdziwe").check()
    further(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdź odpowiedzi")


def set_up_the_app(page):
    """From the explained second step to the app with codes, the spare codes, and back."""
    page.get_by_role("link", name="Przejdź do drugiego kroku").click()
    page.get_by_role("link", name=re.compile("aplikacj")).first.click()
    page.get_by_text("Nie mogę zeskanować").click()
    secret = page.locator(".secret").inner_text().strip()
    page.get_by_label("Kod z aplikacji").fill(code_of_the_app(secret))
    page.get_by_role("button", name="Włącz").click()
    expect(page.get_by_role("heading", name="Kody zapasowe")).to_be_visible()
    page.get_by_role("link", name="Mam je zapisane, dalej").click()


def open_the_case(desk, address):
    letter = IncomingLetter.objects.get()
    desk.goto(address("admin:eboi_incomingletter_change", letter.pk))
    expect(desk.get_by_text(letter.rpw).first).to_be_visible()
    desk.get_by_role("link", name="Załóż sprawę").click()
    desk.get_by_label("Prowadzi").select_option(label="Celina Nowak")
    desk.get_by_role("button", name="Załóż sprawę").click()
    desk.goto(address("admin:eboi_case_change", Case.objects.get().pk))
    desk.get_by_role("button", name="Zajmij się sprawą").click()


def call_for_a_paper(desk):
    desk.get_by_role("link", name="Wezwij do uzupełnienia").click()
    desk.get_by_label("Czego brakuje").fill("Prosimy o umowę najmu.")
    desk.get_by_role("button", name="Wezwij do uzupełnienia").click()
    desk.get_by_role("link", name="Wyślij wezwanie").click()
    desk.get_by_role("button", name="Wyślij wezwanie").click()


def settle(desk, address):
    desk.goto(address("admin:eboi_case_change", Case.objects.get().pk))
    desk.get_by_role("link", name="Załatw bez decyzji").click()
    desk.get_by_label("Jak załatwiono").fill("Deklaracja przyjęta. Opłata 93,00 zł miesięcznie od listopada 2026 r.")
    desk.get_by_role("button", name="Załatw bez decyzji").click()


def test_annas_declaration_from_sign_up_to_its_end(page, desk, address, complaints, look):
    """L2 L7 L8 L9 L20 S9"""
    sign_up(page, address)
    page.goto(address("eboi:home"))
    page.get_by_role("link", name="Deklaracja o odpadach").click()
    page.get_by_role("button", name="Zacznij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Poznajmy się")
    say_who_i_am(page)
    page.get_by_role("button", name="Zacznij").click()
    fill_in(page)
    set_up_the_app(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sprawdź odpowiedzi")
    page.get_by_role("button", name="Wyślij do urzędu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zgłoszenie jest w urzędzie")
    filed = Submission.objects.get()
    expect(page.get_by_text(filed.letter.rpw).first).to_be_visible()
    expect(page.get_by_text("pełnomocnictwo.pdf").first).to_be_visible()
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Pobierz potwierdzenie (PDF)").click()
    assert downloaded.value.suggested_filename == f"upo-rpw-{filed.letter.number}-{filed.letter.year}.pdf"
    assert filed.sign_in_method.endswith("kod z aplikacji")

    open_the_case(desk, address)
    call_for_a_paper(desk)
    case = Case.objects.get()
    assert (case.status, case.mark) == (CaseStatus.WAITING_PARTY, f"OS.3160.1.{case.year}")

    page.goto(address("my_matters"))
    page.get_by_role("link", name=f"Uzupełnij sprawę {case.mark}").click()
    expect(page.get_by_text("Prosimy o umowę najmu.")).to_be_visible()
    page.get_by_label("Odpowiedź").fill("Przesyłam umowę.")
    page.get_by_label("Brakujące dokumenty").set_input_files([attached("umowa.pdf")])
    page.get_by_role("button", name="Wyślij uzupełnienie").click()
    expect(page.get_by_text("Urząd zajmuje się Twoją sprawą.").first).to_be_visible()

    settle(desk, address)
    page.goto(address("eboi:case", case.pk))
    expect(page.get_by_text("Sprawa jest załatwiona. Nie musisz nic więcej robić.")).to_be_visible()
    expect(page.get_by_text("Opłata 93,00 zł miesięcznie od listopada").first).to_be_visible()
    for happened in (
        "Zgłoszenie wpłynęło do urzędu",
        "Urząd poprosił o uzupełnienie",
        "Twoje uzupełnienie dotarło",
        "Urząd załatwił sprawę",
    ):
        expect(page.get_by_text(happened).first).to_be_visible()
    look(page, "journey-end")
    page.get_by_role("link", name="Kto oglądał moje dane").click()
    expect(page.get_by_text("Celina Nowak").first).to_be_visible()

    case.refresh_from_db()
    assert case.received_on == timezone.localdate(filed.received_at)
    assert [message.event for message in Message.objects.order_by("created_at")] == [
        "eboi/received", "eboi/case_opened", "eboi/call_sent", "eboi/case_closed",
    ]  # fmt: skip
    assert all(PESEL not in message.text + message.html + message.subject for message in Message.objects.all())
    assert len(mail.outbox) >= 1
    assert complaints == []
