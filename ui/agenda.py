"""What a room tells the roof about one person, and what the roof's search may find.

A room offers a module `<room>/agenda.py` with `agenda(person, moment) -> list[AgendaItem]` and
`search_entries(moment) -> list[SearchEntry]`; either may be absent. The roof collects them; rooms never see each other.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum


class Kind(Enum):
    WAITING = "waiting"  # waits for this person: a paper to add, a question to answer
    DUE = "due"  # a day by which something falls due, for the person or for the town hall
    CHANGED = "changed"  # something moved since they last looked


@dataclass(frozen=True, kw_only=True)
class AgendaItem:
    """One row of "Co u mnie". `title` and `text` never carry a PESEL; `tone` is one of ui.templatetags.ui.TONES."""

    kind: Kind
    title: str
    url: str
    text: str = ""
    due_on: date | None = None
    changed_at: datetime | None = None
    tone: str = "neutral"


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A public page that search may answer with. `keywords` are words people type that the title does not hold."""

    title: str
    text: str
    url: str
    keywords: str = ""
