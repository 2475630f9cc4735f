"""The office's letters as PDF: every part of art. 107, the words of the page, and nobody else's."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from eboi import letters
from eboi.actions import cases, rulings
from office.models import PersonalDataRead
from tests.factories import make_case, make_colleague

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(kowalska, dariusz):
    case = make_case(kowalska, dariusz, moment=timezone.now())
    case.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    return case


@pytest.fixture
def call(case, dariusz):
    """Sent."""
    call = rulings.draft_call(case, missing="Umowa najmu.\nOświadczenie o kompostowniku.", by=dariusz, moment=timezone.now())
    rulings.send_call(call, by=dariusz, moment=timezone.now())
    return call


def draft(case, dariusz):
    texts = {"ruling": "Ustalam opłatę 93,00 zł.\nOd grudnia.", "reasons": "Trzy osoby <razy> stawka & „cena”."}
    return rulings.draft_decision(case, **texts, by=make_colleague(case.unit), moment=timezone.now())


@pytest.fixture
def decision(case, dariusz):
    """Signed."""
    decision = draft(case, dariusz)
    rulings.sign_decision(decision, by=dariusz, moment=timezone.now())
    return decision


@pytest.fixture
def client_of(sign_in):
    return lambda account: sign_in(Client(), account)


def words(content):
    """The text of the PDF in one line, as a reader takes it out."""
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return " ".join(text.replace("\xa0", " ").split())


def page_words(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_decision_as_pdf_has_every_part_of_article_107(client_of, anna, decision):
    """L13 L34"""
    answer = client_of(anna).get(reverse("eboi:decision_pdf", args=[decision.case_id]))

    with pikepdf.open(BytesIO(answer.content)) as document:
        metadata = document.open_metadata()
        assert document.Root.MarkInfo.Marked
        assert (metadata["pdfuaid:part"], metadata["pdfaid:part"]) == ("1", "3")
        assert metadata["dc:title"] == f"Decyzja {decision.case.mark}"
    assert answer["Content-Disposition"].startswith("attachment; ")
    letter = letters.decision_letter(decision, is_copy=True)
    assert [section["title"] for section in letter["sections"]] == [
        "Podstawa prawna", "Rozstrzygnięcie", "Uzasadnienie", "Pouczenie",
    ]  # fmt: skip
    assert (letter["authority"], letter["party"], letter["iso_day"]) == (
        "Burmistrz Pruszcza Gdańskiego", "Anna Kowalska", timezone.localdate().isoformat(),
    )  # fmt: skip
    assert letter["signatory"] == {"name": "Dariusz Lis", "position": "kierownik referatu"}


def test_the_pdf_of_the_decision_says_what_the_page_says(client_of, anna, decision):
    mine = client_of(anna)

    page = page_words(mine.get(reverse("eboi:decision", args=[decision.case_id])))
    document = words(mine.get(reverse("eboi:decision_pdf", args=[decision.case_id])).content)

    told = texts_of(letters.decision_letter(decision, is_copy=True))
    assert len(told) == 14
    assert [text for text in told if escape(text) not in page] == []
    assert [text for text in told if text not in document] == []


def texts_of(letter):
    lines = [line for section in letter["sections"] for line in (section["title"], *section["text"].split("\n"))]
    return [letter["authority"], letter["party"], letter["day"].replace("\xa0", " "), *letter["signatory"].values(), *lines]


def test_the_call_as_pdf_says_what_its_page_says(client_of, anna, call):
    """L7"""
    mine = client_of(anna)
    case_page = page_words(mine.get(reverse("eboi:case", args=[call.case_id])))
    answer_page = page_words(mine.get(reverse("eboi:answer_call", args=[call.case_id, call.pk])))

    document = words(mine.get(reverse("eboi:call_pdf", args=[call.case_id, call.pk])).content)

    told = texts_of(letters.call_letter(call, is_copy=True))
    assert [text for text in told if text not in document] == []
    assert [text for text in call.missing.split("\n") if text not in case_page or text not in answer_page] == []
    assert letters.CALL_WARNING in answer_page
    assert letters.days_to_answer(call) in case_page
    assert "Pobierz wezwanie (PDF)" in case_page


def test_a_stranger_and_a_draft_are_404(client_of, anna, ewa, case, dariusz):
    """S19 S21"""
    draft(case, dariusz)
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=timezone.now())
    addresses = [reverse("eboi:decision_pdf", args=[case.pk]), reverse("eboi:call_pdf", args=[case.pk, call.pk])]

    assert {client_of(who).get(url).status_code for who in (anna, ewa) for url in addresses} == {404}


def test_the_clerk_downloads_the_letter_to_sign_and_it_is_written_down(client_of, dariusz, decision, ewa):
    """S28: without the mark of a copy, for this one is printed and served."""
    url = reverse("admin:eboi_case_letter", args=[decision.case_id, "decyzja"])

    answer = client_of(dariusz).get(url)

    assert answer["Content-Type"] == "application/pdf"
    assert letters.decision_letter(decision, is_copy=False)["mark"] is None
    assert PersonalDataRead.objects.filter(what="pismo: Decyzja", person=decision.case.person_id).count() == 1
    assert client_of(ewa).get(url).status_code == 302


def test_a_draft_is_marked_as_one(case, dariusz):
    letter = letters.decision_letter(draft(case, dariusz), is_copy=False)

    assert letter["mark"]["title"] == "Projekt"
    assert letters.as_pdf(letter).content.startswith(b"%PDF-")


def test_a_letter_of_another_case_or_none_is_404(client_of, dariusz, case, call, kowalska):
    other = make_case(kowalska, dariusz, moment=timezone.now() - timedelta(days=1))
    desk = client_of(dariusz)

    assert desk.get(reverse("admin:eboi_case_letter", args=[other.pk, str(call.pk)])).status_code == 404
    assert desk.get(reverse("admin:eboi_case_letter", args=[other.pk, "decyzja"])).status_code == 404
    assert desk.get(reverse("admin:eboi_case_letter", args=[case.pk, str(call.pk)])).status_code == 200
