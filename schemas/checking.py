"""Checking of answers on the server: one page, or the whole form before it is filed. Nothing from a browser is trusted.

`answers` holds answers by question code, and under `definition.text_key` what was written beside an option (see `kinds`).

Data of any shape is answered with values or messages, never with an exception. Messages come in the order of the form.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.timezone import localdate

from schemas import addresses, kinds
from schemas.choosing import with_texts
from schemas.computed import CannotCompute, Computed, Context, compute
from schemas.definition import Answers, Form, Page, Question, is_blank, owner, text_key
from schemas.models import Kind
from ui.text import clean_text

DATE_PARTS = ("day", "month", "year")
ADDRESS_PARTS = addresses.PARTS

Errors = dict[str, str]


@dataclass(frozen=True)
class Checked:
    """`answers`: only of questions the person sees; `computed`: by question code; `errors`: by question code, in order."""

    answers: dict[str, Any]
    computed: dict[str, Computed]
    errors: Errors

    @property
    def is_complete(self) -> bool:
        return not self.errors


def check_page(
    form: Form, page: Page, data: Any, files: Any = None, *, answers: Answers | None = None, day: date | None = None
) -> tuple[dict[str, Any], Errors]:
    """(cleaned, errors) of what was typed on one page.

    `data` is request.POST or a plain mapping by question code. `answers` are those kept so far: earlier pages decide what
    is asked here, and files already attached count. `files` (request.FILES) are only counted: the caller stores them and
    adds `kinds.file_entry` of each to the answers. Keep the page with `merged(form, page, answers, cleaned)`.
    """
    seen = _seen_before(form, page, _as_mapping(answers))
    cleaned, errors, _asked = _check(page.questions, _Typed(data, files, _as_mapping(answers)), seen, day or localdate())
    return cleaned, errors


def shown_on(
    form: Form, page: Page, data: Any, files: Any = None, *, answers: Answers | None = None, day: date | None = None
) -> list[Question]:
    """The questions of the page that are asked once these data are taken in."""
    seen = _seen_before(form, page, _as_mapping(answers))
    return _check(page.questions, _Typed(data, files, _as_mapping(answers)), seen, day or localdate())[2]


def check_all(form: Form, answers: Any, *, context: Context) -> Checked:
    """The whole form, from kept answers. Hidden and unknown answers are dropped; computed fields only when all else is right.

    Idempotent: checking the answers it gives, on the same day, gives them again.
    """
    kept = _as_mapping(answers)
    seen: dict[str, Any] = {}
    good: dict[str, Any] = {}
    errors: Errors = {}
    asked: list[Question] = []
    for page in form.pages:
        if page.is_shown(seen):
            page_good, page_errors, shown = _check(page.questions, _Kept(kept), seen, context.day)
            good.update(page_good)
            errors.update(page_errors)
            asked += shown
    computed = {} if errors else _compute(asked, good, context, errors)
    return Checked(good, computed, errors)


def merged(form: Form, page: Page, answers: Answers, cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The kept answers with this page's new ones. What was asked and left blank goes; what was not asked now stays in the
    draft, so that changing one's mind loses nothing - `check_all` drops it when the form is filed."""
    seen = {**_seen_before(form, page, answers), **cleaned}
    asked = {question.code for question in page.questions if question.kind != Kind.FILE and question.is_shown(seen)}
    return {**{key: value for key, value in answers.items() if owner(key) not in asked}, **cleaned}


def half_typed(form: Form, page: Page, data: Any, *, answers: Answers, day: date | None = None) -> dict[str, Any]:
    """For autosave: the kept answers with everything typed on the page so far, right or not yet; nothing is refused.

    What can not be kept as an answer stays as text, is shown again as typed, and is refused by the checks until corrected.
    """
    cleaned, _errors = check_page(form, page, data, answers=answers, day=day)
    typed = _Typed(data, None, answers)
    rough = {
        key: _rough(value) for question in page.questions if question.kind != Kind.FILE for key, value in typed.all(question)
    }
    present = {key: value for key, value in rough.items() if key not in cleaned and not is_blank(value)}
    emptied = {key for key, value in rough.items() if is_blank(value) and typed.mentions(key)} - set(cleaned)
    return {**{key: value for key, value in answers.items() if key not in emptied}, **present, **cleaned}


def canonical(answers: Any) -> bytes:
    """The one way to write answers as bytes, for hashing: JSON, sorted keys, no spaces, UTF-8, NFC.

    Raises ValueError or TypeError for what is not JSON: a float, NaN, half a character.
    """
    text = json.dumps(_nfc(answers), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_nfc(key): _nfc(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_nfc(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


# The one pass over questions ---------------------------------------------------------------------------------------


def _check(questions: Iterable[Question], given, seen: dict[str, Any], day: date):
    """(good values, messages, questions asked) in order. `seen` grows: an answer decides about the questions after it."""
    good: dict[str, Any] = {}
    errors: Errors = {}
    asked: list[Question] = []
    for question in questions:
        if not question.is_shown(seen):
            continue
        asked.append(question)
        try:
            value, texts = _answer(question, given, day)
        except kinds.Invalid as why:
            errors[question.code] = str(why)
        else:
            if value is not None:
                good[question.code] = seen[question.code] = value
                good.update(texts)
    return good, errors, asked


def _answer(question: Question, given, day: date) -> tuple[Any, dict[str, str]]:
    value, texts = with_texts(question, kinds.parse(question, given.get(question), day), given.text)
    uploads = given.uploads(question)
    if uploads and len(value or []) + uploads > kinds.most_files(question):
        raise kinds.Invalid(kinds.too_many_files(question))
    if value is None and not uploads and question.is_required and question.is_asked:
        raise kinds.Invalid(kinds.missing(question))
    return value, texts


def _compute(asked: Iterable[Question], answers: Answers, context: Context, errors: Errors) -> dict[str, Computed]:
    done: dict[str, Computed] = {}
    for question in asked:
        if question.kind == Kind.COMPUTED:
            try:
                done[question.code] = compute(question.computed_by, answers, context)
            except CannotCompute as why:
                errors[question.code] = str(why)
    return done


def _seen_before(form: Form, page: Page, answers: Answers) -> dict[str, Any]:
    """Live answers of the pages before this one."""
    seen: dict[str, Any] = {}
    for walked, shown in form.walk(answers):
        if form.pages.index(walked) >= form.pages.index(page):
            break
        seen.update({question.code: answers[question.code] for question in shown if question.code in answers})
    return seen


# What was given ----------------------------------------------------------------------------------------------------


def _as_mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


class _Kept:
    """Answers kept before."""

    def __init__(self, answers: Mapping[str, Any]):
        self.answers = answers

    def get(self, question: Question) -> Any:
        return self.answers.get(question.code)

    def text(self, key: str) -> Any:
        """What stands beside an option."""
        return self.answers.get(key)

    def uploads(self, question: Question) -> int:
        return 0


def kept_secret(question: Question, answers: Answers) -> str | None:
    """A whole PESEL kept before. It is never sent back to the page (S55), so an empty box means "as it was"."""
    kept = answers.get(question.code) if question.kind == Kind.PESEL else None
    return kept if isinstance(kept, str) and len(kept) == 11 and kept.isdigit() else None


class _Typed(_Kept):
    """What came with one request: request.POST, or a mapping by question code. Files are taken from the answers only."""

    def __init__(self, data: Any, files: Any, answers: Mapping[str, Any]):
        super().__init__(answers)
        self.data = _as_mapping(data)
        self.files = files if hasattr(files, "getlist") else None

    def get(self, question: Question) -> Any:
        if question.kind == Kind.FILE:
            return super().get(question)
        typed = self._typed(question)
        return kept_secret(question, self.answers) if is_blank(typed) else typed

    def text(self, key: str) -> Any:
        return self.data.get(key)

    def all(self, question: Question) -> Iterator[tuple[str, Any]]:
        """The answer and the texts beside its options, each under its key of answers."""
        yield question.code, self.get(question)
        yield from ((key, self.text(key)) for key in (text_key(question.code, option.code) for option in question.with_text))

    def _typed(self, question: Question) -> Any:
        if not hasattr(self.data, "getlist"):
            return self.data.get(question.code)
        if question.kind == Kind.CHOICES:
            return self.data.getlist(question.code)
        if question.code in self.data or not (named := parts_of(question)):
            return self.data.get(question.code)
        parts = {part: self.data.get(f"{question.code}_{part}", "") for part in named}
        return parts if any(parts.values()) else None

    def mentions(self, code: str) -> bool:
        """Question codes have no underscore, so `code_day` is a part of `code`."""
        return any(key == code or key.startswith(f"{code}_") for key in self.data)

    def uploads(self, question: Question) -> int:
        if question.kind != Kind.FILE or self.files is None:
            return 0
        return len(self.files.getlist(question.code))


def parts_of(question: Question) -> tuple[str, ...]:
    """The boxes in which an answer is given on a page: each is posted as "<question>_<part>"."""
    if question.kind == Kind.MATRIX:
        return tuple(row.code for row in question.rows)
    if question.kind == Kind.RANKING:
        return tuple(option.code for option in question.options)
    return _PARTS.get(question.kind, ())


_PARTS: dict[str, tuple[str, ...]] = {Kind.DATE: DATE_PARTS, Kind.ADDRESS: ADDRESS_PARTS, Kind.POINT: kinds.POINT_PARTS}


def _rough(raw: Any) -> Any:
    """Typed data kept as they are, within bounds: texts, or texts in a list or in named parts."""
    if isinstance(raw, str):
        return clean_text(raw[: kinds.LONG_TEXT * 2], multiline=True)
    if isinstance(raw, list):
        return [_rough(item) for item in raw[:100] if isinstance(item, str)]
    if isinstance(raw, dict):
        return {key: _rough(item) for key, item in raw.items() if isinstance(item, str)}
    return raw if raw is True or type(raw) is int else None
