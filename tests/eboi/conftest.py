"""DO-1 as sample data loads it, filed by Anna Kowalska (PESEL 85041512345, made up and correct) of Batorego 12a."""

import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from eboi.actions import filing
from eboi.models import WasteRate
from residents.models import AddressPoint
from residents.models.places import address_key
from schemas.actions import load_definition
from tests.factories import TUESDAY, make_matter, make_person, make_unit

DO_1 = json.loads((Path(__file__).parents[2] / "sample_data" / "forms" / "do-1.json").read_text())
PESEL = "85041512345"


@pytest.fixture
def street(db):
    return AddressPoint.objects.create(
        terc="2204011", simc="0934960", ulic="00753", street="Batorego", number="12a", search=address_key("Batorego", "12a")
    )


@pytest.fixture
def do_1(db, street, dariusz):
    """The matter DO-1 of Dariusz's unit, with its form in force and a rate of 31,00 zł since 1 January 2026."""
    matter = make_matter(make_unit(dariusz))
    load_definition(DO_1, by=None, moment=TUESDAY)
    WasteRate.objects.create(
        method="person", grosze=3100, compost_relief_grosze=100, valid_from=date(2026, 1, 1), source="Uchwała przykładowa"
    )
    return matter


@pytest.fixture
def kowalska(anna):
    return make_person(anna, "Anna", "Kowalska")


@pytest.fixture
def answers(street):
    """Everything a first declaration for three people asks."""
    return {
        "reason": "first", "first-day": "2026-11-16", "role": "owner", "payer": "person", "first-name": "Anna",
        "last-name": "Kowalska", "pesel": PESEL,
        "address": {"street": "Batorego", "number": "12a", "flat": ""},
        "residents-count": 3, "house": "no", "truth": True,
    }  # fmt: skip


@pytest.fixture
def filled(do_1, kowalska, anna, answers):
    """Anna's draft, ready to be sent."""
    draft = filing.open_draft(kowalska, do_1, moment=TUESDAY)
    return filing.save_answers(draft, answers, revision=draft.revision, by=anna)


def pdf_upload(name="umowa.pdf"):
    with pikepdf.new() as document:
        document.add_blank_page()
        content = io.BytesIO()
        document.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")
