"""Reads QR codes from one picture in a process of its own, with little memory and little time (see office.examiner, which does so for files).

Run by resident_card.pictures as `python -I code_reader.py KIND`: the picture comes in on stdin; on stdout goes one line of JSON, either
{"refused": reason} or {"codes": [text, ...]}. A picture that unfolds without end, or a reader that crashes, ends this process and nothing
else. Knows nothing of Django.
"""

import io
import json
import resource
import sys
import warnings

MEMORY = 768 * 1024 * 1024  # bytes; 50 megapixels of a PNG need about a third
SECONDS = 10
PIXELS = 50_000_000
SIDES = (2000, 1000, 500)  # pixels; a large picture shows fine squares, a small one forgives blur and the lattice of a screen


def codes_in(content: bytes, kind: str) -> dict:
    from PIL import Image

    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > PIXELS:
                return {"refused": "pixels"}
            image.draft("L", (SIDES[0], SIDES[0]))  # a JPEG is unfolded small at once
            return {"codes": found_in(image.convert("RGB") if "A" in image.mode else image)}
    except Image.DecompressionBombError:
        return {"refused": "pixels"}


def found_in(image) -> list[str]:
    """The first look that finds anything decides: large and as it is, then smaller, then with light and dark pulled apart."""
    from PIL import ImageOps

    grey = image.convert("L")
    for side in SIDES:
        smaller = grey.copy()
        smaller.thumbnail((side, side))
        for look in (smaller, ImageOps.autocontrast(smaller, cutoff=1)):
            if codes := read(look):
                return codes
    return []


def read(look) -> list[str]:
    import zxingcpp

    only_qr = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    for binarizer in (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram):
        codes = zxingcpp.read_barcodes(look, formats=only_qr, binarizer=binarizer)
        if codes:
            return list(dict.fromkeys(code.text for code in codes))
    return []


def main(kind: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        answer = codes_in(sys.stdin.buffer.read(), kind)
    except Exception:
        answer = {"refused": "damaged"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")


if __name__ == "__main__":
    main(sys.argv[1])
