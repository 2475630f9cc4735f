"""The stand-alone checker: what is right passes, and no change of one row anywhere goes unseen, not even a signed one (B6)."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from consultations import manifest as form
from consultations import merkle
from consultations.manifest import FileDigest
from consultations.recount import Recount, recount
from consultations.verify import bundles, verify
from consultations.verify.__main__ import main
from tests.consultations import published
from tests.consultations.published import BUDGET, KINDS, PUBLIC, budget_rows, make, publish, survey_rows

ROWS, BATCHES = 24, 3
SURVEY_ROWS = list(survey_rows(ROWS, BATCHES))
# One folder for all examples of a test is meant: each example makes its own copy in it.
often = examples(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def survey(tmp_path_factory):
    return make(tmp_path_factory.mktemp("survey"), SURVEY_ROWS, removed=1)


@pytest.fixture(scope="module")
def budget(tmp_path_factory):
    return make(tmp_path_factory.mktemp("budget"), budget_rows(20, 2), instrument=BUDGET, kinds={"votes": "votes"})


def copy(folder: Path) -> Path:
    target = folder.parent / "copy"
    shutil.rmtree(target, ignore_errors=True)
    return shutil.copytree(folder, target)


def report(*paths: Path, **options):
    return verify(bundles(list(paths), paths[0].parent / "scratch")[0], **options)


def lines_of(folder, name="glosy.jsonl"):
    return (folder / name).read_bytes().splitlines()


# What is right passes


@pytest.mark.parametrize("kind", ["survey", "budget"])
def test_a_bundle_as_published_agrees_in_every_part(kind, request):
    found = report(request.getfixturevalue(kind))

    assert found.exit_code == 0, found.as_text()
    assert "wszystko się zgadza" in found.as_text()


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_a_consultation_with_hardly_a_voice_agrees_too(tmp_path, rows):
    assert report(make(tmp_path / "b", survey_rows(rows, 1))).exit_code == 0


def test_anybody_runs_it_without_django_and_without_the_network(survey, tmp_path):
    """Only our folder and `cryptography`: Django is made impossible to import."""
    (tmp_path / "django").mkdir()
    (tmp_path / "django" / "__init__.py").write_text("raise ImportError('an outsider has no Django')")
    shutil.copytree(settings.BASE_DIR / "consultations", tmp_path / "consultations")

    made = subprocess.run(
        [sys.executable, "-m", "consultations.verify", str(survey / "manifest.json"), "--json"],
        cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, check=False,
    )  # fmt: skip

    assert made.returncode == 0, made.stderr.decode()
    assert json.loads(made.stdout)["exit_code"] == 0


def test_a_zip_a_folder_and_the_files_named_give_the_same_answer(survey, tmp_path, capfdbinary):
    archive = tmp_path / "wyniki.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in survey.iterdir():
            target.write(path, f"wyniki/{path.name}")

    codes = [main([str(path)]) for path in (archive, survey, survey / "manifest.json", survey / "glosy.jsonl")]

    assert codes == [0, 0, 0, 0]


def test_a_big_file_read_in_parts_gives_the_same_answer(survey, monkeypatch):
    monkeypatch.setattr("consultations.verify.rows.SMALL", 10)
    monkeypatch.setattr("consultations.verify.rows.os.cpu_count", lambda: 3)

    assert report(survey).exit_code == 0


def test_the_key_of_the_town_is_recognised_in_each_form(survey, tmp_path, capfdbinary):
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    pem = published.KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    for number, content in enumerate([PUBLIC, PUBLIC.hex().encode() + b"\n", pem]):
        (tmp_path / f"{number}.key").write_bytes(content)

        assert main([str(survey), "--key", str(tmp_path / f"{number}.key")]) == 0
    assert main([str(survey), "--fingerprint", form.fingerprint(PUBLIC).upper()]) == 0


# What was changed by somebody without the key


def test_another_key_is_not_the_town_s(survey, capfdbinary):
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()

    assert main([str(survey), "--fingerprint", form.fingerprint(other)]) == 1
    assert "innym kluczem" in capfdbinary.readouterr().out.decode()


FILES = ["glosy.jsonl", "glosy.jsonl.leaves", "potwierdzenia.txt", "zdarzenia.jsonl", "manifest.json", "manifest.json.sig"]


@often
@given(st.sampled_from(FILES), st.data())
def test_one_byte_altered_in_any_file_is_seen(survey, name, data):
    """B6"""
    folder = copy(survey)
    content = bytearray((folder / name).read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    (folder / name).write_bytes(content)

    assert report(folder).exit_code == 1


@often
@given(st.sampled_from(FILES), st.data())
def test_one_byte_taken_out_or_put_in_is_seen(survey, name, data):
    folder = copy(survey)
    content = (folder / name).read_bytes()
    place = data.draw(st.integers(0, len(content) - 1))
    more = data.draw(st.binary(max_size=1))
    (folder / name).write_bytes(content[:place] + more + content[place + (not more) :])

    assert report(folder).exit_code == 1


# What was changed by somebody who may sign: the daily roots still tell


def mutated(lines: list[bytes], how: str, data) -> list[bytes]:
    """One change to the rows, as a clever forger would make it: every line stays a proper row."""
    place = data.draw(st.integers(0, len(lines) - 1), label="row")
    other = data.draw(st.integers(0, len(lines) - 1).filter(lambda at: at != place), label="other row")
    row = json.loads(lines[place])
    assume("removed" not in row)
    if how == "alter":
        row["answers"]["co"] = {"lawki": "plac"}.get(row["answers"]["co"], "lawki")
        return [*lines[:place], merkle.canonical(row), *lines[place + 1 :]]
    if how == "alter a text":
        row["answers"]["uwagi"] = row["answers"].get("uwagi", "") + " "
        return [*lines[:place], merkle.canonical(row), *lines[place + 1 :]]
    if how == "delete":
        return lines[:place] + lines[place + 1 :]
    if how == "duplicate":
        return [*lines[: place + 1], *lines[place:]]
    if how == "add":
        return sorted([*lines, merkle.canonical({**row, "ballot": "00000000" + row["ballot"][8:]})], key=order)
    if how == "reorder":
        lines = list(lines)
        lines[place], lines[other] = lines[other], lines[place]
        return lines
    assert how == "swap batches"
    partner = json.loads(lines[other])
    assume(row["batch"] != partner["batch"] and "removed" not in partner)
    row["batch"], partner["batch"] = partner["batch"], row["batch"]
    return sorted(
        [line for at, line in enumerate(lines) if at not in (place, other)] + list(map(merkle.canonical, (row, partner))),
        key=order,
    )


def order(line: bytes) -> tuple[int, str]:
    row = json.loads(line)
    return row["batch"], row["ballot"]


HOW = ["alter", "alter a text", "delete", "duplicate", "add", "reorder", "swap batches"]


def signed_again(folder: Path, lines: list[bytes]) -> Path:
    """The town's own hand: file, hashes, counts and signature made anew over forged rows; only the published batches stay."""
    told = json.loads((folder / form.MANIFEST).read_text())
    entries = {entry["name"]: entry for entry in told["files"]}
    digest = FileDigest("glosy.jsonl", form.BALLOTS, instrument="ankieta", is_sealed=True)
    digest.removed = sum(b'"removed"' in line for line in lines)
    entries["glosy.jsonl"] = published.write(folder, digest, lines)
    listed = [merkle.leaf_hash(line).hex().encode() for line in lines]
    entries["glosy.jsonl.leaves"] = published.write(folder, FileDigest("glosy.jsonl.leaves", form.LEAF_LIST), listed)
    told["files"] = list(entries.values())
    rows = [json.loads(line) for line in lines]
    totals, channels = Recount(KINDS), {}
    for row in rows:
        totals.add(row["answers"])
        channels[row["channel"]] = channels.get(row["channel"], 0) + 1
    told["instruments"][0] |= {"ballots": len(rows), "channels": channels, "questions": totals.questions()}
    content, signature = form.sealed(told, sign=published.sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)
    return folder


@often
@given(st.sampled_from(HOW), st.data())
def test_a_row_changed_and_signed_anew_differs_from_the_batches_announced_daily(survey, how, data):
    """B6, I6"""
    folder = copy(survey)

    found = report(signed_again(folder, mutated(lines_of(folder), how, data)))

    assert found.exit_code == 1
    assert any(finding.batch or finding.line for finding in found.differences), found.as_text()


def test_signing_anew_what_was_not_changed_agrees(survey):
    """The control of the test above: it is the change that is seen, not the new signature."""
    folder = copy(survey)

    assert report(signed_again(folder, lines_of(folder))).exit_code == 0


@often
@given(
    st.sampled_from(["delete", "duplicate", "swap", "add"]), st.sampled_from(["potwierdzenia.txt", "zdarzenia.jsonl"]), st.data()
)
def test_a_changed_list_of_receipts_or_events_is_seen_though_signed_anew(survey, how, name, data):
    folder = copy(survey)
    lines = lines_of(folder, name)
    place = data.draw(st.integers(0, len(lines) - 2))
    forged = {
        "delete": lines[:place] + lines[place + 1 :], "duplicate": [*lines[: place + 1], *lines[place:]],
        "swap": [*lines[:place], lines[place + 1], lines[place], *lines[place + 2 :]],
        "add": [*lines, form.commitment_line(BATCHES, bytes(32)) if name.endswith("txt") else lines[-1]],
    }[how]  # fmt: skip
    told = json.loads((folder / form.MANIFEST).read_text())
    at = next(at for at, entry in enumerate(told["files"]) if entry["name"] == name)
    role, more = told["files"][at]["role"], {"instrument": "ankieta"} if name.endswith("txt") else {}
    told["files"][at] = published.write(folder, FileDigest(name, role, **more), forged)
    content, signature = form.sealed(told, sign=published.sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)

    assert report(folder).exit_code == 1


def test_batches_rewritten_and_signed_anew_differ_from_a_bundle_kept_from_before(survey, tmp_path, capfdbinary):
    rows = [SURVEY_ROWS[0]._replace(answers={"co": "lawki"}), *SURVEY_ROWS[1:]]
    forged = make(tmp_path / "later", rows)
    kept = json.loads((survey / form.MANIFEST).read_text())["instruments"][0]["batches"]

    assert main([str(forged)]) == 0  # alone it is consistent: this is what daily heads and kept bundles are for
    assert main([str(survey), str(forged)]) == 1
    assert main([str(forged), "--head", kept[0]["head"]]) == 1
    assert main([str(survey), "--head", kept[0]["head"]]) == 0


def test_a_published_total_that_does_not_follow_from_the_rows_is_named(survey):
    """I1, I6"""
    folder = copy(survey)
    told = json.loads((folder / form.MANIFEST).read_text())
    told["instruments"][0]["questions"][0]["counts"]["drzewa"] += 1
    told["instruments"][0]["channels"]["box"] = 0
    content, signature = form.sealed(told, sign=published.sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)

    found = report(folder)

    assert found.exit_code == 1
    assert "pytanie „co”: drzewa jest" in found.as_text()
    assert "liczby głosów według dróg" in found.as_text()


def test_winners_that_the_rule_does_not_give_are_named(budget):
    folder = copy(budget)
    told = json.loads((folder / form.MANIFEST).read_text())
    told["instruments"][0]["tally"]["winners"].pop()
    content, signature = form.sealed(told, sign=published.sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)

    found = report(folder)

    assert found.exit_code == 1
    assert "daje inny wynik; wygrywają: " in found.as_text()


# Naming the row


def found_lines(folder):
    return {(finding.line, finding.batch, finding.text) for finding in report(folder).differences if finding.line}


def test_an_altered_row_is_named_by_its_line_and_batch(survey):
    folder = copy(survey)
    lines = lines_of(folder)
    lines[9] = lines[9].replace(b"online", b"onlime")
    (folder / "glosy.jsonl").write_bytes(b"\n".join(lines) + b"\n")

    assert (10, 2, "wiersz zmieniony") in found_lines(folder)


def test_a_deleted_row_is_named_by_where_it_stood(survey):
    folder = copy(survey)
    lines = lines_of(folder)
    (folder / "glosy.jsonl").write_bytes(b"\n".join(lines[:20] + lines[21:]) + b"\n")

    assert found_lines(folder) == {(21, 3, "brakuje podpisanego wiersza")}


def test_an_added_and_a_repeated_row_are_named(survey):
    folder = copy(survey)
    lines = lines_of(folder)
    (folder / "glosy.jsonl").write_bytes(b"\n".join([*lines, lines[-1]]) + b"\n")

    assert (ROWS + 1, None, "ten sam głos drugi raz") in found_lines(folder)


def test_without_the_list_of_leaves_the_batch_is_named(tmp_path):
    folder = make(tmp_path / "b", SURVEY_ROWS, with_leaves=False)
    lines = lines_of(folder)
    lines[9] = lines[9].replace(b'"co":"', b'"co":"x')
    (folder / "glosy.jsonl").write_bytes(b"\n".join(lines) + b"\n")

    found = report(folder)

    assert [finding.batch for finding in found.differences if finding.text == "głosy są inne niż zapieczętowane"] == [2]


# Other profiles and a table


COLUMNS = [
    {"name": "droga", "role": "channel"},
    {"name": "co", "role": "answer", "question": "co"},
    {"name": "czesto.rano", "role": "answer", "question": "czesto", "option": "rano"},
    {"name": "czesto.wieczorem", "role": "answer", "question": "czesto", "option": "wieczorem"},
    {"name": "halas.ulica", "role": "answer", "question": "halas", "row": "ulica"},
    {"name": "kolejnosc.a", "role": "answer", "question": "kolejnosc", "option": "a"},
    {"name": "kolejnosc.b", "role": "answer", "question": "kolejnosc", "option": "b"},
    {"name": "lat", "role": "answer", "question": "lat"},
    {"name": "wiek", "role": "group"},
]
TABLE = b"""\xef\xbb\xbfdroga;co;czesto.rano;czesto.wieczorem;halas.ulica;kolejnosc.a;kolejnosc.b;lat;wiek
Droga;Co wolisz;rano;wieczorem;ulica;A;B;Od ilu lat;Wiek
online;park;1;0;3;1;2;12;"18-34"
online;skwer;1;1;.b;2;1;.s;35-64
box;.n;.n;.n;1;.b;.b;4;"65 lat
i wiecej"
"""
TABLE_KINDS = {code: kind for code, kind in KINDS.items() if code != "uwagi"}


@pytest.fixture
def table(tmp_path):
    (tmp_path / "t").mkdir()
    digest = FileDigest("glosy.csv", form.TABLE, instrument="ankieta", columns=COLUMNS, header_lines=2)
    entry = published.write(tmp_path / "t", digest, TABLE.splitlines(), b"\r\n")
    questions = recount(
        [
            {"co": "park", "czesto": ["rano"], "halas": {"ulica": "3"}, "kolejnosc": ["a", "b"], "lat": 12},
            {"co": "skwer", "czesto": ["rano", "wieczorem"], "kolejnosc": ["b", "a"]},
            {"halas": {"ulica": "1"}, "lat": 4},
        ],
        TABLE_KINDS,
    )
    told = {**published.SURVEY, "batches": [], "ballots": 3, "channels": {"online": 2, "box": 1}, "questions": questions}
    return publish(tmp_path / "t", [entry], told, [], profile=form.PUBLIC)


def test_a_public_table_is_counted_from_its_own_rows_and_says_what_it_does_not_prove(table):
    found = report(table)

    assert found.exit_code == 0, found.as_text()
    assert "korzeni partii nie da się z nich policzyć" in found.as_text()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"skwer", b"park"),
        (b"online;skwer", b"box;skwer"),
        (b"Droga;Co", b"Droga;Jak"),
        (b"\r\nonline;park", b""),
        (b"18-34", b"18-39"),
    ],
)
def test_a_changed_table_is_seen(table, before, after):
    path = table / "glosy.csv"
    assert before in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(before, after, 1))

    assert report(table).exit_code == 1


# Bad input


@often
@given(st.binary(max_size=200))
def test_a_manifest_of_any_bytes_is_answered(survey, content):
    folder = copy(survey)
    (folder / form.MANIFEST).write_bytes(content)

    assert report(folder).exit_code in (1, 2)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda x: st.lists(x) | st.dictionaries(st.text(max_size=5), x),
)


@often
@given(
    st.sampled_from(["glosy.jsonl", "potwierdzenia.txt", "zdarzenia.jsonl"]),
    st.binary(max_size=60) | JSON.map(lambda x: json.dumps(x).encode()),
)
def test_rows_of_any_bytes_are_answered(survey, name, content):
    folder = copy(survey)
    (folder / name).write_bytes(content)

    assert report(folder).exit_code == 1


@often
@given(st.data(), JSON)
def test_a_signed_manifest_with_anything_in_it_is_answered(survey, data, value):
    folder = copy(survey)
    told = json.loads((folder / form.MANIFEST).read_text())
    place = told
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = value
            break
        place = place[key]
    content = json.dumps(told).encode()
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(form.signature_file("sign-1", published.KEY.sign(content)))

    assert report(folder).exit_code in (0, 1, 2)


def test_a_missing_file_or_signature_is_not_taken_for_good(survey):
    for name in ("glosy.jsonl", form.SIGNATURE):
        folder = copy(survey)
        (folder / name).unlink()

        assert report(folder).exit_code == 2


def test_a_full_bundle_that_brings_no_sealed_ballots_is_not_taken_for_good(survey):
    folder = copy(survey)
    told = json.loads((folder / form.MANIFEST).read_text())
    told["files"] = [entry for entry in told["files"] if entry["role"] not in (form.BALLOTS, form.LEAF_LIST)]
    content, signature = form.sealed(told, sign=published.sign)
    (folder / form.MANIFEST).write_bytes(content)
    (folder / form.SIGNATURE).write_bytes(signature)

    assert report(folder).exit_code == 2


@pytest.mark.parametrize("named", ["nic.json", ".", "list.txt"])
def test_where_there_is_nothing_to_check_the_answer_says_what_to_give(named, tmp_path, capfdbinary):
    (tmp_path / "list.txt").write_text("nic")

    assert main([str(tmp_path / named)]) == 2
    assert "Nie ma pliku" in (told := capfdbinary.readouterr().out.decode()) or "manifest.json" in told


def test_a_path_inside_a_zip_leads_nowhere_else(survey, tmp_path):
    archive = tmp_path / "zly.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in survey.iterdir():
            target.write(path, path.name)
        target.writestr("../../uciekl.txt", "x")

    bundles([archive], tmp_path / "scratch" / "deep")

    assert not (tmp_path / "uciekl.txt").exists()


def test_a_commitment_of_a_receipt_is_found_on_the_list(survey, capfdbinary):
    mine = published.commitment_of(SURVEY_ROWS[5]).hex()

    assert main([str(survey), "--commitment", mine]) == 0
    assert main([str(survey), "--commitment", "0" * 64]) == 1


# The manifest


def test_the_same_content_is_written_as_the_same_bytes(survey):
    told = json.loads((survey / form.MANIFEST).read_text())

    assert form.as_bytes(dict(reversed(told.items()))) == (survey / form.MANIFEST).read_bytes()


def test_a_manifest_that_lacks_something_is_not_signed(survey):
    told = json.loads((survey / form.MANIFEST).read_text())
    del told["instruments"][0]["batches"][0]["head"]

    with pytest.raises(form.Malformed, match="ankieta batch: head"):
        form.sealed(told, sign=published.sign)


def test_a_manifest_is_not_signed_with_another_key_than_it_names(survey):
    told = json.loads((survey / form.MANIFEST).read_text())

    with pytest.raises(ValueError, match="sign-2"):
        form.sealed(told, sign=lambda content: ("sign-2", bytes(64)))


def test_one_published_row_can_be_proved_alone(survey):
    lines = lines_of(survey)
    entry = next(one for one in json.loads((survey / form.MANIFEST).read_text())["files"] if one["name"] == "glosy.jsonl")

    assert merkle.check(lines[7], 7, len(lines), merkle.path(lines, 7), bytes.fromhex(entry["root"]))
