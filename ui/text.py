"""What people type, made safe to keep (S43)."""

import re
import unicodedata

_KEPT = "\t\n"  # of the control characters only these mean something in a longer text
_INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, lone surrogates, private and unassigned, odd separators
_STEERING = frozenset("\u200b\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The text without what cannot be seen: control characters, NUL, lone surrogates, marks that turn the reading direction.

    Composed letters (NFC), so that equal words are equal. A single line loses line breaks and double spaces; a longer
    text keeps its lines. Never refuses: nobody can correct a character they cannot see.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = unicodedata.normalize("NFC", "".join(letter for letter in text if _is_kept(letter)))
    if multiline:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return re.sub(r"\s+", " ", text).strip()


def _is_kept(letter: str) -> bool:
    return letter in _KEPT or (letter not in _STEERING and unicodedata.category(letter) not in _INVISIBLE)
