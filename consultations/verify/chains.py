"""The chain of sealed batches, the lists of commitments and the chain of events."""

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from consultations import manifest as form
from consultations.merkle import LEAF, leaf_hash, root_of
from consultations.verify.inputs import Bundle
from consultations.verify.report import Report

Manifest = Mapping[str, Any]
_HEAD = ("number", "day", "count", "ballots_root", "commitments_root", "previous", "is_final")
_EVENT = ("number", "kind", "day", "payload_sha256", "previous")


def check_batches(instrument: Manifest, report: Report) -> None:
    """Numbers run from 1, every head follows from the batch and the head before, nothing comes after the final one."""
    previous, is_over, before = "", False, len(report.differences)
    for number, batch in enumerate(instrument["batches"], start=1):
        if batch["number"] != number or batch["previous"] != previous or is_over:
            report.differs("partia nie następuje po poprzedniej", instrument["code"], batch=batch["number"])
        if form.batch_head(instrument=instrument["id"], **{key: batch[key] for key in _HEAD}) != batch["head"]:
            report.differs("głowa łańcucha nie wynika z partii", instrument["code"], batch=batch["number"])
        previous, is_over = batch["head"], batch["is_final"]
    if instrument["batches"] and len(report.differences) == before:
        report.agrees(f"łańcuch partii cały, od pierwszej do {len(instrument['batches'])}.", instrument["code"])


# Commitments

NOBODYS = root_of([]).hex()  # sealed so at the import of a published file: its voters never had a receipt from us


def check_commitments(path: Path, entry: Manifest, instrument: Manifest, report: Report) -> None:
    before = len(report.differences)
    listed, lines = _commitments(path, entry["name"], report)
    _check_root(lines, entry, report)
    for batch in instrument["batches"]:
        leaves = listed.pop(batch["number"], [])
        if not leaves and batch["commitments_root"] == NOBODYS:
            report.note("głosy wczytano z cudzego pliku, więc nikt nie ma do nich potwierdzenia", entry["name"])
        elif len(leaves) != batch["count"]:
            told = f"jest {len(leaves)} potwierdzeń, a zapieczętowano {batch['count']}"
            report.differs(told, entry["name"], batch=batch["number"])
        elif root_of(leaves).hex() != batch["commitments_root"]:
            report.differs("potwierdzenia są inne niż zapieczętowane", entry["name"], batch=batch["number"])
    for number in listed:
        report.differs("takiej partii nie podpisano", entry["name"], batch=number)
    if len(report.differences) == before:
        report.agrees(f"lista potwierdzeń cała, pozycji: {entry['rows']}", entry["name"])


def _commitments(path: Path, name: str, report: Report) -> tuple[dict[int, list[bytes]], list[bytes]]:
    """Leaf hashes of the commitments by batch, and of the lines of the file."""
    listed: dict[int, list[bytes]] = {}
    lines = []
    last = (0, b"")
    for number, line in enumerate(_lines(path), start=1):
        lines.append(sha256(LEAF + line).digest())
        batch, _space, digits = line.partition(b" ")
        try:
            place = int(batch), bytes.fromhex(digits.decode("ascii"))
        except ValueError:
            report.differs("wiersza nie da się odczytać", name, line=number)
            continue
        listed.setdefault(place[0], []).append(sha256(LEAF + place[1]).digest())
        if place <= last:
            report.differs("potwierdzenie powtórzone albo nie na swoim miejscu", name, line=number)
        last = place
    return listed, lines


def _check_root(lines: list[bytes], entry: Manifest, report: Report) -> None:
    if len(lines) != entry["rows"] or root_of(lines).hex() != entry["root"]:
        report.differs("wiersze są inne niż podpisane", entry["name"])


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for line in file:
            yield line.rstrip(b"\r\n")


def is_commitment(commitment: str, bundle: Bundle, manifest: Manifest) -> bool:
    """Whether a receipt's commitment is on a list of this bundle."""
    return any(line.partition(b" ")[2] == commitment.encode() for line in _all_lines(form.COMMITMENTS, bundle, manifest))


def is_event(head: str, bundle: Bundle, manifest: Manifest) -> bool:
    return any(_event(line).get("hash") == head for line in _all_lines(form.EVENTS, bundle, manifest))


def _all_lines(role: str, bundle: Bundle, manifest: Manifest) -> Iterator[bytes]:
    for entry in manifest["files"]:
        if entry["role"] == role and entry["name"] in bundle.files:
            yield from _lines(bundle.files[entry["name"]])


# Events


def check_events(path: Path, entry: Manifest, manifest: Manifest, report: Report) -> None:
    """Each event follows from the one before; the last is the head of the manifest; sealings told are the batches listed."""
    before, previous, count = len(report.differences), "", 0
    _check_root([leaf_hash(line) for line in _lines(path)], entry, report)
    for number, line in enumerate(_lines(path), start=1):
        event, count = _event(line), number
        if why := _fault(event, number, previous, manifest):
            report.differs(why, entry["name"], line=number)
        previous = event.get("hash", previous)
    if (count, previous) != (manifest["chain"]["entries"], manifest["chain"]["head"]):
        report.differs("łańcuch zdarzeń nie kończy się głową z metryki", entry["name"])
    if len(report.differences) == before:
        report.agrees(f"łańcuch zdarzeń cały, wpisów: {count}", entry["name"])


def _event(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line.decode())
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) and isinstance(event.get("hash"), str) else {}


def _fault(event: dict[str, Any], number: int, previous: str, manifest: Manifest) -> str:
    """What is wrong with the event, or nothing."""
    try:
        expected = form.event_hash(consultation=manifest["consultation"]["id"], **{key: event[key] for key in _EVENT})
        payload_fits = "payload" not in event or form.payload_sha256(event["payload"]) == event["payload_sha256"]
    except (KeyError, TypeError, ValueError):
        return "wpisu nie da się odczytać"
    if event["number"] != number or event["previous"] != previous:
        return "wpis nie następuje po poprzednim"
    if event["hash"] != expected or not payload_fits:
        return "skrót nie wynika z wpisu"
    return "" if _agrees_with_batches(event, manifest) else "wpis o zapieczętowaniu mówi o innej partii niż podpisana"


def _agrees_with_batches(event: dict[str, Any], manifest: Manifest) -> bool:
    told = event.get("payload")
    if event["kind"] != form.SEALING or not isinstance(told, dict):
        return True
    ours = next((one for one in manifest["instruments"] if one["id"] == told.get("instrument")), None)
    if ours is None:
        return True  # a bundle may be of one instrument alone
    return any(batch["number"] == told.get("number") and batch["head"] == told.get("head") for batch in ours["batches"])


def check_chain_is_there(manifest: Manifest, report: Report) -> None:
    """Without the events, the head in the manifest can only be compared with the one shown on the page."""
    if not any(entry["role"] == form.EVENTS for entry in manifest["files"]) and manifest["chain"]["head"]:
        report.note(f"porównaj głowę łańcucha z ogłoszoną na stronie konsultacji: {manifest['chain']['head']}")
