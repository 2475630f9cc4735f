"""An address in the town as an answer: TERYT codes with the street, number and flat, found as `residents.address_choice` finds it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from office.compiled import compiled
from residents.address_choice import FLAT, AddressChoice
from residents.models import AddressPoint
from ui.fields import refuse_hidden
from ui.text import clean_text

PARTS = ("street", "number", "flat")
CODES = ("terc", "simc", "ulic")
LONGEST = {"street": 120, "number": 12, "flat": 12}


def parse_address(raw: Any) -> dict[str, str] | None:
    """The address as it stands in the town's register, however typed; None when nothing was typed.

    Takes {"street", "number", "flat"}, with TERYT codes or without: they are looked up again.
    ValidationError names what is not known.
    """
    typed = {part: _short(raw.get(part) if isinstance(raw, dict) else None, part) for part in PARTS}
    if not any(typed.values()):
        return None
    if kept := _kept(raw, typed):
        return kept
    choice = AddressChoice(typed)
    if not choice.is_valid():
        raise ValidationError([message for messages in choice.errors.values() for message in messages])
    point = choice.chosen()
    return {
        "terc": point.terc, "simc": point.simc, "ulic": point.ulic, "street": point.street, "number": point.number,
        "flat": choice.cleaned_data["flat"],
    }  # fmt: skip


def _kept(raw: Any, typed: dict[str, str]) -> dict[str, str] | None:
    """An answer as it was found before, if the register still has that very point; filing checks every answer once more."""
    codes = {code: raw[code] for code in CODES if isinstance(raw, dict) and isinstance(raw.get(code), str)}
    if len(codes) < len(CODES) or typed["flat"] != raw.get("flat"):
        return None
    same = _points(**codes, street=typed["street"], number=typed["number"])
    return {**codes, **typed} if FLAT.fullmatch(typed["flat"]) and any(True for _point in same) else None


@compiled
def _points(*, terc: str, simc: str, ulic: str, street: str, number: str) -> QuerySet:
    found = AddressPoint.objects.filter(terc=terc, simc=simc, ulic=ulic, street=street, number=number)
    return found.values_list("pk", flat=True)[:1]


def _short(value: Any, part: str) -> str:
    typed = value[: LONGEST[part] * 4] if isinstance(value, str) else ""
    refuse_hidden(typed)
    text = clean_text(typed)
    if len(text) > LONGEST[part]:
        raise ValidationError(_("Ulica może mieć najwyżej 120 znaków, a numery domu i lokalu po 12."))
    return text


def address_in_words(answer: dict[str, str]) -> str:
    """'Batorego 12a m. 3'."""
    flat = answer.get("flat")
    return f"{answer.get('street', '')} {answer.get('number', '')}{f' m. {flat}' if flat else ''}"
