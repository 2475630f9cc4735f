"""What the demonstration shows of the waste point, made by its verbs. Each part leaves alone what is there already."""

from collections.abc import Callable
from datetime import datetime

from pszok.sample import figures, gate

PARTS: list[Callable[[datetime], None]] = [gate.load, figures.load]


def load(moment: datetime) -> None:
    for part in PARTS:
        part(moment)
