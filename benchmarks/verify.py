"""What an outsider waits: the stand-alone checker over a published bundle of 1,000,000 ballots, with receipts and events."""

import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.result import Result
from consultations import manifest as form
from consultations.manifest import FileDigest, Row
from consultations.recount import Recount
from tests.consultations import published

BALLOTS, BATCHES = 1_000_000, 14
KINDS = {"co": "options", "czesto": "options", "dojazd": "options", "wiek": "options"}


def measure():
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        began = time.perf_counter()
        made = subprocess.run([sys.executable, "-m", "consultations.verify", folder], capture_output=True, check=False)
        spent = time.perf_counter() - began
    assert made.returncode == 0, made.stdout.decode()
    yield Result("verify 1,000,000 ballots", spent, "s", at_most=10)


def make(folder: Path) -> None:
    """The bundle, batch by batch: only one batch is ever held."""
    ballots = FileDigest("glosy.jsonl", form.BALLOTS, instrument="ankieta", is_sealed=True)
    marks = FileDigest("potwierdzenia.txt", form.COMMITMENTS, instrument="ankieta")
    totals, channels, batches, previous = Recount(KINDS), {}, [], ""
    with (folder / ballots.name).open("wb") as voices, (folder / marks.name).open("wb") as receipts:
        for number in range(1, BATCHES + 1):
            rows = list(_batch(number))
            for row in rows:
                _put(voices, ballots, row.line())
                totals.add(row.answers)
                channels[row.channel] = channels.get(row.channel, 0) + 1
            commitments = sorted(sha256(row.ballot.encode()).digest() for row in rows)
            for commitment in commitments:
                _put(receipts, marks, form.commitment_line(number, commitment))
            batches.append(_sealed(number, rows, commitments, previous))
            previous = batches[-1]["head"]
    events = published.events_of(batches, published.SURVEY)
    told = {**published.SURVEY, "batches": batches, "ballots": BALLOTS, "channels": channels, "questions": totals.questions()}
    chain = published.write(folder, FileDigest("zdarzenia.jsonl", form.EVENTS), [form.event_line(**event) for event in events])
    published.publish(folder, [ballots.entry(), marks.entry(), chain], told, events)


def _batch(number: int) -> Iterator[Row]:
    """Ballots of nobody, the same in every run; ids spread like random ones."""
    size = BALLOTS // BATCHES + (number <= BALLOTS % BATCHES)
    ids = sorted(str(uuid.UUID(bytes=sha256(f"{number}/{at}".encode()).digest()[:16], version=4)) for at in range(size))
    for at, ballot in enumerate(ids):
        answers = {
            "co": ("lawki", "drzewa", "plac")[at % 3], "czesto": ["rano", "wieczorem"][: 1 + at % 2],
            "dojazd": ("pieszo", "rower", "auto")[at % 5 % 3], "wiek": ("18-34", "35-64", "65+")[at % 7 % 3],
        }  # fmt: skip
        yield Row(ballot, number, 1, "box" if at % 10 == 0 else "online", answers)


def _put(file, digest: FileDigest, line: bytes) -> None:
    file.write(line + b"\n")
    digest.add(line + b"\n")


def _sealed(number: int, rows: list[Row], commitments: list[bytes], previous: str) -> dict:
    batch = {
        "number": number, "day": f"2026-11-{number:02}", "count": len(rows), "ballots_root": form.ballots_root(rows),
        "commitments_root": form.commitments_root(commitments), "previous": previous, "is_final": number == BATCHES,
    }  # fmt: skip
    return {**batch, "head": form.batch_head(instrument=published.SURVEY["id"], **batch)}
