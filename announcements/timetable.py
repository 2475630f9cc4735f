"""A timetable of collections from two files: which addresses are on which route, and which days a route has.

Every trouble is told with its file and line; what comes out is whole or nothing.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from announcements.models import Building, Fraction, Schedule
from office import sheets
from office.polish import fold
from office.sheets import Column, RowError
from residents.models import AddressPoint
from residents.models.places import street_key

MOST_ROWS = 20_000
LARGEST = 2 * 1024 * 1024
BUILDINGS = {fold(str(label)): value for value, label in Building.choices} | {value: value for value in Building.values}
PARITY = {"nieparzyste": 1, "parzyste": 0}
RANGE = re.compile(r"(\d{1,4})\s*-\s*(\d{1,4})")


def _building(cell: str) -> str:
    if fold(cell) not in BUILDINGS:
        raise ValueError(_("wybierz jedno z: %(all)s") % {"all": "; ".join(str(label) for label in Building.labels)})
    return BUILDINGS[fold(cell)]


ADDRESSES = [
    Column("street", "ulica", sheets.text(120)),
    Column("numbers", "numery", lambda cell: cell[:200], is_optional=True),
    Column("area", "rejon", sheets.text(40)),
    Column("building", "zabudowa", _building),
]
DAYS = [
    Column("area", "rejon", sheets.text(40)),
    Column("building", "zabudowa", _building),
    Column("fraction", "frakcja", sheets.text(80)),
    Column("day", "dzień", sheets.day),
]
RouteKey = tuple[str, str]  # area, building


@dataclass
class Timetable:
    """What two files say together. Of use only when there is no error."""

    addresses: dict[RouteKey, set[int]] = field(default_factory=lambda: defaultdict(set))
    days: dict[RouteKey, set[tuple[Fraction, date]]] = field(default_factory=lambda: defaultdict(set))
    errors: list[RowError] = field(default_factory=list)


def read(addresses: bytes, days: bytes, schedule: Schedule) -> Timetable:
    """Never raises. Wrong: what a cell says, an unknown street, number or fraction, a day outside the timetable, an address or a day that
    stands twice, a route that has addresses without days or days without addresses."""
    found = Timetable()
    _read_addresses(found, _read(found, addresses, ADDRESSES, _("adresy")))
    _read_days(found, _read(found, days, DAYS, _("terminy")), schedule)
    if not found.errors:
        _compare(found)
    return found


def _read(found, content, columns, name):
    reading = sheets.read(content, columns, most_rows=MOST_ROWS, largest=LARGEST)
    if not reading.rows and not reading.errors:
        reading.wrong(1, _("Plik nie ma żadnego wiersza."))
    found.errors += [RowError(error.line, f"{name}: {error.text}") for error in reading.errors]
    return reading.rows


def _read_addresses(found, rows):
    houses = defaultdict(list)
    for pk, street, number in AddressPoint.objects.values_list("pk", "street", "number"):
        houses[street_key(street)].append((pk, fold(number).replace(" ", "")))
    seen: dict[int, int] = {}
    for line, row in rows:
        try:
            picked = _picked(houses.get(street_key(row["street"]), []), row)
        except ValueError as why:
            found.errors.append(RowError(line, _("adresy: %(why)s.") % {"why": why}))
            continue
        if twice := next((seen[pk] for pk in picked if pk in seen), None):
            found.errors.append(RowError(line, _("adresy: ten adres jest już w wierszu %(line)d.") % {"line": twice}))
        seen |= dict.fromkeys(picked, line)
        found.addresses[row["area"], row["building"]] |= picked


def _picked(houses, row) -> set[int]:
    """Numbers of a street as people write them: nothing (all), „1, 3a, 7-15”, with „parzyste” or „nieparzyste”."""
    if not houses:
        raise ValueError(_("nie znamy ulicy „%(street)s”") % {"street": row["street"]})
    cell = fold(row["numbers"])
    parity = next((rest for word, rest in PARITY.items() if re.search(rf"\b{word}\b", cell)), None)
    tokens = [token.strip() for token in re.split(r"[,;]", re.sub(r"\b(nie)?parzyste\b", "", cell)) if token.strip()]
    picked: set[int] = set()
    for token in tokens or [""]:
        some = {pk for pk, number in houses if _fits(number, token, parity)}
        if not some:
            raise ValueError(
                _("przy ulicy %(street)s nie ma numeru „%(number)s”") % {"street": row["street"], "number": token or cell}
            )
        picked |= some
    return picked


def _fits(number: str, token: str, parity: int | None) -> bool:
    bare = int("0" + re.split(r"\D", number)[0])
    if parity is not None and bare % 2 != parity:
        return False
    if between := RANGE.fullmatch(token):
        return int(between[1]) <= bare <= int(between[2])
    return not token or number == token.replace(" ", "")


def _read_days(found, rows, schedule):
    fractions = {fold(name): one for one in Fraction.objects.all() for name in (one.name, one.code)}
    for line, row in rows:
        fraction, days = fractions.get(fold(row["fraction"])), found.days[row["area"], row["building"]]
        why = ""
        if fraction is None:
            names = "; ".join(sorted({one.name for one in fractions.values()}))
            why = _("nie znamy frakcji „%(name)s”. Znamy: %(names)s") % {"name": row["fraction"], "names": names}
        elif not schedule.valid_from <= row["day"] <= schedule.valid_to:
            why = _("dzień %(day)s jest poza harmonogramem") % {"day": row["day"]}
        elif (fraction, row["day"]) in days:
            why = _("ten termin jest już w pliku")
        else:
            days.add((fraction, row["day"]))
        if why:
            found.errors.append(RowError(line, _("terminy: %(why)s.") % {"why": why}))


def _compare(found):
    for area, building in sorted(found.addresses.keys() ^ found.days.keys()):
        words = _("rejon %(area)s (%(building)s) ma terminy, a nie ma adresów.")
        if (area, building) in found.addresses:
            words = _("rejon %(area)s (%(building)s) ma adresy, a nie ma terminów.")
        found.errors.append(RowError(1, words % {"area": area, "building": Building(building).label}))
