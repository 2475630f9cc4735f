"""What browsers report when our Content-Security-Policy stopped something: a line in the log, without a person in it (S33)."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import structlog
from allauth.core.internal.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

log = structlog.get_logger(__name__)

BUDGET = {"csp_report": "10/m/ip,100/d/ip"}
LONGEST = 16 * 1024  # bytes
DIRECTIVE = re.compile(r"[a-z-]{1,40}")
HOST = re.compile(r"[A-Za-z0-9.-]{1,100}")


@csrf_exempt  # a browser reports by itself and has no token; nothing is changed here but the log
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Answers alike whatever came, so nothing can be learnt from it. Anybody may send anything: only checked words are kept."""
    if refusal := consume_or_429(request, app="portal", action="csp_report", config=BUDGET):
        return refusal
    if int(request.headers.get("Content-Length") or 0) <= LONGEST and (found := _read(request.body)):
        log.warning("csp_report", **found)
    return HttpResponse(content_type="text/plain")


def _read(body: bytes) -> dict[str, str] | None:
    """Directive, what was stopped and on which page, each as a word of ours; None for what is no report."""
    try:
        told: Any = json.loads(body)["csp-report"]
        directive = str(told.get("effective-directive") or told.get("violated-directive") or "").split(" ")[0]
        if not DIRECTIVE.fullmatch(directive):
            return None
        return {
            "directive": directive,
            "blocked": _blocked(str(told.get("blocked-uri", ""))),
            "route": _page(str(told["document-uri"])),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _blocked(address: str) -> str:
    """„inline”, „eval” or a host; never a path or a query, which may carry a person."""
    if address in ("inline", "eval", "wasm-eval", "data", "blob", "self"):
        return address
    host = urlsplit(address).hostname or ""
    return host if HOST.fullmatch(host) else "other"


def _page(address: str) -> str:
    """The name of the page, not its address: an address of ours may hold the id of somebody's case."""
    try:
        return resolve(urlsplit(address).path).view_name or "other"
    except Resolver404:
        return "other"
