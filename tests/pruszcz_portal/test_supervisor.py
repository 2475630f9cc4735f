"""`make run` on a real terminal: it comes up with one command and goes with one signal, leaving nothing running."""

import contextlib
import http.client
import os
import pty
import select
import signal
import socket
import subprocess
import sys
import time

import psutil
import psycopg
import pytest

from pruszcz_portal.boxes import CHECKOUT, Postgres

pytestmark = pytest.mark.kill

PROGRAM = [sys.executable, "-m", "pruszcz_portal.supervisor"]
OURS = ("DATABASE_URL", "REDIS_URL", "PORTAL_MODE", "VAR_DIR", "KEYS_DIR", "PRIVATE_FILES_DIR", "HOST", "MAKELEVEL")
PATIENCE = 90


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One folder for the module, so that only the first start makes the tables."""
    return tmp_path_factory.mktemp("var")


@pytest.fixture
def environment(var):
    inherited = {name: value for name, value in os.environ.items() if name not in OURS}
    return {**inherited, "VAR_DIR": str(var), "PORT": str(free_port())}


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class Terminal:
    """A person at a terminal who has typed `make run`."""

    def __init__(self, environment):
        self.port = int(environment["PORT"])
        self.screen = ""
        self.pid, self.line = pty.fork()
        if self.pid == 0:
            os.chdir(CHECKOUT)
            os.execvpe(PROGRAM[0], PROGRAM, environment)  # noqa: S606
        self.status = None

    def read(self, seconds=0.1):
        with contextlib.suppress(OSError):
            if select.select([self.line], [], [], seconds)[0]:
                self.screen += os.read(self.line, 65536).decode(errors="replace")

    def await_text(self, text):
        deadline = time.monotonic() + PATIENCE
        while text not in self.screen:
            assert time.monotonic() < deadline and not self.has_ended(), self.screen
            self.read()

    def await_processes(self):
        """All of the portal's processes, once the last of them has started."""
        self.await_text("Stop: Ctrl-C")
        deadline = time.monotonic() + PATIENCE
        while not any("beat" in " ".join(process.cmdline()) for process in self.processes()):
            assert time.monotonic() < deadline
            self.read()
        return self.processes()

    def processes(self):
        return [process for process in psutil.Process(self.pid).children(recursive=True) if process.is_running()]

    def has_ended(self):
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.status = os.waitstatus_to_exitcode(status) if pid else None
        return self.status is not None

    def await_end(self, listening=True):
        deadline = time.monotonic() + 30
        while not self.has_ended():
            assert time.monotonic() < deadline, "it does not end"
            self.read() if listening else time.sleep(0.05)
        return self.status

    def type(self, keys):
        os.write(self.line, keys)

    def close(self):
        with contextlib.suppress(OSError):
            os.close(self.line)
        if not self.has_ended():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@pytest.fixture
def portal(environment):
    terminal = Terminal(environment)
    yield terminal
    terminal.close()


def get(port, path):
    line = http.client.HTTPConnection("localhost", port, timeout=10)
    with contextlib.closing(line):
        line.request("GET", path)
        answer = line.getresponse()
        return answer.status, answer.read()


def still_running(processes, patience=15):
    """Those left after `patience` seconds; one that only waits to be buried is gone."""
    deadline = time.monotonic() + patience
    while left := [process for process in processes if is_alive(process)]:
        if time.monotonic() > deadline:
            return left
        time.sleep(0.05)
    return []


def is_alive(process):
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


def find(portal, word):
    return next(process for process in portal.processes() if word in " ".join(process.cmdline()))


def test_it_says_where_the_portal_is_and_ctrl_c_ends_all_of_it(portal):
    processes = portal.await_processes()

    assert f"  http://localhost:{portal.port}" in portal.screen
    assert get(portal.port, "/healthz") == (200, b"ok\n")
    assert get(portal.port, "/readyz") == (200, b"ready\n")

    portal.type(b"\x03")

    assert portal.await_end() == 0
    assert still_running(processes) == []


def test_a_second_ctrl_c_does_not_wait_for_work_in_hand(portal):
    processes = portal.await_processes()

    portal.type(b"\x03")
    portal.await_text("Ending")
    portal.type(b"\x03")

    assert portal.await_end() == 0
    assert still_running(processes) == []


def test_sigterm_ends_all_of_it(portal):
    processes = portal.await_processes()

    os.kill(portal.pid, signal.SIGTERM)

    assert portal.await_end() == 0
    assert still_running(processes) == []


def test_a_closed_terminal_ends_all_of_it(portal):
    processes = portal.await_processes()

    os.close(portal.line)

    assert portal.await_end(listening=False) == 0
    assert still_running(processes) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a process to its parent")
def test_kill_9_of_the_parent_ends_all_of_it(portal):
    processes = portal.await_processes()

    os.kill(portal.pid, signal.SIGKILL)

    assert portal.await_end() == -signal.SIGKILL
    assert still_running(processes) == []


def test_ctrl_c_before_the_page_is_up_ends_it_too(portal):
    deadline = time.monotonic() + PATIENCE
    while not portal.processes():
        assert time.monotonic() < deadline
        portal.read(0.02)
    processes = portal.processes()

    portal.type(b"\x03")

    assert portal.await_end() in (0, 130, -signal.SIGINT)
    assert still_running(processes) == []


def test_killed_servers_come_back_and_the_data_is_there(portal, var):
    portal.await_processes()
    url = Postgres(var / "boxes").url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table if not exists kept_by_the_town ()")

    find(portal, "postgres -D").kill()
    portal.await_text("postgres has died and is started again")
    find(portal, "gunicorn").kill()
    portal.await_text("web has died and is started again")

    deadline = time.monotonic() + PATIENCE
    while answer_or_none(portal.port, "/readyz") != (200, b"ready\n"):
        assert time.monotonic() < deadline
        portal.read()
    with psycopg.connect(url) as connection:
        assert connection.execute("select to_regclass('kept_by_the_town')::text").fetchone() == ("kept_by_the_town",)


def answer_or_none(port, path):
    try:
        return get(port, path)
    except (OSError, http.client.HTTPException):
        return None


def test_a_taken_port_is_said_before_anything_starts(environment, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(environment["PORT"])))
        other.listen()

        done = run({**environment, "VAR_DIR": str(tmp_path)})

    port = int(environment["PORT"])
    assert done.stdout == f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run\n"
    assert done.returncode == 1
    assert [path.name for path in tmp_path.iterdir()] == ["run.lock"]


@pytest.mark.parametrize("given", ["http", "0", "65536", "-1"])
def test_a_port_that_is_none_is_refused_in_words(environment, given):
    done = run({**environment, "PORT": given})

    assert (done.returncode, done.stdout) == (1, f"PORT={given} is not a port: give a number from 1 to 65535.\n")


def test_production_is_refused(environment):
    done = run({**environment, "PORTAL_MODE": "production"})

    assert done.returncode == 1
    assert "docs/operations.md" in done.stdout


def test_a_second_start_in_the_same_folder_is_refused_and_so_is_forgetting_its_data(portal, environment, var):
    portal.await_text("Stop: Ctrl-C")

    again = run({**environment, "PORT": str(free_port())})
    forgetting = run(environment, "--reset")

    assert again.stdout == "The portal of this folder is running already. Stop it first, or use a second clone.\n"
    assert (again.returncode, forgetting.returncode) == (1, 1)
    assert (var / "boxes" / "pgdata").exists()


def test_reset_forgets_the_data_and_keeps_the_cache_of_packages(environment, tmp_path):
    for folder in ("boxes/pgdata", "private", "keys", "log", "cache"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "celerybeat-schedule").touch()

    done = run({**environment, "VAR_DIR": str(tmp_path)}, "--reset")

    assert done.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"cache", "run.lock"}


def run(environment, *arguments):
    return subprocess.run(
        [*PROGRAM, *arguments], cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
