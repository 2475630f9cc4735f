"""4.5: an edit of a published survey is cosmetic, additive or breaking, and a stale form asks only about what changed."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.checking import check_all
from schemas.comparison import Change, Edit, carried_over, difference, edit_class
from schemas.computed import Context
from schemas.definition import MatrixRow, Option, Page, Question, Row, Rule
from schemas.models import Kind
from tests.schemas.conftest import DAY, FULL
from tests.schemas.test_columns import answered, edited, form_of, laid_out, questions

A, B, C = Option("a", "Za"), Option("b", "Przeciw"), Option("c", "Nie wiem")
ROWS = (MatrixRow("x", "Chodnik"), MatrixRow("y", "Jezdnia"))
NEEDS = Rule(True, (Row("first", "is", "yes"),))
FIRST = Question("first", Kind.YES_NO, "Najpierw")


def q(kind=Kind.CHOICE, **fields):
    options = (A, B, C) if kind in (Kind.CHOICE, Kind.CHOICES, Kind.RANKING, Kind.MATRIX) else ()
    rows = ROWS if kind == Kind.MATRIX else ()
    return Question(**{"code": "q", "kind": kind, "label": "Pytanie", "options": options, "rows": rows, **fields})


COSMETIC = {
    "other words": (q(), q(label="Pytanko")),
    "another hint": (q(), q(hint="Zastanów się.")),
    "another order of options": (q(), q(options=(C, B, A))),
    "an option in other words": (q(), q(options=(replace(A, label="Jestem za"), B, C))),
    "a row in other words": (q(Kind.MATRIX), q(Kind.MATRIX, rows=(replace(ROWS[0], label="Chodniki"), ROWS[1]))),
    "an end of a scale in other words": (q(Kind.SCALE, minimum_label="źle"), q(Kind.SCALE, minimum_label="bardzo źle")),
    "a limit written out that held anyway": (q(Kind.SHORT_TEXT), q(Kind.SHORT_TEXT, maximum=200)),
}
ADDITIVE = {
    "one more option": (q(options=(A, B)), q()),
    "one more row where none is needed": (q(Kind.MATRIX, is_required=False), q(Kind.MATRIX, is_required=False, rows=(*ROWS, MatrixRow("z", "Z")))),
    "no longer needed": (q(), q(is_required=False)),
    "a longer text": (q(Kind.SHORT_TEXT), q(Kind.SHORT_TEXT, maximum=500)),
    "more ticks": (q(Kind.CHOICES, maximum=1), q(Kind.CHOICES, maximum=2)),
    "more places": (q(Kind.RANKING, maximum=1), q(Kind.RANKING, maximum=2)),
    "an earlier day": (q(Kind.DATE, earliest="2026-05-02"), q(Kind.DATE, earliest="2026-05-01")),
    "any day": (q(Kind.DATE, latest="today"), q(Kind.DATE)),
    "no opinion allowed": (q(Kind.SCALE), q(Kind.SCALE, has_no_opinion=True)),
    "a text beside an option": (q(), q(options=(A, B, replace(C, takes_text=True)))),
    "an option that excludes no more": (q(Kind.CHOICES, options=(A, replace(B, is_exclusive=True))), q(Kind.CHOICES, options=(A, B))),
    "asked of everybody, and may be left": (q(is_required=False, shown_when=NEEDS), q(is_required=False)),
}  # fmt: skip
BREAKING = {
    "another kind": (q(), q(Kind.CHOICES)),
    "an option retired": (q(), q(options=(A, B))),
    "two options that change places under their codes": (q(), q(options=(replace(A, label="Przeciw"), replace(B, label="Za"), C))),
    "a row retired": (q(Kind.MATRIX), q(Kind.MATRIX, rows=ROWS[:1])),
    "one more row that has to be judged": (q(Kind.MATRIX), q(Kind.MATRIX, rows=(*ROWS, MatrixRow("z", "Z")))),
    "one more option that has to be placed": (q(Kind.RANKING, options=(A, B)), q(Kind.RANKING)),
    "now needed": (q(is_required=False), q()),
    "fewer ticks": (q(Kind.CHOICES), q(Kind.CHOICES, maximum=2)),
    "a shorter text": (q(Kind.LONG_TEXT), q(Kind.LONG_TEXT, maximum=100)),
    "a higher least number": (q(Kind.NUMBER), q(Kind.NUMBER, minimum=1)),
    "only the best three instead of all": (q(Kind.RANKING), q(Kind.RANKING, maximum=2)),
    "a later day": (q(Kind.DATE), q(Kind.DATE, earliest="2026-05-01")),
    "today instead of a day of the calendar": (q(Kind.DATE, latest="2026-05-01"), q(Kind.DATE, latest="today")),
    "a longer scale": (q(Kind.SCALE), q(Kind.SCALE, maximum=10)),
    "a scale turned round": (
        q(Kind.SCALE, minimum_label="źle", maximum_label="dobrze"), q(Kind.SCALE, minimum_label="dobrze", maximum_label="źle")),
    "an opinion is needed": (q(Kind.SCALE, has_no_opinion=True), q(Kind.SCALE)),
    "an option that excludes": (q(Kind.CHOICES), q(Kind.CHOICES, options=(A, B, replace(C, is_exclusive=True)))),
    "no place for a text any more": (q(options=(A, B, replace(C, takes_text=True))), q()),
    "a consent in other words": (q(Kind.STATEMENT, label="Zgadzam się na A"), q(Kind.STATEMENT, label="Zgadzam się na A i B")),
    "asked of some": (q(), q(shown_when=NEEDS)),
    "asked of everybody, and needed": (q(shown_when=NEEDS), q()),
    "counted another way": (q(Kind.COMPUTED, computed_by="a"), q(Kind.COMPUTED, computed_by="b")),
}  # fmt: skip
TABLE = [
    (edit, name, pair) for edit, pairs in zip(Edit, (COSMETIC, ADDITIVE, BREAKING), strict=True) for name, pair in pairs.items()
]


@pytest.mark.parametrize(
    ("edit", "pair"), [(edit, pair) for edit, _name, pair in TABLE], ids=[name for _edit, name, _pair in TABLE]
)
def test_every_edit_has_its_class(edit, pair):
    was, now = pair

    old, new = form_of(1, FIRST, was), form_of(2, FIRST, now)

    assert edit_class(old, new) == edit
    assert all(change.code == "q" and change.text.endswith(".") for change in difference(old, new))


def test_questions_and_pages_that_come_and_go():
    plain = form_of(1, FIRST)
    optional, needed = form_of(2, FIRST, q(is_required=False)), form_of(2, FIRST, q())
    more = form_of(2, pages=(plain.pages[0], Page("more", "Dalej", questions=(q(is_required=False),))))

    assert edit_class(plain, optional) == Edit.ADDITIVE
    assert edit_class(plain, more) == Edit.ADDITIVE
    assert edit_class(plain, needed) == Edit.BREAKING
    assert edit_class(optional, plain) == Edit.BREAKING
    assert edit_class(form_of(1, FIRST, q()), form_of(2, q(), FIRST)) == Edit.COSMETIC


def test_a_page_under_a_condition_changes_who_is_asked():
    pages = (Page("p", "P", questions=(FIRST,)), Page("q", "Q", questions=(q(),)))
    old, new = form_of(1, pages=pages), form_of(2, pages=(pages[0], replace(pages[1], shown_when=NEEDS)))

    assert edit_class(old, new) == Edit.BREAKING
    assert difference(old, replace(old, version=2)) == []


def test_the_difference_is_said_in_words_and_as_data():
    old, new = form_of(1, q()), form_of(2, q(label="Czy jesteś za?", options=(A, B)))

    changes = difference(old, new)

    assert [(change.edit, change.text) for change in changes] == [
        (Edit.COSMETIC, "Inne słowa: „Pytanie” to teraz „Czy jesteś za?”."),
        (Edit.BREAKING, "„Czy jesteś za?”: nie ma już „Nie wiem”."),
    ]
    assert changes[1].as_json() == {
        "edit": "breaking",
        "text": "„Czy jesteś za?”: nie ma już „Nie wiem”.",
        "code": "q",
        "part": "c",
    }
    assert isinstance(changes[0], Change)


# A stale form ------------------------------------------------------------------------------------------------------


def reworked(survey, **changes):
    """The survey's next version: questions by code replaced, or left out with None."""
    pages = tuple(
        replace(page, questions=tuple(changes.get(one.code, one) for one in page.questions if changes.get(one.code, one) is not None))
        for page in survey.pages
    )  # fmt: skip
    return replace(survey, version=2, pages=pages)


def test_a_stale_form_is_accepted_when_only_words_changed(survey):
    new = reworked(survey, who=replace(survey.questions["who"], label="Kim jesteś dla tej ulicy?"))

    assert carried_over(survey, new, FULL, day=DAY) == (FULL, [])


def test_a_stale_form_asks_only_about_what_changed(survey):
    """Anna filled version 1 while Dariusz retired the option she chose, asked anew for consent and asked one thing more."""
    needs, consent = survey.questions["needs"], survey.questions["consent"]
    new = reworked(
        survey,
        needs=replace(needs, options=tuple(option for option in needs.options if option.code != "trees")),
        consent=replace(consent, label="Zgadzam się na więcej"),
        persons=replace(survey.questions["persons"], is_required=True),
    )

    kept, asked = carried_over(survey, new, FULL, day=DAY)
    without_persons = {code: value for code, value in FULL.items() if code != "persons"}

    assert asked == ["needs", "consent"]
    assert kept == {code: value for code, value in FULL.items() if code not in ("needs", "needs_other")}
    assert carried_over(survey, new, without_persons, day=DAY)[1] == ["needs", "persons", "consent"]


def test_who_did_not_choose_the_option_that_changed_is_not_asked(survey):
    needs = survey.questions["needs"]
    swapped = {"benches": "Miejsc do parkowania", "parking": "Ławek"}
    options = tuple(replace(option, label=swapped.get(option.code, option.label)) for option in needs.options)
    new = reworked(survey, needs=replace(needs, options=options))

    assert carried_over(survey, new, FULL, day=DAY)[1] == []
    assert carried_over(survey, new, {**FULL, "needs": ["benches"]} | {"needs_other": ""}, day=DAY)[1] == ["needs"]


@st.composite
def tightened(draw, question):
    """Any edit at all, also of what is needed and of limits."""
    question = draw(edited(question))
    if draw(st.booleans()):
        question = replace(question, is_required=not question.is_required)
    if draw(st.booleans()):
        question = replace(question, has_no_opinion=not question.has_no_opinion)
    return replace(question, maximum=draw(st.sampled_from([None, question.maximum, 2, 5])))


@st.composite
def two_versions(draw):
    codes = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
    asked = [draw(questions(code)) for code in codes]
    old = draw(laid_out(1, asked))
    new = draw(laid_out(2, [draw(st.just(one) | tightened(one)) for one in draw(st.permutations(asked))]))
    return old, new


@settings(max_examples=400)
@given(pair=two_versions(), data=st.data())
def test_what_is_called_cosmetic_or_additive_leaves_every_answer_as_it_was(pair, data):
    """The promise of the classes, tried on random edits: nothing complete becomes incomplete, nothing given is dropped."""
    old, new = pair
    assume(edit_class(old, new) != Edit.BREAKING)
    answers = data.draw(answered(old))
    assume(check_all(old, answers, context=Context(DAY)).is_complete)

    assert carried_over(old, new, answers, day=DAY) == (answers, [])


@given(pair=two_versions(), data=st.data())
def test_what_is_carried_over_is_good_and_what_is_asked_is_there(pair, data):
    old, new = pair
    kept, asked = carried_over(old, new, data.draw(answered(old)), day=DAY)

    checked = check_all(new, kept, context=Context(DAY))
    assert checked.answers == kept
    assert set(checked.errors) <= set(asked) <= set(new.questions)
