"""What phones and mischief send in place of a photo: each is taken upright and clean, or refused by the name of its rule (R22, R25, 3.7)."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from office import files
from office.models import StoredFile
from resident_card.photos import MOST_BYTES, store_photo
from tests.resident_card.applicants import picture

ORIENTATION, GPS = 0x0112, 0x8825


def store(upload, owner):
    with transaction.atomic():
        return store_photo(upload, owner=owner)


def refusal(upload, owner):
    with pytest.raises(ValidationError) as refused:
        store(upload, owner)
    assert not StoredFile.objects.exists()
    return refused.value.code, refused.value.messages[0]


def bytes_of(content, name="ja.jpg", kind="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type=kind)


def png_of(width, height):
    """A PNG that says it is this large and holds next to nothing."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def test_a_png_called_jpg_is_fine(anna):
    """R22: the extension and the declared type are ignored."""
    stored = store(picture(form="PNG", name="ja.jpg"), anna)

    assert stored.media_type == "image/png"


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((4000, 3000), (1200, 900)),  # twelve megapixels of a phone
        ((3000, 4000), (900, 1200)),
        ((1201, 1200), (1200, 1199)),
        ((1200, 900), (1200, 900)),
        ((300, 400), (300, 400)),  # never larger
        ((3000, 600), (2400, 480)),  # a strip keeps what a print of the card needs
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_what_is_kept_is_no_larger_than_is_seen_or_printed(anna, size, kept, form):
    """R25"""
    stored = store(picture(*size, form=form), anna)

    with Image.open(files.path_of(stored)) as made:
        assert made.size == kept
    assert min(kept) >= 443 or min(size) < 480


@pytest.mark.parametrize("mode", ["P", "1", "LA", "RGBA"])
def test_a_picture_of_few_colours_is_made_smaller_too(anna, mode):
    stored = store(picture(2000, 1500, form="PNG", mode=mode), anna)

    with Image.open(files.path_of(stored)) as made:
        assert made.size == (1200, 900)


def test_exif_is_used_to_turn_the_photo_and_then_gone(anna):
    """R25: a phone's photo lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[2] = (54.0, 15.0, 0.0)

    stored = store(picture(400, 320, exif=exif), anna)

    with Image.open(files.path_of(stored)) as made:
        assert (made.size, dict(made.getexif())) == ((320, 400), {})
    assert b"Exif" not in files.path_of(stored).read_bytes()


def test_the_width_counts_once_the_photo_stands_upright(anna):
    exif = Image.Exif()
    exif[ORIENTATION] = 6

    assert store(picture(300, 400), anna)
    StoredFile.objects.all().delete()
    assert refusal(picture(400, 299, exif=exif), anna)[0] == "width"


def test_299_pixels_are_too_few(anna):
    code, words = refusal(picture(299, 400), anna)

    assert (code, "299 pikseli" in words) == ("width", True)


def test_five_megabytes_are_taken_and_a_byte_more_is_not(anna):
    content = picture().read()
    full = content + b"\0" * (MOST_BYTES - len(content))

    assert store(bytes_of(full), anna)
    StoredFile.objects.all().delete()
    code, words = refusal(bytes_of(full + b"\0"), anna)
    assert (code, "5,01 MB" in words) == ("size", True)


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "ja.heic"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="800"/>', "ja.png"),
        (b"<!doctype html><script>alert(1)</script>", "ja.png"),
        (b"GIF89a" + b"\0" * 50, "ja.jpg"),
    ],
)
def test_what_only_calls_itself_a_photo_is_refused(anna, content, name):
    code, words = refusal(bytes_of(content, name, "image/png"), anna)

    assert (code, "nie jest zdjęcie" in words) == ("kind", True)


def test_an_empty_file_is_told_so(anna):
    assert refusal(bytes_of(b""), anna)[0] == "empty"


def test_a_cut_photo_is_damaged(anna):
    assert refusal(bytes_of(picture().read()[:2000]), anna)[0] == "damaged"


def test_a_bomb_of_30000_pixels_is_not_unpacked(anna):
    assert refusal(bytes_of(png_of(30_000, 30_000), "ja.png", "image/png"), anna)[0] == "pixels"


def test_a_moving_picture_is_refused(anna):
    frames = [Image.new("RGB", (400, 500), colour) for colour in ("red", "blue")]
    content = io.BytesIO()
    frames[0].save(content, "PNG", save_all=True, append_images=frames[1:], duration=100)

    assert refusal(bytes_of(content.getvalue(), "ja.png", "image/png"), anna)[0] == "animated"
