"""An inventory of access points from a file: read, compared with what stands, laid down at once or not at all; and the way back.

The installer and the officer go through the same doors: a preview, then from what was shown the change, by the version that was seen.
"""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from office import sheets
from office.exports import FORMULA, safe_text
from office.polish import fold
from office.sheets import Column, Reading
from office.transitions import Refused
from residents.whereabouts import why_not_here
from wifi_points import rules
from wifi_points.actions import networks
from wifi_points.models import AccessPoint, InventoryLoad, Network

SALT = "wifi_points.inventory"
PREVIEW_SECONDS = 3600
ERRORS_SHOWN = 50
MAC = re.compile(r"[0-9a-f]{2}([:-][0-9a-f]{2}){5}")
IN, OUT = "w budynku", "na zewnątrz"
INDOOR = {"w budynku": True, "wewnątrz": True, "indoor": True, "na zewnątrz": False, "zewnątrz": False, "outdoor": False}
KINDS = {fold(str(label)): value for value, label in AccessPoint.Kind.choices} | {
    value: value for value in AccessPoint.Kind.values
}


def _kind(cell):
    if fold(cell) not in KINDS:
        raise ValueError(_("wybierz jedno z: %(all)s") % {"all": "; ".join(str(label) for label in AccessPoint.Kind.labels)})
    return KINDS[fold(cell)]


def _mac(cell):
    if not MAC.fullmatch(cell.lower()):
        raise ValueError(_("adres MAC ma postać aa:bb:cc:dd:ee:ff"))
    return cell.lower().replace("-", ":")


def _indoor(cell):
    if cell.lower() not in INDOOR:
        raise ValueError(_("wpisz „w budynku” albo „na zewnątrz”"))
    return INDOOR[cell.lower()]


def _text(longest, least=1):
    """Without the apostrophe that our own file puts before what a sheet would take for a formula."""

    def read_text(cell):
        cell = cell[1:] if _is_escaped(cell) else cell
        return sheets.text(longest)(cell) if cell or least else ""

    return read_text


def _is_escaped(cell):
    return cell.startswith("'") and cell.lstrip("'")[:1] in FORMULA


def _serial(cell):
    """In capitals, which may be longer than what was typed (ß)."""
    return sheets.text(60)(_text(60)(cell).upper())


def _day(cell):
    """Empty: not yet."""
    return sheets.day(cell) if cell else None


COLUMNS = [
    Column("number", "numer", sheets.whole(999, least=1)),
    Column("kind", "rodzaj miejsca", _kind),
    Column("place", "miejsce", _text(100)),
    Column("address", "adres", _text(120, least=0), is_optional=True),
    Column("latitude", "szerokość", rules.degrees),
    Column("longitude", "długość", rules.degrees),
    Column("is_indoor", "gdzie", _indoor),
    Column("brand", "marka", _text(60)),
    Column("model", "model", _text(60)),
    Column("serial", "numer seryjny", _serial),
    Column("mac", "mac", _mac),
    Column("installed_on", "zamontowany", _day, is_optional=True),
]
FIELDS = [column.name for column in COLUMNS]
TITLES = [column.title for column in COLUMNS]
HEADER = ";".join(column.title for column in COLUMNS)


@dataclass(frozen=True)
class Difference:
    """What taking the file in would do, or has done. Points that the file leaves out stay."""

    new: list[dict]
    changed: list[dict]
    same: int
    missing: int


def read_inventory(content: bytes, network: Network) -> Reading:
    """Every trouble with its line: a cell, a place outside the town, what the file has twice, what another network has."""
    reading = sheets.read(content, COLUMNS)
    for line, row in reading.rows:
        if why := why_not_here(row["latitude"], row["longitude"]):
            reading.wrong(line, _("Położenie: %(why)s.") % {"why": why})
    _find_doubles(reading)
    _find_taken(reading, network)
    reading.errors.sort(key=lambda error: error.line)
    return reading


UNIQUE = {"number": "Numer punktu", "serial": "Numer seryjny", "mac": "Adres MAC"}


def _find_doubles(reading):
    for name, words in UNIQUE.items():
        counts = Counter(row[name] for _line, row in reading.rows)
        seen = {}
        for line, row in reading.rows:
            first = seen.setdefault(row[name], line)
            if counts[row[name]] > 1 and first != line:
                said = {"what": words, "value": row[name], "line": first}
                reading.wrong(line, _("%(what)s %(value)s jest już w wierszu %(line)d.") % said)


def _find_taken(reading, network):
    """By another network's device; within this one by a device of another number that the file leaves as it is."""
    numbers = {row["number"] for _line, row in reading.rows}
    others = AccessPoint.objects.standing().exclude(network=network, number__in=numbers).select_related("network")
    taken = {name: {getattr(one, name): one.code for one in others} for name in ("serial", "mac")}
    for line, row in reading.rows:
        for name, codes in taken.items():
            if code := codes.get(row[name]):
                said = {"what": UNIQUE[name], "value": row[name], "code": code}
                reading.wrong(line, _("%(what)s %(value)s ma już punkt %(code)s.") % said)


def difference(reading: Reading, network: Network) -> Difference:
    stored = {point.number: point for point in network.points.standing()}
    rows = [row for _line, row in reading.rows]
    new = [row for row in rows if row["number"] not in stored]
    changed = [row for row in rows if row["number"] in stored and _differs(stored[row["number"]], row)]
    missing = len(set(stored) - {row["number"] for row in rows})
    return Difference(new=new, changed=changed, same=len(rows) - len(new) - len(changed), missing=missing)


def _differs(point, row):
    return any(getattr(point, name) != value for name, value in row.items())


@transaction.atomic
def take_in(content: bytes, network: Network, *, version: int, by, moment) -> Difference:
    """All rows or none. Refused: one wrong row, a locked list, a network that changed since the preview."""
    network = networks.locked(network)
    networks.guard_editable(network, version)
    reading = read_inventory(content, network)
    if reading.errors:
        raise Refused(_("Plik ma błędy i nie został wczytany. Popraw wskazane wiersze."))
    change = difference(reading, network)
    _lay_down(network, change)
    if change.new or change.changed:
        networks.changed(network)
        _note(content, network, change, by, moment)
    return change


def _note(content, network, change, by, moment):
    counts = {"new": len(change.new), "changed": len(change.changed)}
    digest = hashlib.sha256(content).hexdigest()
    InventoryLoad.objects.create(network=network, at=moment, by=by.subject, sha256=digest, version=network.version + 1, **counts)


def _lay_down(network, change):
    """Changed rows first give up their serials and MACs: two devices that changed places in the file would otherwise clash."""
    stored = {point.number: point for point in network.points.standing()}
    moved = [stored[row["number"]] for row in change.changed]
    for place, point in enumerate(moved):
        AccessPoint.objects.filter(pk=point.pk).update(serial=f"~{place}", mac=f"~{place}")
    for point, row in zip(moved, change.changed, strict=True):
        AccessPoint.objects.filter(pk=point.pk).update(**row)
    AccessPoint.objects.bulk_create([AccessPoint(network=network, **row) for row in change.new])


# What was shown is what is laid down


def preview(content: bytes, network: Network) -> dict:
    """For the page: the errors, or what would change and, in `content`, the file with the version, signed."""
    reading = read_inventory(content, network)
    if reading.errors:
        return {"errors": reading.errors[:ERRORS_SHOWN], "more_errors": max(0, len(reading.errors) - ERRORS_SHOWN)}
    kept = {"file": base64.b64encode(content).decode(), "network": str(network.pk), "version": network.version}
    return {"change": difference(reading, network), "content": signing.dumps(kept, salt=SALT, compress=True)}


def take_previewed(kept: str, network: Network, *, by, moment) -> Difference:
    """Refused when the preview is old, changed on its way, or of another network."""
    try:
        shown = signing.loads(kept, salt=SALT, max_age=PREVIEW_SECONDS)
    except signing.BadSignature as why:
        raise Refused(_("Podgląd stracił ważność. Wybierz plik jeszcze raz.")) from why
    if shown["network"] != str(network.pk):
        raise Refused(_("Podgląd był dla innej sieci. Wybierz plik jeszcze raz."))
    return take_in(base64.b64decode(shown["file"]), network, version=shown["version"], by=by, moment=moment)


def in_words(change: Difference) -> str:
    return _("Wczytano. Nowe: %(new)d, zmienione: %(old)d.") % {"new": len(change.new), "old": len(change.changed)}


# The way back


def sheet_rows(network: Network) -> list[list[str]]:
    """The standing devices as the file would say them: read in again, they change nothing."""
    return [[_written(name, getattr(point, name)) for name in FIELDS] for point in network.points.standing().order_by("number")]


def _written(name, value):
    if name == "kind":
        return str(AccessPoint.Kind(value).label)
    if name == "is_indoor":
        return IN if value else OUT
    text = "" if value is None else str(value)
    return f"'{text}" if _is_escaped(text) else safe_text(text)
