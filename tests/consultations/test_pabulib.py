"""The Pabulib format both ways (slice 11): real files, broken and hostile ones, and what leaves in which profile."""

import io
import string
import time
import tracemalloc
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import pabulib
from consultations.pabulib import Project, Vote, grosze, read, write, zlotys
from consultations.tally import Entry, tally
from tests.consultations.budgets import GDANSK, GDYNIA, GDYNIA_POT, GDYNIA_VOTES, checked, gdynia_ballots

HEAD = """META
key;value
description;Budżet obywatelski
country;Poland
unit;Pruszcz Gdański
instance;2026
num_projects;2
num_votes;2
budget;100000
vote_type;approval
rule;greedy
date_begin;01.09.2026
date_end;14.09.2026
"""
PROJECTS = "PROJECTS\nproject_id;cost;name\n1;60000;Łąka kwietna\n2;50000,50;Ławki\n"
VOTES = "VOTES\nvoter_id;vote;age;sex\n10;1,2;34;F\n11;2;;M\n"
FILE = HEAD + PROJECTS + VOTES


def taken(text):
    """The whole file: the reading, when its ballots have been taken, and the ballots."""
    reading = read(io.BytesIO(text if isinstance(text, bytes) else text.encode()))
    return reading, list(reading.votes())


def error_codes(text):
    reading, _votes = taken(text)
    return [(problem.code, problem.line) for problem in reading.problems.errors]


def difference_codes(text):
    reading, _votes = taken(text)
    return [problem.code for problem in reading.problems.differences]


# Gdańsk 2020 ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gdansk():
    with GDANSK.open("rb") as file:
        reading = read(file)
        return reading, list(reading.votes())


def test_gdansk_is_read_whole_and_its_totals_equal_the_official_ones(gdansk):
    """B3"""
    reading, votes = gdansk

    assert not reading.problems.counts  # no error, no difference from a total in the file, not even a remark
    assert (len(reading.projects), len(votes), reading.ballots) == (28, 30_237, 30_237)
    assert {project.id: project.votes for project in reading.projects} == reading.votes_counted
    assert reading.votes_counted["1"] == 5053
    assert reading.meta.budget == 3_600_000_00


def test_gdansk_is_counted_by_the_rule_its_header_names(gdansk):
    """B3"""
    reading, votes = gdansk
    rule, options = pabulib.rule_of(reading.meta)

    result = tally(rule, reading.meta.budget, reading.projects, votes, **options)

    assert result.final_winners() == ("1", "18", "7", "27", "13")
    assert result.left == 3_700_00
    assert {project.id: project.votes for project in reading.projects} == result.totals.votes
    assert not pabulib.compare(result, reading.projects).is_said  # the file does not say who won


def test_gdansk_in_full_is_the_same_file_byte_for_byte(gdansk):
    reading, votes = gdansk

    lines = write(reading.meta, reading.projects, votes, profile="full", vote_columns=reading.vote_columns, newline="\r\n")

    assert "".join(lines).encode() == GDANSK.read_bytes()


def test_gdansk_announced_by_us_passes_the_checker_of_pabulib_without_a_word(gdansk):
    """B3: 0 errors, 0 warnings, and the winners follow from the rule the header names."""
    reading, votes = gdansk
    rule, options = pabulib.rule_of(reading.meta)
    result = tally(rule, reading.meta.budget, reading.projects, votes, **options)

    lines = write(
        {**reading.meta, **pabulib.meta_of(result)}, pabulib.announced(result, reading.projects), votes, profile="public"
    )

    assert checked(lines) == ({}, {})


def test_reading_and_counting_gdansk_takes_less_than_a_second_and_a_half_of_processor():
    began = time.process_time()
    with GDANSK.open("rb") as file:
        reading = read(file)
        tally("greedy-votes", reading.meta.budget, reading.projects, reading.votes(), ballot_type="choose-1")

    assert time.process_time() - began < 1.5


def test_ten_times_the_ballots_need_no_more_memory():
    def measured(ballots):
        lines = iter([*(HEAD + PROJECTS).splitlines(True), "VOTES\n", "voter_id;vote\n"])
        tracemalloc.start()
        reading = read(_chained(lines, (f"{n};1\n" for n in range(ballots))))
        assert sum(1 for _vote in reading.votes()) == ballots
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert measured(50_000) - measured(5_000) < 16 * 45_000  # eight bytes a voter, doubled while the array grows


def _chained(first, then):
    yield from first
    yield from then


# What the city announced ----------------------------------------------------------------------------------------------


def gdynia():
    """The modelled cards as the city's file announces them: 5 is marked 2, paid from elsewhere."""
    selected = {"4": 1, "2": 1, "1": 1, "5": 2, "3": 0}
    projects = [Project(one.id, one.cost, f"Projekt {one.id}", GDYNIA_VOTES[one.id], None, selected[one.id]) for one in GDYNIA]
    return projects, gdynia_ballots()


def test_the_winners_of_gdynia_differ_by_a_tie_and_the_comparison_names_it():
    """B3"""
    projects, ballots = gdynia()

    open_one = pabulib.compare(tally("greedy-votes", GDYNIA_POT, projects, ballots), projects)
    cheap = pabulib.compare(tally("greedy-votes", GDYNIA_POT, projects, ballots, ties=("lower-cost",)), projects)

    assert open_one.official == ("4", "2", "1")
    assert open_one.paid_elsewhere == ("5",)
    assert open_one.explained_by == cheap.explained_by == {"too_dear": "skip", "ties": ("higher-cost",)}
    assert (cheap.more, cheap.fewer) == (("5",), ("1",))
    assert not cheap.agrees


def test_a_comparison_names_the_other_variant_a_draw_or_nothing():
    """B3"""
    projects = [Project(str(n), cost, "x", selected=0) for n, cost in enumerate([60, 50, 40, 40], start=1)]
    ballots = [*[Vote("a", ("1",))] * 3, *[Vote("b", ("2",))] * 2, Vote("c", ("3", "4"))]

    def explained(*official):
        said = [replace(project, selected=int(project.id in official)) for project in projects]
        return pabulib.compare(tally("greedy-votes", 100, said, ballots), said).explained_by

    assert explained("1") == {"too_dear": "stop", "ties": ()}
    assert explained("1", "4") == {"too_dear": "skip", "ties": ("draw",), "draws": [("4", "3")]}
    assert explained("2", "3") is None


@pytest.mark.parametrize(
    "header, expected",
    [
        ({"vote_type": "approval", "rule": "greedy"}, ("greedy-votes", "skip", 0)),
        ({"vote_type": "choose-1", "rule": "greedy-no-skip", "min_project_score_threshold": "30"}, ("greedy-votes", "stop", 30)),
        ({"vote_type": "cumulative", "rule": "greedy"}, ("greedy-points", "skip", 0)),
        ({"vote_type": "ordinal", "rule": "greedy-threshold", "min_project_score_threshold": "5"}, ("greedy-points", "skip", 5)),
    ],
)
def test_the_rule_of_a_header_is_one_of_ours(header, expected):
    rule, options = pabulib.rule_of(pabulib.Meta(header))

    assert (rule, options["too_dear"], options["least"]) == expected


@pytest.mark.parametrize("rule", ["unknown", "greedy-custom", "greedy-exclusive", ""])
def test_a_rule_of_the_citys_own_is_not_guessed(rule):
    assert pabulib.rule_of(pabulib.Meta({"vote_type": "approval", "rule": rule})) is None


def test_points_of_pruszcz_leave_as_cumulative_and_pass_the_checker():
    projects = [
        Project("1", 100_000_00, "Łąka"),
        Project("2", 90_000_00, "Ławki"),
        Project("3", 80_000_50, "Lampy"),
        Project("4", 1_00, "Nic"),
    ]
    votes = [
        Vote(str(n), ("2", "1", "3"), (5, 4, 1), {"age": str(20 + n), "sex": "F", "voting_method": "paper"}) for n in range(5)
    ]
    result = tally("pruszcz-points", 180_000_00, projects, votes, ties=("draw",))
    meta = dict(line.split(";") for line in HEAD.splitlines()[2:]) | {"num_projects": "4", "num_votes": "5", "budget": "180000"}
    meta |= {"vote_type": "cumulative", "max_length": "3", "max_points": "5", "max_sum_points": "15"} | pabulib.meta_of(result)

    text = "".join(write(meta, pabulib.announced(result, projects), votes, profile="public"))

    assert result.winners == ("2",)
    errors, warnings = checked([text])
    assert errors == {}
    assert set(warnings) == {"project with no votes"}
    assert "0;2,1,3;5,4,1;16-24;F;paper\n" in text


# Profiles -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "profile, age, knows_floor", [("full", "27", True), ("pseudonymised", "25-39", True), ("public", "25-39", False)]
)
def test_an_exact_age_leaves_only_in_the_full_profile(profile, age, knows_floor):
    """N2"""
    votes = [Vote("1", ("1",), (), {"age": "27", "floor": "3"}), Vote("2", ("2",), (), {"age": "27", "floor": "4"})]
    reading, _votes = taken(FILE)

    written, back = taken("".join(write(reading.meta, reading.projects, votes, profile=profile)))

    assert not written.problems.errors
    assert {vote.fields["age"] for vote in back} == {age}
    assert all(("floor" in vote.fields) == knows_floor for vote in back)


@pytest.mark.parametrize(
    "text, band",
    [
        ("0", "0-15"),
        ("15", "0-15"),
        ("16", "16-24"),
        ("115", "70-115"),
        ("116", ""),
        ("142", ""),
        ("", ""),
        ("x", ""),
        ("40-59", "40-59"),
    ],
)
def test_ages_become_bands_and_impossible_ones_nothing(text, band):
    """N2, C36"""
    assert pabulib.age_band(text) == band


def test_a_file_that_would_lie_is_not_finished():
    reading, votes = taken(FILE)

    with pytest.raises(ValueError, match="num_votes"):
        list(write(reading.meta, reading.projects, votes[:1], profile="full"))
    with pytest.raises(ValueError, match="begin"):
        list(write(reading.meta, [Project("votes", 100), Project("2", 100)], votes, profile="full"))


# Other shapes of public files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(";", " ; ").replace("key ; value", "key; value"),
        lambda text: text.replace("approval", "approval "),
        lambda text: text.replace("META", "meta").replace("VOTES", "Votes;;"),
        lambda text: text.replace("voter_id;vote;age;sex\n10;1,2;34;F\n11;2;;M", "voter_id;age;sex;vote\n10;34;F;1, 2\n11;;M;2"),
        lambda text: text.replace("\n\n", "\n").replace("PROJECTS", "\n\nPROJECTS"),
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("10;1,2;34;F", '"10";"1,2";"34";"F"'),
        lambda text: text.replace("11;2;;M", "11;2;;M;;;"),
    ],
)
def test_a_file_written_in_another_hand_says_the_same(change):
    plain, votes = taken(FILE)

    other, other_votes = taken(change(FILE))

    assert not other.problems.counts
    assert (dict(other.meta), other.projects, other_votes) == (dict(plain.meta), plain.projects, votes)


def test_a_file_may_be_lines_of_text_too():
    assert read(FILE.splitlines()).projects == read(io.StringIO(FILE)).projects == taken(FILE)[0].projects


def test_columns_and_keys_nobody_knows_are_kept():
    text = (
        FILE.replace("cost;name", "cost;Ulica;name;target").replace("60000;Ł", "60000;Polna;Ł").replace("kwietna", "kwietna;a, b")
    )
    text = text.replace("50000,50;Ławki", "50000,50;;Ławki").replace("rule;greedy", "rule;greedy\nzrodlo;uchwała")

    reading, _votes = taken(text)

    assert reading.meta["zrodlo"] == "uchwała"
    assert dict(reading.projects[0].fields) == {"ulica": "Polna", "beneficiaries": "a, b"}  # renamed as the format was in 2026
    assert not reading.problems.errors


@pytest.mark.parametrize(
    "text, amount",
    [
        ("3600000", 3_600_000_00), ("50000,50", 50_000_50), ("50000.5", 50_000_50), ("3 600 000", 3_600_000_00), ("1e6", 1_000_000_00),
        ("0.005", 1), ("12.345", 12_35), ("-5", -5_00), ("", None), ("x", None), ("1,2,3", None), ("NaN", None), ("Infinity", None),
        ("1e999999999", None), ("9" * 500, None), ("١٢", None), ("1_000", None),
    ],
)  # fmt: skip
def test_amounts_are_exact_grosze(text, amount):
    assert grosze(text) == amount


@given(st.integers(0, 10**15))
def test_an_amount_survives_the_format(amount):
    assert grosze(zlotys(amount)) == amount


def test_ballots_with_points_and_in_order_are_read_with_their_totals():
    head = HEAD.replace("approval", "cumulative") + "PROJECTS\nproject_id;cost;votes;score\nA/1;5;2;4\nB-2;6;1;1,5\n"
    reading, votes = taken(head + "VOTES\nvoter_id;vote;points\na;A/1,B-2;3,1.5\nb;A/1;1\n")

    assert [vote.points for vote in votes] == [(3, Fraction(3, 2)), (1,)]
    assert not reading.problems.counts.get("error")
    assert not reading.problems.differences

    reading, votes = taken(HEAD.replace("approval", "ordinal") + PROJECTS + "VOTES\nvoter_id;vote\na;2,1\nb;2\n")

    assert votes[0].projects == ("2", "1")
    assert reading.points_counted == {"1": 1, "2": 3}


# Broken and hostile files ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text, code, line",
    [
        (b"", "sections", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "encoding", 1),
        (b"PK\x03\x04\x00\x00", "binary", 1),
        (FILE.encode("cp1250"), "encoding", 3),
        (FILE.encode("utf-16"), "encoding", 1),
        (FILE.encode()[:-8] + b"\x00", "binary", 21),
        ("<html><script>alert(1)</script></html>", "sections", 1),
        (FILE.replace("PROJECTS\n", ""), "sections", None),
        (FILE.replace("VOTES", "META"), "sections", 18),
        (HEAD + VOTES, "sections", 14),
        (HEAD + PROJECTS, "sections", 17),
        (FILE.replace("key;value", "klucz;wartość"), "header", 2),
        (FILE.replace("project_id;cost", "id;price"), "header", 15),
        (FILE.replace("age;sex", "age;age"), "header", 19),
        (FILE.replace("unit;", "budget;5\nunit;"), "meta-twice", 10),
        (FILE.replace("budget;100000", "budget;dużo"), "budget", None),
        (FILE.replace("budget;100000\n", ""), "budget", None),
        (FILE.replace("approval", "loteria"), "vote-type", None),
        (FILE.replace("\n2;50000,50", "\n1;50000,50"), "project-twice", 17),
        (FILE.replace("50000,50", "-50000"), "cost", 17),
        (FILE.replace("50000,50", "0"), "cost", 17),
        (FILE.replace("50000,50", "1e15"), "cost", 17),
        (FILE.replace("50000,50", ""), "cost", 17),
        (FILE.replace("Ławki", "Ł" * 1001), "name", 17),
        (FILE.replace("\n2;", "\n" + "2" * 41 + ";"), "project-id", 17),
        (FILE.replace("\n11;", "\n10;"), "voter-twice", 21),
        (FILE.replace("\n11;", "\n;"), "voter", 21),
        (FILE.replace("\n11;2", "\n11;7"), "unknown-project", 21),
        (FILE.replace("approval", "cumulative"), "points", 20),
        (FILE.replace("Ławki", '"Ławki'), "sections", None),  # the quotation mark swallows the rest
        (FILE.replace("Ławki", '"' + "Ławki\n" * 40_000), "open-quote", 17),
        (FILE.replace("Ławki", "Ł" * 10_000_000), "long-line", 17),
        (FILE.replace("11;2;;M", "11;2;" + "9" * 10_000_000), "long-line", 21),
        (FILE.replace("\n10;1,2;34;F\n", "\r10;1,2;34;F\r"), "row", 19),
    ],
)  # fmt: skip
def test_a_broken_file_is_refused_by_line_and_in_polish(text, code, line):
    found = error_codes(text)

    assert code in [one for one, _line in found]
    assert line is None or (code, line) in found
    reading, _votes = taken(text)
    assert all(str(problem) and "%(" not in str(problem) and len(str(problem)) < 300 for problem in reading.problems.errors)


def test_what_is_sound_in_a_broken_file_is_still_read():
    reading, votes = taken(FILE.replace("\n11;2;;M", "\n11;7;;M\n12;2;;M\n12;1;;M"))

    assert [vote.voter for vote in votes] == ["10", "12"]
    assert [str(problem) for problem in reading.problems.errors] == [
        "wiersz 21: Karta wskazuje projekt „7”, którego nie ma w\u00a0pliku.",
        "wiersz 23: Głosujący „12” ma w\u00a0pliku drugą kartę.",
    ]


@pytest.mark.parametrize(
    "ids", [["1", "2", "2"], ["b", "a", "b"], ["5", "9", "5"], ["9", "5", "5"], ["1", "3", "2", "2"], ["2a", "3", "2a"]]
)
def test_a_second_ballot_of_one_voter_is_found_in_any_order(ids):
    lines = "".join(f"{voter};1\n" for voter in ids)

    assert [code for code, _line in error_codes(HEAD + PROJECTS + "VOTES\nvoter_id;vote\n" + lines)] == ["voter-twice"]


@given(st.lists(st.integers(0, 30).map(str) | st.text("0a", min_size=1, max_size=3), max_size=40))
def test_each_voter_is_taken_once(ids):
    _reading, votes = taken(HEAD + PROJECTS + "VOTES\nvoter_id;vote\n" + "".join(f"{voter};1\n" for voter in ids))

    assert [vote.voter for vote in votes] == list(dict.fromkeys(ids))


@pytest.mark.parametrize(
    "change, code",
    [
        (("num_votes;2", "num_votes;3"), "num_votes"),
        (("num_projects;2", "num_projects;5"), "num_projects"),
        (("cost;name\n1;60000", "cost;votes;name\n1;60000;7"), "total"),
        (("11;2;", "11;2,2;"), "same-twice"),
        (("rule;greedy", "rule;greedy\nmax_length;1"), "length"),
        (("rule;greedy", "rule;greedy\nmax_length;many"), "meta-number"),
        (("Pruszcz Gdański", "Pruszcz; Gdański"), "left-out"),
        (("Łąka kwietna", "Łąka; kwietna"), "left-out"),
        (("34;F", "34;F;jeszcze"), "left-out"),
    ],
)
def test_what_differs_from_the_files_own_word_is_imported_and_shown(change, code):
    text = FILE.replace(*change).replace(
        "2;50000,50;Ławki", "2;50000,50;2;Ławki" if "votes" in change[1] and code == "total" else "2;50000,50;Ławki"
    )

    assert not error_codes(text)
    assert code in difference_codes(text)


def test_missing_descriptions_and_strange_dates_are_remarks():
    reading, _votes = taken(FILE.replace("country;Poland\n", "").replace("01.09.2026", "wrzesień"))

    assert reading.problems.codes(pabulib.Level.REMARK) == {"meta-missing", "date"}
    assert not reading.problems.errors + reading.problems.differences


def test_script_stays_text_and_what_turns_text_round_goes():
    reading, _votes = taken(FILE.replace("Ławki", "<script>alert(1)</script>\u202egnp.exe\x07"))

    assert reading.projects[1].name == "<script>alert(1)</script> gnp.exe"
    assert reading.problems.codes(pabulib.Level.REMARK) == {"unseen"}


def test_a_million_faults_do_not_fill_the_memory():
    reading, _votes = taken(HEAD + PROJECTS + "VOTES\nvoter_id;vote\n" + "1;9\n" * 5000)

    assert reading.problems.counts[pabulib.Level.ERROR] == 5000
    assert len(reading.problems.errors) == 200


@given(st.binary(max_size=300) | st.text(st.sampled_from('META;VOTESPROJC\n"1,2\r\x00\ufeff'), max_size=200).map(str.encode))
def test_nothing_in_a_file_makes_reading_raise(noise):
    taken(noise)
    taken(FILE.encode() + noise)
    taken(HEAD.encode() + noise + (PROJECTS + VOTES).encode())


# There and back -------------------------------------------------------------------------------------------------------

plain = st.text(st.sampled_from(string.ascii_letters + string.digits + "ąćęłńóśźż„”\"'<>=+-;/| ."), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split()) or "x"
)
code_of = st.text(st.sampled_from(string.ascii_letters + string.digits + "/-_.ł\"'=;"), min_size=1, max_size=12).filter(
    lambda text: text.upper() not in ("META", "PROJECTS", "VOTES")
)
points_of = st.integers(-100, 10**6) | st.fractions(0, 9, max_denominator=8).filter(
    lambda number: number.denominator in (1, 2, 4, 8)
)


@st.composite
def files(draw):
    kind = draw(st.sampled_from(pabulib.VOTE_TYPES))
    codes = draw(st.lists(code_of, min_size=1, max_size=5, unique=True))
    columns = draw(st.lists(st.sampled_from(["category", "district", "ulica", "latitude"]), unique=True))
    projects = tuple(
        Project(code, draw(st.integers(1, 10**11)), draw(plain), draw(st.none() | st.integers(0, 99)), None, draw(st.none() | st.integers(0, 3)),
                {name: draw(plain) for name in columns})
        for code in codes
    )  # fmt: skip
    extra = draw(st.lists(st.sampled_from(["age", "sex", "district", "piętro"]), unique=True))
    votes = []
    for voter in draw(st.lists(code_of, max_size=6, unique=True)):
        marked = tuple(draw(st.lists(st.sampled_from(codes), unique=True, min_size=1)))
        points = tuple(draw(points_of) for _code in marked) if kind in ("cumulative", "scoring") else ()
        votes.append(Vote(voter, marked, points, {name: draw(plain) for name in extra}))
    meta = {key: draw(plain) for key in ("description", "unit", "opis")}
    meta |= {
        "vote_type": kind,
        "budget": zlotys(draw(st.integers(0, 10**12))),
        "num_projects": str(len(projects)),
        "num_votes": str(len(votes)),
    }
    return meta, projects, votes


@given(files(), st.sampled_from(["\n", "\r\n"]))
def test_what_is_written_is_read_back_the_same(file, newline):
    meta, projects, votes = file

    text = "".join(write(meta, projects, votes, profile="full", newline=newline))
    reading, back = taken(text)

    assert not reading.problems.errors
    assert (dict(reading.meta), back) == (meta, votes)
    assert [(one.id, one.cost, one.name, one.votes, one.selected, dict(one.fields)) for one in reading.projects] == [
        (one.id, one.cost, one.name, one.votes, one.selected, dict(one.fields)) for one in projects
    ]
    again = write(reading.meta, reading.projects, back, profile="full", newline=newline, vote_columns=reading.vote_columns)
    assert "".join(again) == text


@given(files())
def test_what_is_written_for_the_public_has_no_error_in_its_form_by_the_checker(file):
    """B3: errors of the money and rule belong to the made-up numbers, not to the form."""
    meta, projects, votes = file
    known = {
        "description": "x",
        "country": "Poland",
        "unit": "x",
        "instance": "1",
        "rule": "unknown",
        "date_begin": "2020",
        "date_end": "2020",
    }
    meta = {**meta, **known, "max_sum_points": "9"}
    shown = [
        replace(one, votes=None, selected=None, fields={k: v for k, v in one.fields.items() if k != "latitude"})
        for one in projects
    ]

    errors, _warnings = checked(write(meta, shown, [one._replace(fields={}) for one in votes], profile="public"))

    of_money = {
        "single project exceeded whole budget",
        "all projects funded",
        "project with no cost",
        "negative cumulative points",
    }
    of_kind = {"invalid choose-1 vote length"}
    assert set(errors) <= of_money | of_kind


def test_entries_of_the_tally_and_projects_of_a_file_are_counted_alike():
    reading, votes = taken(FILE)

    one = tally("greedy-votes", reading.meta.budget, reading.projects, votes)
    other = tally("greedy-votes", reading.meta.budget, [Entry(project.id, project.cost) for project in reading.projects], votes)

    assert one.as_json() == other.as_json()
