"""Stamp duty: how much is due for something on a day, and whether an answer exempts. The rooms above say when it is carried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from payments.models import DutyExemption, StampDuty

PURPOSE = "stamp-duty"  # whose account it goes to: payments.TownAccount


@dataclass(frozen=True)
class Due:
    """One duty as it is on the day. `exemption`: why nothing is to be paid; empty when it is."""

    duty: StampDuty
    exemption: str = ""

    @property
    def grosze(self) -> int:
        return 0 if self.exemption else self.duty.amount_grosze


def due(codes: Iterable[tuple[str, str]], day: date) -> list[Due]:
    """For (duty, answer about exemption) pairs what is due on the day; a duty that is not in force then is left out."""
    wanted = list(codes)
    if not wanted:
        return []
    duties: dict[str, StampDuty] = {}
    for row in StampDuty.objects.valid_on(day).filter(code__in=[code for code, _said in wanted]).order_by("valid_from"):
        duties[row.code] = row
    exempt = {
        (row.duty, row.code): row.name
        for row in DutyExemption.objects.valid_on(day).filter(duty__in=duties, code__in=[said for _code, said in wanted if said])
    }
    return [Due(duties[code], exempt.get((code, said), "")) for code, said in wanted if code in duties]
