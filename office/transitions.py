"""The only door to a status. A model that moves has `status`, a UUID `id` and a `TRANSITIONS` table {from: {to: side}}.

An arrow that two sides may take names both, `{to: (RESIDENT, CLERK)}`; the verb then says which of them it is.
"""

from contextlib import nullcontext
from functools import lru_cache

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from office.models import StatusChange

RESIDENT = "resident"
CLERK = "clerk"
SYSTEM = "system"
SIDES = (RESIDENT, CLERK, SYSTEM)


class Refused(Exception):
    """A verb said no; its text is plain Polish for the person who asked."""


class StaleStatus(Refused):
    """Somebody else moved the object first; nothing was changed."""


def in_transaction():
    """The caller's transaction, or one of our own. Without the savepoint that a nested atomic() would set: two statements fewer."""
    return nullcontext() if connection.in_atomic_block else transaction.atomic()


def move(case, to, *, by, note="", side=None, moment=None, along=()):
    """Move `case` to status `to` and append history. `by` is a User, or None when the system acts.

    `side`: needed only where the table lets more than one side take the arrow.

    Refuses (Refused) an arrow that the table does not list, and (StaleStatus) a copy whose status has changed since it was read.
    Only the status changes here; the calling verb saves the other fields it owns, or names in `along` those that must go with it.
    """
    old = case.status
    side = _side(case.TRANSITIONS.get(old, {}).get(to), side)
    change = StatusChange(
        object_type=case._meta.label_lower, object_id=case.pk, from_status=old, to_status=to, side=side,
        actor=by.subject if by else None, note=note, at=moment or timezone.now(),
    )  # fmt: skip
    with in_transaction():
        change.pk = _store(case, change, along)
        if change.pk is None:
            raise StaleStatus(_("Ktoś był szybszy: stan sprawy zmienił się w międzyczasie. Odśwież stronę i sprawdź."))
    case.status = to
    return change


MOVE = """
with moved as (update {table} set {changed} where {key} = %s and status = %s returning 1)
insert into office_statuschange ({told}) select {values} from moved returning id"""


def _store(case, change, along):
    """One statement: the row goes from the old status to the new one and history tells of it, or neither. None when it was elsewhere."""
    sql, fields, told = _statement(MOVE, type(case), tuple(along))
    with connection.cursor() as cursor:
        cursor.execute(
            sql, [change.to_status, *_prepared(fields, case), change.object_id, change.from_status, *_prepared(told, change)]
        )
        row = cursor.fetchone()
    return row and row[0]


@lru_cache
def _statement(pattern, model, along):
    """The same for every row of the model that moves with these fields."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in along]
    told = [field for field in StatusChange._meta.local_concrete_fields if not field.primary_key]
    sql = pattern.format(
        table=quote(model._meta.db_table), key=quote(model._meta.pk.column),
        changed=", ".join(["status = %s", *(f"{quote(field.column)} = %s" for field in fields)]),
        told=", ".join(field.column for field in told), values=", ".join(["%s"] * len(told)),
    )  # fmt: skip
    return sql, fields, told


def _prepared(fields, row):
    return [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]


def _side(listed, named):
    """Who takes the arrow. Refused when the table has none; a verb that names no side, or a wrong one, is a defect."""
    if listed is None:
        raise Refused(_("Tej czynności nie można teraz wykonać."))
    sides = (listed,) if isinstance(listed, str) else listed
    if named is None and len(sides) == 1:
        return sides[0]
    if named not in sides:
        raise ValueError(f"{named} is none of {sides}")
    return named


def history_of(case):
    """The moves of one object, oldest first."""
    return StatusChange.objects.filter(object_type=case._meta.label_lower, object_id=case.pk)
