"""Polish in the machine: folding for search and the order of the Polish alphabet."""

import unicodedata
from itertools import takewhile

from django.db.models import CharField, Func

STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})
LONGEST_ENDING = 4
ENDING_STARTS = "aeiouymck"  # a vowel, or what is left after one: śmieciami - śmieciach, podatek - podatku


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces: what a search compares, so that „lodz” finds „Łódź”."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(bare.translate(STROKES).split())


def is_form_of(asked: str, word: str) -> bool:
    """The word begins with what was asked, or both differ in their endings alone: śmieciami - śmieci, ulica - ulicy. Both folded."""
    if word.startswith(asked):
        return True
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(asked, word, strict=False)))
    enough = max(3, len(asked) - (1 if len(asked) <= 5 else 3))
    return shared >= enough and _is_ending(asked[shared:]) and _is_ending(word[shared:])


def _is_ending(letters):
    return len(letters) <= LONGEST_ENDING and (not letters or letters[0] in ENDING_STARTS)


class PlKey(Func):
    """`order_by(PlKey("name"))`: Polish alphabetical order (ł after l, ż after ź) without a Polish collation in the server."""

    function = "pl_key"
    arity = 1
    output_field = CharField()
