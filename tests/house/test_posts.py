"""Unsafe methods need the token, and safe ones change nothing (S35, S36)."""

import pytest
from django.db import connection
from django.test import Client

from tests.house.routes import routes

OUTSIDE = [route for route in routes() if not route.is_desk]
PLAIN = [route for route in OUTSIDE if not route.arguments]
# A browser sends the first by itself; it writes a line of the log and nothing else (test_csp_reports.py). The second is a message
# of the payment provider, which is believed by its signature alone (tests/payments/test_online.py).
EXEMPT = {"csp_report", "payments:notify"}
MAY_GROW = {"django_session", "portal_cache", "usersessions_usersession", "office_personaldataread"}  # sessions, limits, audit


@pytest.mark.parametrize("route", [route for route in PLAIN if route.name not in EXEMPT], ids=lambda route: route.name)
def test_a_form_without_the_token_is_refused(db, anna, sign_in, route):
    """S35: no address that changes anything is exempt."""
    forger = sign_in(Client(enforce_csrf_checks=True), anna)

    assert forger.post("/" + route.pattern, {"x": "1"}).status_code in (403, 405)


def table_sums():
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if table not in MAY_GROW]
        sums = {}
        for table in tables:
            cursor.execute(f"select count(*), md5(coalesce(string_agg(t::text, '' order by t::text), '')) from \"{table}\" t")
            sums[table] = cursor.fetchone()
    return sums


def test_reading_every_page_changes_no_table(db, anna, sign_in):
    """S36"""
    mine = sign_in(Client(), anna)
    mine.get("/konto/")
    before = table_sums()

    for route in PLAIN:
        mine.get("/" + route.pattern)

    changed = {table for table, checksum in table_sums().items() if before[table] != checksum}
    assert changed == set()


def test_the_sums_see_a_change(db, anna):
    before = table_sums()

    anna.name = "Ktoś inny"
    anna.save()

    assert table_sums()["accounts_user"] != before["accounts_user"]
