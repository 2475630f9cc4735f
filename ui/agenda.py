"""What a room tells the roof about one person, and what the roof's search may find.

A room offers a module `<room>/agenda.py` with `agenda(person, moment) -> list[AgendaItem]`, `search_entries(moment) ->
list[SearchEntry]` and `beside`, a Beside; each may be absent. The roof collects them; rooms never see each other.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any


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
class Beside:
    """What a room reads beside the person's own row. All rooms are asked in one statement, so another of them costs no query.

    `columns`: from keyword arguments annotated as for `office.compiled` to expressions over the person's row (`OuterRef("pk")`), by name;
    it runs once a process and never looks at its arguments. `values`: the account and the moment to these arguments.
    `rows`: the person, what the columns said and the moment to rows of "Co u mnie".
    """

    columns: Callable[..., Mapping[str, Any]]
    values: Callable[[Any, datetime], dict[str, Any]]
    rows: Callable[[Any, Mapping[str, Any], datetime], Iterable[AgendaItem]]


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A public page that search may answer with. `keywords` are words people type that the title does not hold."""

    title: str
    text: str
    url: str
    keywords: str = ""
