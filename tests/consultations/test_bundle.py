"""The bundle the portal makes of a real box is accepted by the stand-alone checker, and one changed row in it is found (N3, B6, I6, I10)."""

import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from consultations import ballot_box, keys
from consultations.actions import exports
from consultations.actions.pabulib_files import import_file
from consultations.exports.bundle import scopes_of, write_bundle
from consultations.models import Consultation, Export
from consultations.statuses import ConsultationStatus
from consultations.verify.checks import verify
from consultations.verify.inputs import bundles
from pruszcz_portal import roles
from tests.consultations import boxed
from tests.consultations.cast import make_budget, make_consultation, make_survey

Profile = Export.Profile


def close(consultation):
    Consultation.objects.filter(pk=consultation.pk).update(
        closes_at=timezone.now() - timedelta(seconds=1), status=ConsultationStatus.UNDER_ANALYSIS
    )
    consultation.refresh_from_db()


@pytest.fixture
def voted(db):
    """Sixty people vote in the survey and on projects, in two sealings each; then it is closed."""
    consultation = make_consultation(slug="park")
    keys.make(consultation)
    survey, projects = make_survey(consultation, boxed.SURVEY), make_budget(consultation)
    version = survey.versions.get().version
    for half in range(2):
        for n in range(30 * half, 30 * half + 30):
            ballot_box.accept(survey, token=f"a{n}", answers=boxed.answers(n), version=version, faces=[])
            ballot_box.accept(projects, token=f"b{n}", answers={"votes": [["1", None], [str(2 + n % 2), None]]}, faces=[])
        for box in (survey, projects):
            ballot_box.seal(box, moment=timezone.now())
    close(consultation)
    return consultation


def made(consultation, folder, profile, instrument=None):
    path = folder / f"{profile}.zip"
    write_bundle(path, scopes_of(consultation, instrument, profile, timezone.localdate()))
    return path


def checked(path, folder):
    (bundle,) = bundles([path], folder)
    return verify(bundle)


@pytest.mark.parametrize("profile", Profile.values)
def test_the_checker_accepts_the_bundle_of_each_profile(voted, tmp_path, profile):
    """I1, I6, I10: totals, winners, roots and the chain follow from the files alone."""
    report = checked(made(voted, tmp_path, profile), tmp_path / "x")

    assert report.exit_code == 0, report.findings


def test_the_checker_accepts_it_as_an_outsider_runs_it(voted, tmp_path):
    path = made(voted, tmp_path, Profile.FULL)

    done = subprocess.run([sys.executable, "-m", "consultations.verify", str(path)], capture_output=True, check=False)

    assert done.returncode == 0, done.stdout.decode()


IMPORTED = """META
key;value
description;Budżet sąsiadów
country;Poland
unit;Wieś
instance;2024
num_projects;2
num_votes;12
budget;1000
vote_type;cumulative
rule;greedy
date_begin;01.10.2024
date_end;15.10.2024
PROJECTS
project_id;cost;name
1;400;Ławka
2;700;Drzewa
VOTES
voter_id;vote;points;age;sex
""" + "".join(f"{n};1,2;3,{n % 3};{20 + n};F\n" for n in range(12))


@pytest.mark.parametrize("profile", Profile.values)
def test_the_checker_accepts_the_bundle_of_an_imported_vote(db, tmp_path, profile):
    """I6, N3"""
    consultation, _problems = import_file(io.BytesIO(IMPORTED.encode()), moment=timezone.now())

    report = checked(made(consultation, tmp_path, profile), tmp_path / "x")

    assert report.exit_code == 0, report.findings
    assert "cudzego pliku" in report.as_text()


def changed(path, name, change):
    """The same zip with the lines of one file changed."""
    into = path.with_name("zmieniony.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(into, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            new.writestr(
                member.filename, b"".join(change(content.splitlines(keepends=True))) if member.filename == name else content
            )
    return into


def swapped(lines):
    """Two neighbours that differ change places: equal answers may stand beside each other, and swapping those changes nothing."""
    at = next(at for at in range(len(lines) - 1) if lines[at] != lines[at + 1])
    return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]


CHANGES = {
    "altered": lambda lines: [lines[0].replace(b'"want":"', b'"want":"x'), *lines[1:]],
    "deleted": lambda lines: lines[:-1],
    "added": lambda lines: [*lines, lines[0].replace(b'"batch":1', b'"batch":2')],
    "swapped": swapped,
}


@pytest.mark.parametrize("profile", [Profile.FULL, Profile.PUBLIC])
@pytest.mark.parametrize("how", CHANGES)
def test_one_changed_row_is_found(voted, tmp_path, profile, how):
    """B6"""
    path = changed(made(voted, tmp_path, profile), "glosy-ankieta.jsonl", CHANGES[how])

    assert checked(path, tmp_path / "x").differences


def test_a_changed_cell_of_the_table_is_found(voted, tmp_path):
    """B6"""
    first_yes = lambda lines: next(at for at, line in enumerate(lines) if b";yes;" in line)  # noqa: E731
    change = lambda lines: [line.replace(b";yes;", b";no;") if at == first_yes(lines) else line for at, line in enumerate(lines)]  # noqa: E731

    path = changed(made(voted, tmp_path, Profile.PUBLIC), "glosy-ankieta.csv", change)

    assert checked(path, tmp_path / "x").differences


def test_a_text_removed_after_sealing_leaves_its_place_proved(voted, tmp_path, make_account):
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)
    ballot = next(one for one in voted.instruments.get(code="ankieta").ballots.all() if "why" in one.answers)
    exports.remove_text(voted, ballot=ballot.pk, question="why", reason="dane sąsiada", by=grazyna, moment=timezone.now())

    path = made(voted, tmp_path, Profile.FULL)

    assert checked(path, tmp_path / "x").differences == []
    assert ballot.answers["why"] not in zipfile.ZipFile(path).read("glosy-ankieta.jsonl").decode()


def test_nobody_s_id_leaves_with_an_extract(voted, tmp_path):
    """Neither ballots nor batches of the sealed rows stand in a public line, so a day of voting is not told either."""
    archive = zipfile.ZipFile(made(voted, tmp_path, Profile.PUBLIC))
    lines = [json.loads(line) for line in archive.read("glosy-ankieta.jsonl").splitlines()]

    assert {key for line in lines for key in line} == {"answers", "channel"}
    assert not {key for line in lines for key in line["answers"]} & {"mail", "visits", "want_other"}


def test_the_command_writes_a_folder_that_is_checked_and_refuses_before_the_closing(voted, tmp_path):
    call_command("export_bundle", "park", "--to", str(tmp_path / "komplet"), stdout=io.StringIO())

    assert checked(tmp_path / "komplet", tmp_path / "x").differences == []
    Consultation.objects.filter(slug="park").update(
        status=ConsultationStatus.ANNOUNCED, closes_at=timezone.now() + timedelta(days=1)
    )
    with pytest.raises(CommandError, match="zamknięte"):
        call_command("export_bundle", "park", "--to", str(tmp_path / "inny"))
    with pytest.raises(CommandError, match="Nie ma konsultacji"):
        call_command("export_bundle", "nie-ma", "--to", str(tmp_path / "inny"))
