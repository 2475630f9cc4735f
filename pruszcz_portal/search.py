"""Search over the public pages: small, in memory, forgiving about Polish letters and endings."""

import re
from functools import lru_cache

from office.polish import fold, is_form_of
from ui.agenda import SearchEntry

WEIGHTS = (("title", 5), ("keywords", 3), ("text", 1))


@lru_cache(maxsize=5000)
def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))


def _score(entry, asked):
    """Nothing when a word of the question is met nowhere; a hit in the title counts most."""
    total = 0
    for one in asked:
        best = max(
            (weight for part, weight in WEIGHTS if any(is_form_of(one, word) for word in words_of(getattr(entry, part)))),
            default=0,
        )
        if not best:
            return 0
        total += best
    return total


def found(question: str, entries: list[SearchEntry]) -> list[SearchEntry]:
    """Entries that meet every word of the question, the best first; one-letter words are not asked for."""
    asked = [word for word in words_of(question)[:10] if len(word) > 1]
    if not asked:
        return []
    scored = [(score, entry) for entry in entries if (score := _score(entry, asked))]
    return [entry for _, entry in sorted(scored, key=lambda pair: (-pair[0], pair[1].title))]
