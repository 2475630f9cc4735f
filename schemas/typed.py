"""Anything that was sent, as text: the first step of reading every answer."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from ui.fields import refuse_hidden
from ui.text import clean_text

LONGEST_RAW = 100_000  # characters; nothing longer is even looked at


class Invalid(Exception):
    """The answer can not be kept; the text says to its author what is wrong and what to do."""


def text_of(raw: Any, *, multiline: bool = False) -> str:
    """What was typed, cleaned; "" for nothing. Invalid for what is no text, for 10 MB of it, and for characters nobody sees."""
    if raw is None or raw is False:
        return ""
    if isinstance(raw, int) and raw is not True:
        raw = str(raw) if abs(raw) < 10**18 else "9" * 19
    if not isinstance(raw, str):
        raise Invalid(_("Tej odpowiedzi nie da się odczytać. Wpisz ją jeszcze raz."))
    if len(raw) > LONGEST_RAW:
        raise Invalid(_("Tekst jest o wiele za długi. Skróć go albo dodaj jako załącznik."))
    try:
        refuse_hidden(raw)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error
    return clean_text(raw, multiline=multiline)
