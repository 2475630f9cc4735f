"""The roof's pages in a real browser: narrow and wide, light and dark, by keyboard, without scripts."""

import pytest

from tests.journeys.axe import sideways, violations

PAGES = [
    "/",
    "/szukaj/?q=smieci",
    "/szukaj/?q=zamek",
    "/deklaracja-dostepnosci/",
    "/kontakt/",
    "/prywatnosc/",
    "/galeria/",
    "/nie-ma/",
]


@pytest.fixture
def signed_in(page, live_server, client, anna, sign_in, settings):
    """Anna's browser."""
    sign_in(client, anna)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def unhappy(heard, path):
    """Complaints of the browser; that a missing page is missing is none."""
    return [one for one in heard if not ("404" in one and path == "/nie-ma/")]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_each_page_is_accessible_fits_and_breaks_no_policy(page, live_server, complaints, path, width):
    """L29, S33"""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 740})

    page.goto(live_server.url + path)

    assert sideways(page) == 0
    assert unhappy(complaints, path) == []
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, "color-contrast") == []


@pytest.mark.parametrize("width", [320, 1280])
def test_co_u_mnie_is_accessible_and_fits(signed_in, live_server, complaints, width):
    """L29"""
    signed_in.set_viewport_size({"width": width, "height": 740})

    signed_in.goto(live_server.url + "/co-u-mnie/")

    assert sideways(signed_in) == 0
    assert complaints == []
    assert violations(signed_in) == []


def test_letters_four_times_larger_still_fit(page, live_server):
    """L29: 1280 px at 400 % are 320 px of CSS; here the letters alone grow to 200 %."""
    page.set_viewport_size({"width": 640, "height": 900})
    page.goto(live_server.url + "/deklaracja-dostepnosci/")

    page.evaluate(
        "document.documentElement.toggleAttribute('data-large'), document.documentElement.style.setProperty('font-size', '200%')"
    )

    assert sideways(page) == 0


def test_targets_are_large_enough_for_a_thumb(page, live_server):
    """L29"""
    page.goto(live_server.url + "/galeria/")

    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .site-nav__link, input:not([type=checkbox]):not([type=radio]), select, .choice, .door a')]
        .filter(one => one.offsetParent && (one.getBoundingClientRect().height < 44))
        .map(one => one.outerHTML.slice(0, 90))"""
    )

    assert small == []


def test_the_first_tab_skips_to_the_content(page, live_server):
    page.goto(live_server.url + "/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Przejdź do treści"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "tresc"


def test_wrong_answers_take_focus_to_the_summary_and_on_to_the_field(page, live_server):
    page.goto(live_server.url + "/galeria/")

    assert page.evaluate("'errorSummary' in document.activeElement.dataset")
    assert page.title().startswith("Błąd: ")
    page.get_by_role("link", name="Adres e-mail").click()

    assert page.evaluate("document.activeElement.name") == "wrong-email"


def test_search_works_without_scripts(browser, live_server, browser_context_args):
    with browser.new_context(**browser_context_args, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(live_server.url + "/szukaj/")
        page.get_by_label("Czego szukasz?").fill("smieci")
        page.locator("main").get_by_role("button", name="Szukaj").click()

        assert page.get_by_role("link", name="Załatw sprawę").count() >= 1


def test_the_focus_ring_is_ink_with_sun_around_it(page, live_server):
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(live_server.url + "/kontakt/")

    for _ in range(3):
        page.keyboard.press("Tab")
    ring = page.evaluate(
        "(({outlineColor, outlineWidth, boxShadow}) => [outlineColor, outlineWidth, boxShadow])(getComputedStyle(document.activeElement))"
    )

    assert ring[:2] == ["rgb(27, 36, 48)", "3px"]
    assert ring[2].startswith("rgb(242, 182, 50)")
