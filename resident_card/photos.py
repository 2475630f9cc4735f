"""A face for the card from whatever a phone sends: what it really is, how large, that it stands still (R22, R25).

The same rules, in the same words, are told in the browser before sending by static/js/resident_card/photo.js.
"""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image

from office import files
from office.files import JPEG, PNG
from office.models import StoredFile

MOST_BYTES = 5_242_880
LEAST_WIDTH = 300  # pixels, once the picture is turned the way it was taken
# What is kept: a phone's 12 megapixels say nothing that 1,200 pixels do not, on a screen or in print. On plastic the face is 20 x 25 mm; at 450
# dots an inch, above the 300 of printers, that is 354 x 443 pixels (resident_card.printing), so the shorter edge keeps at least 480.
KEPT_EDGES = (1200, 480)
PNG_HEAD = 8
FACES = tuple(replace(kind, examined_as=f"{kind.examined_as} {KEPT_EDGES[0]} {KEPT_EDGES[1]}") for kind in (JPEG, PNG))
NAMES = tuple(zip(FACES, ("zdjecie.jpg", "zdjecie.png"), strict=True))


def store_photo(upload: UploadedFile, *, owner) -> StoredFile:
    """Keep the picture, made anew: turned upright, without EXIF and place, no larger than is seen or printed. Its name and declared type say nothing and do not count.

    Call it inside a transaction. ValidationError names the rule that failed: empty, size, kind, animated, damaged, pixels, width.
    """
    _guard_size(upload)
    kind, name = _kind_of(upload)
    if kind.media_type == PNG.media_type and _is_animated(upload):
        raise ValidationError(_("To zdjęcie się rusza. Wybierz zwykłe, nieruchome zdjęcie."), "animated")
    named = UploadedFile(upload.file, name, kind.media_type, upload.size)
    stored = files.store(named, owner=owner, kinds=FACES)
    _guard_width(stored)
    return stored


def _guard_size(upload):
    if not upload.size:
        raise ValidationError(_("Plik ze zdjęciem jest pusty. Wybierz go jeszcze raz."), "empty")
    if upload.size > MOST_BYTES:
        size = f"{-(-upload.size * 100 // 1024**2) / 100:.2f}".replace(".", ",")
        raise ValidationError(_("Zdjęcie ma %(size)s MB, a może mieć najwyżej 5 MB. Zmniejsz je i wybierz jeszcze raz."), "size", {"size": size})  # fmt: skip


def _kind_of(upload):
    upload.seek(0)
    head = upload.read(PNG_HEAD)
    found = next((pair for pair in NAMES if head.startswith(pair[0].magic)), None)
    if found is None:
        raise ValidationError(
            _("To nie jest zdjęcie JPG ani PNG, nawet jeśli tak się nazywa. W telefonie wybierz zapis „najbardziej zgodny” (JPG)."), "kind"
        )  # fmt: skip
    return found


def _is_animated(upload) -> bool:
    """Whether a PNG says before its picture that more of them follow (chunk acTL). Reads only names and lengths of chunks."""
    place = PNG_HEAD
    while place < upload.size:
        upload.seek(place)
        head = upload.read(8)
        if len(head) < 8 or head[4:] in (b"IDAT", b"IEND"):
            return False
        if head[4:] == b"acTL":
            return True
        place += 12 + int.from_bytes(head[:4], "big")
    return False


def _guard_width(stored):
    """Only the picture that we made ourselves is opened here."""
    with Image.open(files.path_of(stored)) as picture:
        width = picture.width
    if width < LEAST_WIDTH:
        words = _("Zdjęcie ma %(width)d pikseli szerokości, a potrzeba co najmniej 300. Wybierz większe.")
        raise ValidationError(words, "width", {"width": width})
