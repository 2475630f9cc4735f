"""The roles of deploy/roles.sql on a real server: who migrates owns, who serves only reads and writes rows."""

import os
import subprocess
import sys

import psycopg
import pytest

from pruszcz_portal.boxes import CHECKOUT, Postgres, binaries

pytestmark = pytest.mark.kill  # a cluster of its own, and slow for that


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A cluster as an administrator makes it, migrated by the owner."""
    box = Postgres(tmp_path_factory.mktemp("server"), durable=False)
    with psycopg.connect(box.start(), autocommit=True):
        pass
    with psycopg.connect(box.url_of("postgres"), autocommit=True) as connection:
        connection.execute("drop database portal")
    statements = ["-v", "ON_ERROR_STOP=1", "-q", "-f", str(CHECKOUT / "deploy" / "roles.sql"), box.url_of("postgres")]
    subprocess.run([str(binaries() / "psql"), *statements], check=True)
    for command in (["migrate", "-v0"], ["createcachetable"], ["sync_roles"]):
        manage(as_role(box, "portal_owner"), *command)
    yield box
    box.stop()


def as_role(box, role):
    return box.url.replace("postgres@", f"{role}@")


def manage(url, *arguments):
    environment = {**os.environ, "DATABASE_URL": url, "PORTAL_MODE": "demo"}
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=CHECKOUT, env=environment, check=True, capture_output=True)


def test_the_serving_role_reads_and_writes_rows(server):
    with psycopg.connect(as_role(server, "portal_web")) as connection:
        connection.execute("insert into django_session values ('key', 'data', now())")

        assert connection.execute("select count(*) from django_session").fetchone() == (1,)


def test_the_serving_role_fills_a_temporary_table(server):
    """Imports of dues stand on it (dues/importing/loading.py)."""
    with psycopg.connect(as_role(server, "portal_web")) as connection:
        connection.execute("create temporary table dues_load (line integer)")
        connection.execute("truncate dues_load")
        connection.execute("analyze dues_load")


@pytest.mark.parametrize(
    "statement",
    [
        "alter table django_session add column stolen text",
        "alter table django_session disable trigger all",
        "drop table django_session",
        "truncate django_session",
        "create table hidden ()",
        "create role thief superuser",
        "set session_replication_role = replica",
    ],
)
def test_the_serving_role_changes_no_table_trigger_or_role(server, statement):
    with psycopg.connect(as_role(server, "portal_web")) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
