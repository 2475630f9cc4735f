"""Logs for people who mend the portal, that say nothing of residents (S56).

One line of JSON an event in production: UTC, request id, the account's opaque subject. Only keys of ALLOWED get through; of an
exception its type and places, never its text, because a database likes to quote what was typed. Messages of other packages come
without their arguments, for the same reason.
"""

import logging
import re
import sys
import time
import traceback
import uuid
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponse
from structlog.stdlib import ProcessorFormatter

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "logger", "exception", "removed"),
        *("request_id", "subject", "method", "route", "status", "milliseconds"),
        *("task", "task_id", "attempt", "error", "kind", "count", "message_id", "message_event", "file_id", "object_id"),
        *("directive", "blocked"),  # checked words of a report of the policy (csp_reports.py)
    }
)
REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
TELLING = re.compile(
    r"[^\s<>\"'@,;]{1,64}@[^\s<>\"'@,;]{1,255}|\d{9,}"
)  # an address, a PESEL, a phone: an event must not hold them
PLACES = 12

log = structlog.get_logger("portal.request")


def allow_listed(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Keep the keys that are known to be harmless; name those that were left out."""
    kept = {key: value for key, value in event.items() if key in ALLOWED or key.startswith("_")}
    if removed := sorted(event.keys() - kept.keys()):
        kept["removed"] = removed
    kept["event"] = TELLING.sub("[…]", str(kept.get("event", "")))
    return kept


def exception_places(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Instead of a traceback: the types of the exception and its causes, and where it went through."""
    info = event.pop("exc_info", None)
    error = info if isinstance(info, BaseException) else info[1] if isinstance(info, tuple) else _current(info)
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
        event["exception"] = [
            " from ".join(_types(error)),
            *(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames),
        ]
    return event


def _current(wanted: Any) -> BaseException | None:
    return sys.exc_info()[1] if wanted else None


def _types(error: BaseException | None) -> list[str]:
    names: list[str] = []
    while error is not None and len(names) < 5:
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return names


def record_facts(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The harmless part of what other packages pass along: Celery's task, Django's status of a refused request."""
    record = event.get("_record")
    data = getattr(record, "data", None)
    if isinstance(data, dict):
        event.update(task=data.get("name"), task_id=data.get("id"))
    if isinstance(status := getattr(record, "status_code", None), int):
        event["status"] = status
    return event


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    exception_places,
]


def formatter(*, as_json: bool) -> ProcessorFormatter:
    """How a line is written: JSON for machines, key=value for the demonstration's terminal."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if as_json
        else structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"], drop_missing=True)
    )
    return ProcessorFormatter(
        processors=[allow_listed, ProcessorFormatter.remove_processors_meta, renderer],
        foreign_pre_chain=[record_facts, *SHARED],
        use_get_message=False,
    )


def configure(*, as_json: bool, level: str) -> dict:
    """Set structlog up and return Django's LOGGING: everything, other packages included, goes to stderr by one formatter."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *SHARED, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"portal": {"()": "pruszcz_portal.logs.formatter", "as_json": as_json}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "portal"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {"django": {"handlers": [], "level": level, "propagate": True}},
    }


class RequestLogMiddleware:
    """Gives each request an id (nginx's own, when it sends one), says it in the answer, and writes one line at the end.

    The line names the route's pattern, never the address itself: nothing that somebody typed into it can get into the log.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        offered = request.headers.get("X-Request-ID", "")
        request_id = offered if REQUEST_ID.fullmatch(offered) else uuid.uuid4().hex
        start = time.perf_counter()
        # Not unbound at the end: Django speaks of a refused request after the last middleware. The next request binds anew.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        if log.isEnabledFor(logging.INFO):
            self.write(request, response, start)
        response["X-Request-ID"] = request_id
        return response

    def write(self, request: HttpRequest, response: HttpResponse, start: float) -> None:
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            milliseconds=round((time.perf_counter() - start) * 1000, 1),
            subject=None if getattr(request, "leaves_no_name", False) else subject_of(request),  # a moment of voting is nobody's
        )


def subject_of(request: HttpRequest) -> str | None:
    """Whose session it is, if somebody has already asked; a log line costs no query."""
    user = getattr(request, "_cached_user", None)
    return str(user.subject) if user is not None and user.is_authenticated else None
