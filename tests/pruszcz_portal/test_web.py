"""The web server goes on when its workers are killed, and ends when it is told to."""

import os
import signal
import sys
import time

import pytest

from pruszcz_portal import web
from tests.stand import Stand, children_of

pytestmark = pytest.mark.kill

QUERY_FIRST = """
import sys, django
django.setup()
from django.db import connection
connection.ensure_connection()
from gunicorn.app.wsgiapp import run
sys.argv = sys.argv[1:]
run()
"""


@pytest.fixture(scope="module")
def stand():
    with Stand() as standing:
        yield standing


@pytest.fixture
def server(stand):
    process = stand.start(*web.command("127.0.0.1", stand.port), log="web")
    stand.await_web()
    yield process
    stand.end(process)


def await_workers(server, without=()):
    deadline = time.monotonic() + 15
    while len(workers := set(children_of(server.pid)) - set(without)) < 2:
        assert time.monotonic() < deadline, "no new worker came"
        time.sleep(0.01)
    return workers


def test_all_workers_killed_again_and_again_are_replaced(stand, server):
    for _ in range(4):
        workers = await_workers(server)
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        await_workers(server, without=workers)

        assert [stand.request("GET", "/readyz")[0] for _ in range(10)] == [200] * 10

    assert server.poll() is None


def test_workers_end_with_a_killed_master_and_free_the_port(stand, server):
    workers = await_workers(server)

    server.kill()
    server.wait()

    deadline = time.monotonic() + 15
    while any(os.path.exists(f"/proc/{pid}/exe") and not is_buried(pid) for pid in workers):
        assert time.monotonic() < deadline, "a worker outlives its master"
        time.sleep(0.05)


def is_buried(pid):
    """Gone, or only waiting to be buried."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] == "Z"
    except OSError:
        return True


def test_sigterm_ends_it_politely(stand, server):
    server.terminate()

    assert server.wait(20) == 0


def test_the_containers_health_check_tells_a_ready_server_from_a_missing_one(stand, server):
    stand.extra["PORT"] = stand.port

    stand.run("-m", "pruszcz_portal.health")
    stand.end(server)

    with pytest.raises(RuntimeError):
        stand.run("-m", "pruszcz_portal.health")


def test_a_connection_opened_while_loading_is_not_shared_by_the_workers(stand):
    """Without `pre_fork` both workers would talk on one line to PostgreSQL and would not end on SIGTERM."""
    command = web.command("127.0.0.1", stand.port)
    process = stand.start(sys.executable, "-c", QUERY_FIRST, *command[2:], log="web")
    stand.await_web()

    answers = [stand.request("GET", "/readyz")[0] for _ in range(40)]
    process.terminate()

    assert answers == [200] * 40
    assert process.wait(20) == 0
