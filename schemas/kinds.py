"""What an answer of each kind looks like when kept, and what its author is told when it can not be kept.

`parse` takes anything - a posted string, a list, a value kept before - and gives a JSON value or raises `Invalid`.
What it gives, it takes back unchanged, so answers can be checked again at any time.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from residents.fields import check_nip, check_pesel, check_phone
from schemas.addresses import parse_address
from schemas.definition import Question
from schemas.models import Kind
from ui.text import clean_text
from ui.words import MONTHS, counted

SHORT_TEXT, LONG_TEXT, EMAIL = 200, 4_000, 254  # characters, unless the question says otherwise
LONGEST_RAW = 100_000  # nothing longer is even looked at
MOST_FILES = 20
YEARS = (1900, 2100)

_INTEGER = re.compile("[+\N{MINUS SIGN}-]?[0-9]{1,9}")
_BOX = re.compile(r"on|true|1|yes|tak")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./ ]+([0-9]{1,2}|[^\W\d_]{3,12})[-./ ]+([0-9]{4})(?: ?r\.?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Invalid(Exception):
    """The answer can not be kept; the text says to its author what is wrong and what to do."""


def parse(question: Question, raw: Any, day: date) -> Any:
    """The value to keep, or None when nothing was answered. Raises Invalid. Whether an answer is required is not asked here."""
    try:
        return _PARSERS[question.kind](question, raw, day)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error


def _text(raw: Any, *, multiline: bool = False) -> str:
    if raw is None or raw is False:
        return ""
    if isinstance(raw, int) and raw is not True:
        raw = str(raw) if abs(raw) < 10**18 else "9" * 19
    if not isinstance(raw, str):
        raise Invalid(_("Tej odpowiedzi nie da się odczytać. Wpisz ją jeszcze raz."))
    if len(raw) > LONGEST_RAW:
        raise Invalid(_("Tekst jest o wiele za długi. Skróć go albo dodaj jako załącznik."))
    return clean_text(raw, multiline=multiline)


def _characters(count: int) -> str:
    return counted(count, _("znak"), _("znaki"), _("znaków"))


def _line(question: Question, raw: Any, day: date) -> str | None:
    return _within(question, _text(raw), SHORT_TEXT)


def _lines(question: Question, raw: Any, day: date) -> str | None:
    return _within(question, _text(raw, multiline=True), LONG_TEXT)


def _within(question: Question, text: str, usual: int) -> str | None:
    longest = usual if question.maximum is None else question.maximum
    if len(text) > longest:
        raise Invalid(
            _("Tekst może mieć najwyżej %(most)s, a ma %(count)d. Skróć go.") % {"most": _characters(longest), "count": len(text)}
        )
    if text and question.minimum and len(text) < question.minimum:
        raise Invalid(_("Napisz trochę więcej: co najmniej %(least)s.") % {"least": _characters(question.minimum)})
    return text or None


def _number(question: Question, raw: Any, day: date) -> int | None:
    text = _text(raw).replace(" ", "")
    if not text:
        return None
    if not _INTEGER.fullmatch(text):
        raise Invalid(_("Wpisz liczbę całkowitą cyframi, na przykład 3."))
    number = int(text.replace("\N{MINUS SIGN}", "-"))
    if question.minimum is not None and number < question.minimum:
        raise Invalid(
            _("Najmniejsza możliwa liczba to %(least)d, wpisano %(number)d.") % {"least": question.minimum, "number": number}
        )
    if question.maximum is not None and number > question.maximum:
        raise Invalid(
            _("Największa możliwa liczba to %(most)d, wpisano %(number)d.") % {"most": question.maximum, "number": number}
        )
    return number


def _date(question: Question, raw: Any, day: date) -> str | None:
    text = _date_text(raw)
    if not text:
        return None
    year, month, number = _date_parts(text)
    if not 1 <= month <= 12:
        raise Invalid(_("Miesiąc to liczba od 1 do 12, wpisano %(month)d.") % {"month": month})
    if not YEARS[0] <= year <= YEARS[1]:
        raise Invalid(_("Wpisz rok czterema cyframi, na przykład %(year)d.") % {"year": day.year})
    try:
        return date(year, month, number).isoformat()
    except ValueError as error:
        raise Invalid(_("Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc.")) from error


def _date_text(raw: Any) -> str:
    """Three boxes as one text. A whole date typed or pasted into the first box is taken as it stands."""
    if not isinstance(raw, dict):
        return _text(raw)
    boxes = [_text(raw.get(part)) for part in ("day", "month", "year")]
    return " ".join(box for box in boxes if box) if all(boxes) or not any(boxes[1:]) else _("niepełna")


def _date_parts(text: str) -> tuple[int, int, int]:
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if (found := _DAY_FIRST.fullmatch(text)) and (month := _month(found[2])) is not None:
        return int(found[3]), month, int(found[1])
    raise Invalid(_("Wpisz całą datę: dzień, miesiąc i rok, na przykład 3 2 2026."))


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return MONTHS.index(text.lower()) + 1 if text.lower() in MONTHS else None


def _choice(question: Question, raw: Any, day: date) -> str | None:
    code = _text(raw)
    if code and question.option(code) is None:
        raise Invalid(_("Wybierz jedną z podanych odpowiedzi."))
    return code or None


def _choices(question: Question, raw: Any, day: date) -> list[str] | None:
    ticked = _ticked(raw)
    if ticked - {option.code for option in question.options}:
        raise Invalid(_("Zaznacz tylko podane odpowiedzi."))
    chosen = [option.code for option in question.options if option.code in ticked]
    if chosen and question.minimum and len(chosen) < question.minimum:
        raise Invalid(_("Zaznacz co najmniej %(least)s.") % {"least": _answers(question.minimum)})
    if question.maximum is not None and len(chosen) > question.maximum:
        raise Invalid(
            _("Zaznacz najwyżej %(most)s; teraz zaznaczono %(count)d.")
            % {"most": _answers(question.maximum), "count": len(chosen)}
        )
    return chosen or None


def _ticked(raw: Any) -> set[str]:
    if isinstance(raw, list) and len(raw) > 1_000:
        raise Invalid(_("Zaznacz tylko podane odpowiedzi."))
    return {_text(code) for code in (raw if isinstance(raw, list) else [raw])} - {""}


def _answers(count: int) -> str:
    return counted(count, _("odpowiedź"), _("odpowiedzi"), _("odpowiedzi"))


def _yes_no(question: Question, raw: Any, day: date) -> str | None:
    code = _text(raw)
    if code not in ("", "yes", "no"):
        raise Invalid(_("Wybierz „tak” albo „nie”."))
    return code or None


def _statement(question: Question, raw: Any, day: date) -> bool | None:
    if raw is True or (isinstance(raw, str) and _BOX.fullmatch(raw)):
        return True
    return None


def _pesel(question: Question, raw: Any, day: date) -> str | None:
    text = _text(raw)
    return check_pesel(text, today=day) if text else None


def _nip(question: Question, raw: Any, day: date) -> str | None:
    text = _text(raw)
    return check_nip(text) if text else None


def _phone(question: Question, raw: Any, day: date) -> str | None:
    text = _text(raw)
    return check_phone(text) if text else None


def _email(question: Question, raw: Any, day: date) -> str | None:
    text = _text(raw)
    try:
        if text:
            validate_email(text if len(text) <= EMAIL else "")
    except ValidationError as error:
        raise Invalid(_("Wpisz adres e-mail w całości, na przykład anna@example.com.")) from error
    return text or None


def _address(question: Question, raw: Any, day: date) -> dict | None:
    return parse_address(raw)


def _files(question: Question, raw: Any, day: date) -> list[dict] | None:
    """Files already stored and named by the caller (`file_entry`), never what a browser sent in their place."""
    if is_nothing := raw in (None, "", []):
        return None if is_nothing else raw
    if not (isinstance(raw, list) and all(_is_file_entry(entry) for entry in raw)):
        raise Invalid(_("Tego załącznika nie da się odczytać. Dodaj go jeszcze raz."))
    if len(raw) > most_files(question):
        raise Invalid(too_many_files(question))
    return raw


def _is_file_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and set(entry) == {"id", "name", "size", "sha256", "media_type"}
        and type(entry["size"]) is int
        and all(isinstance(entry[key], str) and entry[key] == clean_text(entry[key]) for key in entry if key != "size")
        and bool(_SHA256.fullmatch(entry["sha256"]))
    )


def file_entry(stored) -> dict:
    """How an answer names an `office.StoredFile`; the hash binds the answer, and so the receipt, to the content."""
    return {
        "id": str(stored.pk), "name": clean_text(stored.name), "size": stored.size, "sha256": stored.sha256,
        "media_type": stored.media_type,
    }  # fmt: skip


def most_files(question: Question) -> int:
    return MOST_FILES if question.maximum is None else question.maximum


def too_many_files(question: Question) -> str:
    return _("Tu można dodać najwyżej %(most)s.") % {"most": counted(most_files(question), _("plik"), _("pliki"), _("plików"))}


def _nothing(question: Question, raw: Any, day: date) -> None:
    return None


_PARSERS: dict[str, Callable[[Question, Any, date], Any]] = {
    Kind.SHORT_TEXT: _line,
    Kind.LONG_TEXT: _lines,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.YES_NO: _yes_no,
    Kind.STATEMENT: _statement,
    Kind.PESEL: _pesel,
    Kind.NIP: _nip,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.ADDRESS: _address,
    Kind.FILE: _files,
    Kind.COMPUTED: _nothing,
    Kind.NOTE: _nothing,
}


def missing(question: Question) -> str:
    """What the person reads beside a required question left blank; the summary of errors puts the question before it."""
    return str(_MISSING.get(Kind(question.kind), gettext_lazy("Uzupełnij to pole.")))


_MISSING = {
    Kind.NUMBER: gettext_lazy("Wpisz liczbę."),
    Kind.DATE: gettext_lazy("Wpisz datę: dzień, miesiąc i rok."),
    Kind.CHOICE: gettext_lazy("Wybierz jedną odpowiedź."),
    Kind.CHOICES: gettext_lazy("Zaznacz co najmniej jedną odpowiedź."),
    Kind.YES_NO: gettext_lazy("Wybierz „tak” albo „nie”."),
    Kind.STATEMENT: gettext_lazy("Przeczytaj i zaznacz to oświadczenie. Bez niego nie można wysłać formularza."),
    Kind.PESEL: gettext_lazy("Wpisz numer PESEL."),
    Kind.NIP: gettext_lazy("Wpisz numer NIP."),
    Kind.PHONE: gettext_lazy("Wpisz numer telefonu."),
    Kind.EMAIL: gettext_lazy("Wpisz adres e-mail."),
    Kind.ADDRESS: gettext_lazy("Wpisz ulicę i numer domu."),
    Kind.FILE: gettext_lazy("Dodaj plik."),
}
