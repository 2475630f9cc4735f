"""Where streets are, from a file: name, middle, and whose word that is. The same file again changes nothing; a street that it leaves out stays."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from office import sheets
from office.sheets import Column, Reading
from office.transitions import Refused
from residents.models import StreetPlace
from residents.models.places import street_key
from residents.whereabouts import rounded, why_not_here


def _degrees(cell: str) -> Decimal:
    """With a dot or a comma."""
    found = rounded(cell)
    if found is None:
        raise ValueError(_("wpisz stopnie, na przykład 54.26012"))
    return found


COLUMNS = [
    Column("street", "ulica", sheets.text(120)),
    Column("latitude", "szerokość", _degrees),
    Column("longitude", "długość", _degrees),
    Column("source", "źródło", sheets.text(200)),
    Column("licence", "licencja", sheets.text(120)),
]
FIELDS = [column.name for column in COLUMNS]
HEADER = ";".join(column.title for column in COLUMNS)


def find(typed: str) -> StreetPlace | None:
    """The street that was meant: the same however spelled, else the first that holds what was typed."""
    key = street_key(typed)
    if not key:
        return None
    places = StreetPlace.objects
    return places.filter(search=key).first() or places.filter(search__contains=key).first()


def read_streets(content: bytes) -> Reading:
    """Every trouble with its line: a cell, a place outside the town, a street that the file has twice."""
    reading = sheets.read(content, COLUMNS)
    seen: dict[str, int] = {}
    for line, row in reading.rows:
        if why := why_not_here(row["latitude"], row["longitude"]):
            reading.wrong(line, _("Położenie: %(why)s.") % {"why": why})
        first = seen.setdefault(street_key(row["street"]), line)
        if first != line:
            reading.wrong(line, _("Ta ulica jest już w wierszu %(line)d.") % {"line": first})
    reading.errors.sort(key=lambda error: error.line)
    return reading


@transaction.atomic
def take_in(content: bytes) -> int:
    """Returns how many streets are new or differ. Refused as a whole, row by row in words, when one line is wrong."""
    reading = read_streets(content)
    if reading.errors:
        raise Refused(sheets.in_words(reading.errors))
    rows = [StreetPlace(search=street_key(row["street"]), **row) for _line, row in reading.rows]
    stored = {one.search: one for one in StreetPlace.objects.filter(search__in=[one.search for one in rows])}
    changed = [one for one in rows if one.search not in stored or _differs(one, stored[one.search])]
    StreetPlace.objects.bulk_create(changed, update_conflicts=True, unique_fields=["search"], update_fields=FIELDS)
    return len(changed)


def _differs(one, other):
    return any(getattr(one, name) != getattr(other, name) for name in FIELDS)
