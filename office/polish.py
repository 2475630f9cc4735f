"""Polish in the machine: folding for search, three plural forms, and the order of the Polish alphabet."""

import unicodedata

from django.db.models import CharField, Func

STROKES = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ħ": "h", "ß": "ss", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Lower case, no diacritics, single spaces: what a search compares, so that „lodz” finds „Łódź”."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(char for char in apart if not unicodedata.combining(char))
    return " ".join(bare.translate(STROKES).split())


def plural(n: int, one: str, few: str, many: str) -> str:
    """The form that Polish wants after the number: 1 plik, 2 pliki, 5 plików, 12 plików, 22 pliki."""
    if n == 1:
        return one
    return few if n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14) else many


class PlKey(Func):
    """`order_by(PlKey("name"))`: Polish alphabetical order (ł after l, ż after ź) without a Polish collation in the server."""

    function = "pl_key"
    arity = 1
    output_field = CharField()
