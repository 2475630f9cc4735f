"""Filing DO-1 with its receipt, over HTTP at 8 clients, against bare transactions that write the same rows.

The baseline is psycopg alone on the same server: 8 threads, each transaction one UPDATE of the draft and the INSERTs of one filing, with the
same counter row locked until commit and the same triggers, and nothing of Django, sessions, checking, encryption or signatures.
"""

import time
import uuid

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

from benchmarks.result import Result

CLIENTS = 8
FILINGS = 800
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
        filers = make_filers(stand, FILINGS)
        start = time.perf_counter()
        accepted, _tries = file_all(stand, filers, CLIENTS, 120)
        figure = len(accepted) / (time.perf_counter() - start)
        if len(accepted) != FILINGS:
            raise RuntimeError(f"only {len(accepted)} of {FILINGS} were accepted:\n{stand.log_tail('web')}")
        yield Result("filing with_receipt_8_clients", figure, "/s", baseline_of(stand), at_least=0.20)


def baseline_of(stand):
    from tests.filers import in_parallel, make_filers

    drafts = [filer.draft for filer in make_filers(stand, FILINGS)]
    shares = [drafts[number::CLIENTS] for number in range(CLIENTS)]
    rows = template_rows(stand)
    start = time.perf_counter()
    in_parallel(CLIENTS, lambda number: write_all(stand.url, shares[number], rows))
    return FILINGS / (time.perf_counter() - start)


def template_rows(stand):
    """One row of each table as a real filing left it; ids are replaced in each transaction."""
    with psycopg.connect(stand.url, row_factory=psycopg.rows.dict_row) as connection:
        submission = connection.execute("select * from eboi_submission where status = 'submitted' limit 1").fetchone()
        letter = connection.execute("select * from eboi_incomingletter where submission_id = %s", [submission["id"]]).fetchone()
        others = {table: connection.execute(f"select * from {table} limit 1").fetchone() for table in INSERTED}  # noqa: S608
    return {"submission": submission, "letter": letter, **others}


def write_all(url, drafts, rows):
    with psycopg.connect(url, autocommit=True) as connection:
        for draft in drafts:
            with connection.transaction():
                write_one(connection, draft, rows)


def write_one(connection, draft, rows):
    filed = rows["submission"]
    connection.execute("select id from eboi_submission where id = %s for update", [draft])
    insert(connection, "office_acceptedrequest", rows, key=uuid.uuid4())
    connection.execute(
        "update eboi_submission set answers = %s, computed = %s, received_at = %s, status = 'submitted' where id = %s",
        [filed["answers"], Jsonb(filed["computed"]), filed["received_at"], draft],
    )
    insert(connection, "office_statuschange", rows, id=None, object_id=draft)
    insert(connection, "office_message", rows, id=uuid.uuid4())
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
