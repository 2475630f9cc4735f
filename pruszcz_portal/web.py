"""The web server's command line, in one place: `make run`, the container and the benchmarks start the same thing.

    python -m pruszcz_portal.web        HOST, PORT, WEB_WORKERS and WEB_THREADS from the environment

docs/decisions/0003-web-server.md tells why gunicorn, and what makes its --preload safe here. gunicorn also reads this module as its
settings, for the hooks at the end.
"""

import gc
import os
import sys
from typing import Any


def command(host: str, port: int, *, workers: int = 2, threads: int = 4) -> list[str]:
    """Needs at most workers x DATABASE_POOL connections of PostgreSQL; threads beyond DATABASE_POOL wait for one."""
    return [
        *(sys.executable, "-m", "gunicorn", "pruszcz_portal.wsgi:application", "--bind", f"{host}:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
        *("--keep-alive", "20", "--timeout", "60", "--graceful-timeout", "10"),
        *("--limit-request-line", "4094", "--log-level", "warning", "--no-control-socket"),
        *("--preload", "--config", "python:pruszcz_portal.web"),
    ]


def main() -> None:
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    workers, threads = int(os.environ.get("WEB_WORKERS", "2")), int(os.environ.get("WEB_THREADS", "4"))
    arguments = command(host, port, workers=workers, threads=threads)
    os.execv(arguments[0], arguments)  # noqa: S606  no shell is wanted


def when_ready(server) -> None:
    """The program is loaded and no worker is there yet: from here on its memory is shared, so nothing may move it about.

    The addresses, and with them every view, form and admin page, are loaded here too: else each worker would load them for itself, and its
    first visitor would wait for that.
    """
    from django.urls import get_resolver

    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()


def pre_fork(server, worker) -> None:
    """A worker never inherits a connection to the database: two processes would talk on one line."""
    from django.db import connections

    connection: Any
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()


if __name__ == "__main__":
    main()
