"""Address points from a file of the town's register: read, checked row by row, laid down at once or not at all.

Columns TERC, SIMC, ULIC, street, number, flat, and if the register knows them latitude and longitude (WGS 84); commas or semicolons;
UTF-8 or the Windows-1250 of Polish Excel. Without coordinates an address is in no circle of an announcement.
"""

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from office.sheets import RowError, decoded
from office.transitions import Refused
from residents.models import AddressPoint, Dwelling
from residents.models.places import address_key
from ui.text import clean_text

HEADER = ["TERC", "SIMC", "ULIC", "street", "number", "flat"]
WHERE = ["latitude", "longitude"]
POLAND = {"latitude": (Decimal(49), Decimal("54.9")), "longitude": (Decimal(14), Decimal("24.2"))}  # degrees
DEGREES = re.compile(r"[0-9]{2}([.,][0-9]{1,9})?")
LARGEST = 5 * 1024 * 1024  # bytes; a town of 32,000 needs a tenth of it
SHAPES = {
    "TERC": (re.compile(r"[0-9]{7}"), "7 cyfr"),
    "SIMC": (re.compile(r"[0-9]{7}"), "7 cyfr"),
    "ULIC": (re.compile(r"[0-9]{5}"), "5 cyfr"),
    "number": (re.compile(r"[0-9]{1,4}[A-Za-z]{0,2}(/[0-9]{1,4}[A-Za-z]?)?"), "numer domu, na przykład 12, 12a albo 12/14"),
    "flat": (re.compile(r"([0-9A-Za-z]{1,6}([/-][0-9A-Za-z]{1,4})?)?"), "numer lokalu, na przykład 3 albo 3a"),
}
Key = tuple[str, str, str, str]  # TERC, SIMC, ULIC, number


@dataclass
class Reading:
    """What stands in a file: flats by address point, street names by code, and what is wrong with which line."""

    flats: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    streets: dict[tuple[str, str, str], str] = field(default_factory=dict)
    places: dict[Key, tuple[Decimal, Decimal]] = field(
        default_factory=dict
    )  # latitude and longitude of those that the file tells
    header: list[str] = field(default_factory=lambda: HEADER)
    errors: list[RowError] = field(default_factory=list)
    lines: int = 0


@dataclass(frozen=True)
class Difference:
    """What importing a reading would do, or has done."""

    new_points: int
    renamed_points: int
    new_dwellings: int
    missing_points: int  # stored in these towns and absent from the file; they stay, for someone may live there
    moved_points: int = 0  # stored without coordinates or with others

    @property
    def is_empty(self) -> bool:
        return not (self.new_points or self.renamed_points or self.new_dwellings or self.moved_points)


def read_addresses(content: bytes) -> Reading:
    """Read a file. Never raises: every trouble is a RowError with its line."""
    reading = Reading()
    try:
        lines = csv.reader(io.StringIO(decoded(content), newline=""), delimiter=_delimiter(content), strict=True)
        header = [cell.strip() for cell in next(lines, [])]
        reading.header = HEADER + WHERE if len(header) > len(HEADER) else HEADER
        if [cell.lower() for cell in header] != [cell.lower() for cell in reading.header]:
            reading.errors.append(
                RowError(1, _("Pierwszy wiersz musi brzmieć: %(header)s.") % {"header": ", ".join(reading.header)})
            )
            return reading
        for cells in lines:
            _read_row(reading, lines.line_num, cells)
    except csv.Error as error:
        reading.errors.append(RowError(reading.lines + 2, _("Tego wiersza nie da się odczytać: %(why)s.") % {"why": error}))
    return reading


def difference(reading: Reading) -> Difference:
    """What the import would change, counted without changing anything."""
    stored, flats = _stored(reading)
    new = set(reading.flats) - set(stored)
    return Difference(
        new_points=len(new),
        renamed_points=sum(stored[key].street != reading.streets[key[:3]] for key in set(reading.flats) & set(stored)),
        new_dwellings=sum(len(wanted - flats.get(key, set())) for key, wanted in reading.flats.items()),
        moved_points=len(_moved(stored, reading)),
        missing_points=len(set(stored) - set(reading.flats)),
    )


@transaction.atomic
def import_addresses(reading: Reading, *, is_sample: bool = False) -> Difference:
    """Lay down what is new and rename streets that were renamed. The same file again changes nothing.

    Refused as a whole when one line is wrong. Nothing is ever removed: an address that is gone may still be somebody's.
    """
    if reading.errors:
        raise Refused(_("Plik ma błędy i nie został wczytany. Popraw wskazane wiersze."))
    change = difference(reading)
    if change.is_empty:
        return change
    stored, flats = _stored(reading)
    _rename(stored, reading)
    _move(stored, reading)
    points = {**stored, **_created(set(reading.flats) - set(stored), reading, is_sample)}
    dwellings = [
        Dwelling(address=points[key], flat=flat)
        for key, wanted in reading.flats.items()
        for flat in sorted(wanted - flats.get(key, set()))
    ]
    Dwelling.objects.bulk_create(dwellings, batch_size=2000)
    return change


def _delimiter(content):
    first = content.split(b"\n", 1)[0]
    return ";" if first.count(b";") > first.count(b",") else ","


def _read_row(reading, line, cells):
    if not any(cell.strip() for cell in cells):
        return
    reading.lines += 1
    row = dict(zip(reading.header, (clean_text(cell) for cell in cells), strict=False))
    if problem := _problem(row, cells, reading):
        reading.errors.append(RowError(line, problem))
        return
    street = (row["TERC"], row["SIMC"], row["ULIC"])
    reading.streets[street] = row["street"]
    key = (*street, row["number"].lower())
    reading.flats[key].add(row["flat"].lower())
    if row.get("latitude"):
        reading.places[key] = (_degrees(row["latitude"]), _degrees(row["longitude"]))


def _degrees(cell):
    return round(Decimal(cell.replace(",", ".")), 6)


def _problem(row, cells, reading):
    if len(cells) != len(reading.header):
        return _("Wiersz ma %(count)d kolumn, powinien mieć %(right)d.") % {"count": len(cells), "right": len(reading.header)}
    for name, (shape, words) in SHAPES.items():
        if not shape.fullmatch(row[name]):
            return _("Kolumna %(name)s: „%(value)s”. Powinno być: %(words)s.") % {
                "name": name, "value": row[name][:40], "words": words,
            }  # fmt: skip
    if not 0 < len(row["street"]) <= 120:
        return _("Kolumna street: nazwa ulicy ma od 1 do 120 znaków.")
    known = reading.streets.get((row["TERC"], row["SIMC"], row["ULIC"]), row["street"])
    if known != row["street"]:
        return _("Ulica %(code)s ma w pliku dwie nazwy: „%(one)s” i „%(other)s”.") % {
            "code": row["ULIC"], "one": known, "other": row["street"],
        }  # fmt: skip
    return _wrong_place(row)


def _wrong_place(row):
    """Both coordinates or none, in degrees, in Poland and not one in the place of the other."""
    given = {name: row.get(name, "") for name in WHERE}
    if not any(given.values()):
        return ""
    if wrong := next((name for name, cell in given.items() if not DEGREES.fullmatch(cell)), None):
        return _("Kolumna %(name)s: „%(value)s”. Powinny być: stopnie, na przykład 54.260120, w obu kolumnach albo w żadnej.") % {
            "name": wrong, "value": given[wrong][:40],
        }  # fmt: skip
    latitude, longitude = (_degrees(cell) for cell in given.values())
    if _is_in_poland(longitude, latitude):
        return _("Szerokość i długość geograficzna są zamienione miejscami.")
    return "" if _is_in_poland(latitude, longitude) else _("Współrzędne leżą poza Polską.")


def _is_in_poland(latitude, longitude):
    south, north = POLAND["latitude"]
    west, east = POLAND["longitude"]
    return south <= latitude <= north and west <= longitude <= east


def _stored(reading):
    """Points of the towns that the file speaks of, and the flats of each."""
    towns = {key[:2] for key in reading.flats}
    rows = AddressPoint.objects.filter(terc__in={terc for terc, _simc in towns}, simc__in={simc for _terc, simc in towns})
    stored = {(point.terc, point.simc, point.ulic, point.number): point for point in rows}
    keys = {point.pk: key for key, point in stored.items()}
    flats = defaultdict(set)
    for address, flat in Dwelling.objects.filter(address__in=keys).values_list("address", "flat"):
        flats[keys[address]].add(flat)
    return stored, flats


def _rename(stored, reading):
    renamed = [stored[key] for key in stored.keys() & reading.flats.keys() if stored[key].street != reading.streets[key[:3]]]
    for point in renamed:
        point.street = reading.streets[point.terc, point.simc, point.ulic]
        point.search = address_key(point.street, point.number)
    AddressPoint.objects.bulk_update(renamed, ["street", "search"], batch_size=2000)


def _moved(stored, reading):
    return [
        key for key, place in reading.places.items() if key in stored and (stored[key].latitude, stored[key].longitude) != place
    ]


def _move(stored, reading):
    moved = [stored[key] for key in _moved(stored, reading)]
    for key in _moved(stored, reading):
        stored[key].latitude, stored[key].longitude = reading.places[key]
    AddressPoint.objects.bulk_update(moved, ["latitude", "longitude"], batch_size=2000)


def _created(keys, reading, is_sample):
    points = [_point(key, reading, is_sample) for key in sorted(keys)]
    AddressPoint.objects.bulk_create(points, batch_size=2000)
    return {(point.terc, point.simc, point.ulic, point.number): point for point in points}


def _point(key, reading, is_sample):
    terc, simc, ulic, number = key
    street, (latitude, longitude) = reading.streets[key[:3]], reading.places.get(key, (None, None))
    return AddressPoint(
        terc=terc, simc=simc, ulic=ulic, number=number, street=street, search=address_key(street, number), is_sample=is_sample,
        latitude=latitude, longitude=longitude,
    )  # fmt: skip
