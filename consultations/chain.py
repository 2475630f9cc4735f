"""The public chain of a consultation (4.7): each entry holds the hash of the one before, so none is changed, removed or put in later.

`manifest.event_hash` says what is hashed, so that the stand-alone checker computes the same. An entry tells of a sealing, a tally, a report, never of one voice. Payloads are JSON without fractions.
"""

from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from consultations.manifest import event_hash, payload_sha256
from consultations.models import ChainEntry, Consultation


@transaction.atomic
def append(consultation, kind: str, payload: dict[str, Any], *, moment) -> ChainEntry:
    """Add the next entry. Writers of one consultation wait for each other until they commit."""
    Consultation.objects.select_for_update(no_key=True).only("pk").get(pk=consultation.pk)
    last = ChainEntry.objects.filter(consultation=consultation).order_by("-number").first()
    entry = ChainEntry(
        consultation=consultation, number=last.number + 1 if last else 1, kind=kind, day=localdate(moment), payload=payload,
        payload_sha256=payload_sha256(payload), previous=last.hash if last else "",
    )  # fmt: skip
    entry.hash = hash_of(entry)
    entry.save(force_insert=True)
    return entry


def head(consultation) -> str:
    """The newest hash, "" before the first entry. It is shown daily and stands in the closing protocol (I10)."""
    last = ChainEntry.objects.filter(consultation=consultation).order_by("-number").values_list("hash", flat=True).first()
    return last or ""


def hash_of(entry: ChainEntry) -> str:
    return event_hash(
        consultation=str(entry.consultation_id), number=entry.number, kind=entry.kind, day=entry.day.isoformat(),
        payload_sha256=entry.payload_sha256, previous=entry.previous,
    )  # fmt: skip


def faults(consultation) -> list[int]:
    """Numbers of the entries that do not hold: changed, missing before them, or with another payload. Empty is well."""
    wrong, previous, number = [], "", 0
    for entry in ChainEntry.objects.filter(consultation=consultation).order_by("number"):
        number += 1
        holds = entry.number == number and entry.previous == previous and entry.hash == hash_of(entry)
        if not holds or entry.payload_sha256 != payload_sha256(entry.payload):
            wrong.append(entry.number)
        previous, number = entry.hash, entry.number
    return wrong
