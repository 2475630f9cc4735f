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
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts.actions import Refused as AccountRefused
from accounts.models import User
from accounts.my_data import forget_account, guard_forgetting
from office.models import Erasure
from office.outbox import post
from office.transitions import Refused
from pruszcz_portal import my_data
from resident_card.rules import is_own_or_familys
from residents.actions.forgetting import forget_owner
from residents.models import Person
from residents.rules import is_own_or_family
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
def erase(person: Person, *, by: User, moment: datetime, letter: str = "") -> Erasure:
    """Erase what may go, close the account, write the protocol, tell the address for the last time. There is no way back.

    By the owner at their account, or by who answers requests about data, for a letter with its number in the register. Refused for
    staff, for one's own household at the desk (L11), and where a room refuses (who alone answers for minors on a family account).
    """
    person = Person.objects.select_for_update(of=("self",)).select_related("account").get(pk=person.pk)
    by_owner = person.account_id is not None and person.account == by
    if not by_owner:
        _guard_desk(person, by, letter, moment)
    _guard_staff(person.account)
    before, number, address = lines_of(person, moment), person.pk, person.account.email if person.account else person.email
    _forget(person, before, by, moment)
    after = [Line(line.told, line.told.rows.count()) for line in before]
    told = {"person": number, "by_owner": by_owner, "by": by.subject, "letter": letter, "at": moment}
    protocol = Erasure.objects.create(**told, **_counted(before, after))
    if address:
        post(event="residents/erased", to=address, context={"path": reverse("erased", args=[protocol.pk])}, about=protocol)
    return protocol


def _guard_staff(account):
    try:
        if account:
            guard_forgetting(account)
    except AccountRefused as why:
        raise Refused(str(why)) from why


def _guard_desk(person, by, letter, moment):
    if not by.has_perm("residents.answer_data_request"):
        raise Refused(_("Konto i dane usuwa ich właściciel albo urząd na jego pismo."))
    if is_own_or_family(by, person, localdate(moment)) or is_own_or_familys(by, person):
        raise Refused(_("Swoich spraw i spraw domowników nie załatwia się samemu. Poproś inną osobę z urzędu."))
    if not letter.strip():
        raise Refused(_("Podaj numer pisma z żądaniem, na przykład RPW/12/2026."))


def _forget(person, lines, by, moment):
    """From the top of the house down: what points goes before what it points at, the person and the way in last."""
    for room in my_data.rooms():
        if hasattr(room, "forget"):
            room.forget(person, by=by, moment=moment)
    account = person.account
    forget_owner(person, keep_name=needs_name(lines))
    if account:
        forget_account(account)


def _counted(before: list[Line], after: list[Line]) -> dict:
    """What the protocol says of the tables; one that should be empty and is not stops everything."""
    keeps_name = needs_name(before)
    rows = [_row(was, now, keeps_name) for was, now in zip(before, after, strict=True) if was.count]
    if left := [row["code"] for row in rows if row["stayed"] and not row["why"]]:
        raise NotForgotten(", ".join(left))
    return {"lines": rows, **{name: sum(row[name] for row in rows) for name in ("removed", "stayed")}}


def _row(was: Line, now: Line, keeps_name: bool) -> dict:
    """An emptied row of the person names nobody any more, so it counts as gone."""
    stayed = now.count if keeps_name or not was.is_person else 0
    why = str(was.told.stays) if stayed else ""
    return {"code": was.told.code, "title": was.told.title, "removed": was.count - stayed, "stayed": stayed, "why": why}
