"""Which numbers of a table by group stay hidden, so that nobody's answer can be read or worked out (N2, B5).

What is published anyway: how many answered and how many chose each option in all, because totals must follow from the ballots
(I6). What is protected: the count of an option within a group, and the size of a group.

Hidden first (primary): a count of 1 to k-1. Also the one answer that everybody in a group gave, however large the group, while
others in the town answered otherwise: whoever knows that Anna is in the group would know what she said. **A zero is shown**: it
says of nobody what they answered, and hiding the many zeros of a small consultation would leave no table. Where zeros would leave
a group a single answer, that answer is hidden by the rule above, and as many zeros with it as it takes.

Hidden next (secondary): further counts, until no primary one can be pinned down by adding and subtracting. For each primary
count the numbers still possible must span at least k, or all that the public total of its option leaves open if that is less.
This is computed exactly, as a flow in the network of the table, and proved in the tests by listing every possible table.
One mark, „ukryte”, stands for both sorts: telling them apart would narrow the guess.

Covered: the table with all its margins; any number of tables of the same question by *different* groupings (age here, sex there),
since they share only public totals. Not covered, so do not publish them together: groupings of which one refines another (years
and decades of age); the sizes of crossed groups (age with sex) beside both tables; the same table for parts of the voices (by
channel, by day); for several answers, what follows from the least or the most that everyone had to tick. What somebody already
knows of others in a group is not covered either.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from django.utils.translation import gettext as _

K = 5
LEAST_ANSWERS = 10
Cell = tuple[str, str]  # option, group
MARGIN_COST = 20  # the size of a group is missed more than a count within it


class Refused(Exception):
    """No table by group may be shown; the text tells why, to anybody."""


@dataclass(frozen=True)
class Protected:
    """`hidden`: (option, group) of counts; `hidden_groups`: groups whose size is hidden."""

    hidden: frozenset[Cell]
    hidden_groups: frozenset[str]


def check_size(answers: int) -> None:
    """Below ten answers no table by group at all."""
    if answers < LEAST_ANSWERS:
        raise Refused(
            _(
                "Odpowiedzi jest mniej niż %(least)d, dlatego nie pokazujemy ich w podziale na grupy: "
                "dałoby się poznać, co kto odpowiedział."
            )
            % {"least": LEAST_ANSWERS}
        )


# One answer each


def protect(cells: Mapping[Cell, int], *, k: int = K) -> Protected:
    """For a question with one answer each: the counts of a group add up to its size. Every (option, group) must be given."""
    net = _Net.of(cells)
    check_size(sum(cells.values()))
    hidden = {cell for cell in net.arcs if _is_small(net.value(cell), k)} | _unanimous(cells)
    for cell in sorted(hidden, key=lambda cell: (net.value(cell), cell)):
        _widen(net, cell, hidden, min(k, net.most(cell)))
    counts = frozenset(cell for cell in hidden if cell[0] != ALL)
    if counts and len(counts) == len(cells):
        raise Refused(_("Grupy są za małe, żeby pokazać odpowiedzi w podziale bez zdradzania, co kto odpowiedział."))
    return Protected(counts, frozenset(group for option, group in hidden if option == ALL))


def _is_small(count: int, k: int) -> bool:
    return 0 < count < k


def _unanimous(cells: Mapping[Cell, int]) -> set[Cell]:
    """The only answer of a group, where the town as a whole gave several."""
    given = [cell for cell, count in cells.items() if count]
    if len({option for option, _group in given}) < 2:
        return set()
    by_group: dict[str, list[Cell]] = {}
    for cell in given:
        by_group.setdefault(cell[1], []).append(cell)
    return {mine[0] for mine in by_group.values() if len(mine) == 1}


ALL = ""  # the option under which the size of a group stands; the node where all groups meet


class _Net:
    """The table as a network: from each option to each group flows its count, from each group to the whole its size."""

    def __init__(self, arcs: dict[Cell, tuple[str, str, int]]) -> None:
        self.arcs = arcs
        self.at: dict[str, list[Cell]] = {}
        for cell, (tail, head, _value) in arcs.items():
            self.at.setdefault(tail, []).append(cell)
            self.at.setdefault(head, []).append(cell)

    @classmethod
    def of(cls, cells: Mapping[Cell, int]) -> "_Net":
        arcs = {(option, group): (f"o{option}", f"g{group}", count) for (option, group), count in cells.items()}
        for group in {group for _option, group in cells}:
            size = sum(count for cell, count in cells.items() if cell[1] == group)
            arcs[ALL, group] = (f"g{group}", ALL, size)
        return cls(arcs)

    def value(self, cell: Cell) -> int:
        return self.arcs[cell][2]

    def most(self, cell: Cell) -> int:
        """What a number could be by public totals alone: all who chose the option; of a group's size, all who answered."""
        option = cell[0]
        return sum(value for (other, _group), (_tail, _head, value) in self.arcs.items() if other == option)


def _widen(net: _Net, cell: Cell, hidden: set[Cell], need: int) -> None:
    """Hide more counts until this one may be anything in a span of `need`: first see what is free, then pay the least."""
    tail, head, value = net.arcs[cell]
    up, down = _Flow(net, cell, hidden), _Flow(net, cell, hidden)
    up.push(head, tail, need)
    down.push(tail, head, min(need - up.pushed, value))
    for flow, source, sink, most in ((up, head, tail, need - down.pushed), (down, tail, head, min(need - up.pushed, value))):
        while flow.pushed < most and (path := flow.cheapest(source, sink, is_free=False)):
            hidden |= {step for step, _is_forward in path}
            flow.along(path, most)


class _Flow:
    """Changes of hidden counts that leave every published number as it is. `hidden` is shared and may grow meanwhile."""

    def __init__(self, net: _Net, cell: Cell, hidden: Collection[Cell]) -> None:
        self.net, self.cell, self.hidden, self.pushed = net, cell, hidden, 0
        self._change: dict[Cell, int] = {}

    def push(self, source: str, sink: str, most: int) -> None:
        while self.pushed < most and (path := self.cheapest(source, sink, is_free=True)):
            self.along(path, most)

    def along(self, path: list[tuple[Cell, bool]], most: int) -> None:
        """As much as the path carries: a count taken back can not fall below zero."""
        room = min([most - self.pushed, *(self._left(cell) for cell, is_forward in path if not is_forward)])
        for cell, is_forward in path:
            self._change[cell] = self._change.get(cell, 0) + (room if is_forward else -room)
        self.pushed += room

    def _left(self, cell: Cell) -> int:
        return self.net.value(cell) + self._change.get(cell, 0)

    def cheapest(self, source: str, sink: str, *, is_free: bool) -> list[tuple[Cell, bool]]:
        """The path that hides least more: each step a count and whether it rises. Empty when there is none."""
        queue: list[tuple[int, str]] = [(0, source)]
        best: dict[str, tuple[int, list[tuple[Cell, bool]]]] = {source: (0, [])}
        while queue:
            cost, node = heappop(queue)
            if node == sink:
                return best[node][1]
            if cost > best[node][0]:
                continue
            for step, after, price in self._steps(node, is_free):
                if after not in best or cost + price < best[after][0]:
                    best[after] = (cost + price, [*best[node][1], step])
                    heappush(queue, (cost + price, after))
        return []

    def _steps(self, node: str, is_free: bool) -> Iterable[tuple[tuple[Cell, bool], str, int]]:
        for cell in self.net.at[node]:
            tail, head, _value = self.net.arcs[cell]
            is_forward = tail == node
            is_open = cell in self.hidden or not is_free
            if cell != self.cell and is_open and (is_forward or self._left(cell) > 0):
                yield (cell, is_forward), head if is_forward else tail, self._price(cell)

    def _price(self, cell: Cell) -> int:
        if cell in self.hidden:
            return 0
        return (1 + self.net.value(cell)) * (MARGIN_COST if cell[0] == ALL else 1)


# Several answers each


def protect_several(cells: Mapping[Cell, int], answered: Mapping[str, int], *, k: int = K) -> Protected:
    """For a question with several answers each. `answered`: size of each group. Both who chose an option and who did not are
    protected, because the one follows from the other."""
    check_size(sum(answered.values()))
    groups = protect_line(answered, k=k)
    hidden: set[Cell] = {cell for cell in cells if cell[1] in groups}
    for option in dict.fromkeys(option for option, _group in cells):
        chosen = {group: cells[option, group] for group in answered}
        hidden |= {(option, group) for group in _line(chosen, answered, groups, k)}
    if hidden and len(hidden) == len(cells):
        raise Refused(_("Grupy są za małe, żeby pokazać odpowiedzi w podziale bez zdradzania, co kto odpowiedział."))
    return Protected(frozenset(hidden), groups)


def protect_line(counts: Mapping[str, int], *, k: int = K) -> frozenset[str]:
    """Of counts in one row with their public total (who answered, by age): those to hide."""
    whole = sum(counts.values())
    hidden = {name for name, count in counts.items() if _is_small(count, k)}
    return _company(counts, dict.fromkeys(counts, whole), hidden, k)


def _line(chosen: Mapping[str, int], sizes: Mapping[str, int], groups: Collection[str], k: int) -> frozenset[str]:
    """One option across groups; no count can pass the size of its group."""
    is_told = sum(chosen.values()) == sum(sizes.values())  # everybody chose it, and the total says so
    hidden = {
        group
        for group, count in chosen.items()
        if group in groups
        or _is_small(count, k)
        or _is_small(sizes[group] - count, k)
        or (count == sizes[group] > 0 and not is_told)
    }
    return _company(chosen, sizes, hidden, k)


def _company(counts: Mapping[str, int], caps: Mapping[str, int], hidden: Collection[str], k: int) -> frozenset[str]:
    """Add the smallest others until each hidden count has room for k, or for all that can be had."""
    kept, primary = set(hidden), list(hidden)
    others = sorted(set(counts) - kept, key=lambda name: (not counts[name], counts[name], name))
    best = {name: min(k, _room(name, set(counts), counts, caps)) for name in primary}
    while others and any(_room(name, kept, counts, caps) < best[name] for name in primary):
        kept.add(others.pop(0))
    return frozenset(kept)


def _room(name: str, hidden: Collection[str], counts: Mapping[str, int], caps: Mapping[str, int]) -> int:
    """How many values above and below its own a hidden count may have, the sum of the hidden ones being known."""
    rest = [other for other in hidden if other != name]
    up = min(caps[name] - counts[name], sum(counts[other] for other in rest))
    down = min(counts[name], sum(caps[other] - counts[other] for other in rest))
    return up + down
