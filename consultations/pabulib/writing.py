"""Writing a `.pb` file line by line, in the published order of keys and columns. Exact age leaves only in the full profile."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from consultations.pabulib.layout import (
    LISTS,
    MAY_BE_EMPTY,
    META_ORDER,
    PROJECT_ORDER,
    SECTIONS,
    VOTE_ORDER,
    WITH_POINTS,
    Project,
    Vote,
    text_of,
    zlotys,
)


@dataclass(frozen=True)
class Profile:
    exact_age: bool
    every_column: bool  # also what the published format does not know; the checker of Pabulib refuses such a file


PROFILES = {
    "full": Profile(exact_age=True, every_column=True),
    "pseudonymised": Profile(exact_age=False, every_column=True),
    "public": Profile(exact_age=False, every_column=False),
}
AGE_BANDS = ((0, 15), (16, 24), (25, 39), (40, 54), (55, 69), (70, 115))  # six, as N2 asks; written `16-24` in the column age


def write(
    meta: Mapping[str, str],
    projects: Sequence[Project],
    votes: Iterable[Vote],
    *,
    profile: str,
    vote_columns: Sequence[str] | None = None,
    newline: str = "\n",
) -> Iterator[str]:
    """The file, line by line. `vote_columns` are those of `fields` in order of the source; without it the first ballot says.

    ValueError when the header promises other counts than were given, or a text would be read back as another thing: a
    file that lies is worse than none. Ids of voters are written as given: to hide who voted in which order is the caller's.
    """
    kind = PROFILES[profile]
    yield from _meta(meta, kind, newline)
    yield from _projects(projects, kind, newline)
    written = -2  # the section's name and its header
    for line in _votes(meta, votes, vote_columns, kind, newline):
        written += 1
        yield line
    _promised(meta, "num_projects", len(projects))
    _promised(meta, "num_votes", written)


def age_band(text: str, bands: Sequence[tuple[int, int]] = AGE_BANDS) -> str:
    """`27` -> `25-39`; a band stays as it is; what is no age (or over 115, C36) becomes empty."""
    if re.fullmatch(r"[0-9]{1,3}-[0-9]{1,3}", text):
        return text
    if not re.fullmatch(r"[0-9]{1,3}", text):
        return ""
    return next((f"{low}-{high}" for low, high in bands if low <= int(text) <= high), "")


def _meta(meta: Mapping[str, str], kind: Profile, newline: str) -> Iterator[str]:
    yield f"META{newline}key;value{newline}"
    for key in _in_order(meta, META_ORDER, kind):
        if meta[key] != "" or kind.every_column:
            yield _line([key, meta[key]], newline)


def _projects(projects: Sequence[Project], kind: Profile, newline: str) -> Iterator[str]:
    rows = [_cells(project) for project in projects]
    columns = _in_order(dict.fromkeys(chain.from_iterable(rows)), PROJECT_ORDER, kind)
    if not kind.every_column:  # an empty cell is an error to the checker, so the column goes
        columns = [name for name in columns if name in MAY_BE_EMPTY or all(row.get(name) for row in rows)]
    yield f"PROJECTS{newline}" + _line(columns, newline)
    for row in rows:
        yield _line([_listed(name, row.get(name, "")) for name in columns], newline)


def _cells(project: Project) -> dict[str, str]:
    cells = {"project_id": project.id, "cost": zlotys(project.cost), "name": project.name, **project.fields}
    for key, number in (("votes", project.votes), ("score", project.score), ("selected", project.selected)):
        if number is not None:
            cells[key] = text_of(number)
    return cells


def _votes(
    meta: Mapping[str, str], votes: Iterable[Vote], columns: Sequence[str] | None, kind: Profile, newline: str
) -> Iterator[str]:
    votes = iter(votes)
    first = next(votes, None)
    if columns is None:
        columns = tuple(first.fields) if first else ()
    with_points = meta.get("vote_type") in WITH_POINTS or bool(first and first.points)
    header = _in_order(dict.fromkeys(["voter_id", "vote", *["points"] * with_points, *columns]), VOTE_ORDER, kind)
    others = set(header) - {"voter_id", "vote", "points"}
    yield f"VOTES{newline}"
    yield _line(header, newline)
    for vote in chain([first] if first else [], votes):
        cells = {name: vote.fields.get(name, "") for name in others}
        if not kind.exact_age and "age" in cells:
            cells["age"] = age_band(cells["age"])
        cells |= {"voter_id": vote.voter, "vote": ",".join(vote.projects), "points": ",".join(map(text_of, vote.points))}
        yield _line([cells[name] for name in header], newline)


def _in_order(names: Iterable[str], order: Sequence[str], kind: Profile) -> list[str]:
    names = list(names)
    known = [name for name in order if name in names]
    return known + [name for name in names if name not in order] if kind.every_column else known


def _listed(name: str, text: str) -> str:
    return re.sub(r"\s*,\s*", ",", text) if name in LISTS else text


def _line(cells: Sequence[str], newline: str) -> str:
    if cells[0].strip().upper() in SECTIONS:
        raise ValueError(f"a line can not begin with {cells[0]!r}")
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator=newline).writerow([" ".join(cell.split()) for cell in cells])
    return out.getvalue()


def _promised(meta: Mapping[str, str], key: str, found: int) -> None:
    if meta.get(key, str(found)) != str(found):
        raise ValueError(f"{key} says {meta[key]}, written were {found}")
