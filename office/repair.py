"""What should have happened by itself and did not (F22): found, mended where the house can, and listed for a person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from office import files, relay, scanning
from office.models import Message, MessageState, StoredFile, Urgency

LATE = timedelta(seconds=60)  # after this a letter or a scan that is due counts as stuck
SHOWN = 10


@dataclass(frozen=True)
class Finding:
    """Things of one kind that need attention. `is_stuck`: the house itself failed; else a person has to decide."""

    kind: str
    count: int
    examples: list[str]
    is_stuck: bool = True

    def __str__(self):
        more = ", ..." if self.count > len(self.examples) else ""
        return f"{'STUCK' if self.is_stuck else 'for a person'}: {self.kind}: {self.count} ({', '.join(self.examples)}{more})"


def findings(*, moment: datetime) -> list[Finding]:
    """Everything that is stuck or waits for a person; empty when all is well."""
    waiting_files = StoredFile.objects.to_scan().filter(created_at__lt=moment - LATE)
    given_up = waiting_files.filter(scan_attempts__gte=scanning.ATTEMPTS)
    found = [
        _rows(
            "messages overdue", Message.objects.due(moment - LATE).exclude(urgency=Urgency.NEWS)
        ),  # news for thousands takes its time
        _rows("files waiting for their scan", waiting_files.exclude(pk__in=given_up)),
        _rows("files that the scanner fails on", given_up),
        _listed("rows without their file", [str(stored.pk) for stored in files.rows_without_file()]),
        _listed("files without a row", [path.name for path in files.files_without_row()]),
        _rows("messages that could not be delivered", Message.objects.filter(state=MessageState.DEAD), is_stuck=False),
    ]
    return [finding for finding in found if finding.count]


def mend() -> None:
    """Do now what relay, scanner and sweeper would do: send, scan, tidy. Safe beside them."""
    relay.drain()
    scanning.scan_waiting()
    files.sweep()


def _rows(kind: str, queryset, *, is_stuck: bool = True) -> Finding:
    some = queryset.values_list("pk", flat=True)[:SHOWN]
    return Finding(kind, queryset.count(), [str(pk) for pk in some], is_stuck)


def _listed(kind: str, names: Iterable[str]) -> Finding:
    names = list(names)
    return Finding(kind, len(names), names[:SHOWN])
