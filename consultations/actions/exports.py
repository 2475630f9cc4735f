"""Files of results as jobs: ordered by somebody for a purpose, made by a worker under a lease, signed, taken with a record, gone on
their day. A worker killed in mid-export leaves the job to another. What everybody may take is made by itself with the report.
"""

import hashlib
import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts import encryption
from consultations import results
from consultations.actions.pabulib_files import export_lines, guard_whole
from consultations.exports import bundle, notes, sheets, workbook
from consultations.exports.scope import Scope
from consultations.exports.sheets import Tick
from consultations.exports.tables import table_of
from consultations.models import Ballot, BudgetRules, Consultation, Export, Instrument, InstrumentKind, ResultAccess, TextRemoval
from consultations.recount import Unfit
from consultations.statuses import ConsultationStatus, ExportStatus, ReportStatus
from office import bell, files
from office.exports import XLSX, TooManyRows
from office.models import StoredFile
from office.transitions import Refused, history_of, move
from schemas.checking import canonical

log = structlog.get_logger(__name__)
LEASE = timedelta(minutes=2)
KEPT = timedelta(days=7)
KEPT_PUBLIC = timedelta(days=3650)
TRIES = 3  # workers that may die over one file before it is given up
RUN = "consultations.tasks.run_export"
Profile, Format = Export.Profile, Export.Format
NEEDED = {
    Profile.FULL: "consultations.export_everything", Profile.PSEUDONYMISED: "consultations.export_results",
    Profile.PUBLIC: "consultations.export_results",
}  # fmt: skip
MEDIA = {
    Format.CSV: "text/csv; charset=utf-8", Format.XLSX: XLSX, Format.JSONL: "application/jsonl",
    Format.PABULIB: "text/plain; charset=utf-8", Format.BUNDLE: "application/zip",
}  # fmt: skip


class LostLease(Exception):
    """The worker was too slow and another one has taken the job; nothing of this one is kept."""


# Ordering


def may_take(user, profile: str) -> bool:
    """Full needs a right of its own; the right to it covers the others."""
    return user.has_perm(NEEDED[Profile(profile)]) or user.has_perm(NEEDED[Profile.FULL])


@transaction.atomic
def order(
    consultation, *, instrument: Instrument | None, profile: str, format: str, as_of: date, purpose: str, by, moment
) -> Export:
    """A job for a file. Refused without the right, without a purpose, before closing (unless the order opens interim results), for
    a day to come, and for a format that the instrument does not have. `instrument` None: a bundle of all boxes.
    """
    if not may_take(by, profile):
        raise Refused(_("Nie masz prawa do danych w tym zakresie."))
    if not purpose.strip():
        raise Refused(_("Napisz, po co potrzebujesz tych danych. Zobaczy to inspektor ochrony danych."))
    if as_of > localdate(moment):
        raise Refused(_("Ten dzień jeszcze nie minął. Wybierz dzisiejszy albo wcześniejszy."))
    results.check_open(consultation)
    _check_format(consultation, instrument, format, as_of)
    export = Export.objects.create(
        consultation=consultation, instrument=instrument, profile=profile, format=format, as_of=as_of, purpose=purpose.strip()[:300],
        ordered_by=by.subject, ordered_at=moment, expires_at=moment + KEPT, all_rows=_all_rows(consultation, instrument, profile, as_of),
    )  # fmt: skip
    bell.ring_on_commit(RUN, str(export.pk))
    return export


def _check_format(consultation, instrument: Instrument | None, format: str, as_of: date) -> None:
    if instrument is None and format != Format.BUNDLE:
        raise Refused(_("Wybierz narzędzie. Całe konsultacje naraz są tylko w komplecie do sprawdzenia."))
    if instrument is not None and instrument.consultation_id != consultation.pk:
        raise Refused(_("To narzędzie jest z innych konsultacji."))
    if format not in formats_of(instrument):
        raise Refused(_("Tego formatu nie ma dla tego narzędzia."))
    if instrument is not None and format == Format.PABULIB:
        guard_whole(instrument, as_of)


def formats_of(instrument: Instrument | None) -> list[Any]:
    """Which formats make sense."""
    if instrument is None:
        return [Format.BUNDLE]
    tables = [Format.CSV, Format.XLSX, Format.JSONL]
    if instrument.kind == InstrumentKind.BUDGET:
        return [*tables, Format.PABULIB, Format.BUNDLE]
    return [*tables, Format.BUNDLE] if instrument.kind == InstrumentKind.SURVEY else tables


def _all_rows(consultation, instrument: Instrument | None, profile: str, as_of: date) -> int:
    if instrument is not None and instrument.kind == InstrumentKind.REMARKS:
        return table_of(Scope(instrument, profile, as_of)).count
    return sum(scope.count for scope in bundle.scopes_of(consultation, instrument, profile, as_of))


# Making


def run(pk, *, moment: datetime) -> bool:
    """Make the file, if nobody else is at it. False when there was nothing to do. Never raises: what went wrong is on the job."""
    export = _claimed(pk, moment)
    if export is None:
        return False
    try:
        with tempfile.TemporaryDirectory(prefix="export-") as folder:
            path = Path(folder) / name_of(export)
            _write(export, path, _heartbeat(export))
            _finish(export, path)
    except LostLease:
        log.warning("export_lost_lease", object_id=str(export.pk))
    except TooManyRows:
        _fail(export, _("Tabela nie mieści się w arkuszu: Excel ma 1 048 576 wierszy i 16 384 kolumny. Zamów CSV."))
    except Refused as why:
        _fail(export, str(why))
    except Unfit:
        _fail(export, _("Głosów z ułamkowymi punktami nie da się ułożyć w komplet do sprawdzenia. Zamów plik Pabulib albo CSV."))
    except Exception:
        log.exception("export_failed", object_id=str(export.pk))
        _fail(export, _("Nie udało się zapisać pliku. Spróbuj jeszcze raz; jeśli się powtórzy, zawiadom administratora."))
    return True


@transaction.atomic
def _claimed(pk, moment: datetime) -> Export | None:
    queued = Export.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=pk, status=ExportStatus.QUEUED)
    export = queued.select_related("consultation", "instrument").first()
    if export is None:
        return None
    export.lease_until, export.done_rows = timezone.now() + LEASE, 0
    move(export, ExportStatus.RUNNING, by=None, moment=moment, along=("lease_until", "done_rows"))
    return export


def _heartbeat(export: Export) -> Tick:
    """Progress for the desk, and the lease held on; LostLease once somebody else has it."""

    def tick(done: int) -> None:
        until = timezone.now() + LEASE
        if not _mine(export).update(done_rows=done, lease_until=until):
            raise LostLease
        export.lease_until, export.done_rows = until, done

    return tick


def _mine(export: Export):
    return Export.objects.filter(pk=export.pk, status=ExportStatus.RUNNING, lease_until=export.lease_until)


def name_of(export: Export) -> str:
    parts = [
        export.consultation.slug,
        export.instrument.code if export.instrument else "",
        export.profile,
        export.as_of.isoformat(),
    ]
    return f"{'-'.join(part for part in parts if part)}.{export.format}"


def _write(export: Export, path: Path, tick: Tick) -> None:
    if export.format == Format.BUNDLE:
        scopes = bundle.scopes_of(export.consultation, export.instrument, export.profile, export.as_of)
        bundle.write_bundle(path, scopes, tick)
    elif export.format == Format.PABULIB:
        _write_pabulib(path, export)
    else:
        WRITERS[Format(export.format)](path, table_of(scope_of(export)), tick)


WRITERS: dict[str, Callable[..., None]] = {
    Format.CSV: sheets.write_csv, Format.XLSX: workbook.write_xlsx, Format.JSONL: sheets.write_jsonl,
}  # fmt: skip


def scope_of(export: Export) -> Scope:
    instrument: Any = export.instrument  # never None but for a bundle
    instrument.consultation = export.consultation
    return Scope(instrument, export.profile, export.as_of)


def _write_pabulib(path: Path, export: Export) -> None:
    instrument = scope_of(export).instrument
    guard_whole(instrument, export.as_of)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(export_lines(instrument, profile=export.profile))


@transaction.atomic
def _finish(export: Export, path: Path) -> None:
    """The file, its digest and its signature, unless the lease is lost."""
    if not _mine(export).select_for_update(of=("self",)).exists():
        raise LostLease
    export.file = files.store_own_file(path, name=path.name, media_type=MEDIA[Format(export.format)])
    export.sha256, export.lease_until, export.done_rows = export.file.sha256, None, export.all_rows
    export.manifest = manifest_of(export)
    export.signature = ":".join(_signed(canonical(export.manifest)))
    told = ("file", "sha256", "lease_until", "done_rows", "manifest", "signature")
    move(export, ExportStatus.DONE, by=None, along=told)


def _signed(content: bytes) -> tuple[str, str]:
    key, signature = encryption.sign(content)
    return key, signature.hex()


def manifest_of(export: Export) -> dict[str, Any]:
    """What is signed of a single file; a bundle has a manifest of its own inside."""
    stored: Any = export.file
    told = {
        "format": "pruszcz-export/1", "file": stored.name, "sha256": stored.sha256, "bytes": stored.size,
        "rows": export.all_rows, "profile": export.profile, "as_of": export.as_of.isoformat(),
        "consultation": {"id": str(export.consultation_id), "slug": export.consultation.slug},
        "instrument": export.instrument.code if export.instrument else None,
    }  # fmt: skip
    if export.instrument is None or export.profile == Profile.FULL:
        return told
    return {**told, "head": notes.head_on(scope_of(export)), "texts": texts_digest(export.instrument)}


@transaction.atomic
def _fail(export: Export, why: str) -> None:
    held = _mine(export).select_for_update(of=("self",)).first()
    if held is None:
        return
    held.failure, held.lease_until = why, None
    move(held, ExportStatus.FAILED, by=None, note=why, along=("failure", "lease_until"))


@transaction.atomic
def repeat(export: Export, *, by, moment) -> Export:
    """Try again what failed."""
    export = Export.objects.select_for_update(of=("self",)).get(pk=export.pk)
    move(export, ExportStatus.QUEUED, by=by, moment=moment)
    bell.ring_on_commit(RUN, str(export.pk))
    return export


# What beat finds


def sweep(*, moment: datetime) -> None:
    """Jobs that the bell lost, jobs of workers that died, files past their day."""
    for export in Export.objects.filter(status=ExportStatus.RUNNING, lease_until__lt=moment):
        _give_back(export, moment)
    for export in Export.objects.filter(status=ExportStatus.DONE, expires_at__lte=moment):
        expire(export, moment=moment)
    for pk in Export.objects.filter(status=ExportStatus.QUEUED).order_by("ordered_at").values_list("pk", flat=True):
        run(pk, moment=moment)


@transaction.atomic
def _give_back(export: Export, moment: datetime) -> None:
    held = Export.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=export.pk, lease_until__lt=moment)
    found = held.filter(status=ExportStatus.RUNNING).first()
    if found is None:
        return
    export = found
    deaths = history_of(export).filter(from_status=ExportStatus.RUNNING, to_status=ExportStatus.QUEUED).count() + 1
    export.lease_until = None
    if deaths < TRIES:
        move(export, ExportStatus.QUEUED, by=None, note=_("przerwany, zaczynamy od nowa"), moment=moment, along=("lease_until",))
    else:
        export.failure = _("Plik przerwano trzy razy. Zawiadom administratora.")
        move(export, ExportStatus.FAILED, by=None, note=export.failure, moment=moment, along=("lease_until", "failure"))


@transaction.atomic
def expire(export: Export, *, moment: datetime) -> None:
    """The file goes, its digest and signature stay."""
    export = Export.objects.select_for_update(of=("self",)).select_related("file").get(pk=export.pk)
    stored, export.file = export.file, None
    move(export, ExportStatus.EXPIRED, by=None, moment=moment, along=("file",))
    if stored:
        files.remove(stored)


# Taking


@transaction.atomic
def take(export: Export, *, by, moment: datetime) -> StoredFile:
    """The file for somebody of the office, with a record of who took it. Refused without the right and once it is gone."""
    if not may_take(by, export.profile):
        raise Refused(_("Nie masz prawa do danych w tym zakresie."))
    if export.status != ExportStatus.DONE or export.file is None:
        raise Refused(_("Tego pliku już nie ma. Zamów go jeszcze raz."))
    ResultAccess.objects.create(
        consultation=export.consultation, export=export, reader=by.subject, what=f"{export.get_format_display()}, {export.get_profile_display()}",
        is_interim=results.is_interim(export.consultation), at=moment,
    )  # fmt: skip
    return export.file


# Removing a text


@transaction.atomic
def remove_text(consultation, *, ballot, question: str, reason: str, by, moment: datetime) -> TextRemoval:
    """Take a text of a sealed ballot out of every later file; the ballot stays counted and its leaf stays provable.

    `question`: the key of the answer, of a text beside an option "question_option". Files made before are taken back.
    """
    found = Ballot.objects.filter(pk=ballot, instrument__consultation=consultation).select_related("instrument").first()
    if found is None or not isinstance(found.answers.get(question), str):
        raise Refused(_("W tych konsultacjach nie ma takiego głosu z tekstem w tym miejscu."))
    if not reason.strip():
        raise Refused(_("Podaj powód."))
    if TextRemoval.objects.filter(ballot=found, question=question).exists():
        raise Refused(_("Ten tekst już usunięto."))
    removal = TextRemoval.objects.create(ballot=found, question=question, reason=reason.strip()[:300], by=by.subject, at=moment)
    whole = Q(instrument=None) | Q(instrument=found.instrument)
    for export in Export.objects.filter(whole, consultation=consultation, status=ExportStatus.DONE):
        expire(export, moment=moment)
    return removal


# For everybody


def prepare_open_data(*, moment: datetime) -> list[Export]:
    """Orders the public files of finished consultations that are missing, or that a change of moderation has made stale."""
    finished = Consultation.objects.filter(status__in=[ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED])
    ordered = []
    for instrument in Instrument.objects.filter(consultation__in=finished).select_related("consultation").order_by("id"):
        ordered += _prepare(instrument, moment)
    return ordered


@transaction.atomic
def _prepare(instrument: Instrument, moment: datetime) -> list[Export]:
    day = public_day(instrument)
    if day is None:
        return []
    Consultation.objects.select_for_update(of=("self",), no_key=True).get(pk=instrument.consultation_id)
    texts, standing = texts_digest(instrument), set()
    for export in public_files(instrument.consultation).filter(instrument=instrument):
        if export.status == ExportStatus.DONE and (export.manifest.get("texts") != texts or export.as_of != day):
            expire(export, moment=moment)
        else:
            standing.add(export.format)
    return [_public(instrument, format, day, moment) for format in public_formats(instrument) if format not in standing]


def public_formats(instrument: Instrument) -> list[str]:
    """Without the workbook: the page speaks of the CSV, which every programme opens."""
    made = [format for format in formats_of(instrument) if format != Format.XLSX]
    if instrument.kind == InstrumentKind.BUDGET and not BudgetRules.objects.filter(instrument=instrument).exists():
        return []
    return made


def public_day(instrument: Instrument) -> date | None:
    """The day of the report in force; of a finished vote without one, of its last batch. None where there is nothing to give."""
    report = instrument.consultation.reports.filter(status=ReportStatus.PUBLISHED).first()
    last = instrument.batches.order_by("-number").first()
    if last is None and instrument.kind != InstrumentKind.REMARKS:
        return None
    if report and report.published_at:
        return localdate(report.published_at)
    return last.day if last else None


def public_files(consultation):
    """Files that anybody may take: standing ones and those on their way."""
    alive = [ExportStatus.QUEUED, ExportStatus.RUNNING, ExportStatus.DONE, ExportStatus.FAILED]
    made = Export.objects.filter(consultation=consultation, profile=Profile.PUBLIC, ordered_by=None, status__in=alive)
    return made.select_related("instrument", "file", "consultation").order_by("instrument__order", "instrument", "format")


def _public(instrument: Instrument, format: str, day: date, moment: datetime) -> Export:
    export = Export.objects.create(
        consultation=instrument.consultation, instrument=instrument, profile=Profile.PUBLIC, format=format, as_of=day,
        purpose=_("dane otwarte"), ordered_at=moment, expires_at=moment + KEPT_PUBLIC,
        all_rows=_all_rows(instrument.consultation, instrument, Profile.PUBLIC, day),
    )  # fmt: skip
    bell.ring_on_commit(RUN, str(export.pk))
    return export


TEXTS = """
select coalesce(string_agg(md5(sort_key::text || public_text), '' order by sort_key), '')
from consultations_voice where instrument_id = %s and status = 'published'
"""


def texts_digest(instrument: Instrument) -> str:
    """Of every text let out and every text removed: when it changes, public files are made anew."""
    with connection.cursor() as cursor:
        cursor.execute(TEXTS, [instrument.pk])
        (texts,) = cursor.fetchone()
    removed = TextRemoval.objects.filter(ballot__instrument=instrument).count()
    return hashlib.sha256(f"{removed}:{texts}".encode()).hexdigest()
