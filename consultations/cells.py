"""One answer a row, for counting: derived from a ballot's answers, and the same again whenever it is derived."""

from collections.abc import Iterator, Mapping
from typing import Any

from consultations.models import AnswerCell, Ballot
from schemas.definition import Form, Question, text_key
from schemas.models import Kind

# Of a participatory budget: [[project code, points or null], ...] in the order of the card (consultations.budget).
VOTES = "votes"
BIGGEST = 2**63 - 1


def cells_of(ballot: Ballot, form: Form | None) -> Iterator[AnswerCell]:
    """The cells of one ballot; `form` is the compiled version it answers, None for a budget."""
    if form is None:
        for place, (project, points) in enumerate(ballot.answers.get(VOTES) or [], 1):
            yield _cell(ballot, VOTES, row=str(place), option=project, number=points if isinstance(points, int) else None)
        return
    for code, question in form.questions.items():
        if code in ballot.answers:
            yield from _with_texts(ballot, question, _answered(ballot, code, question.kind, ballot.answers[code]))


def _with_texts(ballot: Ballot, question: Question, cells: Iterator[AnswerCell]) -> Iterator[AnswerCell]:
    """What was written beside an option stands in the cell of that option."""
    for cell in cells:
        cell.text = cell.text or ballot.answers.get(text_key(question.code, cell.option), "")
        yield cell


def _answered(ballot: Ballot, code: str, kind: str, answer: Any) -> Iterator[AnswerCell]:
    if kind == Kind.RANKING and isinstance(answer, list):
        yield from (_cell(ballot, code, row=str(place), option=option, number=place) for place, option in enumerate(answer, 1))
    elif kind == Kind.MATRIX and isinstance(answer, Mapping):
        yield from (_cell(ballot, code, row=row, option=option) for row, option in answer.items())
    elif kind == Kind.CHOICES and isinstance(answer, list):
        yield from (_cell(ballot, code, option=option) for option in answer)
    elif kind in (Kind.CHOICE, Kind.YES_NO):
        yield _cell(ballot, code, option=answer)
    elif kind == Kind.STATEMENT:
        yield _cell(ballot, code, option="yes")
    elif isinstance(answer, int):
        yield _cell(ballot, code, number=answer)
    elif kind == Kind.SCALE:
        yield _cell(ballot, code, option=answer)  # "nie mam zdania"
    elif kind == Kind.FILE:
        yield _cell(ballot, code, number=len(answer))
    else:
        yield _cell(ballot, code, text=answer if isinstance(answer, str) else str(answer))


def _cell(ballot: Ballot, question: str, *, row: str = "", option: Any = "", number: int | None = None, text: str = ""):
    return AnswerCell(
        ballot=ballot, instrument_id=ballot.instrument_id, question=question[:50], row=str(row)[:50], option=str(option)[:50],
        number=number if number is None or abs(number) <= BIGGEST else None, text=text,
    )  # fmt: skip
