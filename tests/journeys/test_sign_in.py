"""Anna makes an account on her phone, protects it, and comes back in each way there is."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.urls import reverse
from playwright.sync_api import expect

from accounts.models import User
from office.models import MailboxItem
from office.relay import drain
from tests.conftest import PASSWORD, TOTP_SECRET
from tests.journeys.axe import sideways, violations

CODE = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b")


@pytest.fixture
def inspect(look):
    """L29: no axe violation and nothing wider than the screen, on a small phone and on a desk; a picture for whoever wants one."""

    def go(page, name):
        for width in (1280, 320):
            page.set_viewport_size({"width": width, "height": 800})
            assert (name, width, violations(page), sideways(page)) == (name, width, [], 0)
        look(page, name)

    return go


def code_from_the_last_letter():
    return CODE.search(mail.outbox[-1].body)[0]


def code_of_the_app(secret, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.fixture
def phone_with_fingerprint(page):
    """Chromium's virtual authenticator: a passkey kept by the phone and opened by a finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def address(live_server, name):
    return live_server.url + reverse(name)


def sign_in_by_password(page, live_server, email):
    page.goto(address(live_server, "account_login"))
    page.get_by_label("Adres e-mail").fill(email)
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()


def sign_out(page):
    page.context.clear_cookies()


def test_anna_signs_up_adds_a_passkey_and_comes_back_with_a_finger(
    page, live_server, phone_with_fingerprint, complaints, inspect
):
    """S1, S8, S9, S12: code by e-mail, passkey, recovery codes."""
    page.goto(address(live_server, "account_signup"))
    page.get_by_label("Adres e-mail").fill("Anna.Nowa@example.com")
    page.get_by_label("Hasło").fill("krótkie")
    page.get_by_role("button", name="Pokaż").click()
    inspect(page, "sign-up")
    page.get_by_role("button", name="Załóż konto").click()
    expect(page.get_by_role("link", name="Hasło ma mieć co najmniej 12 znaków, wpisano 7.")).to_be_visible()
    inspect(page, "sign-up-error")
    page.get_by_label("Hasło").fill(PASSWORD)
    page.get_by_role("button", name="Załóż konto").click()
    expect(page.get_by_role("heading", name="Wpisz kod z listu")).to_be_visible()
    inspect(page, "sign-up-code")
    page.get_by_label("Kod z listu").fill(code_from_the_last_letter().lower())
    page.get_by_role("button", name="Dalej").click()
    expect(page).to_have_url(address(live_server, "my_matters"))
    assert User.objects.get().email == "anna.nowa@example.com"

    page.goto(address(live_server, "account_overview"))
    expect(page.get_by_text("Brakuje drugiego kroku")).to_be_visible()
    inspect(page, "overview-missing")
    page.goto(address(live_server, "strong_sign_in") + "?next=/co-u-mnie/")
    inspect(page, "strong-sign-in")
    page.get_by_role("link", name="Dodaj klucz dostępu").click()
    expect(page.get_by_role("heading", name="Dodaj klucz dostępu")).to_be_visible()
    inspect(page, "passkey-add")
    page.get_by_label("Nazwa klucza").fill("mój telefon")
    page.get_by_role("button", name="Utwórz klucz").click()
    expect(page.get_by_role("heading", name="Kody zapasowe")).to_be_visible()
    inspect(page, "recovery-codes")
    page.get_by_role("link", name="Mam je zapisane, dalej").click()
    expect(page).to_have_url(address(live_server, "my_matters"))

    page.goto(address(live_server, "mfa_list_webauthn"))
    expect(page.get_by_text("mój telefon").first).to_be_visible()
    inspect(page, "passkeys")
    sign_out(page)
    page.goto(address(live_server, "account_login") + "?next=/konto/")
    expect(page.get_by_role("button", name="Zaloguj się kluczem dostępu")).to_be_visible()
    inspect(page, "sign-in")
    page.get_by_role("button", name="Zaloguj się kluczem dostępu").click()
    expect(page).to_have_url(address(live_server, "account_overview"))
    expect(page.get_by_text("Brakuje drugiego kroku")).to_have_count(0)
    inspect(page, "overview-set")

    sign_out(page)
    sign_in_by_password(page, live_server, "anna.nowa@example.com")
    expect(page.get_by_role("heading", name="Drugi krok")).to_be_visible()
    inspect(page, "second-step")
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    expect(page).to_have_url(address(live_server, "my_matters"))
    page.goto(address(live_server, "mfa_reauthenticate_webauthn") + "?next=/konto/")
    inspect(page, "asked-again")
    page.get_by_role("button", name="Użyj klucza dostępu").click()
    expect(page).to_have_url(address(live_server, "account_overview"))
    assert complaints == []


def test_anna_sets_up_the_app_and_comes_back_with_its_code(page, live_server, anna, complaints, inspect):
    """S3, S8, S14: TOTP, list of sessions."""
    sign_in_by_password(page, live_server, anna.email)
    expect(page).to_have_url(address(live_server, "my_matters"))
    page.goto(address(live_server, "mfa_activate_totp"))
    expect(page.locator(".qr-frame svg")).to_be_visible()
    inspect(page, "app-set-up")
    page.get_by_text("Nie mogę zeskanować").click()
    secret = page.locator(".secret").inner_text().strip()
    page.get_by_label("Kod z aplikacji").fill("000000")
    page.get_by_role("button", name="Włącz").click()
    expect(page.get_by_role("link", name=re.compile("Ten kod się nie zgadza"))).to_be_visible()
    page.get_by_label("Kod z aplikacji").fill(code_of_the_app(secret))
    page.get_by_role("button", name="Włącz").click()
    expect(page.get_by_role("heading", name="Kody zapasowe")).to_be_visible()
    spare = page.locator(".codes li").first.inner_text()

    sign_out(page)
    sign_in_by_password(page, live_server, anna.email)
    page.get_by_label("Kod z aplikacji albo kod zapasowy").fill(code_of_the_app(secret, step=1))
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    expect(page).to_have_url(address(live_server, "my_matters"))
    sign_out(page)
    sign_in_by_password(page, live_server, anna.email)
    page.get_by_label("Kod z aplikacji albo kod zapasowy").fill(spare)
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    expect(page).to_have_url(address(live_server, "my_matters"))

    page.goto(address(live_server, "usersessions_list"))
    inspect(page, "sessions")
    page.get_by_role("button", name="Zakończ inne sesje").click()
    expect(page.get_by_text("Zakończyliśmy inne sesje.").first).to_be_visible()
    expect(page.locator(".keys__row")).to_have_count(1)
    assert complaints == []
    assert secret != TOTP_SECRET


def test_two_minutes_before_the_end_anna_is_asked_and_stays(page, live_server, anna, complaints, inspect, monkeypatch):
    """S13: a dialog the keyboard can answer; without an answer the portal says good-bye."""
    monkeypatch.setattr("accounts.sessions.IDLE", 123)
    sign_in_by_password(page, live_server, anna.email)
    page.goto(address(live_server, "account_overview"))

    dialog = page.get_by_role("dialog", name="Jesteś tam jeszcze?")
    expect(dialog).to_be_visible(timeout=10_000)
    expect(dialog.get_by_role("button", name="Zostaję")).to_be_focused()
    inspect(page, "session-warning")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()

    expect(dialog).to_be_visible(timeout=10_000)
    monkeypatch.setattr("accounts.sessions.IDLE", 1)
    monkeypatch.setattr("accounts.sessions.LONGEST", 1)
    page.evaluate("document.querySelector('[data-session-warning] form').requestSubmit()")
    expect(page.get_by_role("heading", name="Zaloguj się")).to_be_visible()
    assert "next=%2Fkonto%2F" in page.url
    assert complaints == []


def test_bartek_proves_his_number_and_comes_back_with_it(page, live_server, bartek, complaints, inspect):
    """R21: the SMS lies in the mailbox of the demonstration."""
    sign_in_by_password(page, live_server, bartek.email)
    page.goto(address(live_server, "account_overview"))
    page.get_by_role("link", name="Dodaj Telefon do logowania").click()
    page.get_by_label("Numer telefonu").fill("501 502 5")
    page.get_by_role("button", name="Wyślij kod").click()
    expect(page.get_by_role("link", name="Polski numer telefonu ma 9 cyfr, wpisano 7.")).to_be_visible()
    inspect(page, "phone-error")
    page.get_by_label("Numer telefonu").fill("501 502 503")
    page.get_by_role("button", name="Wyślij kod").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wpisz kod z SMS-a")
    inspect(page, "phone-code")
    drain()
    page.get_by_label("Kod z SMS-a").fill(re.search(r"\d{6}", MailboxItem.objects.get(channel="sms").text)[0])
    page.get_by_role("button", name="Potwierdź numer").click()
    expect(page.get_by_text("501 502 503")).to_be_visible()
    inspect(page, "account-with-phone")
    page.goto(address(live_server, "account_phone"))
    inspect(page, "phone")

    sign_out(page)
    page.goto(address(live_server, "account_login"))
    page.get_by_label("Adres e-mail albo telefon").fill("0048 501-502-503")
    page.get_by_label("Hasło").fill(PASSWORD)
    inspect(page, "sign-in-by-phone")
    page.get_by_role("button", name="Zaloguj się", exact=True).click()
    expect(page).to_have_url(address(live_server, "my_matters"))
    assert [one for one in complaints if "422" not in one] == []
