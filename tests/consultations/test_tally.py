"""Counting by a named rule (slice 4): who wins, why, what a tie does, and that no order of ballots changes anything."""

import json
import subprocess
import sys
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import pabulib
from consultations.tally import RULES, SKIP, STOP, TIE_RULES, Ballot, Entry, OpenTie, count, draw, seed_of, tally
from tests.consultations.budgets import GDYNIA, GDYNIA_POT, GDYNIA_VOTES, approvals, checked, entries, gdynia_ballots

# What was announced ---------------------------------------------------------------------------------------------------


def test_the_modelled_cards_of_gdynia_have_the_totals_of_the_city():
    totals = count("approval", list(GDYNIA_VOTES), gdynia_ballots())

    assert totals.votes == GDYNIA_VOTES
    assert totals.ballots == 306


def test_gdynia_has_no_final_winners_until_the_tie_at_101_votes_is_decided():
    """B3, C32: 20,000 zł are not spent by silence."""
    result = tally("greedy-votes", GDYNIA_POT, GDYNIA, gdynia_ballots())

    assert result.winners == ("4", "2")
    assert not result.is_final
    assert (result.open_tie.projects, result.open_tie.score, result.open_tie.before) == (("1", "5"), 101, 12_025_00)
    assert [(step.project, step.outcome) for step in result.steps[2:]] == [("1", "open"), ("5", "open"), ("3", "open")]
    with pytest.raises(OpenTie, match="1, 5"):
        result.final_winners()


@pytest.mark.parametrize(
    "ties, winners, decided_by",
    [
        (("higher-cost",), ("4", "2", "1"), ("higher-cost",)),  # what the city announced
        (("lower-cost",), ("4", "2", "5"), ("lower-cost",)),
        (("more-voters", "lower-cost"), ("4", "2", "5"), ("more-voters", "lower-cost")),
    ],
)
def test_the_tie_rule_stated_beforehand_decides_gdynia(ties, winners, decided_by):
    """B3, C32"""
    result = tally("greedy-votes", GDYNIA_POT, GDYNIA, gdynia_ballots(), ties=ties)

    assert result.final_winners() == winners
    assert [(tie.projects, tie.decided_by, tie.is_open) for tie in result.ties] == [(("1", "5"), decided_by, False)]


def test_a_draw_decides_gdynia_once_it_was_held():
    """C32, N3: until then the result names the projects that the draw has to order."""
    waiting = tally("greedy-votes", GDYNIA_POT, GDYNIA, gdynia_ballots(), ties=("more-voters", "draw"))
    drawn = draw(seed_of("0" * 64, "Lotto 1 2 3 4 5 6"), waiting.open_tie.open_between)

    result = tally("greedy-votes", GDYNIA_POT, GDYNIA, gdynia_ballots(), ties=("more-voters", "draw"), draws=[drawn.order])

    assert result.final_winners() == ("4", "2", drawn.order[0])
    assert result.ties[0].decided_by == ("more-voters", "draw")
    assert "czeka na losowanie" in str(waiting.steps[2].reason)


def test_a_draw_between_others_decides_nothing_and_two_draws_of_the_same_are_refused():
    ballots = gdynia_ballots()

    assert not tally("greedy-votes", GDYNIA_POT, GDYNIA, ballots, ties=("draw",), draws=[("1", "3")]).is_final
    assert not tally("greedy-votes", GDYNIA_POT, GDYNIA, ballots, ties=("lower-cost",) * 0, draws=[("1", "5")]).is_final
    with pytest.raises(ValueError):
        tally("greedy-votes", GDYNIA_POT, GDYNIA, ballots, ties=("draw",), draws=[("1", "5"), ("5", "1")])


@pytest.mark.parametrize("ties", [("draw", "lower-cost"), ("undecided", "draw"), ("cheapest",)])
def test_a_chain_of_ties_that_makes_no_sense_is_refused(ties):
    with pytest.raises(ValueError):
        tally("greedy-votes", 1000, entries([500]), approvals("1"), ties=ties)


# Two readings of „until the pot can not pay the next" --------------------------------------------------------------------


def test_skip_goes_on_past_a_project_too_dear_and_stop_ends_there():
    projects, ballots = entries([60, 50, 40]), approvals("1", "1", "1", "2", "2", "3")

    skipping = tally("greedy-votes", 100, projects, ballots, too_dear=SKIP)
    stopping = tally("greedy-votes", 100, projects, ballots, too_dear=STOP)

    assert skipping.winners == ("1", "3")
    assert stopping.winners == ("1",)
    assert [step.outcome for step in stopping.steps] == ["won", "too-dear", "not-reached"]
    assert str(stopping.steps[1].reason).endswith("na tym wybór się kończy.")
    assert str(skipping.steps[1].reason).endswith("bierzemy następny projekt.")


@pytest.mark.parametrize(
    "costs, left, too_dear, is_tie",
    [
        ([30, 30], 60, SKIP, False),  # both fit
        ([70, 80], 60, SKIP, False),  # none does
        ([30, 80], 60, SKIP, False),  # only one can ever win
        ([30, 80], 60, STOP, True),  # the dear one first would end the count
        ([70, 80], 60, STOP, False),
        ([40, 40], 60, SKIP, True),
        ([40, 40], 60, STOP, True),
    ],
)
def test_a_tie_is_one_only_where_the_order_decides_who_wins(costs, left, too_dear, is_tie):
    result = tally("greedy-votes", left, entries(costs), approvals("12"), too_dear=too_dear)

    assert (not result.is_final) == is_tie


def test_after_the_count_has_stopped_no_tie_is_left_to_decide():
    """The dearer goes first and ends the count: which of the two equal ones would follow is no question any more."""
    result = tally("greedy-votes", 60, entries([80, 40, 40]), approvals("123"), too_dear=STOP, ties=("higher-cost", "draw"))

    assert result.final_winners() == ()
    assert [step.outcome for step in result.steps] == ["too-dear", "not-reached", "not-reached"]


def test_nobody_wins_without_support():
    """Money left over never goes to a project that nobody asked for, unless the rule says so."""
    assert tally("greedy-votes", 100, entries([10, 10]), approvals("1")).winners == ("1",)
    assert tally("greedy-votes", 100, entries([10, 10]), approvals("1"), least=0).winners == ("1", "2")
    assert tally("greedy-votes", 100, entries([10, 10]), approvals("1", "1", "2"), least=2).winners == ("1",)


# Counting -------------------------------------------------------------------------------------------------------------


def test_each_kind_of_ballot_gives_its_totals():
    two = [Ballot(("1", "2"), (3, 1)), Ballot(("2",), (3,))]

    assert count("approval", "12", two).points == {"1": 1, "2": 2}
    assert count("cumulative", "12", two).points == {"1": 3, "2": 4}
    assert count("scoring", "123", two, default_score=-1).points == {"1": 2, "2": 4, "3": -2}
    assert count("ordinal", "12", two).points == {"1": 2, "2": 2}
    assert count("ordinal", "12", two, top=3).points == {"1": 3, "2": 5}
    assert count("cumulative", "12", two).firsts == {"1": 1, "2": 1}
    assert count("cumulative", "12", [Ballot(("1", "2"), (2, 2))]).firsts == {"1": 0, "2": 0}


@pytest.mark.parametrize("ballot", [Ballot(("9",)), Ballot(("1", "1"))])
def test_a_ballot_for_nothing_or_twice_for_one_is_a_defect_and_not_counted(ballot):
    with pytest.raises(ValueError):
        count("approval", "12", [ballot])


def test_a_stored_ballot_becomes_a_ballot_whatever_order_the_database_gives():
    assert Ballot.of_votes({"2": 1, "10": 5, "1": 3}) == Ballot(("10", "1", "2"), (5, 3, 1))
    assert Ballot.of_votes({"2": None, "1": None}) == Ballot(("1", "2"))


def test_a_result_is_plain_data_without_floats():
    ballots = [Ballot(("1", "2"), (Fraction(1, 2), 2)), Ballot(("2",), (1,))]
    for rule in RULES:
        data = tally(rule, 100_00, entries([40_00, 70_00]), ballots, ballot_type="cumulative", ties=("lower-cost",)).as_json()

        assert json.loads(json.dumps(data), parse_float=pytest.fail) == data
        assert data["rule_version"] == RULES[rule].version


def test_every_sentence_can_be_translated_and_every_rule_has_a_name():
    result = tally("greedy-votes", 100, entries([60, 50]), approvals("1", "1", "2"))

    assert [result.steps[0].reason.translated(lambda text: "%(cost)s")] == ["0,60\u00a0zł"]
    assert all(rule.name for rule in [*RULES.values(), *TIE_RULES.values()])


def test_the_core_runs_without_django_as_the_stand_alone_checker_needs():
    code = "import sys, consultations.tally, consultations.pabulib, consultations.cards; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0


# Against the slow and the obvious -------------------------------------------------------------------------------------

costs_of = st.lists(st.integers(1, 12), min_size=1, max_size=5)


@st.composite
def budgets(draw_, kind="approval"):
    costs = draw_(costs_of)
    codes = [str(n) for n in range(1, len(costs) + 1)]
    marks = st.lists(st.sampled_from(codes), unique=True, max_size=len(codes))
    ballots = [Ballot(tuple(codes)) for codes in draw_(st.lists(marks, max_size=8))]
    if kind == "cumulative":
        ballots = [one._replace(points=tuple(draw_(st.integers(0, 4)) for _code in one.projects)) for one in ballots]
    return draw_(st.integers(0, 40)), entries(costs), ballots


def outcomes(pot, projects, scores, too_dear, least):
    """Every set of winners that some order of equally supported projects can give."""
    found = set()
    for order in permutations(projects):
        if [scores[one.id] for one in order] == sorted(scores.values(), reverse=True):
            left, won = pot, set()
            for one in order:
                if scores[one.id] >= least and one.cost <= left:
                    left -= one.cost
                    won.add(one.id)
                elif scores[one.id] >= least and too_dear == STOP:
                    break
            found.add(frozenset(won))
    return found


@given(budgets(), st.sampled_from([SKIP, STOP]), st.integers(0, 2))
def test_greedy_agrees_with_every_order_tried_one_by_one(budget, too_dear, least):
    """A result is final exactly when all orders of the tied give the same winners."""
    pot, projects, ballots = budget

    result = tally("greedy-votes", pot, projects, ballots, too_dear=too_dear, least=least)

    possible = outcomes(pot, projects, result.totals.votes, too_dear, least)
    assert result.is_final == (len(possible) == 1)
    assert all(set(result.winners) <= outcome for outcome in possible)
    if result.is_final:
        assert set(result.winners) in possible


@given(budgets(), st.sampled_from([SKIP, STOP]), st.sampled_from([("lower-cost",), ("higher-cost", "draw"), ("draw",)]))
def test_tie_rules_and_draws_end_in_one_of_the_possible_outcomes(budget, too_dear, ties):
    pot, projects, ballots = budget
    draws = []
    while not (result := tally("greedy-votes", pot, projects, ballots, too_dear=too_dear, ties=ties, draws=draws)).is_final:
        if "draw" not in ties:
            assert len({one.cost for one in projects if one.id in result.open_tie.open_between}) == 1
            return
        draws.append(draw(seed_of("0" * 64, "x"), result.open_tie.open_between).order)

    assert set(result.winners) in outcomes(pot, projects, result.totals.votes, too_dear, 1)


@given(budgets("cumulative"), st.sampled_from(sorted(RULES)), st.randoms(use_true_random=False))
def test_the_order_of_ballots_changes_nothing(budget, rule, chance):
    pot, projects, ballots = budget
    shuffled = ballots[:]
    chance.shuffle(shuffled)

    one = tally(rule, pot, projects, ballots, ballot_type="cumulative", completion="greedy")
    other = tally(rule, pot, projects, iter(shuffled), ballot_type="cumulative", completion="greedy")

    assert one.as_json() == other.as_json()


@given(budgets(), st.sampled_from(["lower-cost", "higher-cost", "more-firsts"]))
def test_winners_are_paid_from_the_pot_and_every_project_has_one_step(budget, tie):
    pot, projects, ballots = budget
    costs = {one.id: one.cost for one in projects}
    for rule in RULES:
        result = tally(rule, pot, projects, ballots, ballot_type="approval", ties=(tie,), completion="none")

        assert sorted(step.project for step in result.steps) == sorted(costs)
        assert result.left == pot - sum(costs[code] for code in result.winners) >= 0


# Equal shares ---------------------------------------------------------------------------------------------------------


def slow_shares(pot, projects, ballots, worth):
    """The definition, voter by voter: the lowest rho wins; every set of winners reachable when ties go any way."""
    costs = {one.id: one.cost for one in projects}

    def rho_of(code, purses):
        backers = [n for n, ballot in enumerate(ballots) if worth(ballot, code) > 0]
        limits = sorted({Fraction(purses[n]) / worth(ballots[n], code) for n in backers})
        if sum(purses[n] for n in backers) < costs[code]:
            return None
        low = Fraction(0)
        for limit in limits:  # on each stretch between two limits the money raised grows evenly
            raised = sum(min(purses[n], limit * worth(ballots[n], code)) for n in backers)
            if raised >= costs[code]:
                before = sum(min(purses[n], low * worth(ballots[n], code)) for n in backers)
                return low + (limit - low) * (costs[code] - before) / (raised - before)
            low = limit
        raise AssertionError

    def go(purses, rest):
        rhos = {code: rho for code in rest if (rho := rho_of(code, purses)) is not None}
        if not rhos:
            return {frozenset()}
        found = set()
        for code in [code for code, rho in rhos.items() if rho == min(rhos.values())]:
            paid = [purse - min(purse, rhos[code] * worth(ballot, code)) for purse, ballot in zip(purses, ballots, strict=True)]
            found |= {outcome | {code} for outcome in go(paid, rest - {code})}
        return found

    supported = frozenset(code for code in costs if any(worth(ballot, code) > 0 for ballot in ballots))
    return go([Fraction(pot, len(ballots))] * len(ballots), supported) if ballots else {frozenset()}


@given(budgets("cumulative"), st.booleans())
def test_equal_shares_agree_with_the_definition_applied_voter_by_voter(budget, by_points):
    pot, projects, ballots = budget
    costs = {one.id: one.cost for one in projects}

    def worth(ballot, code):
        if code not in ballot.projects:
            return 0
        return ballot.points[ballot.projects.index(code)] if by_points else costs[code]

    kind = "cumulative" if by_points else "approval"
    result = tally("equal-shares", pot, projects, ballots, ballot_type=kind, completion="none", least=0)

    possible = slow_shares(pot, projects, ballots, worth)
    assert all(frozenset(result.winners) <= outcome for outcome in possible) or not result.is_final
    if result.is_final:
        assert possible == {frozenset(result.winners)}


@st.composite
def scarce(draw_):
    """Each project has support and fits alone, all together do not: else the checker would raise the shares for ever."""
    costs = draw_(st.lists(st.integers(1, 30), min_size=2, max_size=6))
    codes = [str(n) for n in range(1, len(costs) + 1)]
    marks = st.lists(st.sampled_from(codes), unique=True, min_size=1)
    ballots = [Ballot(tuple(codes)), *(Ballot(tuple(marked)) for marked in draw_(st.lists(marks, max_size=8)))]
    return draw_(st.integers(max(costs), sum(costs) - 1)), entries(costs), ballots


@given(scarce(), st.sampled_from(["equalshares", "equalshares/add1"]))
def test_equal_shares_agree_with_the_checker_of_pabulib(budget, rule):
    """An implementation by other hands; it gives up on ties that cost and votes do not break, as ours leaves them open."""
    pot, projects, ballots = budget
    completion = "none" if rule == "equalshares" else "add1"
    grosze = [Entry(one.id, one.cost * 100) for one in projects]

    result = tally("equal-shares", pot * 100, grosze, ballots, ties=("lower-cost", "more-voters"), completion=completion)

    if not result.is_final:
        return
    meta = dict.fromkeys(["description", "unit", "instance"], "x") | {
        "country": "Poland",
        "date_begin": "2020",
        "date_end": "2020",
    }
    meta |= {
        "num_projects": str(len(projects)),
        "num_votes": str(len(ballots)),
        "budget": str(pot),
        "vote_type": "approval",
        "rule": rule,
    }
    shown = pabulib.announced(result, [pabulib.Project(one.id, one.cost, "n") for one in grosze])
    cast = [pabulib.Vote(f"v{n}", one.projects) for n, one in enumerate(ballots)]
    errors, _warnings = checked(pabulib.write(meta, shown, cast, profile="public"))
    assert f"{rule} rule not followed" not in errors


def test_equal_shares_say_what_each_winner_costs_its_supporters():
    result = tally("equal-shares", 100_00, entries([60_00, 60_00]), approvals("1", "1", "1", "2"), completion="none")

    assert result.winners == ("1",)
    assert str(result.steps[0].reason) == "Popierają go karty: 3; każda płaci najwyżej 20\u00a0zł ze swojego udziału."
    assert str(result.steps[1].reason) == "Koszt 60\u00a0zł; zwolennikom zostało razem 25\u00a0zł."


def test_equal_shares_leave_a_tie_open_when_it_matters():
    result = tally("equal-shares", 100_00, entries([60_00, 60_00]), approvals("12", "12"), completion="none")

    assert not result.is_final
    assert result.open_tie.open_between == ("1", "2")


def test_equal_shares_can_not_be_asked_of_totals():
    totals = count("approval", "1", approvals("1"))

    assert tally("greedy-votes", 10, entries([5]), totals).winners == ("1",)
    with pytest.raises(ValueError):
        tally("equal-shares", 10, entries([5]), totals)


def test_a_stream_of_a_hundred_thousand_ballots_is_counted_without_being_kept():
    codes = [str(n) for n in range(1, 51)]
    stream = (Ballot(tuple(codes[(n + step) % 50] for step in range(5)), (5, 4, 3, 2, 1)) for n in range(100_000))

    result = tally("pruszcz-points", 10**9, entries([10**8] * 50), stream, ties=("draw",))

    assert result.totals.ballots == 100_000
    assert set(result.totals.points.values()) == {15 * 2000}
    assert set(result.totals.firsts.values()) == {2000}


def test_raised_shares_may_spend_the_pot_to_the_last_grosz():
    """Two of three ask for the dear one: 66.66 zł of 100 pay nothing of 70, raised by 2 zł a head they do, and 30 goes with it."""
    projects, ballots = entries([70_00, 30_00]), approvals("1", "1", "2")

    plain = tally("equal-shares", 100_00, projects, ballots, completion="none")
    raised = tally("equal-shares", 100_00, projects, ballots, completion="add1")

    assert plain.winners == ("2",)
    assert raised.winners == ("1", "2")
    assert raised.left == 0
