"""What the pure core says to people: a Polish sentence and what stands in it, so that a page can translate it and a program read it.

Nothing here or in `pabulib`, `tally` and `cards` imports Django: the stand-alone checker runs them with the standard library.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

NBSP = "\u00a0"
NOTHING: Mapping[str, Any] = MappingProxyType({})
SHOWN = 60  # characters of somebody else's text in a sentence of ours


def gettext_noop(text: str) -> str:
    """Marks a sentence for translators; the core itself speaks Polish."""
    return text


class Sentence(NamedTuple):
    template: str
    params: Mapping[str, object] = NOTHING

    def __str__(self) -> str:
        return self.template % self.params

    def translated(self, gettext: Callable[[str], str]) -> str:
        return gettext(self.template) % self.params


def quoted(text: str) -> str:
    """Text of a stranger in Polish quotation marks, cut where it would drown the sentence."""
    shown = text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
    return f"„{shown}”"


def zloty(grosze: int) -> str:
    """1234550 -> 12 345,50 zł; whole złoty without the zeros."""
    whole, rest = divmod(abs(grosze), 100)
    sign = "-" if grosze < 0 else ""
    return f"{sign}{whole:,}".replace(",", NBSP) + (f",{rest:02}" if rest else "") + f"{NBSP}zł"
