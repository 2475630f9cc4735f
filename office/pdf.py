"""Documents on paper and for keeping: typst makes tagged PDF (PDF/UA-1) that is also an archive copy (PDF/A-3a) (L34, L41)."""

import json
import unicodedata
from pathlib import Path
from typing import Any

STANDARDS = ["ua-1", "a-3a"]
# What the fonts inside typst draw: Latin, Greek and Cyrillic with their marks. Anything else would be a hole, which both
# standards refuse. tests/office/test_pdf.py draws every one of these letters.
DRAWN = (range(0x20, 0x7F), range(0xA0, 0x180), range(0x300, 0x370), range(0x370, 0x500), range(0x1E00, 0x2000))
PUNCTUATION = frozenset("–—‘’‚“”„«»•…‰′″€≤≥≠−→←©®™№")  # noqa: RUF001
HOLE = "?"


def render_pdf(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF that the typst template draws from `json(bytes(sys.inputs.data))`.

    Nothing outside the template's folder can be read and no font of the host is used, so two hosts draw the same page.
    A letter that no font can draw (an emoji in a file's name) becomes a question mark; the stored name is not touched.
    Raises typst.TypstError when the template itself is wrong: a document that breaks the standard is never handed out.
    """
    import typst  # heavy: loaded where the first document is drawn

    return typst.compile(  # type: ignore[call-overload]  # its stubs know one standard, not a list
        str(template),
        root=str(template.parent),
        sys_inputs={"data": json.dumps(drawable(data), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        ignore_system_fonts=True,
        format="pdf",
    )


def drawable(value: Any) -> Any:
    """The same data with every letter that the fonts can not draw replaced."""
    if isinstance(value, dict):
        return {key: drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(item) for item in value]
    return _drawable_text(value) if isinstance(value, str) else value


def _drawable_text(text: str) -> str:
    return "".join(_drawn(char) for char in unicodedata.normalize("NFC", text))


def _drawn(char: str) -> str:
    """The letter, a space for a control character, a question mark for what no font of ours knows."""
    if unicodedata.category(char) in ("Cc", "Cf"):
        return char if char == "\n" else " " if char.isspace() else ""
    is_assigned = unicodedata.category(char) not in ("Cn", "Co", "Cs")
    return char if char in PUNCTUATION or (is_assigned and any(ord(char) in block for block in DRAWN)) else HOLE
