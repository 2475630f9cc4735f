"""The bundle that `python -m consultations.verify` checks (format `consultations.manifest`): a zip of ballots as JSON Lines and CSV,
commitments, the public chain, a manifest with totals and roots, and its Ed25519 signature.

Full: lines are the leaves that were sealed, so every total follows up to the roots announced daily. Other profiles: an extract.
"""

import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from accounts import encryption
from accounts import keys as portal_keys
from consultations import budget
from consultations import manifest as form
from consultations.exports.ballots import Shown
from consultations.exports.heads import ANSWER, BALLOT, BATCH, CHANNEL, Head
from consultations.exports.scope import Scope, title_on
from consultations.exports.sheets import HEADER_LINES, Tick, no_tick, record_lines
from consultations.exports.tables import BudgetTable, SurveyTable, table_of
from consultations.manifest import FileDigest, Row
from consultations.merkle import leaf_hash
from consultations.models import ChainEntry, Envelope, InstrumentKind
from consultations.recount import Recount
from consultations.sealing import said_of
from consultations.statistics.suppression import K
from schemas.columns import MARKS
from schemas.models import Kind

DAWN = (1980, 1, 1, 0, 0, 0)  # of every file in the zip: when it was made is nobody's business and would change the bytes
CHUNK = 2000
COUNTED_AS = {
    Kind.CHOICE: "options", Kind.CHOICES: "options", Kind.YES_NO: "options", Kind.SCALE: "options", Kind.STATEMENT: "options",
    Kind.MATRIX: "rows", Kind.RANKING: "places", Kind.NUMBER: "number",
}  # fmt: skip


def write_bundle(path: Path, scopes: list[Scope], tick: Tick = no_tick) -> dict[str, Any]:
    """All instruments with a box, of one consultation, in one profile and day. Gives the manifest."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        made = _Bundle(archive, scopes, tick)
        for scope in scopes:
            made.add_instrument(scope)
        made.add_events()
        return made.seal()


class _Bundle:
    def __init__(self, archive: zipfile.ZipFile, scopes: list[Scope], tick: Tick) -> None:
        self.archive, self.scopes, self.tick = archive, scopes, tick
        self.consultation, self.as_of, self.profile = scopes[0].consultation, scopes[0].as_of, scopes[0].profile
        self.files: list[dict[str, Any]] = []
        self.instruments: list[dict[str, Any]] = []
        self.before = 0  # rows of instruments already written
        self.events: list[ChainEntry] = []

    def add_instrument(self, scope: Scope) -> None:
        table: Any = table_of(scope)  # of a box: remarks have none
        code, hashes = scope.instrument.code, list[bytes]()
        sealed = {"is_sealed": True} if scope.is_full else {}
        digest = FileDigest(f"glosy-{code}.jsonl", form.BALLOTS, instrument=code, **sealed)
        voices = _Voices(table, digest)
        self._put(digest, _hashing(self._counted(voices.lines()), hashes))
        self._put(FileDigest(digest.name + form.LEAVES, form.LEAF_LIST), (line + b"\n" for line in hashes))
        columns = [_column(head) for head in table.heads]
        sheet = FileDigest(f"glosy-{code}.csv", form.TABLE, instrument=code, header_lines=HEADER_LINES, columns=columns)
        self._put(sheet, _records(table))
        self._put(FileDigest(f"potwierdzenia-{code}.txt", form.COMMITMENTS, instrument=code), _commitments(scope))
        self.instruments.append(_told(scope, voices))
        self.before += table.count

    def _counted(self, lines: Iterator[bytes]) -> Iterator[bytes]:
        done = 0
        for done, line in enumerate(lines, start=1):
            yield line
            if not done % CHUNK:
                self.tick(self.before + done)
        self.tick(self.before + done)

    def _put(self, digest: FileDigest, lines: Iterable[bytes]) -> None:
        """Writes the file and lists it in the manifest."""
        with self.archive.open(_packed(digest.name), "w", force_zip64=True) as file:
            for line in lines:
                file.write(line)
                digest.add(line)
        self.files.append(digest.entry())

    def add_events(self) -> None:
        entries = ChainEntry.objects.filter(consultation=self.consultation, day__lte=self.as_of).order_by("number")
        self.events = list(entries)
        lines = (form.event_line(**_event(entry)) + b"\n" for entry in self.events)
        self._put(FileDigest("zdarzenia.jsonl", form.EVENTS), lines)

    def seal(self) -> dict[str, Any]:
        manifest = self._manifest()
        content, signature = form.sealed(manifest, sign=encryption.sign)
        for name, content_of in ((form.MANIFEST, content), (form.SIGNATURE, signature)):
            self.archive.writestr(_packed(name), content_of)
        return json.loads(content)

    def _manifest(self) -> dict[str, Any]:
        head = self.events[-1].hash if self.events else ""
        return {
            "format": form.FORMAT, "profile": self.profile, "as_of": self.as_of.isoformat(),
            "consultation": {
                "id": str(self.consultation.pk), "slug": self.consultation.slug, "title": title_on(self.consultation, self.as_of),
            },
            "rules": {"k": K, "integrity": self.consultation.integrity}, "key": key_entry(), "files": self.files,
            "chain": {"entries": len(self.events), "head": head}, "instruments": self.instruments,
        }  # fmt: skip


def _packed(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, DAWN)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _hashing(lines: Iterable[bytes], hashes: list[bytes]) -> Iterator[bytes]:
    """The lines, leaving the leaf hash of each."""
    for line in lines:
        hashes.append(leaf_hash(line.rstrip(b"\r\n")).hex().encode())
        yield line


def key_entry() -> dict[str, str]:
    """The key that signs today, as the manifest names it."""
    number, _secret = portal_keys.current("sign")
    name = f"sign-{number}"
    return form.key_entry(name, encryption.public_key(name))


class _Voices:
    """Lines of ballots, and what is counted while they pass."""

    def __init__(self, table: SurveyTable | BudgetTable, digest: FileDigest) -> None:
        self.table, self.scope, self.digest = table, table.scope, digest
        self.recount = Recount(kinds_of(table))
        self.channels: Counter[str] = Counter()

    def lines(self) -> Iterator[bytes]:
        for shown in self._ballots():
            self.recount.add(shown.published)
            self.channels[shown.channel] += 1
            yield self._line(shown) + b"\n"

    def _ballots(self) -> Iterator[Shown]:
        """Sealed ones as they are sealed: by batch, then id."""
        return self.table.profiled.in_order("batch__number", "id") if self.scope.is_full else iter(self.table.profiled)

    def _line(self, shown: Shown) -> bytes:
        if not self.scope.is_full:
            version = None if self.scope.is_public else self._version(shown)
            return form.ballot_line(version=version, channel=shown.channel, answers=shown.published)
        row = Row(str(shown.ballot), shown.batch, self._version(shown), shown.channel, shown.answers)
        gone = [key for key in shown.gone if key in shown.answers]
        self.digest.removed += bool(gone)
        return form.removed_line(row, gone) if gone else row.line()

    def _version(self, shown: Shown) -> int | None:
        return self.scope.forms[shown.version].version if shown.version else None


def kinds_of(table: SurveyTable | BudgetTable) -> dict[str, str]:
    """How the published answers to each question are counted."""
    if table.scope.is_budget:
        return {"votes": "votes"}
    age = table.profiled.background.age if not table.scope.is_full else ""
    kinds = {column.question: COUNTED_AS.get(Kind(column.kind), "text") for column in table.columns}
    return {code: "options" if code == age and kind == "number" else kind for code, kind in kinds.items()}


def _told(scope: Scope, voices: _Voices) -> dict[str, Any]:
    instrument = scope.instrument
    batches = [
        {**{key: value for key, value in said_of(one).items() if key != "instrument"}, "head": one.head} for one in scope.batches
    ]
    told: dict[str, Any] = {
        "id": str(instrument.pk), "code": instrument.code, "title": instrument.title, "kind": instrument.kind,
        "ballots": scope.count, "channels": dict(voices.channels), "batches": batches, "questions": voices.recount.questions(),
    }  # fmt: skip
    if scope.is_budget and _is_whole(scope):
        result = budget.count(instrument).as_json()
        projects = [{"id": code, "cost": cost} for code, cost in budget.costs_of(instrument).items()]
        told["tally"] = {**result, "projects": projects, "draws": [draw.order for draw in instrument.draws.all()]}
    return told


def _is_whole(scope: Scope) -> bool:
    """Winners follow from all ballots alone, not from those of an earlier day."""
    return scope.instrument.batches.count() == len(scope.batches)


def _column(head: Head) -> dict[str, str]:
    role = {BALLOT: "ballot", BATCH: "batch", CHANNEL: "channel", ANSWER: "answer"}.get(head.role, "text")
    told = {"name": head.code, "role": role}
    if role != "answer" or head.column is None:
        return told
    told["question"] = head.column.question
    if head.column.kind in (Kind.CHOICES, Kind.RANKING, "votes"):
        told["option"] = head.column.part
    elif head.column.kind == Kind.MATRIX:
        told["row"] = head.column.part
    return told


def _records(table: SurveyTable | BudgetTable) -> Iterator[bytes]:
    rows = table.lines(table.profiled.in_order("batch__number", "id")) if table.scope.is_full else table.rows()
    ticked = [index for index, head in enumerate(table.heads) if head.column and head.column.kind == Kind.STATEMENT]
    return record_lines(table.heads, _with_words(rows, ticked))


def _with_words(rows: Iterator[list[Any]], ticked: list[int]) -> Iterator[list[Any]]:
    """A ticked statement as the checker counts it."""
    for row in rows:
        for index in ticked:
            if row[index] not in MARKS:
                row[index] = "true"
        yield row


def _commitments(scope: Scope) -> Iterator[bytes]:
    listed = Envelope.objects.filter(instrument=scope.instrument, batch__in=list(scope.batch_numbers))
    rows = listed.order_by("batch__number", "commitment").values_list("batch__number", "commitment")
    for number, commitment in rows.iterator(chunk_size=CHUNK):
        yield form.commitment_line(number, bytes(commitment)) + b"\n"


def _event(entry: ChainEntry) -> dict[str, Any]:
    return {
        "number": entry.number, "kind": entry.kind, "day": entry.day.isoformat(), "payload_sha256": entry.payload_sha256,
        "previous": entry.previous, "hash": entry.hash, "payload": entry.payload,
    }  # fmt: skip


def scopes_of(consultation, instrument, profile: str, as_of: date) -> list[Scope]:
    """The boxes a bundle is about: of this instrument, or all of the consultation."""
    boxes = (
        [instrument]
        if instrument
        else list(consultation.instruments.exclude(kind=InstrumentKind.REMARKS).order_by("order", "id"))
    )
    return [Scope(one, profile, as_of) for one in boxes]
