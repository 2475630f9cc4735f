"""`make run`: the whole portal on one machine, from nothing, with sample data.

    python -m pruszcz_portal.supervisor            start; ends on Ctrl-C, SIGTERM or hang-up with nothing left running
    python -m pruszcz_portal.supervisor --reset    forget the data of this checkout

PostgreSQL and Valkey are started only when DATABASE_URL and REDIS_URL are unset, and keep their data in var/boxes.
Every child has its own session, so that the terminal's Ctrl-C reaches this process alone, which ends them in order:
web server and Celery first, then Valkey, then PostgreSQL. A second Ctrl-C does not wait for work in hand. Each child is
also tied to this process by the kernel, so kill -9 of it ends them too (Linux). A child that dies is started again.

This is the portal for trying out and for development: production runs the same processes under its own supervisor.
"""

import contextlib
import ctypes
import fcntl
import http.client
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import time

from pruszcz_portal import web
from pruszcz_portal.boxes import CHECKOUT, LINUX, Box, BoxError, Postgres, Valkey, tied_to_parent, var_dir
from pruszcz_portal.preparing import CanNotRun, Preparing, is_code_compiled, log_dir, say, tail

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 60.0  # seconds for the web server to answer
COURTESY = 10.0  # seconds for web server and Celery to end the work in hand
FALLS_ALLOWED, FALLS_WITHIN = 5, 60.0
CELERY = [sys.executable, "-m", "celery", "-A", "pruszcz_portal"]
ALONE = ["--without-gossip", "--without-mingle", "--without-heartbeat"]  # there is one worker: nobody to talk to


class Leaving(Exception):
    """The person wants us to end before we have started."""


class Bell:
    """Signals as bytes in a pipe: nothing happens inside a handler, and waiting for time or signal is one call."""

    def __init__(self) -> None:
        self.rung = 0
        self._reader, writer = os.pipe()
        for end in (self._reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (*ENDINGS, signal.SIGCHLD):
            signal.signal(number, lambda number, frame: None)

    def wait(self, seconds: float) -> None:
        """Until a signal comes or the time is over. `rung` counts the requests to end."""
        select.select([self._reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            self.rung += sum(number in ENDINGS for number in os.read(self._reader, 512))


class Child:
    """One of our processes, its log in var/log and its falls."""

    def __init__(self, name: str, command: list[str]):
        self.name, self.command = name, command
        self.log = log_dir() / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self._falls: list[float] = []

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=CHECKOUT,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def fallen(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def lift(self) -> None:
        """Start again what has died; CanNotRun when it dies again and again."""
        now = time.monotonic()
        self._falls = [fall for fall in self._falls if now - fall < FALLS_WITHIN] + [now]
        if len(self._falls) > FALLS_ALLOWED:
            raise CanNotRun(f"{self.name} keeps dying. The end of {self.log}:\n{tail(self.log)}")
        self.start()

    def ask_to_end(self) -> None:
        if self.running:
            self.process.terminate()

    def kill(self) -> None:
        """With its whole group: a killed master must not leave workers behind."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


class Supervisor:
    def __init__(self, host: str, port: int):
        self.host, self.port = host, port
        self.bell = Bell()
        self.boxes: list[Box] = []
        self.web = Child("web", web.command(host, port))
        self.worker = Child("worker", [*CELERY, "worker", "-P", "threads", "-c", "2", "--loglevel", "INFO", *ALONE])
        self.beat = Child("beat", [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile="])

    @property
    def children(self) -> list[Child]:
        return [self.web, self.worker, self.beat]

    def run(self) -> int:
        """Until somebody asks us to end. 0 then, 1 when the portal could not start or go on."""
        try:
            self.start()
            while not self.bell.rung:
                self.bell.wait(1.0)
                self.lift_the_fallen()
        except Leaving:
            pass
        except (BoxError, CanNotRun) as trouble:
            say(f"\n{trouble}")
            return 1
        finally:
            self.end()
        return 0

    def start(self) -> None:
        self.choose_boxes()
        is_compiled = is_code_compiled()
        preparing = Preparing()
        self.start_boxes()
        preparing.boxes_are_up()
        while not (is_compiled or preparing.has_loaded()):
            self.leave_if_asked(0.05)  # on the very first start: one process compiles for both
        self.web.start()  # beside the preparing, which takes as long; nobody knows the address yet
        accounts = self.await_prepared(preparing)
        self.await_page()
        say(
            f"\n  http://localhost:{self.port}\n\n{accounts}\n  Code of the second step: ./run code\n  Logs: {os.path.relpath(log_dir())}/   Stop: Ctrl-C\n"
        )
        self.worker.start()
        self.beat.start()

    def choose_boxes(self) -> None:
        """Their addresses are known before they stand."""
        (var_dir() / "static").mkdir(exist_ok=True)  # else the file server warns that nothing was collected
        (var_dir() / "boxes").mkdir(mode=0o700, exist_ok=True)
        for variable, box in (("DATABASE_URL", Postgres(var_dir() / "boxes")), ("REDIS_URL", Valkey(var_dir() / "boxes"))):
            if not os.environ.get(variable):
                self.boxes.append(box)
                os.environ[variable] = box.url

    def start_boxes(self) -> None:
        for box in self.boxes:
            box.start()
            if not box.owned:
                raise CanNotRun(f"Another command is using {box.folder}. Wait for its end, then try again.")
            self.leave_if_asked()

    def await_prepared(self, preparing: Preparing) -> str:
        """The sample accounts, as text."""
        while not preparing.ended():
            self.bell.wait(0.5)
            if self.bell.rung:
                preparing.kill()  # every step is one transaction
                raise Leaving
        return preparing.accounts()

    def await_page(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while not answers(self.host, self.port):
            self.leave_if_asked(0.05)
            if not self.web.running or time.monotonic() > deadline:
                raise CanNotRun(f"The web server did not start. The end of {self.web.log}:\n{tail(self.web.log)}")

    def leave_if_asked(self, seconds: float = 0) -> None:
        self.bell.wait(seconds)
        if self.bell.rung:
            raise Leaving

    def lift_the_fallen(self) -> None:
        for box in self.boxes:
            if not self.bell.rung and box.process is not None and box.process.poll() is not None:
                say(f"  {box.name} has died and is started again")
                box.restart()
        for child in self.children:
            if not self.bell.rung and child.fallen:
                say(f"  {child.name} has died and is started again")
                child.lift()

    def end(self) -> None:
        """Web server and Celery, then Valkey, then PostgreSQL. Another signal cuts the courtesy short."""
        say("Ending ...")
        asked, deadline = self.bell.rung, time.monotonic() + COURTESY
        for child in self.children:
            child.ask_to_end()
        while any(child.running for child in self.children) and time.monotonic() < deadline and self.bell.rung <= max(asked, 1):
            self.bell.wait(0.1)
        for child in self.children:
            child.kill()
        for box in reversed(self.boxes):
            box.stop()


def answers(host: str, port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=5)  # noqa: S104  a comparison
    with contextlib.closing(line):
        try:
            line.request("GET", "/healthz", headers={"Host": "localhost"})
            return line.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False


def chosen_port() -> int:
    given = os.environ.get("PORT") or "8000"
    if not given.isdecimal() or not 0 < int(given) < 65536:
        raise CanNotRun(f"PORT={given} is not a port: give a number from 1 to 65535.")
    return int(given)


def refuse_taken_port(host: str, port: int) -> None:
    """Before anything is started: else our own check would take the other program's page for ours."""
    taken = CanNotRun(f"Port {port} is taken by another program. Choose another: PORT={port + 1} make run")
    with contextlib.suppress(OSError), socket.create_connection(("localhost", port), timeout=1):
        raise taken
    with socket.socket() as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind((host, port))
        except PermissionError:
            raise CanNotRun(f"Port {port} is reserved for root. Choose one above 1023: PORT=8000 make run") from None
        except OSError:
            raise taken from None


@contextlib.contextmanager
def only_one_here():
    """One portal per checkout, told by a kernel lock that a kill -9 releases."""
    with (var_dir() / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CanNotRun("The portal of this folder is running already. Stop it first, or use a second clone.") from None
        yield


def end_with_make() -> None:
    """Under make, a kill -9 of make must not leave us behind; started from a shell, we may outlive it (nohup)."""
    if LINUX and "MAKELEVEL" in os.environ:
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def run() -> int:
    if os.environ.get("PORTAL_MODE", "demo") != "demo":
        raise CanNotRun("make run is the demonstration, with sample accounts. For production see docs/operations.md.")
    host, port = os.environ.get("HOST", "127.0.0.1"), chosen_port()
    refuse_taken_port(host, port)
    os.environ.update(PORTAL_MODE="demo", PORT=str(port))
    end_with_make()
    return Supervisor(host, port).run()


def reset() -> int:
    """Forget database, files, keys and logs of `make run`; packages stay. Refuses while a command uses them."""
    boxes = var_dir() / "boxes"
    if boxes.exists():
        for box in (Postgres(boxes), Valkey(boxes)):
            if not box.take_lock():
                raise CanNotRun(f"Another command is using {boxes}. Wait for its end, then try again.")
    for name in ("boxes", "private", "keys", "log"):
        shutil.rmtree(var_dir() / name, ignore_errors=True)
    for schedule in var_dir().glob("celerybeat-schedule*"):
        schedule.unlink()
    say("The data of this folder is forgotten; `make run` starts afresh.")
    return 0


def main(arguments: list[str]) -> int:
    var_dir().mkdir(parents=True, exist_ok=True)
    try:
        with only_one_here():
            return reset() if arguments == ["--reset"] else run()
    except CanNotRun as trouble:
        say(str(trouble))
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
