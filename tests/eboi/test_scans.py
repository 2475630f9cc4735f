"""A letter that came on paper, as its sender sees it again on the page of the case (S19)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from eboi.actions import register
from eboi.models import IncomingLetter
from office.models import ScanState, StoredFile
from tests.eboi.conftest import pdf_upload
from tests.factories import make_case, make_letter, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(anna, dariusz):
    return make_case(make_person(anna), dariusz)


def scanned(letter, celina):
    scan = register.add_scan(letter, upload=pdf_upload("IMG_2041.pdf"), by=celina, moment=timezone.now())
    return reverse("eboi:file", args=[scan.file_id])


def page_of(browser, case):
    return browser.get(reverse("eboi:case", args=[case.pk])).content.decode().replace("\xa0", " ")


def test_anna_reads_the_scan_of_the_letter_she_sent_on_paper(case, client, sign_in, anna, ewa, celina):
    """S19"""
    url = scanned(case.letters.get(), celina)
    browser = sign_in(client, anna)

    page = page_of(browser, case)

    assert f"Twoje pismo {case.letters.get().rpw} (skan)" in page
    assert url in page
    assert browser.get(url)["Content-Type"] == "application/pdf"
    assert sign_in(client.__class__(), ewa).get(url).status_code == 404


def test_a_letter_of_somebody_else_in_annas_case_is_not_given_to_her(case, client, sign_in, anna, bartek, celina):
    """S19: who else wrote into the case, and what, is for the clerk to show or not."""
    letter = make_letter(make_person(bartek, "Bartek", "Sąsiad"))
    IncomingLetter.objects.filter(pk=letter.pk).update(case=case)
    url = scanned(letter, celina)
    browser = sign_in(client, anna)

    assert url not in page_of(browser, case)
    assert browser.get(url).status_code == 404
    assert sign_in(client.__class__(), bartek).get(url).status_code == 200


def test_a_scan_with_a_virus_is_not_given_out(case, client, sign_in, anna, celina):
    """S52"""
    url = scanned(case.letters.get(), celina)
    StoredFile.objects.update(scan_state=ScanState.INFECTED)

    answer = sign_in(client, anna).get(url, follow=True)

    assert "wykryto wirusa" in answer.content.decode()
