"""The copy of everything that the town holds on a person, from every room, sealed until its owner takes it (L21, GDPR art. 15)."""

import io
import json
import re
import zipfile
from datetime import timedelta
from itertools import chain

import pghistory.models
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import ForeignKey
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.encryption import Unreadable
from accounts.models import User
from office import files, retention, sealed_files
from office.models import Message, PersonalDataRead, RetentionPeriod, RetentionRun, StoredFile
from office.transitions import Refused
from pruszcz_portal import my_data
from pruszcz_portal.removals import REMOVALS
from pruszcz_portal.tasks import make_copy, sweep_copies
from residents.actions import copies
from residents.models import DataCopy, Person
from tests.factories import make_person
from tests.residents.conftest import ANNA_PESEL, declare, policy  # noqa: F401

NOW = timezone.now()


@pytest.fixture
def town(db):
    """The whole sample, every room: Anna of the demonstration holds something in each."""
    call_command("load_sample_data")
    return Person.objects.get(account__email="anna@pruszcz.example")


@pytest.fixture
def person(anna, declare):  # noqa: F811
    return declare(anna, "Anna", "Kowalska", ANNA_PESEL)


def points_at_people(model):
    return any(
        isinstance(field, ForeignKey) and field.related_model in (User, Person)
        for field in model._meta.get_fields()
        if field.concrete
    )


def tables_of_people():
    """Copies that triggers make hold what their table holds: they go with it and are not told twice."""
    return [model for model in apps.get_models() if points_at_people(model) and not issubclass(model, pghistory.models.Event)]


def test_every_table_that_points_at_a_person_is_told_or_has_its_reason(anna):
    """GDPR art. 15: a new table with a person in it fails here until its room tells it or says why it does not."""
    told = {model for held in my_data.held(make_person(anna), NOW) for model in held.models}
    reasons = dict(chain.from_iterable(room.NOT_TOLD.items() for room in my_data.rooms()))

    untold = {model._meta.label for model in tables_of_people() if model not in told}

    assert sorted(untold - reasons.keys()) == []
    assert sorted(label for label in reasons if apps.get_model(label) in told) == []
    assert all(reasons.values())
    assert len(told) > 40


def test_every_column_that_a_room_tells_is_there(anna):
    """A column taken away would stop everybody's copy; here it is found without a row."""
    for held in my_data.held(make_person(anna), NOW):
        assert [held.label(column) for column in held.columns] and list(held.values()) is not None, held.code


def test_every_table_says_how_long_it_is_kept(town):
    """L22: by a period that a clerk can change and something that removes by it, or by the law that keeps it, or until its owner leaves."""
    kinds = {removal.kind for removal in REMOVALS}

    for held in my_data.held(town, NOW):
        assert my_data.how_long(held, NOW)
        if held.kept:
            assert held.kept in kinds, held.code
            assert RetentionPeriod.objects.valid_on(NOW.date()).filter(kind=held.kept).exists(), held.code
    assert {removal.kind for removal in REMOVALS} <= set(RetentionPeriod.objects.values_list("kind", flat=True))


def made(person):
    copy = copies.ask_for_copy(person, moment=NOW)
    make_copy(str(copy.pk))
    copy.refresh_from_db()
    return copy


def opened(copy):
    return zipfile.ZipFile(io.BytesIO(b"".join(sealed_files.content_of(copy.file))))


def test_the_copy_holds_what_every_room_knows_of_anna(town):
    """L21: one file with a page for her, the same as JSON, and her files."""
    archive = opened(made(town))
    content = json.loads(archive.read("moje-dane.json"))
    rows = {table["kod"]: table["wiersze"] for table in content["dzialy"] if table["wiersze"]}
    page = archive.read("spis.html").decode()

    assert rows["residents.person"][0]["pesel"] == town.pesel
    assert {code.split(".")[0] for code in rows} >= {
        "residents",
        "accounts",
        "office",
        "eboi",
        "resident_card",
        "pszok",
        "payments",
        "announcements",
    }
    assert rows["eboi.case"] and rows["resident_card.cardmedium"] and rows["pszok.dispute"]
    assert all(table["nazwa"] in page and table["jak_dlugo"] for table in content["dzialy"])
    given = [row["plik"] for table in content["dzialy"] for row in table["wiersze"] if row.get("plik")]
    assert given and set(given) <= set(archive.namelist())
    assert not re.search(r"\{'|<lazy|Decimal\(|UUID\(", page)


def test_nobody_elses_rows_are_in_the_copy(town):
    """S16: Bartek stands in no table of Anna's."""
    bartek = Person.objects.get(account__email="bartek@pruszcz.example")

    whole = b"".join(opened(made(town)).read(name) for name in ("moje-dane.json", "spis.html")).decode()

    assert str(bartek.pk) not in whole and bartek.pesel not in whole and bartek.account.email not in whole


def test_internal_notes_and_votes_are_not_told(town):
    """L12, C34: a note is the office's own; a ballot is nobody's."""
    codes = {held.code for held in my_data.held(town, NOW)}
    notes = [held.rows.filter(kind="note").exists() for held in my_data.held(town, NOW) if held.code == "eboi.casemessage"]

    assert notes == [False]
    assert not codes & {
        "consultations.ballot",
        "consultations.participation",
        "consultations.envelope",
        "consultations.surveydraft",
    }


def test_the_file_lies_sealed(person):
    """S54: a PESEL lies in no file; pieces cut off or another's row do not open."""
    copy = made(person)
    path = files.path_of(copy.file)
    content = path.read_bytes()

    assert ANNA_PESEL.encode() not in content and b"PK" not in content[:64]
    assert ANNA_PESEL in opened(copy).read("moje-dane.json").decode()
    path.write_bytes(content[:-7])
    with pytest.raises(Unreadable):
        opened(copy)


def test_a_long_file_is_sealed_piece_by_piece_and_ends_where_it_ended(anna):
    """A file cut between two pieces does not pass for a whole one."""
    stored = sealed_files.store(
        lambda file: [file.write(bytes([number]) * 700_000) for number in range(5)], name="a.zip", media_type="application/zip"
    )
    path = files.path_of(stored)

    assert b"".join(sealed_files.content_of(stored)) == b"".join(bytes([number]) * 700_000 for number in range(5))
    whole = path.read_bytes()
    first = 4 + int.from_bytes(whole[:4], "big")
    assert stored.size == len(whole) > 3_500_000 and first < len(whole)
    path.write_bytes(whole[:first])
    with pytest.raises(Unreadable):
        list(sealed_files.content_of(stored))


def test_the_person_is_told_by_a_letter_without_data(person):
    """S42: a link, no name and no PESEL."""
    copy = made(person)

    letter = Message.objects.about(copy).get()
    assert letter.address == person.account.email and reverse("my_copy") in letter.text
    assert ANNA_PESEL not in letter.text and "Kowalska" not in letter.text


def test_two_workers_make_one_copy(person):
    """D4: the bell and the sweep may come together; the second finds nothing to do."""
    copy = copies.ask_for_copy(person, moment=NOW)

    assert copies.ask_for_copy(person, moment=NOW) == copy
    assert copies.make_copy(copy.pk, write=my_data.write_copy, moment=NOW)
    assert not copies.make_copy(copy.pk, write=my_data.write_copy, moment=NOW)
    assert StoredFile.objects.count() == 1 and Message.objects.count() == 1


def test_a_copy_left_by_a_dead_worker_is_made_by_the_sweep(person):
    copy = copies.ask_for_copy(person, moment=NOW)
    DataCopy.objects.update(lease_until=timezone.now() - timedelta(minutes=1), tries=1)

    sweep_copies()

    assert DataCopy.objects.get(pk=copy.pk).made_at


def test_a_copy_that_fails_is_tried_three_times_and_then_told(person):
    copy = copies.ask_for_copy(person, moment=NOW)

    def broken(person, file):
        file.write(b"half")
        raise OSError("no space")

    for number in range(4):
        copies.make_copy(copy.pk, write=broken, moment=NOW + number * timedelta(hours=1))

    copy.refresh_from_db()
    assert (copy.tries, copy.file, copy.made_at) == (3, None, None) and copy.failed_at
    assert not StoredFile.objects.exists()


def test_five_copies_a_day_are_enough(person):
    """S46"""
    for _number in range(5):
        made(person)

    with pytest.raises(Refused, match="jutro"):
        copies.ask_for_copy(person, moment=NOW)


def test_the_copy_goes_after_its_period_with_a_protocol(person):
    """L22: file and row, after as many days as the town's data say."""
    copy = made(person)
    path, days = files.path_of(copy.file), RetentionPeriod.objects.get(kind="data_copy").days

    retention.run(REMOVALS, moment=NOW + timedelta(days=days - 1))
    assert DataCopy.objects.exists()
    retention.run(REMOVALS, moment=NOW + timedelta(days=days + 1))

    assert not DataCopy.objects.exists() and not StoredFile.objects.exists()
    assert RetentionRun.objects.get(kind="data_copy").removed == 1
    assert path.name


def test_anna_orders_waits_and_takes_her_copy(client, anna, person, sign_in):
    """L21, S45: never cached, shown to her alone."""
    sign_in(client, anna)
    page = reverse("my_copy")

    assert client.post(page).status_code == 302
    assert "Przygotowujemy" in client.get(page).content.decode()
    sweep_copies()
    copy = DataCopy.objects.get()
    assert reverse("my_copy_file", args=[copy.pk]) in client.get(page).content.decode()
    taken = client.get(reverse("my_copy_file", args=[copy.pk]))

    assert "no-store" in taken["Cache-Control"] and "attachment" in taken["Content-Disposition"]
    assert zipfile.ZipFile(io.BytesIO(taken.getvalue())).testzip() is None
    copy.refresh_from_db()
    assert copy.taken_at
    assert not PersonalDataRead.objects.exists()


def test_taking_the_copy_needs_a_fresh_proof_and_an_owner(anna, ewa, person, declare, sign_in):  # noqa: F811
    """S15, S16: an old sign-in is asked again; somebody else's copy is not there."""
    copy = made(person)
    declare(ewa, "Ewa", "Zych")
    file = reverse("my_copy_file", args=[copy.pk])
    old = sign_in(Client(), anna)
    session = old.session
    session["account_authentication_methods"] = [
        {**one, "at": one["at"] - 3600} for one in session["account_authentication_methods"]
    ]
    session.save()

    assert old.get(file).status_code == 302
    assert sign_in(Client(), ewa).get(file).status_code == 404
