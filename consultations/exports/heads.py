"""The head of a column, which every table of an export has."""

from dataclasses import dataclass

from schemas.columns import Column

BALLOT, BATCH, VERSION, CHANNEL, NUMBER, ANSWER, TEXT = "ballot", "batch", "version", "channel", "number", "answer", "text"


@dataclass(frozen=True)
class Head:
    """A column. `role`: what it holds; `is_free`: may hold anything, so it is made safe for a sheet."""

    code: str
    label: str
    role: str
    column: Column | None = None
    is_free: bool = False
