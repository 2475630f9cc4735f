"""S13, S14, S15, S24: how long a session lives, who ends it, what is asked again."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.sessions import end_sessions
from tests.conftest import PASSWORD, TOTP_SECRET

NOON = "2026-11-22 12:00:00+01:00"


@pytest.fixture(autouse=True)
def noon(db, time_machine):
    cache.clear()
    time_machine.move_to(NOON, tick=False)


def sign_in_for_real(client, user):
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def is_signed_in(client):
    return client.get(reverse("account_overview")).status_code == 200


def test_a_session_ends_after_fifteen_idle_minutes(client, anna, time_machine):
    """S13"""
    sign_in_for_real(client, anna)
    time_machine.shift(15 * 60 - 1)
    assert is_signed_in(client)
    time_machine.shift(15 * 60)

    response = client.get(reverse("account_overview"), follow=True)

    assert response.redirect_chain[0][0] == reverse("account_login") + "?next=" + reverse("account_overview")
    assert "Wylogowaliśmy Cię po 15 minutach bez ruchu." in response.content.decode()
    assert Session.objects.filter(session_key=client.session.session_key, session_data__contains="_auth_user_id").count() == 0


@pytest.mark.parametrize(("person", "hours"), [("anna", 8), ("celina", 4)])
def test_a_busy_session_ends_in_the_end(client, request, time_machine, person, hours):
    """S13: eight hours, of staff four."""
    sign_in_for_real(client, request.getfixturevalue(person))
    for _ in range(hours * 6 - 1):
        time_machine.shift(10 * 60)
        assert is_signed_in(client)
    time_machine.shift(10 * 60)

    assert not is_signed_in(client)


def test_a_session_ended_on_the_server_can_not_be_revived_by_its_cookie(client, anna, time_machine):
    """S13, S14"""
    sign_in_for_real(client, anna)
    cookie = client.cookies["session"].value
    time_machine.shift(15 * 60)
    client.get(reverse("home"))

    thief = Client()
    thief.cookies["session"] = cookie

    assert not is_signed_in(thief)


def test_the_visit_is_written_at_most_once_a_minute(client, anna, time_machine, django_assert_num_queries):
    """S13"""
    sign_in_for_real(client, anna)
    client.get(reverse("account_overview"))
    with django_assert_num_queries(2):  # session, user
        client.post(reverse("account_reauthenticate") + "x")
    time_machine.shift(61)
    client.get(reverse("account_overview"))

    assert UserSession.objects.get().last_seen_at.isoformat() == "2026-11-22T11:01:01+00:00"


def test_asking_how_much_is_left_is_no_sign_of_life_and_a_post_is(client, anna, time_machine):
    """S13"""
    sign_in_for_real(client, anna)
    time_machine.shift(13 * 60)
    assert client.get(reverse("session_state")).json() == {"left": 120, "warning": 120, "may_be_extended": True}

    assert client.post(reverse("session_state")).json()["left"] == 15 * 60

    time_machine.shift(15 * 60)
    assert client.get(reverse("session_state")).json() == {"left": 0, "warning": 120, "may_be_extended": False}


def test_the_page_carries_the_warning(client, anna):
    """S13"""
    sign_in_for_real(client, anna)
    page = client.get(reverse("account_overview")).content.decode()

    assert 'data-left="900" data-warning="120"' in page
    assert "session-warning.js" in page
    assert "data-session-warning" not in Client().get(reverse("home")).content.decode()


def test_signing_out_kills_the_session_on_the_server(client, anna):
    """S14"""
    sign_in_for_real(client, anna)
    cookie = client.cookies["session"].value
    client.post(reverse("account_logout"))

    thief = Client()
    thief.cookies["session"] = cookie

    assert not is_signed_in(thief)


def test_a_get_signs_nobody_out(client, anna):
    """S36"""
    sign_in_for_real(client, anna)
    client.get(reverse("account_logout"))

    assert is_signed_in(client)


def test_a_new_password_ends_all_other_sessions(client, anna):
    """S14"""
    elsewhere = sign_in_for_real(Client(), anna)
    sign_in_for_real(client, anna)

    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "nowe zupełnie inne słowa"})

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert UserSession.objects.filter(user=anna).count() == 1
    assert mail.outbox[-1].subject == "Zmieniono hasło"


def test_a_password_set_after_forgetting_ends_every_session(client, anna):
    """S14"""
    elsewhere = sign_in_for_real(Client(), anna)
    client.post(reverse("account_reset_password"), {"email": anna.email})
    code = mail.outbox[-1].body.split("\n")[2].strip()
    client.post(reverse("account_confirm_password_reset_code"), {"code": code})
    client.post(reverse("account_complete_password_reset"), {"password1": "nowe zupełnie inne słowa"})

    assert not is_signed_in(elsewhere)
    assert not is_signed_in(client)
    assert [message.subject for message in mail.outbox] == ["Kod do ustawienia nowego hasła", "Ustawiono nowe hasło"]


def test_a_second_step_still_stands_after_a_reset_of_the_password(client, celina):
    """S3: also after password reset."""
    TOTP.activate(celina, TOTP_SECRET)
    client.post(reverse("account_reset_password"), {"email": celina.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": mail.outbox[-1].body.split("\n")[2].strip()})
    client.post(reverse("account_complete_password_reset"), {"password1": "nowe zupełnie inne słowa"})

    response = client.post(reverse("account_login"), {"login": celina.email, "password": "nowe zupełnie inne słowa"})

    assert response.url == reverse("mfa_authenticate")


def test_a_switched_off_account_is_out_at_the_next_request(client, anna):
    """S14, S24"""
    sign_in_for_real(client, anna)
    anna.is_active = False
    anna.save(update_fields=["is_active"])

    assert not is_signed_in(client)


def test_rights_taken_away_are_gone_at_the_next_request(client, celina, sign_in):
    """S24"""
    sign_in(client, celina)
    permission = Permission.objects.get(content_type__app_label="accounts", codename="view_user")
    celina.user_permissions.add(permission)
    assert client.get(reverse("admin:index")).status_code == 200

    celina.user_permissions.clear()
    celina.is_staff = False
    celina.save(update_fields=["is_staff"])

    assert client.get(reverse("admin:index")).status_code == 302


def test_anna_ends_her_other_sessions_and_nobody_elses(client, anna, bartek):
    """S14"""
    elsewhere, bartek_s = sign_in_for_real(Client(), anna), sign_in_for_real(Client(), bartek)
    sign_in_for_real(client, anna)

    client.post(reverse("end_other_sessions"))

    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert is_signed_in(bartek_s)


def test_anna_ends_one_session_and_can_not_touch_bartek_s(client, anna, bartek):
    """S14, S16"""
    elsewhere, bartek_s = sign_in_for_real(Client(), anna), sign_in_for_real(Client(), bartek)
    sign_in_for_real(client, anna)
    hers, his = (UserSession.objects.get(session_key=c.session.session_key).pk for c in (elsewhere, bartek_s))

    assert client.post(reverse("end_session", args=[his])).status_code == 404
    assert client.post(reverse("end_session", args=[hers])).status_code == 302

    assert not is_signed_in(elsewhere)
    assert is_signed_in(bartek_s)


def test_end_sessions_counts_and_keeps_the_one_named(anna):
    clients = [sign_in_for_real(Client(), anna) for _ in range(3)]

    assert end_sessions(anna, keep=clients[0].session.session_key) == 2
    assert [is_signed_in(client) for client in clients] == [True, False, False]


@pytest.mark.parametrize(
    "name", ["account_email", "mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes"]
)
def test_important_changes_ask_again_after_five_minutes(client, anna, sign_in, time_machine, name):
    """S15"""
    sign_in_for_real(client, anna)
    time_machine.shift(301)

    response = client.get(reverse(name))
    if name == "mfa_view_recovery_codes":
        assert response.status_code == 404  # nothing to show yet
        return

    assert response.url == reverse("account_reauthenticate") + "?next=" + reverse(name).replace("/", "%2F")


def test_within_five_minutes_nothing_is_asked_again(client, anna, time_machine):
    """S15"""
    sign_in_for_real(client, anna)
    time_machine.shift(299)

    assert client.get(reverse("mfa_activate_totp")).status_code == 200


def test_a_code_from_a_letter_is_no_proof_for_important_changes(client, anna):
    """S9, S15"""
    client.post(reverse("account_request_login_code"), {"email": anna.email})
    client.post(reverse("account_confirm_login_code"), {"code": mail.outbox[-1].body.split("\n")[2].strip(), "action": "verify"})
    assert is_signed_in(client)

    assert client.get(reverse("mfa_activate_totp")).status_code == 302


def test_ending_other_sessions_goes_on_after_the_password_was_asked(client, anna, time_machine):
    """S14, S15: the posted form is kept."""
    elsewhere = sign_in_for_real(Client(), anna)
    sign_in_for_real(client, anna)
    time_machine.shift(301)
    elsewhere.get(reverse("home"))

    response = client.post(reverse("end_other_sessions"))
    client.post(response.url, {"password": PASSWORD, "next": reverse("end_other_sessions")})

    assert not is_signed_in(elsewhere)


def test_the_old_address_hears_of_the_new_one(client, anna):
    """S15"""
    sign_in_for_real(client, anna)
    client.post(reverse("account_email"), {"email": "Anna.Nowa@example.com", "action_add": "1"})
    anna.refresh_from_db()
    assert anna.email == "anna@example.com"

    code = mail.outbox[-1].body.split("\n")[2].strip()
    client.post(reverse("account_email_verification_sent"), {"code": code, "action": "verify"})

    anna.refresh_from_db()
    assert anna.email == "anna.nowa@example.com"
    assert [address.email for address in EmailAddress.objects.all()] == ["anna.nowa@example.com"]
    assert [(message.to, message.subject) for message in mail.outbox] == [
        (["anna.nowa@example.com"], "Kod do potwierdzenia adresu e-mail"),
        (["anna@example.com"], "Zmieniono adres e-mail konta"),
    ]


def test_notices_name_no_person_and_no_network_address(client, anna):
    """S42"""
    sign_in_for_real(client, anna)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "nowe zupełnie inne słowa"})

    assert "127.0.0.1" not in mail.outbox[-1].body
    assert anna.email not in mail.outbox[-1].body
    assert json.dumps(mail.outbox[-1].body, ensure_ascii=False).count("http") == 1
