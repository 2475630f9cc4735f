"""Antivirus: a file is taken in at once and opened at the desk only when found clean (S52, F13).

pending: not looked at yet, or there is no scanner to ask; failed: the scanner was slow or spoke rubbish. Both are tried again.
"""

import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from office import files
from office.models import ScanState, StoredFile

log = structlog.get_logger(__name__)

PATIENCE = 30.0  # seconds for one whole scan
CHUNK = 256 * 1024
LONGEST_REPLY = 1024
ATTEMPTS = 20  # after which a person has to look (`repair --check`)
PAUSE = timedelta(seconds=30)  # before a file that the scanner failed on is tried again, times the failures so far
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class NoScanner(Exception):
    """Nobody to ask: no address set, or nobody listens there. The file goes on waiting."""


class ScanFailed(Exception):
    """The scanner did not answer in time, or not in its own language."""


def scan(pk: uuid.UUID | str) -> str:
    """Ask the scanner about one file and write the answer down. Returns the state; a file already decided is left alone."""
    stored = StoredFile.objects.to_scan().filter(pk=pk).first()
    if stored is None:
        return ""
    try:
        _count_attempt(stored)
        found = verdict(files.path_of(stored))
    except NoScanner:
        return _decide(stored, ScanState.PENDING, "", attempts=F("scan_attempts") - 1)
    except (ScanFailed, OSError) as error:  # OSError: the file itself, or a time-out
        log.warning("scan_failed", file_id=str(stored.pk), error=type(error).__name__)
        return _decide(stored, ScanState.FAILED, str(error) or type(error).__name__)
    return _decide(stored, ScanState.INFECTED, found) if found else _decide(stored, ScanState.CLEAN, "")


def _count_attempt(stored: StoredFile) -> None:
    """Counted before the scan, so a file that kills its worker is counted too (D5)."""
    StoredFile.objects.filter(pk=stored.pk).update(scan_attempts=F("scan_attempts") + 1)


def _decide(stored: StoredFile, state: str, note: str, **fields) -> str:
    if "attempts" in fields:
        fields["scan_attempts"] = fields.pop("attempts")
    moment = None if state == ScanState.PENDING else timezone.now()
    StoredFile.objects.to_scan().filter(pk=stored.pk).order_by().update(
        scan_state=state, scan_note=note[:200], scanned_at=moment, **fields
    )
    return state


def scan_waiting(*, limit: int = 200, moment: datetime | None = None) -> int:
    """Scan what waits, oldest first; stops at once when there is no scanner. Returns how many files were decided."""
    if not is_available():
        return 0
    decided = 0
    for pk in due(moment or timezone.now()).values_list("pk", flat=True)[:limit]:
        if scan(pk) == ScanState.PENDING:
            break
        decided += 1
    return decided


def due(moment: datetime):
    """Waiting files, and failed ones whose pause is over and that have not failed too often."""
    rested = Q(scanned_at__isnull=True) | Q(scanned_at__lte=moment - F("scan_attempts") * PAUSE)
    return StoredFile.objects.to_scan().filter(rested, scan_attempts__lt=ATTEMPTS)


def scan_again(stored: StoredFile) -> bool:
    """A clerk asks for one more look at a file that failed; False when it is not waiting for one."""
    asked = StoredFile.objects.to_scan().filter(pk=stored.pk).order_by()
    return bool(asked.update(scan_state=ScanState.PENDING, scan_attempts=0, scanned_at=None))


# Scanners


def is_available() -> bool:
    return bool(settings.CLAMD_ADDRESS) or _is_sample()


def _is_sample() -> bool:
    return settings.SCAN_WITHOUT_CLAMD == "sample" and not settings.IS_PRODUCTION


def notice() -> str:
    """What people at the desk must know about the scanner, or nothing when a real one is set."""
    if settings.CLAMD_ADDRESS:
        return ""
    if _is_sample():
        return _("Wersja pokazowa: pliki sprawdza tylko wykrywacz próbki EICAR, a nie program antywirusowy.")
    return _("Program antywirusowy nie jest ustawiony. Pliki czekają na sprawdzenie i nie można ich otworzyć.")


def verdict(path: Path) -> str:
    """The name of what was found in the file, or "" when it is clean. Raises NoScanner or ScanFailed."""
    if settings.CLAMD_ADDRESS:
        return _ask_clamd(path)
    if _is_sample():
        return "Eicar-Test-Signature" if EICAR in path.read_bytes() else ""
    raise NoScanner


def _ask_clamd(path: Path) -> str:
    """clamd's INSTREAM: "zINSTREAM", then pieces with their length before them, then an empty piece; one line comes back."""
    until = time.monotonic() + PATIENCE
    with _clamd(until) as clamd, path.open("rb") as file:
        try:
            clamd.sendall(b"zINSTREAM\0")
            while piece := file.read(CHUNK):
                clamd.settimeout(_left(until))
                clamd.sendall(len(piece).to_bytes(4, "big") + piece)
            clamd.sendall(b"\0\0\0\0")
        except (BrokenPipeError, ConnectionResetError):
            pass  # it may have said why before hanging up
        return _understood(_reply(clamd, until))


@contextmanager
def _clamd(until: float) -> Iterator[socket.socket]:
    try:
        clamd = _connect(settings.CLAMD_ADDRESS, _left(until))
    except OSError as error:
        raise NoScanner from error
    with clamd:
        yield clamd


def _connect(address: str, timeout: float) -> socket.socket:
    host, colon, port = address.rpartition(":")
    if colon and port.isdigit():
        return socket.create_connection((host.strip("[]"), int(port)), timeout=min(timeout, 5.0))
    clamd = socket.socket(socket.AF_UNIX)
    clamd.settimeout(min(timeout, 5.0))
    clamd.connect(address)
    return clamd


def _reply(clamd: socket.socket, until: float) -> bytes:
    reply = b""
    try:
        while b"\0" not in reply and len(reply) <= LONGEST_REPLY:
            clamd.settimeout(_left(until))
            if not (piece := clamd.recv(LONGEST_REPLY)):
                break
            reply += piece
    except ConnectionResetError as error:
        raise ScanFailed("the scanner hung up") from error
    return reply.partition(b"\0")[0]


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise ScanFailed("the scanner is too slow")
    return left


def _understood(reply: bytes) -> str:
    text = reply.decode("ascii", "replace").strip()
    if text == "stream: OK":
        return ""
    if text.startswith("stream: ") and text.endswith(" FOUND"):
        return text.removeprefix("stream: ").removesuffix(" FOUND").strip() or "unnamed"
    raise ScanFailed(f"the scanner answered {text[:80]!r}")
