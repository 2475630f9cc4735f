"""Who looked at a person's data, told to that person (L37, S28)."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from office.models import PersonalDataRead
from residents.models import Person


@dataclass(frozen=True, kw_only=True)
class Look:
    at: datetime
    who: str
    position: str
    what: str
    purpose: str


def of_person(person: Person, *, besides: uuid.UUID) -> QuerySet[PersonalDataRead]:
    """Reads of the person's data by others than `besides` (their own User.subject), newest first.

    Those of a row that was merged into this person belong here too.
    """
    merged = Person.objects.filter(merged_into=person).values("pk")
    found = PersonalDataRead.objects.filter(Q(person=person.pk) | Q(person__in=merged))
    return found.exclude(reader=besides).order_by("-at", "-pk")


def described(rows: Iterable[PersonalDataRead]) -> list[Look]:
    """Each read with its reader's name and position, in one query for all."""
    rows = list(rows)
    readers = {user.subject: user for user in User.objects.filter(subject__in={row.reader for row in rows})}
    return [_look(row, readers.get(row.reader)) for row in rows]


def _look(row, reader):
    return Look(at=row.at, who=_who(reader), position=reader.position if reader else "", what=row.what, purpose=row.purpose)


def _who(reader):
    """A clerk by name. Of anybody else, a partner's cashier or a relative, the read itself says where and why."""
    if reader is None:
        return _("dawny pracownik urzędu")
    return (reader.name or _("pracownik urzędu")) if reader.is_staff else _("osoba spoza urzędu")
