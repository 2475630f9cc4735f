"""What the rooms tell the roof: rows of "Co u mnie" and what search may find."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module
from inspect import Parameter, Signature, signature
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from office.compiled import compiled
from residents.models import Person
from ui.agenda import AgendaItem, Beside, Kind, SearchEntry

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@cache
def _rooms() -> dict[str, ModuleType]:
    """The `agenda` modules by room, looked for once a process."""
    rooms = [config for config in apps.get_app_configs() if config.name != "pruszcz_portal"]
    return {room.label: import_module(f"{room.name}.agenda") for room in rooms if module_has_submodule(room.module, "agenda")}


def _asked(name: str, *args) -> Iterator[Any]:
    """The answers of every room that offers this question in its `agenda` module."""
    for room in _rooms().values():
        if question := getattr(room, name, None):
            yield from question(*args)


# Rows of "Co u mnie"


def agenda_of(user, moment: datetime) -> dict[Kind, list[AgendaItem]]:
    """The rows of the account's person by kind, from every room; none for an account without a person."""
    person = _person_of(user, moment)
    if person is None:
        return {}
    return sorted_by_kind([*_rows_beside(person, moment), *_asked("agenda", person, moment)])


def _person_of(user, moment) -> Person | None:
    """The person of the account with the columns of all rooms that read beside its row: one statement."""
    told = {_named(room, name): value for room, one in _beside().items() for name, value in one.values(user, moment).items()}
    person = next(_whose()(account=user.pk, **told), None)
    if person is not None:
        person.account = user
    return person


def _rows_beside(person, moment) -> Iterator[AgendaItem]:
    for room, one in _beside().items():
        mine = _named(room, "")
        told = {name.removeprefix(mine): value for name, value in vars(person).items() if name.startswith(mine)}
        yield from one.rows(person, told, moment)


@cache
def _beside() -> dict[str, Beside]:
    return {name: room.beside for name, room in _rooms().items() if hasattr(room, "beside")}


def _named(room: str, name: str) -> str:
    """Rooms never see each other, so neither do their names."""
    return f"of_{room}_{name}"


@cache
def _whose() -> Callable[..., Iterator[Person]]:
    """Every room's columns beside the row, compiled once a process."""
    asked = {room: signature(one.columns).parameters for room, one in _beside().items()}

    def whose(**places):
        columns: dict[str, Any] = {}
        for room, one in _beside().items():
            own = {name: places[_named(room, name)] for name in asked[room]}
            columns |= {_named(room, name): column for name, column in one.columns(**own).items()}
        return Person.objects.filter(account=places["account"]).annotate(**columns)

    kinds = {"account": int, **{_named(room, name): one.annotation for room, some in asked.items() for name, one in some.items()}}
    whose.__signature__ = Signature([Parameter(name, Parameter.KEYWORD_ONLY, annotation=kind) for name, kind in kinds.items()])  # type: ignore[attr-defined]
    return compiled(whose)


def sorted_by_kind(items: Iterable[AgendaItem]) -> dict[Kind, list[AgendaItem]]:
    """What waits and what is due by day, undated last; what changed with the newest first."""
    rows: dict[Kind, list[AgendaItem]] = {kind: [] for kind in Kind}
    for item in items:
        rows[item.kind].append(item)
    for kind in (Kind.WAITING, Kind.DUE):
        rows[kind].sort(key=lambda item: (item.due_on or date.max, item.title))
    rows[Kind.CHANGED].sort(key=lambda item: item.changed_at or LONG_AGO, reverse=True)
    return rows


def search_entries(moment) -> list[SearchEntry]:
    return list(_asked("search_entries", moment))
