"""A published bundle: what its files look like, byte for byte, and the signed manifest over them. Format `pruszcz-consultation/1`.

Standard library alone: the exporter writes with these functions and the stand-alone checker reads with them.

    manifest.json       JSON, `as_bytes`: everything below, counts and roots
    manifest.json.sig   JSON, `signature_file`: Ed25519 over the exact bytes of manifest.json (N3, 4.7)
    *.jsonl (ballots)   one ballot a line, `ballot_line`; sorted by batch, then ballot id
    *.csv (table)       the same for a spreadsheet: a line of codes, more header lines, one ballot a record
    *.txt (commitments) `commitment_line`: batch number, space, 64 hexadecimal digits; sorted
    *.jsonl (events)    `event_line`: the public chain of the consultation, in order
    NAME.leaves         optional, of any file of rows: the leaf hash of each line, so that a wrong row is named, not only its batch

Every file with rows has a Merkle root over its lines (without line ends) in the manifest, beside its SHA-256: one published row
can be proved alone with `merkle.path`. Lines end with a line feed; a CSV may end them with CR LF.

What each profile proves to somebody who trusts the signing key:

- full (`is_sealed`): a line of ballots *is* the leaf that was sealed, so the roots published each day, every count, total and
  winner follow from the file. Where a text was removed after sealing (`removed_line`), the line carries the leaf instead:
  its place in the batch is proved, what it says now is only signed. A short removed text could be guessed against that hash
  by whoever holds the file, so this profile does not leave the office.
- pseudonymised, public: ballot ids are others or absent, answers banded or left out, so a line is not a leaf and the sealed
  roots of the ballots can not be recomputed from it. Proved: that these are the rows the town signed, none altered, deleted, added or moved;
  that counts and totals follow from these rows; that the chain of batches, their counts and the list of commitments are those
  announced daily. Not proved: that the rows are a faithful extract of the sealed ones; an auditor with the full file proves it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from consultations.merkle import Growing, canonical, root
from consultations.recount import KINDS

FORMAT = "pruszcz-consultation/1"
MANIFEST, SIGNATURE, LEAVES = "manifest.json", "manifest.json.sig", ".leaves"
FULL, PSEUDONYMISED, PUBLIC = PROFILES = ("full", "pseudonymised", "public")
BALLOTS, TABLE, COMMITMENTS, EVENTS, LEAF_LIST, OTHER = ROLES = ("ballots", "table", "commitments", "events", "leaves", "other")
SEALING = "sealing"  # the kind of an event that tells a batch: its payload names instrument (id), number and head
ALGORITHM = "Ed25519"
NOT_ASKED, SKIPPED, BLANK, REMOVED = MISSING = (".n", ".s", ".b", ".r")  # reasons in place of an answer, in tables


# Lines


class Row(NamedTuple):
    """A ballot as it is sealed. `version` is the number of the version of questions, None for a budget vote."""

    ballot: str
    batch: int
    version: int | None
    channel: str
    answers: Mapping[str, Any]

    def line(self) -> bytes:
        """The leaf, and the line of the full file, without its line end."""
        return canonical(self._asdict())


def ballot_line(
    *, ballot: str | None = None, batch: int | None = None, version: int | None = None, channel: str, answers: Mapping[str, Any]
) -> bytes:
    """A line of a file that is not sealed: what the profile leaves out is absent, not empty."""
    known = {"ballot": ballot, "batch": batch, "version": version, "channel": channel, "answers": answers}
    return canonical({key: value for key, value in known.items() if value is not None})


def removed_line(row: Row, questions: Iterable[str]) -> bytes:
    """A sealed ballot whose answers to these questions were removed: the rest of it, and the leaf that was sealed."""
    gone = sorted(questions)
    kept = {code: value for code, value in row.answers.items() if code not in gone}
    leaf = sha256(b"\x00" + row.line()).hexdigest()
    return canonical({**row._asdict(), "answers": kept, "leaf": leaf, "removed": gone})


def ballots_root(rows: Iterable[Row]) -> str:
    """Of one batch. Rows may come in any order: they are sealed by ballot id, which is random and so tells nothing."""
    return root(row.line() for row in sorted(rows, key=lambda row: row.ballot)).hex()


def commitments_root(commitments: Iterable[bytes]) -> str:
    """Of one batch; the leaves are the 32 bytes each, sorted."""
    return root(sorted(bytes(commitment) for commitment in commitments)).hex()


def commitment_line(batch: int, commitment: bytes) -> bytes:
    return f"{batch} {bytes(commitment).hex()}".encode()


# Chains


def batch_head(
    *, instrument: str, number: int, day: str, count: int, ballots_root: str, commitments_root: str, previous: str, is_final: bool
) -> str:
    """Ties a batch to all before it. `instrument`: its id; `day`: ISO; `previous`: head of the batch before, "" for the first."""
    return sha256(canonical({**locals(), "is": "batch"})).hexdigest()


def payload_sha256(payload: Any) -> str:
    return sha256(canonical(payload)).hexdigest()


def event_hash(*, consultation: str, number: int, kind: str, day: str, payload_sha256: str, previous: str) -> str:
    """Ties an event to all before it. `consultation`: its id; `previous`: hash of the event before, "" for the first."""
    return sha256(canonical({**locals(), "is": "event"})).hexdigest()


def event_line(*, number: int, kind: str, day: str, payload_sha256: str, previous: str, hash: str, payload: Any = None) -> bytes:
    """A line of the chain. The payload may be left out where it is not public: its hash keeps the chain whole."""
    event = dict(locals())
    if payload is None:
        del event["payload"]
    return canonical(event)


# The manifest


class FileDigest:
    """What the manifest says of a file, gathered while it is written, in constant memory.

    `role`, `instrument` (code): what it holds and of which instrument. `header_lines` do not count as rows. `is_sealed`: lines
    are leaves. `columns` of a table: `{"name", "role"}` each, role ballot, batch, version, channel, answer, group or text; an
    answer also `question`, and `option` or `row` where a question has several columns.
    """

    def __init__(self, name: str, role: str, **more: Any) -> None:
        self.name, self.role, self.header_lines, self.more = name, role, more.pop("header_lines", 0), more
        self.removed = 0
        self._sha256, self._bytes, self._lines, self._tree = sha256(), 0, 0, Growing()

    def add(self, line: bytes) -> None:
        """The next line with its line end, exactly as written; of an OTHER file any piece."""
        self._sha256.update(line)
        self._bytes += len(line)
        self._lines += 1
        if self.role not in (OTHER, LEAF_LIST):
            self._tree.add(line.rstrip(b"\r\n"))

    def entry(self) -> dict[str, Any]:
        entry = {"name": self.name, "role": self.role, "sha256": self._sha256.hexdigest(), "bytes": self._bytes, **self.more}
        if self.role in (OTHER, LEAF_LIST):
            return entry
        told = {"rows": self._lines - self.header_lines, "root": self._tree.root().hex(), "header_lines": self.header_lines}
        return {**entry, **told, **({"removed": self.removed} if self.removed else {})}


def as_bytes(manifest: Mapping[str, Any]) -> bytes:
    """The manifest as it is published and signed: legible, and the same bytes for the same content. Raises Malformed."""
    checked(manifest)
    plain = json.loads(canonical(manifest))
    return (json.dumps(plain, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def sealed(manifest: Mapping[str, Any], *, sign: Callable[[bytes], tuple[str, bytes]]) -> tuple[bytes, bytes]:
    """manifest.json and manifest.json.sig. `sign` is `accounts.encryption.sign`; `manifest["key"]` must name the same key."""
    content = as_bytes(manifest)
    key_id, signature = sign(content)
    if key_id != manifest["key"]["id"]:
        raise ValueError(f"the manifest names {manifest['key']['id']}, {key_id} signed")
    return content, signature_file(key_id, signature)


def signature_file(key_id: str, signature: bytes) -> bytes:
    """The detached signature with the name of its key; the key itself is in the manifest."""
    return canonical({"algorithm": ALGORITHM, "key_id": key_id, "signature": bytes(signature).hex()}) + b"\n"


def key_entry(key_id: str, public_key: bytes) -> dict[str, str]:
    """`manifest["key"]`."""
    return {"id": key_id, "public": bytes(public_key).hex(), "fingerprint": fingerprint(public_key)}


def fingerprint(public_key: bytes) -> str:
    """SHA-256 of the 32 public bytes: what the town prints in its orders and on its page."""
    return sha256(bytes(public_key)).hexdigest()


# Its shape


class Malformed(Exception):
    """Not a manifest of this format; the text names the place."""


HASH = "64 hexadecimal digits"
_FILE = {"name": str, "role": ROLES, "sha256": HASH, "bytes": int}
_ROWS = {"rows": int, "root": HASH, "header_lines": int}
_BATCH = {
    "number": int, "day": str, "count": int, "ballots_root": HASH, "commitments_root": HASH, "previous": str, "head": HASH,
    "is_final": bool,
}  # fmt: skip
_QUESTION = {"code": str, "kind": KINDS, "answered": int, "counts": dict}
_INSTRUMENT = {
    "id": str,
    "code": str,
    "title": str,
    "kind": str,
    "ballots": int,
    "channels": dict,
    "batches": list,
    "questions": list,
}
_WHOLE = {
    "format": (FORMAT,), "profile": PROFILES, "as_of": str, "consultation": dict, "chain": dict, "rules": dict, "key": dict,
    "files": list, "instruments": list,
}  # fmt: skip


def checked(manifest: Any) -> dict[str, Any]:
    """The same manifest, if it has the shape of the format; else Malformed. Nothing is said about its truth."""
    _has(manifest, _WHOLE, "manifest")
    _has(manifest["consultation"], {"id": str, "slug": str, "title": str}, "consultation")
    _has(manifest["chain"], {"entries": int, "head": str}, "chain")
    _has(manifest["key"], {"id": str, "public": HASH, "fingerprint": HASH}, "key")
    for file in manifest["files"]:
        _has(file, _FILE, "file")
        _has(file, _ROWS if file["role"] not in (OTHER, LEAF_LIST) else {}, file["name"])
        for column in file.get("columns", []):
            _has(column, {"name": str, "role": str}, f"{file['name']} columns")
    for instrument in manifest["instruments"]:
        _has(instrument, _INSTRUMENT, "instrument")
        for batch in instrument["batches"]:
            _has(batch, _BATCH, f"{instrument['code']} batch")
        for question in instrument["questions"]:
            _has(question, _QUESTION, f"{instrument['code']} question")
    return manifest


def _has(value: Any, shape: Mapping[str, Any], where: str) -> None:
    if not isinstance(value, dict):
        raise Malformed(where)
    for key, wanted in shape.items():
        if key not in value or not _fits(value[key], wanted):
            raise Malformed(f"{where}: {key}")


def _fits(value: Any, wanted: Any) -> bool:
    if wanted is HASH:
        return isinstance(value, str) and len(value) == 64 and not set(value) - set("0123456789abcdef")
    if isinstance(wanted, tuple):
        return isinstance(value, str) and value in wanted
    if wanted is int:
        return type(value) is int and value >= 0
    return isinstance(value, wanted)
