"""The portal as in production, for tests that kill it and benchmarks that time it.

An own durable PostgreSQL (fsync on), an own Valkey, own keys and private files, PORTAL_MODE=production behind a pretended TLS proxy.
Nothing of it is shared with the fast test cluster, and nothing stays behind.
"""

import contextlib
import http.client
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psycopg

from pruszcz_portal.boxes import CHECKOUT, Postgres, Valkey, tied_to_parent, var_dir

PROXY_HEADERS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Host": "portal.example"}


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


class Stand:
    """Use as a context manager. `url` of the database, `manage()` for commands, `start_web()` and friends for processes."""

    def __init__(self, **environment):
        self._folder = tempfile.TemporaryDirectory(prefix="stand-", dir=var_dir(), ignore_cleanup_errors=True)
        self.folder = Path(self._folder.name)
        self.postgres = Postgres(self.folder / "boxes", durable=True)
        self.valkey = Valkey(self.folder / "boxes")
        self.port = free_port()
        self.processes = []
        self.extra = environment

    def __enter__(self):
        self.url = self.postgres.start()
        self.redis_url = self.valkey.start()
        self._lay_keys()
        for step in (["migrate", "-v0"], ["createcachetable"], ["sync_roles"], ["collectstatic", "--noinput", "-v0"]):
            self.manage(*step)
        return self

    def __exit__(self, *exception):
        for process in reversed(self.processes):
            self.end(process)
        self.valkey.stop()
        self.postgres.stop()
        self._folder.cleanup()

    def _lay_keys(self):
        keys = self.folder / "keys"
        keys.mkdir(mode=0o700)
        (self.folder / "private").mkdir(mode=0o700)
        for kind in ("data", "lookup", "sign"):
            path = keys / f"{kind}-1.key"
            path.write_bytes(secrets.token_bytes(32))
            path.chmod(0o600)

    @property
    def environment(self):
        own = {
            "PORTAL_MODE": "production",
            "DJANGO_SETTINGS_MODULE": "pruszcz_portal.settings",
            "SECRET_KEY": "only-of-this-stand-" + "k" * 50,
            "ALLOWED_HOSTS": "portal.example",
            "PORTAL_URL": "https://portal.example",
            "TRUSTED_PROXY_COUNT": "1",
            "DATABASE_URL": self.url,
            "REDIS_URL": self.redis_url,
            "VAR_DIR": str(self.folder),
            "KEYS_DIR": str(self.folder / "keys"),
            "PRIVATE_FILES_DIR": str(self.folder / "private"),
            "DEFAULT_FROM_EMAIL": "portal@pruszcz.example",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": "1",  # closed: mail waits in the outbox unless a test opens a sink
            "PYTHONPATH": str(CHECKOUT),
        }
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return {**kept, **own, **{name: str(value) for name, value in self.extra.items()}}

    def run(self, *arguments, **options):
        """Run this Python with the arguments inside the stand; its output. Raises when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=CHECKOUT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")
        return done.stdout

    def manage(self, *arguments):
        return self.run("manage.py", *arguments)

    def start(self, *command, log="process"):
        """A process that dies with us; its output goes to a log file of the stand."""
        with (self.folder / f"{log}.log").open("ab") as out:
            process = subprocess.Popen(
                command, cwd=CHECKOUT, env=self.environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )  # fmt: skip
        self.processes.append(process)
        return process

    def end(self, process, ending=signal.SIGTERM, patience=20):
        if process.poll() is None:
            process.send_signal(ending)
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process in self.processes:
            self.processes.remove(process)

    def sql(self, query, *parameters):
        """Rows of one query on a connection of its own."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(query, parameters)
            return cursor.fetchall() if cursor.description else []

    def value(self, query, *parameters):
        return self.sql(query, *parameters)[0][0]

    def request(self, method, path, body=None, headers=None, timeout=15):
        """(status, headers, body) of one request on a fresh connection, as the proxy would pass it on."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        with contextlib.closing(line):
            line.request(method, path, body, {**PROXY_HEADERS, **(headers or {})})
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()

    def await_web(self, patience=30):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.request("GET", "/healthz", timeout=2)[0] == 200:
                    return
            time.sleep(0.05)
        raise RuntimeError(f"the web server does not answer:\n{self.log_tail('web')}")

    def log_tail(self, log, lines=30):
        path = self.folder / f"{log}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""


def children_of(pid):
    """The direct children of one process: only ours are ever killed."""
    path = Path(f"/proc/{pid}/task")
    return [int(child) for task in path.glob("*/children") for child in task.read_text().split()]


@contextlib.contextmanager
def workers_killed(web_server, seconds=0.7):
    """Meanwhile kill -9 takes a worker of the web server every moment; gives the list of those killed, whole once it is over."""
    over, killed = threading.Event(), []

    def killer():
        while not over.wait(seconds):
            for worker in children_of(web_server.pid)[:1]:
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)

    thread = threading.Thread(target=killer)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()
