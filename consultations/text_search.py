"""Finding words in Polish texts: stems of Snowball, Polish letters or not, and trigrams for what stems miss.

Stems are made here, when a text is stored and when somebody asks, because no server of ours is sure to know Polish. Each word is
kept under two stems, as written and without Polish letters, so that „sciezka” finds „ścieżkę” and „dróg” finds „drogi”.
"""

import re
import threading
from functools import lru_cache

import snowballstemmer
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import connection
from django.db.models import F, FloatField, Func, QuerySet, Value

from office.polish import fold

LONGEST_WORD = 40  # letters; what is longer is no word of a language
MOST_WORDS = 20_000  # of one text; keeps a vector far below the megabyte that PostgreSQL allows
MOST_ASKED = 10
ALIKE_ENOUGH = 0.5  # of a part of the text to what was asked, by trigrams
EMPTY = (
    "aby albo ale ani bez bo być by była było był były dla do go gdy ich im jak jako je jego jej jest już każdy lub ma mi mnie "
    "na nad nam nas nie nim niż o od on ona oni ono po pod ponieważ przed przez przy są się ta tak także tam te tego tej ten to "
    "tu tylko tym u w we więc z za ze że żeby"
)
EMPTY_WORDS = frozenset(EMPTY.split())
WORD = re.compile(r"[^\W_]+")
_stemmer = threading.local()  # Snowball keeps the word it works on inside: one for each thread


def words(text: str) -> list[str]:
    """The words that mean something, in lower case, in order."""
    found = (word[:LONGEST_WORD] for word in WORD.findall(text.lower()))
    return [word for word in found if len(word) > 1 and word not in EMPTY_WORDS]


@lru_cache(maxsize=200_000)
def stems_of(word: str) -> tuple[str, ...]:
    """Under what a word is kept and sought: its stem without Polish letters, and the stem of the word typed without them."""
    snowball = getattr(_stemmer, "polish", None)
    if snowball is None:
        snowball = _stemmer.polish = snowballstemmer.stemmer("polish")
    both = (fold(snowball.stemWord(word)), snowball.stemWord(fold(word)))
    return tuple(dict.fromkeys(stem for stem in both if stem))


def stems(text: str) -> list[str]:
    """All stems of a text, each once."""
    found = dict.fromkeys(stem for word in words(text)[:MOST_WORDS] for stem in stems_of(word))
    return list(found)


class Vector(Func):
    """The text as PostgreSQL keeps it for searching: its stems alone, so nothing of their order can be read back."""

    function = "array_to_tsvector"
    template = "%(function)s(%(expressions)s::text[])"
    output_field = SearchVectorField()

    def __init__(self, text: str):
        super().__init__(Value(stems(text)))


def query_of(asked: str) -> SearchQuery | None:
    """Every word asked for must be met, the last one also by its beginning. None when nothing but empty words was asked."""
    sought = words(asked)[:MOST_ASKED]
    if not sought:
        return None
    parts = [_either(stems_of(word)) for word in sought]
    parts[-1] = _either((*stems_of(sought[-1]), f"{fold(sought[-1])}"), begins=True)
    return SearchQuery(" & ".join(parts), search_type="raw", config="simple")


def _either(some: tuple[str, ...], *, begins: bool = False) -> str:
    mark = ":*" if begins else ""
    return "(" + " | ".join(f"'{stem}'{mark if len(stem) > 2 else ''}" for stem in dict.fromkeys(some)) + ")"


def found(texts: QuerySet, asked: str, *, vector: str = "search", folded: str = "folded") -> QuerySet:
    """The texts that hold every word of the question; when none does, those that hold something alike (a slip of the key).

    `vector` and `folded` name the columns; pass folded="" where only whole words may be sought. One short question more to the
    database tells whether there is any.
    """
    query = query_of(asked)
    if query is None:
        return texts.none()
    exact = texts.filter(**{vector: query})
    if not folded or exact.exists():
        return exact
    return _alike(texts, fold(asked), folded)


def _alike(texts: QuerySet, asked: str, folded: str) -> QuerySet:
    if not has_trigrams():
        return texts.filter(**{f"{folded}__contains": asked})
    return texts.alias(likeness=Likeness(Value(asked), F(folded))).filter(
        **{f"{folded}__trigram_word_similar": asked}, likeness__gte=ALIKE_ENOUGH
    )


class Likeness(Func):
    function = "word_similarity"
    output_field = FloatField()


@lru_cache(maxsize=1)
def has_trigrams() -> bool:
    """Whether this server has pg_trgm; a migration puts it in where it is to be had."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_extension where extname = 'pg_trgm'")
        return cursor.fetchone() is not None
