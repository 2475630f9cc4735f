"""Alerts in force, told at the top of every page.

No page asks the database for them: a process asks once a second, however many people come, and at once after it sent an alert itself.
So an alert, its update and its end are on every page within a second of the sending, Valkey or not; when the database is away, pages go
on telling what was known last. An end by date needs no question: each page compares with its own moment.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from uuid import UUID

import structlog
from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from announcements.languages import Tongue
from announcements.models import Announcement

SECONDS = 1.0  # how long a process believes what it read
MOST = 3  # a page that tells more tells nothing; the list has them all
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Told:
    """What a page says of one alert."""

    pk: UUID
    title: str
    short_text: str
    is_grave: bool
    expires_at: datetime
    tongues: tuple[Tongue, ...] = ()  # that it is said in as well


class Memory:
    """What this process knows. One thread asks anew while the others tell what was known."""

    def __init__(self) -> None:
        self.alerts: tuple[Told, ...] = ()
        self.until: float | None = None  # by the monotonic clock; None: ask before telling
        self._asking = Lock()

    def now(self) -> tuple[Told, ...]:
        if self._is_old() and self._asking.acquire(blocking=self.until is None):
            try:
                if self._is_old():
                    self._ask()
            finally:
                self._asking.release()
        return self.alerts

    def forget(self) -> None:
        self.until = None

    def keep(self, alerts: tuple[Told, ...], seconds: float = SECONDS) -> None:
        self.alerts, self.until = alerts, time.monotonic() + seconds

    def _is_old(self) -> bool:
        return self.until is None or time.monotonic() >= self.until

    def _ask(self) -> None:
        try:
            self.keep(_standing(timezone.now()))
        except DatabaseError as error:
            log.warning("alerts_not_read", error=type(error).__name__)
            self.keep(self.alerts)


MEMORY = Memory()


def _standing(moment: datetime) -> tuple[Told, ...]:
    """A chain is one alert: what was updated is superseded, so only its newest message stands."""
    return tuple(
        Told(
            one.pk,
            one.title_in_chain,
            one.short_text,
            one.breaks_the_silence,
            one.expires_at,
            tuple(said.tongue for said in one.translated()),
        )
        for one in Announcement.objects.active_alerts(moment).prefetch_related("translations").order_by("-sent_at")[:MOST]
    )


def in_force(moment: datetime) -> tuple[Told, ...]:
    """The newest alerts in force at the moment, at most MOST."""
    return tuple(one for one in MEMORY.now() if one.expires_at > moment)


def forget_on_commit() -> None:
    """The next page of this process asks anew."""
    transaction.on_commit(MEMORY.forget)


class AlertsMiddleware:
    """`request.alerts` for the templates. Read only when a page looks: a probe of health asks nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.alerts = SimpleLazyObject(lambda: in_force(timezone.now()))  # type: ignore[attr-defined]
        return self.get_response(request)
