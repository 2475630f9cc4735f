"""From what somebody named on the command line to bundles: a manifest, its signature and the files it speaks of."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from consultations.manifest import MANIFEST, SIGNATURE

LONGEST_MANIFEST = 200_000_000  # bytes; no real one comes near


class NoBundle(Exception):
    """Nothing that can be checked was named; the text says what is missing."""


@dataclass
class Bundle:
    """`files`: by the name the manifest uses."""

    content: bytes
    signature: bytes | None = None
    files: dict[str, Path] = field(default_factory=dict)


def bundles(named: Iterable[Path], scratch: Path) -> list[Bundle]:
    """One for each manifest. A folder and a zip hold one each; files named beside a manifest belong to it, as do those in its
    folder. Raises NoBundle. A zip is unpacked into `scratch`, flat: a path inside it leads nowhere else."""
    found, loose = [], {}
    for path in named:
        if not path.exists():
            raise NoBundle(f"Nie ma pliku {path}.")
        if path.is_dir():
            found.append(_of_folder(path))
        elif zipfile.is_zipfile(path):
            found.append(_of_folder(_unpacked(path, scratch / str(len(found)))))
        elif _is_manifest(path):
            found.append(_of_folder(path.parent, path))
        else:
            loose[path.name] = path
    if not found:
        found = [_beside(loose)]
    for bundle in found:
        bundle.files.update(loose)
        bundle.signature = loose[SIGNATURE].read_bytes() if SIGNATURE in loose else bundle.signature
    return found


def _beside(loose: dict[str, Path]) -> Bundle:
    """Only data files were named: their manifest lies in the same folder, or there is nothing to check them with."""
    for path in loose.values():
        if (path.parent / MANIFEST).is_file():
            return _of_folder(path.parent)
    raise NoBundle(f"Podaj też plik {MANIFEST} albo folder lub archiwum zip, w którym leży.")


def _is_manifest(path: Path) -> bool:
    if path.name == MANIFEST:
        return True
    if path.suffix != ".json" or path.stat().st_size > LONGEST_MANIFEST:
        return False
    try:
        return "pruszcz-consultation/" in json.loads(path.read_bytes()).get("format", "")
    except (ValueError, AttributeError, TypeError, RecursionError):
        return False


def _of_folder(folder: Path, manifest: Path | None = None) -> Bundle:
    manifest = manifest or folder / MANIFEST
    if not manifest.is_file():
        raise NoBundle(f"W folderze {folder} nie ma pliku {MANIFEST}.")
    if manifest.stat().st_size > LONGEST_MANIFEST:
        raise NoBundle(f"Plik {manifest} jest za duży na metrykę.")
    signature = manifest.with_name(manifest.name + ".sig")
    files = {path.name: path for path in folder.iterdir() if path.is_file()}
    return Bundle(manifest.read_bytes(), signature.read_bytes() if signature.is_file() else None, files)


def _unpacked(archive: Path, target: Path) -> Path:
    target.mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        for member in opened.infolist():
            if not member.is_dir():
                _copy(opened, member, target / Path(member.filename.replace("\\", "/")).name)
    return target


def _copy(opened: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    try:
        with opened.open(member) as source, path.open("xb") as copy:
            for piece in _pieces(source):
                copy.write(piece)
    except FileExistsError as error:
        raise NoBundle(f"W archiwum są dwa pliki o nazwie {path.name}.") from error
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise NoBundle(f"Nie da się rozpakować pliku {path.name} z archiwum.") from error


def _pieces(source) -> Iterator[bytes]:
    while piece := source.read(1 << 20):
        yield piece


# Keys


def public_key(path: Path) -> bytes:
    """The 32 bytes of an Ed25519 public key: raw, 64 hexadecimal digits, or PEM. Raises NoBundle."""
    content = path.read_bytes() if path.is_file() else b""
    if len(content) == 32:
        return content
    if re.fullmatch(rb"\s*[0-9a-fA-F]{64}\s*", content):
        return bytes.fromhex(content.decode().strip())
    try:
        key = serialization.load_pem_public_key(content)
    except ValueError as error:
        raise NoBundle(f"Plik {path} nie jest kluczem publicznym Ed25519.") from error
    if not isinstance(key, Ed25519PublicKey):
        raise NoBundle(f"Plik {path} nie jest kluczem publicznym Ed25519.")
    return key.public_bytes_raw()
