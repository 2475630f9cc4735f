"""What people type, made safe to keep (S43).

Two kinds of characters that nobody sees. Those that phones, word processors and web pages leave around words by themselves
are dropped in silence: nobody typed them. Those that never come with a text by honest means - control characters, marks that
turn the reading direction over, hidden tags - are refused with their place named (`hidden_letter`), because a text in which
something is hidden is not what its author sees, and what is dropped in silence is dropped without consent.
"""

import re
import unicodedata

_KEPT = "\t\n"  # of the control characters only these mean something in a longer text
_INVISIBLE = {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}  # controls, lone surrogates, private and unassigned, odd separators
_STEERING = frozenset(
    "\u00ad\u200b\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # zero width, direction
)
# C0 and C1 but for tab and line ends; direction overrides; deprecated and mathematical formatting; annotations; hidden tags.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u180e\u202d\u202e\u2061-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_QUOTED = 40  # characters at most, so that the place can be found


def clean_text(text: str, *, multiline: bool = False) -> str:
    """The text without what cannot be seen: control characters, NUL, lone surrogates, marks that turn the reading direction.

    Composed letters (NFC), so that equal words are equal. A single line loses line breaks and double spaces; a longer
    text keeps its lines. Never refuses; a form asks `hidden_letter` first.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = unicodedata.normalize("NFC", "".join(letter for letter in text if _is_kept(letter)))
    if multiline:
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()
    return re.sub(r"\s+", " ", text).strip()


def _is_kept(letter: str) -> bool:
    return letter in _KEPT or (letter not in _STEERING and unicodedata.category(letter) not in _INVISIBLE)


def hidden_letter(text: str) -> tuple[str, str] | None:
    """The first character that is refused, as "U+202E", with the words that stand just before it; None when there is none."""
    found = _HIDDEN.search(text)
    if found is None:
        return None
    words = clean_text(text[max(0, found.start() - _QUOTED) : found.start()]).split(" ")
    return f"U+{ord(found[0]):04X}", " ".join(words[-3:])
