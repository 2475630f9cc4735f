"""The postman as a process of its own: it needs PostgreSQL only, so letters leave even without Redis and Celery (D4)."""

import signal
import threading

import structlog
from django.core.management.base import BaseCommand
from django.db import OperationalError, connection

from office import relay

log = structlog.get_logger(__name__)


class Command(BaseCommand):
    help = "Send waiting messages until SIGTERM or Ctrl-C; --once sends what is due and ends."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true")

    def handle(self, *, once, **options):
        if once:
            self.stdout.write(f"{relay.drain()}")
            return
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        while not ended.is_set():
            self.work(ended)

    def work(self, ended):
        """One look at the queue; a database that is away is waited for, not died of."""
        try:
            busy = relay.drain(seconds=5.0)
        except OperationalError:
            log.warning("relay_waits_for_database")
            connection.close()
            busy = 0
        if not busy:
            ended.wait(2.0)
