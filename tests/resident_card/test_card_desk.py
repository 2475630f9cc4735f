"""Hanna's desk: the queue by day, an application on one page, verbs as buttons, paper typed in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead, ScanState, StoredFile
from pruszcz_portal import roles
from resident_card.models import Application, Photo
from resident_card.statuses import ApplicationStatus
from tests.conftest import make_user
from tests.factories import live_together, make_person
from tests.resident_card import applicants
from tests.resident_card.cast import make_packages

QUEUE = reverse("admin:resident_card_application_changelist")
PAPER = reverse("admin:resident_card_application_paper")


@pytest.fixture
def hanna(db):
    return make_user("hanna@pruszcz.example", "Hanna Mazur", roles.CARD_DESK)


@pytest.fixture
def desk(client, hanna, sign_in):
    return sign_in(client, hanna)


@pytest.fixture
def kowalska(anna):
    make_packages()
    return make_person(anna, born_on=applicants.BORN)


def page_of(application):
    return reverse("admin:resident_card_application_change", args=[application.pk])


def press(desk, application, name, **typed):
    application.refresh_from_db()
    url = reverse("admin:resident_card_application_verb", args=[application.pk, name])
    return desk.post(url, {"seen": application.status, **typed})


def test_hanna_sees_the_queue_and_decides_with_buttons(desk, hanna, kowalska):
    found = applicants.sent(kowalska, applicants.TAX, moment=timezone.now())
    listed = desk.get(QUEUE).content.decode()
    assert found.mark in listed
    assert "dni robocz" in listed.replace("\xa0", " ")

    press(desk, found, "take")
    shown = desk.get(page_of(found)).content.decode()
    press(desk, found, "accept_photo", **dict.fromkeys(Photo.Rule.values, "on"))
    press(desk, found, "approve")

    found.refresh_from_db()
    assert (found.status, found.officer) == (ApplicationStatus.APPROVED, hanna)
    assert all(words in shown for words in ("PIT-37 za", "Batorego 12 m. 3", "pit.pdf"))
    assert applicants.PESEL not in shown
    assert PersonalDataRead.objects.filter(person=kowalska.pk, reader=hanna.subject).exists()


def test_a_photo_needs_all_five_ticks_and_a_refusal_its_rule(desk, kowalska):
    """R24"""
    found = applicants.sent(kowalska, moment=timezone.now())
    press(desk, found, "take")

    assert press(desk, found, "accept_photo", light="on").status_code == 422
    assert press(desk, found, "refuse_photo").status_code == 422
    press(desk, found, "refuse_photo", failed_rule="face")

    assert Photo.objects.get().get_failed_rule_display() == "twarz zajmuje około dwóch trzecich zdjęcia"


def test_a_correction_is_asked_paper_by_paper(desk, kowalska):
    """R6"""
    found = applicants.sent(kowalska, applicants.TAX, moment=timezone.now())
    press(desk, found, "take")
    paper = found.files.get()

    press(desk, found, "ask_correction", reason="Nie widać pieczęci.", **{f"paper_{paper.pk}": "ucięta strona"})

    found.refresh_from_db()
    paper.refresh_from_db()
    assert (found.status, paper.flaw) == (ApplicationStatus.NEEDS_CORRECTION, "ucięta strona")


def test_a_file_opens_only_when_clean_and_leaves_a_trace(desk, hanna, kowalska):
    """S52, R24"""
    found = applicants.sent(kowalska, moment=timezone.now())
    photo = Photo.objects.get()
    url = reverse("admin:resident_card_application_file", args=[found.pk, photo.file_id])
    assert desk.get(url).status_code == 200
    assert PersonalDataRead.objects.filter(person=kowalska.pk, what__contains="plik").exists()

    StoredFile.objects.update(scan_state=ScanState.INFECTED)

    assert desk.get(url).status_code == 302


def test_drafts_and_what_is_close_to_hanna_are_not_on_her_desk(desk, hanna, kowalska, bartek):
    """R7"""
    draft = applicants.begun(make_person(bartek, "Bartek", "Nowak", born_on=applicants.BORN))
    live_together(make_person(hanna, "Hanna", "Mazur", born_on=applicants.BORN), kowalska)
    close = applicants.sent(kowalska, moment=timezone.now())

    listed = desk.get(f"{QUEUE}?stan=wszystkie").content.decode()

    assert str(close.pk) not in listed
    assert str(draft.pk) not in listed
    assert desk.get(page_of(close)).status_code == 302
    assert desk.get(page_of(draft)).status_code == 302


def test_the_queue_is_not_slower_when_it_grows(desk, kowalska, make_account, django_assert_max_num_queries):
    for number in range(3):
        applicants.sent(
            make_person(make_account(f"r{number}@example.com"), f"R{number}", born_on=applicants.BORN), moment=timezone.now()
        )
    desk.get(QUEUE)

    with django_assert_max_num_queries(12):
        desk.get(QUEUE)


TYPED = {
    "registry_number": "RSO.77.2026", "first_name": "Jan", "last_name": "Wilk", "pesel": applicants.PESEL, "born_on": "1985-04-15",
    "street": "Batorego", "number": "12 m. 2", "basis": "registered", "seen": "on",
}  # fmt: skip


def test_paper_is_typed_on_one_page(desk):
    """R27"""
    make_packages()
    applicants.make_street()
    assert desk.get(PAPER).status_code == 200

    answer = desk.post(PAPER, {**TYPED, "photo": applicants.picture()})

    entered = Application.objects.get()
    assert answer.headers["Location"] == page_of(entered)
    assert (entered.registry_number, str(entered.dwelling), entered.is_paper) == ("RSO.77.2026", "Batorego 12 m. 2", True)
    assert entered.bases.get().seen_in_original


def test_a_slip_on_the_paper_page_is_told_beside_its_field(desk):
    make_packages()
    applicants.make_street()

    answer = desk.post(PAPER, {**TYPED, "basis": "tax", "born_on": "1985-04-16"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ta data nie zgadza się z numerem PESEL" in page.replace("\xa0", " ")
    assert 'id="id_tax_form_error"' in page
    assert not Application.objects.exists()


def test_only_who_may_enters_paper(client, sign_in, make_account):
    lech = make_account("lech@pruszcz.example", "Lech Górski", roles.CARD_MANAGER)

    assert sign_in(client, lech).get(PAPER).status_code == 403
