"""One town for the guards: Anna with a draft, a filing, cases, a call, a decision, files and messages; and everyone who must not see them."""

import json
import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from eboi.actions import cases, correspondence, faults, filing, outgoing, rulings
from eboi.actions.accessibility import ask_for_access
from eboi.models import Case, MatterType, Submission, WasteRate
from office.models import Erasure
from payments.models import Payment
from pruszcz_portal.tasks import make_copy
from residents.actions import confirm_identity_at_desk, give_consent
from residents.actions.copies import ask_for_copy
from residents.models import AddressPoint, DataCopy, Person, Terms
from residents.models.places import address_key
from schemas.actions import load_definition
from tests.factories import LONG_AGO, live_together, make_colleague, make_letter, make_matter, make_person, make_unit
from tests.payments.cast import make_payment

DO_1 = json.loads((settings.BASE_DIR / "sample_data" / "forms" / "do-1.json").read_text())
LAMPS = json.loads((settings.BASE_DIR / "sample_data" / "forms" / "awaria-oswietlenia.json").read_text())
MARKER = "zdanie-tylko-dla-Anny"  # planted in what is hers; nobody else's page may hold it
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class World:
    person: Person
    draft: Submission
    filed: Submission
    cases: list[Case]
    payment: Payment

    @property
    def case(self):
        return self.cases[0]


def build(*, owner, neighbour, officer, signatory, copies=1):
    """`neighbour` lives with the owner; `copies` multiplies what lists show, for counting queries."""
    now = timezone.now()
    unit = make_unit(officer, signatory)
    AddressPoint.objects.create(
        terc="2204011", simc="0934960", ulic="00753", street="Batorego", number="12a", search=address_key("Batorego", "12a")
    )
    load_definition(DO_1, by=None, moment=now)
    WasteRate.objects.create(method="person", grosze=3100, valid_from=LONG_AGO, source="przykład do testów")
    for kind in Terms.Kind.values:
        Terms.objects.create(kind=kind, version="1", text="Tekst.", valid_from=LONG_AGO, source="przykład do testów")
    matter = make_matter(unit)
    person = make_person(owner, "Anna", f"Kowalska {MARKER}")
    live_together(person, make_person(neighbour, "Bartek", "Kowalski"))
    confirm_identity_at_desk(person, how="dowód osobisty", account_shown=True, by=officer, moment=now)
    for _number in range(copies):
        filed = _file(person, matter, owner, now)
    opened = [_case(person, matter, officer, signatory, now, number) for number in range(copies)]
    draft = filing.open_draft(person, matter, moment=now)
    filing.save_answers(draft, {**_answers(), "remarks": MARKER}, revision=draft.revision, by=owner)
    draft.refresh_from_db()
    filing.attach(draft, "attachments", pdf(f"{MARKER}.pdf"), by=owner)
    payments = [make_payment(person, title=f"Duplikat {MARKER}", moment=now) for _number in range(copies)]
    return World(person=person, draft=draft, filed=filed, cases=opened, payment=payments[0])


def pdf(name):
    import io

    import pikepdf

    with pikepdf.new() as document:
        document.add_blank_page()
        content = io.BytesIO()
        document.save(content)
    return SimpleUploadedFile(name, content.getvalue(), content_type="application/pdf")


def _answers():
    return {
        "reason": "first", "first-day": "2026-11-02", "role": "owner", "payer": "person", "first-name": "Anna", "last-name": "Kowalska",
        "pesel": "85041512345", "address": {"street": "Batorego", "number": "12a", "flat": ""}, "residents-count": 3, "house": "no",
        "truth": True, "remarks": MARKER,
    }  # fmt: skip


def _file(person, matter, owner, now):
    draft = filing.open_draft(person, matter, moment=now)
    filing.save_answers(draft, _answers(), revision=draft.revision, by=owner)
    draft.refresh_from_db()
    filing.attach(draft, "attachments", pdf(f"{MARKER}.pdf"), by=owner)
    filing.submit(draft, by=owner, key=uuid.uuid4(), revision=draft.revision, sign_in_method="totp", moment=now)
    return draft


def _case(person, matter, officer, signatory, now, number):
    """The first case waits for Anna; the next are in progress."""
    letter = make_letter(person, now - timedelta(days=2), subject=f"Sprawa {number} {MARKER}")
    case = cases.open_case(letter, matter=matter, officer=officer, by=officer, moment=now)
    cases.take_up(case, by=officer, moment=now)
    correspondence.write_to_office(case, text=MARKER, by=person.account, moment=now)
    correspondence.write_to_resident(case, text=MARKER, by=officer, moment=now)
    correspondence.add_note(case, text="notatka-tylko-dla-urzedu", by=officer, moment=now)
    correspondence.add_document(case, title=MARKER, upload=pdf(f"{MARKER}.pdf"), by=person.account, moment=now)
    if number == 0:
        call = rulings.draft_call(case, missing=MARKER, by=officer, moment=now)
        rulings.send_call(call, by=officer, moment=now)
    return case


def decided_case(world, officer, signatory):
    """A further case of Anna's with a signed decision."""
    now = timezone.now()
    letter = make_letter(world.person, now - timedelta(days=3))
    case = cases.open_case(letter, matter=world.case.matter, officer=officer, by=officer, moment=now)
    cases.take_up(case, by=officer, moment=now)
    decision = rulings.draft_decision(
        case, ruling=MARKER, reasons="bo tak wynika z akt", legal_basis="art. 104", by=make_colleague(case.unit), moment=now
    )
    rulings.sign_decision(decision, by=signatory, moment=now)
    return case


def letter_to_confirm(world, officer):
    """An answer sent to Anna's account, not confirmed yet."""
    return outgoing.write_letter(world.case, title="Odpowiedź", text=MARKER, channel="portal", by=officer, moment=timezone.now())


def access_asked():
    """A request for accessibility of somebody who is not signed in."""
    return ask_for_access(
        uuid.uuid4(), page="Deklaracja", problem=MARKER, kind="access", other_way="", name=MARKER, contact_by="phone",
        contact=MARKER, moment=timezone.now(),
    )  # fmt: skip


def fault_told():
    """A lamp that a stranger told of, in a matter of its own."""
    unit = make_unit(symbol="ID", name="Referat Inwestycji i Dróg")
    matter = make_matter(unit, code="lampy", jrwa="7021")
    form = load_definition(LAMPS, by=None, moment=timezone.now())
    MatterType.objects.filter(pk=matter.pk).update(takes_faults=True, form=form.definition)
    draft = faults.begin(MatterType.objects.get(pk=matter.pk), moment=timezone.now())
    faults.keep(draft, {"how": "pole", "pole": "PG/1", "kind": "off", "danger": "no", "details": MARKER})
    return faults.send(draft, moment=timezone.now())


def consent_of(world):
    from residents.models import Purpose

    purpose = Purpose.objects.filter(needs_consent=True).first()
    return (
        give_consent(world.person, purpose=purpose.code, channel="email", source="test", moment=timezone.now())
        if purpose
        else None
    )


def copy_of(town) -> DataCopy:
    """Anna's copy of her data, made."""
    copy = ask_for_copy(town.person, moment=timezone.now())
    make_copy(str(copy.pk))
    return copy


def erasure() -> Erasure:
    row = {"code": "residents.consent", "title": "Zgody", "removed": 2, "stayed": 0, "why": ""}
    return Erasure.objects.create(person=uuid.uuid4(), by_owner=True, lines=[row], removed=2, stayed=0, at=timezone.now())
