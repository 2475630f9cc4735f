"""A version of a form as one frozen object in memory: pages, questions, options and when each is shown.

A published version never changes, so it is read from the database once per process (`compiled`) and shared by all requests.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from schemas.models import ConditionGroup, Kind, Operator, Version

Answers = Mapping[str, Any]

_INTEGER = re.compile(r"-?[0-9]{1,12}")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Which comparisons a condition may make with an answer of a kind. A kind that is not here can not be asked about.
OPERATORS_OF: dict[str, tuple[str, ...]] = {
    Kind.SHORT_TEXT: (Operator.ANSWERED,),
    Kind.LONG_TEXT: (Operator.ANSWERED,),
    Kind.NUMBER: (Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED),
    Kind.DATE: (Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED),
    Kind.CHOICE: (Operator.IS, Operator.IS_NOT, Operator.ANSWERED),
    Kind.CHOICES: (Operator.INCLUDES, Operator.ANSWERED),
    Kind.SCALE: (Operator.IS, Operator.IS_NOT, Operator.AT_LEAST, Operator.AT_MOST, Operator.ANSWERED),
    Kind.MATRIX: (Operator.ANSWERED,),
    Kind.RANKING: (Operator.ANSWERED,),
    Kind.YES_NO: (Operator.IS, Operator.IS_NOT, Operator.ANSWERED),
    Kind.STATEMENT: (Operator.ANSWERED,),
    Kind.PESEL: (Operator.ANSWERED,),
    Kind.NIP: (Operator.ANSWERED,),
    Kind.PHONE: (Operator.ANSWERED,),
    Kind.EMAIL: (Operator.ANSWERED,),
    Kind.ADDRESS: (Operator.ANSWERED,),
    Kind.POINT: (Operator.ANSWERED,),
    Kind.FILE: (Operator.ANSWERED,),
}
CHOOSING = (Kind.CHOICE, Kind.CHOICES)  # the answer names options; a condition may ask for one of them
WITH_OPTIONS = (*CHOOSING, Kind.MATRIX, Kind.RANKING)
NOT_ASKED = (Kind.NOTE, Kind.COMPUTED)  # shown to the person, never answered by the person
NO_OPINION = "no-opinion"  # the answer „nie mam zdania” on a scale
LONGEST_SCALE = 11  # 0 to 10
TODAY = "today"  # a limit of a date: the day on which it is answered


def text_key(question: str, option: str) -> str:
    """Where answers, and posted forms, keep the text written beside an option. Codes have no underscore, so nothing clashes."""
    return f"{question}_{option}"


def owner(key: str) -> str:
    """The code of the question to which a key of answers belongs: its own, or that of a text beside one of its options."""
    return key.partition("_")[0]


def is_blank(answer: Any) -> bool:
    return answer is None or answer is False or answer == "" or answer == [] or answer == {}


@dataclass(frozen=True)
class Row:
    """One comparison with an earlier answer. With a question left blank no comparison holds, "jest inne niż" included."""

    asked: str
    operator: str
    value: str = ""

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.asked)
        return not is_blank(answer) and _COMPARE[self.operator](answer, self.value)


def _is(answer: Any, value: str) -> bool:
    return isinstance(answer, str | int) and str(answer) == value


def _includes(answer: Any, value: str) -> bool:
    return isinstance(answer, list) and value in answer


def _order(answer: Any, value: str) -> int | None:
    """-1, 0 or 1 as the answer is below, at or above the value; None where they can not be compared."""
    if type(answer) is int and _INTEGER.fullmatch(value):
        return (answer > int(value)) - (answer < int(value))
    if isinstance(answer, str) and _ISO_DAY.fullmatch(answer) and _ISO_DAY.fullmatch(value):
        return (answer > value) - (answer < value)
    return None


_COMPARE: dict[str, Callable[[Any, str], bool]] = {
    Operator.IS: _is,
    Operator.IS_NOT: lambda answer, value: not _is(answer, value),
    Operator.INCLUDES: _includes,
    Operator.AT_LEAST: lambda answer, value: _order(answer, value) in (0, 1),
    Operator.AT_MOST: lambda answer, value: _order(answer, value) in (-1, 0),
    Operator.ANSWERED: lambda answer, value: True,
}


@dataclass(frozen=True)
class Rule:
    """All, or any, of the rows hold."""

    needs_all: bool
    rows: tuple[Row, ...]

    def holds(self, answers: Answers) -> bool:
        return (all if self.needs_all else any)(row.holds(answers) for row in self.rows)


@dataclass(frozen=True)
class Option:
    code: str
    label: str
    hint: str = ""
    takes_text: bool = False
    is_exclusive: bool = False


@dataclass(frozen=True)
class MatrixRow:
    code: str
    label: str


@dataclass(frozen=True)
class Question:
    code: str
    kind: str
    label: str
    hint: str = ""
    is_required: bool = True
    minimum: int | None = None
    maximum: int | None = None
    computed_by: str = ""
    autocomplete: str = ""
    options: tuple[Option, ...] = ()
    shown_when: Rule | None = None
    number: int | None = None  # on paper and in "jeśli w pytaniu 3 …"; a note has none
    minimum_label: str = ""
    maximum_label: str = ""
    has_no_opinion: bool = False
    earliest: str = ""
    latest: str = ""
    rows: tuple[MatrixRow, ...] = ()  # of a matrix

    @property
    def is_asked(self) -> bool:
        return self.kind not in NOT_ASKED

    def is_shown(self, answers: Answers) -> bool:
        return self.shown_when is None or self.shown_when.holds(answers)

    def option(self, code: str) -> Option | None:
        return next((option for option in self.options if option.code == code), None)

    def row(self, code: str) -> MatrixRow | None:
        return next((row for row in self.rows if row.code == code), None)

    @property
    def parts(self) -> tuple["Option | MatrixRow", ...]:
        """What may stand after the question in the code of a column."""
        return (*self.options, *self.rows)

    @property
    def with_text(self) -> tuple[Option, ...]:
        """The options beside which something may be written."""
        return tuple(option for option in self.options if option.takes_text) if self.kind in CHOOSING else ()

    @property
    def scale(self) -> range:
        """The numbers of a scale, 1 to 5 where nothing else is said; of a careless draft at least one and no more than fit."""
        least = 1 if self.minimum is None else self.minimum
        most = 5 if self.maximum is None else self.maximum
        return range(least, max(least, min(most, least + LONGEST_SCALE - 1)) + 1)

    @property
    def places(self) -> int:
        """How many places a ranking gives away."""
        return len(self.options) if self.maximum is None else min(self.maximum, len(self.options))

    @property
    def least_placed(self) -> int:
        """How many options of a ranking need a place: all of them, or in "the best three" at least one."""
        if self.minimum is not None:
            return min(self.minimum, self.places)
        return len(self.options) if self.maximum is None else min(1, self.places)


@dataclass(frozen=True)
class Page:
    code: str
    title: str
    intro: str = ""
    questions: tuple[Question, ...] = ()
    shown_when: Rule | None = None

    def is_shown(self, answers: Answers) -> bool:
        return self.shown_when is None or self.shown_when.holds(answers)


@dataclass(frozen=True)
class Form:
    """A whole version. `answers` everywhere: {question code: value as `schemas.checking` keeps it}, and under `text_key` what was
    written beside an option."""

    version_id: UUID
    code: str
    title: str
    version: int
    intro: str
    instruction: str
    source: str
    pages: tuple[Page, ...]

    def __hash__(self) -> int:
        """Cheap, since a form is a key of what is worked out from it (`schemas.columns`); equality looks at everything."""
        return hash((self.version_id, self.version))

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its code, in the order of the form."""
        return {question.code: question for page in self.pages for question in page.questions}

    def page(self, code: str) -> Page | None:
        return next((page for page in self.pages if page.code == code), None)

    def page_of(self, question: str) -> Page | None:
        return next((page for page in self.pages if any(asked.code == question for asked in page.questions)), None)

    def walk(self, answers: Answers) -> Iterator[tuple[Page, tuple[Question, ...]]]:
        """The pages this person sees, each with the questions shown. The answer to a hidden question decides nothing."""
        seen: dict[str, Any] = {}
        for page in self.pages:
            shown = tuple(_shown(page, answers, seen)) if page.is_shown(seen) else ()
            if shown:
                yield page, shown

    def visible_pages(self, answers: Answers) -> list[Page]:
        return [page for page, _shown_there in self.walk(answers)]

    def visible_questions(self, page: Page, answers: Answers) -> tuple[Question, ...]:
        return next((shown for walked, shown in self.walk(answers) if walked.code == page.code), ())

    def next_page(self, code: str, answers: Answers) -> Page | None:
        """The first visible page after the page `code`; None after the last, when it is time to check the answers."""
        return next(iter(self._beyond(code, answers, 1)), None)

    def previous_page(self, code: str, answers: Answers) -> Page | None:
        """The last visible page before the page `code`; None on the first."""
        return next(iter(self._beyond(code, answers, -1)), None)

    def _beyond(self, code: str, answers: Answers, step: int) -> list[Page]:
        place = {page.code: index for index, page in enumerate(self.pages)}
        here = place[code]
        return [page for page in self.visible_pages(answers)[::step] if (place[page.code] - here) * step > 0]


def _shown(page: Page, answers: Answers, seen: dict[str, Any]) -> Iterator[Question]:
    for question in page.questions:
        if question.is_shown(seen):
            if question.code in answers:
                seen[question.code] = answers[question.code]
            yield question


# From the database -------------------------------------------------------------------------------------------------

_published: dict[UUID, Form] = {}


def compiled(version_id: UUID) -> Form:
    """The version as a frozen object. A published one costs queries once per process, a draft every time.

    Raises Version.DoesNotExist. Do not call it for a version published in a transaction that may still be rolled back.
    """
    if form := _published.get(version_id):
        return form
    version = Version.objects.select_related("definition").get(pk=version_id)
    form = compile_version(version)
    if version.published_at:
        _published[version_id] = form
    return form


def compile_version(version: Version) -> Form:
    """As it stands in the database now, without the cache."""
    parts = ("questions__options", "questions__rows", "questions__shown_when__rows__asked")
    pages = version.pages.prefetch_related("shown_when__rows__asked", *parts)
    numbers = iter(range(1, 10_000))
    return Form(
        version_id=version.pk, code=version.definition.code, version=version.number,
        title=version.title or version.definition.title,
        intro=version.intro, instruction=version.instruction, source=version.source,
        pages=tuple(_page(page, numbers) for page in pages),
    )  # fmt: skip


def _page(page, numbers) -> Page:
    questions = sorted(page.questions.all(), key=lambda question: (question.order, question.pk))
    return Page(
        code=page.code, title=page.title, intro=page.intro, shown_when=_rule(page),
        questions=tuple(question_of(one, None if one.kind == Kind.NOTE else next(numbers)) for one in questions),
    )  # fmt: skip


def question_of(question, number: int | None = None) -> Question:
    return Question(
        code=question.code, kind=question.kind, label=question.label, hint=question.hint, is_required=question.is_required,
        minimum=question.minimum, maximum=question.maximum, computed_by=question.computed_by,
        autocomplete=question.autocomplete, shown_when=_rule(question), number=number,
        options=tuple(_option(option) for option in question.options.all()),
        rows=tuple(MatrixRow(row.code, row.label) for row in question.rows.all()),
        minimum_label=question.minimum_label, maximum_label=question.maximum_label, has_no_opinion=question.has_no_opinion,
        earliest=question.earliest, latest=question.latest,
    )  # fmt: skip


def _option(option) -> Option:
    return Option(option.code, option.label, option.hint, option.takes_text, option.is_exclusive)


def _rule(target) -> Rule | None:
    """A group without rows says nothing, so what it stands at is always shown."""
    try:
        group = target.shown_when
    except ConditionGroup.DoesNotExist:
        return None
    rows = sorted(group.rows.all(), key=lambda row: row.pk)
    return Rule(group.needs_all, tuple(Row(row.asked.code, row.operator, row.value) for row in rows)) if rows else None
