"""What a printer of plastic cards gets for a batch: a PDF with one card a page, and a CSV for programs that lay cards out themselves.

The PDF has 3 mm of bleed and says in its boxes where to cut. The QR on plastic holds the number alone: plastic can sign nothing, so a
number opens nothing without the face beside it (R71).
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import segno
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from office import files
from office.pdf import render_pdf
from resident_card.face import accepted_photo
from resident_card.models import PrintBatch
from resident_card.numbers import in_fours
from resident_card.statuses import MediumStatus

TEMPLATE = Path(__file__).parent / "pdf" / "cards.typ"
PHOTO = (354, 443)  # pixels: 20 x 25 mm at 450 dots an inch
BLEED = 3 / 25.4 * 72  # points
SIZES = ((12, 13), (16, 10.5), (80, 8))  # letters of the longest word that fit, and the type in points
COLUMNS = [_("imię i nazwisko"), _("numer"), _("numer w czwórkach"), _("kod QR"), _("powód"), _("partia")]


def batch_pdf(batch: PrintBatch) -> bytes:
    """One page a card, tagged and archival as every document of the portal."""
    return _with_boxes(render_pdf(TEMPLATE, batch_data(batch)))


def batch_data(batch: PrintBatch) -> dict:
    """What the template draws."""
    day = localdate(batch.made_at)
    return {"batch": batch.number, "day": [day.year, day.month, day.day], "cards": [_card(order) for order in _orders(batch)]}


def batch_rows(batch: PrintBatch) -> Iterator[list]:
    for order in _orders(batch):
        number = order.medium.number
        yield [str(order.medium.person), f"{number}", in_fours(number), number, order.get_reason_display(), batch.number]


def _orders(batch):
    """Without cards that were called off after the batch was made."""
    live = batch.orders.exclude(medium__status=MediumStatus.CANCELLED)
    return live.select_related("medium__person").order_by("medium__person__search", "pk")


def _card(order) -> dict:
    name = str(order.medium.person)
    return {
        "name": name, "name_size": _size_of(name), "number": in_fours(order.medium.number),
        "photo": list(_photo(order.medium.person)), "qr": list(_qr(order.medium.number)),
    }  # fmt: skip


def _size_of(name: str) -> float:
    longest = max(map(len, re.split(r"[\s-]+", name)))
    return next(points for letters, points in SIZES if longest <= letters)


def _photo(person) -> bytes:
    """The accepted photo in the size of print. A batch is only made of people who have one."""
    photo = accepted_photo(person)
    source = files.path_of(photo.file).read_bytes() if photo else _blank()
    picture = ImageOps.fit(Image.open(io.BytesIO(source)).convert("RGB"), PHOTO, centering=(0.5, 0.35))
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=90)
    return content.getvalue()


def _blank() -> bytes:
    """For a photo that was withdrawn after the batch was made: the card is printed with an empty place rather than somebody's old face."""
    content = io.BytesIO()
    Image.new("RGB", PHOTO, "white").save(content, "PNG")
    return content.getvalue()


def _qr(number: str) -> bytes:
    picture = io.BytesIO()
    segno.make(number, error="q", micro=False).save(picture, kind="svg", border=3, xmldecl=False, omitsize=True)
    return picture.getvalue()


def _with_boxes(drawn: bytes) -> bytes:
    """The printer reads where to cut from the TrimBox."""
    import pikepdf  # 17 MiB that a web worker needs only here

    content = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn)) as document:
        for page in document.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            page.obj.BleedBox = pikepdf.Array([left, bottom, right, top])
            page.obj.TrimBox = pikepdf.Array([left + BLEED, bottom + BLEED, right - BLEED, top - BLEED])
        document.save(content)
    return content.getvalue()
