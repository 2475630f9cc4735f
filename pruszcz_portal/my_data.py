"""Everything that the rooms hold on one person, collected; a copy of it written for them (GDPR art. 15, 20)."""

import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string
from django.utils.module_loading import module_has_submodule
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from office import files
from office.models import ScanState, StoredFile
from office.retention import period_of
from residents.models import Person
from ui.my_data import Held
from ui.words import counted, long_date

PIECE = 1 << 20


@cache
def rooms() -> list[ModuleType]:
    """The `my_data` modules from the top of the house down: who takes away goes this way, for upper rooms point at lower ones."""
    found = [config for config in apps.get_app_configs() if module_has_submodule(config.module, "my_data")]
    modules = [import_module(f"{config.name}.my_data") for config in found if config.name != "pruszcz_portal"]
    return [module for module in modules if hasattr(module, "my_data")]  # of ui.my_data come only the words


def held(person: Person, moment: datetime) -> Iterator[Held]:
    """Every table in which the person stands: who they are first, then from the ground floor up."""
    for room in sorted(reversed(rooms()), key=lambda room: room.__name__ != "residents.my_data"):
        yield from room.my_data(person, moment)


def how_long(told: Held, moment: datetime) -> str:
    """In words the owner reads: until a period is over, by what law it stays, or until they erase it."""
    period = period_of(told.kept, moment) if told.kept else None
    words = []
    if period:
        mark = f" {_('(do potwierdzenia)')}" if period.needs_confirmation else ""
        words.append(
            _("Znika samo po: %(days)s%(mark)s.") % {"days": counted(period.days, _("dzień"), _("dni"), _("dni")), "mark": mark}
        )
    words.append(told.stays or _("Znika, gdy usuniesz konto i dane."))
    return " ".join(words)


# The copy


def write_copy(person: Person, file: IO[bytes]) -> None:
    """A ZIP of `spis.html` for a human, `moje-dane.json` for a program, and the person's files under `pliki/`. Only written, never sought."""
    moment = localtime()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        tables = [_table(told, moment, archive) for told in held(person, moment)]
        content = {"osoba": str(person.pk), "sporzadzono": moment, "dzialy": tables}
        archive.writestr("moje-dane.json", json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        page = {"person": person, "tables": [_shown(table) for table in tables], "day": long_date(moment)}
        archive.writestr("spis.html", render_to_string("my_copy_index.html", page))


def _table(told: Held, moment: datetime, archive: zipfile.ZipFile) -> dict[str, Any]:
    columns = {name: told.label(name) for name in told.columns}
    rows = [_with_file(row, archive) if told.file else row for row in told.values()]
    if told.file:
        columns["plik"] = _("plik")
    return {"kod": told.code, "nazwa": told.title, "jak_dlugo": how_long(told, moment), "kolumny": columns, "wiersze": rows}


def _with_file(row: dict[str, Any], archive: zipfile.ZipFile) -> dict[str, Any]:
    pk = row.pop("")
    return {**row, "plik": _put_file(pk, archive) if pk else ""}


def _put_file(pk: UUID, archive: zipfile.ZipFile) -> str:
    """The file's place in the archive; one in which a virus was found is named and left out."""
    stored = StoredFile.objects.get(pk=pk)
    if stored.scan_state == ScanState.INFECTED:
        return _("%(name)s: w pliku wykryto wirusa, więc go nie dołączamy") % {"name": stored.name}
    place = f"pliki/{stored.pk.hex[:8]}-{stored.name}"
    with files.path_of(stored).open("rb") as source, archive.open(place, "w", force_zip64=True) as target:
        while piece := source.read(PIECE):
            target.write(piece)
    return place


def _shown(table: dict[str, Any]) -> dict[str, Any]:
    """As the page for a human shows it: values as words, in the order of the columns."""
    rows = [[_word(row.get(name)) for name in table["kolumny"]] for row in table["wiersze"]]
    return {**table, "tytuly": list(table["kolumny"].values()), "wiersze": rows}


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return _("tak") if value else _("nie")
    if isinstance(value, datetime):
        return f"{localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dict | list):
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)
    return "" if value is None else str(value)
