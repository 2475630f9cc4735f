"""An inventory of access points from a file: read, compared with what stands, laid down at once or not at all."""

import re
from collections import Counter
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from office import sheets
from office.polish import fold
from office.sheets import Column, Reading
from office.transitions import Refused
from residents.whereabouts import why_not_here
from wifi_points import rules
from wifi_points.actions import networks
from wifi_points.models import AccessPoint, Network

MAC = re.compile(r"[0-9a-f]{2}([:-][0-9a-f]{2}){5}")
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


def _day(cell):
    """Empty: not yet."""
    return sheets.day(cell) if cell else None


COLUMNS = [
    Column("number", "numer", sheets.whole(999, least=1)),
    Column("kind", "rodzaj miejsca", _kind),
    Column("place", "miejsce", sheets.text(100)),
    Column("address", "adres", lambda cell: cell[:120], is_optional=True),
    Column("latitude", "szerokość", rules.degrees),
    Column("longitude", "długość", rules.degrees),
    Column("is_indoor", "gdzie", _indoor),
    Column("brand", "marka", sheets.text(60)),
    Column("model", "model", sheets.text(60)),
    Column("serial", "numer seryjny", sheets.text(60)),
    Column("mac", "mac", _mac),
    Column("installed_on", "zamontowany", _day, is_optional=True),
]
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
        row["serial"] = row["serial"].upper()
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
    return change


def _lay_down(network, change):
    """Changed rows first give up their serials and MACs: two devices that changed places in the file would otherwise clash."""
    stored = {point.number: point for point in network.points.standing()}
    moved = [stored[row["number"]] for row in change.changed]
    for place, point in enumerate(moved):
        AccessPoint.objects.filter(pk=point.pk).update(serial=f"~{place}", mac=f"~{place}")
    for point, row in zip(moved, change.changed, strict=True):
        AccessPoint.objects.filter(pk=point.pk).update(**row)
    AccessPoint.objects.bulk_create([AccessPoint(network=network, **row) for row in change.new])
