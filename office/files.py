"""Private files: taken in carefully, kept under random names outside the web root, given out only as attachments (D8, S47-S53).

Who may read a file is decided by the room whose object it belongs to; here is only how. On disk a file is named by its own
id, never by anything a person typed.
"""

import hashlib
import os
import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from office import bell, inspection
from office.inspection import JPEG, KINDS, PDF, PNG, Kind, clean_name
from office.models import ScanState, StoredFile
from office.transitions import Refused

__all__ = ["JPEG", "KINDS", "PDF", "PNG", "open_for_clerk", "open_for_owner", "response", "store", "store_own", "store_own_file"]

FILE_BYTES = 10 * 1024 * 1024
DAY_FILES = 100  # one person's uploads within 24 hours (S48)
DAY_BYTES = 300 * 1024 * 1024
ORPHAN_AGE = timedelta(hours=48)
SCAN = "office.tasks.scan"
LOCKED_DOWN = "sandbox; default-src 'none'"


# Taking in


def store(upload: UploadedFile, *, owner, kinds: tuple[Kind, ...] = KINDS) -> StoredFile:
    """Check the upload and keep it for `owner` (a User), waiting for its scan. Never blocked by an absent scanner (S52).

    Call it inside the transaction of what the file belongs to: after a rollback the file on disk has no row and is swept away.
    Raises ValidationError that names the file and says in Polish what to do; nothing is kept then.
    """
    name = clean_name(upload.name or "")
    _check_size(upload, name)
    _check_day(owner, upload.size or 0)
    kind = inspection.kind_of(name, upload.content_type or "", _head(upload), kinds)
    inspected = inspection.inspect(upload, name, kind)
    stored = _keep(inspected.content, name=name, media_type=kind.media_type, owner=owner.subject, warnings=inspected.warnings)
    bell.ring_on_commit(SCAN, str(stored.pk))
    return stored


def store_own(content: bytes, *, name: str, media_type: str = "application/pdf", owner=None) -> StoredFile:
    """Keep a document that the portal itself made: no limits, clean from the start. `owner`: whose it is, a User or None."""
    state = {"scan_state": ScanState.CLEAN, "scanned_at": timezone.now(), "scan_note": "made by the portal"}
    return _keep(content, name=clean_name(name), media_type=media_type, owner=owner.subject if owner else None, **state)


def store_own_file(path: Path, *, name: str, media_type: str) -> StoredFile:
    """As `store_own`, for a file of any length that the portal wrote itself: copied in pieces, never held whole."""
    with path.open("rb") as source:
        stored = StoredFile(
            name=clean_name(name), media_type=media_type, size=path.stat().st_size, sha256=hashlib.file_digest(source, "sha256").hexdigest(),
            scan_state=ScanState.CLEAN, scanned_at=timezone.now(), scan_note="made by the portal",
        )  # fmt: skip
    _copy(path, path_of(stored))
    stored.save(force_insert=True)
    return stored


def _copy(source: Path, path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    with source.open("rb") as read, open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
    unfinished.rename(path)
    sync_folder(path.parent)


def _check_size(upload: UploadedFile, name: str) -> None:
    if not upload.size:
        raise ValidationError(_("Plik „%(name)s” jest pusty. Wybierz go jeszcze raz."), code="empty", params={"name": name})
    if upload.size > FILE_BYTES:
        raise ValidationError(
            _("Plik „%(name)s” ma %(size)s MB, a może mieć najwyżej %(limit)s MB. Zmniejsz go albo podziel na części."),
            code="size",
            params={"name": name, "size": _megabytes(upload.size), "limit": FILE_BYTES // 1024**2},
        )


def _megabytes(size: int) -> str:
    """Rounded up, so that a file just over the limit is not said to be just at it."""
    return f"{-(-size * 10 // 1024**2) / 10:.1f}".replace(".", ",")


def _check_day(owner, size: int) -> None:
    since = timezone.now() - timedelta(hours=24)
    today = StoredFile.objects.filter(owner=owner.subject, created_at__gt=since).aggregate(Count("pk"), Sum("size"))
    if today["pk__count"] >= DAY_FILES or (today["size__sum"] or 0) + size > DAY_BYTES:
        raise ValidationError(
            _("Przez ostatnią dobę dodano już bardzo dużo plików. Dodaj ten jutro albo przynieś dokumenty do urzędu."), code="day"
        )


def _head(upload: UploadedFile) -> bytes:
    upload.seek(0)
    return upload.read(16)


def _keep(content: bytes, **fields) -> StoredFile:
    """First the file, then its row: a row never promises a file that is not there (D8)."""
    if not connection.in_atomic_block:
        raise RuntimeError("a file is stored in the transaction of what it belongs to")
    stored = StoredFile(size=len(content), sha256=hashlib.sha256(content).hexdigest(), **fields)
    _write(path_of(stored), content)
    stored.save(force_insert=True)
    return stored


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".new")
    with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def path_of(stored: StoredFile) -> Path:
    """Where the content lies. Made from the id alone (S53)."""
    return settings.PRIVATE_FILES_DIR / _place(stored.pk)


def _place(pk: uuid.UUID) -> str:
    return f"{pk.hex[:2]}/{pk.hex}"


# Giving out


def open_for_clerk(stored: StoredFile, *, as_name: str | None = None) -> HttpResponseBase:
    """The file for somebody of the office. Refused unless found clean (S52); the caller has checked the case (S19)."""
    if not stored.is_clean:
        raise Refused(WHY_CLOSED[stored.scan_state]())
    return response(stored, as_name=as_name)


WHY_CLOSED: dict[str, Callable[[], str]] = {
    ScanState.PENDING: lambda: _("Plik czeka na sprawdzenie antywirusowe. Spróbuj za chwilę."),
    ScanState.INFECTED: lambda: _("W pliku wykryto wirusa. Nie można go otworzyć; poproś o przesłanie dokumentu jeszcze raz."),
    ScanState.FAILED: lambda: _("Nie udało się sprawdzić pliku. Sprawdzanie zostanie ponowione."),
}


def open_for_owner(stored: StoredFile, *, as_name: str | None = None) -> HttpResponseBase:
    """The file for the person who sent it: at once, unless it is infected. The caller has checked whose it is (S19)."""
    if stored.scan_state == ScanState.INFECTED:
        raise Refused(_("W tym pliku wykryto wirusa, dlatego nie można go pobrać."))
    return response(stored, as_name=as_name)


def response(stored: StoredFile, *, as_name: str | None = None) -> HttpResponseBase:
    """The content as an attachment, never shown inline, never cached (S45, S51). Behind nginx it sends the bytes itself."""
    if settings.PRIVATE_FILES_ACCEL:
        answer: HttpResponseBase = HttpResponse(content_type=stored.media_type)
        answer["X-Accel-Redirect"] = f"{settings.PRIVATE_FILES_ACCEL.rstrip('/')}/{_place(stored.pk)}"
    else:
        answer = FileResponse(path_of(stored).open("rb"), content_type=stored.media_type)
        answer["Content-Length"] = str(stored.size)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=as_name or stored.name)
    answer["Content-Security-Policy"] = LOCKED_DOWN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


# Tidying


def held_by(*holders: QuerySet) -> QuerySet[StoredFile]:
    """The files of these rows, by time; `holders`: two or more querysets of one column each, the file's key.

    Found from the holders on, by their indexes: a choice between joined tables would read every file of the town.
    """
    first, *others = (one.order_by() for one in holders)
    return StoredFile.objects.filter(pk__in=first.union(*others, all=True)).order_by("created_at")


def remove(stored: StoredFile) -> None:
    """Take the row away, and after commit the file; a crash in between leaves a file for the sweeper."""
    path = path_of(stored)
    stored.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True), robust=True)


def remove_with(row) -> None:
    """Take away a row and the file it points at: the row first, because it holds the file."""
    stored = row.file
    row.delete()
    remove(stored)


def files_without_row(*, older_than: timedelta = ORPHAN_AGE) -> Iterator[Path]:
    """Files that no row knows: left by a rollback or a crash. Young ones may still get their row, so they are left out."""
    before = time.time() - older_than.total_seconds()
    for folder in sorted(settings.PRIVATE_FILES_DIR.glob("[0-9a-f][0-9a-f]")):
        paths = [path for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < before]
        known = set(StoredFile.objects.filter(pk__in=filter(None, map(_id_of, paths))).values_list("pk", flat=True))
        yield from (path for path in paths if path.suffix or _id_of(path) not in known)


def _id_of(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=path.stem)
    except ValueError:
        return None


def sweep(*, older_than: timedelta = ORPHAN_AGE) -> int:
    """Remove files without a row; returns how many."""
    orphans = list(files_without_row(older_than=older_than))
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)


def rows_without_file() -> Iterator[StoredFile]:
    """Rows whose file is gone or has another size: a loss that somebody must hear of at once."""
    for stored in StoredFile.objects.iterator(chunk_size=1000):
        path = path_of(stored)
        if not path.is_file() or path.stat().st_size != stored.size:
            yield stored
