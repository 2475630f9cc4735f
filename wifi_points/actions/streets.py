"""Where streets are, from a file: name and middle. The same file again changes nothing; a street that is left out stays."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import sheets
from office.sheets import Column
from office.transitions import Refused
from residents.models.places import street_key
from residents.whereabouts import why_not_here
from wifi_points import rules
from wifi_points.models import StreetPlace

COLUMNS = [
    Column("street", "ulica", sheets.text(120)),
    Column("latitude", "szerokość", rules.degrees),
    Column("longitude", "długość", rules.degrees),
]


def read_streets(content: bytes) -> sheets.Reading:
    reading = sheets.read(content, COLUMNS)
    for line, row in reading.rows:
        if why := why_not_here(row["latitude"], row["longitude"]):
            reading.wrong(line, _("Położenie: %(why)s.") % {"why": why})
    return reading


@transaction.atomic
def take_in(content: bytes, *, source: str) -> int:
    """Returns how many streets the file holds. Refused as a whole when one line is wrong."""
    reading = read_streets(content)
    if reading.errors:
        raise Refused("\n".join(f"{error.line}: {error.text}" for error in reading.errors[:20]))
    for _line, row in reading.rows:
        StreetPlace.objects.update_or_create(search=street_key(row["street"]), defaults={**row, "source": source})
    return len(reading.rows)
