"""What a file is and whether it may come in: extension, declared type and content must agree (S47, S49, S50)."""

import io
import json
import subprocess
import sys
import threading
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import structlog
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office import examiner

log = structlog.get_logger(__name__)

NAME_LENGTH = 120  # characters, extension included
EMBEDDED_FILES = "embedded_files"
PATIENCE = 30.0  # seconds for one examination
_few = threading.BoundedSemaphore(2)  # examinations at once in one process: each may take a gigabyte


@dataclass(frozen=True)
class Kind:
    """A kind of file that may come in. `declared` are the types that browsers give it; generic ones say nothing and pass."""

    media_type: str
    extensions: tuple[str, ...]
    magic: bytes
    examined_as: str
    declared: tuple[str, ...] = ()

    @property
    def extension(self) -> str:
        return self.extensions[0]


PDF = Kind("application/pdf", (".pdf",), b"%PDF-", examined_as="PDF", declared=("application/pdf", "application/x-pdf"))
JPEG = Kind(
    "image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff", examined_as="JPEG", declared=("image/jpeg", "image/jpg", "image/pjpeg")
)
PNG = Kind("image/png", (".png",), b"\x89PNG\r\n\x1a\n", examined_as="PNG", declared=("image/png", "image/x-png"))
KINDS = (PDF, JPEG, PNG)
SAYS_NOTHING = ("", "application/octet-stream", "binary/octet-stream")


@dataclass(frozen=True)
class Inspected:
    """What goes to the disk: the content (an image is made anew), and what the clerk should know about it."""

    kind: Kind
    content: bytes
    warnings: list[str]


def clean_name(name: str) -> str:
    """The person's name of the file without folders, control and direction characters and characters no system likes."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    kept = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    kept = " ".join("".join("_" if char in '<>:"|?*' else char for char in kept).split()).strip(". ")
    stem, dot, extension = kept.rpartition(".")
    if not dot or len(extension) > 10:
        return kept[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(extension) - 1].rstrip()}.{extension.lower()}"


def kind_of(name: str, declared: str, head: bytes, kinds: tuple[Kind, ...]) -> Kind:
    """The kind on which name, declared type and first bytes agree; ValidationError in plain Polish when they do not."""
    kind = next((kind for kind in kinds if name.lower().endswith(kind.extensions)), None)
    if kind is None:
        raise _refusal("extension", name, kinds)
    declared = declared.partition(";")[0].strip().lower()
    if not head.startswith(kind.magic) or declared not in (*kind.declared, *SAYS_NOTHING):
        raise _refusal("disagree", name, kinds)
    return kind


def inspect(file: BinaryIO | File, name: str, kind: Kind) -> Inspected:
    """Read the file through and return what may be kept. ValidationError names the file and says what to do."""
    file.seek(0)
    content = file.read()
    if zipfile.is_zipfile(io.BytesIO(content)):  # a second file hidden behind the first
        raise _refusal("polyglot", name)
    answer, made = examined(content, by=Path(examiner.__file__), what=kind.examined_as)
    if reason := answer.get("refused"):
        raise _refusal(reason, name)
    return Inspected(kind, made or content, answer["warnings"])


def examined(content: bytes, *, by: Path, what: str) -> tuple[dict, bytes]:
    """What a script says of the content, from a process that may die of it without harm to ours (office.examiner, resident_card.code_reader).

    The script reads stdin and writes a line of JSON, then whatever it made. Anything but a good end is "damaged".
    """
    command = [sys.executable, "-I", str(by), what]
    with _few:
        try:
            done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=True)
        except subprocess.SubprocessError as error:
            log.warning("file_not_examined", kind=what, error=type(error).__name__)
            return {"refused": "damaged"}, b""
    line, _newline, made = done.stdout.partition(b"\n")
    return json.loads(line), made


def _refusal(code: str, name: str, kinds: tuple[Kind, ...] = KINDS) -> ValidationError:
    words = [kind.extension[1:].upper() for kind in kinds]
    listed = _(" albo ").join(filter(None, [", ".join(words[:-1]), words[-1]]))
    params = {"name": name, "kinds": listed, "pixels": examiner.PIXELS // 1_000_000}
    return ValidationError(REFUSALS[code], code=code, params=params)


REFUSALS = {
    "extension": gettext_lazy("Pliku „%(name)s” nie możemy przyjąć. Dodaj plik %(kinds)s."),
    "disagree": gettext_lazy(
        "Zawartość pliku „%(name)s” nie zgadza się z jego nazwą. Zapisz dokument od nowa jako plik %(kinds)s."
    ),
    "polyglot": gettext_lazy("W pliku „%(name)s” ukryto inny plik. Zapisz dokument od nowa i dodaj go jeszcze raz."),
    "encrypted": gettext_lazy("Plik „%(name)s” jest chroniony hasłem. Zapisz go bez hasła i dodaj jeszcze raz."),
    "no_pages": gettext_lazy("W pliku „%(name)s” nie ma ani jednej strony. Zapisz dokument od nowa i dodaj go jeszcze raz."),
    "active": gettext_lazy(
        "Plik „%(name)s” zawiera polecenia uruchamiane przy otwarciu. Wydrukuj go do nowego pliku PDF i dodaj ten nowy."
    ),
    "damaged": gettext_lazy("Plik „%(name)s” jest uszkodzony i nie da się go otworzyć. Zapisz go od nowa i dodaj jeszcze raz."),
    "pixels": gettext_lazy("Zdjęcie „%(name)s” jest za duże: może mieć %(pixels)s megapikseli. Zmniejsz je i dodaj jeszcze raz."),
}
