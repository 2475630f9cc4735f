"""Logs say what happened and to which request, and nothing about anybody (S56)."""

import io
import json
import logging
import uuid

import pytest
import structlog

from pruszcz_portal import logs

PESEL = "44051401458"


@pytest.fixture
def lines():
    """The JSON lines that production would write from here on."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(as_json=True))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("django").setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)
    logging.getLogger("django").setLevel(before)


def test_only_keys_known_to_be_harmless_get_through(lines):
    """S56"""
    structlog.get_logger("portal.test").info("paid", count=3, email="anna@example.com", pesel=PESEL)

    (line,) = lines()
    assert line["removed"] == ["email", "pesel"]
    assert (line["event"], line["count"], line["level"], line["logger"]) == ("paid", 3, "info", "portal.test")
    assert line["timestamp"].endswith("Z")
    assert "anna" not in json.dumps(line)


def test_addresses_and_long_numbers_are_cut_out_of_a_message(lines):
    structlog.get_logger().warning(f"no mail for anna@example.com, PESEL {PESEL}")

    assert lines()[0]["event"] == "no mail for […], PESEL […]"


def test_message_of_another_package_comes_without_its_arguments(lines):
    logging.getLogger("some.package").warning("cannot send to %s", "anna@example.com")

    assert lines()[0]["event"] == "cannot send to %s"


def test_exception_is_its_types_and_places_without_its_text(lines):
    def fail():
        try:
            int(PESEL + "x")
        except ValueError as error:
            raise KeyError(PESEL) from error

    try:
        fail()
    except KeyError:
        structlog.get_logger().exception("failed")
        logging.getLogger("other").exception("failed")

    for line in lines():
        assert line["exception"][0] == "KeyError from ValueError"
        assert line["exception"][-1].endswith("fail")
        assert PESEL not in json.dumps(line)


@pytest.mark.django_db
def test_request_is_one_line_with_its_id_route_and_subject(lines, client, anna, sign_in):
    sign_in(client, anna)

    answer = client.get("/co-u-mnie/?q=" + PESEL, headers={"X-Request-ID": "abc-123-def"})

    (line,) = [line for line in lines() if line["event"] == "request"]
    assert answer["X-Request-ID"] == "abc-123-def"
    assert (line["request_id"], line["method"], line["route"], line["status"]) == ("abc-123-def", "GET", "co-u-mnie/", 200)
    assert line["subject"] == str(anna.subject)
    assert line["milliseconds"] > 0


@pytest.mark.django_db
def test_address_typed_by_somebody_never_gets_into_the_log(lines, client):
    """S56"""
    client.get(f"/osoba/{PESEL}/", headers={"X-Request-ID": "zły\nnagłówek".encode().decode("latin-1")})

    assert lines()
    assert PESEL not in json.dumps(lines())
    assert all(uuid.UUID(line["request_id"]) for line in lines())
