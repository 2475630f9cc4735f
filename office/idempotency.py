"""A form sent twice is done once: its one-time key is stored with what was answered, in the same transaction (D1, D2).

with transaction.atomic():
    if reply := replay(key, by=user, body=body):
        return reply
    ...the verb...
    remember(key, by=user, body=body, reply={"receipt": str(receipt.pk)})
"""

import hashlib
import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.utils.translation import gettext as _

from office.models import AcceptedRequest
from office.transitions import Refused


class KeyReused(Refused):
    """The key was already used for something else or by somebody else; answer with HTTP 409."""


def replay(key: uuid.UUID, *, by, body: Any) -> Any | None:
    """What was answered to this key before, or None when the caller is the one to do the work.

    The first caller holds the key until its transaction ends; the same key sent meanwhile waits here for the outcome: the
    reply, or None again when the first one rolled back. Raises KeyReused for another body or another person.
    `body` is bytes or anything that JSON can hold; name files in it by their SHA-256.
    """
    _inside_transaction()
    mine = AcceptedRequest(key=key, actor=by.subject, body_hash=_digest(body))
    AcceptedRequest.objects.bulk_create([mine], ignore_conflicts=True)
    row = AcceptedRequest.objects.select_for_update().get(pk=key)
    if row.actor != by.subject or (row.reply is not None and bytes(row.body_hash) != mine.body_hash):
        raise KeyReused(_("Ten formularz został już wysłany z inną treścią. Otwórz go od nowa."))
    return row.reply


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
