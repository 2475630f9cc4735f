"""When two spellings are one telephone number, and how it is written for people."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_phone(text: str) -> str:
    """The number as „+48…”: nine digits are Polish, also after „48”, „0048” or „+48”; others need their country code."""
    number = re.sub(r"[\s().-]", "", text)
    number = re.sub(r"^00", "+", number)
    if not re.fullmatch(r"\+?[0-9]+", number):
        raise ValidationError(_("Numer telefonu składa się z cyfr. Usuń inne znaki."), "digits")
    if re.fullmatch(r"48[0-9]{9}", number):
        number = f"+{number}"
    if not number.startswith("+"):
        if len(number) != 9:
            raise ValidationError(
                _("Polski numer telefonu ma 9 cyfr, wpisano %(count)d. Zagraniczny poprzedź znakiem + i kodem kraju."),
                "length",
                {"count": len(number)},
            )
        number = f"+48{number}"
    if number.startswith("+48") and len(number) != 12:
        raise ValidationError(
            _("Po kodzie +48 numer telefonu ma 9 cyfr, wpisano %(count)d."), "length", {"count": len(number) - 3}
        )
    if not 8 <= len(number) - 1 <= 15:
        raise ValidationError(
            _("Numer telefonu z kodem kraju ma od 8 do 15 cyfr, wpisano %(count)d."), "length", {"count": len(number) - 1}
        )
    return number


def phone_in_words(number: str) -> str:
    """„+48123456789” as people read it: „123 456 789”; others in groups of three after the sign."""
    if re.fullmatch(r"\+48[0-9]{9}", number):
        return f"{number[3:6]} {number[6:9]} {number[9:]}"
    return number
