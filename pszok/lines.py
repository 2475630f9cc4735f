"""A line of a visit as it is typed at the gate: whole kilograms, litres and pieces, checked before anything is posted (R53-R55)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from office.transitions import Refused
from pszok.limits import Limit
from pszok.models import WasteCode

MEASURES = ("kg", "litres", "pieces")
MOST = 40_000  # of anything in one line: a lorry; more is a slip of the hand
MOST_GROSZE = 100_000_000  # a million zł
ASK_AGAIN_KG = 3_500  # tonnes typed as kilograms, or kilograms as grams


class BadLine(Refused):
    """A line that can not be taken as it stands. `field` is where the person at the gate mends it."""

    def __init__(self, field: str, text: str):
        super().__init__(text)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is taken, and what of it is turned away over the limit. Fraction and code by their keys."""

    fraction: int
    code: int
    kg: int | None = None
    litres: int | None = None
    pieces: int | None = None
    is_estimated: bool = False
    is_for_reuse: bool = False
    storage_confirmed: bool = False
    heavy_confirmed: bool = False
    scale_ticket: str = ""
    refused_kg: int | None = None
    refused_litres: int | None = None
    refused_pieces: int | None = None
    surplus_grosze: int | None = None  # to pay for what goes above a limit, as the resident agreed to (R60)

    def of(self, measure: str) -> int:
        return getattr(self, measure) or 0

    def refused_of(self, measure: str) -> int:
        return getattr(self, f"refused_{measure}") or 0

    @property
    def is_turned_away(self) -> bool:
        """Nothing of it is taken."""
        return not any(self.of(measure) for measure in MEASURES)

    @property
    def turns_away(self) -> bool:
        return any(self.refused_of(measure) for measure in MEASURES)

    def as_json(self) -> dict[str, Any]:
        """Only what was said, so that a draft stays short."""
        return {name: value for name, value in asdict(self).items() if value not in (None, False, "")}


def read_lines(rows: Any) -> list[Line]:
    """Lines out of JSON that came back from a browser. Refused when it is not what a page of ours sends."""
    try:
        return [Line(**row) for row in rows if _is_row(row)] if isinstance(rows, list) else _not_ours()
    except TypeError:
        return _not_ours()


KINDS: dict[str, type] = {one.name: {False: bool, "": str}.get(one.default, int) for one in fields(Line)}  # type: ignore[call-overload]


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or any(type(value) is not KINDS.get(name) for name, value in row.items()):
        _not_ours()
    if any(not 0 <= row.get(name, 0) <= MOST for measure in MEASURES for name in (measure, f"refused_{measure}")):
        _not_ours()
    if not 0 < row.get("surplus_grosze", 1) <= MOST_GROSZE:
        _not_ours()
    return True


def _not_ours():
    raise Refused(_("Tych pozycji nie da się odczytać. Wróć do wizyty i otwórz podsumowanie jeszcze raz."))


def digest_of(lines: Iterable[Line]) -> bytes:
    """By what a close sent again is known to say the same (R69)."""
    return hashlib.sha256(json.dumps([line.as_json() for line in lines], sort_keys=True).encode()).digest()


def guard(line: Line, code: WasteCode | None, limits: Iterable[Limit]) -> None:
    """Refused (BadLine), naming the field, when the line may not be taken on its own; balances are asked elsewhere.

    `code`: the row valid on the day of the visit, or None when there is none (R53). `limits`: those of the fraction on that day (R54).
    """
    if code is None or code.fraction_id != line.fraction:
        raise BadLine("code", _("Tego kodu nie ma wśród kodów wybranej frakcji. Wybierz kod z listy."))
    if not code.fraction.is_accepted:
        raise BadLine("code", code.fraction.refused_because)
    if line.is_turned_away:
        if not line.turns_away:
            raise BadLine("kg", _("Wpisz, ile tego jest."))
        return
    if code.is_hazardous and not line.storage_confirmed:
        raise BadLine("storage_confirmed", _("To odpad niebezpieczny. Potwierdź, że trafił do magazynu odpadów niebezpiecznych."))
    _guard_amounts(line, list(limits))


def _guard_amounts(line: Line, limits: list[Limit]) -> None:
    if limits and not line.kg:
        raise BadLine("kg", _("Ta frakcja ma limit, więc trzeba ją zważyć. Wpisz kilogramy."))
    if line.is_estimated and any(limit.measure == "kg" for limit in limits):
        raise BadLine("is_estimated", _("Ta frakcja ma limit w kilogramach, więc szacunek nie wystarczy. Zważ ją."))
    for limit in limits:
        if not line.of(limit.measure):
            raise BadLine(limit.measure, ASK_FOR[limit.measure]())
    if line.of("kg") > ASK_AGAIN_KG and not line.heavy_confirmed:
        raise BadLine("heavy_confirmed", _("To ponad 3500 kg. Wpisuje się kilogramy: 0,5 t to 500. Popraw albo potwierdź."))


ASK_FOR = {
    "kg": lambda: _("Limit tej frakcji liczy się w kilogramach. Wpisz kilogramy."),
    "litres": lambda: _("Limit tej frakcji liczy się w litrach. Wpisz litry: 1 m³ to 1000 litrów."),
    "pieces": lambda: _("Limit tej frakcji liczy się w sztukach. Wpisz sztuki."),
}


def cut(line: Line, left: Mapping[str, int]) -> Line:
    """The line up to what is left of its limits; the rest is turned away (R59). Measures without a limit have to be told anew.

    With nothing left the whole line is turned away. `left` by measure: the least of the limits in that measure.
    """
    if not all(left.values()):
        whole: dict[str, Any] = {f"refused_{m}": line.of(m) + line.refused_of(m) or None for m in MEASURES}
        return replace(line, kg=None, litres=None, pieces=None, scale_ticket="", surplus_grosze=None, **whole)
    amounts: dict[str, Any] = {}
    for measure in MEASURES:
        taken = min(line.of(measure), left[measure]) if measure in left else 0
        amounts[measure] = taken or None
        if measure in left:
            amounts[f"refused_{measure}"] = line.refused_of(measure) + line.of(measure) - taken or None
    return replace(line, **amounts, scale_ticket="", surplus_grosze=None)
