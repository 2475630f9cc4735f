"""Redis is the bell, nothing more: it wakes a worker at once, and when it is away the sweep finds the work anyway (D4).

One thread of each process rings for all requests, so none of them waits for Redis; what is asked for while it rings is asked for once.
"""

import atexit
import os
import threading
import time
from functools import cache

import structlog
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from kombu import Connection
from kombu.pools import producers

log = structlog.get_logger(__name__)

PATIENCE = 0.4  # seconds for Redis to answer
SILENCE = 10.0  # seconds without a try after a failure
BREATH = 0.05  # seconds between two rings: under load, twenty a second wake the workers as well as a thousand

_silent_until = 0.0
_lock = threading.Lock()


def ring_on_commit(task: str, *args: str) -> None:
    """Wake a worker for `task` when this transaction commits; several calls with equal arguments ring once."""
    if not any(getattr(call, "rings", None) == (task, args) for call in (entry[1] for entry in connection.run_on_commit)):
        transaction.on_commit(_Ring(task, args), robust=True)


class _Ring:
    def __init__(self, task: str, args: tuple[str, ...]) -> None:
        self.rings = (task, args)

    def __call__(self) -> None:
        _ringer.ask(self.rings)


class _Ringer:
    """Rings at once, and no sooner than BREATH after that for everything asked for meanwhile. What a killed process did not ring for
    any more, the sweep finds."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        self._asked: dict[tuple[str, tuple[str, ...]], None] = {}
        self._lock = threading.Lock()
        self._new = threading.Event()
        self._thread: threading.Thread | None = None

    def ask(self, rings: tuple[str, tuple[str, ...]]) -> None:
        with self._lock:
            self._asked[rings] = None
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="bell", daemon=True)
                self._thread.start()
        self._new.set()

    def _run(self) -> None:
        while True:
            self._new.wait()
            self._new.clear()
            self.ring_all()
            time.sleep(BREATH)

    def ring_all(self) -> None:
        with self._lock:
            asked, self._asked = self._asked, {}
        for task, args in asked:
            ring(task, *args)


_ringer = _Ringer()
atexit.register(_ringer.ring_all)
os.register_at_fork(after_in_child=_ringer.begin)  # threads do not come along


def ring(task: str, *args: str) -> bool:
    """Send the task to the broker; False when it could not be rung. Never raises, never waits more than PATIENCE."""
    global _silent_until
    if time.monotonic() < _silent_until:
        return False
    try:
        _publish(task, args)
    except Exception as error:  # whatever the broker does, what was stored stays stored
        with _lock:
            _silent_until = time.monotonic() + SILENCE
        log.warning("bell_silent", task=task, error=type(error).__name__)
        return False
    return True


@cache
def _broker(url: str) -> Connection:
    """The name under which kombu keeps its pool of open connections; it opens none itself."""
    return Connection(url, transport_options={"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE, "max_retries": 0})


def _publish(task: str, args: tuple[str, ...]) -> None:
    with producers[_broker(settings.CELERY_BROKER_URL)].acquire(block=True, timeout=PATIENCE) as producer:
        current_app.send_task(task, args=args, producer=producer, retry=False, ignore_result=True)
