"""Signing up and in: limits, silence about who has an account, codes, the second step."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.core.mail.message import BadHeaderError
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.adapter import letter
from accounts.models import User
from tests.conftest import PASSWORD, TOTP_SECRET

CODE = re.compile(r"\b[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}\b")
WRONG = "to nie jest to hasło"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def mailed_code():
    return CODE.search(mail.outbox[-1].body)[0]


def sign_in_with(client, email, password, **headers):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **headers)


def totp_code(moment=None):
    return format_hotp_value(hotp_value(TOTP_SECRET, int(moment or time.time()) // 30))


# Signing up


def test_anna_signs_up_with_the_code_from_the_letter(client):
    response = client.post(reverse("account_signup"), {"email": "Anna@Example.com", "password1": PASSWORD, "website": ""})
    assert response.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session

    response = client.post(response.url, {"code": mailed_code(), "action": "verify"})

    assert response.url == reverse("my_matters")
    assert EmailAddress.objects.get().email == "anna@example.com"
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_a_program_that_fills_every_field_makes_no_account(client):
    """S46: honeypot."""
    client.post(reverse("account_signup"), {"email": "robot@example.com", "password1": PASSWORD, "website": "http://spam"})

    assert User.objects.count() == 0
    assert mail.outbox == []


def test_signing_up_twice_makes_one_account_and_tells_only_the_owner(client, anna):
    """S7"""
    known = client.post(reverse("account_signup"), {"email": anna.email, "password1": PASSWORD, "website": ""})
    stranger = Client().post(reverse("account_signup"), {"email": "nowa@example.com", "password1": PASSWORD, "website": ""})

    assert (known.status_code, known.url) == (stranger.status_code, stranger.url)
    assert [message.to for message in mail.outbox] == [[anna.email], ["nowa@example.com"]]
    assert mail.outbox[0].subject == "Masz już konto w portalu"
    assert User.objects.filter(email=anna.email).count() == 1


# Silence about who has an account


@pytest.mark.parametrize("name", ["account_login", "account_request_login_code", "account_reset_password", "account_signup"])
def test_a_known_and_an_unknown_address_get_the_same_page(anna, name):
    """S7"""
    pages = []
    for email in (anna.email, "nobo@example.com"):
        client = Client()
        data = {"email": email, "login": email, "password": WRONG, "password1": PASSWORD, "website": ""}
        response = client.post(reverse(name), data, follow=True)
        text = re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode()).replace(email, "ADDRESS")
        pages.append((response.status_code, response.redirect_chain, text))

    assert pages[0] == pages[1]


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_request_login_code", "account_reset_password"])
def test_a_known_and_an_unknown_address_take_the_same_time(anna, name, settings):
    """S7: median of pairs. Processor time and turn by turn, because a busy machine makes a clock lie."""
    settings.ACCOUNT_RATE_LIMITS = False

    def seconds(email):
        client, start = Client(), time.process_time()
        client.post(reverse(name), {"email": email, "login": email, "password": WRONG, "password1": PASSWORD, "website": ""})
        return time.process_time() - start

    differences = sorted(seconds(anna.email) - seconds(f"nobody{turn}@example.com") for turn in range(15))

    assert abs(differences[7]) < 0.010


# Limits


def test_two_hundred_tries_on_one_account_get_429_from_the_sixth_on(anna):
    """S5: per account, from ever new addresses of the network."""
    answers = [
        sign_in_with(Client(REMOTE_ADDR=f"198.51.100.{n}"), anna.email, WRONG).status_code for n in range(1, 201)
    ]  # fmt: skip

    assert answers[:5] == [200] * 5
    assert set(answers[5:]) == {429}


def test_the_right_password_does_not_help_while_the_account_is_paused(client, anna):
    """S5"""
    for _ in range(5):
        sign_in_with(Client(), anna.email, WRONG)

    response = sign_in_with(client, anna.email, PASSWORD)

    assert response.status_code == 429
    assert "Za dużo nieudanych prób" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("account_login", {"password": WRONG}),
        ("account_signup", {"password1": PASSWORD, "website": ""}),
        ("account_request_login_code", {}),
        ("account_reset_password", {}),
    ],
)
def test_one_network_address_gets_429(name, data):
    """S5: per address of the network, each time another account."""
    answers = [
        Client().post(reverse(name), {"login": f"a{n}@example.com", "email": f"a{n}@example.com", **data}).status_code
        for n in range(40)
    ]

    assert answers[0] in (200, 302)
    assert answers[-1] == 429


@pytest.mark.parametrize("name", ["account_signup", "account_request_login_code", "account_reset_password"])
def test_one_mailbox_is_not_flooded(name, anna):
    """S5: letters to one address are limited wherever they are asked from."""
    answers = []
    for n in range(8):
        client = Client(REMOTE_ADDR=f"198.51.100.{n}")
        data = {"email": anna.email, "password1": PASSWORD, "website": ""}
        answers.append(client.post(reverse(name), data).status_code)

    assert len(mail.outbox) == 3
    assert answers[3:] == [429] * 5


def test_limits_are_counted_in_the_database(client, anna):
    """S5: a restart of Redis forgets nothing."""
    sign_in_with(client, anna.email, WRONG)

    with connection.cursor() as cursor:
        cursor.execute("select count(*) from portal_cache where cache_key like %s", ["%login_failed%"])
        assert cursor.fetchone()[0] == 2  # per address and per account


@pytest.mark.parametrize("forged", ["203.0.113.9", "203.0.113.9, 203.0.113.10", "not an address"])
def test_a_forged_forwarded_address_changes_nothing_without_a_proxy(forged, settings):
    """S6"""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    answers = [
        sign_in_with(Client(), f"a{n}@example.com", WRONG, HTTP_X_FORWARDED_FOR=f"{forged}{n}").status_code for n in range(35)
    ]

    assert answers[-1] == 429


def test_behind_our_proxy_its_word_counts_and_no_one_elses(settings):
    """S6: nginx appends the address it saw; what stands before it is the client's own claim."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    same = [
        sign_in_with(Client(), f"a{n}@example.com", WRONG, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 203.0.113.9").status_code
        for n in range(35)
    ]
    other = sign_in_with(Client(), "b@example.com", WRONG, HTTP_X_FORWARDED_FOR="203.0.113.9, 203.0.113.77").status_code

    assert same[-1] == 429
    assert other == 200


def test_a_request_that_came_past_the_proxies_is_counted_by_its_own_address(settings):
    """S6: fewer entries than proxies is no server error."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    assert sign_in_with(Client(), "a@example.com", WRONG, HTTP_X_FORWARDED_FOR="203.0.113.9").status_code == 200


# Codes


def ask_for_code(client, email):
    client.post(reverse("account_request_login_code"), {"email": email})
    return mailed_code()


def test_a_sign_in_code_works_once(client, anna):
    """S8"""
    code = ask_for_code(client, anna.email)
    client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})
    assert client.session["_auth_user_id"] == str(anna.pk)

    client.logout()
    client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})

    assert "_auth_user_id" not in client.session


def test_a_sign_in_code_dies_after_three_wrong_tries(client, anna):
    """S8"""
    code = ask_for_code(client, anna.email)
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "BBBB-BBBB", "action": "verify"})

    client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})

    assert "_auth_user_id" not in client.session


def test_a_sign_in_code_dies_after_three_minutes(client, anna, time_machine):
    """S8"""
    time_machine.move_to("2026-11-22 10:00:00+01:00", tick=False)
    code = ask_for_code(client, anna.email)
    time_machine.shift(181)

    client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})

    assert "_auth_user_id" not in client.session


def test_a_sign_in_code_works_only_in_the_browser_that_asked(client, anna):
    """S8"""
    code = ask_for_code(client, anna.email)
    other = Client()
    other.get(reverse("account_login"))

    other.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})

    assert "_auth_user_id" not in other.session


def test_letters_carry_no_link_that_acts(client, anna):
    """S10: a mail scanner that opens every link changes nothing."""
    for name in ("account_request_login_code", "account_reset_password"):
        client.post(reverse(name), {"email": anna.email})
        links = re.findall(r"http\S+", mail.outbox[-1].body)
        before = User.objects.values().get()

        for link in links:
            assert Client().get(link.partition("localhost")[2].partition("/")[1] + link.split("/", 3)[3]).status_code in (
                200,
                302,
            )

        assert User.objects.values().get() == before


# The second step


def test_a_password_alone_does_not_open_an_account_with_a_second_step(client, anna):
    """S3"""
    TOTP.activate(anna, TOTP_SECRET)

    response = sign_in_with(client, anna.email, PASSWORD)

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": totp_code()})
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_nor_does_a_code_from_a_letter(client, anna):
    """S3, S9"""
    TOTP.activate(anna, TOTP_SECRET)
    code = ask_for_code(client, anna.email)

    response = client.post(reverse("account_confirm_login_code"), {"code": code, "action": "verify"})

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_a_code_of_the_app_works_once(client, anna):
    """S8"""
    TOTP.activate(anna, TOTP_SECRET)
    code = totp_code()
    sign_in_with(client, anna.email, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code})
    other = Client()
    sign_in_with(other, anna.email, PASSWORD)

    other.post(reverse("mfa_authenticate"), {"code": code})

    assert "_auth_user_id" not in other.session


def test_guessing_codes_of_the_app_is_stopped(client, anna):
    """S5"""
    TOTP.activate(anna, TOTP_SECRET)
    sign_in_with(client, anna.email, PASSWORD)

    answers = [client.post(reverse("mfa_authenticate"), {"code": f"{n:06}"}).status_code for n in range(8)]

    assert answers[-1] == 429


def test_the_secret_of_the_app_lies_sealed_in_the_database(anna):
    """S54"""
    TOTP.activate(anna, TOTP_SECRET)

    with connection.cursor() as cursor:
        cursor.execute("select data::text from mfa_authenticator")
        assert TOTP_SECRET not in cursor.fetchone()[0]
    assert Authenticator.objects.get().wrap().validate_code(totp_code())


def test_the_session_id_changes_at_sign_in_and_after_each_proof(client, anna):
    """S12"""
    client.get(reverse("account_login"))
    session = client.session
    session["visited"] = True
    session.save()
    client.cookies["session"] = session.session_key
    before = session.session_key
    sign_in_with(client, anna.email, PASSWORD)
    signed_in = client.session.session_key

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert len({before, signed_in, client.session.session_key}) == 3


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "https:evil.example"])
def test_no_page_leads_out_of_the_portal(client, anna, sign_in, address):
    """S37"""
    response = client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD, "next": address})
    assert response.url == reverse("my_matters")

    sign_in(client, anna)
    response = client.get(reverse("strong_sign_in"), {"next": address})
    assert response.url == reverse("account_overview")


# Letters


@pytest.mark.parametrize("address", ["a@example.com\nBcc: b@example.com", "a@example.com\r\nSubject: x"])
def test_an_address_with_a_line_break_is_never_written_to(client, address):
    """S42"""
    response = client.post(reverse("account_reset_password"), {"email": address})

    assert response.status_code == 200
    assert mail.outbox == []
    with pytest.raises(BadHeaderError):
        letter("login_code", address, {"code": "BBBB-BBBB"}).message()


def test_a_letter_has_a_subject_a_text_and_a_page(client, anna):
    code = ask_for_code(client, anna.email)
    message = mail.outbox[-1]

    assert message.subject == "Kod do zalogowania"
    assert code in message.body
    assert code in message.alternatives[0][0]
    assert message.alternatives[0][1] == "text/html"
    assert message.attachments == []


def test_a_dead_mail_server_gives_a_kind_page_and_no_account_is_lost(client, anna, settings):
    """S65: nobody waits, nothing is skipped."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = client.post(reverse("account_reset_password"), {"email": anna.email})

    assert response.status_code == 503
    assert "Nie możemy teraz wysłać listu" in response.content.decode()


def test_after_a_failure_nobody_waits_for_the_mail_server_for_half_a_minute(client, anna, settings, time_machine):
    """S65"""
    time_machine.move_to("2026-11-22 12:00:00+01:00", tick=False)
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend",
        "127.0.0.1",
        9,
    )
    client.post(reverse("account_reset_password"), {"email": anna.email})
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    time_machine.shift(29)
    assert client.post(reverse("account_reset_password"), {"email": anna.email}).status_code == 503
    assert mail.outbox == []

    time_machine.shift(2)
    assert client.post(reverse("account_reset_password"), {"email": anna.email}).status_code == 302
    assert [message.to for message in mail.outbox] == [[anna.email]]
