"""The whole check: what is hidden goes, what is missing is named in order, and the same answers always give the same bytes."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from schemas.checking import canonical, check_all, check_page, half_typed, merged
from schemas.computed import Context
from tests.schemas.conftest import DAY, PESEL

FILE = {"id": "6f1f", "name": "plan.pdf", "size": 1200, "sha256": "0" * 64, "media_type": "application/pdf"}


def test_a_complete_declaration_is_kept_as_it_was_and_its_fee_is_counted(do_1, anna_answers):
    checked = check_all(do_1, anna_answers, context=Context(DAY))

    assert checked.errors == {}
    assert checked.answers == anna_answers
    assert checked.computed["fee"].as_json() == {"value": {"grosze": 9600}, "text": "96,00 zł", "basis": "3 os."}


def test_the_caller_passes_facts_to_computed_fields(do_1, anna_answers):
    checked = check_all(do_1, anna_answers, context=Context(DAY, {"rate": 4000}))

    assert checked.computed["fee"].text == "120,00 zł"


def test_answers_to_questions_no_longer_asked_do_not_survive(do_1, anna_answers):
    """Anna first said a company pays, then that she does; then that there is no compost."""
    answers = {**anna_answers, "nip": "5930206827", "company-name": "Radunia sp. z o.o.", "composting": "no"}

    checked = check_all(do_1, answers, context=Context(DAY))

    assert checked.errors == {}
    gone = {"nip", "company-name", "compost-volume", "compost-statement"}
    assert checked.answers == {code: value for code, value in answers.items() if code not in gone}


def test_a_hidden_answer_decides_nothing(do_1, anna_answers):
    """A house that is not a single-family one is not asked about compost, whatever was ticked before."""
    checked = check_all(do_1, {**anna_answers, "house": "no"}, context=Context(DAY))

    assert checked.errors == {}
    assert "compost-volume" not in checked.answers


def test_an_end_of_duty_needs_no_count_of_people_and_no_fee(do_1, anna_answers):
    answers = {**anna_answers, "reason": "end", "end-day": "2026-02-28"}

    checked = check_all(do_1, answers, context=Context(DAY))

    assert checked.errors == {}
    assert "residents-count" not in checked.answers
    assert checked.computed == {}


def test_what_is_missing_is_named_in_the_order_of_the_form(do_1):
    checked = check_all(do_1, {"truth": True, "payer": "person"}, context=Context(DAY))

    asked = ["reason", "role", "first-name", "last-name", "pesel", "address"]
    assert list(checked.errors) == asked
    assert checked.errors["pesel"] == "Wpisz numer PESEL."
    assert checked.computed == {}


def test_unknown_answers_and_computed_values_from_outside_are_dropped(do_1, anna_answers):
    checked = check_all(do_1, {**anna_answers, "fee": 1, "is-admin": True}, context=Context(DAY))

    assert checked.answers == anna_answers
    assert checked.computed["fee"].text == "96,00 zł"


def test_a_fee_that_can_not_be_counted_is_an_error_at_the_fee(make_form):
    form = make_form({"code": "fee", "kind": "computed", "label": "Opłata", "computed_by": "waste_fee"})

    checked = check_all(form, {}, context=Context(DAY))

    assert checked.errors == {"fee": "Wpisz, ile osób mieszka w domu."}


@pytest.mark.parametrize("nonsense", [None, [], "tekst", 7, {"reason": {"a": [1]}}, {"reason": float("nan")}])
def test_answers_of_any_shape_give_messages_and_never_an_exception(do_1, nonsense):
    assert "reason" in check_all(do_1, nonsense, context=Context(DAY)).errors


# One page ----------------------------------------------------------------------------------------------------------


def test_a_posted_page_gives_values_and_messages(do_1, anna_answers):
    page = do_1.page("dane")
    data = QueryDict("first-name=Anna&last-name=&pesel=9009051583&phone=123+456+789&nip=1")

    cleaned, errors = check_page(do_1, page, data, answers={"payer": "person"}, day=DAY)

    assert cleaned == {"first-name": "Anna", "phone": "+48123456789"}
    assert errors == {"last-name": "Uzupełnij to pole.", "pesel": "Numer PESEL ma 11 cyfr, wpisano 10."}


def test_an_answer_on_the_page_brings_up_the_next_question_of_the_page(do_1):
    page = do_1.page("kompost")

    _, errors = check_page(do_1, page, QueryDict("house=yes&composting=yes"), answers={"reason": "first"}, day=DAY)

    assert list(errors) == ["compost-volume", "compost-statement"]


def test_a_date_comes_in_three_boxes_or_in_one(do_1):
    page, answers = do_1.page("data"), {"reason": "first"}

    boxes = QueryDict("first-day_day=3&first-day_month=2&first-day_year=2026")
    for data in (boxes, QueryDict("first-day=3.2.2026"), {"first-day": "2026-02-03"}):
        assert check_page(do_1, page, data, answers=answers, day=DAY) == ({"first-day": "2026-02-03"}, {})


def test_a_saved_pesel_is_kept_when_its_box_comes_back_empty(do_1):
    """S55: the number is never sent back to the page, so an empty box means "as it was"."""
    page, answers = do_1.page("dane"), {"payer": "person", "pesel": PESEL}

    cleaned, errors = check_page(do_1, page, QueryDict("first-name=Anna&last-name=Z&pesel="), answers=answers, day=DAY)

    assert errors == {}
    assert cleaned["pesel"] == PESEL


def test_files_are_taken_from_what_was_stored_never_from_the_form(do_1):
    page = do_1.page("zalaczniki")

    forged, _ = check_page(do_1, page, QueryDict("attachments=6f1f"), answers={"reason": "first"}, day=DAY)
    stored, _ = check_page(do_1, page, QueryDict(""), answers={"reason": "first", "attachments": [FILE]}, day=DAY)

    assert forged == {}
    assert stored == {"attachments": [FILE]}


def test_files_sent_now_count_with_those_attached_before(do_1):
    page, answers = do_1.page("zalaczniki"), {"reason": "first", "attachments": [FILE] * 4}
    two = MultiValueDict({"attachments": [SimpleUploadedFile(name, b"x") for name in ("a.pdf", "b.pdf")]})

    _, errors = check_page(do_1, page, QueryDict(""), two, answers=answers, day=DAY)

    assert errors == {"attachments": "Tu można dodać najwyżej 5\u00a0plików."}


def test_keeping_a_page_forgets_what_was_emptied_and_remembers_what_is_only_hidden(do_1, anna_answers):
    page = do_1.page("dane")
    answers = {**anna_answers, "nip": "5930206827"}

    kept = merged(do_1, page, answers, {"first-name": "Anna", "last-name": "Nowa", "pesel": PESEL})

    assert "phone" not in kept
    assert kept["nip"] == "5930206827"
    assert kept["last-name"] == "Nowa"


def test_half_typed_answers_stay_as_typed_until_corrected(do_1):
    page, answers = do_1.page("dane"), {"payer": "person", "phone": "+48123456789"}
    data = QueryDict("first-name=Ann&pesel=900905&phone=")

    kept = half_typed(do_1, page, data, answers=answers, day=DAY)

    assert kept == {"payer": "person", "first-name": "Ann", "pesel": "900905"}
    assert check_all(do_1, kept, context=Context(DAY)).errors["pesel"] == "Numer PESEL ma 11 cyfr, wpisano 6."


# Canonical bytes ---------------------------------------------------------------------------------------------------


def test_canonical_bytes_are_sorted_composed_and_plain():
    answers = {"b": ["Z\u0307", 1], "a": {"y": None, "x": True}}

    assert canonical(answers) == '{"a":{"x":true,"y":null},"b":["Ż",1]}'.encode()


def test_canonical_bytes_do_not_depend_on_the_order_of_keys(anna_answers):
    shuffled = dict(reversed(anna_answers.items()))

    assert canonical(shuffled) == canonical(anna_answers)
    assert json.loads(canonical(shuffled)) == anna_answers


@pytest.mark.parametrize("impossible", [1.5, float("nan"), {"a": {1, 2}}, b"bytes"])
def test_what_has_no_single_form_has_no_canonical_bytes(impossible):
    with pytest.raises(TypeError):
        canonical(impossible)
