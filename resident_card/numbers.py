"""The number on a card: 11 random digits and a check digit (Damm), shown in fours. It says nothing of its owner and is never used twice (R29)."""

import re
import secrets

from django.utils.translation import gettext as _
from stdnum import damm

from office.transitions import Refused

LENGTH = 12
SPACES = re.compile(r"[\s\u00ad\u200b-]+")


def new_number() -> str:
    """A number that nobody could guess from another. Whether it is free says the unique column: try again when it is not."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}}"
    return digits + damm.calc_check_digit(digits)


def in_fours(number: str) -> str:
    return " ".join(number[place : place + 4] for place in range(0, len(number), 4))


def checked_number(text: str) -> str:
    """The twelve digits of what somebody typed; spaces and hyphens do not matter. Refused in words for the person who typed it.

    A slip of one digit or two swapped ones never passes, so nobody else's card is looked up by mistake (3.7).
    """
    digits = SPACES.sub("", text)
    if digits.isdigit() and not digits.isascii():
        raise Refused(_("Numer karty zawiera cyfry z innego alfabetu. Wpisz go z klawiatury jeszcze raz."))
    if not (digits.isascii() and digits.isdigit()):
        raise Refused(_("To nie jest numer Karty mieszkańca Pruszcza Gdańskiego. Numer ma 12 cyfr."))
    if len(digits) != LENGTH:
        raise Refused(_("Numer karty ma 12 cyfr, wpisano %(count)d.") % {"count": len(digits)})
    if not damm.is_valid(digits):
        raise Refused(_("W numerze karty jest pomyłka: cyfra kontrolna się nie zgadza. Sprawdź numer i wpisz go jeszcze raz."))
    return digits
