"""What a file really is and whether it may come in: extension, declared type and content must agree (S47, S49, S50)."""

import io
import unicodedata
import warnings as python_warnings
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

NAME_LENGTH = 120  # characters, extension included
PIXELS = 50_000_000
PDF_OBJECTS = 200_000
JPEG_QUALITY = 90
EMBEDDED_FILES = "embedded_files"


@dataclass(frozen=True)
class Kind:
    """A kind of file that may come in. `declared` are the types that browsers give it; generic ones say nothing and pass."""

    media_type: str
    extensions: tuple[str, ...]
    magic: bytes
    pillow: str = ""
    declared: tuple[str, ...] = ()

    @property
    def extension(self) -> str:
        return self.extensions[0]


PDF = Kind("application/pdf", (".pdf",), b"%PDF-", declared=("application/pdf", "application/x-pdf"))
JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff", pillow="JPEG", declared=("image/jpeg", "image/jpg", "image/pjpeg"))
PNG = Kind("image/png", (".png",), b"\x89PNG\r\n\x1a\n", pillow="PNG", declared=("image/png", "image/x-png"))
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
        raise _refusal("extension", _("Pliku „%(name)s” nie możemy przyjąć. Dodaj plik %(kinds)s."), name, kinds)
    declared = declared.partition(";")[0].strip().lower()
    if not head.startswith(kind.magic) or declared not in (*kind.declared, *SAYS_NOTHING):
        raise _refusal(
            "disagree",
            _("Zawartość pliku „%(name)s” nie zgadza się z jego nazwą. Zapisz dokument od nowa jako plik %(kinds)s."),
            name,
            kinds,
        )
    return kind


def inspect(file: BinaryIO, name: str, kind: Kind) -> Inspected:
    """Read the file through and return what may be kept. ValidationError names the file and says what to do."""
    file.seek(0)
    content = file.read()
    if zipfile.is_zipfile(io.BytesIO(content)):  # a second file hidden behind the first
        raise _refusal(
            "polyglot", _("W pliku „%(name)s” ukryto inny plik. Zapisz dokument od nowa i dodaj go jeszcze raz."), name
        )
    if kind is PDF:
        return Inspected(kind, content, _look_into_pdf(content, name))
    return Inspected(kind, _made_anew(content, name, kind), [])


def _refusal(code: str, text: str, name: str, kinds: tuple[Kind, ...] = KINDS) -> ValidationError:
    words = [kind.extension[1:].upper() for kind in kinds]
    listed = _(" albo ").join(filter(None, [", ".join(words[:-1]), words[-1]]))
    return ValidationError(text, code=code, params={"name": name, "kinds": listed})


# Images


def _made_anew(content: bytes, name: str, kind: Kind) -> bytes:
    """The same picture without anything else: no EXIF, no place, nothing after its end; turned the way it was taken (S49)."""
    try:
        with python_warnings.catch_warnings():
            python_warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=[kind.pillow]) as image:
                return _saved(_within_limit(image, name), kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise _refusal(
            "damaged", _("Zdjęcie „%(name)s” jest uszkodzone i nie da się go otworzyć. Zrób je lub zapisz od nowa."), name
        ) from error


def _within_limit(image: Image.Image, name: str) -> Image.Image:
    if image.width * image.height > PIXELS:
        raise ValidationError(
            _("Zdjęcie „%(name)s” ma ponad %(limit)s megapikseli. Zmniejsz je i dodaj jeszcze raz."),
            code="pixels",
            params={"name": name, "limit": PIXELS // 1_000_000},
        )
    return image


def _saved(image: Image.Image, kind: Kind) -> bytes:
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    if kind is JPEG:
        mode = upright.mode if upright.mode in ("L", "RGB") else "RGB"
        upright.convert(mode).save(out, "JPEG", quality=JPEG_QUALITY, exif=b"")
    else:
        mode = upright.mode if upright.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGBA"
        clean = upright.convert(mode)
        clean.info = {key: value for key, value in clean.info.items() if key == "transparency"}
        clean.save(out, "PNG", exif=b"")
    return out.getvalue()


# PDF


def _look_into_pdf(content: bytes, name: str) -> list[str]:
    """Refuses locked PDFs and those that run something when opened; tells of files carried inside (S49)."""
    if content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \0"):
        raise _refusal(
            "polyglot", _("W pliku „%(name)s” ukryto inny plik. Zapisz dokument od nowa i dodaj go jeszcze raz."), name
        )
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            found = _keys_of(pdf)
    except pikepdf.PasswordError:
        raise _refusal(
            "encrypted", _("Plik „%(name)s” jest chroniony hasłem. Zapisz go bez hasła i dodaj jeszcze raz."), name
        ) from None
    except (pikepdf.PdfError, ValueError, RuntimeError, RecursionError) as error:
        raise _refusal(
            "damaged", _("Plik „%(name)s” jest uszkodzony i nie da się go otworzyć. Zapisz go od nowa jako PDF."), name
        ) from error
    if found & {"/JavaScript", "/JS", "/Launch"}:
        raise _refusal(
            "active",
            _("Plik „%(name)s” zawiera polecenia uruchamiane przy otwarciu. Wydrukuj go do nowego pliku PDF i dodaj ten nowy."),
            name,
        )
    return [EMBEDDED_FILES] if found & {"/EF", "/EmbeddedFiles", "/FileAttachment"} else []


def _keys_of(pdf: pikepdf.Pdf) -> set[str]:
    """Every dictionary key and every action or annotation name in the document, wherever it hides."""
    found: set[str] = set()
    if len(pdf.objects) > PDF_OBJECTS:
        raise ValueError("too many objects")
    for thing in pdf.objects:
        _collect(thing, found)
    return found


def _collect(thing, found: set[str], depth: int = 0) -> None:
    if depth > 100:
        raise ValueError("too deep")
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in thing.items():
            found.add(key)
            if key in ("/S", "/Subtype") and isinstance(value, pikepdf.Name):
                found.add(str(value))
            elif not getattr(value, "is_indirect", False):
                _collect(value, found, depth + 1)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            if not getattr(value, "is_indirect", False):
                _collect(value, found, depth + 1)
