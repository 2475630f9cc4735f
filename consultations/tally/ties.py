"""Ties: rules stated before the vote, tried in order (C32). Where none decides, the tie stays open and is named."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from consultations.sentences import gettext_noop as _
from consultations.tally.counting import Totals

DRAW = "draw"
UNDECIDED = "undecided"


@dataclass(frozen=True)
class TieRule:
    name: str
    key: Callable[[str, Mapping[str, int], Totals], int] | None  # smaller goes first; None: not by arithmetic


TIE_RULES = {
    "lower-cost": TieRule(_("pierwszeństwo ma tańszy projekt"), lambda code, costs, totals: costs[code]),
    "higher-cost": TieRule(_("pierwszeństwo ma droższy projekt"), lambda code, costs, totals: -costs[code]),
    "more-voters": TieRule(
        _("pierwszeństwo ma projekt wskazany na większej liczbie kart"), lambda code, costs, totals: -totals.votes[code]
    ),
    "more-firsts": TieRule(
        _("pierwszeństwo ma projekt częściej stawiany na pierwszym miejscu"), lambda code, costs, totals: -totals.firsts[code]
    ),
    DRAW: TieRule(_("rozstrzyga losowanie"), None),
    UNDECIDED: TieRule(_("zasady nie rozstrzygają remisu"), None),
}


@dataclass(frozen=True)
class TieBreak:
    """The chain of tie rules of an edition, and the draws already made."""

    chain: tuple[str, ...]
    costs: Mapping[str, int]
    totals: Totals
    draws: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)  # sorted candidates -> drawn order

    def __post_init__(self):
        unknown = [name for name in self.chain if name not in TIE_RULES]
        last = [n for n, name in enumerate(self.chain) if name in (DRAW, UNDECIDED)]
        if unknown or (last and last[0] != len(self.chain) - 1):
            raise ValueError(f"not a chain of tie rules: {self.chain}")

    @property
    def arithmetic(self) -> tuple[str, ...]:
        return tuple(name for name in self.chain if TIE_RULES[name].key)

    @property
    def by_draw(self) -> bool:
        return DRAW in self.chain

    def parts(self, codes: Sequence[str], rules: Sequence[str] | None = None) -> list[list[str]]:
        """The tied in the order of the rules; those the rules leave equal stand together, in the order given."""
        rules = self.arithmetic if rules is None else rules
        groups: dict[tuple[int, ...], list[str]] = {}
        for code in codes:
            groups.setdefault(self._key(code, rules), []).append(code)
        return [groups[key] for key in sorted(groups)]

    def drawn(self, codes: Iterable[str]) -> tuple[str, ...] | None:
        """The order a draw gave to exactly these, if the chain allows a draw and there was one."""
        return self.draws.get(tuple(sorted(codes))) if self.by_draw else None

    def used(self, codes: Sequence[str], drawn: bool) -> tuple[str, ...]:
        """The rules that set these apart, the deciding one last: a draw, or as few of the chain as tell them all apart."""
        if drawn:
            return (*self.arithmetic, DRAW)
        for n in range(1, len(self.arithmetic) + 1):
            if all(len(part) == 1 for part in self.parts(codes, self.arithmetic[:n])):
                return self.arithmetic[:n]
        return self.arithmetic

    def _key(self, code: str, rules: Sequence[str]) -> tuple[int, ...]:
        return tuple(rule(code, self.costs, self.totals) for name in rules if (rule := TIE_RULES[name].key))


def draws_by_candidates(orders: Iterable[Sequence[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Recorded draws, found by who took part. Two different orders of the same candidates are refused: a draw happens once."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for order in orders:
        if found.setdefault(tuple(sorted(order)), tuple(order)) != tuple(order):
            raise ValueError(f"two draws between the same projects: {sorted(order)}")
    return found
