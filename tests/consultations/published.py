"""A published bundle of a consultation of nobody, made with the functions that the exporter uses."""

import random
import uuid
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from consultations import manifest as form
from consultations import tally
from consultations.manifest import FileDigest, Row
from consultations.recount import Recount

KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"klucz do prob").digest())
PUBLIC = KEY.public_key().public_bytes_raw()
CONSULTATION = {"id": str(uuid.UUID(int=1)), "slug": "skwer-nad-radunia", "title": "Skwer nad Radunią"}
SURVEY = {"id": str(uuid.UUID(int=2)), "code": "ankieta", "title": "Ankieta", "kind": "survey"}
BUDGET = {"id": str(uuid.UUID(int=3)), "code": "projekty", "title": "Głosowanie", "kind": "budget"}
KINDS = {"co": "options", "czesto": "options", "halas": "rows", "kolejnosc": "places", "lat": "number", "uwagi": "text"}
PROJECTS = [{"id": str(number), "cost": cost} for number, cost in ((1, 9_000), (2, 7_000), (3, 4_000), (4, 2_000))]


def sign(content: bytes) -> tuple[str, bytes]:
    return "sign-1", KEY.sign(content)


def survey_rows(count: int, batches: int, seed: int = 1, *, is_rich: bool = True) -> Iterator[Row]:
    chance = random.Random(seed)  # noqa: S311  invented answers
    for batch in range(1, batches + 1):
        size = count // batches + (batch <= count % batches)
        for ballot in sorted(str(uuid.UUID(int=chance.getrandbits(128), version=4)) for _ in range(size)):
            channel = "box" if chance.random() < 0.1 else "online"
            yield Row(ballot, batch, 1 + (batch > 1), channel, _answers(chance, is_rich))


def _answers(chance: random.Random, is_rich: bool) -> dict:
    plain = {"co": chance.choice(["lawki", "drzewa", "plac"]), "czesto": chance.sample(["rano", "po-poludniu", "wieczorem"], 2)}
    if not is_rich:
        return {**plain, "dojazd": chance.choice(["pieszo", "rower", "auto"]), "wiek": chance.choice(["18-34", "35-64", "65+"])}
    more = {
        "halas": {"ulica": chance.choice("123"), "plac": chance.choice("123")},
        "kolejnosc": chance.sample(["a", "b", "c"], 3),
        "lat": chance.randint(1, 50),
    }
    return {**plain, **more, **({"uwagi": f"Więcej zieleni; „cień” {chance.randint(1, 99)}"} if chance.random() < 0.5 else {})}


def budget_rows(count: int, batches: int) -> Iterator[Row]:
    for row in survey_rows(count, batches, seed=2, is_rich=False):
        chance = random.Random(row.ballot)  # noqa: S311
        chosen = chance.sample([project["id"] for project in PROJECTS], 2)
        yield row._replace(version=None, answers={"votes": [[chosen[0], 5], [chosen[1], 4]]})


def make(folder: Path, rows: Iterable[Row], *, instrument=SURVEY, kinds=KINDS, removed: int = 0, with_leaves=True) -> Path:
    """A bundle of the full profile. `removed`: how many rows had a text taken out since."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(rows)
    batches, files = _batches(rows, instrument), []
    lines = [row.line() for row in rows]
    digest = FileDigest("glosy.jsonl", form.BALLOTS, instrument=instrument["code"], is_sealed=True)
    for place in [place for place, row in enumerate(rows) if "uwagi" in row.answers][:removed]:
        lines[place] = form.removed_line(rows[place], ["uwagi"])
        rows[place] = rows[place]._replace(answers={code: v for code, v in rows[place].answers.items() if code != "uwagi"})
        digest.removed += 1
    files += [write(folder, digest, lines)]
    if with_leaves:
        listed = [sha256(b"\0" + line).hexdigest().encode() for line in lines]
        files += [write(folder, FileDigest("glosy.jsonl.leaves", form.LEAF_LIST), listed)]
    marks = [form.commitment_line(row.batch, commitment_of(row)) for row in rows]
    digest = FileDigest("potwierdzenia.txt", form.COMMITMENTS, instrument=instrument["code"])
    files += [write(folder, digest, sorted(marks, key=lambda mark: (int(mark.split()[0]), mark)))]
    events = events_of(batches, instrument)
    files += [write(folder, FileDigest("zdarzenia.jsonl", form.EVENTS), [form.event_line(**event) for event in events])]
    told = {**instrument, "batches": batches, **totals(rows, kinds)}
    if instrument is BUDGET:
        told["tally"] = tally_of(rows)
    return publish(folder, files, told, events)


def publish(folder: Path, files: list, told: dict, events: list, profile: str = form.FULL, **more) -> Path:
    manifest = {
        "format": form.FORMAT, "consultation": CONSULTATION, "profile": profile, "as_of": "2026-11-25", "rules": {"k": 5},
        "key": form.key_entry("sign-1", PUBLIC), "chain": {"entries": len(events), "head": events[-1]["hash"] if events else ""},
        "files": files, "instruments": [told], **more,
    }  # fmt: skip
    content, signature = form.sealed(manifest, sign=sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)
    return folder


def write(folder: Path, digest: FileDigest, lines: Iterable[bytes], end: bytes = b"\n") -> dict:
    with (folder / digest.name).open("wb") as file:
        for line in lines:
            file.write(line + end)
            digest.add(line + end)
    return digest.entry()


def totals(rows: list[Row], kinds: dict) -> dict:
    recount, channels = Recount(kinds), {}
    for row in rows:
        recount.add(row.answers)
        channels[row.channel] = channels.get(row.channel, 0) + 1
    return {"ballots": len(rows), "channels": channels, "questions": recount.questions()}


def commitment_of(row: Row) -> bytes:
    return sha256(b"sol" + row.ballot.encode()).digest()


def tally_of(rows: list[Row]) -> dict:
    ballots = [tally.Ballot(*zip(*row.answers["votes"], strict=True)) for row in rows]
    projects = [tally.Entry(project["id"], project["cost"]) for project in PROJECTS]
    result = tally.tally("pruszcz-points", 16_000, projects, ballots, ties=("more-voters",))
    return {**result.as_json(), "projects": PROJECTS, "draws": []}


def _batches(rows: list[Row], instrument: dict) -> list[dict]:
    batches, previous, last = [], "", max((row.batch for row in rows), default=0)
    by_batch: dict[int, list[Row]] = {}
    for row in rows:
        by_batch.setdefault(row.batch, []).append(row)
    for number in range(1, last + 1):
        mine = by_batch.get(number, [])
        batch = {
            "number": number, "day": f"2026-11-{number:02}", "count": len(mine), "ballots_root": form.ballots_root(mine),
            "commitments_root": form.commitments_root(commitment_of(row) for row in mine), "previous": previous,
            "is_final": number == last,
        }  # fmt: skip
        previous = form.batch_head(instrument=instrument["id"], **batch)
        batches.append({**batch, "head": previous})
    return batches


def events_of(batches: list[dict], instrument: dict) -> list[dict]:
    events, previous = [], ""
    for number, batch in enumerate(batches, start=1):
        payload = {"instrument": instrument["id"], "number": batch["number"], "head": batch["head"], "count": batch["count"]}
        event = {
            "number": number, "kind": form.SEALING, "day": batch["day"], "payload_sha256": form.payload_sha256(payload),
            "previous": previous,
        }  # fmt: skip
        previous = form.event_hash(consultation=CONSULTATION["id"], **event)
        events.append({**event, "hash": previous, "payload": payload})
    return events
