"""What the database itself refuses to change, whoever asks; and what rotation and merging may still do with it."""

import json
import uuid

import pytest
from django.conf import settings
from django.db import transaction
from django.db.utils import ProgrammingError

from accounts import rotation
from eboi.actions import filing
from eboi.models import Receipt, Submission, WasteRate
from residents.models import AddressPoint
from residents.models.places import address_key
from schemas.actions import load_definition
from tests.factories import LONG_AGO, TUESDAY, make_matter, make_person, make_unit

pytestmark = pytest.mark.django_db
DO_1 = settings.BASE_DIR / "sample_data" / "forms" / "do-1.json"


@pytest.fixture
def filed(anna, dariusz):
    """Anna's declaration, filed on a Tuesday."""
    load_definition(json.loads(DO_1.read_text()), by=None, moment=TUESDAY)
    WasteRate.objects.create(method="person", grosze=3200, valid_from=LONG_AGO, source="przykład do testów")
    place = {"terc": "2204011", "simc": "0934960", "ulic": "00753", "street": "Batorego", "number": "12a"}
    AddressPoint.objects.create(**place, search=address_key("Batorego", "12a"))
    draft = filing.open_draft(make_person(anna), make_matter(make_unit(dariusz)), moment=TUESDAY)
    answers = {
        "reason": "first", "first-day": "2026-11-02", "role": "owner", "payer": "person", "first-name": "Anna",
        "last-name": "Kowalska", "pesel": "85041512345", "residents-count": 3, "house": "no", "truth": True,
        "address": {"street": "Batorego", "number": "12a", "flat": ""},
    }  # fmt: skip
    filing.save_answers(draft, answers, revision=draft.revision, by=anna)
    draft.refresh_from_db()
    filing.submit(draft, by=anna, key=uuid.uuid4(), revision=draft.revision, sign_in_method="totp", moment=TUESDAY)
    return Submission.objects.get(pk=draft.pk)


@pytest.mark.parametrize(
    "change",
    [{"answers": {"pesel": "1"}}, {"computed": {}}, {"status": "draft"}, {"received_at": TUESDAY.replace(year=2025)}],
    ids=lambda change: next(iter(change)),
)
def test_what_anna_filed_never_changes(filed, change):
    """L2"""
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Submission.objects.filter(pk=filed.pk).update(**change)


def test_what_anna_filed_is_never_deleted(filed):
    """L2"""
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        Submission.objects.filter(pk=filed.pk)._raw_delete("default")


def test_her_receipt_neither_changes_nor_goes(filed):
    """L2"""
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Receipt.objects.update(sha256="0" * 64)
    with pytest.raises(ProgrammingError, match="delete"), transaction.atomic():
        Receipt.objects.all().delete()


def test_a_filing_follows_a_person_who_turns_out_to_be_known(filed):
    """The desk joins two rows of one human: what was filed is theirs, word for word."""
    known = make_person()

    Submission.objects.filter(pk=filed.pk).update(person=known)

    filed.refresh_from_db()
    assert (filed.person, filed.answers["residents-count"]) == (known, 3)


def test_keys_rotate_under_a_filing_that_never_changes(filed, monkeypatch):
    """S54: sealed anew, reading the same."""
    field = Submission._meta.get_field("answers")
    monkeypatch.setattr(rotation, "key_number", lambda sealed: -1)  # as if every row were under an older key

    assert rotation.rotate(Submission, field) == 1

    assert Submission.objects.get(pk=filed.pk).answers == filed.answers
