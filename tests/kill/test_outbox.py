"""Letters while workers and Redis die: every one leaves, and an inbox that knows Message-IDs shows none twice."""

import collections
import os
import shutil
import signal
import sys
import time

import pytest
from aiosmtpd.controller import Controller

from tests.stand import Stand, children_of, free_port

CELERY = [sys.executable, "-m", "celery", "-A", "pruszcz_portal"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
QUEUE = """
insert into office_message (id, channel, address, event, subject, text, html, about_type, state, attempts, next_attempt_at, error, created_at,
    urgency, leave_url)
select gen_random_uuid(), 'email', 'anna' || n || '@example.com', 'eboi/received', 'Temat', 'Treść', '', '', 'queued', 0, now(), '', now(), 1, ''
from generate_series(1, %s) n"""
WAITING = "select count(*) from office_message where state <> 'sent'"


class Inbox:
    """A mail server that counts what it took by Message-ID."""

    def __init__(self):
        self.seen = collections.Counter()

    async def handle_DATA(self, server, session, envelope):
        header = next(line for line in envelope.content.decode().splitlines() if line.lower().startswith("message-id:"))
        self.seen[header.split(":", 1)[1].strip()] += 1
        return "250 OK"


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def stand(inbox):
    port = free_port()
    sink = Controller(inbox, hostname="127.0.0.1", port=port)
    sink.start()
    with Stand(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port) as standing:
        yield standing
    sink.stop()


def start_worker(stand):
    return stand.start(*CELERY, "worker", "-P", "prefork", "-c", "2", "--loglevel", "WARNING", *ALONE, log="worker")


def start_beat(stand):
    return stand.start(*CELERY, "beat", "--loglevel", "WARNING", "--pidfile=", log="beat")


def await_empty(stand, seconds):
    until = time.monotonic() + seconds
    while stand.value(WAITING) and time.monotonic() < until:
        time.sleep(0.25)
    return stand.value(WAITING)


def test_thirty_kills_of_workers_and_their_children_lose_no_letter(stand, inbox):
    """F8, D3, D4: pool children and whole workers by turns, by kill -9."""
    start_beat(stand)
    worker = start_worker(stand)
    killed = 0

    for number in range(30):
        stand.sql(QUEUE, 50)
        time.sleep(1.5)
        if number % 3 == 2:
            for child in children_of(worker.pid):
                os.kill(child, signal.SIGKILL)
            stand.end(worker, signal.SIGKILL)
            worker = start_worker(stand)
        else:
            for child in children_of(worker.pid)[:1]:
                os.kill(child, signal.SIGKILL)
        killed += 1

    assert killed == 30
    assert await_empty(stand, 90) == 0
    assert len(inbox.seen) == stand.value("select count(*) from office_message") == 1500
    assert sum(inbox.seen.values()) - 1500 <= 2 * killed


def test_redis_killed_ten_times_and_once_emptied_delays_letters_by_a_minute_at_most(stand, inbox):
    """F9: Redis is only the bell."""
    start_beat(stand)
    start_worker(stand)

    for number in range(10):
        stand.sql(QUEUE, 50)
        stand.valkey.process.kill()
        stand.valkey.process.wait()
        if number == 5:
            for path in stand.valkey.folder.glob("*.rdb"):
                path.unlink()
            shutil.rmtree(stand.valkey.folder / "appendonlydir", ignore_errors=True)
        time.sleep(0.5)
        stand.valkey.restart()
        time.sleep(0.5)

    assert await_empty(stand, 60) == 0
    assert len(inbox.seen) == 500
    assert max(inbox.seen.values()) == 1


def test_without_the_sweep_a_lost_bell_would_leave_letters_lying(stand, inbox):
    """Control of F9: a worker alone, whose bell never rang, sends nothing; so it is the sweep that saves the letters."""
    start_worker(stand)

    stand.sql(QUEUE, 5)

    assert await_empty(stand, 15) == 5
    assert not inbox.seen
