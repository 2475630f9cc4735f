"""Igor lists what he installed, Wiktor loads, approves and watches it: every page of both looked at, light and dark."""
# ruff: noqa: F811  fixtures are imported by name

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from residents.models import StreetPlace
from tests.conftest import make_user
from tests.factories import TUESDAY
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401 fixtures
from tests.journeys.test_desk import open_verb
from tests.office.samples import pdf
from tests.wifi_points import cast
from tests.wifi_points.test_inventory import GOOD, row, sheet
from wifi_points.actions import faults as outages
from wifi_points.models import InventoryLoad, Network, Outage, Warranty

WRONG = sheet(GOOD, row(latitude="54,260460"), row(number="3", longitude="21.012200"))


@pytest.fixture
def igor(transactional_db):
    return make_user("igor@siec.example", "Igor Sieciowy")


@pytest.fixture
def wiktor(transactional_db):
    return cast.make_officer()


@pytest.fixture
def network(igor, wiktor):
    found = cast.make_network(igor, wiktor)
    cast.make_point(found, by=igor)
    return found


def file(name, content, media_type="text/csv"):
    return {"name": name, "mimeType": media_type, "buffer": content}


def button(page, name):
    page.locator("main, #content").get_by_role("button", name=name, exact=True).first.click()


def test_igor_lists_what_he_installed_and_confirms_it(live_server, network, igor, browser_of, check, faults):
    page = browser_of(igor)
    page.goto(live_server.url + reverse("wifi_points:mine"))
    check(page, "installer-mine", dark=True)
    page.get_by_role("link", name=network.name).click()
    check(page, "installer-network", dark=True)

    page.get_by_role("link", name="Dodaj punkt").click()
    page.get_by_label("Szerokość geograficzna").fill("54,26")
    button(page, "Zapisz punkt")
    check(page, "installer-point-errors", dark=True)
    page.go_back()
    page.go_back()

    page.get_by_role("link", name="Zmień", exact=False).first.click()
    check(page, "installer-point", dark=True)
    page.goto(live_server.url + reverse("wifi_points:remove_point", args=[network.pk, network.points.get().pk]))
    check(page, "installer-remove", dark=True)

    page.goto(live_server.url + reverse("wifi_points:inventory", args=[network.pk]))
    page.get_by_label("Plik CSV").set_input_files(file("wykaz.csv", WRONG))
    button(page, "Sprawdź plik")
    expect(page.get_by_text("kropkę zamiast przecinka")).to_be_visible()
    check(page, "installer-sheet-errors", dark=True)
    page.get_by_label("Plik CSV").set_input_files(file("wykaz.csv", sheet(GOOD)))
    button(page, "Sprawdź plik")
    check(page, "installer-sheet-preview", dark=True)
    button(page, "Wczytaj")
    expect(page.get_by_text("Wczytano. Nowe: 1")).to_be_visible()

    page.get_by_role("link", name="Strona powitalna", exact=True).click()
    check(page, "installer-captive", dark=True)
    page.get_by_label("Wklej kod strony").fill("<html><script src='http://x.example/wifi4eu.js'></script>")
    button(page, "Sprawdź")
    check(page, "installer-captive-wrong", dark=True)
    page.goto(live_server.url + reverse("wifi_points:lint"))
    check(page, "installer-lint", dark=True)

    page.goto(live_server.url + reverse("wifi_points:network", args=[network.pk]))
    button(page, "Potwierdź sieć")
    expect(page.locator("#id_statements_error")).to_contain_text("wszystkie cztery oświadczenia")
    check(page, "installer-unconfirmed", dark=True)
    for box in page.get_by_role("checkbox").all():
        box.check()
    button(page, "Potwierdź sieć")
    expect(page.get_by_text("Wykaz jest zamknięty i czeka")).to_be_visible()
    check(page, "installer-confirmed", dark=True)
    assert "\n".join(faults) == ""


def test_wiktor_loads_a_list_and_watches_what_ends(live_server, network, wiktor, browser_of, check, faults):
    page = browser_of(wiktor)
    page.goto(live_server.url + reverse("admin:wifi_points_network_changelist"))
    check(page, "desk-wifi-networks", dark=True)
    page.get_by_role("link", name=network.name, exact=True).click()
    check(page, "desk-wifi-network", dark=True)

    page.get_by_role("link", name="Wczytaj wykaz z pliku").click()
    page.get_by_label("Plik CSV").set_input_files(file("wykaz.csv", WRONG))
    button(page, "Sprawdź plik")
    expect(page.get_by_text("kropkę zamiast przecinka")).to_be_visible()
    check(page, "desk-wifi-sheet-errors", dark=True)
    page.get_by_label("Plik CSV").set_input_files(file("wykaz.csv", sheet(GOOD)))
    button(page, "Sprawdź plik")
    check(page, "desk-wifi-sheet-preview", dark=True)
    button(page, "Wczytaj")
    expect(page.get_by_text("Wiktor Sroka, nowe: 1")).to_be_visible()
    assert InventoryLoad.objects.get().by == wiktor.subject

    open_verb(page, "Dodaj gwarancję")
    button(page, "Dodaj gwarancję")
    check(page, "desk-wifi-warranty-errors", dark=True)
    page.get_by_label("Gwarancja od").fill("2026-01-01")
    page.get_by_label("Gwarancja do").fill("2096-01-31")
    page.get_by_label("Kto udzielił").fill("Sieć i Syn")
    page.get_by_label("Jak zgłosić usterkę").fill("serwis@siec.example")
    page.get_by_label("Karta gwarancyjna").set_input_files(file("karta.pdf", pdf(), "application/pdf"))
    button(page, "Dodaj gwarancję")
    check(page, "desk-wifi-network-warranty", dark=True)
    page.locator("#content section").get_by_role("link", name="Cała sieć").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sieć i Syn")
    check(page, "desk-wifi-warranty", dark=True)

    page.goto(live_server.url + reverse("admin:wifi_points_warranty_endings"))
    expect(page.get_by_text("Gwarancja: 1. Siec 1, Sieć i Syn")).to_be_visible()
    check(page, "desk-wifi-endings", dark=True)
    page.goto(live_server.url + reverse("admin:residents_streetplace_import"))
    page.get_by_label("Plik CSV").set_input_files(file("ulice.csv", b"ulica;x\n"))
    button(page, "Wczytaj")
    check(page, "desk-wifi-streets-errors", dark=True)
    assert Warranty.objects.get().file.name == "karta.pdf"
    assert "\n".join(faults) == ""


VERBS = ["show", "enter_speed", "import_speeds", "import_usage", "open_outage", "check_page", "close", "add_warranty"]


def test_every_other_page_of_wiktors_desk(live_server, igor, wiktor, browser_of, check, faults):
    live = cast.make_live(igor, wiktor, points=2)
    points = list(live.points.all())
    ticket = outages.report(points[0], fault="slow", moment=TUESDAY)
    outage = outages.open_outage(
        live, access_point=points[1], started_at=TUESDAY, cause="power", seen_by=Outage.Seen.OFFICER, by=wiktor, moment=TUESDAY
    )  # fmt: skip
    own = cast.make_network(igor, wiktor)
    cast.make_point(own, by=igor)
    cast.confirm(own, igor)
    street = StreetPlace.objects.create(
        street="Krótka", search="krotka", latitude="54.26", longitude="18.63", source="x", licence="CC0"
    )
    warranty = cast.make_warranty(live, wiktor)
    page = browser_of(wiktor)
    verbs = [*((live, verb) for verb in VERBS), *((own, verb) for verb in ("approve", "ask_for_revision", "invite"))]
    verbs += [
        (ticket, "confirm"),
        (ticket, "dismiss"),
        (outage, "end_outage"),
        (points[0], "swap_device"),
        (warranty, "correct_warranty"),
    ]

    for one, verb in verbs:
        name = f"admin:{one._meta.app_label}_{one._meta.model_name}_verb"
        page.goto(live_server.url + reverse(name, args=[one.pk, verb]))
        check(page, f"desk-wifi-{verb}", dark=True)
    for one in (live, own, points[0], live.programme, live.installer, ticket, outage, street):
        page.goto(live_server.url + reverse(f"admin:{one._meta.app_label}_{one._meta.model_name}_change", args=[one.pk]))
        check(page, f"desk-wifi-one-{one._meta.model_name}-{getattr(one, 'status', '')}", dark=True)
    lists = (
        "network",
        "accesspoint",
        "programme",
        "installer",
        "ticket",
        "outage",
        "norm",
        "requirement",
        "probehost",
        "warranty",
    )
    for name in [*(f"wifi_points_{one}" for one in (*lists, "speedtest", "usagemonth")), "residents_streetplace"]:
        page.goto(live_server.url + reverse(f"admin:{name}_changelist"))
        check(page, f"desk-wifi-list-{name}", dark=True)
    assert "\n".join(faults) == ""
    assert Network.objects.count() == 2
