"""Places by their coordinates (WGS 84): what can be a place in the town, and how far two places are from each other."""

import re
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _

# The town and a little around it: a point outside has its coordinates wrong, most often swapped.
SOUTH, NORTH = Decimal("54.20"), Decimal("54.33")
WEST, EAST = Decimal("18.55"), Decimal("18.74")
EARTH = 6_371_000  # metres
METRE = Decimal("0.00001")  # five digits of a degree are about a metre
TYPED = re.compile(r"-?[0-9]{1,3}(?:[.,][0-9]{1,20})?")
PAIR = re.compile(r"(-?[0-9]{1,3}[.,][0-9]+)[\s,;]+(-?[0-9]{1,3}[.,][0-9]+)")


def why_not_here(latitude: Decimal, longitude: Decimal) -> str:
    """Why this can not be a place in the town; empty when it can. Swapped coordinates are named as such."""
    if SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST:
        return ""
    if SOUTH <= longitude <= NORTH and WEST <= latitude <= EAST:
        return _("szerokość i długość są zamienione miejscami: szerokość w naszym mieście to około 54, a długość około 18")
    return _("to miejsce leży poza miastem: szerokość w naszym mieście to około 54.26, a długość około 18.63")


def metres_between(one, other) -> int:
    """Along the ground, between two (latitude, longitude): the haversine of a round Earth, exact to half a per cent."""
    lat1, lon1, lat2, lon2 = (radians(float(part)) for part in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH * asin(sqrt(half)))


def pair_of(text: str) -> tuple[str, str] | None:
    """Both coordinates pasted as one text, as maps copy them: „54.25810, 18.63960”. None for anything else."""
    found = PAIR.fullmatch(text)
    return (found[1], found[2]) if found else None


def rounded(typed: str) -> Decimal | None:
    """Degrees as a person or a phone gives them, to about a metre; None for what is no number of degrees."""
    text = typed.removesuffix("°").strip()
    return Decimal(text.replace(",", ".")).quantize(METRE) if TYPED.fullmatch(text) else None
