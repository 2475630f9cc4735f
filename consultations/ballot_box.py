"""Taking a voice in, once for each person, so that nobody can tell whose it is (slice 5, decision 0010).

One short transaction: a shared lock of the box, the clock of the database, one envelope, one mark for each face of the person.
UNIQUE constraints decide, nothing is read first and written after. No sequence, no moment of writing, no history, audit, outbox
or idempotency row; the statements go past the wrappers of Django, because pghistory puts account and address of the page in
front of every INSERT, where a log of the database would keep them beside the envelope.
"""

import time
import uuid
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from consultations import keys
from consultations.merkle import canonical
from consultations.models import CollectingChannel, Consultation, Envelope, Participation
from consultations.sealing import K_BATCH, import_ballots, lock_key, seal, seal_all, unsettled
from consultations.statuses import EnvelopeState
from consultations.suspicion import WINDOW
from office.compiled import compiled
from office.transitions import Refused

__all__ = ["K_BATCH", "accept", "find", "has_voted", "import_ballots", "is_open", "seal", "seal_all", "unsettled"]

FACES = "insert into consultations_participation (id, instrument_id, face, nullifier) values {} on conflict do nothing"
ENVELOPE = """
    insert into consultations_envelope (id, instrument_id, token_mark, commitment, sealed, state, held_for, channel)
    values (%s, %s, %s, %s, %s, 'waiting', '[]', %s) on conflict do nothing"""


class AlreadyVoted(Refused):
    """A voice of this person, or of this very form, is in the box already; the first one stands and was not touched."""

    def __init__(self):
        super().__init__(_("Twój głos już przyjęto. Liczy się pierwszy i nic go nie zmieniło."))


class NotOpen(Refused):
    """The consultation does not collect voices at this moment, by the clock of the database."""

    def __init__(self):
        super().__init__(_("Te konsultacje nie zbierają teraz głosów, więc tego głosu nie przyjęliśmy."))


class Receipt(NamedTuple):
    """What a voter gets: a commitment that will be listed, and where the voice stands. It says nothing of what was said."""

    commitment_hex: str
    state: str
    is_repeat: bool = False


def accept(
    instrument, *, token: str, answers: dict[str, Any], version=None, faces: Iterable[tuple[str, str]],
    channel: str = CollectingChannel.Kind.ONLINE, marks: dict[str, Any] | None = None, in_time: bool = False,
) -> Receipt:  # fmt: skip
    """Take one voice in. The same form sent again, also after the sealing or the closing, gets its first receipt.

    `faces` by `faces.faces_of`; none at level OPEN. `marks`: {"network", "device": any text, "age": whole years}, kept as keyed
    marks in the sealed envelope for `suspicion`. `in_time`: judged already by the rule of another channel (C16).
    Raises AlreadyVoted, NotOpen, keys.NoKey; then nothing was written.
    """
    envelope = _envelope(instrument, token, answers, version, str(channel), marks or {})
    nullifiers = _nullifiers(instrument, faces)
    with transaction.atomic(), _cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [lock_key(instrument)])
        if not (in_time or is_open(instrument.consultation_id)):
            return _first_receipt(envelope) or _refuse(NotOpen())
        if not _put(cursor, envelope):
            return _first_receipt(envelope) or _refuse(AlreadyVoted())
        if not _take(cursor, instrument, nullifiers):
            raise AlreadyVoted
    return Receipt(envelope.commitment.hex(), EnvelopeState.WAITING)


def repeat_of(instrument, *, token: str, answers: dict[str, Any], version=None) -> Receipt | None:
    """The receipt of exactly this form when it is in the box already; None otherwise. Decides nothing."""
    envelope = _envelope(instrument, token, answers, version, CollectingChannel.Kind.ONLINE, {})
    first = Envelope.objects.filter(instrument=instrument, token_mark=envelope.token_mark, commitment=envelope.commitment)
    state = first.values_list("state", flat=True).first()
    return Receipt(envelope.commitment.hex(), state, is_repeat=True) if state else None


def is_open(consultation_id: UUID) -> bool:
    """By the clock of the database at this statement (C17, B7); asked after the lock, so a final sealing misses nobody."""
    return next(_open(consultation=consultation_id), None) is not None


@compiled
def _open(*, consultation: UUID) -> QuerySet[Consultation]:
    return Consultation.objects.open_now().filter(pk=consultation).only("pk")


def find(instrument, commitment_hex: str) -> Envelope | None:
    """Where the voice of this receipt stands; None when this box has none such."""
    try:
        commitment = bytes.fromhex(commitment_hex)
    except ValueError:
        return None
    return Envelope.objects.filter(instrument=instrument, commitment=commitment).select_related("batch").defer("sealed").first()


def _cursor():
    """A cursor of psycopg itself, past every wrapper of Django."""
    connection.ensure_connection()
    return connection.connection.cursor()


def _envelope(instrument, token, answers, version, channel, marks) -> Envelope:
    """Built outside the transaction. salt = HMAC(key, token), so a retry commits to the same and nobody else can test a guess."""
    key_of = instrument.consultation_id
    voice = {"answers": answers, "channel": channel, "version": str(version.pk) if version else None}
    salt = keys.mark(key_of, keys.SALT, token)
    content = canonical({"voice": voice, "marks": _keyed(key_of, marks, channel)})
    return Envelope(
        instrument=instrument,
        token_mark=keys.mark(key_of, keys.TOKEN, token),
        commitment=sha256(salt + canonical(voice)).digest(),
        sealed=keys.close(keys.subkey(key_of, keys.ENVELOPE), content, instrument.pk.bytes),
        channel=channel,
    )


def _keyed(key_of, marks, channel) -> dict[str, Any]:
    """Network and device as marks of this consultation only; whoever opens the envelope sees neither."""
    kept: dict[str, Any] = {
        name: keys.mark(key_of, keys.MARKS, f"{name}\0{marks[name]}").hex()[:16]
        for name in ("network", "device")
        if marks.get(name)
    }
    if isinstance(marks.get("age"), int):
        kept["age"] = marks["age"]
    if channel == CollectingChannel.Kind.ONLINE:
        kept["window"] = int(time.time()) // WINDOW
    return kept


def _nullifiers(instrument, faces) -> list[tuple[bytes, str]]:
    """In one order for everybody, so that two requests of one person never wait for each other in a circle."""
    key_of, box = instrument.consultation_id, str(instrument.pk)
    named = {keys.mark(key_of, keys.NULLIFIER, f"{box}\0{face}\0{text}"): str(face) for face, text in faces}
    return sorted(named.items())


def _put(cursor, envelope: Envelope) -> bool:
    row = [envelope.pk, envelope.instrument_id, envelope.token_mark, envelope.commitment, envelope.sealed, envelope.channel]
    cursor.execute(ENVELOPE, row)
    return cursor.rowcount == 1


def _take(cursor, instrument, nullifiers) -> bool:
    """All faces at once or none: a face that is taken means that the person has voted."""
    if not nullifiers:
        return True
    rows = [value for nullifier, face in nullifiers for value in (uuid.uuid4(), instrument.pk, face, nullifier)]
    cursor.execute(FACES.format(", ".join(["(%s, %s, %s, %s)"] * len(nullifiers))), rows)
    return cursor.rowcount == len(nullifiers)


def _first_receipt(envelope: Envelope) -> Receipt | None:
    """Of the same form with the same content. The same form with another content is a second voice."""
    first = Envelope.objects.filter(instrument_id=envelope.instrument_id, token_mark=envelope.token_mark).defer("sealed").first()
    if first is None:
        return None
    if bytes(first.commitment) != envelope.commitment:
        raise AlreadyVoted
    return Receipt(envelope.commitment.hex(), first.state, is_repeat=True)


def _refuse(why: Refused):
    raise why


def has_voted(instrument, faces: Iterable[tuple[str, str]]) -> bool:
    """Whether a page should say at once that the voice is in. Only a hint: `accept` decides."""
    nullifiers = [nullifier for nullifier, _face in _nullifiers(instrument, faces)]
    return bool(nullifiers) and Participation.objects.filter(instrument=instrument, nullifier__in=nullifiers).exists()
