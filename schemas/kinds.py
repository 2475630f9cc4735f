"""What an answer of each kind looks like when kept, and what its author is told when it can not be kept.

`parse` takes anything - a posted string, a list, a value kept before - and gives a JSON value or raises `Invalid`.
What it gives, it takes back unchanged, so answers can be checked again at any time.

The shapes, under the question's code:

| kind | kept as |
|---|---|
| short_text, long_text, email, phone, nip, pesel | text |
| number | integer |
| date | "2026-02-03" |
| choice | code of the option |
| choices | list of codes, in the order of the options, never empty |
| scale | integer, or "no-opinion" |
| matrix | {code of row: code of option}; of a required one every row is there |
| ranking | list of codes of options, the first place first |
| yes_no | "yes" or "no" |
| statement | true; one that is not ticked is not kept |
| point | {"lat": "54.25810", "lon": "18.63960"}: texts, since answers hold no floats; always in the town |
| address | {"terc", "simc", "ulic", "street", "number", "flat"} |
| file | list of `file_entry` |
| note, computed | nothing |

A blank answer has no key. What was written beside an option („inne, jakie?”) stands under a key of its own,
`definition.text_key(question, option)` = "<question>_<option>": the answer to the question stays the bare code, so that
conditions, counts and old answers know nothing of texts, and a choice can not be lost by writing beside it. Codes have no
underscore, so such a key is never a question; `definition.owner(key)` gives the question of any key.

A consent is a required `statement`. Its text and version need no field of their own: every answer names the form's version,
which the database keeps from changing, and a new wording makes people tick it again (`schemas.comparison`).
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.telephone import check_phone
from residents.fields import check_nip, check_pesel
from residents.whereabouts import pair_of, rounded, why_not_here
from schemas import choosing
from schemas.addresses import parse_address
from schemas.definition import TODAY, Question
from schemas.models import Kind
from schemas.typed import Invalid, text_of
from ui.text import clean_text
from ui.words import MONTHS, counted, long_date

SHORT_TEXT, LONG_TEXT, EMAIL = 200, 4_000, 254  # characters, unless the question says otherwise
MOST_FILES = 20
YEARS = (1900, 2100)
POINT_PARTS = ("lat", "lon")

_INTEGER = re.compile("[+\N{MINUS SIGN}-]?[0-9]{1,9}")
_BOX = re.compile(r"on|true|1|yes|tak")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-./ ]([0-9]{1,2})[-./ ]([0-9]{1,2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[-./ ]+([0-9]{1,2}|[^\W\d_]{3,12})[-./ ]+([0-9]{4})(?: ?r\.?)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def parse(question: Question, raw: Any, day: date) -> Any:
    """The value to keep, or None when nothing was answered. Raises Invalid. Whether an answer is required is not asked here."""
    try:
        return _PARSERS[question.kind](question, raw, day)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages)) from error


def _characters(count: int) -> str:
    return counted(count, _("znak"), _("znaki"), _("znaków"))


def _line(question: Question, raw: Any, day: date) -> str | None:
    return _within(question, text_of(raw), SHORT_TEXT)


def _lines(question: Question, raw: Any, day: date) -> str | None:
    return _within(question, text_of(raw, multiline=True), LONG_TEXT)


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
    text = text_of(raw).replace(" ", "")
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
    text = _datetext_of(raw)
    if not text:
        return None
    year, month, number = _date_parts(text)
    if not 1 <= month <= 12:
        raise Invalid(_("Miesiąc to liczba od 1 do 12, wpisano %(month)d.") % {"month": month})
    if not YEARS[0] <= year <= YEARS[1]:
        raise Invalid(_("Wpisz rok czterema cyframi, na przykład %(year)d.") % {"year": day.year})
    try:
        kept = date(year, month, number).isoformat()
    except ValueError as error:
        raise Invalid(_("Takiego dnia nie ma w kalendarzu. Sprawdź dzień i miesiąc.")) from error
    _refuse_day(question, kept, day)
    return kept


def _refuse_day(question: Question, kept: str, day: date) -> None:
    """ISO days compare as text; a limit "today" is the day of answering. A day in words ends with „r.”, which ends the sentence."""
    if question.earliest and kept < (earliest := limit_of_day(question.earliest, day)):
        raise Invalid(_("Wpisz dzień nie wcześniejszy niż %(day)s") % {"day": _day_in_words(earliest)})
    if question.latest and kept > (latest := limit_of_day(question.latest, day)):
        raise Invalid(_("Wpisz dzień nie późniejszy niż %(day)s") % {"day": _day_in_words(latest)})


def limit_of_day(limit: str, day: date) -> str:
    """`Question.earliest` or `latest` as an ISO day."""
    return day.isoformat() if limit == TODAY else limit


def _day_in_words(iso: str) -> str:
    try:
        return long_date(date.fromisoformat(iso))
    except ValueError:  # a draft in preview; publishing refuses it
        return iso


def _datetext_of(raw: Any) -> str:
    """Three boxes as one text. A whole date typed or pasted into the first box is taken as it stands."""
    if not isinstance(raw, dict):
        return text_of(raw)
    boxes = [text_of(raw.get(part)) for part in ("day", "month", "year")]
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


def _yes_no(question: Question, raw: Any, day: date) -> str | None:
    code = text_of(raw)
    if code not in ("", "yes", "no"):
        raise Invalid(_("Wybierz „tak” albo „nie”."))
    return code or None


def _statement(question: Question, raw: Any, day: date) -> bool | None:
    if raw is True or (isinstance(raw, str) and _BOX.fullmatch(raw)):
        return True
    return None


def _pesel(question: Question, raw: Any, day: date) -> str | None:
    text = text_of(raw)
    return check_pesel(text, today=day) if text else None


def _nip(question: Question, raw: Any, day: date) -> str | None:
    text = text_of(raw)
    return check_nip(text) if text else None


def _phone(question: Question, raw: Any, day: date) -> str | None:
    text = text_of(raw)
    return check_phone(text) if text else None


def _email(question: Question, raw: Any, day: date) -> str | None:
    text = text_of(raw)
    try:
        if text:
            validate_email(text if len(text) <= EMAIL else "")
    except ValidationError as error:
        raise Invalid(_("Wpisz adres e-mail w całości, na przykład anna@example.com.")) from error
    return text or None


def _address(question: Question, raw: Any, day: date) -> dict | None:
    return parse_address(raw)


def _point(question: Question, raw: Any, day: date) -> dict[str, str] | None:
    """Two boxes, or both coordinates pasted into the first one."""
    typed = [text_of(raw.get(part)) for part in POINT_PARTS] if isinstance(raw, dict) else [text_of(raw), ""]
    if not any(typed):
        return None
    if not typed[1]:
        typed = list(pair_of(typed[0]) or typed)
    latitude, longitude = map(rounded, typed)
    if latitude is None or longitude is None:
        raise Invalid(_("Wpisz obie współrzędne w stopniach, na przykład 54.25810 i 18.63960."))
    if why := why_not_here(latitude, longitude):
        raise Invalid(f"{why[:1].upper()}{why[1:]}.")
    return {"lat": str(latitude), "lon": str(longitude)}


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
    Kind.CHOICE: lambda question, raw, day: choosing.choice(question, raw),
    Kind.CHOICES: lambda question, raw, day: choosing.choices(question, raw),
    Kind.SCALE: lambda question, raw, day: choosing.scale(question, raw),
    Kind.MATRIX: lambda question, raw, day: choosing.matrix(question, raw),
    Kind.RANKING: lambda question, raw, day: choosing.ranking(question, raw),
    Kind.YES_NO: _yes_no,
    Kind.STATEMENT: _statement,
    Kind.PESEL: _pesel,
    Kind.NIP: _nip,
    Kind.PHONE: _phone,
    Kind.EMAIL: _email,
    Kind.ADDRESS: _address,
    Kind.POINT: _point,
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
    Kind.SCALE: gettext_lazy("Wybierz jedną liczbę."),
    Kind.MATRIX: gettext_lazy("Wybierz odpowiedź w każdym wierszu."),
    Kind.RANKING: gettext_lazy("Nadaj odpowiedziom miejsca."),
    Kind.YES_NO: gettext_lazy("Wybierz „tak” albo „nie”."),
    Kind.STATEMENT: gettext_lazy("Przeczytaj i zaznacz to oświadczenie. Bez niego nie można wysłać formularza."),
    Kind.PESEL: gettext_lazy("Wpisz numer PESEL."),
    Kind.NIP: gettext_lazy("Wpisz numer NIP."),
    Kind.PHONE: gettext_lazy("Wpisz numer telefonu."),
    Kind.EMAIL: gettext_lazy("Wpisz adres e-mail."),
    Kind.ADDRESS: gettext_lazy("Wpisz ulicę i numer domu."),
    Kind.POINT: gettext_lazy("Wskaż miejsce: użyj położenia telefonu albo wpisz współrzędne."),
    Kind.FILE: gettext_lazy("Dodaj plik."),
}
