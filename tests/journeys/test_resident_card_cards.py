"""Anna's phone shows her card: the code on its screen is what a gate reads, with a network and without."""

import io
import random
from datetime import date

import pytest
import zxingcpp
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from resident_card.actions import media, packages
from resident_card.models import CardMedium, PackageType
from resident_card.verification import CardRefused, Why, verify
from tests.factories import live_together, make_person
from tests.journeys.axe import sideways, violations
from tests.resident_card import carded
from tests.resident_card.cast import make_packages

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.fixture
def person(transactional_db, anna):
    call_command("createcachetable", verbosity=0)
    make_packages()
    person = make_person(anna, born_on=date(1985, 4, 15))
    live_together(person)
    moment = timezone.now()
    packages.grant(person, PackageType.objects.get(is_base=True), day=timezone.localdate(), moment=moment, by=None)
    media.make_app_card(person, moment=moment)
    carded.make_photo(person, moment=moment)
    return person


@pytest.fixture
def signed_in(live_server, client, sign_in, settings):
    """`signed_in(context, user)`: a page of that browser in which the user is strongly signed in."""

    def go(context, user):
        name = settings.SESSION_COOKIE_NAME
        sign_in(client, user)
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    return go


@pytest.fixture
def phone(context, signed_in, anna, person, live_server):
    """Anna's phone, tied to her card by her own press."""
    page = signed_in(context, anna)
    tie(page, live_server)
    return page


def tie(page, live_server):
    page.goto(live_server.url + reverse("resident_card:my_card"))
    page.get_by_role("button", name="Powiąż ten telefon").click()
    expect(page.locator("[data-qr] svg")).to_be_visible()


def read(page) -> str:
    """What a gate's camera sees on the screen."""
    shot = Image.open(io.BytesIO(page.locator(".pkm__code").screenshot()))
    [code] = zxingcpp.read_barcodes(shot)
    return code.text


def refusal_of(text):
    with pytest.raises(CardRefused) as refused:
        verify(text, moment=timezone.now())
    return refused.value.why


def check(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (sideways(page), violations(page)) == (0, [])
    look(page, name)
    page.set_viewport_size({"width": 360, "height": 740})


def test_the_code_on_the_screen_is_believed_once(phone, person, look):
    """R70, R71"""
    code = read(phone)

    verified = verify(code, moment=timezone.now())

    assert verified.by_phone
    assert verified.medium.person == person
    assert refusal_of(code) == Why.SEEN
    phone.get_by_role("button", name="Nowy kod").click()
    assert verify(read(phone), moment=timezone.now())
    check(phone, look, "card-live")


def test_on_the_narrowest_phone_the_clock_stands_whole_on_the_card(phone):
    """The card cuts what sticks out, so no page is too wide when its clock is cut in half."""
    phone.set_viewport_size({"width": 320, "height": 640})

    card, clock = phone.locator(".pkm").bounding_box(), phone.locator("[data-time]").bounding_box()

    assert clock["width"] > 40
    assert clock["x"] + clock["width"] <= card["x"] + card["width"] - 8


def test_the_card_works_without_a_network(phone, person, context, live_server, look):
    """Offline the phone signs and draws by itself; the gate believes it."""
    phone.evaluate("navigator.serviceWorker.ready")
    context.set_offline(True)

    phone.goto(live_server.url + reverse("resident_card:my_card"))

    expect(phone.locator("[data-qr] svg")).to_be_visible()
    expect(phone.locator("[data-name]")).to_have_text(str(person))
    expect(phone.locator("[data-photo] canvas")).to_be_visible()
    expect(phone.locator("[data-packages] li")).to_have_count(2)
    assert verify(read(phone), moment=timezone.now()).medium.person == person
    context.set_offline(False)
    phone.goto(live_server.url + reverse("resident_card:in_the_phone"))
    expect(phone.locator("[data-qr] svg")).to_be_visible()
    check(phone, look, "card-in-the-phone")


def test_a_phone_with_a_wrong_clock_signs_the_time_of_the_town(context, signed_in, anna, person, live_server):
    """R70: ten minutes ahead, and yet the code is neither ahead nor stale."""
    context.add_init_script("const now = Date.now; Date.now = () => now() + 600_000;")
    page = signed_in(context, anna)

    tie(page, live_server)

    assert verify(read(page), moment=timezone.now()).by_phone


def test_the_code_is_made_anew_every_half_a_minute(context, signed_in, anna, person, live_server):
    context.clock.install()
    page = signed_in(context, anna)
    tie(page, live_server)
    first = read(page)

    page.clock.run_for(29_000)
    assert read(page) == first
    page.clock.run_for(2_000)

    expect(page.locator("[data-qr] svg")).to_be_visible()
    assert read(page) != first


def test_the_key_can_not_be_taken_out_of_the_phone(phone):
    taken = phone.evaluate("""async () => {
      const asked = (request) => new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
      const database = await asked(indexedDB.open("karta-mieszkanca", 1));
      const [record] = await asked(database.transaction("cards").objectStore("cards").getAll());
      const tries = ["pkcs8", "jwk"].map((format) => crypto.subtle.exportKey(format, record.key).then(() => format, () => null));
      return [record.key.type, await Promise.all(tries)];
    }""")

    assert taken == ["private", [None, None]]


def test_a_new_phone_gets_a_new_number_and_the_old_one_is_told_to_go(
    phone, browser, browser_context_args, signed_in, anna, live_server
):
    old = read(phone)
    other = signed_in(browser.new_context(**browser_context_args), anna)

    tie(other, live_server)

    assert refusal_of(old) == Why.REPLACED
    assert verify(read(other), moment=timezone.now()).by_phone
    assert CardMedium.objects.filter(kind="app").count() == 2
    phone.reload()
    expect(phone.get_by_text("Kartę pokazuje inny telefon")).to_be_visible()
    expect(phone.locator("[data-qr]")).to_be_hidden()
    other.context.close()


def test_anna_blocks_her_card_and_takes_a_new_one(phone, look):
    """R29"""
    code = read(phone)
    phone.get_by_role("link", name="zablokuj kartę").first.click()
    check(phone, look, "card-block")
    phone.get_by_role("button", name="Zablokuj").click()

    expect(phone.get_by_text("Karta w telefonie jest zablokowana")).to_be_visible()
    assert refusal_of(code) == Why.BLOCKED
    check(phone, look, "card-blocked")
    phone.get_by_role("button", name="Załóż nową kartę").click()
    expect(phone.get_by_role("button", name="Powiąż ten telefon")).to_be_visible()
    check(phone, look, "card-not-tied")


def test_anna_orders_plastic_and_sees_her_packages(phone, person, live_server, look):
    """R28, R34"""
    phone.get_by_role("link", name="Zamów kartę plastikową").click()
    check(phone, look, "card-plastic-first")
    phone.get_by_role("button", name="Zamów").click()
    expect(phone.get_by_text("Karta jest zamówiona")).to_be_visible()
    CardMedium.objects.filter(kind="plastic").update(status="active")
    phone.reload()
    phone.get_by_role("link", name="Zamów kartę plastikową").click()
    check(phone, look, "card-plastic-duplicate")

    phone.goto(live_server.url + reverse("resident_card:packages"))
    expect(phone.get_by_role("heading", level=2, name=str(person))).to_be_visible()
    check(phone, look, "packages")


def test_the_mark_moves_unless_its_owner_asked_for_rest(phone):
    """WCAG 2.3.3: a screenshot stands still; who asked for no motion still sees the seconds."""
    moves = "getComputedStyle(document.querySelector('.pkm__river i')).animationName"
    assert phone.evaluate(moves) == "pkm-flow"

    phone.emulate_media(reduced_motion="reduce")

    assert phone.evaluate(moves) == "none"
    before = phone.locator("[data-time]").inner_text()
    expect(phone.locator("[data-time]")).not_to_have_text(before)


def test_without_scripts_the_number_is_there_to_be_typed(browser, browser_context_args, signed_in, anna, person, live_server):
    page = signed_in(browser.new_context(**browser_context_args, java_script_enabled=False), anna)

    page.goto(live_server.url + reverse("resident_card:my_card"))

    number = page.locator("[data-number]").inner_text()
    assert verify(number, moment=timezone.now()).medium.person == person
    expect(page.get_by_role("button", name="Powiąż ten telefon")).to_be_hidden()
    page.context.close()


def test_a_phone_that_holds_no_card_says_so(page, live_server, transactional_db, look):
    page.goto(live_server.url + reverse("resident_card:in_the_phone"))

    expect(page.get_by_role("heading", name="W tym telefonie nie ma karty")).to_be_visible()
    check(page, look, "card-none")


def test_the_phone_draws_codes_that_every_reader_reads(page, live_server, transactional_db):
    """qr.js against zxing-cpp: 120 random codes of a card, and the longest and shortest text it takes."""
    draw = random.Random(1905)  # noqa: S311  the same codes each time
    codes = ["".join(["PKM1.", *draw.choices("0123456789", k=12), ".", *draw.choices("0123456789", k=10), ".",
                      *draw.choices(LETTERS, k=16), ".", *draw.choices(LETTERS, k=103)]) for _ in range(120)]  # fmt: skip
    codes += ["A", "Z" * 154, "0" * 153]
    page.goto(live_server.url + reverse("resident_card:in_the_phone"))

    drawn = page.evaluate(
        "async (codes) => { const { modules } = await import('/static/js/resident_card/qr.js');"
        "  return codes.map((code) => modules(code).map((row) => row.map(Number))); }",
        codes,
    )

    assert [picture_says(grid) for grid in drawn] == codes


def picture_says(grid) -> str:
    side = len(grid) + 8
    picture = Image.new("L", (side, side), 255)
    for y, row in enumerate(grid):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    return zxingcpp.read_barcodes(picture.resize((side * 4, side * 4), Image.Resampling.NEAREST))[0].text
