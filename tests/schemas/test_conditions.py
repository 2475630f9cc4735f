"""A clerk says when a question is shown by picking from menus."""

import pytest

from office.transitions import Refused
from schemas.actions import next_version, publish
from schemas.conditions import ConditionForm, questions_before, set_condition
from schemas.definition import Row, Rule, compiled
from schemas.models import ConditionGroup, Page, Question, Version
from tests.schemas.conftest import MOMENT

PAGES = [
    {
        "code": "p", "title": "Pierwszy", "questions": [
            {"code": "house", "kind": "yes_no", "label": "Dom?"},
            {"code": "people", "kind": "number", "label": "Ile osób?"},
            {"code": "why", "kind": "note", "label": "Po co pytamy"},
        ],
    },
    {"code": "q", "title": "Drugi", "questions": [{"code": "last", "kind": "short_text", "label": "Uwagi"}]},
]  # fmt: skip


@pytest.fixture
def version(make_version):
    return make_version(PAGES)


@pytest.fixture
def last(version):
    return Question.objects.get(code="last")


def posted(obj, **data):
    return ConditionForm({"needs_all": "all", **data}, obj=obj)


def row_of(code, operator, value=""):
    return f"{Question.objects.get(code=code).pk}|{operator}|{value}"


def test_only_earlier_questions_that_can_be_compared_are_offered(version, last):
    assert [question.code for question in questions_before(last)] == ["house", "people"]
    assert [question.code for question in questions_before(Question.objects.get(code="people"))] == ["house"]
    assert [question.code for question in questions_before(Page.objects.get(code="q"))] == ["house", "people"]
    assert questions_before(Page.objects.get(code="p")) == []


def test_the_menu_says_each_condition_in_words(version, last):
    _, (group, choices) = ConditionForm(obj=last).fields["row_1"].choices[:2]

    assert group == "house: Dom?"
    assert [words for _value, words in choices] == [
        "house jest „tak”", "house jest „nie”", "house nie jest „tak”", "house nie jest „nie”", "house wypełniono",
    ]  # fmt: skip


def test_picked_rows_become_the_condition_and_come_back_to_the_form(version, last):
    form = posted(last, row_1=row_of("house", "is", "yes"), row_2=row_of("people", "at_least"), value_2="3", needs_all="any")

    assert form.is_valid(), form.errors
    set_condition(last, by=None, **form.cleaned_data)

    rule = compiled(version.pk).questions["last"].shown_when
    assert rule == Rule(False, (Row("house", "is", "yes"), Row("people", "at_least", "3")))
    again = ConditionForm(obj=last)
    assert again["row_2"].value() == row_of("people", "at_least")
    assert again["value_2"].value() == "3"
    assert again["needs_all"].value() == "any"


def test_no_rows_mean_always(version, last):
    set_condition(last, needs_all=True, rows=[(Question.objects.get(code="house"), "is", "yes")], by=None)

    form = posted(last)
    assert form.is_valid()
    set_condition(last, by=None, **form.cleaned_data)

    assert not ConditionGroup.objects.exists()


@pytest.mark.parametrize("value", ["", "trzy", "3;drop", "2026-03-01"])
def test_a_number_to_compare_with_has_to_be_a_number(version, last, value):
    form = posted(last, row_1=row_of("people", "at_least"), value_1=value)

    assert form.errors == {"value_1": ["Wpisz liczbę albo datę w postaci 2026-03-01."]}


@pytest.mark.parametrize("forged", ["x|is|yes", "1|eval|2", "__import__('os')", "||"])
def test_only_what_the_menu_offers_is_taken(version, last, forged):
    """S40"""
    assert not posted(last, row_1=forged).is_valid()


def test_a_page_is_shown_by_a_condition_too(version):
    page = Page.objects.get(code="q")

    set_condition(page, needs_all=True, rows=[(Question.objects.get(code="house"), "is", "yes")], by=None)

    assert [page.code for page in compiled(version.pk).visible_pages({"house": "no"})] == ["p"]


def test_a_published_version_takes_no_condition(version, last):
    publish(version, by=None, moment=MOMENT)

    with pytest.raises(Refused, match="ogłoszona"):
        set_condition(last, needs_all=True, rows=[], by=None)


def test_conditions_of_the_next_version_ask_about_its_own_questions(do_1):
    draft = next_version(Version.objects.get(), by=None)

    assert {row.asked.page.version_id for row in draft.condition_rows()} == {draft.pk}
