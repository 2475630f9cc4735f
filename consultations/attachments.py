"""Files sent with an answer. They belong to the survey and to nobody: no account, no moment finer than the day, no row that
ties them to an envelope. The voice names them by their hash; whoever opens a file sees what its author put into it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from consultations import keys
from consultations.models import Instrument, InstrumentKind, VoiceFile
from office import files
from office.models import StoredFile
from schemas.kinds import file_entry
from schemas.models import Kind

PURPOSE = "files"


@dataclass(frozen=True)
class _Sender:
    """Stands where an account would: so many files a day from one form (S48), and nothing more is known of who sent them."""

    subject: UUID


@transaction.atomic
def attach(instrument: Instrument, upload, *, token: str) -> dict[str, Any]:
    """Keep a file for the draft of this form; gives how the answer names it. Raises ValidationError as `office.files.store`."""
    mark = keys.mark(instrument.consultation_id, PURPOSE, token)
    stored = files.store(upload, owner=_Sender(UUID(bytes=mark[:16])))
    VoiceFile.objects.create(instrument=instrument, file=stored)
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    StoredFile.objects.filter(pk=stored.pk).update(created_at=midnight)
    return file_entry(stored)


@transaction.atomic
def detach(instrument: Instrument, file_id: str, answers: dict[str, Any]) -> None:
    """Take a file out of the draft's answers and off the disk. A file that the draft does not name stays where it is."""
    for code, entries in list(answers.items()):
        named = [entry for entry in entries if _id_of(entry) == file_id] if isinstance(entries, list) else []
        if named:
            answers[code] = [entry for entry in entries if entry not in named]
            _remove(VoiceFile.objects.filter(instrument=instrument, file_id__in=[_id_of(entry) for entry in named]))


def _id_of(entry: Any) -> str:
    return str(entry.get("id", "")) if isinstance(entry, dict) else ""


def on_screen(screen, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The files already added under the questions of one screen."""
    asked = [question.code for question in screen.questions if question.kind == Kind.FILE]
    return [entry for code in asked for entry in answers.get(code) or []]


def remove_unsent() -> int:
    """After the last sealing: files of drafts that were never sent. Returns how many."""
    closed = Instrument.objects.filter(kind=InstrumentKind.SURVEY, batches__is_final=True, voice_files__isnull=False)
    return sum(_remove_unnamed(instrument) for instrument in closed.distinct())


@transaction.atomic
def _remove_unnamed(instrument) -> int:
    named = {
        str(entry["id"])
        for answers in instrument.ballots.values_list("answers", flat=True).iterator()
        for entry in _entries(answers)
    }
    return _remove(instrument.voice_files.exclude(file_id__in=named))


def _entries(answers):
    for value in answers.values():
        yield from (entry for entry in value if _id_of(entry)) if isinstance(value, list) else ()


def _remove(rows) -> int:
    rows = list(rows.select_related("file"))
    for row in rows:
        row.delete()
        files.remove(row.file)
    return len(rows)
