"""Search over the public pages: small, in memory, forgiving about Polish letters and endings."""

import re
from functools import lru_cache
from itertools import takewhile

from office.polish import fold
from ui.agenda import SearchEntry

WEIGHTS = (("title", 5), ("keywords", 3), ("text", 1))
LONGEST_ENDING = 4
ENDING_STARTS = "aeiouymck"  # a vowel, or what is left after one: śmieciami - śmieciach, podatek - podatku


@lru_cache(maxsize=5000)
def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", fold(text)))


def _meets(asked, word):
    """The word begins with what was asked, or both differ in their endings alone: śmieciami - śmieci, ulica - ulicy."""
    if word.startswith(asked):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(asked, word, strict=False)))
    enough = max(3, len(asked) - (1 if len(asked) <= 5 else 3))
    return shared >= enough and _is_ending(asked[shared:]) and _is_ending(word[shared:])


def _is_ending(letters):
    return len(letters) <= LONGEST_ENDING and (not letters or letters[0] in ENDING_STARTS)


def _score(entry, asked):
    """Nothing when a word of the question is met nowhere; a hit in the title counts most."""
    total = 0
    for one in asked:
        best = max(
            (weight for part, weight in WEIGHTS if any(_meets(one, word) for word in words_of(getattr(entry, part)))), default=0
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
