"""Filing DO-1 with its receipt, over HTTP at 8 clients, against bare transactions that write the same rows.

The baseline is psycopg alone on the same server: 8 threads, each transaction one UPDATE of the draft and the INSERTs of one filing, with the
same counter row locked until commit and the same triggers, and nothing of Django, sessions, checking, encryption or signatures. Portal and
baseline take turns, so that whatever else the machine does meets both; that both add as many rows to the same tables is checked.
"""

import json
import statistics
import time
import uuid

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.result import Result

CLIENTS = 8
ROUNDS = 12
FILINGS = 100  # of a round
INSERTED = ("eboi_receipt", "office_statuschange", "office_message", "office_acceptedrequest")


def measure():
    from pruszcz_portal import web
    from tests.filers import file_all, make_filers
    from tests.stand import Stand

    with Stand() as stand:
        stand.run("-m", "benchmarks.seed", "catalogue")
        stand.start(*web.command("127.0.0.1", stand.port), log="web")
        stand.await_web()
        file_all(stand, make_filers(stand, 40), CLIENTS, 60)  # warm
        rows = template_rows(stand)
        write_drafts(stand, make_filers(stand, 40), rows)  # warm too
        filers = make_filers(stand, 2 * ROUNDS * FILINGS)
        rounds = [filers[start : start + 2 * FILINGS] for start in range(0, len(filers), 2 * FILINGS)]
        seconds = [(file_drafts(stand, of_round[:FILINGS]), write_drafts(stand, of_round[FILINGS:], rows)) for of_round in rounds]
        portal, bare = (FILINGS / statistics.median(side) for side in zip(*seconds, strict=True))
        refuse_unequal(stand, rounds[-1])
        yield Result("filing with_receipt_8_clients", portal, "/s", bare, at_least=0.20)


def file_drafts(stand, filers):
    """Seconds that the portal takes for them."""
    from tests.filers import file_all

    start = time.perf_counter()
    accepted, _tries = file_all(stand, filers, CLIENTS, 120)
    if len(accepted) != len(filers):
        raise RuntimeError(f"only {len(accepted)} of {len(filers)} were accepted:\n{stand.log_tail('web')}")
    return time.perf_counter() - start


def write_drafts(stand, filers, rows):
    """Seconds that bare transactions take for them."""
    from tests.filers import in_parallel

    drafts = [filer.draft for filer in filers]
    start = time.perf_counter()
    in_parallel(CLIENTS, lambda number: write_all(stand.url, drafts[number::CLIENTS], rows))
    return time.perf_counter() - start


def refuse_unequal(stand, of_round):
    """The rows that hang on the submissions of either side, table by table, history included: a lighter baseline would flatter us."""
    portal, bare = (
        [stand.value(count, [filer.draft for filer in side]) for count in ROWS_OF]
        for side in (of_round[:FILINGS], of_round[FILINGS:])
    )
    if portal != bare or portal != [FILINGS] * len(ROWS_OF):
        raise RuntimeError(f"portal and baseline write different rows: {portal} and {bare}")


ROWS_OF = (
    "select count(*) from eboi_submission where status = 'submitted' and id::text = any(%s)",
    "select count(*) from eboi_receipt where submission_id::text = any(%s)",
    "select count(*) from office_statuschange where object_id::text = any(%s)",
    "select count(*) from office_message where about_id::text = any(%s)",
    "select count(*) from eboi_incomingletter where submission_id::text = any(%s)",
    "select count(distinct pgh_context_id) from eboi_incomingletterevent as event join pghistory_context as context "
    "on context.id = event.pgh_context_id where event.submission_id::text = any(%s)",
)


def template_context(connection):
    """How the portal names who changed what, as pghistory keeps it."""
    return connection.execute("select metadata from pghistory_context order by created_at desc limit 1").fetchone()["metadata"]


def template_rows(stand):
    """One row of each table as a real filing left it; ids are replaced in each transaction."""
    with psycopg.connect(stand.url, row_factory=psycopg.rows.dict_row) as connection:
        submission = connection.execute("select * from eboi_submission where status = 'submitted' limit 1").fetchone()
        letter = connection.execute("select * from eboi_incomingletter where submission_id = %s", [submission["id"]]).fetchone()
        others = {table: connection.execute(f"select * from {table} limit 1").fetchone() for table in INSERTED}  # noqa: S608
        context = template_context(connection)
    return {"submission": submission, "letter": letter, "context": context, **others}


def write_all(url, drafts, rows):
    with psycopg.connect(url, autocommit=True) as connection:
        for draft in drafts:
            with connection.transaction():
                write_one(connection, draft, rows)


def write_one(connection, draft, rows):
    filed = rows["submission"]
    connection.execute(
        "select set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
        [str(uuid.uuid4()), json.dumps(rows["context"])],
    )
    connection.execute("select id from eboi_submission where id = %s for update", [draft])
    insert(connection, "office_acceptedrequest", rows, key=uuid.uuid4())
    connection.execute(
        "update eboi_submission set answers = %s, computed = %s, received_at = %s, status = 'submitted' where id = %s",
        [filed["answers"], Jsonb(filed["computed"]), filed["received_at"], draft],
    )
    insert(connection, "office_statuschange", rows, id=None, object_id=draft)
    insert(connection, "office_message", rows, id=uuid.uuid4(), about_id=draft)
    counter = "update office_counter set last = last + 1 where series = 'RPW' returning last"
    number = connection.execute(counter).fetchone()[0]
    insert(
        connection,
        "eboi_incomingletter",
        {"eboi_incomingletter": rows["letter"]},
        id=uuid.uuid4(),
        number=number,
        submission_id=draft,
    )
    insert(connection, "eboi_receipt", rows, id=uuid.uuid4(), submission_id=draft)


def insert(connection, table, rows, **own):
    row = {name: Jsonb(value) if isinstance(value, dict | list) else value for name, value in {**rows[table], **own}.items()}
    if row.get("id", 0) is None:
        del row["id"]
    statement = sql.SQL("insert into {} ({}) values ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, row)), sql.SQL(", ").join(sql.Placeholder() * len(row))
    )
    connection.execute(statement, list(row.values()))
