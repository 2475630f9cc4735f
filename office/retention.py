"""Things are kept as long as a dated period says, then removed with a protocol. No period in force: nothing is removed (L22)."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import ProtectedError, QuerySet
from django.utils import timezone

from office import files
from office.models import AcceptedRequest, MailboxItem, Message, MessageState, RetentionPeriod, RetentionRun, StoredFile
from office.transitions import Refused

log = structlog.get_logger(__name__)

AT_ONCE = 1000  # objects of one kind in one run; the rest waits for the next


@dataclass(frozen=True)
class Removal:
    """What may be removed of one kind. `older_than(moment)` gives the objects, `remove(obj)` takes one away, files included.

    `alone`: each in a transaction of its own, where one is much: a night cut short keeps what it has done.
    """

    kind: str  # RetentionPeriod.kind
    older_than: Callable[[datetime], QuerySet]
    remove: Callable[[Any], Any] = lambda thing: thing.delete()
    alone: bool = False


def run(removals: Iterable[Removal], *, moment: datetime) -> list[RetentionRun]:
    """Remove what is older than its period; one protocol for each kind that lost something."""
    protocols = [_run_one(removal, period, moment) for removal in removals if (period := period_of(removal.kind, moment))]
    return [protocol for protocol in protocols if protocol]


def period_of(kind: str, moment: datetime) -> RetentionPeriod | None:
    """The period in force on that day in Warsaw; of two, the one that came into force later."""
    day = timezone.localdate(moment)
    return RetentionPeriod.objects.valid_on(day).filter(kind=kind).order_by("-valid_from", "-pk").first()


def _run_one(removal: Removal, period: RetentionPeriod, moment: datetime) -> RetentionRun | None:
    older_than = moment - timedelta(days=period.days)
    with nullcontext() if removal.alone else transaction.atomic():
        removed = sum(_removed(removal, thing) for thing in removal.older_than(older_than)[:AT_ONCE])
        if not removed:
            return None
        log.info("retention_run", kind=removal.kind, count=removed)
        return RetentionRun.objects.create(kind=removal.kind, period=period, older_than=older_than, removed=removed)


def _removed(removal: Removal, thing: Any) -> int:
    """1, or 0 when something else still needs the thing or its room refuses."""
    try:
        with transaction.atomic():
            removal.remove(thing)
    except (ProtectedError, Refused):
        log.warning("retention_kept", kind=removal.kind, object_id=str(thing.pk))
        return 0
    except Exception:
        if not removal.alone:
            raise
        log.exception("retention_failed", kind=removal.kind, object_id=str(thing.pk))  # the others do not wait for it
        return 0
    return 1


REMOVALS = [
    Removal("upload", lambda moment: StoredFile.objects.unattached().filter(created_at__lt=moment), files.remove),
    Removal("request_key", lambda moment: AcceptedRequest.objects.filter(at__lt=moment)),
    Removal("sent_message", lambda moment: Message.objects.filter(state=MessageState.SENT, sent_at__lt=moment)),
    Removal("sent_message", lambda moment: Message.objects.filter(state=MessageState.DEAD, created_at__lt=moment)),
    Removal("mailbox", lambda moment: MailboxItem.objects.filter(at__lt=moment)),
]
