"""Tables, roles and sample data for `make run`, made by a forked child while the supervisor goes on."""

import contextlib
import importlib
import importlib.util
import io
import os
import select
import signal
import traceback
from pathlib import Path
from typing import NoReturn

from pruszcz_portal.boxes import CHECKOUT, tied_to_parent, var_dir


class CanNotRun(Exception):
    """Why the portal can not start or go on; said to the person as it stands."""


def say(text: str) -> None:
    with contextlib.suppress(OSError):  # a closed terminal must not keep us from ending the children
        print(text, flush=True)  # noqa: T201


class Preparing:
    """Tables, roles and sample data, by a forked child whose memory goes with it. It loads our code while the boxes start."""

    def __init__(self) -> None:
        self.said = log_dir() / "prepare.log"
        self._result: int | None = None
        gate, self._opens = os.pipe()
        self._loaded, tells = os.pipe()
        before_exec = tied_to_parent(signal.SIGKILL)
        self._pid = os.fork()
        if self._pid == 0:
            before_exec()
            for end in (self._opens, self._loaded):
                os.close(end)
            _prepare_and_exit(self.said, gate, tells)
        for end in (gate, tells):
            os.close(end)

    def boxes_are_up(self) -> None:
        with contextlib.suppress(BrokenPipeError):  # it has failed already, and `accounts` will tell
            os.write(self._opens, b".")

    def has_loaded(self) -> bool:
        """Our code is loaded, and so compiled; or the child has failed at it."""
        return bool(select.select([self._loaded], [], [], 0)[0])

    def ended(self) -> bool:
        if self._result is None:
            pid, result = os.waitpid(self._pid, os.WNOHANG)
            self._result = result if pid else None
        return self._result is not None

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def accounts(self) -> str:
        if self._result != 0:
            raise CanNotRun(f"The data could not be prepared:\n{tail(self.said, 40)}")
        return self.said.read_text()


def _prepare_and_exit(said: Path, gate: int, loaded: int) -> NoReturn:
    """In the forked child: everything it says goes to `said`; never returns into the parent's code. `gate` opens by one byte, and
    `loaded` is told by one."""
    code = 1
    with said.open("w", buffering=1) as out, contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            load_code()
            os.write(loaded, b".")
            if os.read(gate, 1):
                refuse_old_data()
                prepare_data()
                code = 0
        except CanNotRun as trouble:
            say(str(trouble))
        except BaseException:
            traceback.print_exc()
    os._exit(code)


def is_code_compiled() -> bool:
    return Path(importlib.util.cache_from_source(str(CHECKOUT / "pruszcz_portal" / "urls.py"))).exists()


def load_code() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pruszcz_portal.settings")
    django.setup()
    importlib.import_module("pruszcz_portal.urls")  # sample data writes letters with addresses


def refuse_old_data() -> None:
    """Before the first release tables are described anew from time to time; a folder from before that can not be brought up to date."""
    if any((CHECKOUT / room / "migrations").is_dir() for room, _step in applied_steps() - known_steps()):
        raise CanNotRun("They were made by an older version of the portal. Forget them with `make reset`, then run again.")


def applied_steps() -> set[tuple[str, str]]:
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    return set(MigrationRecorder(connection).applied_migrations())


def known_steps() -> set[tuple[str, str]]:
    """Of our rooms and of the packages, by the names of their files alone."""
    from django.apps import apps

    return {
        (config.label, step.stem)
        for config in apps.get_app_configs()
        for step in Path(config.path, "migrations").glob("[0-9]*.py")
    }


def prepare_data() -> None:
    """Bring the database up to date: again and again with the same result. `load_sample_data` prints the sample accounts."""
    from django.core.management import call_command
    from django.db import connection

    with connection.cursor() as cursor:  # what a power cut takes away, the next start makes again
        cursor.execute("set synchronous_commit to off")
    if known_steps() - applied_steps():  # reading every step to find that there is none takes a fifth of a warm start
        call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("sync_roles", stdout=io.StringIO())
    call_command("load_sample_data")


def log_dir() -> Path:
    path = var_dir() / "log"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def tail(log: Path, lines: int = 15) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""
