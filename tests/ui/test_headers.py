"""Headers of every response, errors and static files included."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from ui.headers import SecurityHeadersMiddleware

ANSWERS = [
    ("/", 200), ("/deklaracja-dostepnosci/", 200), ("/nie-ma-takiej/", 404), ("/co-u-mnie/", 302), ("/urzad/", 302), ("/healthz", 200),
    ("/static/css/base.css", 200), ("/static/img/mark.svg", 200),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_carries_one_strict_policy(client, path, status):
    """S33"""
    response = client.get(path)

    assert response.status_code == status
    policy = dict(part.strip().split(" ", 1) for part in response["Content-Security-Policy"].split(";"))
    assert policy == {
        "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self'", "font-src": "'self'",
        "connect-src": "'self'", "manifest-src": "'self'", "worker-src": "'self'", "object-src": "'none'", "base-uri": "'none'",
        "form-action": "'self'", "frame-ancestors": "'none'", "report-uri": "/csp/",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "status"), ANSWERS)
def test_every_answer_is_sealed_against_other_sites(client, path, status):
    """S34"""
    response = client.get(path)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_forged_host_is_refused_with_every_header_and_no_reflected_link(client):
    """S45"""
    response = client.get("/", headers={"host": "evil.example"})

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert response["Content-Security-Policy"] and response["X-Content-Type-Options"] == "nosniff"


def test_a_forged_forwarded_host_changes_nothing(client, db):
    """S45"""
    response = client.get("/", headers={"x-forwarded-host": "evil.example"})

    assert response.status_code == 200
    assert "evil.example" not in response.content.decode()


def test_production_promises_https_for_a_year(client, settings):
    """S34"""
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS, settings.SECURE_HSTS_PRELOAD = 31_536_000, True, False
    from pruszcz_portal.wsgi import get_wsgi_application  # the middleware reads its settings when it is built

    assert get_wsgi_application()
    response = client.__class__().get("/healthz", secure=True)

    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_pages_of_a_signed_in_person_are_kept_nowhere(client, anna, sign_in):
    """S45"""
    sign_in(client, anna)

    for path in ("/", "/co-u-mnie/", "/kontakt/", "/nie-ma/"):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store", path
        assert "Cookie" in response["Vary"], path


def test_a_view_that_asks_to_be_cached_is_not_heard_when_a_session_came_along():
    """S45"""
    request = RequestFactory().get("/")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = "x"

    response = SecurityHeadersMiddleware(lambda request: HttpResponse(headers={"Cache-Control": "public, max-age=600"}))(request)

    assert response["Cache-Control"] == "no-store"


def test_a_page_of_a_visitor_sets_no_cookie_and_may_be_cached(client, db):
    """L59"""
    response = client.get("/")

    assert not response.cookies
    assert "Cache-Control" not in response
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("path", ["/co-u-mnie/x.css", "/konto/style.css", "/kontakt/a.js"])
def test_a_page_is_not_served_under_the_name_of_a_file(client, db, path):
    """S45"""
    assert client.get(path).status_code == 404
