"""Erasing a person on their own wish, across all rooms at once, with a protocol that names tables and numbers, never data (GDPR art. 17).

What the law orders to keep stays, and the person reads before what, why and how long. Nothing else may stay: after the rooms have done
their part the tables are counted again, and one forgotten row takes everything back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import IntegerField, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.my_data import forget_account, guard_forgetting
from office.models import Erasure
from office.outbox import post
from office.transitions import Refused
from pruszcz_portal import my_data
from residents.actions.forgetting import forget_owner
from residents.models import Person
from ui.my_data import Held


class NotForgotten(RuntimeError):
    """A room left rows that it says go: a defect, and nothing is erased."""


@dataclass(frozen=True)
class Line:
    """A table with the person's rows in it."""

    told: Held
    count: int

    @property
    def is_person(self) -> bool:
        return self.told.rows.model is Person


class _RowsOf(Subquery):
    template = "(SELECT count(*) FROM (%(subquery)s) rows_of)"
    output_field = IntegerField()
    empty_result_set_value = 0


def lines_of(person: Person, moment: datetime) -> list[Line]:
    """Every table and how many rows of it are the person's, in one query."""
    tables = list(my_data.held(person, moment))
    numbers = (
        Person.objects.filter(pk=person.pk).values_list(*(_RowsOf(told.rows.order_by().values("pk")) for told in tables)).get()
    )
    return [Line(told, number) for told, number in zip(tables, numbers, strict=True)]


def needs_name(lines: Iterable[Line]) -> bool:
    """Whether something that stays is worth nothing without the name."""
    return any(line.told.names and line.count for line in lines)


def going(lines: Iterable[Line]) -> list[Line]:
    lines = list(lines)
    keeps_name = needs_name(lines)
    return [line for line in lines if line.count and (not line.told.stays or (line.is_person and not keeps_name))]


def staying(lines: Iterable[Line]) -> list[Line]:
    lines = list(lines)
    gone = {line.told.title for line in going(lines)}
    return [line for line in lines if line.count and line.told.title not in gone]


@transaction.atomic
def erase(person: Person, *, by: User, moment: datetime) -> Erasure:
    """Erase what may go, close the account, write the protocol, tell the address for the last time. There is no way back.

    Refused for staff, for whom a room refuses (who alone answers for minors on a family account), and to anybody but the owner.
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("account").get(pk=person.pk)
    account = person.account
    if account is None or account != by:
        raise Refused(_("Konto i dane usuwa ich właściciel."))
    guard_forgetting(account)
    before, number, address = lines_of(person, moment), person.pk, account.email
    _forget(person, account, before, moment)
    protocol = _protocol(number, before, [Line(line.told, line.told.rows.count()) for line in before], moment)
    post(event="residents/erased", to=address, context={"path": reverse("erased", args=[protocol.pk])}, about=protocol)
    return protocol


def _forget(person, account, lines, moment):
    """From the top of the house down: what points goes before what it points at, the person and the way in last."""
    for room in my_data.rooms():
        if hasattr(room, "forget"):
            room.forget(person, by=account, moment=moment)
    forget_owner(person, keep_name=needs_name(lines))
    forget_account(account)


def _protocol(person, before: list[Line], after: list[Line], moment) -> Erasure:
    keeps_name = needs_name(before)
    rows = [_row(was, now, keeps_name) for was, now in zip(before, after, strict=True) if was.count]
    if left := [row["code"] for row in rows if row["stayed"] and not row["why"]]:
        raise NotForgotten(", ".join(left))
    sums = {name: sum(row[name] for row in rows) for name in ("removed", "stayed")}
    return Erasure.objects.create(person=person, by_owner=True, lines=rows, at=moment, **sums)


def _row(was: Line, now: Line, keeps_name: bool) -> dict:
    """An emptied row of the person names nobody any more, so it counts as gone."""
    stayed = now.count if keeps_name or not was.is_person else 0
    why = str(was.told.stays) if stayed else ""
    return {"code": was.told.code, "title": was.told.title, "removed": was.count - stayed, "stayed": stayed, "why": why}
