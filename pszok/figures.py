"""Masses of a year for art. 9na and 9q, day totals per code and point (R85-R87). Lines less reversals, nobody's name anywhere.

A reversal stands on the day of the line it takes back, so a correction made in January changes December (R77, R86).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

FIRST_YEAR = 2020
OPERATOR_REPORT = (1, 31)  # of the next year, to the mayor (art. 9na)
TOWN_REPORT = (3, 31)  # of the next year, to the marshal and the inspectorate (art. 9q)

# The sums first and the words after: the sums alone are over a million lines.
TAKEN = """
with summed as (
    select point_id, code_id, is_for_reuse, sum(kg) as kg, coalesce(sum(kg) filter (where is_estimated), 0) as estimated_kg,
           coalesce(sum(pieces) filter (where kg is null), 0) as pieces, coalesce(sum(litres) filter (where kg is null), 0) as litres
    from pszok_visitline where day between %(first)s and %(last)s group by point_id, code_id, is_for_reuse)
select point.name as point, code.code, code.is_hazardous, min(code.name) as name, fraction.code as fraction,
       coalesce(sum(kg) filter (where not is_for_reuse), 0)::bigint as kg,
       coalesce(sum(kg) filter (where is_for_reuse), 0)::bigint as reuse_kg,
       sum(estimated_kg)::bigint as estimated_kg, sum(pieces)::bigint as unweighed_pieces, sum(litres)::bigint as unweighed_litres
from summed join pszok_wastecode code on code.id = code_id join pszok_fraction fraction on fraction.id = code.fraction_id
     join pszok_point point on point.id = point_id
group by point.name, code.code, code.is_hazardous, fraction.code
having sum(kg) <> 0 or sum(pieces) <> 0 or sum(litres) <> 0
order by point.name, code.code, fraction.code"""

HANDED_OVER = """
select point.name as point, code.code, code.is_hazardous, min(code.name) as name, recipient, recipient_address, process,
       sum(kg)::bigint as kg
from pszok_outboundtransfer transfer join pszok_wastecode code on code.id = code_id join pszok_point point on point.id = point_id
where day between %(first)s and %(last)s and cancelled_at is null
group by point.name, code.code, code.is_hazardous, recipient, recipient_address, process
order by point.name, code.code, recipient, recipient_address, process"""

DAY_TOTALS = """
select day, point.name as point, code.code, code.is_hazardous, fraction.name as fraction, coalesce(sum(kg), 0)::bigint as kg,
       coalesce(sum(litres), 0)::bigint as litres, coalesce(sum(pieces), 0)::bigint as pieces,
       count(*) filter (where reverses_id is null) as lines
from pszok_visitline line join pszok_wastecode code on code.id = code_id join pszok_fraction fraction on fraction.id = line.fraction_id
     join pszok_point point on point.id = point_id
where day between %(first)s and %(last)s
group by day, point.name, code.code, code.is_hazardous, fraction.name
having sum(kg) <> 0 or sum(litres) <> 0 or sum(pieces) <> 0
order by day, point.name, code.code, fraction.name"""


def figures_of(year: int) -> dict[str, Any]:
    """What a report of the year says: taken per code and point, re-use apart, handed over per installation and process (R87)."""
    between = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    taken, handed_over = _rows(TAKEN, between), _rows(HANDED_OVER, between)
    return {"year": year, "taken": taken, "handed_over": handed_over, "totals": _totals(taken, handed_over)}


def _totals(taken, handed_over):
    """Construction waste that is not hazardous apart: how much of it went to recovery is asked for by itself."""
    building = [row for row in handed_over if row["code"].startswith("17") and not row["is_hazardous"]]
    return {
        "taken_kg": sum(row["kg"] for row in taken),
        "reuse_kg": sum(row["reuse_kg"] for row in taken),
        "estimated_kg": sum(row["estimated_kg"] for row in taken),
        "hazardous_kg": sum(row["kg"] for row in taken if row["is_hazardous"]),
        "handed_over_kg": sum(row["kg"] for row in handed_over),
        "building_recovered_kg": sum(row["kg"] for row in building if row["process"].startswith("R")),
        "building_kg": sum(row["kg"] for row in building),
    }


def day_totals(first: date, last: date) -> list[dict[str, Any]]:
    """Per day, point and code: closed lines less reversals (R85)."""
    return _rows(DAY_TOTALS, {"first": first, "last": last})


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def sha256_of(figures: dict[str, Any]) -> str:
    """By what two reports are known to say the same, whenever and wherever they were computed."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


# What changed between two versions


@dataclass(frozen=True)
class Difference:
    """A row that one version has otherwise than the next; a row that is missing counts as nothing."""

    what: str
    code: str
    is_hazardous: bool
    where: str
    before_kg: int
    after_kg: int

    @property
    def change_kg(self) -> int:
        return self.after_kg - self.before_kg


KEYS = {
    "kg": ("taken", ("point", "code", "is_hazardous", "fraction")),
    "reuse_kg": ("taken", ("point", "code", "is_hazardous", "fraction")),
    "handed_over_kg": ("handed_over", ("point", "code", "is_hazardous", "recipient", "recipient_address", "process")),
}


def differences(older: dict[str, Any], newer: dict[str, Any]) -> list[Difference]:
    """By code, what a later correction moved (R86)."""
    return [one for what, (section, key) in KEYS.items() for one in _compared(what, older[section], newer[section], key)]


def _compared(what, older, newer, key):
    masses = [{tuple(row[name] for name in key): row[what if what in row else "kg"] for row in rows} for rows in (older, newer)]
    for at in sorted(masses[0].keys() | masses[1].keys(), key=str):
        before, after = (one.get(at, 0) for one in masses)
        if before != after:
            yield Difference(what, at[1], at[2], ", ".join(str(part) for part in (at[0], *at[3:])), before, after)


def deadlines(year: int) -> dict[str, date]:
    """By when the operator reports to the mayor and the mayor to the marshal."""
    return {"operator": date(year + 1, *OPERATOR_REPORT), "town": date(year + 1, *TOWN_REPORT)}
