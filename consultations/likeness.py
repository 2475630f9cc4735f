"""Which texts say much the same: sets of stems compared by Jaccard's measure, without anything that guesses.

A pair that is alike enough must share one of its rarest stems, so only such pairs are compared: 20,000 texts take seconds.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

ALIKE = 0.6
FEWEST_STEMS = 3  # „Tak.”, „Zgadzam się” are no ground for a group


def alike(one: frozenset[str], other: frozenset[str]) -> float:
    """How much two sets share, from 0 to 1."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def clusters(texts: Mapping[Hashable, Iterable[str]], *, at_least: float = ALIKE) -> list[list[Hashable]]:
    """Keys of texts that hang together by likeness, the largest group first; texts like no other are left out."""
    sets = {key: frozenset(stems) for key, stems in texts.items()}
    roots: dict[Hashable, Hashable] = {}
    for one, other in _pairs({key: stems for key, stems in sets.items() if len(stems) >= FEWEST_STEMS}, at_least):
        roots[_root(roots, one)] = _root(roots, other)
    gathered = defaultdict(list)
    for key in sets:
        if key in roots or key in roots.values():
            gathered[_root(roots, key)].append(key)
    return sorted(gathered.values(), key=len, reverse=True)


def _pairs(sets: dict[Hashable, frozenset[str]], at_least: float) -> Iterator[tuple[Hashable, Hashable]]:
    seen_with: dict[str, list[Hashable]] = defaultdict(list)
    rarity = Counter(stem for stems in sets.values() for stem in stems)
    for key, stems in sets.items():
        rarest = sorted(stems, key=lambda stem: (rarity[stem], stem))[: _must_share_one_of(len(stems), at_least)]
        candidates = {other for stem in rarest for other in seen_with[stem]}
        for other in candidates:
            shorter, longer = sorted((len(stems), len(sets[other])))
            if shorter >= at_least * longer and alike(stems, sets[other]) >= at_least:
                yield key, other
        for stem in rarest:
            seen_with[stem].append(key)


def _must_share_one_of(size: int, at_least: float) -> int:
    return size - math.ceil(at_least * size) + 1


def _root(roots: dict[Hashable, Hashable], key: Hashable) -> Hashable:
    while key in roots and roots[key] != key:
        roots[key] = roots.get(roots[key], roots[key])
        key = roots[key]
    return key
