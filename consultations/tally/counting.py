"""Ballots into totals, one at a time: a million ballots need no more memory than one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Protocol

Number = int | Fraction
BY_PLACE = "ordinal"
BY_MARK = ("approval", "choose-1")
BY_POINTS = ("cumulative", "scoring")
BALLOT_TYPES = (*BY_MARK, *BY_POINTS, BY_PLACE)


class Candidate(Protocol):
    """What a rule needs to know of a project: `consultations.pabulib.Project` and `Entry` fit."""

    @property
    def id(self) -> str: ...

    @property
    def cost(self) -> int: ...


class Cast(Protocol):
    """What a rule needs to know of a ballot: `consultations.pabulib.Vote` and `Ballot` fit."""

    @property
    def projects(self) -> tuple[str, ...]: ...

    @property
    def points(self) -> tuple[Number, ...]: ...


class Entry(NamedTuple):
    id: str
    cost: int  # grosze, or any whole unit, the same as of the pot


class Ballot(NamedTuple):
    projects: tuple[str, ...]
    points: tuple[Number, ...] = ()

    @classmethod
    def of_votes(cls, votes: Mapping[str, Number | None]) -> "Ballot":
        """From `{code: points}` as a stored ballot has it, most points first; a mark without points is None."""
        codes = sorted(votes, key=lambda code: (-(votes[code] or 0), code))
        points = [votes[code] for code in codes]
        return cls(tuple(codes), () if None in points else tuple(points))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Totals:
    """Of each project: `votes` ballots that name it, `points` together, `firsts` ballots that put it alone on top."""

    ballots: int
    votes: dict[str, int]
    points: dict[str, Number]
    firsts: dict[str, int]


def count(
    ballot_type: str, codes: Sequence[str], ballots: Iterable[Cast], *, default_score: Number = 0, top: int | None = None
) -> Totals:
    """Fold ballots into totals. A ballot for an unknown project, or twice for one, is the caller's defect: ValueError.

    `top` is what the first place of an ordinal ballot is worth (then top - 1 and so on, never below 0); without it a
    ballot of three places gives 3, 2, 1 and a ballot of two gives 2, 1. `default_score` goes to projects a scoring ballot
    leaves out.
    """
    if ballot_type not in BALLOT_TYPES:
        raise ValueError(f"unknown kind of ballot: {ballot_type}")
    votes, firsts = dict.fromkeys(codes, 0), dict.fromkeys(codes, 0)
    points: dict[str, Number] = dict.fromkeys(codes, 0)
    cast = 0
    try:
        for ballot in ballots:
            cast += 1
            named = ballot.projects
            if len(named) > 1 and len(set(named)) < len(named):
                raise ValueError(f"a ballot names a project twice: {named}")
            worth = _worth(ballot_type, ballot, top)
            for code, one in zip(named, worth, strict=True):
                votes[code] += 1
                points[code] += one
            if (best := _first(ballot_type, named, worth)) is not None:
                firsts[best] += 1
    except KeyError as unknown:
        raise ValueError(f"a ballot names a project that is not there: {unknown}") from unknown
    if default_score and ballot_type == "scoring":
        points = {code: total + default_score * (cast - votes[code]) for code, total in points.items()}
    return Totals(cast, votes, points, firsts)


def _worth(ballot_type: str, ballot: Cast, top: int | None) -> Sequence[Number]:
    """What each named project gets from the ballot."""
    named = ballot.projects
    if ballot_type in BY_MARK:
        return (1,) * len(named)
    if ballot_type in BY_POINTS:
        return ballot.points
    if top is None:
        return range(len(named), 0, -1)
    return [max(top - place, 0) for place in range(len(named))]


def _first(ballot_type: str, named: Sequence[str], worth: Sequence[Number]) -> str | None:
    """The project on top: the first place, the only mark, or the most points where nobody else has as many."""
    if ballot_type == BY_PLACE or len(named) == 1:
        return named[0] if named else None
    if not named or ballot_type in BY_MARK:
        return None
    most = max(worth)
    return named[worth.index(most)] if most > 0 and list(worth).count(most) == 1 else None
