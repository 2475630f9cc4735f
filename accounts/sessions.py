"""How long a session lives, and which sessions a person has (S12-S14)."""

import time
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import authentication_records

IDLE = 15 * 60  # seconds without a request
WARNING = 2 * 60  # before the end
LONGEST = 8 * 60 * 60
LONGEST_OF_STAFF = 4 * 60 * 60
WRITE_EVERY = 60
SEEN_AT, SIGNED_IN_AT, ENDED_FOR = "seen_at", "signed_in_at", "session_ended_for"
OF_SIGN_IN = ("_auth", "account_", "_csrf", "_messages", SEEN_AT, SIGNED_IN_AT)
QUIET_PATH = "/konto/sesja/"  # asking how much time is left is not being there


@dataclass(frozen=True)
class Limits:
    """Seconds left of a session."""

    idle: int
    longest: int

    @property
    def left(self) -> int:
        return max(0, min(self.idle, self.longest))

    @property
    def may_be_extended(self) -> bool:
        return self.longest > self.idle


def limits(request: HttpRequest, now: float | None = None) -> Limits:
    """S13: what is left of 15 idle minutes and of 8 hours (staff 4) since signing in."""
    now = time.time() if now is None else now
    longest = LONGEST_OF_STAFF if request.user.is_staff else LONGEST
    idle_left = request.session.get(SEEN_AT, now) + IDLE - now
    longest_left = request.session.get(SIGNED_IN_AT, now) + longest - now
    return Limits(idle=int(idle_left), longest=int(longest_left))


def end_sessions(user, *, keep: str | None = None) -> int:
    """End the account's sessions on every device, but for the one to keep. Returns how many were ended (S14)."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep)
    keys = list(rows.values_list("session_key", flat=True))
    SessionStore.get_model_class().objects.filter(session_key__in=keys).delete()
    rows.delete()
    return len(keys)


def cycle(request: HttpRequest) -> None:
    """A new session id with the same content, after something more was proved (S12)."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


class SessionLimitsMiddleware:
    """Ends a session that was idle or long enough, and notes the last visit at most once a minute."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            self._admit(request, time.time())
        shown_before = len(authentication_records(request))
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if request.user.is_authenticated:
            self._settle(request, grew=was_signed_in and len(authentication_records(request)) > shown_before)
        return response

    def _admit(self, request, now):
        left = limits(request, now)
        if not left.left:
            self._end(request, idle=left.idle <= 0)
        elif request.path_info != QUIET_PATH:
            note_visit(request, now)

    def _end(self, request, *, idle):
        account = request.user.pk
        logout(request)
        request.session[ENDED_FOR] = account
        why = (
            _("Wylogowaliśmy Cię po 15 minutach bez ruchu.")
            if idle
            else _("Sesja trwała najdłużej, jak może. Zaloguj się ponownie.")
        )
        messages.info(request, why)

    def _settle(self, request, *, grew):
        """`grew`: something more was proved while signed in; signing in itself already changed the id."""
        if SIGNED_IN_AT not in request.session:
            request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(time.time())
            leave_nothing_of_another(request)
        if grew:
            cycle(request)


def leave_nothing_of_another(request: HttpRequest) -> None:
    """What waited in this browser for whoever was idle too long (a half-typed form) is not for the next account."""
    if request.session.pop(ENDED_FOR, request.user.pk) != request.user.pk:
        left_behind = [key for key in dict(request.session.items()) if not key.startswith(OF_SIGN_IN)]
        for key in left_behind:
            del request.session[key]


def note_visit(request: HttpRequest, now: float) -> None:
    """Write the moment of this visit, unless one was written within the last minute."""
    if SIGNED_IN_AT not in request.session:
        request.session[SIGNED_IN_AT] = int(now)
    if now - request.session.get(SEEN_AT, 0) >= WRITE_EVERY:
        request.session[SEEN_AT] = int(now)
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
