"""A copy of one's data: asked for, made by a worker, told of, taken, gone on its day (GDPR art. 12, 15, 20)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO
from uuid import UUID

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from office import bell, files, sealed_files
from office.models import StoredFile
from office.outbox import post
from office.transitions import Refused
from residents.models import DataCopy, Person
from residents.models.copies import TRIES

log = structlog.get_logger(__name__)

MAKE = "pruszcz_portal.tasks.make_copy"  # the roof's: it alone knows all rooms
LEASE = timedelta(minutes=15)
A_DAY = 5  # a whole register read and sealed is work; who needs it more often within a day has a script running (S46)


@transaction.atomic
def ask_for_copy(person: Person, *, moment: datetime) -> DataCopy:
    """The copy that waits, or a new one. Refused after five within a day."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if waiting := DataCopy.objects.waiting().filter(person=person).first():
        return waiting
    if DataCopy.objects.filter(person=person, asked_at__gt=moment - timedelta(days=1)).count() >= A_DAY:
        raise Refused(_("W ciągu doby przygotowaliśmy już kilka kopii. Następną zamówisz jutro."))
    copy = DataCopy.objects.create(person=person, asked_at=moment)
    bell.ring_on_commit(MAKE, str(copy.pk))
    return copy


def make_copy(pk: UUID | str, *, write: Callable[[Person, IO[bytes]], None], moment: datetime) -> bool:
    """Make the file with `write`, if nobody else is at it, and tell the person. False when there was nothing to do.

    What fails is tried again when the lease is over, three times; then the person is told on the page.
    """
    copy = _claimed(pk, moment)
    if copy is None:
        return False
    try:
        with transaction.atomic():
            stored = sealed_files.store(lambda file: write(copy.person, file), name="moje-dane.zip", media_type="application/zip")
            _finish(copy, stored, moment)
    except Exception:
        log.exception("data_copy_failed", object_id=str(copy.pk))
        _fail(copy, moment)
    return True


def sweep_copies(*, write: Callable[[Person, IO[bytes]], None], moment: datetime) -> int:
    """Make what the bell lost and what a dead worker left."""
    return sum(
        make_copy(pk, write=write, moment=moment) for pk in DataCopy.objects.to_make(moment).values_list("pk", flat=True)[:50]
    )


@transaction.atomic
def _claimed(pk, moment) -> DataCopy | None:
    free = DataCopy.objects.to_make(moment).select_for_update(of=("self",), skip_locked=True)
    copy = free.select_related("person__account").filter(pk=pk).first()
    if copy is None:
        return None
    if copy.tries >= TRIES:  # its workers died: nobody could write down why
        DataCopy.objects.filter(pk=copy.pk).update(failed_at=moment)
        return None
    copy.lease_until, copy.tries = moment + LEASE, copy.tries + 1
    copy.save(update_fields=["lease_until", "tries"])
    return copy


def _finish(copy, stored: StoredFile, moment) -> None:
    mine = DataCopy.objects.waiting().filter(pk=copy.pk, lease_until=copy.lease_until)
    if not mine.update(made_at=moment, file=stored, lease_until=None):
        raise RuntimeError(
            "another worker took this copy"
        )  # the row of the file goes with the rollback, the sweep takes the file
    if copy.person.account_id:
        path = reverse("my_copy")
        post(
            event="residents/copy_ready",
            to=copy.person.account.email,
            context={"path": path},
            recipient=copy.person.pk,
            about=copy,
        )


def _fail(copy, moment) -> None:
    if copy.tries >= TRIES:
        DataCopy.objects.waiting().filter(pk=copy.pk, lease_until=copy.lease_until).update(failed_at=moment, lease_until=None)


@transaction.atomic
def take_copy(copy: DataCopy, *, moment: datetime) -> StoredFile:
    """The file, and when it was first taken. Refused before it is made."""
    if copy.file is None:
        raise Refused(_("Tej kopii jeszcze nie ma."))
    DataCopy.objects.filter(pk=copy.pk, taken_at=None).update(taken_at=moment)
    return copy.file


@transaction.atomic
def remove_copy(copy: DataCopy) -> None:
    stored = copy.file
    copy.delete()
    if stored:
        files.remove(stored)
