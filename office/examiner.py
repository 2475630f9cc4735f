"""Looks into one file in a process of its own, with little memory and little time: nothing that a file does reaches the portal.

Run by office.inspection as `python -I examiner.py KIND`, or "JPEG 1200 480" for a picture to be kept small: the file comes in on stdin. On stdout goes one line of JSON, either
{"refused": reason} or {"warnings": [...]}, and after it the new content of a picture. A 300 KB PDF can unfold to 300 MB, and a
reader of pictures can crash; then this process ends and the file counts as damaged. Knows nothing of Django.
"""

import io
import json
import resource
import sys
import warnings as python_warnings
from typing import Any

MEMORY = 1024 * 1024 * 1024  # bytes; a picture of 50 megapixels needs about half
SECONDS = 20
PIXELS = 50_000_000
LARGEST_PICTURE = 20 * 1024 * 1024
PDF_OBJECTS = 200_000
DEPTH = 100
JPEG_QUALITY = 90
ACTING = {"/JavaScript", "/JS", "/Launch"}
CARRYING = {"/EF", "/EmbeddedFiles", "/FileAttachment"}


class Refused(Exception):
    """The reason is one of the codes that office.inspection has words for."""


# Pictures


def picture(content: bytes, kind: str, *bounds: str) -> bytes:
    """The same picture without anything else: no EXIF, no place, nothing after its end; turned the way it was taken (S49).

    `bounds`: the longest edge that is kept and the shorter edge below which nothing is made smaller.
    """
    from PIL import Image

    python_warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > PIXELS:
                raise Refused("pixels")
            made = made_anew(image, kind, *map(int, bounds))
    except Image.DecompressionBombError:
        raise Refused("pixels") from None
    if len(made) > LARGEST_PICTURE:
        raise Refused("pixels")
    return made


def made_anew(image, kind: str, *bounds: int) -> bytes:
    from PIL import ImageOps

    upright, out = ImageOps.exif_transpose(image), io.BytesIO()
    if bounds:
        upright = made_smaller(upright, *bounds)
    if kind == "JPEG":
        mode = upright.mode if upright.mode in ("L", "RGB") else "RGB"
        upright.convert(mode).save(out, "JPEG", quality=JPEG_QUALITY, exif=b"")
        return out.getvalue()
    clean = upright.convert(upright.mode if upright.mode in ("1", "L", "LA", "P", "RGB", "RGBA") else "RGBA")
    clean.info = {key: value for key, value in clean.info.items() if key == "transparency"}
    clean.save(out, "PNG", exif=b"")
    return out.getvalue()


def made_smaller(image, longest: int, shorter: int):
    """Never larger. Colours of a palette, and dots of one bit, would not mix: such a picture becomes a full one first."""
    from PIL import Image

    scale = max(longest / max(image.size), shorter / min(image.size))
    if scale >= 1:
        return image
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "LA" else "RGB")
    width, height = (max(1, round(edge * scale)) for edge in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


# PDF


def pdf_warnings(content: bytes) -> list[str]:
    """Refuses locked PDFs and those that run something when opened; tells of files carried inside (S49)."""
    import pikepdf

    if content[content.rfind(b"%%EOF") + 5 :].strip(b"\r\n\t \0"):
        raise Refused("polyglot")
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise Refused("encrypted")
            if not len(pdf.pages):
                raise Refused("no_pages")
            found = names_in(pdf)
            # Only streams of objects are unfolded here. One that could not be may hide what another reader would find.
            if any("decoding stream" in warning or "unfilterable" in warning for warning in pdf.get_warnings()):
                raise Refused("damaged")
    except pikepdf.PasswordError:
        raise Refused("encrypted") from None
    if found & ACTING:
        raise Refused("active")
    return ["embedded_files"] if found & CARRYING else []


def names_in(pdf) -> set[str]:
    """Every dictionary key and every action or annotation name in the document, wherever it hides."""
    found: set[str] = set()
    if len(pdf.objects) > PDF_OBJECTS:
        raise Refused("damaged")
    for thing in pdf.objects:
        collect(thing, found, 0)
    return found


def collect(thing, found: set[str], depth: int) -> None:
    import pikepdf

    if depth > DEPTH:
        raise Refused("damaged")
    values: tuple[Any, ...] = ()
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        values = tuple(thing.values())
        found.update(thing.keys())
        found.update(str(thing[key]) for key in ("/S", "/Subtype") if isinstance(thing.get(key), pikepdf.Name))
    elif isinstance(thing, pikepdf.Array):
        values = tuple(thing)
    for value in values:
        if not getattr(value, "is_indirect", False):
            collect(value, found, depth + 1)


def main(what: str) -> None:
    kind, *bounds = what.split()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    content, made = sys.stdin.buffer.read(), b""
    answer: dict[str, Any] = {}
    try:
        if kind == "PDF":
            answer = {"warnings": pdf_warnings(content)}
        else:
            made, answer = picture(content, kind, *bounds), {"warnings": []}
    except Refused as refused:
        answer = {"refused": str(refused)}
    except Exception:
        answer = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + made)


if __name__ == "__main__":
    main(sys.argv[1])
