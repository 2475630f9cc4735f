"""A published version in memory: read once, walked by what the person answered."""

import pytest
from django.utils import timezone

from schemas.actions import publish
from schemas.definition import Row, Rule, compiled
from schemas.models import Operator


def codes(pages):
    return [page.code for page in pages]


def test_pages_follow_the_answers(do_1):
    everyone = ["powod", "data", "rola", "dane", "adres", "zalaczniki", "pouczenie"]

    assert codes(do_1.visible_pages({})) == ["powod", "data", "rola", "dane", "adres", "zalaczniki", "pouczenie"]
    assert codes(do_1.visible_pages({"reason": "end"})) == everyone
    assert codes(do_1.visible_pages({"reason": "first"})) == [*everyone[:5], "osoby", "kompost", "oplata", *everyone[5:]]


def test_next_and_previous_pages_skip_what_is_hidden(do_1):
    assert do_1.next_page("adres", {"reason": "end"}).code == "zalaczniki"
    assert do_1.next_page("adres", {"reason": "first"}).code == "osoby"
    assert do_1.previous_page("zalaczniki", {"reason": "end"}).code == "adres"
    assert do_1.next_page("pouczenie", {}) is None
    assert do_1.previous_page("powod", {}) is None


def test_a_person_standing_on_a_page_that_became_hidden_goes_on_from_its_place(do_1):
    assert do_1.next_page("kompost", {"reason": "end"}).code == "zalaczniki"
    assert do_1.previous_page("kompost", {"reason": "end"}).code == "adres"


def test_questions_of_a_page_follow_the_answers(do_1):
    shown = do_1.visible_questions(do_1.page("dane"), {"payer": "company"})

    assert [question.code for question in shown] == ["company-name", "nip", "representative", "phone"]


def test_questions_are_numbered_for_paper_and_notes_are_not(do_1):
    assert do_1.questions["reason"].number == 1
    assert do_1.questions["term-first"].number is None
    assert do_1.questions["role"].number == 7


@pytest.mark.parametrize(
    ("row", "answer", "holds"),
    [
        (Row("a", Operator.IS, "yes"), "yes", True),
        (Row("a", Operator.IS, "yes"), "no", False),
        (Row("a", Operator.IS, "yes"), None, False),
        (Row("a", Operator.IS_NOT, "yes"), "no", True),
        (Row("a", Operator.IS_NOT, "yes"), None, False),
        (Row("a", Operator.IS, "3"), 3, True),
        (Row("a", Operator.INCLUDES, "red"), ["red", "blue"], True),
        (Row("a", Operator.INCLUDES, "red"), "red", False),
        (Row("a", Operator.AT_LEAST, "3"), 3, True),
        (Row("a", Operator.AT_LEAST, "10"), 9, False),
        (Row("a", Operator.AT_LEAST, "3"), "trzy", False),
        (Row("a", Operator.AT_LEAST, "3"), True, False),
        (Row("a", Operator.AT_MOST, "2026-03-01"), "2026-02-28", True),
        (Row("a", Operator.AT_MOST, "2026-03-01"), "2026-03-02", False),
        (Row("a", Operator.AT_MOST, "nie liczba"), 3, False),
        (Row("a", Operator.ANSWERED), "x", True),
        (Row("a", Operator.ANSWERED), [], False),
        (Row("a", Operator.ANSWERED), False, False),
        (Row("a", Operator.ANSWERED), 0, True),
    ],
)
def test_a_row_compares_an_answer_of_any_shape(row, answer, holds):
    assert row.holds({"a": answer}) is holds


def test_all_or_any_of_the_rows():
    rows = (Row("a", Operator.IS, "yes"), Row("b", Operator.IS, "yes"))

    assert not Rule(True, rows).holds({"a": "yes"})
    assert Rule(False, rows).holds({"a": "yes"})


def test_a_published_version_is_read_from_the_database_once(make_version, django_assert_num_queries):
    version = make_version([{"code": "p", "title": "P", "questions": [{"code": "q", "kind": "short_text", "label": "Imię"}]}])
    publish(version, by=None, moment=timezone.now())

    with django_assert_num_queries(7):
        first = compiled(version.pk)
    with django_assert_num_queries(0):
        assert compiled(version.pk) is first


def test_queries_do_not_grow_with_the_form(do_1, django_assert_max_num_queries):
    from schemas.definition import compile_version
    from schemas.models import Version

    version = Version.objects.select_related("definition").get(pk=do_1.version_id)
    with django_assert_max_num_queries(10):
        assert compile_version(version) == do_1


def test_a_draft_is_read_every_time(make_version):
    version = make_version([{"code": "p", "title": "P", "questions": [{"code": "q", "kind": "short_text", "label": "Imię"}]}])
    before = compiled(version.pk)

    version.pages.get().questions.update(label="Nazwisko")

    assert before.questions["q"].label == "Imię"
    assert compiled(version.pk).questions["q"].label == "Nazwisko"
