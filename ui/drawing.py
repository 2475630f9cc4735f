"""What plots are drawn with: a page of shapes from the top down, letters measured without a browser, paints from the tokens."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape

from ui.words import typo

NARROW, WIDE = 320, 640  # units of width; CSS shows the one that fits
SIZE, LINE = 15, 20  # of text and from line to line
THIN, THICK, GAP = 14, 30, 18  # a bar, a stacked bar, the space between rows
KEY = 13  # side of a square in the key
LABELS = 232  # width of the column of labels on a wide screen
FONT = "Libertinus Serif"  # one that typst brings along

# Name of a paint: token, or token mixed so far (percent) into the panel. plots.css says the same; a test compares them.
PAINTS: dict[str, tuple[str, int]] = {
    "ours": ("teal", 100), "town": ("muted", 45), "track": ("stone", 100), "hatch": ("ink", 30),
    "step-1": ("brick", 100), "step-2": ("brick", 40), "step-3": ("muted", 25), "step-4": ("teal", 40), "step-5": ("teal", 100),
    "part-1": ("teal", 100), "part-2": ("sun", 100), "part-3": ("muted", 25), "part-4": ("leaf", 40), "part-5": ("brick", 40),
    "text": ("ink", 100), "muted": ("muted", 100), "on-step-1": ("on-brick", 100), "on-step-5": ("on-teal", 100),
    "on-part-1": ("on-teal", 100), "on-part-2": ("on-sun", 100),
}  # fmt: skip


# The page that is drawn on


class Page:
    """Collects shapes from the top down. `is_document`: colours and letters stand in attributes, for a program without our CSS."""

    def __init__(self, width: int, name: str, *, is_document: bool = False) -> None:
        self.width, self.name, self.is_document = width, name, is_document
        self.y = self.foot = 0.0  # where to go on; where the last row ends
        self.shapes: list[str] = []

    @property
    def is_wide(self) -> bool:
        return self.width == WIDE

    def end_row(self, y: float, gap: float = GAP) -> None:
        self.foot, self.y = y, y + gap

    def box(self, x: float, y: float, width: float, height: float, paint: str, *, radius: float = 2) -> None:
        self._rect(x, y, width, height, radius, self._fill(paint))

    def hatched(self, x: float, y: float, width: float, height: float, *, radius: float = 2) -> None:
        """Slanted lines over what is there."""
        self._rect(x, y, width, height, radius, f'fill="url(#{self.name}-hatch)"')

    def empty(self, x: float, y: float, width: float, height: float) -> None:
        """The dashed outline of what is hidden."""
        stroke = f'fill="none" stroke="{colour("muted")}"' if self.is_document else 'class="plot__edge" fill="none"'
        self._rect(x + 0.5, y + 0.5, max(width - 1, 1), height - 1, 2, f'{stroke} stroke-dasharray="3 3"')

    def edge(self, x: float, y: float, width: float, height: float) -> None:
        """A line around what is too pale to be told from the ground."""
        stroke = f'stroke="{colour("muted")}"' if self.is_document else 'class="plot__edge"'
        self._rect(x + 0.5, y + 0.5, max(width - 1, 1), height - 1, 2, f'fill="none" {stroke}')

    def _rect(self, x: float, y: float, width: float, height: float, radius: float, look: str) -> None:
        self.shapes.append(f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" rx="{_n(radius)}" {look}/>')

    def text(self, x: float, y: float, text: str, *, anchor: str = "start", paint: str = "text", is_bold: bool = False) -> None:
        """`y`: the foot of the letters."""
        look = (
            self._fill(paint)
            + (f' text-anchor="{anchor}"' if anchor != "start" else "")
            + (' font-weight="700"' if is_bold else "")
        )
        self.shapes.append(f'<text x="{_n(x)}" y="{_n(y)}" {look}>{escape(typo(text))}</text>')

    def lines(self, x: float, text: str, width: float) -> float:
        """Wrapped from the current place down; gives the foot of the last line and moves below it."""
        for line in wrapped(typo(text), width):
            self.text(x, self.y + SIZE, line)
            self.y += LINE
        return self.y - LINE + SIZE

    def _fill(self, paint: str) -> str:
        return f'fill="{colour(paint)}"' if self.is_document else f'class="plot-{paint}"'

    def svg(self, title: str, spoken: str) -> str:
        height = _n(self.foot + 2)
        stroke = f'stroke="{colour("hatch")}"' if self.is_document else 'class="plot-hatch"'
        hatch = (
            f'<defs><pattern id="{self.name}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            f'<path d="M1 0V6" stroke-width="1.5" {stroke}/></pattern></defs>'
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {self._frame(height)} viewBox="0 0 {self.width} {height}" role="img" '
            f'aria-labelledby="{self.name}-title {self.name}-desc"><title id="{self.name}-title">{escape(title)}</title>'
            f'<desc id="{self.name}-desc">{escape(spoken)}</desc>{hatch if f"#{self.name}-hatch" in str(self.shapes) else ""}'
            f"{''.join(self.shapes)}</svg>"
        )

    def _frame(self, height: str) -> str:
        if self.is_document:
            return f'width="{self.width}" height="{height}" font-family="{FONT}" font-size="{SIZE}"'
        return f'class="plot__svg plot__svg--{"wide" if self.is_wide else "narrow"}" focusable="false" font-size="{SIZE}"'


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")


# Letters: no browser is at hand to measure them


def wrapped(text: str, width: float) -> list[str]:
    """Lines of at most this width; a word that is longer than a line is cut."""
    lines = [""]
    for word in _cut(text.split(" "), width):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(words: Iterable[str], width: float) -> Iterable[str]:
    for word in words:
        while width_of(word) > width and len(word) > 1:
            most = next((count for count in range(len(word) - 1, 1, -1) if width_of(word[:count]) <= width), 1)
            yield word[:most]
            word = word[most:]
        yield word


def width_of(text: str) -> float:
    """In units, of the widest usual font."""
    return SIZE * sum(
        _NARROW if char in "ijlftrI.,:;'|()[]!ł \u00a0" else _BROAD if char in "mwMWŚ@%" or char.isupper() else _USUAL
        for char in text
    )


_NARROW, _USUAL, _BROAD = 0.36, 0.58, 0.78


# Colours of a document


def colour(paint: str) -> str:
    """Of the light scheme, as six digits."""
    token, part = PAINTS[paint]
    return "#" + "".join(
        f"{round((int(one, 16) * part + int(other, 16) * (100 - part)) / 100):02x}"
        for one, other in zip(_pairs(_tokens()[token]), _pairs(_tokens()["panel"]), strict=True)
    )


def _pairs(colour: str) -> list[str]:
    return [colour[at : at + 2] for at in (1, 3, 5)]


@cache
def _tokens() -> dict[str, str]:
    css = Path(settings.BASE_DIR, "static/css/tokens.css").read_text()
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.partition("prefers-color-scheme: dark")[0]))


def is_pale(paint: str) -> bool:
    """Too little contrast with the ground, so it needs an edge."""
    return PAINTS[paint][1] < 100 or PAINTS[paint][0] == "sun"


def ink_on(paint: str) -> str:
    return f"on-{paint}" if f"on-{paint}" in PAINTS else "text"
