"""What a count says: every project in the order it was looked at, why it won or not, what money was left, which ties there were."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction

from consultations.sentences import Sentence
from consultations.tally.counting import Number, Totals

WON, TOO_DEAR, TOO_WEAK, TOO_BIG, NOT_REACHED, OPEN = "won", "too-dear", "too-weak", "too-big", "not-reached", "open"


class OpenTie(Exception):
    """Asked for final winners while a tie is not decided."""


@dataclass(frozen=True)
class Step:
    project: str
    outcome: str  # one of the words above
    score: Number
    cost: int
    before: int  # money in the pot when the project was looked at
    after: int
    reason: Sentence


@dataclass(frozen=True)
class Tie:
    """Projects of equal support of which the money does not pay all: who wins depends on the tie rule."""

    projects: tuple[str, ...]  # in the order of the ballot
    score: Number
    before: int  # money when their turn came
    decided_by: tuple[str, ...]  # tie rules used, in order; the last one decided. While open: those tried
    order: tuple[str, ...]  # empty while open
    is_open: bool
    open_between: tuple[str, ...] = ()  # the projects a draw has to order: the tie less those the rules set apart


@dataclass(frozen=True)
class Result:
    rule: str
    version: int
    budget: int
    options: dict[str, object]
    ties_by: tuple[str, ...]
    totals: Totals
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]
    notes: tuple[Sentence, ...] = field(default=())

    @property
    def winners(self) -> tuple[str, ...]:
        """Certain winners, in the order they won. With an open tie there may be more to come."""
        return tuple(step.project for step in self.steps if step.outcome == WON)

    @property
    def open_tie(self) -> Tie | None:
        return next((tie for tie in self.ties if tie.is_open), None)

    @property
    def is_final(self) -> bool:
        return self.open_tie is None

    @property
    def left(self) -> int:
        return self.budget - sum(step.cost for step in self.steps if step.outcome == WON)

    def final_winners(self) -> tuple[str, ...]:
        """Refuses to name winners while a tie is open: nobody chooses silently."""
        if tie := self.open_tie:
            raise OpenTie(", ".join(tie.open_between))
        return self.winners

    def as_json(self, say: Callable[[Sentence], str] = str) -> dict:
        """Plain data for a file or a column; the same count gives the same data. `say` may translate the reasons."""
        return {
            "rule": self.rule,
            "rule_version": self.version,
            "options": self.options,
            "tie_rules": list(self.ties_by),
            "budget": self.budget,
            "ballots": self.totals.ballots,
            "is_final": self.is_final,
            "winners": list(self.winners),
            "left": self.left,
            "steps": [_step(step, self.totals, say) for step in self.steps],
            "ties": [_tie(tie) for tie in self.ties],
            "notes": [say(note) for note in self.notes],
        }


def plain(number: Number) -> int | str:
    """A whole number, or `n/d`: no float ever stands in a result."""
    if isinstance(number, Fraction) and number.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    return int(number)


def _step(step: Step, totals: Totals, say: Callable[[Sentence], str]) -> dict:
    return {
        "project": step.project,
        "outcome": step.outcome,
        "votes": totals.votes[step.project],
        "points": plain(totals.points[step.project]),
        "firsts": totals.firsts[step.project],
        "cost": step.cost,
        "before": step.before,
        "after": step.after,
        "reason": say(step.reason),
    }


def _tie(tie: Tie) -> dict:
    return {
        "projects": list(tie.projects),
        "score": plain(tie.score),
        "before": tie.before,
        "decided_by": list(tie.decided_by),
        "order": list(tie.order),
        "is_open": tie.is_open,
        "open_between": list(tie.open_between),
    }
