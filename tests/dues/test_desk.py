"""Teresa's desk: looking payers up, codes, imports, what the portal took; and who must not see any of it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dues.actions import imports, paying
from dues.models import Import, LinkCode, Payer, PayerLink, Posting
from dues.models.payers import pesel_lookup
from dues.statuses import ImportStatus
from office.models import PersonalDataRead
from pruszcz_portal import roles
from tests.dues import cast
from tests.dues.cast import ANNA_PESEL, HEADER, make_instalment, make_liability, make_payer, make_tables, row
from tests.factories import live_together, make_person
from tests.payments.cast import book

pytestmark = pytest.mark.django_db
LOOK_UP = reverse("admin:dues_payer_changelist")
NOW = timezone.now()


@pytest.fixture(autouse=True)
def tables():
    make_tables()


@pytest.fixture
def desk(sign_in):
    return lambda clerk: sign_in(Client(), clerk)


@pytest.fixture
def payer(db):
    payer = make_payer()
    Payer.objects.update(pesel_lookup=pesel_lookup(ANNA_PESEL))
    make_instalment(make_liability(payer), 100_000, timezone.localdate() - timedelta(days=200))
    return payer


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())


def page_of(payer):
    return reverse("admin:dues_payer_change", args=[payer.pk])


@pytest.mark.parametrize("text", ["P-1", "N-1", "kowal", "Kowalska Anna", ANNA_PESEL])
def test_teresa_finds_by_number_name_and_pesel(desk, teresa, payer, text):
    """S54, S55: by POST, so nothing of it stands in an address."""
    answer = desk(teresa).post(LOOK_UP, {"text": text})

    assert "Kowalska Anna" in text_of(answer) and ANNA_PESEL not in answer.content.decode()


def test_each_look_is_written_down_and_anna_reads_it(desk, teresa, payer, anna):
    """L42, S28"""
    browser = desk(teresa)
    browser.post(LOOK_UP, {"text": "P-1"})
    browser.get(page_of(payer))
    browser.get(reverse("admin:dues_liability_change", args=[payer.liabilities.get().pk]))
    assert PersonalDataRead.objects.filter(person=payer.pk, reader=teresa.subject).count() == 3

    person = make_person(anna)
    PayerLink.objects.create(payer=payer, person=person, method="desk_code", since=NOW)
    browser.get(page_of(payer))
    mine = desk(anna)

    assert text_of(mine.get(reverse("dues:who_looked"))).count("Teresa Lipa") == 4
    assert "Teresa Lipa" in text_of(mine.get(reverse("residents:who_looked")))


def test_other_clerks_see_no_tax_data(desk, celina, dariusz, make_account, payer):
    """L42, S16: only who has the right; the administrator and the auditor have it not."""
    others = [
        celina,
        dariusz,
        make_account("admin@pruszcz.example", "Adam", roles.ADMIN),
        make_account("a@pruszcz.example", "Ida", roles.AUDITOR, roles.DPO),
    ]
    pages = [LOOK_UP, page_of(payer), reverse("admin:dues_liability_change", args=[payer.liabilities.get().pk])]
    pages += [reverse(f"admin:dues_{name}_changelist") for name in ("import", "posting", "kind", "interestrate")]

    open_to = [(who.name, url) for who in others for url in pages if desk(who).get(url).status_code == 200]
    assert open_to == []
    assert desk(celina).post(LOOK_UP, {"text": "P-1"}).status_code == 403


def test_teresa_gives_a_code_that_is_shown_once(desk, teresa, payer):
    browser = desk(teresa)
    url = reverse("admin:dues_payer_once", args=[payer.pk, "issue_code"])
    assert browser.post(url, {"first_name": "", "last_name": "Kowalska"}).status_code == 422

    answer = browser.post(url, {"first_name": "Anna", "last_name": "Kowalska"})

    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", answer.content.decode())[0]
    assert LinkCode.objects.count() == 1 and code not in browser.get(page_of(payer)).content.decode()


def test_an_officer_leaves_the_own_household_alone(desk, teresa, payer, anna):
    """L11"""
    me, person = make_person(teresa, "Teresa", "Lipa"), make_person(anna)
    live_together(me, person)
    PayerLink.objects.create(payer=payer, person=person, method="desk_code", since=NOW)
    url = reverse("admin:dues_payer_verb", args=[payer.pk, "end_link"])

    assert desk(teresa).post(url, {"seen": ""}).status_code == 409
    assert PayerLink.objects.standing().exists()


def test_teresa_ends_a_link(desk, teresa, payer, anna):
    PayerLink.objects.create(payer=payer, person=make_person(anna), method="desk_code", since=NOW)

    desk(teresa).post(reverse("admin:dues_payer_verb", args=[payer.pk, "end_link"]), {"seen": ""})

    assert PayerLink.objects.get().ended_by == teresa.subject


def upload(browser, *rows, as_of=None):
    file = SimpleUploadedFile("stan.csv", "\r\n".join([HEADER, *rows]).encode(), content_type="text/csv")
    return browser.post(reverse("admin:dues_import_add"), {"file": file, "as_of": f"{as_of or timezone.localdate()}"})


def test_teresa_takes_a_file_in_reads_what_changes_and_loads_it(desk, teresa):
    browser = desk(teresa)
    assert upload(browser, row()).status_code == 302
    made = Import.objects.get()
    page = reverse("admin:dues_import_change", args=[made.pk])
    assert "Pracujemy nad plikiem" in text_of(browser.get(page))
    imports.sweep(moment=timezone.now())
    assert "Co się zmieni" in text_of(browser.get(page))

    browser.post(reverse("admin:dues_import_verb", args=[made.pk, "load"]), {"seen": ImportStatus.CHECKED})
    imports.sweep(moment=timezone.now())

    assert "Co się zmieniło" in text_of(browser.get(page))
    assert Payer.objects.get().number == "P-1"


def test_errors_stand_on_the_page_and_in_a_file(desk, teresa):
    browser = desk(teresa)
    upload(browser, row(principal="dużo"))
    imports.sweep(moment=timezone.now())
    made = Import.objects.get()

    assert "wpisz kwotę w złotych" in text_of(browser.get(reverse("admin:dues_import_change", args=[made.pk])))
    answer = browser.get(reverse("admin:dues_import_file", args=[made.pk, made.errors_file_id]))
    assert "2;kwota;dużo;" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_a_refusal_stands_beside_its_field(desk, teresa):
    answer = upload(desk(teresa), row(), as_of=timezone.localdate() + timedelta(days=1))

    assert answer.status_code == 422 and "przyszłości" in answer.content.decode()
    assert desk(teresa).post(reverse("admin:dues_import_add"), {}).status_code == 422


def test_what_the_portal_took_leaves_as_a_file_and_is_confirmed(desk, teresa, grazyna, anna):
    person, one = cast.annas(anna, due_on=timezone.localdate())
    (payment,) = paying.ask_to_pay(person, chosen=[one.pk], by=anna, moment=NOW)
    book(payment, 10_000, "WB 1", grazyna, received_on=timezone.localdate(), moment=NOW)
    paying.settle_entries(moment=NOW)
    browser = desk(teresa)

    answer = browser.get(reverse("admin:dues_posting_changelist") + "plik.csv")
    assert f";{payment.mark};WB 1;P-1;N-1;1;100,00;0,00;nie" in b"".join(answer.streaming_content).decode()
    posting = Posting.objects.get()
    browser.post(reverse("admin:dues_posting_verb", args=[posting.pk, "include"]), {"seen": ""})
    assert Posting.objects.get().included_by == teresa.subject
    assert browser.get(reverse("admin:dues_posting_changelist") + "?ujete=nie").status_code == 200


def test_who_sets_rates_takes_in_no_files(desk, teresa, grazyna):
    """S25"""
    assert desk(grazyna).get(reverse("admin:dues_interestrate_add")).status_code == 200
    assert desk(grazyna).get(reverse("admin:dues_import_add")).status_code == 403
    assert desk(teresa).get(reverse("admin:dues_interestrate_add")).status_code == 403
