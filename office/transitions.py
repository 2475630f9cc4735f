"""The only door to a status. A model that moves has `status`, a UUID `id` and a `TRANSITIONS` table {from: {to: side}}.

An arrow that two sides may take names both, `{to: (RESIDENT, CLERK)}`; the verb then says which of them it is.
"""

from contextlib import nullcontext

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


def move(case, to, *, by, note="", side=None, moment=None):
    """Move `case` to status `to` and append history. `by` is a User, or None when the system acts.

    `side`: needed only where the table lets more than one side take the arrow.

    Refuses (Refused) an arrow that the table does not list, and (StaleStatus) a copy whose status has changed since it was read.
    Only the status changes here; the calling verb saves the other fields it owns.
    """
    old = case.status
    side = _side(case.TRANSITIONS.get(old, {}).get(to), side)
    with in_transaction():
        if not type(case).objects.filter(pk=case.pk, status=old).update(status=to):
            raise StaleStatus(_("Ktoś był szybszy: stan sprawy zmienił się w międzyczasie. Odśwież stronę i sprawdź."))
        change = StatusChange.objects.create(
            object_type=case._meta.label_lower, object_id=case.pk, from_status=old, to_status=to, side=side,
            actor=by.subject if by else None, note=note, at=moment or timezone.now(),
        )  # fmt: skip
    case.status = to
    return change


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
