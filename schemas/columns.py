"""Answers as a table: literal columns by stable codes, the same for every version, and a reason for every empty cell.

    table = columns(forms)                     # the union over versions, in the order of first appearance
    row = reader(form, table)                  # once a version
    row(answers) -> [cell, ...]                # once an answer: fast

A column is "<question>", "<question>__<row>" of a matrix, "<question>__<option>" of choices and of a ranking, and
"<question>__<option>__text" for what was written beside an option. Codes have no underscore, so no two columns clash,
whatever the codes are. `answers` are those that `schemas.checking` has checked.

| kind | cell |
|---|---|
| short_text, long_text, email, phone, nip, date, choice, yes_no | as kept |
| number | integer |
| scale | integer, or "no-opinion" |
| choices | 1 ticked, 0 not, for each option |
| matrix | code of the option, for each row |
| ranking | place from 1, for each option |
| statement | 1 |
| pesel | masked: a table is no place for it (L23) |
| address | in words |
| file | names, "; " between |
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from residents.models.people import mask_pesel
from schemas.addresses import address_in_words
from schemas.definition import NO_OPINION, Answers, Form, Question, Rule, text_key
from schemas.models import Kind
from schemas.readable import point_in_words


class Missing(TextChoices):
    """Why a cell is empty. `REMOVED` is put by who removes; nothing here does."""

    NOT_ASKED = ".n", _("nie było tego pytania w tej wersji")
    SKIPPED = ".s", _("nie dotyczyło, więc nie było zadane")
    BLANK = ".b", _("zadane, bez odpowiedzi")
    REMOVED = ".r", _("usunięte przez moderację")


NOT_ASKED, SKIPPED, BLANK = Missing.NOT_ASKED, Missing.SKIPPED, Missing.BLANK  # a name is found faster than a member
Cell = Any  # text, integer or Missing
Take = Callable[[Answers], Cell]

PERSONAL = (Kind.PESEL, Kind.NIP, Kind.PHONE, Kind.EMAIL, Kind.ADDRESS, Kind.POINT, Kind.FILE)  # they name somebody by themselves
TYPED = (Kind.SHORT_TEXT, Kind.LONG_TEXT)  # anything may stand there
MARKS = frozenset(str(mark.value) for mark in Missing)


@dataclass(frozen=True)
class Column:
    """`part`: the row or option; `is_text`: what was written beside it. `label` is worded as in the newest version that has it."""

    code: str
    question: str
    kind: str
    label: str
    part: str = ""
    is_text: bool = False

    @property
    def is_free(self) -> bool:
        """Anybody may have written anything: to be read before it is shown to others."""
        return self.is_text or self.kind in TYPED

    @property
    def is_personal(self) -> bool:
        return self.kind in PERSONAL


def column_code(question: str, part: str = "", *, is_text: bool = False) -> str:
    return "__".join([question, *([part] if part else []), *(["text"] if is_text else [])])


def columns(forms: Iterable[Form]) -> tuple[Column, ...]:
    """Every column of these versions, oldest first: a column once there keeps its place, a new one comes after all."""
    found: dict[str, Column] = {}
    for form in sorted(forms, key=lambda form: form.version):
        for question in form.questions.values():
            for column in _columns_of(question):
                found[column.code] = column
    return tuple(found.values())


def _columns_of(question: Question) -> list[Column]:
    def column(part: str = "", label: str = "", *, is_text: bool = False) -> Column:
        words = f"{question.label}: {label}" if label else question.label
        code = column_code(question.code, part, is_text=is_text)
        return Column(code, question.code, str(question.kind), words, part, is_text)

    if not question.is_asked:
        return []
    texts = [column(option.code, option.label, is_text=True) for option in question.with_text]
    if question.kind == Kind.MATRIX:
        return [column(row.code, row.label) for row in question.rows]
    if question.kind in (Kind.CHOICES, Kind.RANKING):
        return [*(column(option.code, option.label) for option in question.options), *texts]
    return [column(), *texts]


# Cells -------------------------------------------------------------------------------------------------------------


def cells(form: Form, answers: Answers) -> dict[str, Cell]:
    """The cells of this version alone, by the code of the column. In a loop over many answers use `reader`."""
    table = _own_columns(form)
    return dict(zip((column.code for column in table), reader(form, table)(answers), strict=True))


@lru_cache(maxsize=64)
def _own_columns(form: Form) -> tuple[Column, ...]:
    return columns([form])


@lru_cache(maxsize=256)
def reader(form: Form, table: tuple[Column, ...]) -> Callable[[Answers], list[Cell]]:
    """A function from answers given to this version to the cells of the table, in its order."""
    takes = [_take(form, column) for column in table]
    guards = guards_of(form)
    places: dict[str, list[int]] = {}
    for index, column in enumerate(table):
        if column.question in form.questions and takes[index] is not _not_asked:
            places.setdefault(column.question, []).append(index)

    def row(answers: Answers) -> list[Cell]:
        hidden = hidden_by(guards, answers) if guards else ()
        if not hidden:
            return [take(answers) for take in takes]
        live = {key: value for key, value in answers.items() if key.partition("_")[0] not in hidden}
        line = [take(live) for take in takes]
        for code in hidden:
            for index in places.get(code, ()):
                line[index] = SKIPPED
        return line

    return row


Guards = tuple[tuple[Rule, tuple[str, ...]], ...]


def guards_of(form: Form) -> Guards:
    """The conditions in the order of the form, each with the questions that it shows."""
    found: list[tuple[Rule, tuple[str, ...]]] = []
    for page in form.pages:
        if page.shown_when:
            found.append((page.shown_when, tuple(question.code for question in page.questions)))
        found += [(question.shown_when, (question.code,)) for question in page.questions if question.shown_when]
    return tuple(found)


def hidden_by(guards: Guards, answers: Answers) -> set[str]:
    """The questions that this person was not asked; the answer to a hidden one decides nothing."""
    hidden: set[str] = set()
    for rule, codes in guards:
        if not rule.holds(answers):
            hidden.update(codes)
            if any(code in answers for code in codes):
                answers = {key: value for key, value in answers.items() if key not in hidden}
    return hidden


def _not_asked(answers: Answers) -> Cell:
    return NOT_ASKED


def _take(form: Form, column: Column) -> Take:
    question = form.questions.get(column.question)
    if question is None or column.code not in {own.code for own in _columns_of(question)}:
        return _not_asked
    if column.is_text:
        return _beside(question.code, column.part)
    return _TAKES.get(question.kind, _as_kept)(question.code, column.part)


def _as_kept(code: str, part: str) -> Take:
    return lambda answers: answers.get(code, BLANK)


def _typed(code: str, part: str) -> Take:
    return lambda answers: marked(answers.get(code))


def marked(text: str | None) -> Cell:
    """A text somebody typed. One that reads like a mark of an empty cell gets a space before it, which no kept text has."""
    if text is None:
        return BLANK
    return f" {text}" if text in MARKS else text


def _beside(code: str, option: str) -> Take:
    """Not asked of who did not choose the option; blank of who chose it and wrote nothing."""
    key = text_key(code, option)

    def take(answers: Answers) -> Cell:
        if key in answers:
            return marked(answers[key])
        answer = answers.get(code)
        is_chosen = option in answer if isinstance(answer, list) else answer == option
        return BLANK if is_chosen or answer is None else SKIPPED

    return take


def _ticked(code: str, option: str) -> Take:
    def take(answers: Answers) -> Cell:
        answer = answers.get(code)
        return BLANK if answer is None else int(option in answer)

    return take


def _in_row(code: str, row: str) -> Take:
    def take(answers: Answers) -> Cell:
        answer = answers.get(code)
        return BLANK if answer is None else answer.get(row, BLANK)

    return take


def _place(code: str, option: str) -> Take:
    def take(answers: Answers) -> Cell:
        answer = answers.get(code)
        return answer.index(option) + 1 if answer and option in answer else BLANK

    return take


def _of(change: Callable[[Any], Cell]) -> Callable[[str, str], Take]:
    def make(code: str, part: str) -> Take:
        return lambda answers: change(answers[code]) if code in answers else BLANK

    return make


_TAKES: dict[str, Callable[[str, str], Take]] = {
    Kind.SHORT_TEXT: _typed,
    Kind.LONG_TEXT: _typed,
    Kind.CHOICES: _ticked,
    Kind.MATRIX: _in_row,
    Kind.RANKING: _place,
    Kind.STATEMENT: _of(int),
    Kind.PESEL: _of(mask_pesel),
    Kind.ADDRESS: _of(address_in_words),
    Kind.POINT: _of(point_in_words),
    Kind.FILE: _of(lambda files: "; ".join(file["name"] for file in files)),
}


# For counting ------------------------------------------------------------------------------------------------------

AnalyticCell = tuple[str, str, str, int | None, str]  # (question, row, option, number, text)
Flatten = Callable[[Answers], Iterable[AnalyticCell]]


def analytic_cells(form: Form, answers: Answers) -> list[AnalyticCell]:
    """Every answer as flat rows (question, row, option, number, text), unique by the first three; nothing for a blank one.

    `option`: the code chosen ("yes", "no"; "yes" for a ticked statement; "no-opinion" on a scale). `number`: of a number, a
    scale, a place in a ranking, how many files. `text`: what was typed, also beside an option; of a date the ISO day.
    `row`: of a matrix; in a ranking the place, so that "how many put it first" is counted as in a matrix.
    Kinds that name a person (PESEL, NIP, telephone, e-mail, address) give nothing.
    """
    return [cell for flatten in _flattened(form) for cell in flatten(answers)]


@lru_cache(maxsize=64)
def _flattened(form: Form) -> tuple[Flatten, ...]:
    return tuple(_FLAT[question.kind](question) for question in form.questions.values() if question.kind in _FLAT)


def _flat(cell: Callable[[Any], tuple[str, int | None, str]]) -> Callable[[Question], Flatten]:
    """For kinds with one row an answer; `cell` gives (option, number, text)."""

    def make(question: Question) -> Flatten:
        code = question.code
        return lambda answers: [(code, "", *cell(answers[code]))] if code in answers else ()

    return make


def _flat_choosing(question: Question) -> Flatten:
    code, keys = question.code, {option.code: text_key(question.code, option.code) for option in question.with_text}

    def flatten(answers: Answers) -> Iterable[AnalyticCell]:
        answer = answers.get(code, ())
        for option in answer if isinstance(answer, list) else [answer] if answer else ():
            yield code, "", option, None, answers.get(keys[option], "") if option in keys else ""

    return flatten


def _flat_matrix(question: Question) -> Flatten:
    code = question.code
    return lambda answers: [(code, row, option, None, "") for row, option in answers.get(code, {}).items()]


def _flat_ranking(question: Question) -> Flatten:
    code = question.code
    return lambda answers: [(code, str(place), option, place, "") for place, option in enumerate(answers.get(code, ()), start=1)]


def _flat_scale(answer: int | str) -> tuple[str, int | None, str]:
    return (NO_OPINION, None, "") if answer == NO_OPINION else ("", int(answer), "")


_FLAT: dict[str, Callable[[Question], Flatten]] = {
    Kind.SHORT_TEXT: _flat(lambda text: ("", None, text)),
    Kind.LONG_TEXT: _flat(lambda text: ("", None, text)),
    Kind.DATE: _flat(lambda day: ("", None, day)),
    Kind.NUMBER: _flat(lambda number: ("", number, "")),
    Kind.SCALE: _flat(_flat_scale),
    Kind.YES_NO: _flat(lambda code: (code, None, "")),
    Kind.STATEMENT: _flat(lambda ticked: ("yes", None, "")),
    Kind.FILE: _flat(lambda files: ("", len(files), "")),
    Kind.CHOICE: _flat_choosing,
    Kind.CHOICES: _flat_choosing,
    Kind.MATRIX: _flat_matrix,
    Kind.RANKING: _flat_ranking,
}
