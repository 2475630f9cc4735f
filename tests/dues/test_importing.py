"""Teresa takes in files of the tax system: what is loaded, what is refused and told, what changes nothing twice."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import settings

from dues.actions import imports
from dues.importing import reading
from dues.models import Change, Import, Instalment, Liability, Payer
from dues.statuses import ImportStatus
from office import files
from office.transitions import Refused
from tests.dues.cast import ANNA_PESEL, HEADER, load, row, take_in, write_file

pytestmark = pytest.mark.django_db
NOW = timezone.now()
FEW, WHOLE = 5_000, 200_000  # rows in the fast tier, and in `make soak`


@pytest.fixture
def loaded(tmp_path, teresa):
    """`loaded(row, ...)`: the import of a file with these rows, checked and loaded."""
    return lambda *rows, **kind: load(take_in(write_file(tmp_path, *rows, **kind), teresa), teresa)


@pytest.fixture
def checked(tmp_path, teresa):
    return lambda *rows, **kind: take_in(write_file(tmp_path, *rows, **kind), teresa)


def whys(imported):
    return [(one["row"], one["column"]) for one in imported.first_errors]


def test_a_file_is_checked_first_and_loaded_when_teresa_says_so(tmp_path, teresa):
    basis = "Budynek mieszkalny|120 m2|1,19|142,80 # Grunt|600 m2|0,73|438,00"
    checked = take_in(write_file(tmp_path, row(basis=basis, pesel=ANNA_PESEL, paid_principal="42,00")), teresa)

    assert (checked.status, checked.counts["instalments"]) == (ImportStatus.CHECKED, {"new": 1, "changed": 0, "same": 0})
    assert not Liability.objects.exists()

    done = load(checked, teresa)
    one = Instalment.objects.get()
    assert (done.status, done.rows, done.file) == (ImportStatus.LOADED, 1, None)
    assert (one.principal_grosze, one.paid_principal_grosze, one.due_on) == (14_200, 4_200, date(2026, 11, 16))
    assert one.liability.basis[1] == {"what": "Grunt", "quantity": "600 m2", "rate": "0,73", "grosze": 43_800}
    assert list(Payer.objects.search(ANNA_PESEL)) == [one.liability.payer]


def test_the_same_file_again_changes_nothing(loaded, tmp_path, teresa):
    rows = [row(liability=f"N-{n}", payer_number=f"P-{n}") for n in range(5)]
    loaded(*rows)
    before = list(Instalment.objects.order_by("pk").values()) + list(Liability.objects.order_by("pk").values())

    again = loaded(*rows)

    assert again.counts["instalments"] == again.counts["liabilities"] == {"new": 0, "changed": 0, "same": 5}
    assert list(Instalment.objects.order_by("pk").values()) + list(Liability.objects.order_by("pk").values()) == before
    assert not Change.objects.exists()


def test_what_changed_is_updated_and_told_for_good(loaded):
    loaded(row(), row(instalment="2"))
    done = loaded(row(paid_principal="100", subject="ul. Batorego 2"), row(instalment="2", subject="ul. Batorego 2"))

    assert (done.counts["liabilities"]["changed"], done.counts["instalments"]["changed"]) == (1, 1)
    told = {one.instalment: (one.before, one.after) for one in Change.objects.all()}
    assert told[None][0]["subject"] == "" and told[None][1]["subject"] == "ul. Batorego 2"
    assert (told[1][0]["paid_principal"], told[1][1]["paid_principal"]) == (0, 10_000)
    with pytest.raises(Exception, match="append_only"):
        Change.objects.all().delete()


def test_one_bad_row_and_nothing_is_loaded_and_every_error_is_told(checked):
    imported = checked(
        row(), row(liability="N-2", due_on="2026-02-30", principal="sto"), row(liability="N-3", kind="magia"), row(liability="N-4", pesel="85041512346")
    )  # fmt: skip

    assert imported.status == ImportStatus.REFUSED
    assert whys(imported) == [(3, "termin"), (3, "kwota"), (4, "rodzaj"), (5, "pesel")]
    told = files.path_of(imported.errors_file).read_text(encoding="utf-8-sig").splitlines()
    assert told[0] == "wiersz;kolumna;wpisano;co poprawić" and told[1].startswith("3;termin;2026-02-30;") and len(told) == 5
    assert "85041512346" not in "".join(told)
    assert not Liability.objects.exists() and imported.file is None


@pytest.mark.soak
def test_one_bad_row_among_very_many_is_told_by_its_number_and_nothing_is_loaded(checked):
    """Of 200,000 in `make soak`."""
    many = WHOLE if settings.default.max_examples >= 10_000 else FEW
    bad = many * 3 // 4
    rows = [row(liability=f"N-{number}", payer_number=f"P-{number}") for number in range(many)]
    rows[bad] = row(liability=f"N-{bad}", payer_number=f"P-{bad}", principal="142,0O")

    imported = checked(*rows)

    assert imported.status == ImportStatus.REFUSED
    assert whys(imported) == [(bad + 2, "kwota")]  # the header is line 1
    assert not (Liability.objects.exists() or Payer.objects.exists()) and imported.file is None


def test_rows_that_contradict_each_other_are_told(checked):
    imported = checked(
        row(), row(), row(instalment="2", period="2025"), row(liability="N-2", payer_name="Ktoś Inny"), row(liability="N-3", payer_number="P-2")
    )  # fmt: skip

    assert set(whys(imported)) == {(3, "rata"), (4, "numer należności"), (5, "numer płatnika")}


def test_an_import_never_moves_a_liability_to_another_payer(loaded, checked):
    """L42"""
    loaded(row())

    assert whys(checked(row(payer_number="P-2", payer_name="Obca Ewa"))) == [(2, "płatnik")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_files_come_as_programs_write_them(tmp_path, teresa, encoding, mark):
    path = write_file(
        tmp_path, row(payer_name="Żółć Łucja", principal="142.00").replace(";", mark), header=HEADER.replace(";", mark), encoding=encoding
    )  # fmt: skip

    load(take_in(path, teresa), teresa)

    assert Payer.objects.get().name == "Żółć Łucja"


def test_json_says_the_same_as_csv(tmp_path, teresa):
    told = {
        "numer płatnika": "P-1", "płatnik": "Kowalska Anna", "numer należności": "N-1", "rodzaj": "odpady", "okres": "2026-10", "rata": 1,
        "termin": "2026-10-15", "kwota": 96.50, "podstawa": [{"co": "Osoby", "ilość": "3", "stawka": "32,00", "kwota": "96,00"}],
    }  # fmt: skip
    path = tmp_path / "plik.json"
    path.write_text(json.dumps(told, ensure_ascii=False).replace("96.5", "96.50") + "\n", encoding="utf-8")

    load(take_in(path, teresa), teresa)

    assert Instalment.objects.get().principal_grosze == 9_650
    assert Liability.objects.get().basis == [{"what": "Osoby", "quantity": "3", "rate": "32,00", "grosze": 9_600}]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>', "plik XML"),
        (b"PK\x03\x04", "arkusz Excela"),
        (b"\x1f\x8b\x08", "archiwum"),
        (b"\xff\xfea\x00", "UTF-16"),
        (b"[" * 15_000 + b"\n", "obiekt JSON"),
        (b'{"kwota":' * 2000 + b"\n", "obiekt JSON"),
        (b'{"rata": 1, "rata": 2}\n', "obiekt JSON"),
        (b"[1, 2]\n", "jeden obiekt JSON"),
        (b"a" * 50_000, "dłuższy"),
        (f"{HEADER}\n".encode() + b'"' + b"x;" * 30_000, "dłuższy"),
        (f"{HEADER}\n\"otwarty".encode(), "cudzysłowy"),
        (b"nazwisko;kwota\nKowalska;1\n", "brakuje kolumn"),
        (f"{HEADER}\n".encode(), "ani jednej"),
    ],
)  # fmt: skip
def test_bombs_and_foreign_files_are_refused_in_plain_words(tmp_path, teresa, content, told):
    path = tmp_path / "plik"
    path.write_bytes(content)

    imported = take_in(path, teresa)

    assert imported.status == ImportStatus.REFUSED
    assert told in imported.first_errors[0]["why"]


def test_a_file_too_large_or_empty_is_not_kept(tmp_path, teresa, monkeypatch):
    path = write_file(tmp_path, row())
    monkeypatch.setattr(imports, "LARGEST", 10)
    with pytest.raises(ValidationError, match="MB"):
        take_in(path, teresa)
    path.write_bytes(b"")
    with pytest.raises(ValidationError, match="pusty"):
        take_in(path, teresa)
    assert not Import.objects.exists()


def test_an_older_state_never_comes_after_a_newer_one(tmp_path, teresa):
    load(take_in(write_file(tmp_path, row()), teresa), teresa)

    with pytest.raises(Refused, match="nowszy stan"):
        take_in(write_file(tmp_path, row(principal="1")), teresa, as_of=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="przyszłości"):
        take_in(write_file(tmp_path, row(principal="1")), teresa, as_of=timezone.localdate() + timedelta(days=1))


def test_the_same_file_is_not_taken_twice_while_it_waits(tmp_path, teresa):
    path = write_file(tmp_path, row())
    take_in(path, teresa)

    with pytest.raises(Refused, match="już czeka"):
        take_in(path, teresa)


def test_a_dropped_file_is_gone(tmp_path, teresa):
    imported = take_in(write_file(tmp_path, row()), teresa)
    path = files.path_of(imported.file)

    imports.drop(imported, by=teresa, moment=NOW)

    assert Import.objects.get().status == ImportStatus.DROPPED and Import.objects.get().file is None
    assert path.exists()  # until commit, which this test never sees


def test_a_worker_that_died_leaves_the_file_to_another_three_times(tmp_path, teresa):
    made = imports.take_in(write_file(tmp_path, row()), name="plik.csv", as_of=timezone.localdate(), by=teresa, moment=NOW)
    Import.objects.update(lease_until=timezone.now() + timedelta(minutes=9), tries=1)
    assert not imports.run(made.pk, moment=NOW)  # somebody is at it

    Import.objects.update(lease_until=timezone.now() - timedelta(minutes=1))
    imports.sweep(moment=timezone.now())
    assert Import.objects.get().status == ImportStatus.CHECKED

    Import.objects.update(status=ImportStatus.CHECKING, lease_until=timezone.now() - timedelta(minutes=1), tries=3)
    imports.sweep(moment=timezone.now())
    assert "trzy razy" in Import.objects.get().failure


def test_the_memory_of_a_row_does_not_grow_with_the_file(tmp_path):
    """Rows come one by one: the thousandth is read without the rest."""
    path = write_file(tmp_path, *[row(liability=f"N-{n}") for n in range(2000)])
    rows = reading.read(path, {"nieruchomosc"})

    assert next(rows).cells["liability"] == "N-0"
    assert sum(1 for _row in rows) == 1999
