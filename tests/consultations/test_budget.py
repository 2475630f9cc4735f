"""A participatory budget from the card to the winners: counted after closing alone, ties decided by what was announced."""

import io
import json
from collections import Counter
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.utils import timezone

from consultations import ballot_box, budget, chain, keys
from consultations.actions import budget as verbs
from consultations.actions import exports
from consultations.actions.pabulib_files import BadFile, export_lines, import_file
from consultations.models import Ballot, BasisKind, Consultation, Draw, Instrument, TallyRun
from consultations.pabulib import read
from consultations.statuses import ConsultationStatus, ExportStatus, Phase
from consultations.tally import is_true
from office.transitions import Refused
from pruszcz_portal import roles
from tests.consultations.budgets import checked
from tests.consultations.cast import make_basis, make_budget, make_consultation

pytestmark = pytest.mark.django_db
GDANSK = settings.BASE_DIR / "sample_data" / "consultations" / "gdansk-2020-participatory-budget.pb"


@pytest.fixture
def vote():
    consultation = make_consultation(phase=Phase.CLOSED, basis=make_basis(BasisKind.BUDGET))
    keys.make(consultation)
    return make_budget(consultation)


def cast_ballots(vote, *cards, is_final=True):
    for number, card in enumerate(cards):
        answers = {"votes": [[code, None] for code in card]}
        ballot_box.accept(vote, token=f"karta-{number}-0123456789abcdef", answers=answers, faces=[], in_time=True)
    ballot_box.seal(vote, moment=timezone.now(), is_final=is_final)


def test_nobody_counts_before_the_box_is_closed(vote, dariusz):
    cast_ballots(vote, "1", "1", "2", "1", "2", is_final=False)

    with pytest.raises(Refused, match="zapieczętować"):
        verbs.run_tally(vote, by=dariusz, moment=timezone.now())


def test_the_count_pays_the_winners_until_the_pot_ends(vote, dariusz):
    """C32: 300,000 zł pay projects 1 and 2, nothing is left for the third."""
    cast_ballots(vote, "12", "12", "1", "13", "23", "2")

    run = verbs.run_tally(vote, by=dariusz, moment=timezone.now())

    assert run.result["winners"] == ["1", "2"]
    assert run.result["left"] == 0
    assert {step["project"]: step["votes"] for step in run.result["steps"]} == {"1": 4, "2": 4, "3": 2}
    assert vote.consultation.chain.get(kind="tally").payload["inputs"] == run.inputs_sha256


def test_a_what_if_is_kept_apart_and_decides_nothing(vote, dariusz):
    cast_ballots(vote, "12", "12", "1", "13")

    run = verbs.run_tally(vote, rule="equal-shares", by=dariusz, moment=timezone.now())

    assert run.is_what_if
    assert not TallyRun.objects.filter(is_what_if=False).exists()


def test_a_tie_waits_for_the_announced_draw_and_anybody_can_repeat_it(vote, dariusz):
    """4.7: projects 2 and 3 tie, the pot pays one of them."""
    vote.budget.pot_grosze = 35_000_000
    vote.budget.save()
    cast_ballots(vote, "2", "2", "3", "3")
    open_run = verbs.run_tally(vote, by=dariusz, moment=timezone.now())

    final = verbs.draw_lots(vote, public_value="5 12 19 23 40 44", by=dariusz, moment=timezone.now())

    drawn = Draw.objects.get()
    assert not open_run.result["is_final"] and final.result["is_final"]
    assert is_true(drawn.order, chain_head=drawn.chain_head, public_value="5 12 19 23 40 44")
    assert final.result["winners"][0] == drawn.order[0]
    assert not chain.faults(vote.consultation)


def test_lots_are_drawn_once_and_only_for_a_tie(vote, dariusz):
    cast_ballots(vote, "1", "1", "2")
    verbs.run_tally(vote, by=dariusz, moment=timezone.now())

    with pytest.raises(Refused, match="remis"):
        verbs.draw_lots(vote, public_value="1 2 3", by=dariusz, moment=timezone.now())


def test_without_an_announced_value_nobody_draws(vote, dariusz):
    vote.budget.draw_announcement, vote.budget.pot_grosze = "", 35_000_000
    vote.budget.save()
    cast_ballots(vote, "2", "3")
    verbs.run_tally(vote, by=dariusz, moment=timezone.now())

    with pytest.raises(Refused, match="nie ogłoszono"):
        verbs.draw_lots(vote, public_value="1 2 3", by=dariusz, moment=timezone.now())


def test_what_has_to_be_said_before_a_vote_is_named(vote):
    vote.budget.tie_rules, vote.budget.least_age = ["draw"], 16
    vote.budget.draw_announcement, vote.budget.project_most_grosze = "", 15_000_000
    vote.budget.save()

    named = " ".join(budget.missing(vote))

    assert "jawną wartość" in named and "wieku" in named and "2, 3" in named


def test_the_order_of_an_ordinal_card_survives_the_database(vote):
    cast_ballots(vote, "312")

    [ballot] = Ballot.objects.all()

    assert budget.ballot_of(ballot.answers).projects == ("3", "1", "2")


# Pabulib ---------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gdansk(django_db_setup, django_db_blocker):
    """What the file of Gdańsk becomes here, found out once: 30,237 ballots take some seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        with GDANSK.open("rb") as file:
            consultation, problems = import_file(file, moment=timezone.now())
        vote = consultation.instruments.get()
        facts = SimpleNamespace(
            errors=problems.errors, status=consultation.status, projects=vote.projects.count(), ballots=vote.ballots.count(),
            official={project.code: project.official["votes"] for project in vote.projects.all()}, result=budget.count(vote),
            full="".join(export_lines(vote, profile="full")), public="".join(export_lines(vote, profile="public")),
        )  # fmt: skip
        with GDANSK.open("rb") as file, pytest.raises(Refused) as again:
            import_file(file, moment=timezone.now())
        facts.again = str(again.value)
        transaction.set_rollback(True)
    return facts


def test_the_file_of_gdansk_is_imported_counted_and_equal_to_its_official_totals(gdansk):
    assert gdansk.errors == []
    assert (gdansk.projects, gdansk.ballots) == (28, 30_237)
    assert gdansk.result.totals.votes == gdansk.official
    assert gdansk.result.is_final
    assert gdansk.status == ConsultationStatus.ARCHIVED


def test_what_is_exported_reads_back_with_the_same_ballots(gdansk):
    with GDANSK.open("rb") as file:
        wanted = Counter((vote.projects, *sorted(vote.fields.items())) for vote in read(file).votes())

    after = read(io.BytesIO(gdansk.full.encode()))
    got = Counter((vote.projects, *sorted(vote.fields.items())) for vote in after.votes())

    assert not after.problems.errors
    assert (len(got), got == wanted) == (len(wanted), True)


def test_exact_ages_leave_only_in_the_full_profile(gdansk):
    header, *rows = (line.split(";") for line in gdansk.public.split("VOTES\n")[1].splitlines())

    ages = {row[header.index("age")] for row in rows}

    assert "25-39" in ages
    assert not any(age.isdigit() for age in ages)


def voters_of(text, *columns):
    """How many rows of VOTES hold each combination of the columns."""
    header, *rows = (line.split(";") for line in text.split("VOTES\n")[1].splitlines())
    return Counter(tuple(row[header.index(name)] for name in columns if name in header) for row in rows)


def test_no_combination_of_what_is_known_stands_in_fewer_than_five_public_rows(gdansk):
    """N2, B5"""
    known = ("age", "sex", "voting_method")

    assert min(voters_of(gdansk.full, *known).values()) < 5
    assert min(voters_of(gdansk.public, *known).values()) >= 5
    assert len(voters_of(gdansk.public, "age", "sex")) > 6


def test_the_public_file_of_gdansk_has_no_error_by_the_checker_of_pabulib(gdansk):
    errors, _warnings = checked([gdansk.public])

    assert errors == {}


def test_the_same_file_twice_wants_another_address(gdansk):
    assert "już są" in gdansk.again


def test_the_commands_do_the_same(db, capsys):
    call_command("import_pabulib", str(GDANSK), slug="gdansk-2020")
    imported = capsys.readouterr().out.strip()

    call_command("tally", imported)
    counted = json.loads(capsys.readouterr().out)
    call_command("export_pabulib", imported)
    exported = capsys.readouterr().out

    assert imported == "gdansk-2020"
    assert counted["official"]["totals_agree"] and counted["is_final"]
    assert exported.startswith("META\nkey;value\n")


SMALL = """META
key;value
description;Mały budżet
country;Poland
unit;Wieś
instance;2024
num_projects;2
num_votes;2
budget;1000
vote_type;approval
rule;greedy
date_begin;01.10.2024
date_end;15.10.2024
PROJECTS
project_id;cost;name
1;400;Ławka
2;700;Drzewa
VOTES
voter_id;vote
a;1,2
;1
"""


def test_a_file_with_an_error_changes_nothing_and_names_the_line(db):
    with pytest.raises(BadFile, match="wiersz 21"):
        import_file(io.BytesIO(SMALL.encode()), moment=timezone.now())

    assert not Consultation.objects.exists() and not Instrument.objects.exists()


def a_village(*voters):
    """A vote of the village with these voters: (age, sex, way, education)."""
    header = SMALL.replace("num_votes;2", f"num_votes;{len(voters)}").split("voter_id;vote\n")[0]
    rows = [f"{n};1;{';'.join(voter)}" for n, voter in enumerate(voters, 1)]
    file = "\n".join([header + "voter_id;vote;age;sex;voting_method;education", *rows]).encode()
    return import_file(io.BytesIO(file), moment=timezone.now())[0].instruments.get()


def test_what_would_single_somebody_out_is_in_no_public_row(db):
    """N2, B5: the only woman over seventy is nobody's neighbour in the file; the many keep what is known of them."""
    young, old = [("30", "F", "internet", "")] * 6, [("71", "M", "internet", "")] * 6
    vote = a_village(*young, *old, ("75", "F", "internet", "doktorat"))

    public = "".join(export_lines(vote, profile="public"))

    shown = voters_of(public, "age", "sex")
    assert shown["25-39", "F"] == 6 or shown["70-115", "M"] == 6
    assert min(shown.values()) >= 5
    assert "education" not in public and "doktorat" in "".join(export_lines(vote, profile="pseudonymised"))


def test_a_way_of_voting_that_would_tell_is_in_no_row_of_a_public_file(db):
    """The format wants the way in every row, so one hidden cell takes the column."""
    vote = a_village(*[("30", "F", "internet", "")] * 11, ("30", "F", "paper", ""))

    assert "voting_method" not in "".join(export_lines(vote, profile="public"))


def test_of_fewer_than_ten_voters_a_public_file_says_nothing(db):
    vote = a_village(*[("30", "F", "internet", "")] * 9)

    assert "VOTES\nvoter_id;vote\n" in "".join(export_lines(vote, profile="public"))


def test_a_pabulib_file_of_half_a_vote_is_refused(db, make_account):
    """B4: winners of a part would be nobody's."""
    vote = a_village(*[("30", "F", "internet", "")] * 2)
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)
    day = vote.batches.get().day
    given = {"instrument": vote, "profile": "full", "format": "pb", "purpose": "raport", "by": grazyna, "moment": timezone.now()}

    with pytest.raises(Refused, match=f"{day:%d.%m.%Y} albo późniejszy"):
        exports.order(vote.consultation, as_of=day - timedelta(days=1), **given)

    export = exports.order(vote.consultation, as_of=day, **given)
    exports.run(export.pk, moment=timezone.now())
    export.refresh_from_db()
    assert export.status == ExportStatus.DONE, export.failure


def test_a_file_that_is_not_there_is_told_in_words(db):
    with pytest.raises(CommandError, match=r"nie-ma\.pb"):
        call_command("import_pabulib", "nie-ma.pb")
