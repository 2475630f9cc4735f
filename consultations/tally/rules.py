"""The rules of counting by name. A rule is fixed by a resolution before the vote; its variants are data beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consultations.sentences import Sentence
from consultations.sentences import gettext_noop as _
from consultations.tally import equal_shares
from consultations.tally.counting import BALLOT_TYPES, BY_MARK, Candidate, Cast, Number, Totals, count
from consultations.tally.greedy import SKIP, STOP, Greedy
from consultations.tally.results import TOO_BIG, TOO_WEAK, WON, Result, Step
from consultations.tally.ties import TieBreak, draws_by_candidates

VOTES, POINTS, SHARES = "votes", "points", "shares"


@dataclass(frozen=True)
class Rule:
    name: str
    version: int  # raised when the same ballots could give another outcome
    ranks_by: str
    ballot_type: str  # usual; a call may name another
    too_dear: str = SKIP
    is_binding: bool = True  # False: shown only as "what if"


RULES = {
    "greedy-votes": Rule(_("najwięcej głosów"), 1, VOTES, "approval"),
    "greedy-points": Rule(_("najwięcej punktów"), 1, POINTS, "cumulative"),
    "pruszcz-points": Rule(_("najwięcej punktów, do wyczerpania puli (Pruszcz Gdański)"), 1, POINTS, "cumulative", STOP),
    "equal-shares": Rule(_("metoda równych udziałów"), 1, SHARES, "approval", is_binding=False),
}


def tally(
    rule: str,
    budget: int,
    projects: Iterable[Candidate],
    ballots: Iterable[Cast] | Totals,
    *,
    ties: Sequence[str] = (),
    draws: Iterable[Sequence[str]] = (),
    ballot_type: str | None = None,
    too_dear: str | None = None,
    least: int = 1,
    max_cost: int | None = None,
    default_score: Number = 0,
    top: int | None = None,
    completion: str = equal_shares.ADD1_GREEDY,
) -> Result:
    """Count and choose. Money in grosze throughout; the same input in any order of ballots gives the same result.

    `ballots` may be totals counted before, but not for equal shares, which ask every ballot.
    `ties`: chain of names in TIE_RULES, tried in order; empty leaves every tie that matters open. `draws`: orders already
    drawn, one for each open tie. `too_dear`: SKIP or STOP. `least`: votes or points below which a project can not win.
    `max_cost`: of one project. `default_score`, `top`: as `count` reads them. `completion`: of equal shares alone.
    """
    chosen, entries = RULES[rule], list(projects)
    costs = {entry.id: entry.cost for entry in entries}
    kind = ballot_type or chosen.ballot_type
    _check(entries, costs, kind, completion)
    if chosen.ranks_by == SHARES:
        if isinstance(ballots, Totals):
            raise ValueError("equal shares can not be counted from totals")
        given = _Given(budget, costs, tuple(ties), draws_by_candidates(draws), least, max_cost)
        return _equal_shares(rule, given, kind, ballots, completion)
    totals = ballots if isinstance(ballots, Totals) else count(kind, list(costs), ballots, default_score=default_score, top=top)
    variant = too_dear or chosen.too_dear
    scores = totals.votes if chosen.ranks_by == VOTES else totals.points
    tie_break = TieBreak(tuple(ties), costs, totals, draws_by_candidates(draws))
    run = Greedy(budget, costs, scores, tie_break, variant, least, max_cost).run()
    options = {"ballot_type": kind, "too_dear": variant, "least": least, "max_cost": max_cost}
    options |= {"top": top} if kind == "ordinal" else {}
    return Result(rule, chosen.version, budget, options, tuple(ties), totals, tuple(run.steps), tuple(run.ties))


@dataclass(frozen=True)
class _Given:
    budget: int
    costs: Mapping[str, int]
    ties: tuple[str, ...]
    draws: Mapping[tuple[str, ...], tuple[str, ...]]
    least: int
    max_cost: int | None


def _equal_shares(rule: str, given: _Given, kind: str, ballots: Iterable[Cast], completion: str) -> Result:
    kept: list[Cast] = []
    totals = count(kind, list(given.costs), _remembered(ballots, kept))
    able = {code: cost for code, cost in given.costs.items() if _refusal(code, given, totals) is None}
    tie_break = TieBreak(given.ties, given.costs, totals, given.draws)
    voters = equal_shares.voters_of(kind, kept, given.costs)
    run, notes = equal_shares.completed(voters, able, given.budget, completion, tie_break)
    steps, ties = equal_shares.steps_of(run, given.budget), list(run.ties)
    if completion in (equal_shares.GREEDY, equal_shares.ADD1_GREEDY) and not run.open:
        steps, more = _filled(steps, given, totals, kind, tie_break, run)
        ties += more
    refused = [step for code in given.costs if (step := _refusal(code, given, totals))]
    options = {"ballot_type": kind, "completion": completion, "least": given.least, "max_cost": given.max_cost}
    return Result(
        rule, RULES[rule].version, given.budget, options, given.ties, totals, (*steps, *refused), tuple(ties), tuple(notes)
    )


def _remembered(ballots: Iterable[Cast], kept: list[Cast]) -> Iterable[Cast]:
    for ballot in ballots:
        kept.append(ballot)
        yield ballot


def _filled(steps: list[Step], given: _Given, totals: Totals, kind: str, tie_break: TieBreak, run) -> tuple[list[Step], list]:
    """What is left goes to the most supported of the rest."""
    won = [step for step in steps if step.outcome == WON]
    rest = {code: cost for code, cost in run.costs.items() if code not in {step.project for step in won}}
    scores = totals.votes if kind in BY_MARK else totals.points
    filling = Greedy(
        given.budget - run.spent, rest, {code: scores[code] for code in rest}, tie_break, SKIP, given.least, given.max_cost
    ).run()
    return won + filling.steps, filling.ties


def _refusal(code: str, given: _Given, totals: Totals) -> Step | None:
    cost, votes = given.costs[code], totals.votes[code]
    if votes < given.least:
        reason = Sentence(
            _("Za małe poparcie: %(score)s, a\u00a0potrzeba co najmniej %(least)s."), {"score": votes, "least": given.least}
        )
        return Step(code, TOO_WEAK, votes, cost, given.budget, given.budget, reason)
    if given.max_cost is not None and cost > given.max_cost:
        reason = Sentence(_("Koszt jest większy niż dozwolony dla projektu."))
        return Step(code, TOO_BIG, votes, cost, given.budget, given.budget, reason)
    return None


def _check(entries: Sequence[Candidate], costs: Mapping[str, int], kind: str, completion: str) -> None:
    """Defects of the caller, not of what people sent: ValueError."""
    if len(costs) < len(entries):
        raise ValueError("two projects have the same number")
    if any(not isinstance(cost, int) or cost <= 0 for cost in costs.values()):
        raise ValueError("a project costs nothing, less, or a broken number of grosze")
    if kind not in BALLOT_TYPES or completion not in equal_shares.COMPLETIONS:
        raise ValueError(f"unknown kind of ballot or completion: {kind}, {completion}")
