"""Applications of the demonstration, one in each state a clerk meets: Anna's accepted, Bartek's to be corrected, Zofia's on paper waiting for Hanna.

Told in order by the verbs, so that numbers, terms and letters agree. Faces are drawn, papers are blank.
"""

import io
import uuid
from datetime import datetime, timedelta

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from PIL import Image, ImageDraw

from accounts.models import User
from office import scanning
from office.models import StoredFile
from resident_card.actions import applying, paper, reviewing
from resident_card.models import Application, PackageType, Photo
from residents.models import Person

REGISTERED = {"podstawa": {"kind": "registered"}}


def load(moment: datetime) -> None:
    if Application.objects.exists():
        return
    hanna = User.objects.get(email="hanna@pruszcz.example")
    anna, bartek = (Person.objects.get(account__email=f"{name}@pruszcz.example") for name in ("anna", "bartek"))
    home = {"street": "Batorego", "number": "2", "flat": "3"}
    _accepted(_sent(anna, REGISTERED, home, moment - timedelta(days=34)), hanna, moment - timedelta(days=33))
    tax = {
        "podstawa": {"kind": "tax"},
        "pit": {"tax_form": "PIT-37", "tax_year": localdate(moment).year - 1, "has_filing_proof": True},
    }
    begun = moment - timedelta(days=4)
    _to_correct(_sent(bartek, tax, {"street": "Krótka", "number": "7", "flat": "2"}, begun), hanna, begun + timedelta(days=1))
    _on_paper(Person.objects.get(first_name="Zofia", last_name="Wiśniewska"), hanna, moment - timedelta(days=1))


def _sent(person, answers, home, moment):
    draft = applying.open_draft(person, PackageType.objects.get(is_base=True), person=person, moment=moment)
    by = person.account
    for step, given in {**answers, "adres": home, "karta": {"wants_plastic": "no"}}.items():
        applying.save_step(draft, step, given, revision=draft.revision, by=by, moment=moment)
    if "pit" in answers:
        applying.add_document(draft, "tax", _paper(), by=by, moment=moment)
    applying.send_photo(draft, _face(), by=by, moment=moment)
    sent = applying.submit(draft, by=by, key=uuid.uuid4(), revision=draft.revision, moment=moment)
    _scan(by)
    return sent


def _accepted(sent, clerk, moment):
    taken = reviewing.take(sent, by=clerk, moment=moment)
    reviewing.accept_photo(taken, **dict.fromkeys(Photo.Rule.values, True), by=clerk, moment=moment)
    reviewing.approve(taken, by=clerk, moment=moment)


def _to_correct(sent, clerk, moment):
    taken = reviewing.take(sent, by=clerk, moment=moment)
    reviewing.refuse_photo(taken, failed_rule=Photo.Rule.LIGHT, by=clerk, moment=moment)
    flaws = {taken.files.get().pk: "na dole strony nie widać pieczęci urzędu skarbowego"}
    reason = "Dziękujemy za wniosek. Do wymiany są dwie rzeczy, reszta jest w porządku."
    reviewing.ask_correction(taken, reason=reason, flaws=flaws, by=clerk, moment=moment)


def _on_paper(person, clerk, moment):
    who = {"first_name": person.first_name, "last_name": person.last_name, "pesel": person.pesel, "born_on": person.born_on}
    details = {**REGISTERED, "dane": {"has_no_pesel": False}, "adres": {"street": "Batorego", "number": "2", "flat": "1"}}
    details["karta"] = {"wants_plastic": "yes"}
    paper.enter(
        PackageType.objects.get(is_base=True), person=who, details=details, registry_number="RSO.2026.311", photo=_face(), seen=True,
        by=clerk, moment=moment,
    )  # fmt: skip
    _scan(clerk)


def _scan(owner):
    """The scanner of the demonstration looks at once, so that the desk opens what was sent."""
    for stored in StoredFile.objects.to_scan().filter(owner=owner.subject):
        scanning.scan(stored.pk)


def _face() -> SimpleUploadedFile:
    """Nobody's face: an oval, shoulders, a bright background."""
    picture = Image.new("RGB", (600, 750), "#e8eef0")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((40, 560, 560, 1100), fill="#0b5a6b")
    pen.rectangle((250, 480, 350, 620), fill="#d9b193")
    pen.ellipse((160, 90, 440, 540), fill="#e6c1a4")
    pen.pieslice((140, 60, 460, 460), 180, 360, fill="#5a4632")
    for left in (225, 335):
        pen.ellipse((left, 290, left + 40, 312), fill="#1b2430")
    pen.arc((250, 380, 350, 450), 20, 160, fill="#a63d2a", width=8)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=90)
    return SimpleUploadedFile("zdjecie.jpg", content.getvalue(), content_type="image/jpeg")


def _paper() -> SimpleUploadedFile:
    content = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(content)
    return SimpleUploadedFile("PIT-37-strona-1.pdf", content.getvalue(), content_type="application/pdf")
