"""Which card counts and for what (C30-C36)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.cards import (
    CARD_RULES,
    FIRST,
    LAST,
    NEITHER,
    REVIEW,
    AgePolicy,
    CardRule,
    Mark,
    age_on,
    counted_of,
    impossible,
    judge,
    policy_on,
    protocol,
)
from consultations.tally import Ballot, Entry, tally

PRUSZCZ = CARD_RULES["pruszcz-2019"]
COSTS = {code: 150_000_00 for code in "ABCDEFG"}


def card(text: str) -> list[Mark]:
    """`A5 B4 C` as Celina keys it: C is marked and has no points."""
    return [Mark(line[0], int(line[1:]) if line[1:] else None) for line in text.split()]


def pruszcz(text: str):
    return judge(PRUSZCZ, card(text), COSTS)


@pytest.mark.parametrize("text", ["A5", "A1", "A5 B4 C3 D2 E1", "A1 B2 C3", "G3 F5"])
def test_up_to_five_projects_with_points_five_to_one_each_value_once(text):
    """C30"""
    verdict = pruszcz(text)

    assert verdict.is_valid
    assert not verdict.ignored
    assert list(verdict.kept) == card(text)


def test_a_marked_project_without_points_is_left_out_and_the_card_is_valid():
    """C31"""
    verdict = pruszcz("A5 B C3")

    assert verdict.is_valid
    assert list(verdict.kept) == card("A5 C3")
    assert [str(line.reason) for line in verdict.ignored] == ["Projekt „B” zaznaczono bez punktów."]


def test_equal_points_on_two_lines_leave_both_out_and_the_card_is_valid():
    """C31"""
    verdict = pruszcz("A5 B5 C3")

    assert verdict.is_valid
    assert list(verdict.kept) == card("C3")
    assert [line.mark for line in verdict.ignored] == card("A5 B5")
    assert "Tyle samo punktów (5)" in str(verdict.ignored[0].reason)


def test_a_card_of_nothing_but_equal_points_is_valid_and_counts_for_nobody():
    """C31"""
    verdict = pruszcz("A5 B5")

    assert verdict.is_valid
    assert verdict.ballot == Ballot(())


@pytest.mark.parametrize("text, code", [("", "none-marked"), ("A5 B4 C3 D2 E1 F", "too-many"), ("A B C D E F", "too-many")])
def test_none_or_more_than_five_marked_make_the_card_invalid(text, code):
    """C31: the sixth mark counts with points or without."""
    verdict = pruszcz(text)

    assert not verdict.is_valid
    assert verdict.code == code
    assert verdict.kept == ()
    assert str(verdict.reason)


@pytest.mark.parametrize("text, kept", [("A6 B4", "B4"), ("A0 B4", "B4"), ("A-5 B4", "B4"), ("A5 A3 B4", "B4"), ("A5 A5", "A5")])
def test_points_off_the_scale_or_two_for_one_project_are_left_out(text, kept):
    assert list(pruszcz(text).kept) == card(kept)


@given(st.lists(st.tuples(st.sampled_from("ABCDEFG"), st.none() | st.integers(-1, 7)), max_size=9))
def test_whatever_is_on_a_card_what_is_kept_obeys_the_rule(lines):
    """C30, C31"""
    marks = [Mark(*line) for line in lines]

    verdict = judge(PRUSZCZ, marks, COSTS)

    points = [mark.points for mark in verdict.kept]
    assert len(points) == len(set(points)) == len({mark.project for mark in verdict.kept}) <= 5
    assert set(points) <= {1, 2, 3, 4, 5}
    assert verdict.is_valid == (1 <= len({mark.project for mark in marks}) <= 5)
    assert {mark for mark in marks} == set(verdict.kept) | {line.mark for line in verdict.ignored} or not verdict.is_valid


def test_the_points_of_pruszcz_choose_winners_until_the_pot_can_not_pay_the_next():
    """C32: 600,000 zł, at most 150,000 zł a project. C is too big to win, F too dear for what is left and ends it."""
    projects = [Entry("A", 150_000_00), Entry("B", 150_000_00), Entry("C", 150_000_01), Entry("D", 140_000_00)]
    projects += [Entry("E", 100_000_00), Entry("F", 70_000_00), Entry("G", 10_000_00)]
    cards = ["A5 B4 C3 D2 E1"] * 6 + ["F3 E4"] * 2 + ["C5"] * 20 + ["G1"]
    ballots = [judge(PRUSZCZ, card(text), COSTS).ballot for text in cards]

    result = tally("pruszcz-points", 600_000_00, projects, ballots, max_cost=150_000_00)

    assert result.winners == ("A", "B", "E", "D")
    assert result.left == 60_000_00
    assert [(step.project, step.outcome) for step in result.steps if step.outcome != "won"] == [
        ("C", "too-big"),
        ("F", "too-dear"),
        ("G", "not-reached"),
    ]


def test_the_protocol_of_2023_23_taken_out_14_valid():
    """C35: the figures are the town's; why nine were invalid is not published, so the reasons here are modelled."""
    cards = ["A5 B4"] * 11 + ["A5 B", "C3 D3", "A1"] + [""] * 5 + ["A5 B4 C3 D2 E1 F"] * 4

    read_out = protocol(pruszcz(text) for text in cards)

    assert (read_out.taken_out, read_out.valid, read_out.invalid_together) == (23, 14, 9)
    assert read_out.invalid == {"none-marked": 5, "too-many": 4}
    assert read_out.ignored_lines == 3


@pytest.mark.parametrize("policy, counted", [(FIRST, "first"), (LAST, "last"), (REVIEW, None), (NEITHER, None)])
def test_which_card_of_two_counts_is_data_and_one_card_counts_itself(policy, counted):
    """C34"""
    assert counted_of(policy, ["first", "last"]) == counted
    assert counted_of(policy, ["only"]) == "only"
    assert counted_of(policy, []) is None


# Other kinds of card --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule, text, code",
    [
        (CardRule("approval", least_marks=2, most_marks=3), "A", "too-few"),
        (CardRule("approval", least_marks=2, most_marks=3), "A B C", ""),
        (CardRule("approval", most_marks=3), "A B C D", "too-many"),
        (CardRule("approval", most_cost=300_000_00), "A B", ""),
        (CardRule("approval", most_cost=300_000_00), "A B C", "cost-too-high"),
        (CardRule("approval", least_cost=300_000_00), "A", "cost-too-low"),
        (CardRule("approval"), "A X", "unknown-project"),
        (CARD_RULES["choose-1"], "A B", "too-many"),
        (CARD_RULES["choose-1"], "A", ""),
        (CardRule("cumulative", most_sum=3, least_points=0), "A2 B1", ""),
        (CardRule("cumulative", most_sum=3, least_points=0), "A2 B2", "sum-too-high"),
        (CardRule("cumulative", least_sum=3, least_points=0), "A2", "sum-too-low"),
        (CARD_RULES["cumulative"], "A-1", "points-outside"),
        (CARD_RULES["cumulative"], "A", "no-points"),
        (CardRule("scoring", least_points=-2, most_points=2), "A-2 B2", ""),
        (CardRule("scoring", least_points=-2, most_points=2), "A3", "points-outside"),
        (CardRule("ordinal", least_marks=3, most_marks=3), "A B C", ""),
        (CardRule("ordinal", least_marks=3, most_marks=3), "A B", "too-few"),
    ],
)
def test_limits_of_every_kind_of_card(rule, text, code):
    verdict = judge(rule, card(text), COSTS)

    assert verdict.code == code
    assert verdict.is_valid == (not code)


def test_a_rule_survives_a_json_column_and_a_misspelt_limit_is_refused():
    for name, rule in CARD_RULES.items():
        assert CardRule.of_data(rule.ballot_type, rule.as_data()) == rule, name
    with pytest.raises(TypeError):
        CardRule.of_data("approval", {"most_mark": 3})


# Age ------------------------------------------------------------------------------------------------------------------

EDITIONS = [
    AgePolicy(date(2018, 1, 1), least_age=16, consent_below=None, source="edycja 2018"),
    AgePolicy(date(2019, 1, 1), least_age=None, consent_below=16, source="edycja 2019"),
]


@pytest.mark.parametrize(
    "day, age, has_consent, may_vote",
    [
        (date(2018, 9, 1), 15, True, False),
        (date(2018, 9, 1), 16, False, True),
        (date(2019, 9, 1), 15, False, False),
        (date(2019, 9, 1), 15, True, True),
        (date(2019, 9, 1), 16, False, True),
    ],
)
def test_under_sixteens_were_out_in_2018_and_in_with_a_guardian_in_2019(day, age, has_consent, may_vote):
    """C33"""
    policy = policy_on(EDITIONS, day)

    assert (policy.refusal(age, day, has_consent=has_consent) is None) == may_vote


def test_before_the_first_edition_there_is_no_policy():
    assert policy_on(EDITIONS, date(2017, 12, 31)) is None


def test_a_year_is_full_on_the_birthday_and_of_29_february_on_1_march():
    assert age_on(date(2003, 11, 25), date(2019, 11, 24)) == 15
    assert age_on(date(2003, 11, 25), date(2019, 11, 25)) == 16
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22


@pytest.mark.parametrize("given_age", [142, 200, 116, -1, date(2027, 1, 1), date(1909, 11, 25), date(1800, 1, 1)])
def test_impossible_ages_stop_a_vote(given_age):
    """C36: Wrocław 2025 accepted people aged 142 and 200."""
    assert impossible(given_age, date(2026, 11, 25))


@pytest.mark.parametrize("given_age", [0, 115, date(2026, 11, 25), date(1910, 11, 26), date(1911, 11, 25)])
def test_rare_ages_are_believed(given_age):
    """C36"""
    assert impossible(given_age, date(2026, 11, 25)) is None
