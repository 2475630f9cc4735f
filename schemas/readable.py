"""Answers as people read them: „Sprawdź odpowiedzi”, the receipt, the clerk's desk, the PDF.

PESEL is masked unless the caller asks for it whole (L23, S55)."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from accounts.telephone import phone_in_words
from residents.models.people import mask_pesel
from schemas.addresses import address_in_words
from schemas.computed import Computed
from schemas.definition import NO_OPINION, Answers, Form, Question, is_blank, text_key
from schemas.models import Kind
from ui.words import file_size, long_date


class Line(NamedTuple):
    label: str
    text: str
    code: str


class Section(NamedTuple):
    """What one page holds; `page` is its code, for the link that changes it."""

    title: str
    lines: list[Line]
    page: str


def readable(
    form: Form, answers: Answers, computed: Mapping[str, Any] | None = None, *, whole_pesel: bool = False
) -> list[Section]:
    """The questions this person saw, with the answers in words; blank ones say so. `computed`: by question code,
    `Computed` objects or their stored JSON. Pages where nothing was asked (only explanations) are left out."""
    sections = []
    for page, shown in form.walk(answers):
        lines = [_line(question, answers, computed or {}, whole_pesel) for question in shown if question.kind != Kind.NOTE]
        if lines:
            sections.append(Section(page.title, lines, page.code))
    return sections


def _line(question: Question, answers: Answers, computed: Mapping[str, Any], whole_pesel: bool) -> Line:
    if question.kind == Kind.COMPUTED:
        return Line(question.label, _computed(computed.get(question.code)), question.code)
    words = answer_in_words(question, answers.get(question.code), whole_pesel=whole_pesel, answers=answers)
    return Line(question.label, words, question.code)


def _computed(done: Any) -> str:
    found = done.as_json() if isinstance(done, Computed) else done
    if not isinstance(found, Mapping):
        return _("wyliczymy po wypełnieniu formularza")
    return f"{found['text']} ({found['basis']})" if found.get("basis") else str(found["text"])


def answer_in_words(question: Question, answer: Any, *, whole_pesel: bool = False, answers: Answers | None = None) -> str:
    """One answer as text. What is not an answer of this kind (a half-typed draft) is shown as it was typed.

    `answers`: all of them, for what was written beside an option.
    """
    if texts := _texts(question, answers or {}):
        return _with_texts(question, answer, texts)
    if is_blank(answer):
        return _("nie podano") if question.kind != Kind.STATEMENT else _("nie zaznaczono")
    if question.kind == Kind.PESEL and not whole_pesel:
        return masked(str(answer))
    try:
        return _IN_WORDS.get(question.kind, _as_it_is)(question, answer)
    except (TypeError, ValueError, KeyError, AttributeError):
        return _as_it_is(question, answer)


def _texts(question: Question, answers: Answers) -> dict[str, str]:
    """What stands beside options, by the code of the option."""
    found = {option.code: answers.get(text_key(question.code, option.code)) for option in question.with_text}
    return {code: text for code, text in found.items() if isinstance(text, str) and text}


def _with_texts(question: Question, answer: Any, texts: dict[str, str]) -> str:
    """„ławki; inne: kładka dla pieszych”. In a draft a text may stand beside an option not chosen yet."""
    chosen = [code for code in (answer if isinstance(answer, list) else [answer]) if isinstance(code, str) and code]
    labels = {code: _option(question, code) for code in [*chosen, *texts]}
    return "; ".join(f"{label}: {texts[code]}" if code in texts else label for code, label in labels.items())


def masked(pesel: str) -> str:
    """First two and last two digits; of a number that is not whole yet, nothing but its length."""
    return mask_pesel(pesel) if len(pesel) == 11 else "•" * len(pesel)


def _as_it_is(question: Question, answer: Any) -> str:
    if isinstance(answer, dict):
        return " ".join(str(part) for part in answer.values() if part)
    return ", ".join(str(part) for part in answer) if isinstance(answer, list) else str(answer)


def _option(question: Question, code: str) -> str:
    option = question.option(code)
    return option.label if option else code


def point_in_words(place: Mapping[str, str]) -> str:
    """„54.25810, 18.63960”, as maps take it."""
    return f"{place['lat']}, {place['lon']}"


def _on_scale(question: Question, answer: Any) -> str:
    if answer == NO_OPINION:
        return _("nie mam zdania")
    end = {question.scale[0]: question.minimum_label, question.scale[-1]: question.maximum_label}.get(answer)
    return _("%(number)s w skali od %(least)d do %(most)d") % {
        "number": f"{answer} ({end})" if end else answer, "least": question.scale[0], "most": question.scale[-1],
    }  # fmt: skip


def _in_rows(question: Question, answer: dict) -> str:
    return "; ".join(f"{row.label}: {_option(question, answer[row.code])}" for row in question.rows if row.code in answer)


def _in_order(question: Question, codes: Any) -> str:
    if not isinstance(codes, list):  # half typed: the places as they stand beside the options
        return "; ".join(f"{_option(question, code)}: {place}" for code, place in codes.items() if place)
    return "; ".join(f"{place}. {_option(question, code)}" for place, code in enumerate(codes, start=1))


_IN_WORDS: dict[str, Callable[[Question, Any], str]] = {
    Kind.SCALE: _on_scale,
    Kind.MATRIX: _in_rows,
    Kind.RANKING: _in_order,
    Kind.CHOICE: _option,
    Kind.CHOICES: lambda question, codes: "; ".join(_option(question, code) for code in codes),
    Kind.YES_NO: lambda question, code: {"yes": _("tak"), "no": _("nie")}[code],
    Kind.STATEMENT: lambda question, ticked: _("oświadczono"),
    Kind.DATE: lambda question, day: long_date(date.fromisoformat(day)),
    Kind.PHONE: lambda question, number: phone_in_words(number),
    Kind.ADDRESS: lambda question, address: address_in_words(address),
    Kind.POINT: lambda question, place: point_in_words(place),
    Kind.FILE: lambda question, files: ", ".join(f"{file['name']} ({file_size(file['size'])})" for file in files),
}
