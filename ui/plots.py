"""Plots drawn on the server as SVG: on a page twice, for a phone and for a wide screen, and once as a document for print.

A plot is data: title, rows, words for what is hidden. It draws itself and tells itself as a table; `{% plot plot=… %}` shows both
(`{% load plots %}`, static/css/plots.css). Colours on a page come from classes, in a document from the light tokens. Nothing is
told by colour alone: values stand in place, steps of a scale alternate a pattern, and the order of the key is that of the bars.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ui.drawing import GAP, KEY, LABELS, LINE, SIZE, THICK, THIN, WIDE, Page, ink_on, is_pale, width_of, wrapped
from ui.words import typo

Number = int | Decimal

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

    def draw(self, page: Page) -> None:
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

    def draw(self, page: Page) -> None:
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

    def draw(self, page: Page) -> None:
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
    return hidden_word() if count is None else f"{share_of(count, whole)}%"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def share_of(count: int, whole: int) -> int:
    return (200 * count + whole) // (2 * whole) if whole else 0


# The drawing


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
            _segment(page, x, width, plot.paint(at), at % 2 == 1, str(share_of(count or 0, whole)))
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
    page.text(middle, page.y + THICK / 2 + SIZE * 0.35, text, anchor="middle", paint=ink_on(paint), is_bold=True)


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
