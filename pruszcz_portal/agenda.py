"""What the rooms tell the roof: rows of "Co u mnie" and what search may find."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from ui.agenda import AgendaItem, Kind, SearchEntry

LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _asked(name, *args):
    """The answers of every room that offers this question in its `agenda` module."""
    for room in _rooms():
        question = getattr(room, name, None)
        if question is not None:
            yield from question(*args)


@cache
def _rooms():
    """The `agenda` modules, looked for once a process."""
    rooms = [config for config in apps.get_app_configs() if config.name != "pruszcz_portal"]
    return [import_module(f"{room.name}.agenda") for room in rooms if module_has_submodule(room.module, "agenda")]


def agenda_of(person, moment) -> dict[Kind, list[AgendaItem]]:
    """The person's rows by kind, from every room."""
    return sorted_by_kind(_asked("agenda", person, moment))


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
