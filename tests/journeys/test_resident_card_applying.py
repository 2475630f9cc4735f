"""Anna applies for a card on her phone, Hanna refuses the photo and asks for another, Anna mends it, Hanna accepts."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from office.models import ScanState, StoredFile
from pruszcz_portal import roles
from resident_card.models import Application
from resident_card.statuses import ApplicationStatus
from tests.factories import make_person
from tests.journeys.axe import sideways, violations
from tests.resident_card import applicants
from tests.resident_card.cast import make_packages


@pytest.fixture(autouse=True)
def town(transactional_db, anna):
    call_command("createcachetable", verbosity=0)
    make_packages()
    applicants.make_street()
    return make_person(anna, born_on=applicants.BORN)


@pytest.fixture
def address(live_server):
    return lambda name, *args: live_server.url + reverse(name, args=args)


@pytest.fixture
def signed_in(live_server, sign_in):
    def go(page, user):
        client = sign_in(Client(), user)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return go


@pytest.fixture
def desk(browser, signed_in, make_account):
    context = browser.new_context(locale="pl-PL", viewport={"width": 1280, "height": 900})
    yield signed_in(context.new_page(), make_account("hanna@pruszcz.example", "Hanna Mazur", roles.CARD_DESK))
    context.close()


def check(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, f"card-{name}")


def file_of(upload):
    return {"name": upload.name, "mimeType": upload.content_type, "buffer": upload.read()}


def further(page):
    page.get_by_role("button", name="Dalej").click()


def test_anna_gets_a_card_after_mending_her_photo(page, anna, address, signed_in, desk, look, complaints):
    signed_in(page, anna)
    page.goto(address("resident_card:home"))
    check(page, look, "home")
    page.get_by_role("link", name="Złóż wniosek o kartę").click()
    check(page, look, "apply")
    further(page)
    check(page, look, "basis")
    page.get_by_label("Rozliczam PIT").check()
    further(page)
    page.locator("input[name=tax_year]").first.check()
    page.get_by_label("Mam pieczęć").check()
    further(page)
    expect(page.get_by_role("alert")).to_contain_text("Wybierz formularz")
    page.get_by_label("PIT-37").check()
    check(page, look, "pit")
    further(page)
    page.get_by_label("Ulica").fill("Batorego")
    page.get_by_label("Numer domu").fill("12/3")
    check(page, look, "address")
    further(page)
    page.get_by_label("Pierwsza strona PIT").set_input_files(file_of(applicants.paper()))
    check(page, look, "documents")
    further(page)
    page.get_by_label("Wybierz zdjęcie").set_input_files(file_of(applicants.picture()))
    expect(page.get_by_text("spełnia wymagania techniczne")).to_be_visible()
    check(page, look, "photo")
    further(page)
    page.get_by_label("Nie, wystarczy w telefonie").check()
    check(page, look, "plastic")
    further(page)
    check(page, look, "review")
    page.get_by_role("button", name="Wyślij wniosek").click()
    expect(page.get_by_role("heading", name="Wniosek jest w urzędzie")).to_be_visible()
    check(page, look, "sent")

    found = Application.objects.get()
    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    desk.goto(address("admin:resident_card_application_changelist"))
    look(desk, "card-desk-queue")
    desk.get_by_role("link", name=found.mark).click()
    desk.get_by_role("button", name="Weź do sprawdzenia").click()
    look(desk, "card-desk-application")
    desk.get_by_role("link", name="Odrzuć zdjęcie").click()
    desk.get_by_label("twarz jest równo oświetlona").check()
    desk.get_by_role("button", name="Odrzuć zdjęcie").click()
    desk.get_by_role("link", name="Poproś o poprawkę").click()
    desk.get_by_label("Co poprawić, ogólnie").fill("Prosimy o zdjęcie w lepszym świetle.")
    look(desk, "card-desk-correction")
    desk.get_by_role("button", name="Poproś o poprawkę").click()

    page.goto(address("resident_card:application", found.pk))
    check(page, look, "to-correct")
    page.get_by_role("link", name="Popraw wniosek").click()
    page.get_by_label("Nowe zdjęcie").set_input_files(file_of(applicants.picture(700, 900)))
    check(page, look, "correct")
    page.get_by_role("button", name="Wyślij poprawiony wniosek").click()
    expect(page.get_by_text("Wysłaliśmy poprawiony wniosek")).to_be_visible()

    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    desk.reload()
    desk.get_by_role("button", name="Weź do sprawdzenia").click()
    desk.get_by_role("link", name="Przyjmij zdjęcie").click()
    for box in desk.get_by_role("checkbox").all():
        box.check()
    look(desk, "card-desk-photo")
    desk.get_by_role("button", name="Przyjmij zdjęcie").click()
    desk.get_by_role("link", name="Przyjmij wniosek").click()
    desk.get_by_role("button", name="Przyjmij wniosek").click()

    page.goto(address("resident_card:application", found.pk))
    expect(page.get_by_text(re.compile("Wniosek przyjęty"))).to_be_visible()
    check(page, look, "approved")
    found.refresh_from_db()
    assert found.status == ApplicationStatus.APPROVED
    assert [one for one in complaints if "422" not in one] == []  # a form with a slip answers 422, which the browser notes


def test_the_browser_names_the_rule_that_a_photo_breaks_before_it_is_sent(page, town, anna, address, signed_in, complaints):
    """R22: nothing is posted; the field says why and lets go of the file."""
    draft = applicants.begun(town)
    signed_in(page, anna).goto(address("resident_card:step", draft.pk, "zdjecie"))
    photo = page.get_by_label("Wybierz zdjęcie")

    for upload, words in (
        (applicants.picture(299, 400), "299 pikseli szerokości"),
        ({"name": "ja.png", "mimeType": "image/png", "buffer": b"<svg/>"}, "nie jest zdjęcie JPG ani PNG"),
        ({"name": "ja.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff" + b"\0" * 5_242_880}, "najwyżej 5 MB"),
    ):
        photo.set_input_files(upload if isinstance(upload, dict) else file_of(upload))
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
        assert photo.evaluate("input => input.files.length") == 0
    assert [one for one in complaints if "422" not in one] == []  # a form with a slip answers 422, which the browser notes


def test_a_photo_chosen_before_the_script_came_is_looked_at_too(page, town, anna, address, signed_in):
    """On a slow phone the choice is quicker than the script."""
    draft = applicants.begun(town)
    signed_in(page, anna)
    held = []
    page.route("**/photo*.js", lambda route: held.append(route))
    page.goto(address("resident_card:step", draft.pk, "zdjecie"), wait_until="commit")
    page.get_by_label("Wybierz zdjęcie").set_input_files(file_of(applicants.picture(299, 400)))

    expect(page.get_by_role("alert")).to_have_count(0)
    held[0].continue_()

    expect(page.get_by_role("alert").filter(has_text="299 pikseli szerokości")).to_be_visible()
