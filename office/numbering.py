"""A number is taken, not guessed."""

from django.db import connection


def next_number(series, year):
    """The next number of the series in the year, from 1 up, without gaps.

    Call it inside the transaction that stores the thing numbered, as late as possible: the counter row stays locked until
    commit, and a rollback returns the number (L8, F1).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("next_number outside a transaction would leave gaps")
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into office_counter (series, year, last) values (%s, %s, 1) "
            "on conflict (series, year) do update set last = office_counter.last + 1 returning last",
            [series, year],
        )
        return cursor.fetchone()[0]
