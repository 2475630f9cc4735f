"""One check for each thing a manifest claims. None trusts another: a wrong file is still counted, a wrong count still hashed."""

import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from hashlib import file_digest, sha256
from itertools import accumulate
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consultations import manifest as form
from consultations.merkle import root_of
from consultations.verify import chains, counts
from consultations.verify.inputs import Bundle
from consultations.verify.report import Report
from consultations.verify.rows import Read, begin, read_table

Manifest = Mapping[str, Any]
Reading = Mapping[str, Callable[[], Read]]  # by name of the file; calling it waits for the end


def verify(bundle: Bundle, *, trusted: Iterable[str] = (), head: str = "", commitment: str = "") -> Report:
    """Everything that can be recomputed from the bundle.

    `trusted`: fingerprints of keys known to be the town's; without them the key inside is only shown. `head`: a head noted
    earlier from the page; `commitment`: from somebody's receipt; both must be listed.
    """
    report = Report(title="Sprawdzenie opublikowanych wyników konsultacji")
    manifest = _manifest(bundle, report)
    if manifest is None:
        return report
    report.title = (
        f"{manifest['consultation']['title']} (zakres {PROFILE_NAMES[manifest['profile']]}, stan na {manifest['as_of']})"
    )
    _signature(bundle, manifest, set(trusted), report)
    for instrument in manifest["instruments"]:
        chains.check_batches(instrument, report)
    with ProcessPoolExecutor() as pool, ThreadPoolExecutor(1) as beside:
        reading = _reading(bundle, manifest, pool)  # first: processes are started before threads
        digests = _digests(bundle, manifest, beside)
        for entry in sorted(manifest["files"], key=lambda entry: entry["role"] in VOICES):
            if path := bundle.files.get(entry["name"]):
                _content(path, entry, manifest, bundle, reading, report)
        _files(digests, manifest, report)
    _sealed_are_there(manifest, report)
    chains.check_chain_is_there(manifest, report)
    _noted(head, commitment, bundle, manifest, report)
    return report


PROFILE_NAMES = {form.FULL: "pełny", form.PSEUDONYMISED: "w postaci zastępczej", form.PUBLIC: "publiczny"}


# The manifest and its signature


def _manifest(bundle: Bundle, report: Report) -> Manifest | None:
    try:
        body = json.loads(bundle.content)
        if isinstance(body, dict) and isinstance(body.get("format"), str) and body["format"] != form.FORMAT:
            report.unchecked(f"Metryka jest w formacie „{body['format'][:60]}”, a ten program zna tylko „{form.FORMAT}”.")
            return None
        return form.checked(body)
    except (ValueError, RecursionError, TypeError, AttributeError):
        report.differs("metryki nie da się odczytać, więc została zmieniona", form.MANIFEST)
    except form.Malformed as error:
        report.differs(f"metryka ma uszkodzoną budowę ({str(error)[:100]})", form.MANIFEST)
    return None


def _signature(bundle: Bundle, manifest: Manifest, trusted: set[str], report: Report) -> None:
    public = bytes.fromhex(manifest["key"]["public"])
    fingerprint = form.fingerprint(public)
    if bundle.signature is None:
        return report.unchecked("nie ma podpisu, więc nie wiadomo, kto ogłosił te pliki", form.SIGNATURE)
    if not is_signed(bundle.content, bundle.signature, manifest["key"]["id"], public):
        return report.differs("podpis nie pasuje do metryki", form.SIGNATURE)
    if trusted and fingerprint not in trusted:
        return report.differs("podpisano innym kluczem niż podany klucz miasta", form.SIGNATURE)
    report.agrees(f"podpis zgadza się z kluczem {manifest['key']['id']}", form.SIGNATURE)
    if not trusted:
        report.note(f"porównaj odcisk klucza z ogłoszonym przez miasto: {_grouped(fingerprint)}", form.SIGNATURE)
    return None


def is_signed(content: bytes, signature: bytes, key_id: str, public: bytes) -> bool:
    """Whether this signature file, byte for byte as the format writes it, is of this content by this key."""
    try:
        told = json.loads(signature)
        made = bytes.fromhex(told["signature"])
        Ed25519PublicKey.from_public_bytes(public).verify(made, content)
    except (InvalidSignature, ValueError, KeyError, TypeError, RecursionError):
        return False
    return signature == form.signature_file(key_id, made)


def _grouped(digits: str) -> str:
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))


# Files


def _digests(bundle: Bundle, manifest: Manifest, beside: ThreadPoolExecutor) -> dict[str, "Future[str]"]:
    """SHA-256 of each file, worked out beside the counting."""
    there = [entry["name"] for entry in manifest["files"] if entry["name"] in bundle.files]
    return {name: beside.submit(_sha256, bundle.files[name]) for name in there}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _files(digests: Mapping[str, "Future[str]"], manifest: Manifest, report: Report) -> None:
    same = 0
    for entry in manifest["files"]:
        name = entry["name"]
        if name not in digests:
            report.unchecked("brakuje tego pliku", name)
        elif digests[name].result() != entry["sha256"]:
            report.differs("plik jest inny niż podpisany", name)
        else:
            same += 1
    if same:
        report.agrees(f"pliki takie same jak podpisane: {same} z {len(manifest['files'])}")


VOICES = (form.BALLOTS, form.TABLE)


def _instrument(entry: Manifest, manifest: Manifest) -> Manifest | None:
    return next((one for one in manifest["instruments"] if one["code"] == entry.get("instrument")), None)


def _content(path: Path, entry: Manifest, manifest: Manifest, bundle: Bundle, reading: Reading, report: Report) -> None:
    role, instrument = entry["role"], _instrument(entry, manifest)
    if role == form.EVENTS:
        chains.check_events(path, entry, manifest, report)
    elif role not in (form.COMMITMENTS, *VOICES):
        return
    elif instrument is None:
        report.differs("metryka nie mówi, której ankiety to plik", entry["name"])
    elif role == form.COMMITMENTS:
        chains.check_commitments(path, entry, instrument, report)
    else:
        _ballots(path, entry, instrument, reading[entry["name"]](), bundle, report)


def _sealed_are_there(manifest: Manifest, report: Report) -> None:
    """A bundle that calls itself full and brings no sealed ballots proves nothing of the batches it lists."""
    sealed = {entry.get("instrument") for entry in manifest["files"] if entry.get("is_sealed")}
    for instrument in manifest["instruments"]:
        if manifest["profile"] == form.FULL and instrument["batches"] and instrument["code"] not in sealed:
            report.unchecked("w komplecie nie ma zapieczętowanych głosów, więc partii nie da się sprawdzić", instrument["code"])


# Ballots


def _reading(bundle: Bundle, manifest: Manifest, pool: Executor) -> Reading:
    """Reading of every file of voices, begun."""
    return {
        entry["name"]: _begun(path, entry, instrument, pool)
        for entry in manifest["files"]
        if entry["role"] in VOICES and (path := bundle.files.get(entry["name"])) and (instrument := _instrument(entry, manifest))
    }


def _begun(path: Path, entry: Manifest, instrument: Manifest, pool: Executor) -> Callable[[], Read]:
    kinds = {question["code"]: question["kind"] for question in instrument["questions"]}
    return begin(path, kinds, pool) if entry["role"] == form.BALLOTS else lambda: read_table(path, entry, kinds)


def _ballots(path: Path, entry: Manifest, instrument: Manifest, read: Read, bundle: Bundle, report: Report) -> None:
    before = len(report.differences)
    _root(path, read, entry, instrument, bundle, report)
    _problems(read, entry, report)
    if entry.get("is_sealed"):
        _sealed(read, entry, instrument, report)
    else:
        report.note("wiersze są wyciągiem z głosów, więc korzeni partii nie da się z nich policzyć", entry["name"])
    counts.check_totals(read, entry, instrument, report)
    if instrument.get("tally") and entry["role"] == form.BALLOTS:
        counts.check_tally(path, entry, instrument["tally"], report)
    if len(report.differences) == before:
        report.agrees(f"{_thousands(read.ballots)} głosów, każdy na swoim miejscu; sumy zgodne z ogłoszonymi", entry["name"])


def _thousands(count: int) -> str:
    return f"{count:,}".replace(",", "\u00a0")


def _root(path: Path, read: Read, entry: Manifest, instrument: Manifest, bundle: Bundle, report: Report) -> None:
    if read.count != entry["rows"]:
        report.differs(f"plik ma {_thousands(read.count)} wierszy, a podpisano {_thousands(entry['rows'])}", entry["name"])
    digests = read.digests()
    if root_of(_with_header(path, entry, digests)).hex() == entry["root"]:
        return
    report.differs("wiersze są inne niż podpisane", entry["name"])
    listed = _listed_leaves(path, bundle, entry)
    if listed is None:
        report.note("bez pliku z listą liści nie da się wskazać wiersza dokładniej niż do partii", entry["name"])
    else:
        _name_rows(digests, listed, entry, instrument, report)


def _with_header(path: Path, entry: Manifest, digests: list[bytes]) -> list[bytes]:
    """The header of a table is under its root too."""
    if not entry["header_lines"]:
        return digests
    with path.open("rb") as file:
        header = [line.rstrip(b"\r\n") for line, _ in zip(file, range(entry["header_lines"]), strict=False)]
    return [sha256(b"\x00" + line).digest() for line in header] + digests


def _listed_leaves(path: Path, bundle: Bundle, entry: Manifest) -> list[bytes] | None:
    """The published list of leaves, believed only if it has the signed root."""
    list_path = bundle.files.get(entry["name"] + form.LEAVES)
    if list_path is None:
        return None
    try:
        leaves = [bytes.fromhex(line) for line in list_path.read_text("ascii").split()]
    except ValueError:
        return None
    whole = root_of(leaves).hex() == entry["root"]
    return leaves[entry["header_lines"] :] if whole else None


def _name_rows(digests: list[bytes], listed: list[bytes], entry: Manifest, instrument: Manifest, report: Report) -> None:
    """Which rows are new, gone or moved, compared with the signed list."""
    known, found = set(listed), set(digests)
    batches = _batches_by_place(instrument, entry)
    strange = [place for place, leaf in enumerate(digests) if leaf not in known]
    gone = [place for place, leaf in enumerate(listed) if leaf not in found]
    strange_set, gone_set = set(strange), set(gone)
    for place in strange:
        told = "wiersz zmieniony" if place in gone_set and len(digests) == len(listed) else "wiersz, którego nie podpisano"
        report.differs(told, entry["name"], line=place + 1, batch=batches(place))
    for place in gone:
        if len(digests) != len(listed) or place not in strange_set:
            report.differs("brakuje podpisanego wiersza", entry["name"], line=place + 1, batch=batches(place))
    if not strange and not gone:
        _name_moved(digests, listed, entry, batches, report)


def _name_moved(digests: list[bytes], listed: list[bytes], entry: Manifest, batches, report: Report) -> None:
    """The same rows in another order, or some of them twice."""
    if digests == listed:
        return report.differs("nagłówek tabeli jest inny niż podpisany", entry["name"])
    place = next((at for at, pair in enumerate(zip(digests, listed, strict=False)) if pair[0] != pair[1]), len(listed))
    told = "od tego wiersza kolejność jest inna niż podpisana" if len(digests) == len(listed) else "wiersz powtórzony"
    return report.differs(told, entry["name"], line=place + 1, batch=batches(place))


def _batches_by_place(instrument: Manifest, entry: Manifest):
    ends = list(accumulate(batch["count"] for batch in instrument["batches"])) if entry.get("is_sealed") else []

    def of(place: int) -> int | None:
        numbers = (batch["number"] for batch, end in zip(instrument["batches"], ends, strict=True) if place < end)
        return next(numbers, None) if ends else None

    return of


def _problems(read: Read, entry: Manifest, report: Report) -> None:
    for place, text in read.problems:
        report.differs(text, entry["name"], line=place + 1)


def _sealed(read: Read, entry: Manifest, instrument: Manifest, report: Report) -> None:
    """Every batch against the root that was published on its day."""
    leaves = read.digests()
    for place, leaf in read.sealed.items():
        leaves[place] = leaf
    if len(read.sealed) != entry.get("removed", 0):
        report.differs(
            f"wierszy z usuniętym tekstem jest {len(read.sealed)}, a podpisano {entry.get('removed', 0)}", entry["name"]
        )
    elif read.sealed:
        report.note(f"w {len(read.sealed)} wierszach usunięto tekst; resztę ich treści potwierdza tylko podpis", entry["name"])
    by_batch = _by_batch(leaves, read)
    for batch in instrument["batches"]:
        _batch(batch, by_batch.pop(batch["number"], []), entry, report)
    for number in by_batch:
        report.differs("takiej partii nie podpisano", entry["name"], batch=number)


def _by_batch(leaves: list[bytes], read: Read) -> dict[int, list[bytes]]:
    by_batch: dict[int, list[bytes]] = {}
    if sum(count for _number, count in read.runs) != len(leaves):
        return by_batch  # rows that tell no batch were named already
    start = 0
    for number, count in read.runs:
        by_batch.setdefault(number, []).extend(leaves[start : start + count])
        start += count
    return by_batch


def _batch(batch: Manifest, leaves: list[bytes], entry: Manifest, report: Report) -> None:
    if len(leaves) != batch["count"]:
        told = f"jest {len(leaves)} głosów, a zapieczętowano {batch['count']}"
        report.differs(told, entry["name"], batch=batch["number"])
    elif root_of(leaves).hex() != batch["ballots_root"]:
        report.differs("głosy są inne niż zapieczętowane", entry["name"], batch=batch["number"])


# What somebody noted


def _noted(head: str, commitment: str, bundle: Bundle, manifest: Manifest, report: Report) -> None:
    batches = [batch for instrument in manifest["instruments"] for batch in instrument["batches"]]
    if head:
        heads = {manifest["chain"]["head"], *(batch["head"] for batch in batches)}
        is_listed = head.lower() in heads or chains.is_event(head.lower(), bundle, manifest)
        _say(is_listed, "zapisana wcześniej głowa łańcucha", report)
    if commitment:
        is_listed = chains.is_commitment(commitment.lower(), bundle, manifest)
        _say(is_listed, "potwierdzenie głosu", report)


def _say(is_listed: bool, what: str, report: Report) -> None:
    if is_listed:
        report.agrees(f"{what}: jest na liście")
    else:
        report.differs(f"{what}: nie ma go na liście" if what.startswith("potw") else f"{what}: nie ma jej na liście")
