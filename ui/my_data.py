"""What a room holds on one person, told to the roof (GDPR art. 15, 17, 20).

A room offers a module `<room>/my_data.py` with
`my_data(person, moment) -> Iterable[Held]`: every table in which the person stands, also when nothing is there yet;
`forget(person, *, by, moment)`: takes away what the rows below say goes, absent where nothing goes;
`NOT_TOLD`: {model label: why a table that points at people is no data on a resident}.
The roof collects them; rooms never see each other. A test walks the models: each that points at a person stands in one of the two.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True, kw_only=True)
class Held:
    """The person's rows of one table, with the columns that are told, `file` the path to a stored file given along with them.

    `kept`: the RetentionPeriod.kind after which rows go by themselves. `stays`: why the rows outlive their owner's wish to be erased,
    in words the owner reads; empty: they go at once. `names`: what stays is worth nothing without the person's name.
    """

    title: str
    rows: QuerySet
    columns: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    kept: str = ""
    stays: str = ""
    names: bool = False
    also: tuple[type[Model], ...] = ()  # tables told as columns of this one

    @property
    def code(self) -> str:
        return self.rows.model._meta.label_lower

    @property
    def models(self) -> tuple[type[Model], ...]:
        return (self.rows.model, *self.also)

    def label(self, column: str) -> str:
        """What the column is called; of a path the relation it begins with."""
        if column in self.labels:
            return str(self.labels[column])
        return str(_fields(self.rows.model, column)[0].verbose_name)

    def values(self) -> Iterator[dict[str, Any]]:
        """Row by row, choices in words. Under "" the id of the file, when there is one."""
        words = {name: found for name in self.columns if (found := _words(self.rows, name))}
        asked = (*self.columns, *([f"{self.file}_id"] if self.file else []))
        for row in self.rows.values_list(*asked).iterator(chunk_size=500):
            told = {
                name: words[name].get(value, value) if name in words else value for name, value in zip(asked, row, strict=True)
            }
            if self.file:
                told[""] = told.pop(f"{self.file}_id")
            yield told


def _fields(model: type[Model], path: str) -> list[Any]:
    found: list[Any] = []
    for name in path.split("__"):
        found.append(model._meta.get_field(name))
        model = found[-1].related_model or model
    return found


def _words(rows: QuerySet, column: str) -> dict[Any, str]:
    """The words of a column with choices, by stored value; nothing for any other."""
    if column in rows.query.annotations:
        return {}
    return {value: str(words) for value, words in _fields(rows.model, column)[-1].flatchoices or ()}
