"""Plots drawn on the server as SVG: on a page twice, for a phone and for a wide screen, and once as a document for print.

A plot is data: title, rows, words for what is hidden. It draws itself and tells itself as a table; `{% plot plot=… %}` shows both
(`{% load plots %}`, static/css/plots.css). Colours on a page come from classes, in a document from the light tokens. Nothing is
told by colour alone: values stand in place, steps of a scale alternate a pattern, and the order of the key is that of the bars.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui.words import typo

NARROW, WIDE = 320, 640  # units of width; CSS shows the one that fits
SIZE, LINE = 15, 20  # of text and from line to line
THIN, THICK, GAP = 14, 30, 18  # a bar, a stacked bar, the space between rows
KEY = 13  # side of a square in the key
LABELS = 232  # width of the column of labels on a wide screen
FONT = "Libertinus Serif"  # one that typst brings along
Number = int | Decimal

# Name of a paint: token, or token mixed so far (percent) into the panel. plots.css says the same; a test compares them.
PAINTS: dict[str, tuple[str, int]] = {
    "ours": ("teal", 100), "town": ("muted", 45), "track": ("stone", 100), "hatch": ("ink", 30),
    "step-1": ("brick", 100), "step-2": ("brick", 40), "step-3": ("muted", 25), "step-4": ("teal", 40), "step-5": ("teal", 100),
    "part-1": ("teal", 100), "part-2": ("sun", 100), "part-3": ("muted", 25), "part-4": ("leaf", 40), "part-5": ("brick", 40),
    "text": ("ink", 100), "muted": ("muted", 100), "on-step-1": ("on-brick", 100), "on-step-5": ("on-teal", 100),
    "on-part-1": ("on-teal", 100), "on-part-2": ("on-sun", 100),
}  # fmt: skip
SCALE = {1: (5,), 2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}  # which steps so many answers take


@dataclass(frozen=True)
class Table:
    """The same figures in words, behind every plot."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One answer. `value` None: hidden. `count` stands beside a percentage."""

    label: str
    value: Number | None
    count: int | None = None

    @property
    def shown(self) -> str:
        if self.value is None:
            return hidden_word()
        if self.count is None:
            return figure(self.value)
        return f"{figure(self.value)}% ({figure(self.count)})"


@dataclass(frozen=True)
class BarPlot:
    """Answers to choose from, as horizontal bars. With counts beside, values are percent and a full bar is 100."""

    title: str
    bars: tuple[Bar, ...]
    note: str = ""  # denominators and caveats, in a line under the title

    @property
    def is_percent(self) -> bool:
        return any(bar.count is not None for bar in self.bars)

    @property
    def full(self) -> Number:
        return 100 if self.is_percent else max((bar.value for bar in self.bars if bar.value is not None), default=1) or 1

    def table(self) -> Table:
        if not self.is_percent:
            return Table((_("Odpowiedź"), _("Liczba")), tuple((bar.label, bar.shown) for bar in self.bars))
        header = (_("Odpowiedź"), _("Liczba"), _("Procent"))
        return Table(header, tuple((bar.label, count_shown(bar.count), percent_shown(bar.value)) for bar in self.bars))

    def spoken(self) -> str:
        return "; ".join(f"{bar.label}: {bar.shown}" for bar in self.bars) + "."

    def draw(self, page: "Page") -> None:
        for bar in self.bars:
            (_bar_wide if page.is_wide else _bar_narrow)(page, bar, self.full)


@dataclass(frozen=True)
class StackedRow:
    """`counts` in the order of the steps; None: hidden. `whole`: how many answered, where some are hidden."""

    label: str
    counts: tuple[int | None, ...]
    whole: int | None = None

    @property
    def sum(self) -> int:
        return self.whole if self.whole is not None else sum(count or 0 for count in self.counts)


@dataclass(frozen=True)
class StackedPlot:
    """A scale, or rows of a matrix: each row is a whole, cut into the same steps. At most five steps."""

    title: str
    steps: tuple[str, ...]
    rows: tuple[StackedRow, ...]
    note: str = ""
    is_scale: bool = True  # from one pole to the other; else steps have no order

    def table(self) -> Table:
        rows = tuple((row.label, *map(count_shown, row.counts), figure(row.sum)) for row in self.rows)
        return Table(("", *self.steps, _("Razem")), rows)

    def spoken(self) -> str:
        return " ".join(f"{row.label}: {self._told(row)}." for row in self.rows)

    def _told(self, row: StackedRow) -> str:
        shares = (share_shown(count, row.sum) for count in row.counts)
        return ", ".join(f"{step} {share}" for step, share in zip(self.steps, shares, strict=True))

    def paint(self, step: int) -> str:
        return f"step-{SCALE[len(self.steps)][step]}" if self.is_scale else f"part-{step + 1}"

    def draw(self, page: "Page") -> None:
        if len(self.steps) > len(SCALE):
            raise ValueError(f"{len(self.steps)} steps can not be told apart; draw bars")
        _key(page, [(self.paint(at), at % 2 == 1, step) for at, step in enumerate(self.steps)])
        for row in self.rows:
            _stacked(page, row, self)


@dataclass(frozen=True)
class Pair:
    """Percent among the answers, None: hidden; and in the town."""

    label: str
    ours: Number | None
    town: Number


@dataclass(frozen=True)
class ComparisonPlot:
    """Who answered beside who lives here."""

    title: str
    rows: tuple[Pair, ...]
    note: str = ""
    ours: str = field(default_factory=lambda: _("wśród odpowiedzi"))
    town: str = field(default_factory=lambda: _("w mieście"))

    def table(self) -> Table:
        rows = tuple((row.label, percent_shown(row.ours), percent_shown(row.town)) for row in self.rows)
        return Table((_("Grupa"), capital(self.ours), capital(self.town)), rows)

    def spoken(self) -> str:
        told = (f"{row.label}: {self.ours} {percent_shown(row.ours)}, {self.town} {percent_shown(row.town)}" for row in self.rows)
        return "; ".join(told) + "."

    def draw(self, page: "Page") -> None:
        _key(page, [("ours", False, self.ours), ("town", True, self.town)])
        full = max([1, *(value for row in self.rows for value in (row.ours, row.town) if value is not None)])
        for row in self.rows:
            _pair(page, row, full)


Plot = BarPlot | StackedPlot | ComparisonPlot


# Words


def hidden_word() -> str:
    return _("ukryte")


def figure(value: Number) -> str:
    """1234 -> 1 234; a decimal comma."""
    return f"{value:,}".replace(",", "\u00a0").replace(".", ",")


def percent_shown(value: Number | None) -> str:
    return hidden_word() if value is None else f"{figure(value)}%"


def count_shown(value: int | None) -> str:
    return hidden_word() if value is None else figure(value)


def share_shown(count: int | None, whole: int) -> str:
    return hidden_word() if count is None else f"{_share(count, whole)}%"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _share(count: int, whole: int) -> int:
    return (200 * count + whole) // (2 * whole) if whole else 0


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


def svg(plot: Plot, *, width: int, name: str = "") -> SafeString:
    """The drawing for a page, NARROW or WIDE. `name`: what its ids begin with, where a plot stands twice on a page."""
    return _drawn(plot, Page(width, name or _name(plot, width)))


def svg_document(plot: Plot) -> str:
    """The same drawing as a document of its own, in print colours, for typst: `image(bytes(…), format: "svg", alt: plot.spoken())`."""
    return str(_drawn(plot, Page(WIDE, _name(plot, 0), is_document=True)))


def _drawn(plot: Plot, page: Page) -> SafeString:
    plot.draw(page)
    return mark_safe(page.svg(plot.title, plot.spoken()))  # noqa: S308  every text went through escape


def _name(plot: Plot, width: int) -> str:
    return "plot-" + sha256(repr((plot, width)).encode()).hexdigest()[:8]


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


# Shapes of each plot


def _bar_wide(page: Page, bar: Bar, full: Number) -> None:
    top, room = page.y, page.width - LABELS - 16 - _value_room(page)
    page.lines(0, bar.label, LABELS)
    height = page.y - top
    middle = top + height / 2
    x = LABELS + 16
    length = _measure(page, bar, full, x, middle - THIN / 2, room)
    page.text(x + length + 8, middle + SIZE * 0.35, bar.shown, paint="muted" if bar.value is None else "text")
    page.end_row(top + max(height, LINE), GAP * 0.6)


def _value_room(page: Page) -> float:
    return 130 if page.is_wide else 0


def _bar_narrow(page: Page, bar: Bar, full: Number) -> None:
    value = width_of(bar.shown)
    foot = page.lines(0, bar.label, page.width - value - 14)
    page.text(
        page.width, foot, bar.shown, anchor="end", paint="muted" if bar.value is None else "text", is_bold=bar.value is not None
    )
    page.y += 2
    _measure(page, bar, full, 0, page.y, page.width)
    page.end_row(page.y + THIN)


def _measure(page: Page, bar: Bar, full: Number, x: float, y: float, room: float) -> float:
    """The bar on its track, or a dashed outline where the value is hidden. Gives how far the drawing reaches."""
    if bar.value is None:
        page.empty(x, y, room * 0.12, THIN)
        return room * 0.12
    length = max(float(bar.value / full) * room, 2)
    if not page.is_wide:
        page.box(x, y, room, THIN, "track")
    page.box(x, y, length, THIN, "ours")
    return length


def _key(page: Page, entries: Sequence[tuple[str, bool, str]]) -> None:
    """Squares with their words, as many in a line as fit."""
    x = 0.0
    for paint, is_hatched, text in entries:
        need = KEY + 7 + width_of(text)
        if x and x + need > page.width:
            x, page.y = 0.0, page.y + LINE + 4
        page.box(x, page.y + 3, KEY, KEY, paint)
        if is_hatched:
            page.hatched(x, page.y + 3, KEY, KEY)
        if is_pale(paint):
            page.edge(x, page.y + 3, KEY, KEY)
        for line in wrapped(typo(text), page.width - KEY - 7):
            page.text(x + KEY + 7, page.y + SIZE, line)
            page.y += LINE
        page.y -= LINE
        x += need + 18
    page.end_row(page.y + LINE)


def _stacked(page: Page, row: StackedRow, plot: StackedPlot) -> None:
    if row.label:
        page.lines(0, row.label, page.width - 2)
        page.y += 3
    x, whole, rest = 0.0, row.sum or 1, row.sum - sum(count or 0 for count in row.counts)
    for at, count in enumerate(row.counts):
        is_hidden = count is None
        width = page.width * (rest if is_hidden else count or 0) / whole
        if is_hidden and rest:
            _hidden_segment(page, x, width)
            rest = 0  # all that is hidden stands in one piece, where it begins
        elif width:
            _segment(page, x, width, plot.paint(at), at % 2 == 1, str(_share(count or 0, whole)))
        x += width
    page.end_row(page.y + THICK)


def _hidden_segment(page: Page, x: float, width: float) -> None:
    page.empty(x, page.y, max(width - 2, 1), THICK)
    if width > width_of(hidden_word()) + 8:
        page.text(x + width / 2 - 1, page.y + THICK / 2 + SIZE * 0.35, hidden_word(), anchor="middle", paint="muted")


def _segment(page: Page, x: float, width: float, paint: str, is_hatched: bool, share: str) -> None:
    """A hair of space to the next one; the value inside where it fits, on a clear ground where there is a pattern."""
    inner = max(width - 2, 1)
    page.box(x, page.y, inner, THICK, paint)
    if is_hatched:
        page.hatched(x, page.y, inner, THICK)
    if is_pale(paint):
        page.edge(x, page.y, inner, THICK)
    text = next((text for text in (f"{share}%", share) if width_of(text) + 4 <= inner), "")
    if not text:
        return
    middle = x + inner / 2
    if is_hatched and inner > width_of(text) + 8:
        page.box(middle - width_of(text) / 2 - 2, page.y + 5, width_of(text) + 4, THICK - 10, paint)
    page.text(middle, page.y + THICK / 2 + SIZE * 0.35, text, anchor="middle", paint=_ink(paint), is_bold=True)


def is_pale(paint: str) -> bool:
    """Too little contrast with the ground, so it needs an edge."""
    return PAINTS[paint][1] < 100 or PAINTS[paint][0] == "sun"


def _ink(paint: str) -> str:
    return f"on-{paint}" if f"on-{paint}" in PAINTS else "text"


def _pair(page: Page, row: Pair, full: Number) -> None:
    top, x = page.y, (LABELS + 16 if page.is_wide else 0)
    room = page.width - x - 70
    page.lines(0, row.label, LABELS if page.is_wide else page.width)
    y = top + 1 if page.is_wide else page.y + 2
    for paint, value in (("ours", row.ours), ("town", row.town)):
        if value is None:
            page.empty(x, y, room * 0.12, THIN)
            length = room * 0.12
        else:
            length = max(float(value / full) * room, 2)
            page.box(x, y, length, THIN, paint)
            if paint == "town":
                page.hatched(x, y, length, THIN)
                page.edge(x, y, length, THIN)
        page.text(
            x + length + 8,
            y + THIN / 2 + SIZE * 0.35,
            percent_shown(value),
            paint="text" if paint == "ours" and value is not None else "muted",
            is_bold=paint == "ours" and value is not None,
        )
        y += THIN + 5
    page.end_row(max(page.y, y), GAP * 0.8)


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
