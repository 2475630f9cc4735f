"""Any file that the published grammar of Pabulib allows is read and imported: the files here are written by another hand than ours."""

import io
from dataclasses import dataclass
from fractions import Fraction

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consultations import budget
from consultations.actions.pabulib_files import export_lines, import_file
from consultations.pabulib import VOTE_TYPES, read

KEYS = ["country", "unit", "district", "subunit", "instance", "rule", "min_length", "max_length", "language", "currency", "comment", "edition",
        "categories", "fully_funded", "leftover_budget", "experimental", "uwagi miasta"]  # fmt: skip
VALUES = {"min_length": "0", "max_length": "99", "fully_funded": "0", "experimental": "1", "rule": "greedy", "language": "Polish"}
PROJECT_COLUMNS = ["votes", "score", "category", "selected", "target", "neighborhood", "latitude", "longitude", "opis"]
VOTER_COLUMNS = ["age", "sex", "voting_method", "district", "neighborhood", "education", "czas"]
SPACE = st.sampled_from(["", "", "", " ", "\u00a0"])
words = st.text(st.sampled_from("ABĆdeęłóśż 0123456789;,\"'/-+()„”&<=@"), min_size=1, max_size=25).map(
    lambda text: " ".join(text.split()) or "x"
)


@dataclass
class Written:
    """A file and what it says."""

    text: str
    kind: str
    budget: int  # grosze
    costs: dict[str, int]
    names: dict[str, str]
    ballots: dict[str, tuple]  # voter: (project, points) in the order of the file


@st.composite
def amounts(draw):
    """(as written, grosze): whole, with a point or a comma, with spaces between thousands, in powers of ten."""
    grosze = draw(st.integers(1, 10**9))
    zlote, rest = divmod(grosze, 100)
    shapes = [f"{zlote}.{rest:02}", f"{zlote},{rest:02}", f"{zlote:,}".replace(",", " ") + f".{rest:02}", f"{zlote}.{rest:02}00"]
    if rest == 0:
        shapes += [f"{zlote}", f"{zlote}.0", f"{zlote}e0"]
    return draw(st.sampled_from(shapes)), grosze


@st.composite
def points(draw):
    """(as written, exact): 5, 5.0, 5.50, 0.25, 0."""
    quarters = draw(st.integers(0, 40))
    exact = Fraction(quarters, 4)
    shapes = [f"{quarters / 4:.2f}", f"{quarters / 4:.4f}"] + (
        [str(quarters // 4), f"{quarters // 4}.0"] if quarters % 4 == 0 else []
    )
    return draw(st.sampled_from(shapes)), exact


def line(draw, cells):
    """Cells in quotation marks where they must be, and some where they need not."""

    def one(cell):
        must = any(sign in cell for sign in ';"\n')
        return '"' + cell.replace('"', '""') + '"' if must or draw(st.integers(0, 9)) == 0 else draw(SPACE) + cell + draw(SPACE)

    return ";".join(map(one, cells)) + draw(st.sampled_from(["", "", "", ";", ";;"]))


@st.composite
def files(draw):
    kind = draw(st.sampled_from(VOTE_TYPES))
    codes = draw(
        st.lists(st.from_regex(r"[A-Z]{0,2}[1-9][0-9]{0,4}(/[0-9]{1,2})?", fullmatch=True), min_size=1, max_size=6, unique=True)
    )
    priced = {code: draw(amounts()) for code in codes}
    names = {code: draw(words) for code in codes}
    pot = draw(amounts())
    ballots = draw(st.dictionaries(st.from_regex(r"[a-z]?[0-9]{1,6}", fullmatch=True), ballots_of(kind, codes), max_size=8))
    out = [draw(st.sampled_from(["META", "meta", "META;;"])), "key;value"]
    meta = {
        "description": draw(words),
        "num_projects": str(len(codes)),
        "num_votes": str(len(ballots)),
        "budget": pot[0],
        "vote_type": kind,
    }
    meta |= {key: VALUES.get(key) or draw(words) for key in draw(st.lists(st.sampled_from(KEYS), unique=True))}
    meta |= draw(
        st.sampled_from([{}, {"date_begin": "2024", "date_end": "2024"}, {"date_begin": "01.06.2024", "date_end": "30.06.2024"}])
    )
    out += [line(draw, [key, value]) for key, value in draw(st.permutations(list(meta.items())))]
    out += projects_section(draw, priced, names) + votes_section(draw, kind, ballots)
    end = draw(st.sampled_from(["\n", "\r\n"]))
    gap = draw(st.sampled_from([end, end * 2]))
    text = draw(st.sampled_from(["", "\ufeff"])) + gap.join(out) + draw(st.sampled_from(["", end]))
    said = {voter: tuple((code, exact) for code, (_text, exact) in cast) for voter, cast in ballots.items()}
    return Written(text, kind, pot[1], {code: grosze for code, (_text, grosze) in priced.items()}, names, said)


def ballots_of(kind, codes):
    most = 1 if kind == "choose-1" else len(codes)
    marked = st.lists(st.sampled_from(codes), unique=True, max_size=most, min_size=1 if kind == "choose-1" else 0)
    return marked.flatmap(lambda some: st.tuples(*(st.tuples(st.just(code), points()) for code in some)))


def projects_section(draw, priced, names):
    columns = draw(st.permutations(["cost", "name", *draw(st.lists(st.sampled_from(PROJECT_COLUMNS), unique=True))]))
    rows = []
    for code, (cost, _grosze) in priced.items():
        cells = {"cost": cost, "name": names[code], "selected": draw(st.sampled_from(["0", "1", "2", ""]))}
        cells |= {"votes": "", "score": "", "latitude": "54.26", "longitude": "18.63"}
        rows.append([code, *(cells.get(name, "x,y") for name in columns)])
    return ["PROJECTS", ";".join(["project_id", *columns]), *(line(draw, row) for row in rows)]


def votes_section(draw, kind, ballots):
    with_points = ["points"] if kind in ("cumulative", "scoring") else []
    columns = draw(st.permutations(["vote", *with_points, *draw(st.lists(st.sampled_from(VOTER_COLUMNS), unique=True))]))
    comma = draw(st.sampled_from([",", ", "]))
    rows = []
    for voter, cast in ballots.items():
        cells = {
            "vote": comma.join(code for code, _points in cast), "points": comma.join(text for _code, (text, _exact) in cast),
            "age": draw(st.sampled_from(["", "27", "16-24"])), "sex": draw(st.sampled_from(["", "F", "M", "K"])),
        }  # fmt: skip
        row = [voter, *(cells.get(name, "x") for name in columns)]
        rows.append(row[: len(row) - draw(st.integers(0, 1))] if row[-1] == "" else row)
    return ["VOTES", ";".join(["voter_id", *columns]), *(line(draw, row) for row in rows)]


def as_said(written, vote):
    """(project, points) as the grammar gives them: an approval has none, an ordinal ballot is its order."""
    if written.kind in ("cumulative", "scoring"):
        return tuple(zip(vote.projects, vote.points, strict=True))
    return tuple((code, None) for code in vote.projects)


def expected(written, cast):
    return cast if written.kind in ("cumulative", "scoring") else tuple((code, None) for code, _points in cast)


@given(files())
@settings(max_examples=150, deadline=None)
def test_every_file_of_the_grammar_is_read_as_it_says(written):
    """B3: all kinds of ballot, keys and columns in any order, known and unknown, amounts and points in any writing."""
    reading = read(io.BytesIO(written.text.encode()))
    votes = list(reading.votes())

    assert [str(problem) for problem in reading.problems.errors] == []
    assert reading.meta.budget == written.budget
    assert {one.id: one.cost for one in reading.projects} == written.costs
    assert {one.id: one.name for one in reading.projects} == written.names
    assert {vote.voter: as_said(written, vote) for vote in votes} == {
        voter: expected(written, cast) for voter, cast in written.ballots.items()
    }


@pytest.mark.django_db
@given(files())
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_file_of_the_grammar_is_imported_counted_and_written_again(written):
    """B3: slice 11 on made-up towns."""
    with transaction.atomic():
        consultation, problems = import_file(io.BytesIO(written.text.encode()), slug="miasto", moment=timezone.now())
        vote = consultation.instruments.get()
        totals = budget.count(vote).totals.votes
        again = read(io.BytesIO("".join(export_lines(vote, profile="full")).encode()))
        back = sorted(as_said(written, one) for one in again.votes())
        transaction.set_rollback(True)

    assert not problems.errors and not again.problems.errors
    assert totals == {code: sum(code in dict(cast) for cast in written.ballots.values()) for code in written.costs}
    assert back == sorted(expected(written, cast) for cast in written.ballots.values())
