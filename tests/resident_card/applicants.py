"""Applications for tests: a town with addresses, Anna who applies, pictures as phones make them. What verbs make, verbs make here too."""

import io
import uuid
from datetime import date

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from PIL import Image

from office.models import ScanState, StoredFile
from resident_card import rules, steps
from resident_card.actions import applying
from resident_card.models import PackageType
from residents.models import AddressPoint, Dwelling, Person
from residents.models.places import address_key
from tests.factories import TUESDAY
from tests.resident_card.cast import BASE, make_packages

PESEL, BORN = "85041512345", date(1985, 4, 15)
REGISTERED = {"podstawa": {"kind": "registered"}}
TAX = {
    "podstawa": {"kind": "tax"},
    "pit": {"tax_form": "PIT-37", "tax_year": 2025, "has_filing_proof": True},
}


def make_street():
    """Batorego 12 with flats 1-3, and Batorego 12a, a house of its own."""
    for number in ("12", "12a"):
        AddressPoint.objects.get_or_create(
            terc="2204011", simc="0934960", ulic="00753", number=number,
            defaults={"street": "Batorego", "search": address_key("Batorego", number)},
        )  # fmt: skip
    for flat in "123":
        Dwelling.objects.get_or_create(address=AddressPoint.objects.at("Batorego", "12").get(), flat=flat)


def picture(width=600, height=800, form="JPEG", name="ja.jpg", mode="RGB", **saved) -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (width, height), (200, 190, 180)).convert(mode).save(content, form, **saved)
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def paper(name="pit.pdf") -> SimpleUploadedFile:
    content = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def begun(applicant, code=BASE, person="self", moment=TUESDAY):
    make_packages()
    package = PackageType.objects.get(code=code)
    return applying.open_draft(applicant, package, person=applicant if person == "self" else person, moment=moment)


def filled(applicant, answers=None, moment=TUESDAY, **kwargs):
    """A draft with everything that is asked: by default of somebody registered for good at Batorego 12, flat 3."""
    make_street()
    draft = begun(applicant, moment=moment, **kwargs)
    home = {
        "adres": {"street": "Batorego", "number": "12", "flat": "3"},
        "karta": {"wants_plastic": "no"},
        "opieka": {"kind": "child"},
    }
    given = {**(answers or REGISTERED), **home}
    day = localdate(moment)
    while lacking := steps.missing(draft, rules.policy(day), day):
        step = lacking[0]
        if step == "dokumenty":
            for kind in steps.asked_documents(draft, day):
                applying.add_document(draft, kind, paper(), by=applicant.account, moment=moment)
        elif step == "zdjecie":
            applying.send_photo(draft, picture(), by=applicant.account, moment=moment)
        else:
            applying.save_step(draft, step, given[step], revision=draft.revision, by=applicant.account, moment=moment)
        draft.refresh_from_db()
    return draft


def sent(applicant, answers=None, moment=TUESDAY, **kwargs):
    draft = filled(applicant, answers, moment, **kwargs)
    done = applying.submit(draft, by=applicant.account, key=uuid.uuid4(), revision=draft.revision, moment=moment)
    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    return done


def arguments_of(person, moment) -> dict:
    """For the guards of the house: one application sent, and a draft for a child, by their addresses."""
    Person.objects.filter(pk=person.pk).update(born_on=BORN)
    person.refresh_from_db()
    done = sent(person, moment=moment)
    draft = begun(person, person=None, moment=moment)
    one, other = {"pk": done.pk}, {"pk": draft.pk}
    return {
        "resident_card:apply_for": {"code": BASE},
        "resident_card:step": {**other, "code": "dziecko"},
        "resident_card:review": other,
        **dict.fromkeys(
            ["resident_card:application", "resident_card:sent", "resident_card:correct", "resident_card:withdraw"], one
        ),
        "resident_card:application_file": {**one, "file_pk": steps.photo_of(done).file_id},
    }
