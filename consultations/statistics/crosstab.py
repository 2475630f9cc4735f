"""A question's answers by group, as a page, a report and a file show them: counts, percentages, denominators, what is hidden."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from consultations.statistics.intervals import wilson
from consultations.statistics.suppression import K, Protected, protect, protect_several

PERSONS_FROM = 2  # models.IntegrityLevel.DECLARED: from here on one answer is one person (C38)
UNKNOWN = ""  # the group of those who did not say; always a column of its own, so that rows add up
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Cell:
    """`count` None: hidden. `percent` of those in the column who answered. `interval`: percent from and to, only where persons
    are proven."""

    count: int | None
    percent: Decimal | None
    interval: tuple[Decimal, Decimal] | None = None

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Column:
    """A group, or all together. `asked` and `answered` None: hidden."""

    code: str
    label: str
    asked: int | None
    answered: int | None


@dataclass(frozen=True)
class Row:
    code: str
    label: str
    whole: Cell  # among all who answered
    cells: tuple[Cell, ...]  # in the order of the columns


@dataclass(frozen=True)
class Crosstab:
    """`whole`: everybody. `caveats`: sentences that must stand beside the table."""

    is_several: bool
    whole: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caveats: tuple[str, ...]

    @property
    def has_hidden(self) -> bool:
        return any(cell.is_hidden for row in self.rows for cell in row.cells) or any(c.answered is None for c in self.columns)


def crosstab(
    rows: Iterable[tuple[str, str, int]],
    *,
    options: Mapping[str, str],
    groups: Mapping[str, str],
    asked: Mapping[str, int],
    integrity: int,
    answered: Mapping[str, int] | None = None,
    k: int = K,
) -> Crosstab:
    """From (option code, group code, count), as a query gives them. Raises suppression.Refused.

    `options`, `groups`: code to label, in the order shown; who did not tell the group is counted under UNKNOWN. `asked`: by
    group, who was shown the question. `answered`: by group, needed where one voice may choose several; None: one each.
    """
    groups = {**groups, UNKNOWN: groups.get(UNKNOWN, _("nie podano"))}
    counts = {(option, group): 0 for option in options for group in groups}
    for option, group, count in rows:
        counts[option, group] += count
    if not any(counts[option, UNKNOWN] for option in options) and not (answered or asked).get(UNKNOWN):
        del groups[UNKNOWN]
        counts = {cell: count for cell, count in counts.items() if cell[1] != UNKNOWN}
    sizes = {group: (answered or {}).get(group, 0) for group in groups} if answered is not None else _sizes(counts, groups)
    protected = protect(counts, k=k) if answered is None else protect_several(counts, sizes, k=k)
    made = _Made(counts, sizes, dict(asked), protected, integrity >= PERSONS_FROM)
    return Crosstab(
        is_several=answered is not None,
        whole=Column("", _("razem"), sum(asked.values()), sum(sizes.values())),
        columns=tuple(made.column(code, label) for code, label in groups.items()),
        rows=tuple(made.row(code, label, list(groups)) for code, label in options.items()),
        caveats=_caveats(made, answered is not None, k),
    )


def _sizes(counts: Mapping[tuple[str, str], int], groups: Iterable[str]) -> dict[str, int]:
    return {group: sum(count for cell, count in counts.items() if cell[1] == group) for group in groups}


@dataclass(frozen=True)
class _Made:
    counts: Mapping[tuple[str, str], int]
    sizes: Mapping[str, int]
    asked: Mapping[str, int]
    protected: Protected
    has_persons: bool

    def column(self, code: str, label: str) -> Column:
        is_hidden = code in self.protected.hidden_groups
        return Column(code, label, None if is_hidden else self.asked.get(code, 0), None if is_hidden else self.sizes[code])

    def row(self, code: str, label: str, groups: list[str]) -> Row:
        whole = sum(self.counts[code, group] for group in groups)
        return Row(code, label, self._cell(whole, sum(self.sizes.values())), tuple(self.cell(code, group) for group in groups))

    def cell(self, option: str, group: str) -> Cell:
        """A percentage of a hidden size would tell the size."""
        if (option, group) in self.protected.hidden:
            return Cell(None, None)
        if group in self.protected.hidden_groups:
            return Cell(self.counts[option, group], None)
        return self._cell(self.counts[option, group], self.sizes[group])

    def _cell(self, count: int, whole: int) -> Cell:
        if not whole:
            return Cell(count, None)
        low, high = wilson(count, whole)
        interval = (_percent(low), _percent(high)) if self.has_persons else None
        return Cell(count, percent(count, whole), interval)


def percent(count: int, whole: int) -> Decimal:
    """To a tenth, halves up; exact for any size."""
    return (Decimal(100) * count / whole).quantize(TENTH, ROUND_HALF_UP)


def _percent(share: float) -> Decimal:
    return (Decimal(repr(share)) * 100).quantize(TENTH, ROUND_HALF_UP)


def _caveats(made: _Made, is_several: bool, k: int) -> tuple[str, ...]:
    told = []
    if not made.has_persons:
        told.append(_("To są odpowiedzi, nie osoby: nie wiemy na pewno, że każdy odpowiedział tylko raz."))
    else:
        told.append(_("Odpowiadali ci, którzy chcieli. Nie jest to wynik losowo wybranych mieszkańców."))
    if is_several:
        told.append(_("Można było wybrać kilka odpowiedzi, dlatego procenty nie sumują się do stu."))
    if made.protected.hidden or made.protected.hidden_groups:
        told.append(
            _(
                "„Ukryte” to liczba mniejsza niż %(k)d albo taka, z której dałoby się ją wyliczyć. Chronimy tak odpowiedzi małych grup."
            )
            % {"k": k}
        )
    return tuple(told)
