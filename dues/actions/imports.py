"""Files of the tax system at the desk: taken in, checked whole, loaded when an officer says so. Nothing is loaded in part.

A worker holds a job by a lease; one killed in mid-work leaves it to the next. The check and the load read the same stored bytes.
"""

import contextlib
import csv
import hashlib
import itertools
import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dues.importing import loading
from dues.importing.reading import Fault, Row, Unreadable, format_of, read
from dues.models import Import, Kind
from dues.statuses import ImportStatus
from office import bell, files
from office.exports import safe_text
from office.inspection import clean_name
from office.transitions import Refused, move

log = structlog.get_logger(__name__)
RUN = "dues.tasks.run_import"
LARGEST = 60 * 1024 * 1024  # bytes; 200,000 rows take about forty million
LEASE = timedelta(minutes=3)
TRIES = 3
CHUNK = 5000  # rows between two signs of life
SHOWN = 50
ERRORS_KEPT = timedelta(days=30)
LOCK = 7023  # any number, the same in every process: two files never load at once
WORKING = (ImportStatus.CHECKING, ImportStatus.LOADING)
MEDIA = {"csv": "text/csv", "jsonl": "application/jsonl"}


class LostLease(Exception):
    """The worker was too slow and another one has the job; nothing of this one is kept."""


class Faulty(Exception):
    """The file has errors; they are counted and written down, and nothing is loaded."""


# At the desk


@transaction.atomic
def take_in(path: Path, *, name: str, as_of: date, by, moment: datetime) -> Import:
    """Keep the file and have it checked. Refused: too large, of a day to come, older than what is loaded, the same file again in work.

    `by` None: the tax system's own machine by `manage.py import_dues`.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise ValidationError(_("Plik ma więcej niż %(most)d MB. Podziel go.") % {"most": LARGEST // 1024**2})
    if not size:
        raise ValidationError(_("Plik jest pusty."))
    _guard_day(as_of, localdate(moment))
    with path.open("rb") as file:
        kind, digest = format_of(file.read(4096)), _digest(path)
    if Import.objects.filter(sha256=digest, status__in=[*WORKING, ImportStatus.CHECKED]).exists():
        raise Refused(_("Ten sam plik już czeka. Dokończ tamten import."))
    stored = files.store_own_file(path, name=name, media_type=MEDIA[kind])
    imported = Import.objects.create(
        name=clean_name(name), format=kind, sha256=digest, size=size, as_of=as_of, file=stored,
        uploaded_by=by.subject if by else None, uploaded_at=moment,
    )  # fmt: skip
    bell.ring_on_commit(RUN, str(imported.pk))
    return imported


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _guard_day(as_of: date, today: date) -> None:
    if as_of > today:
        raise Refused(_("Stan nie może być z przyszłości."))
    newest = last_loaded_day()
    if newest and as_of < newest:
        raise Refused(_("Wczytano już nowszy stan, z dnia %(day)s. Starszy cofnąłby wpłaty.") % {"day": f"{newest:%d.%m.%Y}"})


def last_loaded_day() -> date | None:
    """The day up to which the tax system has told the portal everything."""
    found = Import.objects.filter(status=ImportStatus.LOADED).order_by("-as_of").values_list("as_of", flat=True)
    return found.first()


@transaction.atomic
def load(imported: Import, *, by, moment: datetime) -> Import:
    """Load what was checked (`by` None: the tax system's own machine). The worker checks once more, in the transaction that loads."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    _guard_day(imported.as_of, localdate(moment))
    imported.lease_until, imported.tries = None, 0
    move(imported, ImportStatus.LOADING, by=by, moment=moment, along=("lease_until", "tries"))
    bell.ring_on_commit(RUN, str(imported.pk))
    return imported


@transaction.atomic
def drop(imported: Import, *, by, moment: datetime) -> Import:
    """Not to be loaded after all; the file goes."""
    imported = Import.objects.select_for_update(of=("self",)).get(pk=imported.pk)
    _forget_file(imported)
    imported.finished_at = moment
    move(imported, ImportStatus.DROPPED, by=by, moment=moment, along=("finished_at", "file"))
    return imported


def _forget_file(imported: Import) -> None:
    """The tax system's file goes as soon as it is not needed: people's numbers stand in it. The caller saves the row."""
    stored, imported.file = imported.file, None
    if stored:
        Import.objects.filter(pk=imported.pk).update(file=None)
        files.remove(stored)


# In the background


def run(pk, *, moment: datetime) -> bool:
    """Check or load, if nobody else is at it. False when there was nothing to do. Never raises: what went wrong is on the row."""
    imported = _claimed(pk, timezone.now())
    if imported is None:
        return False
    try:
        _work(imported, moment)
    except LostLease:
        log.warning("dues_import_lost_lease", object_id=str(pk))
    except Exception:
        log.exception("dues_import_failed", object_id=str(pk))
        with contextlib.suppress(LostLease):
            _end(imported, ImportStatus.REFUSED, moment, failure=_("Nie udało się przetworzyć pliku. Zawiadom administratora."))
    return True


def _claimed(pk, now: datetime) -> Import | None:
    """One statement gives the job to one worker. The last of three tries ends it, so that no file kills workers for ever."""
    free = Import.objects.filter(pk=pk, status__in=WORKING).filter(Q(lease_until=None) | Q(lease_until__lt=now))
    if not free.update(lease_until=now + LEASE, tries=F("tries") + 1, rows=0):
        return None
    imported = Import.objects.select_related("file").get(pk=pk)
    if imported.tries > TRIES:
        _end(imported, ImportStatus.REFUSED, now, failure=_("Przetwarzanie przerwano trzy razy. Zawiadom administratora."))
        return None
    return imported


def _work(imported: Import, moment: datetime) -> None:
    kinds = dict(Kind.objects.values_list("code", "pk"))
    with tempfile.TemporaryDirectory(prefix="dues-") as folder:
        told = Told(Path(folder) / "errors.csv")
        try:
            loading.open_table()
            _copied(imported, kinds, told)
            _finish(imported, told, moment)
        except Faulty:
            _end(imported, ImportStatus.REFUSED, moment, told=told)
        finally:
            loading.close_table()


class Told:
    """Errors as they come: counted, the first kept for the page, all of them in a file that an officer takes along."""

    def __init__(self, path: Path):
        self.path, self.count = path, 0
        self.first: list[dict[str, Any]] = []
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";", lineterminator="\r\n")
        self._writer.writerow(["wiersz", "kolumna", "wpisano", "co poprawić"])

    def tell(self, fault: Fault) -> None:
        self.count += 1
        if len(self.first) < SHOWN:
            self.first.append({"row": fault.row, "column": fault.column, "why": fault.why})
        self._writer.writerow([fault.row, *(safe_text(part) for part in (fault.column, fault.typed, fault.why))])

    def close(self) -> Path:
        self._file.close()
        return self.path


def _copied(imported: Import, kinds: dict[str, int], told: Told) -> None:
    """Good rows into the temporary table, bad ones into the list of errors, with a sign of life after each few thousand."""
    stored: Any = imported.file  # kept as long as the import waits
    done = 0
    try:
        for chunk in _in_chunks(read(files.path_of(stored), set(kinds))):
            good = [row for row in chunk if not row.faults]
            loading.copy_in(good, kinds)
            for fault in itertools.chain.from_iterable(row.faults for row in chunk):
                told.tell(fault)
            done += len(chunk)
            _sign_of_life(imported, done)
    except Unreadable as why:
        told.tell(Fault(why.row, "", "", str(why)))
    if not told.count and not done:
        told.tell(Fault(1, "", "", _("W pliku nie ma ani jednej należności.")))


def _in_chunks(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while chunk := list(itertools.islice(rows, CHUNK)):
        yield chunk


def _sign_of_life(imported: Import, done: int) -> None:
    until = timezone.now() + LEASE
    if not _held(imported).update(rows=done, lease_until=until):
        raise LostLease
    imported.lease_until, imported.rows = until, done


def _held(imported: Import):
    return Import.objects.filter(pk=imported.pk, status=imported.status, lease_until=imported.lease_until)


@transaction.atomic
def _finish(imported: Import, told: Told, moment: datetime) -> None:
    """What can only be seen over all rows; then the counts of a check, or all of the load. One bad row, and nothing is loaded."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    if not _held(imported).select_for_update(of=("self",)).exists():
        raise LostLease
    for fault in loading.clashes():
        told.tell(fault)
    if told.count:
        raise Faulty
    if imported.status == ImportStatus.CHECKING:
        _end(imported, ImportStatus.CHECKED, moment, counts=loading.counted())
        return
    _guard_day(imported.as_of, localdate(moment))
    counts = loading.counted()
    loading.write(imported, moment)
    _end(imported, ImportStatus.LOADED, moment, counts=counts)


@transaction.atomic
def _end(imported: Import, status: str, moment: datetime, *, counts=None, told: Told | None = None, failure: str = "") -> None:
    if not _held(imported).select_for_update(of=("self",)).exists():
        raise LostLease
    along = ["lease_until", "counts", "failure", "errors", "first_errors", "errors_file", "finished_at"]
    imported.lease_until, imported.failure, imported.counts = None, failure, counts or imported.counts
    if told:
        imported.errors, imported.first_errors = told.count, told.first
        imported.errors_file = files.store_own_file(told.close(), name=_("bledy-importu.csv"), media_type="text/csv")
    if status != ImportStatus.CHECKED:
        _forget_file(imported)
        imported.finished_at = moment
    move(imported, status, by=None, moment=moment, along=along)


def sweep(*, moment: datetime) -> None:
    """Jobs that the bell lost or whose worker died; lists of errors past their day."""
    waiting = Import.objects.filter(status__in=WORKING).filter(Q(lease_until=None) | Q(lease_until__lt=moment))
    for pk in waiting.order_by("uploaded_at").values_list("pk", flat=True):
        run(pk, moment=moment)
    for old in Import.objects.filter(errors_file__isnull=False, finished_at__lt=moment - ERRORS_KEPT).select_related(
        "errors_file"
    ):
        _forget_errors(old)


@transaction.atomic
def _forget_errors(imported: Import) -> None:
    stored: Any = imported.errors_file
    Import.objects.filter(pk=imported.pk).update(errors_file=None, first_errors=[])
    files.remove(stored)
