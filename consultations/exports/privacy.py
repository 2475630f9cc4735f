"""No row of a public file singles a person out: every combination of what is known of people stands in at least k rows (N2, B5).

What is known of people is given as tuples, what is hidden first standing first. A row whose combination is rare loses its first
attribute, then the next; the few that are left bare at the end get company from the smallest other group. Linear in the rows.
"""

from collections import Counter
from collections.abc import Hashable, Sequence

from consultations.statistics.suppression import LEAST_ANSWERS, K

HIDDEN = None  # in place of an attribute
Known = tuple[Hashable, ...]


def masked(rows: Sequence[Known], *, k: int = K) -> list[Known]:
    """The same rows in the same order, with as little hidden as this simple rule finds. All is hidden below ten rows."""
    if not rows:
        return []
    width = len(rows[0])
    bare: Known = (HIDDEN,) * width
    if len(rows) < max(k, LEAST_ANSWERS):
        return [bare] * len(rows)
    shown = list(rows)
    for place in range(width):
        sizes = Counter(shown)
        shown = [row if sizes[row] >= k else (*row[:place], HIDDEN, *row[place + 1 :]) for row in shown]
    return _with_company(shown, bare, k)


def _with_company(shown: list[Known], bare: Known, k: int) -> list[Known]:
    """A handful of bare rows would still be a small group."""
    sizes = Counter(shown)
    while 0 < sizes[bare] < k:
        smallest = min((row for row in sizes if row != bare), key=lambda row: (sizes[row], repr(row)))
        shown = [bare if row == smallest else row for row in shown]
        sizes = Counter(shown)
    return shown


def smallest_group(rows: Sequence[Known]) -> int:
    """How many rows the rarest combination has; 0 of no rows."""
    return min(Counter(rows).values(), default=0)
