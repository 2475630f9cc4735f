"""Totals of answers, counted from ballots one by one. Standard library alone: the stand-alone checker counts with it.

A ballot's answers are `{question code: value}` as `schemas` keeps them. How a question is counted is its `kind` here:

| kind | value in a ballot | `counts` |
|---|---|---|
| options | "park", ["park", "skwer"], 4, True | {"park": 12}; every value as text, `true` for a ticked box |
| rows | {"halas": "1"} (a matrix) | {"halas": {"1": 12}} |
| places | ["park", "skwer"] (a ranking, best first) | {"1": {"park": 12}} |
| number | 17 | {"sum": 204, "least": 1, "most": 40}; {} when nobody answered |
| votes | [["12", 5], ["7", null]] (a budget ballot) | {"12": {"votes": 1, "points": 5}}; a mark without points counts none |
| text | anything | {}: only how many answered |
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

OPTIONS, ROWS, PLACES, NUMBER, VOTES, TEXT = KINDS = ("options", "rows", "places", "number", "votes", "text")
Counts = dict[str, Any]


class Unfit(Exception):
    """A value is not of the kind its question is counted by."""


class Recount:
    """Totals of the named questions; others are passed over. Parts counted apart add up with `merge`."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        self._kinds = dict(kinds)
        self._counts: dict[str, Counter] = {code: Counter() for code in kinds}
        self._answered = Counter(dict.fromkeys(kinds, 0))
        # Nearly every answer is one option alone: kept apart, it costs one addition, and ten million of them are counted in time.
        self._single: dict[str, Counter] = {code: Counter() for code, kind in kinds.items() if kind == OPTIONS}

    def add(self, answers: Mapping[str, Any]) -> None:
        """One ballot. Raises Unfit for a value that can not be counted."""
        for code, value in answers.items():
            single = self._single.get(code)
            if single is not None and value.__class__ is str:
                single[value] += 1
            elif code in self._kinds and value is not None:
                self._answered[code] += 1
                _ADDERS[self._kinds[code]](self._counts[code], value)

    def merge(self, other: "Recount") -> None:
        self._answered.update(other._answered)
        for code, single in other._single.items():
            self._single[code].update(single)
        for code, counts in other._counts.items():
            if self._kinds[code] == NUMBER:
                _merge_numbers(self._counts[code], counts)
            else:
                self._counts[code].update(counts)

    def questions(self) -> list[dict[str, Any]]:
        """`[{"code", "kind", "answered", "counts"}, …]` as they stand in a manifest."""
        return [self._question(code, kind) for code, kind in self._kinds.items()]

    def _question(self, code: str, kind: str) -> dict[str, Any]:
        single = self._single.get(code, Counter())
        counts = Counter(self._counts[code])
        counts.update(single)
        return {
            "code": code, "kind": kind, "answered": self._answered[code] + single.total(), "counts": _nested(kind, counts),
        }  # fmt: skip


def recount(ballots: Iterable[Mapping[str, Any]], kinds: Mapping[str, str]) -> list[dict[str, Any]]:
    """The totals of these answers at once."""
    totals = Recount(kinds)
    for answers in ballots:
        totals.add(answers)
    return totals.questions()


# What one value adds. Keys of two parts are pairs until `_nested`.


def _word(value: Any) -> str:
    if value is True or value is False:
        return str(value).lower()
    if not isinstance(value, str | int):
        raise Unfit
    return str(value)


def _add_option(counts: Counter, value: Any) -> None:
    for item in value if isinstance(value, list) else [value]:
        counts[item if item.__class__ is str else _word(item)] += 1


def _add_rows(counts: Counter, value: Any) -> None:
    for row, item in _mapping(value).items():
        for option in item if isinstance(item, list) else [item]:
            counts[row, _word(option)] += 1


def _add_places(counts: Counter, value: Any) -> None:
    if not isinstance(value, list):
        raise Unfit
    for place, option in enumerate(value, start=1):
        counts[str(place), _word(option)] += 1


def _add_number(counts: Counter, value: Any) -> None:
    if type(value) is not int:
        raise Unfit
    _merge_numbers(counts, {"sum": value, "least": value, "most": value})


def _add_votes(counts: Counter, value: Any) -> None:
    for project, points in _pairs(value):
        counts[project, "votes"] += 1
        counts[project, "points"] += points or 0


def _pairs(value: Any) -> list[tuple[str, int | None]]:
    """Project and points, in the order of the card, each project once."""
    if not isinstance(value, list) or not all(_is_pair(pair) for pair in value):
        raise Unfit
    pairs = [(project, points) for project, points in value]
    if len(dict(pairs)) < len(pairs):
        raise Unfit
    return pairs


def _is_pair(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and (pair[1] is None or type(pair[1]) is int)


def _add_nothing(counts: Counter, value: Any) -> None:
    """Of a text only its being there counts."""


_ADDERS = {
    OPTIONS: _add_option, ROWS: _add_rows, PLACES: _add_places, NUMBER: _add_number, VOTES: _add_votes, TEXT: _add_nothing,
}  # fmt: skip


def _mapping(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Unfit
    return value


def _merge_numbers(counts: Counter, more: Mapping[str, int]) -> None:
    if more:
        counts["sum"] += more["sum"]
        counts["least"] = min(counts.get("least", more["least"]), more["least"])
        counts["most"] = max(counts.get("most", more["most"]), more["most"])


def _nested(kind: str, counts: Mapping[Any, int]) -> Counts:
    if kind in (OPTIONS, NUMBER, TEXT):
        return dict(counts)
    nested: Counts = {}
    for (outer, inner), count in counts.items():
        nested.setdefault(outer, {})[inner] = count
    return nested
