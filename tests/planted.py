"""A PESEL is planted in every path a room owns; then everything the portal keeps or sends is searched for it (S54, S57).

    def test_filing_leaves_no_pesel(planted, anna, client):
        ... file a form with planted.pesel ...
        planted.nowhere()

Searched: a full pg_dump of the test database and the server's log, sessions and cache decoded, every key of Valkey, all log
records of the test, letters sent and waiting, private files, answers of the test client that were handed to `planted.saw`.
Each text is searched as it is, as hexadecimal (how pg_dump writes bytes) and as base64 at its three offsets. `planted.marker` is
a control: something not secret that must be found, so that a search that looks at nothing fails.
"""

import base64
import logging
import os
import pickle
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection

from pruszcz_portal.boxes import binaries

PESEL = "02271409867"  # of nobody: made up for this search, with a correct checksum
MARKER = "Wizna-kontrolna-4471"


def forms_of(text: str) -> set[bytes]:
    """How the text may lie in a dump: plain, grouped, hexadecimal, base64 at each offset."""
    plain = text.encode()
    return {plain, plain.hex().encode(), *(_inner_base64(plain, skip) for skip in range(3))}


def _inner_base64(plain: bytes, skip: int) -> bytes:
    """The letters of base64 that depend on the text alone when `skip` bytes stand before it in its group of three."""
    first, last = (0, 2, 3)[skip], (0, 3, 2)[(skip + len(plain)) % 3]
    whole = base64.b64encode(b"\0" * skip + plain)
    return whole[first : len(whole) - last]


class Planted:
    pesel = PESEL
    marker = MARKER

    def __init__(self, caplog):
        self.caplog = caplog
        self.seen: list[tuple[str, bytes]] = []

    def saw(self, response, what: str) -> None:
        """An answer whose headers, body and address must not hold the PESEL."""
        head = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        address = response.wsgi_request.get_full_path() if hasattr(response, "wsgi_request") else ""
        body = response.getvalue() if response.streaming else response.content
        self.seen.append((what, f"{address}\n{head}\n".encode() + body))

    def nowhere(self) -> None:
        """Fails with the names of the places that hold the PESEL, or when the control marker is nowhere."""
        places = list(self._places())
        holding = [name for name, content in places if any(form in content for form in forms_of(self.pesel))]
        marked = [name for name, content in places if any(form in content for form in forms_of(self.marker))]
        assert holding == [], f"the planted PESEL lies in: {holding}"
        assert "pg_dump" in marked, "the control marker was not found: the search looked at nothing"

    def _places(self) -> Iterator[tuple[str, bytes]]:
        yield "pg_dump", dump()
        yield "log records", "\n".join(_record(one) for one in self.caplog.records).encode()
        yield "sessions", repr([session.get_decoded() for session in Session.objects.all()]).encode()
        yield "cache", cached()
        yield "valkey", valkey()
        yield "letters", "\n".join(str(letter.message()) + letter.body for letter in mail.outbox).encode()
        yield from _files()
        yield from self.seen


def _files() -> Iterator[tuple[str, bytes]]:
    """Private files and all logs. What another session's server takes away while we look (os.walk passes over it) was never ours."""
    for folder in (Path(settings.PRIVATE_FILES_DIR), Path(settings.VAR_DIR)):
        for place, _folders, names in os.walk(folder):
            for name in names:
                if folder == Path(settings.PRIVATE_FILES_DIR) or name.endswith(".log"):
                    yield f"file {name}", Path(place, name).read_bytes()


def dump() -> bytes:
    """A full dump of the test's database, as an administrator would take it."""
    options = connection.get_connection_params()
    environment = {**os.environ, "PGPASSWORD": str(options.get("password", ""))}
    where = [
        f"--{name}={options[key]}" for name, key in (("host", "host"), ("port", "port"), ("username", "user")) if options.get(key)
    ]
    command = [str(Path(binaries()) / "pg_dump"), *where, f"--dbname={options['dbname']}", "--format=plain"]
    return subprocess.run(command, env=environment, capture_output=True, check=True, timeout=120).stdout


def cached() -> bytes:
    """What the cache's table holds, unpacked."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    if settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names():
        return b""
    with connection.cursor() as cursor:
        cursor.execute(f"select cache_key, value from {table}")
        return repr([(key, pickle.loads(base64.b64decode(value))) for key, value in cursor.fetchall()]).encode()  # noqa: S301


def bell() -> redis.Redis:
    """The Valkey of this test session; Celery writes the address of a socket otherwise than redis-py reads it."""
    return redis.Redis.from_url(settings.REDIS_URL.replace("redis+socket://", "unix://").split("?")[0])


def valkey() -> bytes:
    """Every key with its value, read by its kind: a dump would be compressed and hide it."""
    with bell() as server:
        return b"\n".join(key + b"=" + _value(server, key) for key in server.scan_iter(count=1000))


def _value(server, key):
    kind = server.type(key).decode()
    read = {
        "string": server.get,
        "list": lambda name: server.lrange(name, 0, -1),
        "set": server.smembers,
        "hash": server.hgetall,
        "zset": lambda name: server.zrange(name, 0, -1),
        "stream": server.xrange,
    }
    return repr(read[kind](key)).encode() if kind in read else b""


def _record(record: logging.LogRecord) -> str:
    return f"{record.getMessage()} {record.exc_text or ''} {vars(record)}"


@pytest.fixture
def planted(caplog, transactional_db):
    """Use it first: from here on all loggers are heard, down to DEBUG."""
    caplog.set_level(logging.DEBUG)
    return Planted(caplog)
