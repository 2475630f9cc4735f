"""Fields for what people are asked in every office: PESEL, NIP, telephone. Each says what is wrong and what to do."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as WrongNumber
from stdnum.pl import nip, pesel

from accounts.telephone import check_phone, phone_in_words
from ui.fields import CleanCharField

DIGITS = {"inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}


def _digits(text: str, name: str | Promise, length: int) -> str:
    """The digits alone, of exactly this many; spaces and hyphens between them do not matter."""
    digits = re.sub(r"[\s-]", "", text)
    if not (digits.isascii() and digits.isdigit()):
        raise ValidationError(_("%(name)s składa się z samych cyfr. Usuń inne znaki."), "digits", {"name": name})
    if len(digits) != length:
        values = {"name": name, "length": length, "count": len(digits)}
        raise ValidationError(_("%(name)s ma %(length)d cyfr, wpisano %(count)d."), "length", values)
    return digits


def born_on(number: str) -> date:
    """The day of birth that a correct PESEL carries."""
    return pesel.get_birth_date(number)


def check_pesel(text: str, *, today: date) -> str:
    """The PESEL as 11 digits. ValidationError with words for its owner when it can not be one: length, date, checksum, future."""
    number = _digits(text, _("Numer PESEL"), 11)
    try:
        day = born_on(number)
    except WrongNumber as error:
        raise ValidationError(
            _("Pierwsze cyfry numeru PESEL nie są datą urodzenia. Sprawdź, czy nie ma pomyłki."), "date"
        ) from error
    if not pesel.is_valid(number):
        raise ValidationError(_("Suma kontrolna numeru PESEL się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."), "checksum")
    if day > today:
        raise ValidationError(_("Numer PESEL wskazuje na datę urodzenia w przyszłości. Sprawdź, czy nie ma pomyłki."), "future")
    return number


def check_nip(text: str) -> str:
    """The NIP as 10 digits; a leading „PL” is dropped."""
    number = _digits(re.sub(r"^\s*PL", "", text, flags=re.IGNORECASE), _("Numer NIP"), 10)
    if not nip.is_valid(number):
        raise ValidationError(_("Suma kontrolna numeru NIP się nie zgadza. Sprawdź, czy nie ma pomyłki w cyfrach."), "checksum")
    return number


class PeselField(CleanCharField):
    """PESEL of a living or dead person; gives 11 digits. Its value never returns to the page once saved, only masked (S55)."""

    widget = forms.TextInput(attrs=DIGITS)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Numer PESEL"))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return check_pesel(value, today=localdate()) if value else ""


class NipField(CleanCharField):
    widget = forms.TextInput(attrs=DIGITS)

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Numer NIP"))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return check_nip(value) if value else ""


class PhoneField(CleanCharField):
    """A telephone number, stored as „+48…”, shown in groups."""

    widget = forms.TelInput(attrs={"autocomplete": "tel"})

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Telefon"))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value):
        value = super().clean(value)
        return check_phone(value) if value else ""

    def prepare_value(self, value):
        return phone_in_words(value) if isinstance(value, str) else value
