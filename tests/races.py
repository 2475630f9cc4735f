"""Threads that start together, each with a connection of its own: what a race test is made of."""

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from office.transitions import Refused


def at_once(*presses, refused=str):
    """Run the presses in threads that start together; what each came to: its answer, or what `refused` makes of the refusal."""
    gate = threading.Barrier(len(presses))

    def run(press):
        try:
            connection.ensure_connection()
            gate.wait(30)
            return press()
        except Refused as refusal:
            return refused(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(run, presses))


def done_at_once(*presses):
    """As `at_once`, for verbs whose answer does not matter: True, or the words of the refusal."""
    return [came_to if isinstance(came_to, str) else True for came_to in at_once(*presses)]


def definition_of(index):
    """How the database was told of an index, so that a control can drop it and bring it back."""
    with connection.cursor() as cursor:
        cursor.execute("select indexdef from pg_indexes where indexname = %s", [index])
        return cursor.fetchone()[0]
