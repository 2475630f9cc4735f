"""Every page of the account renders, in our words, for the person it is for."""

import pytest
from django.urls import reverse

OPEN_TO_ALL = ["account_login", "account_signup", "account_request_login_code", "account_reset_password", "account_inactive"]
OF_THE_ACCOUNT = [
    "account_overview",
    "account_email",
    "account_change_password",
    "account_logout",
    "usersessions_list",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_deactivate_totp",
    "mfa_reauthenticate",
    "account_reauthenticate",
]
ENGLISH = ["Sign In", "Password", "Submit", "Send", "Email", "Authenticator App", "Security Key", "Change", "placeholder="]


def assert_in_our_words(response):
    text = response.content.decode().partition("<main")[2].partition("</main>")[0]
    assert [word for word in ENGLISH if word in text] == []
    assert "style=" not in text
    assert "<script>" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("name", OPEN_TO_ALL)
def test_a_stranger_reads_polish(client, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert_in_our_words(response)


@pytest.mark.parametrize("name", OF_THE_ACCOUNT)
def test_anna_reads_polish(client, anna, sign_in, name):
    response = sign_in(client, anna).get(reverse(name))
    if name == "mfa_view_recovery_codes" and response.status_code == 404:
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        RecoveryCodes.activate(anna)
        response = client.get(reverse(name))

    assert response.status_code == 200
    assert_in_our_words(response)


def test_anna_without_a_second_step_is_told_what_is_missing(client, anna, sign_in):
    sign_in(client, anna, strong=False)

    assert "Brakuje drugiego kroku" in client.get(reverse("account_overview")).content.decode()
    for name in ("mfa_activate_totp", "strong_sign_in"):
        response = client.get(reverse(name))
        assert response.status_code == 200
        assert_in_our_words(response)


@pytest.mark.parametrize("name", OF_THE_ACCOUNT)
def test_a_stranger_is_sent_to_sign_in(client, db, name):
    response = client.get(reverse(name))

    if name != "account_logout":
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_login"))


def test_pages_of_the_account_cost_few_queries(client, anna, sign_in, django_assert_max_num_queries):
    sign_in(client, anna)
    client.get(reverse("account_overview"))

    with django_assert_max_num_queries(5):  # session, user, factors, number of sessions, messages none
        client.get(reverse("account_overview"))


def test_a_signed_in_page_costs_session_and_user_only(client, anna, sign_in, django_assert_num_queries):
    """The limits of the session cost nothing more."""
    sign_in(client, anna)
    client.get(reverse("home"))

    with django_assert_num_queries(2):
        client.get(reverse("session_state"))
