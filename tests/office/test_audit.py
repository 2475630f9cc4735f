"""The register of looks is for good (S58, L37)."""

import uuid
from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from office import audit
from office.models import AuditSeal, PersonalDataRead, StatusChange, StoredFile

ANNA, EWA = uuid.uuid4(), uuid.uuid4()

pytestmark = pytest.mark.django_db


def look(reader, day, person=ANNA):
    with time_machine.travel(f"{day}T12:00:00+00:00", tick=False):
        audit.record_read(reader=reader, person=person, what="sprawa", purpose="prowadzenie sprawy")


def test_look_names_who_whom_what_and_why(celina):
    """L37"""
    file = StoredFile.objects.create(name="a.pdf", media_type="application/pdf", size=1, sha256="")

    audit.record_read(reader=celina, person=ANNA, what="plik", purpose="decyzja", about=file)

    (read,) = PersonalDataRead.objects.all()
    assert (read.reader, read.person, read.what, read.purpose) == (celina.subject, ANNA, "plik", "decyzja")
    assert (read.object_type, read.object_id) == ("office.storedfile", file.pk)


def test_export_is_one_look_at_each_person(celina, django_assert_num_queries):
    with django_assert_num_queries(1):
        audit.record_reads(reader=celina, people=[ANNA, EWA, ANNA, None], what="zestawienie", purpose="sprawozdanie")

    assert sorted(PersonalDataRead.objects.values_list("person", flat=True)) == sorted([ANNA, EWA])


@pytest.mark.parametrize("model", [PersonalDataRead, StatusChange, AuditSeal])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_database_refuses_to_change_the_past(model, change, celina):
    """S58"""
    look(celina, "2026-03-02")
    StatusChange.objects.create(
        object_type="x.y", object_id=ANNA, from_status="a", to_status="b", side="clerk", at="2026-03-02T12:00Z"
    )
    audit.seal(today=date(2026, 3, 4))

    with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
        rows = model.objects.all()
        rows.delete() if change == "delete" else rows.update(at="2020-01-01T00:00Z")


def test_each_whole_day_is_sealed_once_days_without_looks_too(celina):
    """S58"""
    look(celina, "2026-03-01")
    look(celina, "2026-03-03")
    look(celina, "2026-03-03")
    look(celina, "2026-03-04")

    made = audit.seal(today=date(2026, 3, 4))

    assert [(sealed.day.day, sealed.rows) for sealed in made] == [(1, 1), (2, 0), (3, 2)]
    assert [sealed.previous for sealed in made[1:]] == [sealed.digest for sealed in made[:-1]]
    assert audit.seal(today=date(2026, 3, 4)) == []
    call_command("verify_audit")


def test_day_ends_at_midnight_in_warsaw(celina):
    with time_machine.travel("2026-03-01T23:30:00+00:00", tick=False):  # half past midnight on the 2nd
        audit.record_read(reader=celina, person=ANNA, what="x", purpose="y")

    assert [sealed.day for sealed in audit.seal(today=date(2026, 3, 3))] == [date(2026, 3, 2)]


@pytest.mark.parametrize("harm", ["change", "remove", "add", "remove a seal"])
def test_whoever_goes_around_the_database_breaks_the_chain(celina, harm):
    """S58"""
    for day in (1, 2, 3):
        look(celina, f"2026-03-0{day}")
    audit.seal(today=date(2026, 3, 4))
    first = PersonalDataRead.objects.order_by("pk").first()

    with connection.cursor() as cursor:
        cursor.execute(
            "alter table office_personaldataread disable trigger user; alter table office_auditseal disable trigger user"
        )
    if harm == "change":
        PersonalDataRead.objects.filter(pk=first.pk).update(reader=EWA)
    elif harm == "remove":
        first.delete()
    elif harm == "add":
        look(celina, "2026-03-01")
    else:
        AuditSeal.objects.filter(day=date(2026, 3, 2)).delete()

    with pytest.raises(CommandError, match="2026-03-0"):
        call_command("verify_audit")


def test_nothing_to_seal_is_fine():
    assert audit.seal(today=date(2026, 3, 4)) == []
    call_command("verify_audit")
