"""The clock of the database at a moment of the story: for the last instant that counts and the first that does not (C17, B7).

What decides is `STATEMENT_TIMESTAMP()` inside PostgreSQL, so that is what is set: a function of that name in a schema that stands
before pg_catalog for this connection. No code of ours knows.
"""

from contextlib import contextmanager

from django.db import connection

CLOCK = """
    CREATE SCHEMA IF NOT EXISTS story;
    CREATE OR REPLACE FUNCTION story.statement_timestamp() RETURNS timestamptz
        LANGUAGE sql STABLE AS $$ SELECT current_setting('story.now')::timestamptz $$;
"""


@contextmanager
def database_clock(moment):
    """Within, the database says that it is `moment`. In a test with a transaction (`db`)."""
    with connection.cursor() as cursor:
        cursor.execute(CLOCK)
        cursor.execute("SELECT set_config('story.now', %s, false)", [moment.isoformat()])
        cursor.execute("SET search_path = story, pg_catalog, public")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET search_path = DEFAULT")
