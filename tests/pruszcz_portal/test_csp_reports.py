"""Reports of the Content-Security-Policy: heard, kept short, and never about a person (S33)."""

import json
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from structlog.testing import capture_logs

from pruszcz_portal.logs import ALLOWED

pytestmark = pytest.mark.django_db
CASE = uuid.uuid4()


@pytest.fixture(autouse=True)
def empty_budget():
    cache.clear()


def send(body, kind="application/csp-report"):
    """As a browser does: with no token."""
    with capture_logs() as lines:
        answer = Client(enforce_csrf_checks=True).post("/csp/", body, content_type=kind)
    return answer.status_code, [line for line in lines if line["event"] == "csp_report"]


def told(**other):
    report = {
        "document-uri": f"https://portal.example/eboi/sprawa/{CASE}/?imie=Anna", "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/steal.js?pesel=85041512345", "script-sample": "alert('Anna Kowalska')", **other,
    }  # fmt: skip
    return json.dumps({"csp-report": report})


def test_a_report_is_one_line_without_a_person():
    """S33 S56"""
    status, [line] = send(told())

    assert status == 200
    assert (line["directive"], line["blocked"], line["route"]) == ("script-src-elem", "evil.example", "eboi:case")
    assert set(line) - {"log_level"} <= ALLOWED  # nothing of it is left out of the log
    assert not [secret for secret in (str(CASE), "Anna", "85041512345", "alert") if secret in str(line)]


@pytest.mark.parametrize(
    "body",
    [
        "", "[]", "{}", '{"csp-report": 7}', "\\xff", "[" * 10_000, told(**{"effective-directive": "a\\nforged line"}),
        told(**{"document-uri": "x" * 20_000}), '{"csp-report": {"effective-directive": "img-src", "document-uri": "https://[1"}}',
    ],
)  # fmt: skip
def test_what_is_no_report_writes_nothing_and_is_answered_alike(body):
    assert send(body) == (200, [])


def test_a_strange_source_is_not_repeated():
    [line] = send(told(**{"blocked-uri": "https://a_b$c/", "document-uri": "https://portal.example/nie-ma/Anna/"}))[1]

    assert (line["blocked"], line["route"]) == ("other", "other")


def test_one_address_is_heard_ten_times_a_minute():
    """S46"""
    assert [send(told())[0] for _number in range(11)] == [200] * 10 + [429]


def test_the_policy_names_where_to_report(client):
    assert "report-uri /csp/" in client.get("/").headers["Content-Security-Policy"]
