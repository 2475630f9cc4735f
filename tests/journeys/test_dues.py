"""Anna links her payer with the code from the desk, reads what she owes and why, chooses and is led to pay; on a phone and on a desk."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from dues.actions import reminding
from dues.models import Kind
from residents.models import Purpose, RegisterPolicy
from tests.dues.cast import BASIS, give_code, make_instalment, make_liability, make_payer, make_tables
from tests.dues.conftest import teresa
from tests.factories import LONG_AGO, SOURCE, make_person
from tests.journeys.axe import sideways, violations

__all__ = ["teresa"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def code(anna, teresa):
    """What migrations write is gone in a transactional test."""
    call_command("createcachetable", verbosity=0)
    dated = {"valid_from": LONG_AGO, "source": SOURCE}
    RegisterPolicy.objects.get_or_create(**dated, desk_code_days=30, desk_code_tries=5, consent_age=16, answer_months=1)
    for order, (kind, name) in enumerate(
        (("nieruchomosc", "Podatek od nieruchomości"), ("odpady", "Opłata za gospodarowanie odpadami"))
    ):
        Kind.objects.get_or_create(
            code=kind,
            defaults={**dated, "name": name, "legal_basis": "uchwała rady miasta", "purpose": "podatki", "order": order},
        )
    Purpose.objects.get_or_create(
        code=reminding.PURPOSE, valid_from=LONG_AGO,
        defaults={"name": "Przypomnienia", "legal_basis": "-", "needs_consent": True, "wording": "Zgadzam się na przypomnienia.", "source": SOURCE},
    )  # fmt: skip
    make_tables()
    today = timezone.localdate()
    payer = make_payer()
    tax = make_liability(
        payer, subject="ul. Batorego 2/3", decision="FN.3120.7.2026", basis=[BASIS, {**BASIS, "what": "Budynek mieszkalny"}]
    )
    make_instalment(tax, 62_400, today - timedelta(days=250), paid_principal_grosze=62_400)
    make_instalment(tax, 62_400, today - timedelta(days=190), paid_principal_grosze=30_000, paid_interest_grosze=1_100)
    make_instalment(tax, 62_400, today + timedelta(days=20))
    make_instalment(make_liability(payer, number="O-1", kind="odpady", period="2026-11"), 9_600, today + timedelta(days=2))
    make_person(anna)
    return give_code(payer, teresa, moment=timezone.now())


def is_well(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (violations(page), sideways(page)) == ([], 0)
    look(page, name)


def test_anna_links_reads_chooses_and_is_led_to_pay(page, live_server, code, anna, client, sign_in, look, complaints):
    sign_in(client, anna)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("dues:mine"))
    is_well(page, look, "dues-unlinked")

    page.get_by_role("link", name="Wpisz kod z urzędu").click()
    page.get_by_label("Kod z urzędu").fill("AAAA-AAAA")
    page.get_by_role("button", name="Pokaż moje należności").click()
    expect(page.get_by_text("Kod nie pasuje").first).to_be_visible()
    is_well(page, look, "dues-wrong-code")
    page.get_by_label("Kod z urzędu").fill(code)
    page.get_by_role("button", name="Pokaż moje należności").click()

    expect(page.get_by_text("Po terminie, z odsetkami na dziś")).to_be_visible()
    is_well(page, look, "dues-mine")
    page.get_by_role("link", name="za co i dlaczego tyle").first.click()
    expect(page.get_by_role("heading", name="Skąd ta kwota")).to_be_visible()
    is_well(page, look, "dues-liability")
    page.go_back()

    page.get_by_role("checkbox", name="2026-11, rata 1").check()
    page.get_by_role("button", name="Zapłać zaznaczone").click()
    expect(page.get_by_text("Razem do zapłaty")).to_be_visible()
    is_well(page, look, "dues-basket")
    page.get_by_role("button", name="Przejdź do płatności").click()
    page.wait_for_url("**/platnosci/**")  # one payment, or the list when the dues are of two accounts

    page.goto(live_server.url + reverse("dues:reminders"))
    is_well(page, look, "dues-reminders")
    page.goto(live_server.url + reverse("dues:who_looked"))
    is_well(page, look, "dues-who-looked")
    assert [one for one in complaints if "422" not in one] == []  # the wrong code
