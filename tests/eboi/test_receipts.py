"""The receipt: what it says, that nobody can change it, and that anyone can check it without learning anything."""

import hashlib
import json
import uuid
from io import BytesIO

import pgtrigger
import pikepdf
import pytest
from django.db import DatabaseError, transaction
from django.test import override_settings

from eboi import receipts
from eboi.actions import filing
from eboi.models import Receipt
from schemas.checking import canonical
from tests.eboi.conftest import PESEL, pdf_upload
from tests.factories import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(filled, anna):
    filing.attach(filled, "attachments", pdf_upload("umowa 📎 najmu.pdf"), by=anna)
    return filing.submit(
        filled, by=anna, key=uuid.uuid4(), revision=filled.revision, sign_in_method="hasło i kod z aplikacji", moment=TUESDAY
    )


def test_it_says_everything_that_a_receipt_must_say(receipt):
    """L2 L3"""
    body = receipt.body
    file = receipt.submission.attachments.get().file

    assert body["office"] == {
        "name": "Urząd Miasta Pruszcz Gdański", "body": "Gmina Miejska Pruszcz Gdański", "nip": "5930206827",
        "address": "ul. Grunwaldzka 20, 83-000 Pruszcz Gdański",
    }  # fmt: skip
    assert (body["receipt"], body["submission"], body["rpw"]) == (str(receipt.pk), str(receipt.submission_id), "RPW/1/2026")
    assert (body["form"]["code"], body["form"]["version"]) == ("do-1", 1)
    assert body["attachments"] == [{"name": file.name, "size": file.size, "media_type": "application/pdf", "sha256": file.sha256}]
    assert (body["applicant"], body["on_behalf_of"]) == ("Anna Kowalska", None)
    assert body["signed_in"] == {"method": "hasło i kod z aplikacji", "identity": "podana przez mieszkańca, do potwierdzenia"}
    assert body["received_at"] == {"warsaw": "2026-11-24T09:30:00+01:00", "utc": "2026-11-24T08:30:00+00:00"}
    assert body["issued_at"] == body["received_at"]
    assert "art. 63 § 1" in body["legal_effect"]
    assert body["verify_at"].endswith("/upo/")


def test_it_holds_no_answer_and_no_pesel(receipt):
    """L23 S54"""
    text = json.dumps(receipt.body, ensure_ascii=False)

    assert PESEL not in text
    assert "Batorego" not in text


def test_the_hash_of_the_answers_can_not_be_guessed_without_the_salt(receipt, filled):
    """A stranger who sees the receipt and knows all but the PESEL can not try numbers out."""
    content = receipts.payload(receipt.submission)

    assert receipt.body["payload"]["sha256"] != hashlib.sha256(content).hexdigest()
    assert receipt.body["payload"]["sha256"] == hashlib.sha256(bytes(receipt.salt) + content).hexdigest()
    assert bytes(receipt.salt).hex() not in json.dumps(receipt.body)


def test_anyone_with_number_and_hash_learns_that_it_is_ours(receipt):
    found = receipts.verify("rpw / 1 / 2026", f"{receipt.sha256[:32]} {receipt.sha256[32:]}".upper())

    assert (found.rpw, found.received_at, found.issued_at) == ("RPW/1/2026", TUESDAY, TUESDAY)


@pytest.mark.parametrize("number", ["RPW/2/2026", "RPW/1/2025", "1/2026", "", "RPW/01/2026", "RPW/1/2026'--", "9" * 40])
def test_a_number_that_is_not_on_the_receipt_is_not_confirmed(receipt, number):
    assert receipts.verify(number, receipt.sha256) is None


@pytest.mark.parametrize("spoil", [lambda h: h[:-1], lambda h: "0" * 64, lambda h: "", lambda h: h[1:] + h[0], lambda h: h * 9])
def test_another_hash_is_not_confirmed(receipt, spoil):
    assert receipts.verify("RPW/1/2026", spoil(receipt.sha256)) is None


def test_a_receipt_changed_behind_the_portals_back_is_not_confirmed(receipt):
    """The hash in the row is made to fit the forged body; the signature does not follow."""
    forged = {**receipt.body, "applicant": "Bartosz Inny"}
    sha256 = hashlib.sha256(canonical(forged)).hexdigest()
    with pgtrigger.ignore("eboi.Receipt:append_only"):
        Receipt.objects.update(body=forged, sha256=sha256)

    assert receipts.verify("RPW/1/2026", sha256) is None


def test_the_database_refuses_to_change_or_remove_a_receipt(receipt):
    for change in (lambda: Receipt.objects.update(sha256="0" * 64), lambda: Receipt.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_qr_code_holds_number_and_hash_and_nothing_else(receipt):
    with override_settings(PORTAL_URL="https://portal.example"):
        assert receipts.verify_url(receipt) == f"https://portal.example/upo/?numer=RPW/1/2026&skrot={receipt.sha256}"
    assert receipts.qr_svg(receipt).startswith("<?xml") or receipts.qr_svg(receipt).startswith("<svg")


def test_the_pdf_is_accessible_archival_and_has_no_pesel(receipt):
    """L34 L23"""
    content = receipts.pdf(receipt)

    with pikepdf.open(BytesIO(content)) as document:
        metadata = document.open_metadata()
        assert document.Root.MarkInfo.Marked
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("1", "3", "A")
        assert metadata["dc:title"] == "Urzędowe potwierdzenie odbioru RPW/1/2026"
    assert PESEL.encode() not in content


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], "hasło i kod z aplikacji"),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], "klucz dostępu"),
        ([{"method": "code"}, {"method": "mfa", "type": "recovery_codes"}], "kod z e-maila i kod zapasowy"),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}, {"method": "password"}], "hasło i kod z aplikacji"),
    ],
)
def test_how_anna_signed_in_is_said_in_words(records, words):
    assert receipts.how_signed_in(records) == words
