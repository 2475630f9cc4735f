"""Statements that the server keeps prepared: planned once a connection and not once a page. Lowest room, so that every room can use it."""

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor


class _PreparingCursor(ServerBindingCursor):
    """Values travel beside the SQL, so that the server can keep the statement (`prepare_threshold` in the settings)."""

    def _send_query_prepared(self, name, query, **options):
        self._query = query  # Django asks for it when queries are counted
        super()._send_query_prepared(name, query, **options)


def _preparing_cursor(connection):
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    return connection._prepare_cursor(_PreparingCursor(connection.connection))


def rows_of(sql: str, *values: Any) -> list[tuple]:
    """Rows of a reading statement of our own, which begins with "select": before others pghistory tells who changes what. Values travel beside it; a list is an array."""
    return rows_on(connections[DEFAULT_DB_ALIAS], sql, values)


def rows_on(connection, sql: str, values) -> list[tuple]:
    with _preparing_cursor(connection) as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()
