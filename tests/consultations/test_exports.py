"""Files of results: every cell as an independent reading has it, no formula, nobody singled out, the same bytes again (slice 9)."""

import csv
import io
import json
import random
import zipfile
from collections import Counter
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone

from consultations.actions import exports
from consultations.exports import sheets, workbook
from consultations.exports.privacy import masked, smallest_group
from consultations.exports.scope import Scope
from consultations.exports.tables import table_of
from consultations.models import Ballot, Export, Voice
from consultations.statuses import ConsultationStatus, ExportStatus
from office import files
from office.transitions import Refused
from pruszcz_portal import roles
from tests.consultations import boxed

NOW = timezone.now
Profile, Format = Export.Profile, Export.Format


@pytest.fixture
def survey(db):
    return boxed.make_box()


@pytest.fixture
def grazyna(make_account):
    """The data protection officer."""
    return make_account("grazyna@pruszcz.example", "Grażyna Kruk", roles.DPO)


@pytest.fixture
def hubert(make_account):
    """An analyst."""
    return make_account("hubert@pruszcz.example", "Hubert Sowa", roles.ANALYST)


def ordered(survey, by, profile=Profile.FULL, format=Format.CSV, as_of=None):
    return exports.order(
        survey.consultation, instrument=survey, profile=profile, format=format, as_of=as_of or timezone.localdate(),
        purpose="raport", by=by, moment=NOW(),
    )  # fmt: skip


def made(*args, **more):
    export = ordered(*args, **more)
    exports.run(export.pk, moment=NOW())
    export.refresh_from_db()
    assert export.status == ExportStatus.DONE, export.failure
    return export


def content_of(export):
    return files.path_of(export.file).read_bytes()


def table(content):
    """{ballot number: {column: cell}} of a CSV of ours; header row 1 are codes, row 2 labels."""
    codes, labels, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return codes, labels, [dict(zip(codes, row, strict=True)) for row in rows]


# The table


def test_a_csv_has_codes_then_labels_then_a_ballot_a_row_with_a_reason_for_every_empty_cell(survey, grazyna):
    codes, labels, rows = table(content_of(made(survey, grazyna)))

    assert codes[:5] == ["ballot", "batch", "version", "channel", "want"] and labels[4] == "Co ma być w parku?"
    by_id = {row["ballot"]: row for row in rows}
    assert len(by_id) == 60
    for ballot in survey.ballots.all():
        row = by_id[str(ballot.pk)]
        assert row["want"] == ballot.answers["want"]
        assert row["when__evening"] == str(int("evening" in ballot.answers["when"]))
        assert row["dark"] == ballot.answers.get("dark", ".s")
        assert row["want__other__text"] == ballot.answers.get("want_other", ".s" if ballot.answers["want"] != "other" else ".b")
        assert row["mail"] == ballot.answers.get("mail", ".b")


def test_no_text_and_no_header_is_a_formula(survey, grazyna):
    """S41: in the CSV and in the workbook alike."""
    _codes, labels, rows = table(content_of(made(survey, grazyna)))
    book = openpyxl.load_workbook(io.BytesIO(content_of(made(survey, grazyna, format=Format.XLSX))))

    assert any(row["why"].startswith("'=HYPERLINK") for row in rows)
    assert not [
        cell for row in [labels, *(row.values() for row in rows)] for cell in row if cell.startswith(("=", "+", "@", "-"))
    ]
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_a_workbook_holds_data_codebook_counts_with_charts_versions_method_and_digest(survey, grazyna):
    workbook_bytes, csv_export = content_of(made(survey, grazyna, format=Format.XLSX)), made(survey, grazyna)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes))
    _codes, _labels, rows = table(content_of(csv_export))

    assert book.sheetnames == ["Dane", "Słownik", "Liczby", "Wersje", "Metoda", "Skrót"]
    assert book["Dane"].max_row == 62
    assert csv_export.sha256 in [cell.value for cell in book["Skrót"]["B"]]
    counts = {row[0].value: row[1].value for row in book["Liczby"].iter_rows(max_col=2) if row[1].value is not None}
    assert counts["Drzewa"] == sum(row["want"] == "trees" for row in rows)
    charts = [name for name in zipfile.ZipFile(io.BytesIO(workbook_bytes)).namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 5  # want, safe, dark, age, sex


def test_json_lines_say_the_same_as_the_csv(survey, grazyna):
    _codes, _labels, rows = table(content_of(made(survey, grazyna)))
    lines = [json.loads(line) for line in content_of(made(survey, grazyna, format=Format.JSONL)).splitlines()]

    assert [{code: str(cell) for code, cell in line.items() if code != "why"} for line in lines] == [
        {code: cell for code, cell in row.items() if code != "why"} for row in rows
    ]


NEXT = {
    "number": 2,
    "pages": [{"code": "park", "title": "Park", "questions": [
        {"code": "sex", "kind": "choice", "label": "Płeć (nowe brzmienie)", "is_required": False, "options": [
            {"code": "m", "label": "mężczyzna"}, {"code": "k", "label": "kobieta"}, {"code": "x", "label": "inna"}]},
        {"code": "wanted", "kind": "choice", "label": "Co ma być?", "options": [
            {"code": "trees", "label": "Drzewa"}, {"code": "sand", "label": "Piaskownica"}]},
        {"code": "want", "kind": "choice", "label": "Co ma być w parku?", "is_required": False, "options": [
            {"code": "trees", "label": "Drzewa i krzewy"}, {"code": "sand", "label": "Piaskownica"}]},
    ]}],
}  # fmt: skip


def add_version(survey):
    """A second version with questions in another order, one new whose code begins like an old one, several retired."""
    from consultations.models import InstrumentVersion
    from schemas.actions import load_definition

    data = {**boxed.SURVEY, **NEXT, "code": survey.definition.code}
    version = load_definition(data, by=None, moment=NOW() - timedelta(days=2))
    InstrumentVersion.objects.create(instrument=survey, version=version, edit="breaking", approved_at=NOW() - timedelta(days=2))
    return version


def test_columns_keep_their_place_when_questions_are_reordered_renamed_added_and_retired(survey, grazyna):
    """B2, B4: every cell equals what the ballot says under that code, whatever the version."""
    before = table(content_of(made(survey, grazyna)))
    version = add_version(survey)
    dice = random.Random(1)  # noqa: S311
    say = lambda n: {"sex": dice.choice("kmx"), "wanted": dice.choice(["trees", "sand"]), "want": dice.choice(["trees", "sand"])}  # noqa: E731
    boxed.put_in(survey, 20, first=100, say=say, version=version, day=timezone.localdate() - timedelta(days=1))

    codes, labels, rows = table(content_of(made(survey, grazyna)))

    assert codes[: len(before[0])] == before[0] and codes[len(before[0]) :] == ["wanted"]
    assert labels[codes.index("sex")] == "Płeć (nowe brzmienie)"
    by_id, versions = {row["ballot"]: row for row in rows}, {1: 0, 2: 0}
    for ballot in survey.ballots.select_related("version"):
        row, number = by_id[str(ballot.pk)], ballot.version.number
        versions[number] += 1
        for code in ("want", "wanted", "sex", "safe"):
            asked = code in ({"want", "sex", "safe"} if number == 1 else {"want", "wanted", "sex"})
            assert row[code] == (ballot.answers.get(code, ".b") if asked else ".n")
    assert versions == {1: 60, 2: 20}
    earlier = {row["ballot"]: row for row in before[2]}
    assert {pk: {code: by_id[pk][code] for code in before[0]} for pk in earlier} == earlier


# Days and bytes


@pytest.mark.parametrize("format", [Format.CSV, Format.XLSX, Format.JSONL, Format.BUNDLE])
@pytest.mark.parametrize("profile", Profile.values)
def test_the_same_file_of_an_old_day_has_the_same_bytes_whatever_came_since(survey, grazyna, format, profile):
    """I8"""
    first = made(survey, grazyna, profile, format, as_of=boxed.DAY)
    version = add_version(survey)
    boxed.put_in(survey, 10, first=500, day=timezone.localdate())
    boxed.put_in(survey, 10, first=600, say=lambda n: {"wanted": "sand"}, version=version, day=timezone.localdate())

    again, today = made(survey, grazyna, profile, format, as_of=boxed.DAY), made(survey, grazyna, profile, format)

    assert content_of(again) == content_of(first) and again.sha256 == first.sha256
    assert today.sha256 != first.sha256


def test_a_removed_text_makes_a_new_version_and_takes_the_old_file_back(survey, grazyna):
    """I8: the removal is recorded; the cell says why it is empty; the ballot stays counted."""
    ballot = next(one for one in survey.ballots.all() if "why" in one.answers)
    first = made(survey, grazyna, as_of=boxed.DAY)

    exports.remove_text(
        survey.consultation, ballot=ballot.pk, question="why", reason="nazwisko sąsiada", by=grazyna, moment=NOW()
    )
    again = made(survey, grazyna, as_of=boxed.DAY)

    first.refresh_from_db()
    assert (first.status, first.file, len(first.sha256)) == (ExportStatus.EXPIRED, None, 64)
    _codes, _labels, rows = table(content_of(again))
    assert {row["ballot"]: row["why"] for row in rows}[str(ballot.pk)] == ".r"
    assert len(rows) == 60 and again.sha256 != first.sha256


def test_only_a_text_that_is_there_is_removed_and_only_once(survey, grazyna):
    ballot = next(one for one in survey.ballots.all() if "why" in one.answers)
    remove = lambda question, reason="bo dane": exports.remove_text(  # noqa: E731
        survey.consultation, ballot=ballot.pk, question=question, reason=reason, by=grazyna, moment=NOW()
    )

    for question, reason in (("rank", "bo"), ("nothing", "bo"), ("why", " ")):
        with pytest.raises(Refused):
            remove(question, reason)
    remove("why")
    with pytest.raises(Refused, match="już usunięto"):
        remove("why")


# Profiles


def test_a_stand_in_file_has_no_ids_no_addresses_and_no_text_that_looks_like_personal_data(survey, hubert):
    boxed.put_in(
        survey,
        5,
        first=900,
        say=lambda n: {"want": "other", "why": "Pisz do mnie: jan@example.com", "want_other": "tel. 501 502 503"},
    )

    content = content_of(made(survey, hubert, Profile.PSEUDONYMISED))
    codes, _labels, rows = table(content)

    assert codes[:3] == ["nr", "version", "channel"] and "mail" not in codes and "batch" not in codes
    assert b"example.com" not in content and b"501" not in content
    assert sum(row["why"] == ".r" for row in rows) == sum(row["want__other__text"] == ".r" for row in rows) == 5
    assert sum(row["want__other__text"] == "Fontanna" for row in rows) == 10


def test_a_public_file_shows_texts_only_as_released(survey, hubert):
    voice = Voice.objects.filter(instrument=survey).first()
    Voice.objects.filter(pk=voice.pk).update(status="published", public_text="Więcej ławek [dane usunięto].")

    codes, _labels, rows = table(content_of(made(survey, hubert, Profile.PUBLIC)))

    assert Counter(row["why"] for row in rows) == {"Więcej ławek [dane usunięto].": 1, ".r": 11, ".b": 48}
    assert not {"ballot", "nr", "batch", "version", "mail", "visits", "want__other__text"} & set(codes)


def known(rows, columns=("channel", "age", "sex")):
    return [tuple(row[column] for column in columns) for row in rows]


def test_in_a_public_file_every_combination_of_age_sex_and_way_stands_in_five_rows(survey, hubert):
    """N2, B5: the one person over 65 can not be found, nor by the question that only some were asked."""
    pseudonymised = table(content_of(made(survey, hubert, Profile.PSEUDONYMISED)))[2]
    public = table(content_of(made(survey, hubert, Profile.PUBLIC)))[2]

    assert smallest_group(known(pseudonymised)) == 1  # control: without hiding she stands alone
    assert smallest_group(known(public)) >= 5
    assert Counter(row["want"] for row in public) == Counter(row["want"] for row in pseudonymised)
    assert "age-65-plus" not in {row["age"] for row in public}


def test_a_question_asked_only_of_some_is_hidden_with_what_it_would_tell(hubert, db):
    """A reason „nie dotyczyło” would say the age that was hidden."""
    import copy

    data = copy.deepcopy(boxed.SURVEY)
    data["pages"][0]["questions"].append(
        {"code": "care", "kind": "yes_no", "label": "Czy masz opiekę?", "is_required": False,
         "shown_when": {"needs": "all", "rows": [{"asked": "age", "operator": "is", "value": "age-65-plus"}]}})  # fmt: skip
    survey = boxed.make_box(data=data, count=0)
    boxed.put_in(survey, 60, say=lambda n: boxed.answers(n) | ({"care": "yes"} if n == 1 else {}))

    rows = table(content_of(made(survey, hubert, Profile.PUBLIC)))[2]

    assert "yes" not in {row["care"] for row in rows}
    assert smallest_group(known(rows, ("channel", "age", "sex", "care"))) >= 5


def test_of_fewer_than_ten_ballots_nothing_of_people_is_published(hubert, db):
    survey = boxed.make_box(count=9)

    rows = table(content_of(made(survey, hubert, Profile.PUBLIC)))[2]

    assert set(known(rows)) == {(".r", ".r", ".r")}


def test_the_ballots_of_gdynia_pass_after_banding_and_hiding():
    """B5: exact ages single people out, the public rows do not."""
    voters = [vote.fields for vote in gdynia_voters()]
    exact = [(one.get("sex"), one.get("age")) for one in voters]

    assert smallest_group(exact) == 1
    assert smallest_group(masked(exact)) >= 5


def gdynia_voters():
    """As in the published file: 306 ballots with exact age and sex; ages drawn as unevenly as there."""
    from types import SimpleNamespace

    dice = random.Random(3)  # noqa: S311
    return [SimpleNamespace(fields={"sex": dice.choice("KM"), "age": str(int(dice.triangular(16, 90, 40)))}) for _ in range(306)]


def test_hiding_takes_no_more_rows_than_there_are_and_never_too_few():
    dice = random.Random(5)  # noqa: S311
    for _ in range(200):
        rows = [(dice.choice("ab"), dice.choice("cdef"), dice.randint(0, 6)) for _ in range(dice.randint(0, 60))]
        shown = masked(rows)
        assert len(shown) == len(rows)
        assert all(left in (was, None) for row, old in zip(shown, rows, strict=True) for left, was in zip(row, old, strict=True))
        assert smallest_group(shown) >= min(5, len(rows))


# Who may, when


def test_each_profile_needs_its_right(survey, hubert, grazyna, anna):
    with pytest.raises(Refused, match="prawa"):
        ordered(survey, hubert, Profile.FULL)
    with pytest.raises(Refused, match="prawa"):
        ordered(survey, anna, Profile.PUBLIC)

    assert ordered(survey, hubert, Profile.PSEUDONYMISED).status == ExportStatus.QUEUED
    assert ordered(survey, grazyna, Profile.FULL).status == ExportStatus.QUEUED


def test_before_closing_nobody_gets_a_file_unless_the_order_opens_interim_results(grazyna, db):
    closed, opened = (boxed.make_box(status=ConsultationStatus.ANNOUNCED, interim_results_open=one) for one in (False, True))

    with pytest.raises(Refused, match="zamknięte dla wszystkich"):
        ordered(closed, grazyna)

    export = made(opened, grazyna)
    exports.take(export, by=grazyna, moment=NOW())
    assert export.accesses.get().is_interim


@pytest.mark.parametrize(("change", "why"), [
    ({"purpose": " "}, "po co"), ({"as_of": timezone.localdate() + timedelta(days=1)}, "nie minął"),
    ({"format": Format.PABULIB}, "formatu"), ({"instrument": None}, "narzędzie"),
])  # fmt: skip
def test_an_order_is_refused_with_a_reason(survey, grazyna, change, why):
    given = {
        "instrument": survey,
        "profile": Profile.FULL,
        "format": Format.CSV,
        "as_of": timezone.localdate(),
        "purpose": "raport",
    }

    with pytest.raises(Refused, match=why):
        exports.order(survey.consultation, **{**given, **change}, by=grazyna, moment=NOW())


def test_taking_a_file_is_written_down_with_who_and_what(survey, grazyna, hubert):
    export = made(survey, grazyna)

    exports.take(export, by=grazyna, moment=NOW())

    access = survey.consultation.accesses.get()
    assert (access.reader, access.what, access.is_interim) == (grazyna.subject, "CSV, pełny", False)
    with pytest.raises(Refused):
        exports.take(export, by=hubert, moment=NOW())


# The job


def test_a_file_is_signed_and_goes_on_its_day_while_its_digest_stays(survey, grazyna):
    from accounts import encryption
    from schemas.checking import canonical

    export = made(survey, grazyna)
    key, _, signature = export.signature.partition(":")

    assert encryption.verify(key, bytes.fromhex(signature), canonical(export.manifest))
    assert export.manifest["sha256"] == export.sha256 and export.done_rows == export.all_rows == 60

    exports.sweep(moment=NOW() + exports.KEPT + timedelta(minutes=1))

    export.refresh_from_db()
    assert (export.status, export.file, len(export.sha256)) == (ExportStatus.EXPIRED, None, 64)
    with pytest.raises(Refused, match="już nie ma"):
        exports.take(export, by=grazyna, moment=NOW())


def test_progress_is_seen_while_rows_are_written(survey, grazyna, monkeypatch):
    monkeypatch.setattr(sheets, "AT_ONCE", 20)
    export, seen = ordered(survey, grazyna), []
    claimed = exports._claimed(export.pk, NOW())
    tick = exports._heartbeat(claimed)

    for _row in sheets.ticking(
        table_of(exports.scope_of(claimed)).rows(),
        lambda done: (tick(done), seen.append(Export.objects.get(pk=export.pk).done_rows)),
    ):
        pass

    assert seen == [20, 40, 60, 60]


def test_a_job_of_a_dead_worker_is_taken_up_by_another_and_the_dead_one_can_not_finish(survey, grazyna, tmp_path):
    export = ordered(survey, grazyna)
    dead = exports._claimed(export.pk, NOW())
    assert exports.run(export.pk, moment=NOW()) is False  # somebody is at it

    exports.sweep(moment=NOW() + exports.LEASE + timedelta(minutes=1))

    export.refresh_from_db()
    assert export.status == ExportStatus.DONE
    with pytest.raises(exports.LostLease):
        exports._heartbeat(dead)(30)
    (tmp_path / "x.csv").write_bytes(b"x")
    with pytest.raises(exports.LostLease):
        exports._finish(dead, tmp_path / "x.csv")


def test_a_file_over_which_workers_die_is_given_up(survey, grazyna, monkeypatch):
    export = ordered(survey, grazyna)
    monkeypatch.setattr(exports, "run", lambda pk, moment: None)
    for _death in range(exports.TRIES):
        exports._claimed(export.pk, NOW())
        exports.sweep(moment=NOW() + timedelta(hours=1))

    export.refresh_from_db()
    assert export.status == ExportStatus.FAILED and "trzy razy" in export.failure


def test_a_table_too_long_for_excel_says_what_to_order_instead(survey, grazyna, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 50)
    export = ordered(survey, grazyna, format=Format.XLSX)

    exports.run(export.pk, moment=NOW())

    export.refresh_from_db()
    assert export.status == ExportStatus.FAILED and "Zamów CSV" in export.failure


def test_a_sealing_in_mid_export_changes_nothing_of_the_file(survey, grazyna):
    scope = Scope(survey, Profile.FULL, timezone.localdate())
    rows = table_of(scope).rows()
    next(rows)

    boxed.put_in(survey, 10, first=700)

    assert 1 + sum(1 for _row in rows) == 60 and Ballot.objects.filter(instrument=survey).count() == 70


# Written voices


def test_voices_to_a_document_go_out_with_the_town_s_answers_and_without_authors(grazyna, hubert, db):
    from tests.consultations.reported import make_reported

    document = make_reported(voices_count=3).instruments.get(code="uwagi")

    full, public = (
        table(content_of(made(document, by, profile)))[2] for by, profile in ((grazyna, Profile.FULL), (hubert, Profile.PUBLIC))
    )

    assert sorted(row["text"] for row in full) == [f"Chcę {n} drzew." for n in (1, 2, 3)]
    assert {row["outcome"] for row in public} != {""} and set(public[0]) == {
        "voice",
        "paragraph",
        "channel",
        "late",
        "text",
        "group",
        "outcome",
        "reasons",
    }
