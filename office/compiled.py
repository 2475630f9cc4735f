"""Querysets and new rows that are turned into SQL once a process: for what everyone does every day.

Django builds the SQL of a queryset anew on every use, which for a page of five queries takes longer than the database does.
Only the SQL is kept, never a row: what comes back is always asked of the database. PostgreSQL keeps its part too: such a statement is
prepared once a connection, and planning spared from then on.
"""

import uuid
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, wraps
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import AutoField, QuerySet
from psycopg import Binary

from accounts.prepared import rows_of, rows_on

__all__ = ["compiled", "insert", "rows_of"]

PLACES: dict[type, Callable[[int], Any]] = {  # values that nobody means, to see where in the SQL a value goes
    uuid.UUID: lambda number: uuid.UUID(int=2**127 + number),
    date: lambda number: date.max - timedelta(number),
    datetime: lambda number: datetime.max.replace(tzinfo=UTC) - timedelta(1, number),
    int: lambda number: -(2**62) - number,
    str: lambda number: f"\ufdd0{number}",
    bytes: lambda number: f"\ufdd0{number}".encode(),
}


def compiled(build: Callable[..., QuerySet]) -> Callable[..., Iterator[Any]]:
    """For a function from keyword arguments annotated with one of PLACES to a queryset: yields what the queryset would.

    The function runs once: it may pass its arguments into lookups, never look at them.
    """

    @lru_cache(maxsize=1)
    def once():
        places = {name: PLACES[argument.annotation](n) for n, (name, argument) in enumerate(signature(build).parameters.items())}
        queryset = build(**places)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, parameters = compiler.as_sql()
        name_at = {n: name for n, value in enumerate(parameters) for name, place in places.items() if _bare(value) == place}
        if set(name_at.values()) != set(places):
            raise TypeError(f"{build.__qualname__}: a value does not reach the SQL as it is")
        _keep_converters(compiler)
        return queryset, compiler, sql, parameters, name_at

    @wraps(build)
    def asked(**values):
        queryset, compiler, sql, parameters, name_at = once()
        bound = tuple(values[name_at[n]] if n in name_at else value for n, value in enumerate(parameters))
        rows = rows_on(connections[queryset.db], sql, bound)
        return iter(_told(queryset, compiler, rows) if rows else ())

    return asked


def _bare(value):
    """A value as it was given: Django wraps bytes for the driver, which takes them bare as well."""
    return value.obj if isinstance(value, Binary) else value


def insert(*rows):
    """What `row.save(force_insert=True)` does, for several new rows in one statement: all of them are stored or none.

    For models that leave no column to the database, but for a number as their key: that one is not told.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    fields, sql = _insertions(*map(type, rows))
    values = [
        field.get_db_prep_save(field.pre_save(row, add=True), connection)
        for row, some in zip(rows, fields, strict=True)
        for field in some
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


@lru_cache
def _insertions(*models):
    fields, statements = zip(*map(_insertion, models), strict=True)
    *first, last = statements
    ahead = ", ".join(f"row_{number} AS ({sql})" for number, sql in enumerate(first))
    return fields, f"WITH {ahead} {last}" if first else last


def _insertion(model):
    fields = [field for field in model._meta.local_concrete_fields if not isinstance(field, AutoField)]
    columns, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    return fields, f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})'  # noqa: S608  names of our own models


def _keep_converters(compiler):
    """What turns columns into values depends on the columns alone, yet is looked up anew each time rows are read."""
    converters = compiler.get_converters([column for column, _sql, _name in compiler.select[: compiler.col_count]])
    compiler.get_converters = lambda expressions: converters


def _told(queryset, compiler, rows):
    """What the queryset makes of the rows, with a compiler that has asked already, on this thread's connection."""
    ready, query = copy(compiler), copy(queryset.query)
    ready.connection = connections[queryset.db]
    ready.execute_sql = lambda *args, **options: [rows]
    query.get_compiler = lambda *args, **options: ready
    fresh = type(queryset)(model=queryset.model, query=query, using=queryset.db)
    fresh._iterable_class, fresh._fields = queryset._iterable_class, queryset._fields
    return fresh._iterable_class(fresh)
