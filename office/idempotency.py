"""A form sent twice is done once: its one-time key is stored with what was answered, in the same transaction (D1, D2).

with transaction.atomic():
    if reply := replay(key, by=user, body=body):
        return reply
    ...the verb...
    remember(key, by=user, body=body, reply={"receipt": str(receipt.pk)})

A verb that knows its reply beforehand says it at once, `replay(key, by=user, body=body, reply=reply)`, and remembers nothing later.
"""

import hashlib
import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext as _
from psycopg.types.json import Jsonb

from office.models import AcceptedRequest
from office.transitions import Refused


class KeyReused(Refused):
    """The key was already used for something else or by somebody else; answer with HTTP 409."""


def replay(key: uuid.UUID, *, by, body: Any, reply: Any = None) -> Any | None:
    """What was answered to this key before, or None when the caller is the one to do the work.

    The first caller holds the key until its transaction ends; the same key sent meanwhile waits here for the outcome: the
    reply, or None again when the first one rolled back. Raises KeyReused for another body or another person.
    `body` is bytes or anything that JSON can hold; name files in it by their SHA-256. `reply` is what the caller will answer, if it
    knows that already: stored now, gone with a rollback.
    """
    _inside_transaction()
    digest = _digest(body)
    if _is_first(key, by.subject, digest, reply):
        return None
    row = AcceptedRequest.objects.select_for_update().get(pk=key)
    if row.actor != by.subject or (row.reply is not None and bytes(row.body_hash) != digest):
        raise KeyReused(_("Ten formularz został już wysłany z inną treścią. Otwórz go od nowa."))
    return row.reply


def _is_first(key: uuid.UUID, actor: uuid.UUID, digest: bytes, reply: Any) -> bool:
    """Take the key, waiting for whoever holds it. In one statement, because every filing passes here."""
    values: list[Any] = [key, actor, digest, None if reply is None else Jsonb(reply)]
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into office_acceptedrequest (key, actor, body_hash, reply, at) values (%s, %s, %s, %s, now()) "
            "on conflict do nothing",
            values,
        )
        return cursor.rowcount == 1


def remember(key: uuid.UUID, *, by, body: Any, reply: Any) -> None:
    """Store the reply for whoever sends the same again. `reply` is JSON and must not be None."""
    _inside_transaction()
    if reply is None:
        raise ValueError("None means: not done yet")
    AcceptedRequest.objects.filter(pk=key, actor=by.subject).update(body_hash=_digest(body), reply=reply)


def _inside_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("a key outside the transaction of its work would protect nothing")


def _digest(body: Any) -> bytes:
    if not isinstance(body, bytes):
        body = json.dumps(body, sort_keys=True, cls=DjangoJSONEncoder).encode()
    return hashlib.sha256(body).digest()
