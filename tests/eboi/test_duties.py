"""Stamp duty of a filing (L10, L46): shown before it is sent, asked with it, never in its way, seen by the clerk."""

import json
import uuid
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eboi.actions import cases, duties, filing
from eboi.models import MatterDuty, SubmissionDuty
from payments import actions as till
from payments.models import DutyExemption, Entry, Payment, StampDuty
from pruszcz_portal import roles
from schemas.actions import load_definition
from tests.eboi.conftest import pdf_upload
from tests.factories import LONG_AGO, make_matter, make_unit
from tests.payments.cast import make_account as make_town_account

pytestmark = pytest.mark.django_db
FORM = json.loads((Path(__file__).parents[2] / "sample_data" / "forms" / "niezaleganie.json").read_text())
NOW = timezone.now()
ANSWERS = {
    "what": "none", "purpose": "kredyt", "receiver": "bank", "payer": "person", "first-name": "Anna", "last-name": "Kowalska",
    "pesel": "85041512345", "spouse": "no", "proxy": "no", "delivery": "portal",
}  # fmt: skip


@pytest.fixture
def certificate(dariusz):
    """The certificate of no arrears in Dariusz's unit, which carries 21 zł."""
    matter = make_matter(make_unit(dariusz), code="niezaleganie")
    load_definition(FORM, by=None, moment=NOW)
    MatterDuty.objects.create(matter=matter, duty="certificate-arrears", valid_from=LONG_AGO, source="-")
    return matter


@pytest.fixture
def grazyna(make_account):
    return make_account("grazyna@pruszcz.example", "Grażyna Kos", roles.TREASURER, position="skarbniczka")


@pytest.fixture
def account(db):
    return make_town_account(purpose="stamp-duty")


def drafted(person, matter, **answers):
    draft = filing.open_draft(person, matter, moment=NOW)
    return filing.save_answers(draft, {**ANSWERS, **answers}, revision=draft.revision, by=person.account)


def sent(draft):
    return filing.submit(
        draft, by=draft.person.account, key=uuid.uuid4(), revision=draft.revision, sign_in_method="hasło", moment=NOW
    ).submission


def due_of(matter, **answers):
    return {one.duty.code: one.grosze for one in duties.due(matter.pk, {**ANSWERS, **answers}, date(2026, 11, 26))}


def test_a_certificate_carries_its_duty_and_a_proxy_another(certificate):
    """L10: 17 zł for a power of attorney, nothing for the nearest family and for local government."""
    assert due_of(certificate) == {"certificate-arrears": 2100}
    assert due_of(certificate, proxy="yes") == {"certificate-arrears": 2100, "power-of-attorney": 1700}
    for relation in ("spouse", "ascendant", "descendant", "sibling", "local-government"):
        assert due_of(certificate, proxy="yes", **{"proxy-relation": relation})["power-of-attorney"] == 0
    assert due_of(certificate, proxy="yes", **{"proxy-relation": "other"})["power-of-attorney"] == 1700


def test_amounts_are_dated(certificate):
    StampDuty.objects.filter(code="certificate-arrears").update(valid_to=date(2026, 12, 31))
    StampDuty.objects.create(
        code="certificate-arrears", name="-", amount_grosze=2500, valid_from=date(2027, 1, 1), source="nowa ustawa"
    )

    assert duties.due(certificate.pk, ANSWERS, date(2026, 12, 31))[0].grosze == 2100
    assert duties.due(certificate.pk, ANSWERS, date(2027, 1, 1))[0].grosze == 2500


def test_filing_asks_for_the_duty_and_writes_the_exemption_down(certificate, kowalska, account):
    draft = drafted(kowalska, certificate, proxy="yes", **{"proxy-relation": "spouse"})
    filing.attach(draft, "mandate", pdf_upload(), by=kowalska.account)
    filed = sent(draft)

    payment = Payment.objects.get()
    assert (payment.payer, payment.amount_grosze, payment.purpose) == (kowalska, 2100, "stamp-duty")
    assert payment.due_on == timezone.localdate(NOW) + timedelta(days=3)
    by_code = {one.code: one for one in SubmissionDuty.objects.filter(submission=filed)}
    assert by_code["power-of-attorney"].exemption == "pełnomocnictwo dla męża albo żony"
    assert by_code["power-of-attorney"].payment is None


def test_without_an_account_of_the_town_the_filing_goes_through(certificate, kowalska):
    filed = sent(drafted(kowalska, certificate))

    (one,) = duties.of_submissions([filed.pk])
    assert (one.grosze, one.payment) == (2100, None)
    assert duties.unpaid([one]) == [one]


def test_the_same_key_sent_twice_asks_once(certificate, kowalska, account):
    draft = drafted(kowalska, certificate)
    key = uuid.uuid4()
    for _time in range(2):
        filing.submit(draft, by=kowalska.account, key=key, revision=draft.revision, sign_in_method="hasło", moment=NOW)

    assert Payment.objects.count() == 1


def test_anna_reads_the_sum_before_she_sends_and_pays_it_after(certificate, kowalska, account, anna, sign_in):
    mine = sign_in(Client(), anna, strong=True)
    draft = drafted(kowalska, certificate)

    before = mine.get(reverse("eboi:review", args=[draft.pk])).content.decode().replace("\xa0", " ")
    assert "Opłata skarbowa" in before and "21,00 zł" in before and "do potwierdzenia" in before
    filed = sent(draft)
    after = mine.get(reverse("eboi:filed", args=[filed.pk])).content.decode()
    assert reverse("payments:payment", args=[Payment.objects.get().pk]) in after


def test_the_clerk_sees_what_is_not_paid_and_the_call_says_it(certificate, kowalska, account, dariusz, grazyna, sign_in):
    filed = sent(drafted(kowalska, certificate))
    case = cases.open_case(filed.letter, matter=certificate, officer=dariusz, by=dariusz, moment=NOW)
    desk = sign_in(Client(), dariusz, strong=True)
    page, call = (
        reverse("admin:eboi_case_change", args=[case.pk]),
        reverse("admin:eboi_case_verb", args=[case.pk, "draft_call"]),
    )

    assert "do zapłaty" in desk.get(page).content.decode()
    payment = Payment.objects.get()
    assert payment.mark in desk.get(call).content.decode()
    till.book(
        payment,
        kind=Entry.Kind.CASH,
        amount_grosze=2100,
        received_on=timezone.localdate(NOW),
        evidence="KP 1",
        by=grazyna,
        moment=NOW,
    )
    assert "zapłacona" in desk.get(page).content.decode()
    assert payment.mark not in desk.get(call).content.decode()


def test_first_rows_are_marked_to_be_confirmed():
    """Recalled law is data with a mark, never a constant."""
    for model in (StampDuty, DutyExemption, MatterDuty):
        assert model.objects.exists() and not model.objects.filter(needs_confirmation=False).exists()
