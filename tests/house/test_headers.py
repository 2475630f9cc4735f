"""One strict policy on every response: pages, the desk, files, refusals and faults (S33, S34, S45)."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.house.routes import routes

STRICT = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "object-src": "'none'", "base-uri": "'none'",
    "form-action": "'self'", "frame-ancestors": "'none'",
}  # fmt: skip
PLAIN = [route for route in routes() if not route.arguments]


def policy_of(answer):
    parts = (part.split(None, 1) for part in answer.headers.get("Content-Security-Policy", "").split(";") if part.strip())
    return {part[0]: part[1] if len(part) > 1 else "" for part in parts}


def faults_of(answer):
    policy = policy_of(answer)
    loose = [name for name, value in STRICT.items() if policy.get(name) != value]
    loose += [value for value in policy.values() if "unsafe" in value or "http" in value or "data:" in value or "*" in value]
    wanted = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}
    loose += [name for name, value in wanted.items() if answer.headers.get(name) != value]
    return loose + [name for name in ("Cross-Origin-Resource-Policy", "Permissions-Policy") if name not in answer.headers]


@pytest.mark.parametrize("route", PLAIN, ids=lambda route: route.name)
def test_every_address_answers_under_the_strict_policy(client, db, route):
    """S33, S34"""
    assert faults_of(client.get("/" + route.pattern.rstrip("$"))) == []


@pytest.mark.parametrize(
    "path", ["/nie-ma-takiej-strony/", "/urzad/", "/static/nie-ma.css", "/eboi/../etc/passwd", "/eboi/wniosek/1/x.css"]
)
def test_refusals_answer_under_it_too(client, db, path):
    """S33, S45"""
    assert faults_of(client.get(path)) == []


def test_the_desk_answers_under_it_too(db, dariusz, sign_in):
    """S33: the admin is no exception."""
    desk = sign_in(Client(), dariusz)

    pages = [
        desk.get(reverse(name)) for name in ("admin:index", "admin:eboi_case_changelist", "admin:eboi_incomingletter_changelist")
    ]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert [faults_of(page) for page in pages] == [[], [], []]


def test_signed_in_pages_are_kept_by_no_cache(db, anna, sign_in):
    """S45"""
    answer = sign_in(Client(), anna).get("/co-u-mnie/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("host", ["zly.example", "portal.example.zly.example", "localhost:80@zly.example"])
def test_a_forged_host_is_refused(client, db, host):
    """S45"""
    assert client.get("/", headers={"host": host}).status_code == 400
