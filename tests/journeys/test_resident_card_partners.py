"""Discounts as everybody finds them; Piotr at the pool's till, on a phone; what Anna reads afterwards. Accessible, wide and narrow."""
# ruff: noqa: F811  fixtures are imported by name

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pruszcz_portal import roles
from resident_card.models import CardMedium, Partner, Redemption
from resident_card.sample import partners as sample
from resident_card.statuses import MediumStatus
from tests.conftest import make_user
from tests.factories import make_person
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401 fixtures
from tests.resident_card.cast import grant, make_holder, make_packages
from tests.resident_card.counters import good_today
from tests.resident_card.faces import accepted_photo

PHONE = {"width": 360, "height": 740}
# A camera that sees one code: what the browser's own reader would say of the picture.
CAMERA = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { return [{ rawValue: "%s" }]; }
};
"""
PICTURES = """
navigator.mediaDevices.getUserMedia = async () => {
  const canvas = document.createElement("canvas");
  const drawn = canvas.getContext("2d");
  setInterval(() => drawn.fillRect(0, 0, Math.random() * 300, 150), 50);
  return canvas.captureStream(20);
};
"""


@pytest.fixture
def town(transactional_db):
    """The partners of the demonstration, and Anna with a card on her phone."""
    make_packages()
    make_user("lech@pruszcz.example", "Lech Górski", roles.CARD_MANAGER)
    people = {"piotr": make_user("piotr@pruszcz.example"), "anna": make_user("anna@pruszcz.example")}
    sample.load(timezone.now())
    anna = make_person(people["anna"], born_on=date(1961, 4, 15))
    phone = make_holder(anna, moment=timezone.now())
    grant(anna, "seniora")
    good_today(anna)
    accepted_photo(anna)
    return {**people, "phone": phone}


def at(live_server, name, *args, query=""):
    return live_server.url + reverse(f"resident_card:{name}", args=args) + query


def test_anybody_finds_a_discount_and_reads_how_to_get_the_card(page, check, faults, live_server, town):
    page.goto(at(live_server, "offers"))
    check(page, "znizki", dark=True)
    page.get_by_label("Czego szukasz?").fill("Basén")
    page.get_by_role("button", name="Szukaj", exact=True).last.click()
    assert page.get_by_role("heading", level=3).count() == 2
    check(page, "znizki-szukaj")

    page.get_by_role("link", name="Bilet na basen: połowa ceny").click()
    assert page.get_by_text("Nie masz jeszcze karty?").is_visible()
    check(page, "znizka")
    page.goto(at(live_server, "offers", query="?q=helikopter"))
    check(page, "znizki-nic")
    assert faults == []


def test_piotr_scans_a_phone_counts_a_discount_and_takes_a_mistake_back(browser_of, check, faults, live_server, town):
    page = browser_of(town["piotr"], strong=False, size=PHONE)
    page.goto(at(live_server, "verifying"))
    assert page.evaluate("document.activeElement.id") == "id_code"
    check(page, "sprawdz", dark=True)

    page.keyboard.type(town["phone"].shows(timezone.now()))
    page.keyboard.press("Enter")  # as a reader at a desk does
    page.get_by_role("heading", name="TAK").wait_for()
    check(page, "sprawdz-tak", dark=True)
    page.get_by_label("Bilet na basen: połowa ceny").check()
    page.get_by_role("button", name="Zalicz zniżkę").click()
    page.get_by_text("zaznacz, że to ta osoba").first.wait_for()
    check(page, "sprawdz-bez-potwierdzenia")
    page.get_by_label("To ta osoba").check()
    page.get_by_role("button", name="Zalicz zniżkę").dblclick()
    page.get_by_role("heading", name="Zaliczone").wait_for()
    assert Redemption.objects.count() == 1
    check(page, "sprawdz-zaliczone")

    page.get_by_role("button", name="Cofnij").click()
    page.get_by_text("Licznik wrócił").wait_for()
    check(page, "sprawdz-cofniete")
    assert Redemption.objects.get().reversed_at
    assert faults == []


def test_a_camera_that_reads_codes_needs_no_typing(browser_of, faults, live_server, town):
    page = browser_of(town["piotr"], strong=False, size=PHONE, permissions=["camera"])
    page.add_init_script(CAMERA % town["phone"].shows(timezone.now()))
    page.add_init_script(PICTURES)
    page.goto(at(live_server, "verifying"))

    page.get_by_role("button", name="Skanuj aparatem").click()

    page.get_by_role("heading", name="TAK").wait_for()


def test_a_camera_that_is_refused_says_what_else_to_do(browser_of, live_server, town):
    page = browser_of(town["piotr"], strong=False, size=PHONE)
    page.add_init_script(CAMERA % "x")
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
    )
    page.goto(at(live_server, "verifying"))

    page.get_by_role("button", name="Skanuj aparatem").click()

    page.get_by_text("nie dostała zgody na aparat").wait_for()


def test_a_bad_card_is_a_huge_no(browser_of, check, faults, live_server, town):
    page = browser_of(town["piotr"], strong=False, size=PHONE)
    CardMedium.objects.update(status=MediumStatus.BLOCKED)
    page.goto(at(live_server, "verifying"))

    page.get_by_label("Kod albo numer karty").fill(town["phone"].medium.number)
    page.get_by_role("button", name="Sprawdź", exact=True).click()

    page.get_by_role("heading", name="NIE", exact=True).wait_for()
    check(page, "sprawdz-nie", dark=True)
    assert faults == []


def test_anna_reads_where_her_card_was_used(browser_of, check, faults, live_server, town):
    sample.load(timezone.now())
    page = browser_of(town["anna"])

    page.goto(at(live_server, "used_discounts"))

    assert page.get_by_text("Pływalnia nad Radunią").count() == 2
    check(page, "moje-znizki")
    assert faults == []


def test_lech_invites_and_writes_an_offer(browser_of, check, faults, live_server, town):
    from accounts.models import User

    page = browser_of(User.objects.get(email="lech@pruszcz.example"))
    page.goto(live_server.url + reverse("admin:resident_card_partner_change", args=[Partner.objects.first().pk]))
    check(page, "desk-partner")
    page.goto(live_server.url + reverse("admin:resident_card_offer_add"))
    check(page, "desk-offer")
    page.goto(live_server.url + reverse("admin:resident_card_offer_changelist"))
    check(page, "desk-offers")
    assert faults == []
