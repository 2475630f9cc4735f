"""Opening the envelopes and listing what they say, shuffled, for good (slice 5, decision 0010). One transaction, all or nothing.

A batch says two Merkle roots: of the commitments, where each voter finds theirs, and of the ballots, none of which can be changed
later. Commitments stand in the order of their bytes, ballots in the order of their ids; both orders tell nothing of when.
"""

import json
import secrets
import uuid
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

import structlog
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations import chain, keys, merkle, suspicion
from consultations.cells import cells_of
from consultations.manifest import SEALING, Row, batch_head, commitments_root
from consultations.models import AnswerCell, Ballot, Batch, CollectingChannel, Consultation, Envelope, Instrument
from consultations.statuses import ConsultationStatus, EnvelopeState
from office.transitions import Refused
from schemas.definition import Form, compiled
from ui.words import counted

K_BATCH = 5  # fewer voices wait for company, because a batch of one would say whose it is
AT_ONCE = 2000  # rows in one statement
log = structlog.get_logger(__name__)


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Lists of at most `size` rows, from any iterable, without holding all of them."""
    waiting = iter(rows)
    while some := list(islice(waiting, size)):
        yield some


class Opened(NamedTuple):
    envelope: Envelope
    voice: dict[str, Any]
    marks: dict[str, Any]


def lock_key(instrument) -> int:
    """The advisory lock of the box: shared by everybody who votes, held alone by the final sealing."""
    return int.from_bytes(instrument.pk.bytes[:8], "big", signed=True)


@transaction.atomic
def seal(instrument, *, moment, is_final: bool = False) -> Batch | None:
    """List what waits; None when nothing new is listed. Safe to repeat and for two workers at once.

    Suspicious clusters are held instead. Fewer than K_BATCH voices wait. The final sealing takes them all, after everybody who is
    voting at this moment; it is refused while the consultation is open, and lists nothing while a voice is held, because what is
    admitted later would be listed alone. `unsettled` tells what it waits for.
    """
    instrument = (
        Instrument.objects.select_for_update(of=("self",), no_key=True).select_related("consultation").get(pk=instrument.pk)
    )
    if is_final:
        _shut(instrument)
    ready = _hold_suspicious(instrument, _open_all(instrument), moment)
    waits = _held(instrument).exists() if is_final else len(ready) < K_BATCH
    if waits or not ready:
        return None
    return _list(instrument, ready, moment, is_final)


def _shut(instrument) -> None:
    """Wait for voices on their way in. Whoever comes after this lock is past the closing by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [lock_key(instrument)])
    if Consultation.objects.open_now().filter(pk=instrument.consultation_id).exists():
        raise Refused(_("Konsultacje jeszcze trwają. Ostatnie pieczętowanie jest po ich zamknięciu."))


def _held(instrument):
    return Envelope.objects.filter(instrument=instrument, state=EnvelopeState.HELD)


def _open_all(instrument) -> list[Opened]:
    unsealed = (EnvelopeState.WAITING, EnvelopeState.HELD, EnvelopeState.ADMITTED)
    envelopes = Envelope.objects.filter(instrument=instrument, state__in=unsealed).select_for_update(no_key=True)
    key = keys.subkey(instrument.consultation_id, keys.ENVELOPE)
    return [_opened(envelope, key) for envelope in envelopes]


def _opened(envelope, key) -> Opened:
    inside = json.loads(keys.open_up(key, envelope.sealed, envelope.instrument_id.bytes))
    return Opened(envelope, inside["voice"], inside["marks"])


def _hold_suspicious(instrument, opened: list[Opened], moment) -> list[Opened]:
    """Those that may be listed now. What two people admitted is not held a second time."""
    seen = (suspicion.Seen(one.envelope.pk, one.marks) for one in opened)
    reasons = suspicion.find(seen, suspicion.limits_on(localdate(moment)), suspicion.listed_marks(instrument))
    held, ready = [], []
    for one in opened:
        is_suspicious = one.envelope.state == EnvelopeState.WAITING and one.envelope.pk in reasons
        if is_suspicious:
            one.envelope.state, one.envelope.held_for = EnvelopeState.HELD, reasons[one.envelope.pk]
            held.append(one.envelope)
        elif one.envelope.state != EnvelopeState.HELD:
            ready.append(one)
    Envelope.objects.bulk_update(held, ["state", "held_for"], batch_size=AT_ONCE)
    return ready


# Listing


def _list(instrument, ready: list[Opened], moment, is_final: bool) -> Batch:
    batch = _next_batch(instrument, moment, is_final)
    ballots = [_ballot(batch, one.voice) for one in ready]
    secrets.SystemRandom().shuffle(ballots)
    rows = _write(ballots, batch)
    batch.commitments_root = commitments_root(bytes(one.envelope.commitment) for one in ready)
    _close(batch, rows, moment)
    _empty(ready, batch)
    suspicion.remember(instrument, [one.marks for one in ready])
    return batch


def _next_batch(instrument, moment, is_final: bool) -> Batch:
    last = Batch.objects.filter(instrument=instrument).order_by("-number").first()
    return Batch(
        instrument=instrument, number=last.number + 1 if last else 1, day=localdate(moment), is_final=is_final,
        previous=last.head if last else "",
    )  # fmt: skip


def _ballot(batch: Batch, voice) -> Ballot:
    version = uuid.UUID(voice["version"]) if voice["version"] else None
    return Ballot(
        instrument=batch.instrument, batch_id=batch.pk, version_id=version, channel=voice["channel"], answers=voice["answers"]
    )


def _write(ballots: list[Ballot], batch: Batch) -> list[tuple[str, bytes]]:
    """Ballots with their cells and texts; (id, leaf hash) of each. They name a batch that is written last, once its root is known."""
    from consultations.actions import voices

    forms: dict[uuid.UUID | None, Form] = {pk: compiled(pk) for pk in {one.version_id for one in ballots if one.version_id}}
    Ballot.objects.bulk_create(ballots, batch_size=AT_ONCE)
    cells = (cell for ballot in ballots for cell in cells_of(ballot, forms.get(ballot.version_id)))
    for some in batched(cells, AT_ONCE):
        AnswerCell.objects.bulk_create(some)
    for pk, form in forms.items():
        voices.voices_from_ballots([ballot for ballot in ballots if ballot.version_id == pk], form)  # to be answered (C23)
    return [(str(ballot.pk), merkle.leaf_hash(row_of(ballot, batch, forms.get(ballot.version_id)).line())) for ballot in ballots]


def row_of(ballot: Ballot, batch: Batch, form) -> Row:
    """The ballot as it is sealed and published; `form` is its compiled version, None for a budget."""
    version = form.version if form else None
    return Row(ballot=str(ballot.pk), batch=batch.number, version=version, channel=ballot.channel, answers=ballot.answers)


def _close(batch: Batch, rows: list[tuple[str, bytes]], moment) -> None:
    """The roots, the head that ties the batch to those before, and the entry of the public chain."""
    batch.count = len(rows)
    batch.ballots_root = merkle.root_of([leaf for _ballot, leaf in sorted(rows)]).hex()
    batch.head = head_of(batch)
    batch.save(force_insert=True)
    payload = {**said_of(batch), "head": batch.head, "settled": settled_counts(batch.instrument)}
    chain.append(batch.instrument.consultation, SEALING, payload, moment=moment)


def said_of(batch: Batch) -> dict[str, Any]:
    """What the head of a batch stands for."""
    return {
        "instrument": str(batch.instrument_id), "number": batch.number, "day": batch.day.isoformat(), "count": batch.count,
        "ballots_root": batch.ballots_root, "commitments_root": batch.commitments_root, "previous": batch.previous,
        "is_final": batch.is_final,
    }  # fmt: skip


def head_of(batch: Batch) -> str:
    return batch_head(**said_of(batch))


def _empty(ready: list[Opened], batch: Batch) -> None:
    """Written anew in shuffled order and not updated in place: a row that stays where it lay would lie beside its voter's mark."""
    listed = [one.envelope for one in ready]
    secrets.SystemRandom().shuffle(listed)
    everything = Envelope.objects.filter(instrument=batch.instrument_id)
    for some in batched(listed, AT_ONCE):
        rows = everything.filter(pk__in=[envelope.pk for envelope in some])
        rows._raw_delete(rows.db)  # no cascade: what was settled about an envelope stays with its id
    for envelope in listed:
        envelope.state, envelope.sealed, envelope.batch = EnvelopeState.LISTED, None, batch
    Envelope.objects.bulk_create(listed, batch_size=AT_ONCE)


def settled_counts(instrument) -> dict[str, Any]:
    """How many voices people settled and why they had been held; numbers alone, for the chain and the report."""
    reasons: dict[str, int] = {}
    totals = {"admitted": 0, "refused": 0, "held": 0}
    names: dict[str, str] = {
        EnvelopeState.LISTED: "admitted",
        EnvelopeState.ADMITTED: "admitted",
        EnvelopeState.REFUSED: "refused",
        EnvelopeState.HELD: "held",
    }
    was_held = Envelope.objects.filter(instrument=instrument).exclude(held_for=[]).values_list("state", "held_for")
    for state, codes in was_held:
        totals[names[state]] += 1
        for reason in {code.split(":")[0] for code in codes}:
            reasons[reason] = reasons.get(reason, 0) + 1
    return {**totals, "reasons": dict(sorted(reasons.items()))}


# Every day, and what still waits


def seal_all(moment) -> list[Batch]:
    """The daily sealing of every box that collects or was closed. One box that fails does not stop the others."""
    batches = []
    boxes = Instrument.objects.filter(consultation__status__in=[ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED])
    for instrument in boxes.select_related("consultation"):
        try:
            batches.append(seal(instrument, moment=moment, is_final=_may_be_final(instrument)))
        except Exception:
            log.exception("sealing_failed", object_id=str(instrument.pk))
    return [batch for batch in batches if batch]


def _may_be_final(instrument) -> bool:
    """At closing, when nothing more can come: paper that is still on its way keeps the small rest waiting for company."""
    is_closed = Consultation.objects.closed_now().filter(pk=instrument.consultation_id).exists()
    by_paper = instrument.consultation.channels.exclude(kind=CollectingChannel.Kind.ONLINE).exists()
    return is_closed and not by_paper and not _held(instrument).exists()


def unsettled(consultation) -> list[str]:
    """What keeps the consultation from going under analysis, in Polish; close_collecting seals finally before it asks."""
    unsealed = Q(state=EnvelopeState.WAITING) | Q(state=EnvelopeState.ADMITTED)
    envelopes = Envelope.objects.filter(instrument__consultation=consultation)
    held, waiting = envelopes.filter(state=EnvelopeState.HELD).count(), envelopes.filter(unsealed).count()
    said = []
    if held:
        said.append(_("Do wyjaśnienia: %(count)s.") % {"count": counted(held, _("głos"), _("głosy"), _("głosów"))})
    if waiting:
        said.append(_("Do zapieczętowania: %(count)s.") % {"count": counted(waiting, _("głos"), _("głosy"), _("głosów"))})
    return said


# From other towns


@transaction.atomic
def import_ballots(instrument, ballots: Iterable[tuple[str, str, dict[str, Any]]], *, moment) -> Batch:
    """List ballots of a published file, (id, channel, answers) each, as one final batch without envelopes.

    The file's own ids become UUIDs of this instrument. Refused when the box holds anything already.
    """
    instrument = (
        Instrument.objects.select_for_update(of=("self",), no_key=True).select_related("consultation").get(pk=instrument.pk)
    )
    if instrument.batches.exists() or instrument.envelopes.exists():
        raise Refused(_("W tej urnie są już głosy."))
    batch, rows = _next_batch(instrument, moment, is_final=True), []
    for some in batched(ballots, AT_ONCE):
        rows += _write([_imported(batch, *one) for one in some], batch)
    batch.commitments_root = commitments_root([])
    _close(batch, rows, moment)
    return batch


def _imported(batch: Batch, name: str, channel: str, answers: dict[str, Any]) -> Ballot:
    pk = uuid.uuid5(batch.instrument_id, str(name))
    return Ballot(id=pk, instrument=batch.instrument, batch_id=batch.pk, channel=channel, answers=answers)
