"""Between a file and a count: which rule the file names, whether the announced winners follow from it, how ours are announced."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from consultations.pabulib.layout import WITH_POINTS, Meta, Project
from consultations.tally import SKIP, STOP, Result, tally
from consultations.tally.results import TOO_WEAK

OF_FORMAT = {"greedy": SKIP, "greedy-threshold": SKIP, "greedy-no-skip": STOP}
TIES_TRIED = ("lower-cost", "higher-cost", "more-voters", "more-firsts")


def rule_of(meta: Meta) -> tuple[str, dict[str, object]] | None:
    """The rule and options for `tally` that the header names. None: a rule of the city's own, which the file does not tell."""
    variant = OF_FORMAT.get(meta.get("rule", ""))
    if variant is None:
        return None
    by_points = meta.vote_type in WITH_POINTS or meta.vote_type == "ordinal"
    least = meta.whole("min_project_score_threshold")
    options = {"ballot_type": meta.vote_type, "too_dear": variant, "least": 0 if least is None else least}
    return ("greedy-points" if by_points else "greedy-votes"), options


@dataclass(frozen=True)
class Comparison:
    """The announced winners beside the counted. `explained_by`: options of `tally` under which both agree, {} when they do already,
    None when no tie rule and no variant we know gives the announced ones: the city used a rule of its own.
    """

    is_said: bool  # does the file say who won
    official: tuple[str, ...]
    paid_elsewhere: tuple[str, ...]  # selected 2 or 3: from another pot
    more: tuple[str, ...]  # won here, not there
    fewer: tuple[str, ...]
    explained_by: dict[str, object] | None

    @property
    def agrees(self) -> bool:
        return not self.is_said or self.explained_by == {}


def compare(result: Result, projects: Sequence[Project]) -> Comparison:
    """For greedy rules; of equal shares only the lists are compared."""
    official = tuple(project.id for project in projects if project.selected == 1)
    elsewhere = tuple(project.id for project in projects if project.selected in (2, 3))
    is_said = any(project.selected is not None for project in projects)
    more = tuple(code for code in result.winners if code not in official)
    fewer = tuple(code for code in official if code not in result.winners)
    explained = _explained(result, projects, frozenset(official)) if is_said else {}
    return Comparison(is_said, official, elsewhere, more, fewer, explained)


def _explained(result: Result, projects: Sequence[Project], official: frozenset[str]) -> dict[str, object] | None:
    if result.is_final and frozenset(result.winners) == official:
        return {}
    if "too_dear" not in result.options:
        return None
    variants = sorted((SKIP, STOP), key=lambda variant: variant != result.options["too_dear"])
    for variant in variants:
        for options in _tries(variant):
            tried = _again(result, projects, options)
            if tried.is_final and frozenset(tried.winners) == official:
                return options
        tried, drawn = _drawn(result, projects, variant, official)
        if frozenset(tried.winners) == official:
            return {"too_dear": variant, "ties": ("draw",), "draws": drawn}
    return None


def _tries(variant: str) -> Iterable[dict[str, object]]:
    yield {"too_dear": variant, "ties": ()}
    for name in TIES_TRIED:
        yield {"too_dear": variant, "ties": (name,)}


def _drawn(
    result: Result, projects: Sequence[Project], variant: str, official: frozenset[str]
) -> tuple[Result, list[tuple[str, ...]]]:
    """Every open tie in favour of the announced: whether some draw could have given them."""
    drawn: list[tuple[str, ...]] = []
    while True:
        tried = _again(result, projects, {"too_dear": variant, "ties": ("draw",), "draws": drawn})
        if tried.open_tie is None:
            return tried, drawn
        drawn.append(tuple(sorted(tried.open_tie.open_between, key=lambda code: code not in official)))


def _again(result: Result, projects: Sequence[Project], options: Mapping[str, object]) -> Result:
    kept = {name: result.options[name] for name in ("least", "max_cost")}
    return tally(result.rule, result.budget, projects, result.totals, **{**kept, **options})  # type: ignore[arg-type]


def announced(result: Result, projects: Sequence[Project]) -> list[Project]:
    """The projects as counted, ready to be written: totals, winners, in order of the count. Refuses (OpenTie) an open one."""
    won = set(result.final_winners())
    by_id = {project.id: project for project in projects}
    shown_points = result.options["ballot_type"] not in ("approval", "choose-1")
    rows = [
        replace(
            by_id[step.project],
            votes=result.totals.votes[step.project],
            score=result.totals.points[step.project] if shown_points else None,
            selected=int(step.project in won),
        )
        for step in result.steps
    ]
    totals = result.totals.points if shown_points else result.totals.votes
    return sorted(rows, key=lambda project: -totals[project.id])


def meta_of(result: Result) -> dict[str, str]:
    """What the header says of the count: `rule`, and the threshold where a project was too weak."""
    if "too_dear" not in result.options:
        return {"rule": {"none": "equalshares", "add1": "equalshares/add1"}.get(str(result.options["completion"]), "unknown")}
    weak = any(step.outcome == TOO_WEAK for step in result.steps)
    rule = "greedy-no-skip" if result.options["too_dear"] == STOP else "greedy-threshold" if weak else "greedy"
    return {"rule": rule} | ({"min_project_score_threshold": str(result.options["least"])} if weak else {})
