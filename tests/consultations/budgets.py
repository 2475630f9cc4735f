"""Small budgets written by hand, and what the tests ask of the checker of Pabulib."""

import contextlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pabulib.checker import Checker

from consultations.tally import Ballot, Entry

GDANSK = Path(__file__).parents[2] / "sample_data/consultations/gdansk-2020-participatory-budget.pb"

# Gdynia 2020, Babie Doły, small projects: costs, totals and the announced winners (4, 2, 1) are the city's; the ballots are modelled:
# the marks are dealt round the 306 cards, two or three on each, because only the totals matter to the rule.
GDYNIA_POT = 24_420_00
GDYNIA = [Entry("4", 6_400_00), Entry("2", 5_995_00), Entry("1", 10_000_00), Entry("5", 9_200_00), Entry("3", 9_964_00)]
GDYNIA_VOTES = {"4": 220, "2": 112, "1": 101, "5": 101, "3": 85}


def gdynia_ballots() -> list[Ballot]:
    marks = [code for code, votes in GDYNIA_VOTES.items() for _vote in range(votes)]
    return [Ballot(tuple(marks[n::306])) for n in range(306)]


def checked(lines: Iterable[str]) -> tuple[dict, dict]:
    """Errors and warnings of pabulib-checker, by kind. It prints while it works."""
    with contextlib.redirect_stdout(io.StringIO()):
        report = Checker().process_files(["".join(lines)])
    results = next(value["results"] for key, value in report.items() if key not in ("metadata", "summary"))
    return results["errors"], results.get("warnings", {})


def entries(costs: Sequence[int]) -> list[Entry]:
    return [Entry(str(n), cost) for n, cost in enumerate(costs, start=1)]


def approvals(*ballots: str) -> list[Ballot]:
    """`"12"` marks the projects 1 and 2."""
    return [Ballot(tuple(ballot)) for ballot in ballots]
