"""Anna pays two things in one go, waits, and keeps the confirmation; the treasurers give a part of it back. The provider is on loopback."""

import json

import httpx
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from payments.actions import settling
from payments.models import Checkout
from pruszcz_portal import roles
from tests.conftest import make_user
from tests.factories import make_person
from tests.journeys.axe import sideways, violations
from tests.payments.cast import make_payment
from tests.payments.online import provider_server, switched_on


def check(page, look, name):
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, name)


def signed_in(page, live_server, sign_in, user):
    cookie = sign_in(Client(), user, strong=True).cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def test_two_things_in_one_go(page, live_server, sign_in, settings, look, complaints):
    call_command("createcachetable", verbosity=0)
    anna, now = make_user("anna@example.com"), timezone.now()
    person = make_person(anna)
    make_payment(person, title="Duplikat karty mieszkańca", moment=now)
    make_payment(
        person, title="Opłata skarbowa: złożenie pełnomocnictwa", amount_grosze=1700, due_on=timezone.localdate(), moment=now
    )
    signed_in(page, live_server, sign_in, anna)

    page.goto(f"{live_server.url}/platnosci/")
    expect(page.get_by_text("Płatności przez internet są teraz wyłączone")).to_be_visible()
    check(page, look, "payments-offline")

    with provider_server() as operator:
        switched_on(settings, operator.url)
        settings.PORTAL_URL = live_server.url
        policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": [*policy["form-action"], operator.url]}}
        page.reload()
        check(page, look, "payments-mine")
        page.get_by_role("link", name="Duplikat karty mieszkańca").click()
        check(page, look, "payments-one")
        page.go_back()
        page.get_by_role("link", name="Zapłać przez internet").click()
        check(page, look, "payments-basket")
        page.get_by_role("button", name="Dalej").click()
        check(page, look, "payments-review")
        page.get_by_role("button", name="Zapłać 37,00 zł").click()
        expect(page.get_by_role("heading", name="Operator")).to_be_visible()  # the policy lets this one redirect through

        message = operator.pay(Checkout.objects.get().session)
        page.get_by_role("link", name="Wróć do sklepu").click()
        expect(page.get_by_role("heading", name="Czekamy na potwierdzenie")).to_be_visible()
        check(page, look, "payments-waiting")
        told = httpx.post(f"{live_server.url}/platnosci/powiadomienia/przelewy24/", content=json.dumps(message))
        assert told.status_code == 200
        settling.handle_waiting(moment=timezone.now())
        page.get_by_role("link", name="Sprawdź teraz").click()
        expect(page.get_by_role("heading", name="Zapłacone")).to_be_visible()
        check(page, look, "payments-paid")
        with page.expect_download() as loaded:
            page.get_by_role("link", name="Potwierdzenie (PDF)").click()
        assert loaded.value.suggested_filename.startswith("potwierdzenie-PW-1-")

        treasurer = make_user("grazyna@pruszcz.example", "Grażyna Kos", roles.TREASURER)
        page.context.clear_cookies()
        signed_in(page, live_server, sign_in, treasurer)
        page.goto(f"{live_server.url}/urzad/payments/payment/")
        page.get_by_role("link", name="PL/1/").click()
        look(page, "payments-desk")
        page.get_by_role("link", name="Zleć zwrot").click()
        look(page, "payments-desk-refund")
        page.get_by_label("Dlaczego").fill("Karta się znalazła")
        page.get_by_role("button", name="Zleć zwrot").click()
        page.goto(f"{live_server.url}/urzad/payments/refund/")
        look(page, "payments-desk-refunds")
        page.goto(f"{live_server.url}/urzad/payments/checkout/")
        look(page, "payments-desk-baskets")
    assert complaints == []
