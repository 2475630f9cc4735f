"""Polish in the machine: folding for search and the order of the Polish alphabet."""

import unicodedata

from django.db.models import CharField, Func

STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces: what a search compares, so that „lodz” finds „Łódź”."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(bare.translate(STROKES).split())


class PlKey(Func):
    """`order_by(PlKey("name"))`: Polish alphabetical order (ł after l, ż after ź) without a Polish collation in the server."""

    function = "pl_key"
    arity = 1
    output_field = CharField()
