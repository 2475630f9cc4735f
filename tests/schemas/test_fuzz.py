"""F17: whatever a browser, a script or a broken draft sends, the checker answers; and its answers hold their promises."""

import json
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.checking import canonical, check_all, check_page, half_typed, merged
from schemas.computed import Context
from schemas.definition import MatrixRow, Option, Question
from schemas.forms import page_form
from schemas.kinds import Invalid, parse
from schemas.models import Kind
from schemas.readable import readable
from tests.schemas.conftest import DAY, DO_1, FULL, PESEL, SURVEY

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


OFFERED = ("a", "b", "inne")
KINDS = [
    Question(
        "q", kind, "Q", is_required=is_required, minimum=least, maximum=most, has_no_opinion=is_required, latest="today",
        options=tuple(Option(code, code, takes_text=code == "inne", is_exclusive=code == "b") for code in OFFERED),
        rows=(MatrixRow("a", "A"), MatrixRow("x", "X")),
    )
    for kind in Kind if kind != Kind.ADDRESS  # it asks the database; the forms above try it
    for is_required in (True, False) for least, most in ((None, None), (1, 3), (0, 2))
]  # fmt: skip
picked = st.sampled_from([*OFFERED, "x", "1", "2", "3", "no-opinion", "\x07", "\u202e", "", 1, 2, True])
pickings = picked | st.lists(picked, max_size=4) | st.dictionaries(picked.map(str), picked | anything, max_size=4) | anything


@settings(max_examples=600, deadline=None)
@given(question=st.sampled_from(KINDS), raw=pickings)
def test_every_kind_answers_anything_with_a_value_or_a_message(question, raw):
    """F17: and what it keeps it takes back unchanged, as JSON, from within the version (I2)."""
    try:
        kept = parse(question, raw, DAY)
    except Invalid as why:
        assert str(why).strip()
        return

    assert parse(question, kept, DAY) == kept
    assert kept is None or json.loads(canonical(kept)) == kept
    if question.kind in (Kind.CHOICES, Kind.RANKING) and kept:
        assert set(kept) <= set(OFFERED) and len(set(kept)) == len(kept)
    if question.kind == Kind.MATRIX and kept:
        assert set(kept) <= {"a", "x"} and set(kept.values()) <= set(OFFERED)


SURVEY_CODES = [question["code"] for page in SURVEY["pages"] for question in page["questions"]]
NAMES = [
    *SURVEY_CODES, "who_other", "needs_other", "quality_pavement", "quality_light", "order_bike", "order_green", "best_mill", "walk_day", "_asked",
]  # fmt: skip
OFFERS = ["other", "trees", "none", "resident", "bad", "mill", "1", "2", "5", "no-opinion", "on", "2026-05-12"]
survey_posts = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(OFFERS) | texts, max_size=3), max_size=14)
survey_drafts = st.dictionaries(
    st.sampled_from(NAMES), st.sampled_from(OFFERS) | st.lists(st.sampled_from(OFFERS)) | anything, max_size=12
)


@shared
@given(answers=survey_drafts | st.just(FULL), data=survey_posts, number=st.sampled_from([0, 1]))
def test_a_posted_page_of_a_survey_never_raises_and_its_checked_answers_stay(survey, answers, data, number):
    page, post = survey.pages[number], as_post(data)
    cleaned, errors = check_page(survey, page, post, answers=answers, day=DAY)

    kept = merged(survey, page, half_typed(survey, page, post, answers=answers, day=DAY), cleaned)
    checked = check_all(survey, kept, context=Context(DAY))

    assert check_all(survey, checked.answers, context=Context(DAY)).answers == checked.answers
    str(page_form(survey, page, answers=answers, data=post, day=DAY))
    str(page_form(survey, page, answers=kept, day=DAY))
    readable(survey, kept)
    assert not set(errors) & {key.partition("_")[0] for key in cleaned}


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
