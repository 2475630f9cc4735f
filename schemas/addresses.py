"""An address in the town as an answer: TERYT codes with the street, number and flat, found among the town's address points."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from residents.models import AddressPoint
from ui.text import clean_text

PARTS = ("street", "number", "flat")
LONGEST = {"street": 120, "number": 12, "flat": 12}


def parse_address(raw: Any) -> dict[str, str] | None:
    """The address as it stands in the town's register, however typed; None when nothing was typed.

    Takes {"street", "number", "flat"}, with TERYT codes or without: they are looked up again.
    ValidationError names what is not known.
    """
    typed = _typed(raw)
    if not any(typed.values()):
        return None
    if not (typed["street"] and typed["number"]):
        raise ValidationError(_("Wpisz ulicę i numer domu."))
    return {**_point(typed["street"], typed["number"]), "flat": typed["flat"]}


def _typed(raw: Any) -> dict[str, str]:
    given = raw if isinstance(raw, dict) else {"street": raw}
    return {part: _short(given.get(part), LONGEST[part]) for part in PARTS}


def _short(value: Any, longest: int) -> str:
    text = clean_text(value[: longest * 4]) if isinstance(value, str) else ""
    if len(text) > longest:
        raise ValidationError(_("Ulica może mieć najwyżej 120 znaków, a numery domu i lokalu po 12."))
    return text


def _point(street: str, number: str) -> dict[str, str]:
    point = AddressPoint.objects.at(street, number).order_by("terc", "simc", "ulic").first()
    if point is None:
        raise ValidationError(
            _("Nie mamy w Pruszczu Gdańskim adresu „%(address)s”. Sprawdź pisownię ulicy i numer domu."),
            params={"address": f"{street} {number}"},
        )
    return {"terc": point.terc, "simc": point.simc, "ulic": point.ulic, "street": point.street, "number": point.number}


def address_in_words(answer: dict[str, str]) -> str:
    """'Batorego 12a m. 3'."""
    flat = answer.get("flat")
    return f"{answer.get('street', '')} {answer.get('number', '')}{f' m. {flat}' if flat else ''}"
