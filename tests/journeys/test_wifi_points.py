"""Anybody looks for a point near a street, sees it on a map that asks nobody, and says in two taps that it does not work."""

from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from residents.models import StreetPlace
from tests.journeys.axe import sideways, violations
from tests.wifi_points import cast
from wifi_points.models import Ticket


def check(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, name)


def test_the_nearest_point_its_map_and_a_report(page, live_server, look, complaints, make_account):
    call_command("createcachetable", verbosity=0)
    officer, installer = cast.make_officer(), make_account("igor@siec.example")
    cast.make_live(installer, officer, points=3, portal_url="https://wifi.pruszcz.example/")
    StreetPlace.objects.create(street="Krótka", search="krotka", latitude="54.261200", longitude="18.634100", source="test")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(f"{live_server.url}/wifi/")
    page.get_by_label("Twoja ulica").fill("krótka")
    page.get_by_role("button", name="Pokaż najbliższe").click()
    expect(page.get_by_role("heading", name="Najbliżej ulicy Krótka")).to_be_visible()
    expect(page.locator(".map__spot")).to_have_count(3)
    check(page, look, "wifi")
    assert [url for url in asked if not url.startswith(live_server.url)] == []

    page.get_by_role("link", name="ławka 1").click()
    check(page, look, "wifi-point")
    page.get_by_role("link", name="Zgłoś usterkę").click()
    page.get_by_label("nie widać sieci").check()
    check(page, look, "wifi-report")
    page.get_by_role("button", name="Wyślij zgłoszenie").click()

    expect(page.get_by_role("heading", name="Dziękujemy za zgłoszenie")).to_be_visible()
    assert Ticket.objects.get().reports.count() == 1
    page.goto(f"{live_server.url}/wifi/dane/")
    check(page, look, "wifi-data")
    assert complaints == []
    assert settings.WIFI_TILES_URL == ""


def test_the_phones_own_place_orders_the_list_and_is_sent_nowhere(page, live_server, make_account, complaints):
    call_command("createcachetable", verbosity=0)
    officer, installer = cast.make_officer(), make_account("igor@siec.example")
    network = cast.make_live(installer, officer, points=2)
    network.points.filter(number=2).update(latitude="54.266990", longitude="18.625570")
    page.context.grant_permissions(["geolocation"], origin=live_server.url)
    page.context.set_geolocation({"latitude": 54.2669, "longitude": 18.6256})
    page.goto(f"{live_server.url}/wifi/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    page.get_by_role("button", name="Moja lokalizacja").click()

    expect(page.get_by_role("heading", name="Najbliżej Ciebie")).to_be_visible()
    expect(page.locator("[data-spots] > li").first).to_contain_text("ławka 2")
    assert [url for url in asked if "/static/" not in url] == [] and "54.26" not in page.url  # the icon of the tab may come late
    assert complaints == []
