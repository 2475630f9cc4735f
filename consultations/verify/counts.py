"""Counts, totals and winners, worked out again from the rows."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from consultations import tally as counting
from consultations.verify.report import Report
from consultations.verify.rows import Read

Manifest = Mapping[str, Any]
_SAME = ("rule_version", "is_final", "winners", "left", "ballots", "ties")
_SAME_STEP = ("project", "outcome", "votes", "points", "cost", "before", "after")


def check_totals(read: Read, entry: Manifest, instrument: Manifest, report: Report) -> None:
    if read.ballots != instrument["ballots"]:
        report.differs(f"głosów jest {read.ballots}, a ogłoszono {instrument['ballots']}", entry["name"])
    if (read.channels or entry["role"] == "ballots") and dict(read.channels) != instrument["channels"]:
        report.differs(_difference("liczby głosów według dróg", dict(read.channels), instrument["channels"]), entry["name"])
    for found, told in zip(read.recount.questions(), _once(instrument["questions"]), strict=True):
        if found["answered"] != told["answered"]:
            text = f"pytanie „{told['code']}”: odpowiedzi jest {found['answered']}, a ogłoszono {told['answered']}"
            report.differs(text, entry["name"])
        if found["counts"] != _counted(told["counts"]):
            report.differs(_difference(f"pytanie „{told['code']}”", found["counts"], told["counts"]), entry["name"])


def _once(questions: list[Manifest]) -> list[Manifest]:
    return list({question["code"]: question for question in questions}.values())


def _counted(told: Mapping[str, Any]) -> dict[str, Any]:
    """Without the options that nobody chose, which a manifest may list as 0."""
    inner = {key: _counted(value) if isinstance(value, dict) else value for key, value in told.items()}
    return {key: value for key, value in inner.items() if value not in (0, {})} if _is_plain(told) else inner


def _is_plain(told: Mapping[str, Any]) -> bool:
    """Counts of options; a sum of nought and points of nought are told as such."""
    return not set(told) & {"sum", "least", "most", "votes", "points"}


def _difference(what: str, found: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    keys = [key for key in {**told, **found} if found.get(key, 0) != told.get(key, 0)]
    shown = "; ".join(f"{key} jest {found.get(key, 0)}, ogłoszono {told.get(key, 0)}" for key in keys[:3])
    return f"{what}: {shown}" + (f" i {len(keys) - 3} dalszych różnic" if len(keys) > 3 else "")


# The participatory budget


def check_tally(path: Path, entry: Manifest, told: Manifest, report: Report) -> None:
    """The count by the same rule over the same ballots must give the same winners, steps and ties."""
    try:
        result = _tally(path, told)
    except (KeyError, ValueError, TypeError, AttributeError, RecursionError) as error:
        report.differs(f"nie da się powtórzyć liczenia według reguły z metryki ({type(error).__name__})", entry["name"])
        return
    wrong = [key for key in _SAME if result[key] != told.get(key)]
    if _steps(result) != _steps(told):
        wrong.append("steps")
    if wrong:
        winners = ", ".join(result["winners"]) or "brak"
        report.differs(f"liczenie według reguły {told['rule']} daje inny wynik; wygrywają: {winners}", entry["name"])
    else:
        report.agrees(
            f"reguła {told['rule']} daje tych samych zwycięzców: {', '.join(result['winners']) or 'brak'}", entry["name"]
        )


def _steps(result: Manifest) -> list[dict[str, Any]]:
    steps = result.get("steps")
    return [{key: step.get(key) for key in _SAME_STEP} for step in steps] if isinstance(steps, list) else []


def _tally(path: Path, told: Manifest) -> dict[str, Any]:
    options = {key: value for key, value in told["options"].items() if value is not None}
    result = counting.tally(
        told["rule"],
        told["budget"],
        [counting.Entry(project["id"], project["cost"]) for project in told["projects"]],
        _votes(path),
        ties=told["tie_rules"],
        draws=told.get("draws", []),
        **options,
    )
    return result.as_json()


def _votes(path: Path) -> Iterator[counting.Ballot]:
    with path.open("rb") as file:
        for line in file:
            votes = json.loads(line)["answers"].get("votes") or []
            points = tuple(value for _project, value in votes)
            yield counting.Ballot(tuple(project for project, _value in votes), () if None in points else points)
