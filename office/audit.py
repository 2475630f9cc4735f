"""Who looked at whose data, and why: appended for good, shown to the person it concerns (S28, S58, L37).

The database refuses to change or remove a row (triggers of pgtrigger), and each night a seal is put on the day before: a hash
over its rows and over the seal before. Whoever goes around the triggers breaks the chain, and `verify_audit` tells.
"""

import hashlib
import json
import uuid
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.utils import timezone

from office.compiled import insert
from office.models import AuditSeal, PersonalDataRead, StatusChange

SEALED = (PersonalDataRead, StatusChange)
SEAL_LOCK = 7001  # any number, the same in every process


def record_read(*, reader, person: uuid.UUID, what: str, purpose: str, about: models.Model | None = None) -> None:
    """Write down that `reader` (a User) saw the data of `person` (a Person.id). Both texts are Polish and shown to the person."""
    insert(read_of(reader=reader, person=person, what=what, purpose=purpose, about=about))


def record_reads(
    *, reader, people: Iterable[uuid.UUID | None], what: str, purpose: str, about: models.Model | None = None
) -> None:
    """As record_read, for a list or an export: one row for each person, whatever the number, in a few queries."""
    rows = (
        read_of(reader=reader, person=person, what=what, purpose=purpose, about=about)
        for person in dict.fromkeys(people)
        if person
    )
    PersonalDataRead.objects.bulk_create(rows, batch_size=1000)


def read_of(*, reader, person: uuid.UUID, what: str, purpose: str, about: models.Model | None = None) -> PersonalDataRead:
    """The row that says so, not stored yet: for a verb that stores it in one statement with rows of its own."""
    about_type, about_id = (about._meta.label_lower, _uuid_or_none(about.pk)) if about else ("", None)
    return PersonalDataRead(
        reader=reader.subject, person=person, what=what[:200], purpose=purpose[:200], object_type=about_type, object_id=about_id
    )


def _uuid_or_none(pk) -> uuid.UUID | None:
    return pk if isinstance(pk, uuid.UUID) else None


# The chain of seals


@transaction.atomic
def seal(*, today: date) -> list[AuditSeal]:
    """Seal each whole day, up to yesterday in Warsaw, that has no seal yet. Two that run at once make one chain."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    last = AuditSeal.objects.first()
    day = last.day + timedelta(days=1) if last else _first_day()
    made = []
    while day and day < today:
        last = _sealed(day, last.digest if last else "")
        last.save(force_insert=True)
        made.append(last)
        day += timedelta(days=1)
    return made


def broken_seals() -> Iterator[AuditSeal]:
    """Seals that no longer fit the rows of their day or the seal before them."""
    previous, expected_day = "", None
    for sealed in AuditSeal.objects.order_by("day"):
        again = _sealed(sealed.day, previous)
        missing_day = expected_day is not None and sealed.day != expected_day
        if missing_day or (again.digest, again.rows, again.previous) != (sealed.digest, sealed.rows, sealed.previous):
            yield sealed
        previous, expected_day = sealed.digest, sealed.day + timedelta(days=1)


def _first_day() -> date | None:
    firsts = [model.objects.aggregate(first=models.Min("at"))["first"] for model in SEALED]
    return min((timezone.localdate(first) for first in firsts if first), default=None)


def _sealed(day: date, previous: str) -> AuditSeal:
    digest, rows = hashlib.sha256(previous.encode()), 0
    for row in _rows_of(day):
        digest.update(json.dumps(row, cls=_Exact, sort_keys=True).encode())
        rows += 1
    return AuditSeal(day=day, rows=rows, previous=previous, digest=digest.hexdigest())


class _Exact(DjangoJSONEncoder):
    """Times to the microsecond; Django's own encoder cuts them to milliseconds."""

    def default(self, o):
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _rows_of(day: date) -> Iterator[dict]:
    start, end = (timezone.make_aware(datetime.combine(which, time.min)) for which in (day, day + timedelta(days=1)))
    for model in SEALED:
        rows = model.objects.filter(at__gte=start, at__lt=end).order_by("pk").values()
        for row in rows.iterator(chunk_size=2000):
            yield {"model": model._meta.label_lower, **row}
