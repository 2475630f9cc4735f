"""F17: whatever a browser, a script or a broken draft sends, the checker answers; and its answers hold their promises."""

import json
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.checking import canonical, check_all, check_page, half_typed, merged
from schemas.computed import Context
from schemas.forms import page_form
from schemas.readable import readable
from tests.schemas.conftest import DAY, DO_1, PESEL

ASKED = [question for page in DO_1["pages"] for question in page["questions"]]
CODES = [question["code"] for question in ASKED]
OPTIONS = sorted({option["code"] for question in ASKED for option in question.get("options", [])})
PARTS = [
    f"{code}_{part}" for code in ("first-day", "change-day", "address") for part in ("day", "month", "year", "street", "number")
]

texts = st.text(max_size=40) | st.text(st.characters(codec=None, min_codepoint=0, max_codepoint=0x2FFF), max_size=12)
likely = st.sampled_from(
    [*OPTIONS, "yes", "no", "on", "3", "-1", "0" * 30, "2026-02-03", "31.2.2026", PESEL, "123456789", "Batorego", "12a"]
)
leaves = st.none() | st.booleans() | st.integers() | st.floats() | texts | likely
anything = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | st.sampled_from(CODES), inner, max_size=4),
    max_leaves=8,
)
address = st.fixed_dictionaries({"street": st.just("Batorego"), "number": st.just("12a")}, optional={"flat": likely})
drafts = st.dictionaries(st.sampled_from(CODES), likely | st.integers(-5, 900) | anything | address, max_size=16)
posted = st.dictionaries(st.sampled_from([*CODES, *PARTS, "_asked", "csrf"]), st.lists(likely | texts, max_size=3), max_size=12)
shared = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_post(data):
    pairs = [(name, value.encode("utf-8", "replace")) for name, values in data.items() for value in values]
    return QueryDict(urlencode(pairs))


@shared
@given(answers=drafts | anything)
def test_the_whole_check_never_raises_and_is_idempotent(do_1, answers):
    checked = check_all(do_1, answers, context=Context(DAY))
    again = check_all(do_1, checked.answers, context=Context(DAY))

    assert again.answers == checked.answers
    assert canonical(again.answers) == canonical(json.loads(canonical(checked.answers)))
    if checked.is_complete:
        assert (again.errors, again.computed) == ({}, checked.computed)


@shared
@given(answers=drafts)
def test_hidden_answers_never_survive_and_messages_keep_the_order_of_the_form(do_1, answers):
    checked = check_all(do_1, answers, context=Context(DAY))

    shown = [question.code for _page, questions in do_1.walk(checked.answers) for question in questions]
    assert set(checked.answers) <= set(shown)
    assert list(checked.errors) == [code for code in shown if code in checked.errors]
    assert not set(checked.errors) & set(checked.answers)


@shared
@given(answers=drafts, data=posted, code=st.sampled_from([page["code"] for page in DO_1["pages"]]))
def test_a_posted_page_never_raises_and_every_view_of_it_agrees(do_1, answers, data, code):
    page, post = do_1.page(code), as_post(data)

    cleaned, errors = check_page(do_1, page, post, answers=answers, day=DAY)
    form = page_form(do_1, page, answers=answers, data=post, day=DAY)

    assert form.is_valid() <= (not errors)
    assert set(errors) <= set(form.errors)
    str(form)
    kept = merged(do_1, page, half_typed(do_1, page, post, answers=answers, day=DAY), cleaned)
    str(page_form(do_1, page, answers=kept, day=DAY))
    readable(do_1, kept)


@shared
@given(data=anything)
def test_a_page_sent_as_json_never_raises(do_1, data):
    for page in do_1.pages:
        check_page(do_1, page, data, answers=data, day=DAY)
        half_typed(do_1, page, data, answers={}, day=DAY)


@shared
@given(answers=st.dictionaries(texts, st.integers() | likely, max_size=8), seed=st.randoms())
def test_canonical_bytes_do_not_depend_on_order(answers, seed):
    pairs = [(key.encode("utf-8", "ignore").decode(), value) for key, value in answers.items()]
    unique = dict(pairs)
    shuffled = list(unique.items())
    seed.shuffle(shuffled)

    assert canonical(dict(shuffled)) == canonical(unique)


@pytest.mark.parametrize(
    "hostile", ["0" * 100_001, "[" * 50_000, "3." * 50_000, "a@" * 50_000, " " * 90_000 + "x", "1 " * 49_000]
)
def test_long_hostile_texts_are_answered_at_once(do_1, hostile):
    """S43: no expression runs away."""
    for page in do_1.pages:
        check_page(do_1, page, {code: hostile for code in CODES}, answers={"reason": "first", "payer": "person"}, day=DAY)
