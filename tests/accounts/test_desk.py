"""S3, S4, S9: the desk and the second step."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, reverse

from accounts.decorators import desk_required, strong_sign_in_required
from tests.conftest import PASSWORD, TOTP_SECRET


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def desk_addresses():
    """Every address of the desk, with a number where one is wanted."""
    root = reverse("admin:index")
    patterns = next(p for p in get_resolver().url_patterns if getattr(p, "namespace", None) == "admin").url_patterns

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, route)
            else:
                yield root + filled(route)

    return sorted(set(walk(patterns, "")))


def filled(route):
    for converter in ("<path:object_id>", "<int:content_type_id>", "<path:object_id>"):
        route = route.replace(converter, "1")
    return route.replace("(?P<url>.*)$", "nothing/").replace("^(?P<app_label>", "").replace("<url>", "nothing")


def test_the_desk_has_addresses_to_walk():
    assert reverse("admin:index") in desk_addresses()
    assert len(desk_addresses()) > 5


@pytest.mark.parametrize("strong", [False, None])
def test_no_address_of_the_desk_opens_without_a_second_step(client, celina, sign_in, strong):
    """S3: walked as staff with a password only, and as a stranger."""
    celina.is_superuser = True
    celina.save(update_fields=["is_superuser"])
    if strong is not None:
        sign_in(client, celina, strong=False)

    for method in (client.get, client.post):
        answers = {address: method(address).status_code for address in desk_addresses()}
        assert {address: code for address, code in answers.items() if code not in (302, 404)} == {}


def test_staff_without_a_second_step_are_led_to_set_one_up_and_back(client, celina, sign_in):
    """S3"""
    sign_in(client, celina, strong=False)

    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0] == reverse("strong_sign_in") + "?next=%2Furzad%2F"
    assert "Dodaj klucz dostępu" in response.content.decode()
    assert client.session["strong_sign_in_next"] == "/urzad/"


def test_staff_with_a_second_step_enter(client, celina, sign_in):
    assert sign_in(client, celina).get(reverse("admin:index")).status_code == 200


def test_residents_do_not_see_the_desk_even_with_a_second_step(client, anna, sign_in):
    sign_in(client, anna)

    response = client.get(reverse("admin:index"), follow=True)

    assert response.status_code == 404


def test_the_desk_has_no_sign_in_of_its_own(client, db):
    """S4"""
    response = client.get(reverse("admin:login"))
    assert response.url == reverse("account_login") + "?next=/urzad/"

    response = client.post(reverse("admin:login"), {"username": "a", "password": "b"})
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


def test_secrets_of_sign_in_are_not_on_the_desk():
    """S27"""
    assert {model._meta.app_label for model in admin.site._registry} & {"account", "mfa", "usersessions", "auth"} == set()


def test_staff_can_not_remove_their_last_second_step(client, celina, sign_in):
    """S3"""
    sign_in(client, celina)

    response = client.post(reverse("mfa_deactivate_totp"))

    assert response.status_code == 200
    assert "Pracownik urzędu musi mieć choć jeden drugi krok" in response.content.decode()
    assert Authenticator.objects.filter(user=celina, type="totp").count() == 1


def test_a_removed_factor_proves_nothing_in_the_same_session(client, anna, sign_in):
    """S9"""
    sign_in(client, anna)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=anna).count() == 0

    response = client.get(reverse("strong_sign_in"))

    assert response.status_code == 200


def request_of(client, user):
    request = RequestFactory().get("/eboi/zloz/?krok=2")
    request.session, request.user = SessionStore(client.session.session_key), user
    return request


@strong_sign_in_required
def file_a_form(request):
    return HttpResponse("złożone")


@desk_required
def read_a_case(request):
    return HttpResponse("sprawa")


def test_filing_asks_for_a_second_step_and_comes_back(client, anna, sign_in):
    """S9"""
    sign_in(client, anna, strong=False)

    response = file_a_form(request_of(client, anna))
    page = client.get(response.url).content.decode()

    assert response.url == reverse("strong_sign_in") + "?next=%2Feboi%2Fzloz%2F%3Fkrok%3D2"
    assert "Konto chroni na razie tylko hasło" in page
    assert client.session["strong_sign_in_next"] == "/eboi/zloz/?krok=2"


def test_with_a_second_step_filing_goes_on(client, anna, sign_in):
    """S9"""
    sign_in(client, anna)

    assert file_a_form(request_of(client, anna)).content.decode() == "złożone"


def test_a_code_of_the_app_shown_later_is_enough(client, anna, sign_in):
    """S9: signed in by password, then asked."""
    sign_in(client, anna, strong=False)
    TOTP.activate(anna, TOTP_SECRET)
    codes = RecoveryCodes.activate(anna).get_unused_codes()
    page = client.get(reverse("strong_sign_in"), {"next": "/eboi/zloz/"}).content.decode()
    assert reverse("mfa_reauthenticate") + "?next=/eboi/zloz/" in page

    response = client.post(reverse("mfa_reauthenticate") + "?next=/eboi/zloz/", {"code": codes[0]})

    assert response.url == "/eboi/zloz/"
    assert file_a_form(request_of(client, anna)).status_code == 200


def test_clerks_pages_ask_for_the_second_step_and_hide_from_residents(client, anna, celina, sign_in):
    """S3"""
    from django.http import Http404

    sign_in(client, celina, strong=False)
    assert read_a_case(request_of(client, celina)).status_code == 302
    sign_in(client, celina)
    assert read_a_case(request_of(client, celina)).status_code == 200
    sign_in(client, anna)
    with pytest.raises(Http404):
        read_a_case(request_of(client, anna))


def test_someone_elses_key_is_not_found(client, anna, bartek, sign_in):
    """S16"""
    key = Authenticator.objects.create(user=bartek, type="webauthn", data={"name": "telefon Bartka", "credential": {}})
    sign_in(client, anna)

    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 404
    assert "telefon Bartka" not in client.get(reverse("mfa_list_webauthn")).content.decode()


def test_signing_in_by_password_after_a_second_step_is_not_strong_again(client, anna, sign_in):
    """S9: strength belongs to one session."""
    sign_in(client, anna)
    client.post(reverse("account_logout"))
    Authenticator.objects.filter(user=anna).delete()
    client.post(reverse("account_login"), {"login": anna.email, "password": PASSWORD})

    assert file_a_form(request_of(client, anna)).status_code == 302
