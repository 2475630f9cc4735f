"""Anna asks whether the point takes a fridge, looks what is left of her limit and disputes an entry; on a phone and on a desk."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from pszok.models import Dispute
from tests.factories import live_together, make_person
from tests.journeys.axe import sideways, violations
from tests.pszok.cast import hand_in, line, make_gate, make_holder_today, make_point, open_all_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(anna):
    call_command("createcachetable", verbosity=0)
    now, point = timezone.now(), make_point()
    open_all_day(point)
    person = make_person(anna, "Anna")
    live_together(person)
    return hand_in(make_holder_today(person), make_gate(point), line("gruz", kg=340), line("opony", pieces=4), moment=now)


def is_well(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (violations(page), sideways(page)) == ([], 0)
    look(page, name)


def test_a_visitor_asks_without_an_account_and_is_answered(page, live_server, visit, look, complaints):
    page.goto(live_server.url + reverse("pszok:home"))
    is_well(page, look, "pszok-home")

    page.get_by_label("Co chcesz oddać?").fill("lodowka")
    page.get_by_role("button", name="Sprawdź").click()
    expect(page.get_by_role("heading", name="Tak, przyjmą dziś")).to_be_visible()
    expect(page.get_by_text("20 01 23*").first).to_be_visible()
    is_well(page, look, "pszok-taken")

    page.get_by_label("Co chcesz oddać?").fill("eternit")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nie, punkt tego nie przyjmuje.")).to_be_visible()
    is_well(page, look, "pszok-refused")

    page.get_by_label("Co chcesz oddać?").fill("xqzwv")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Najbliższe nazwy")).to_be_visible()
    is_well(page, look, "pszok-unknown")

    page.get_by_role("link", name="Limity i co się zmieniło").click()
    expect(page.get_by_role("heading", name="Co się zmieniło")).to_be_visible()
    is_well(page, look, "pszok-limits")
    assert [one for one in complaints if "422" not in one] == []  # the empty dispute


def test_anna_sees_what_is_left_and_disputes_an_entry(page, live_server, visit, anna, client, sign_in, look, complaints):
    sign_in(client, anna)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("pszok:mine"))
    expect(page.get_by_text("1660 kg")).to_be_visible()
    is_well(page, look, "pszok-mine")

    page.locator(".entry__day a").first.click()
    page.get_by_role("button", name="Zgłoś reklamację").click()
    expect(page.get_by_text("Napisz, co się nie zgadza.").first).to_be_visible()
    is_well(page, look, "pszok-visit-error")

    page.get_by_label("Co się nie zgadza?").fill("Gruzu było 34 kg.")
    page.get_by_role("button", name="Zgłoś reklamację").click()
    expect(page.get_by_text("Rozpatrujemy ją")).to_be_visible()
    is_well(page, look, "pszok-visit")

    page.get_by_role("button", name="Wycofaj reklamację").click()
    expect(page.get_by_text("wycofana").first).to_be_visible()
    assert Dispute.objects.get().status == "withdrawn"
    assert [one for one in complaints if "422" not in one] == []  # the empty dispute
