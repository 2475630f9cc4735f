"""B2: whatever is renamed, reordered, retired or given a clashing code, every cell says what was answered, or why it says nothing."""

import itertools
import time
from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.checking import check_all
from schemas.columns import Missing, analytic_cells, cells, columns, reader
from schemas.computed import Context
from schemas.definition import Form, MatrixRow, Option, Page, Question, Row, Rule
from schemas.models import Kind
from tests.schemas.conftest import DAY, FULL, PESEL

CODES = ["a", "b", "text", "a-text", "a-b", "b-a"]  # made to clash where a separator is chosen badly
KINDS = [
    Kind.CHOICE, Kind.CHOICES, Kind.SCALE, Kind.MATRIX, Kind.RANKING, Kind.SHORT_TEXT, Kind.NUMBER, Kind.YES_NO, Kind.STATEMENT, Kind.DATE,
]  # fmt: skip


def form_of(version, *questions, pages=None):
    return Form(uuid4(), "f", "F", version, "", "", "", pages or (Page("p", "P", questions=tuple(questions)),))


# Random surveys through several versions ---------------------------------------------------------------------------


@st.composite
def questions(draw, code):
    kind = draw(st.sampled_from(KINDS))
    flags = st.booleans()
    options = tuple(
        Option(one, one.upper(), takes_text=draw(flags), is_exclusive=kind == Kind.CHOICES and draw(flags))
        for one in draw(st.lists(st.sampled_from(CODES), min_size=2, max_size=4, unique=True))
    )
    rows = tuple(MatrixRow(one, one) for one in draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True)))
    needs_options = kind in (Kind.CHOICE, Kind.CHOICES, Kind.MATRIX, Kind.RANKING)
    return Question(
        code, kind, f"Pytanie {code}", is_required=False, options=options if needs_options else (),
        rows=rows if kind == Kind.MATRIX else (), has_no_opinion=draw(flags), maximum=2 if kind == Kind.RANKING else None,
    )  # fmt: skip


@st.composite
def edited(draw, question):
    """The same question in the next version: reworded, its options reordered, one retired or one more."""
    options = draw(st.permutations(question.options)) if question.options else []
    if len(options) > 2 and draw(st.booleans()):
        options = options[1:]
    if options and draw(st.booleans()):
        options = [*options, Option(f"new{len(options)}", "Nowa", takes_text=True)]
    return replace(question, label=draw(st.sampled_from([question.label, "Inaczej"])), options=tuple(options))


@st.composite
def versions(draw):
    codes = draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=4, unique=True))
    asked, spare = [draw(questions(code)) for code in codes], [code for code in CODES if code not in codes]
    forms = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        forms.append(draw(laid_out(number, asked)))
        asked = [draw(edited(one)) for one in draw(st.permutations(asked))]
        asked = asked[draw(st.integers(0, 1)) :]
        if spare and (draw(st.booleans()) or not asked):
            asked.append(draw(questions(spare.pop())))
        if not asked:
            break
    return forms


@st.composite
def laid_out(draw, number, asked):
    """On one page or two, the later questions perhaps under a condition that an earlier one has been answered."""
    shown, first = [], asked[0].code
    for one in asked:
        rule = Rule(True, (Row(first, "answered"),)) if one.code != first and draw(st.booleans()) else None
        shown.append(replace(one, shown_when=rule))
    if len(shown) > 1 and draw(st.booleans()):
        rule = Rule(True, (Row(first, "answered"),)) if draw(st.booleans()) else None
        return form_of(number, pages=(Page("p", "P", "", (shown[0],)), Page("q", "Q", "", tuple(shown[1:]), rule)))
    return form_of(number, *shown)


@st.composite
def answered(draw, form):
    """Answers as the checker keeps them: tried at random, what is wrong falls away."""
    tried = {}
    for question in form.questions.values():
        named = st.sampled_from([option.code for option in question.options] or ["x"])
        tried[question.code] = draw(
            st.none() | named | st.lists(named, max_size=3, unique=True) | st.integers(1, 5) | st.sampled_from(["yes", ".b", ".n", "no-opinion"])
            | st.just(True) | st.just("2026-03-01") | st.fixed_dictionaries({}, optional={row.code: named for row in question.rows})
        )  # fmt: skip
        for option in question.options:
            tried[f"{question.code}_{option.code}"] = draw(st.none() | st.sampled_from(["tekst", ".s", "=1+1"]))
    return check_all(form, tried, context=Context(DAY)).answers


# The oracle: written from the description alone, cell by cell, without the module's ways ----------------------------


def expected(form, answers, code):
    name, *rest = code.split("__")
    question = form.questions.get(name)
    if question is None:
        return ".n"
    part = rest[0] if rest else ""
    option = next((one for one in question.options if one.code == part), None)
    if len(rest) == 2 and not (option and option.takes_text):
        return ".n"
    if len(rest) == 1 and part not in [one.code for one in (question.rows if question.kind == "matrix" else question.options)]:
        return ".n"
    if name not in [one.code for _page, shown in form.walk(answers) for one in shown]:
        return ".s"
    return answered_cell(question.kind, answers, name, part, rest)


def answered_cell(kind, answers, name, part, rest):
    if name not in answers:
        return ".b"
    answer = answers[name]
    if len(rest) == 2:
        if part not in (answer if kind == "choices" else [answer]):
            return ".s"
        text = answers.get(f"{name}_{part}", ".b")
        return f" {text}" if f"{name}_{part}" in answers and text in (".n", ".s", ".b", ".r") else text
    if kind == "choices":
        return 1 if part in answer else 0
    if kind == "ranking":
        return dict(zip(answer, range(1, 9), strict=False)).get(part, ".b")
    if kind == "matrix":
        return answer.get(part, ".b")
    if kind == "statement":
        return 1
    return f" {answer}" if kind == "short_text" and answer in (".n", ".s", ".b", ".r") else answer


@settings(max_examples=300)
@given(forms=versions(), data=st.data())
def test_every_cell_is_what_an_independent_reading_of_the_answers_says(forms, data):
    """B2"""
    table = columns(forms)

    assert len({column.code for column in table}) == len(table)
    for form in forms:
        answers = data.draw(answered(form))
        line = reader(form, table)(answers)
        assert [str(cell) for cell in line] == [str(expected(form, answers, column.code)) for column in table]
        assert [type(cell) for cell in line if not isinstance(cell, Missing)] == [
            type(expected(form, answers, column.code))
            for column, cell in zip(table, line, strict=True)
            if not isinstance(cell, Missing)
        ]


@given(forms=versions())
def test_a_column_once_there_keeps_its_place_when_versions_come(forms):
    """4.5: union over versions, in the order of first appearance."""
    codes = [[column.code for column in columns(forms[:count])] for count in range(1, len(forms) + 1)]

    for before, after in itertools.pairwise(codes):
        assert after[: len(before)] == before
    assert columns(reversed(forms)) == columns(forms)


@given(forms=versions(), data=st.data())
def test_flat_rows_are_unique_and_give_the_answers_back(forms, data):
    """I6: what is counted can be recomputed, and nothing is counted that was not answered."""
    for form in forms:
        answers = data.draw(answered(form))

        rows = analytic_cells(form, answers)

        assert max(Counter((code, row, option) for code, row, option, _number, _text in rows).values(), default=1) == 1
        assert rebuilt(form, rows) == answers


def rebuilt(form, rows):
    back = {}
    for code, row, option, number, text in rows:
        kind = form.questions[code].kind
        if kind in ("choices", "ranking"):
            back.setdefault(code, []).append(option)
        elif kind == "matrix":
            back.setdefault(code, {})[row] = option
        elif kind == "statement":
            back[code] = True
        else:
            back[code] = option or text or number
        if kind in ("choice", "choices") and text:
            back[f"{code}_{option}"] = text
    return back


# Told in people's words --------------------------------------------------------------------------------------------


def test_the_survey_as_a_table(survey):
    row = cells(survey, FULL)

    assert list(row)[:9] == [
        "who", "who__other__text", "needs__trees", "needs__benches", "needs__parking", "needs__other", "needs__none",
        "needs__other__text", "safety",
    ]  # fmt: skip
    assert row == {
        "who": "other", "who__other__text": "Chodzę tędy do szkoły", "needs__trees": 1, "needs__benches": 0, "needs__parking": 0,
        "needs__other": 1, "needs__none": 0, "needs__other__text": "poidełka", "safety": 2, "why": "Ciemno.",
        "quality__pavement": "bad", "quality__light": "fair", "quality__crossing": "none", "order__bike": 2, "order__surface": 3,
        "order__green": 1, "best__poets": ".b", "best__rivers": ".b", "best__mill": 1, "since": ".s", "walk": "2026-05-12",
        "persons": 3, "consent": 1,
    }  # fmt: skip


def test_why_a_cell_is_empty(survey):
    """Not asked in this version, not asked of this person, left blank: three things that one empty cell would mix."""
    second = replace(survey, version=2, pages=(survey.pages[0],))
    table = columns([survey, second])
    line = dict(zip([column.code for column in table], reader(second, table)({"safety": 4, "who": "owner"}), strict=True))

    assert line["consent"] is Missing.NOT_ASKED
    assert line["why"] is Missing.SKIPPED
    assert (line["best__mill"], line["needs__trees"]) == (Missing.BLANK, Missing.BLANK)
    assert line["who__other__text"] is Missing.SKIPPED


def test_an_option_and_a_question_of_one_name_have_columns_of_their_own():
    """adhocracy4: a question and a choice with one id shared a column, and the table showed a choice nobody made."""
    other = Option("inne", "Inne", takes_text=True)
    first = form_of(
        1, Question("a", Kind.CHOICES, "A", options=(other, Option("b", "B"))), Question("inne", Kind.SHORT_TEXT, "Inne")
    )

    row = cells(first, {"a": ["b"], "inne": "uwaga"})

    assert row == {"a__inne": 0, "a__b": 1, "a__inne__text": ".s", "inne": "uwaga"}


@pytest.mark.parametrize("typed", [".b", ".n", ".s", ".r"])
def test_a_text_that_reads_like_a_mark_is_told_from_it(typed):
    form = form_of(1, Question("a", Kind.SHORT_TEXT, "A"))

    assert cells(form, {"a": typed}) == {"a": f" {typed}"}
    assert cells(form, {}) == {"a": Missing.BLANK}


def test_what_names_a_person_is_marked_and_a_pesel_is_never_whole():
    form = form_of(
        1,
        Question("pesel", Kind.PESEL, "PESEL"),
        Question("phone", Kind.PHONE, "Telefon"),
        Question("w", Kind.LONG_TEXT, "Uwagi"),
    )
    answers = {"pesel": PESEL, "phone": "+48123456789", "w": "dobrze"}

    assert cells(form, answers)["pesel"] == "90•••••••36"
    assert [(column.is_personal, column.is_free) for column in columns([form])] == [(True, False), (True, False), (False, True)]
    assert analytic_cells(form, answers) == [("w", "", "", None, "dobrze")]


def test_a_row_of_forty_answers_is_read_in_tens_of_microseconds(survey):
    """25,000 answers of 40 questions are to take well under a second; the bound leaves room for a busy machine."""
    many = form_of(1, *(replace(one, code=f"q{n}", shown_when=None) for n, one in enumerate([*survey.questions.values()] * 4)))
    answers = {f"q{n}": FULL[code] for n, code in enumerate([*survey.questions] * 4) if code in FULL}
    table = columns([many])
    row, started = reader(many, table), time.process_time()

    for _ in range(2_500):
        row(answers)

    assert len(many.questions) >= 40
    assert time.process_time() - started < 0.3
