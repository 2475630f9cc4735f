"""The desk: what each clerk sees, which buttons they have, and what stays on record."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eboi.actions import cases, correspondence, register, rulings
from eboi.models import Case, Exclusion, IncomingLetter, UnitMember
from eboi.statuses import CaseStatus
from office.models import HolidayOverride, PersonalDataRead, StoredFile
from office.transitions import Refused
from pruszcz_portal import roles
from residents.models import Person
from tests.eboi.conftest import pdf_upload
from tests.factories import make_case, make_colleague, make_letter, make_matter, make_person, make_unit

pytestmark = pytest.mark.django_db
QUEUE = reverse("admin:eboi_case_changelist")
REGISTER = reverse("admin:eboi_incomingletter_changelist")
CARD = 12  # queries of a page, besides session and savepoints


@pytest.fixture
def desk(client, sign_in):
    """`desk(clerk)`: a browser in which the clerk sits at the desk."""
    return lambda clerk: sign_in(client, clerk)


def page_of(thing):
    return reverse(f"admin:eboi_{thing._meta.model_name}_change", args=[thing.pk])


def verb(thing, name):
    return reverse(f"admin:eboi_{thing._meta.model_name}_verb", args=[thing.pk, name])


def press(browser, thing, name, **typed):
    return browser.post(verb(thing, name), {"seen": thing.status, **typed})


def text_of(answer):
    """The page as it reads, with plain spaces."""
    return answer.content.decode().replace("\xa0", " ")


def queries_of(browser, url):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def test_celina_registers_a_paper_letter_and_hands_it_over(desk, celina):
    """L9"""
    unit = make_unit()
    browser = desk(celina)

    browser.post(
        reverse("admin:eboi_incomingletter_add"),
        {"channel": "paper", "received_at": "2026-11-20T10:15", "sender_name": "Anna Kowalska", "subject": "Deklaracja",
         "attachments_count": "1"},
    )  # fmt: skip
    letter = IncomingLetter.objects.get()
    press(browser, letter, "direct", unit=unit.pk)

    letter.refresh_from_db()
    assert (letter.number, letter.registered_by, letter.unit) == (1, celina.subject, unit)
    assert "RPW/1/" in text_of(browser.get(REGISTER))


def test_dariusz_enters_the_sender_and_opens_the_case(desk, dariusz):
    unit = make_unit(dariusz)
    matter = make_matter(unit)
    letter = make_letter(sender_name="Anna Kowalska", unit=unit, moment=timezone.now())
    browser = desk(dariusz)

    first = press(browser, letter, "choose_sender", find="Kowalska")
    assert "Wybierz osobę z listy" in text_of(first)
    press(browser, letter, "choose_sender", find="Kowalska", person="new", first_name="Anna", last_name="Kowalska")
    press(browser, letter, "open_case", matter=matter.pk, officer=dariusz.pk)

    case = Case.objects.get()
    assert (str(case.person), case.officer, case.mark) == ("Anna Kowalska", dariusz, f"OS.3160.1.{timezone.localdate().year}")
    assert browser.get(page_of(case)).status_code == 200


def test_a_known_person_is_found_and_chosen(desk, dariusz):
    anna = make_person()
    letter = make_letter(sender_name="A. Kowalska", unit=make_unit(dariusz))
    browser = desk(dariusz)

    press(browser, letter, "choose_sender", find="kowalska", person=str(anna.pk))

    letter.refresh_from_db()
    assert (letter.sender, Person.objects.count()) == (anna, 1)


def test_a_clerk_of_another_unit_does_not_see_the_case(desk, dariusz, make_account):
    """S16 S17"""
    case = make_case(make_person(), dariusz)
    other = make_account("gosia@pruszcz.example", "Gosia", roles.CASE_OFFICER)
    make_unit(other, symbol="FN", name="Finanse")
    browser = desk(other)

    assert case.mark not in text_of(browser.get(QUEUE))
    assert text_of(browser.get(f"{QUEUE}?q=OS.3160")).count(case.mark) == 0
    assert browser.get(page_of(case)).status_code in (302, 404)
    assert press(browser, case, "take_up").status_code == 404


def test_a_clerk_who_left_the_unit_loses_its_queue_at_once(desk, dariusz):
    """S24"""
    case = make_case(make_person(), dariusz)
    browser = desk(dariusz)
    assert case.mark in text_of(browser.get(QUEUE))

    dariusz.units.all().delete()

    assert case.mark not in text_of(browser.get(QUEUE))


def test_celina_of_the_kancelaria_sees_no_cases(desk, celina, dariusz):
    make_case(make_person(), dariusz)

    assert desk(celina).get(QUEUE).status_code == 403


def test_dariusz_is_kept_out_of_his_own_case_and_it_is_on_record(desk, dariusz):
    """L11"""
    case = make_case(person := make_person(first_name="Dariusz", last_name="Lis"), dariusz)
    Person.objects.filter(pk=person.pk).update(account=dariusz)
    browser = desk(dariusz)

    answer = browser.get(page_of(case))
    refused = press(browser, case, "take_up")

    assert answer.status_code == 302
    assert "To Twoja sprawa" in text_of(refused)
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW
    assert sorted(Exclusion.objects.values_list("tried", flat=True)) == ["take_up", "view"]


def test_the_next_verb_is_the_first_button(desk, dariusz):
    case = make_case(make_person(), dariusz, moment=timezone.now())
    browser = desk(dariusz)

    first = browser.get(page_of(case)).context["buttons"][0]["button"].label
    press(browser, case, "take_up")
    second = browser.get(page_of(case)).context["buttons"][0]["button"].label

    assert (first, second) == ("Zajmij się sprawą", "Załatw bez decyzji")


def test_an_overdue_case_asks_for_the_notice_first(desk, dariusz):
    """L6"""
    case = make_case(make_person(), dariusz, moment=timezone.now() - timedelta(days=60))
    browser = desk(dariusz)

    page = browser.get(page_of(case))

    shown = [item["button"].label for item in page.context["buttons"]]
    assert shown[0] == "Wyślij zawiadomienie o zwłoce"
    assert not {"Wezwij do uzupełnienia", "Zawieś", "Przydziel komuś innemu"} & set(shown)
    assert "Termin minął." in text_of(page)
    assert "po terminie o" in text_of(browser.get(QUEUE))


def test_a_mistaken_call_is_taken_back_by_a_button(desk, dariusz):
    case = make_case(make_person(), dariusz, moment=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=timezone.now())
    rulings.send_call(call, by=dariusz, moment=timezone.now())
    browser = desk(dariusz)

    press(browser, case, "take_call_back", reason="Umowa jest w aktach.")

    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS
    assert "Cofnięte przez urząd" in text_of(browser.get(page_of(case)))


def test_what_anna_wrote_stands_out_until_it_is_marked_as_read(desk, dariusz, anna):
    case = make_case(make_person(anna), dariusz, moment=timezone.now())
    correspondence.write_to_office(case, text="Czy dotarło?", by=anna, moment=timezone.now())
    browser = desk(dariusz)

    assert "nowa wiadomość" in text_of(browser.get(QUEUE))
    press(browser, case, "mark_read")

    assert "nowa wiadomość" not in text_of(browser.get(QUEUE))
    assert "Oznacz wiadomości" not in text_of(browser.get(page_of(case)))


def test_each_look_at_a_case_is_written_down(desk, dariusz):
    """S28"""
    case = make_case(make_person(), dariusz)

    desk(dariusz).get(page_of(case))

    read = PersonalDataRead.objects.get()
    assert (read.reader, read.person, read.object_id) == (dariusz.subject, case.person_id, case.pk)


def test_a_search_by_pesel_finds_exactly_and_is_written_down(desk, dariusz):
    """S28 S54"""
    from residents.actions.people import declare_person

    moment = timezone.now()
    anna = declare_person(account=None, first_name="Anna", last_name="Kowalska", pesel="44051401359", by=dariusz, moment=moment)
    case, other = make_case(anna, dariusz), make_case(make_person(first_name="Ewa"), dariusz)
    browser = desk(dariusz)

    found = text_of(browser.get(f"{QUEUE}?q=44051401359"))

    assert case.mark in found
    assert other.mark not in found
    assert [read.what for read in PersonalDataRead.objects.all()] == ["wyszukanie po numerze PESEL"]


@pytest.mark.parametrize("text", ["OS.3160.1.", "RPW/1/2026", "kowalska ann", "KOWALSKA"])
def test_the_queue_is_searched_by_mark_rpw_and_name(desk, dariusz, text):
    case = make_case(make_person(), dariusz)
    other = make_case(make_person(last_name="Wójcik"), dariusz)
    browser = desk(dariusz)

    found = text_of(browser.get(QUEUE, {"q": text}))

    assert case.mark in found
    assert other.mark not in found


def test_filters_of_the_queue(desk, dariusz, celina):
    mine = make_case(make_person(), dariusz, moment=timezone.now())
    late = make_case(make_person(), dariusz, moment=timezone.now() - timedelta(days=60))
    browser = desk(dariusz)

    assert mine.mark in text_of(browser.get(QUEUE, {"kto": "ja"}))
    assert mine.mark not in text_of(browser.get(QUEUE, {"kto": "inni"}))
    assert mine.mark not in text_of(browser.get(QUEUE, {"termin": "po"}))
    assert late.mark in text_of(browser.get(QUEUE, {"termin": "po"}))
    assert mine.mark not in text_of(browser.get(QUEUE, {"termin": "tydzien"}))
    assert mine.mark not in text_of(browser.get(QUEUE, {"termin": "stoi"}))


def test_the_whole_way_to_a_served_decision_by_buttons(desk, dariusz):
    case = make_case(make_person(), dariusz, moment=timezone.now())
    case.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=timezone.now())
    browser, today = desk(dariusz), timezone.localdate()

    press(browser, case, "take_up")
    case.refresh_from_db()
    texts = {"ruling": "Ustalam opłatę.", "reasons": "Z uchwały.", "legal_basis": "art. 6o ustawy"}
    rulings.draft_decision(case, **texts, by=make_colleague(case.unit), moment=timezone.now())
    press(browser, case, "sign_decision")
    case.refresh_from_db()
    press(browser, case, "record_delivery", channel="in_person", sent_on=today, collected_on=today)

    case.refresh_from_db()
    assert case.status == CaseStatus.SERVED
    assert "Ustalam opłatę." in text_of(browser.get(page_of(case)))


def test_a_correction_of_the_calendar_moves_terms(desk, dariusz, make_account):
    """L4"""
    case = make_case(make_person(), dariusz)
    browser = desk(make_account("admin@pruszcz.example", "Admin", roles.ADMIN))

    browser.post(
        reverse("admin:office_holidayoverride_add"),
        {"day": "2026-12-28", "is_day_off": "on", "name": "Dzień wolny", "source": "zarządzenie"},
    )

    assert HolidayOverride.objects.count() == 1
    assert case.deadlines.get().due_on == date(2026, 12, 29)


def test_a_service_card_in_force_is_not_rewritten(desk, dariusz):
    matter = make_matter(make_unit(dariusz))
    card = matter.terms.get()
    browser = desk(dariusz)

    browser.post(reverse("admin:eboi_matterterms_change", args=[card.pk]), {"term_count": "9", "valid_to": "2030-01-01"})

    card.refresh_from_db()
    assert (card.term_count, card.valid_to) == (1, date(2030, 1, 1))


def test_pages_ask_few_questions_and_no_more_for_more_rows(desk, dariusz):
    """F19"""
    case = make_case(make_person(), dariusz, moment=timezone.now())
    cases.take_up(case, by=dariusz, moment=timezone.now())
    correspondence.add_note(case, text="Notatka.", by=dariusz, moment=timezone.now())
    rulings.draft_call(case, missing="Załącznik.", by=dariusz, moment=timezone.now())
    browser = desk(dariusz)
    browser.get(QUEUE)

    one = [queries_of(browser, url) for url in (QUEUE, REGISTER)]
    for _ in range(2):
        make_case(make_person(), dariusz, moment=timezone.now())
    three = [queries_of(browser, url) for url in (QUEUE, REGISTER)]

    assert [len(each) for each in one] == [len(each) for each in three]
    assert max(len(each) for each in three) <= CARD
    assert len(queries_of(browser, page_of(case))) <= CARD, "\n".join(
        q[:160] + " ... " + q[-60:] for q in queries_of(browser, page_of(case))
    )


def test_a_scan_of_a_paper_letter_opens_only_once_it_is_clean(desk, celina):
    """S52 S28"""
    letter = make_letter(make_person())
    browser = desk(celina)

    press(browser, letter, "add_scan", upload=pdf_upload("pismo.pdf"))

    scan = letter.scans.get()
    url = reverse("admin:eboi_incomingletter_file", args=[letter.pk, scan.file_id])
    assert "pismo.pdf" in text_of(browser.get(page_of(letter)))
    assert "czeka na sprawdzenie" in text_of(browser.get(url, follow=True))
    StoredFile.objects.update(scan_state="clean")
    assert browser.get(url)["Content-Type"] == "application/pdf"
    assert PersonalDataRead.objects.filter(what="plik „pismo.pdf”", person=letter.sender_id).count() == 1


def test_the_unit_reads_the_scan_in_the_case_and_a_clerk_of_another_unit_does_not(desk, celina, dariusz):
    """S19: the file is found only through the letter or the case that the clerk may see."""
    case = make_case(make_person(), dariusz)
    scan = register.add_scan(case.letters.get(), upload=pdf_upload(), by=celina, moment=timezone.now())
    StoredFile.objects.update(scan_state="clean")
    url = reverse("admin:eboi_case_file", args=[case.pk, scan.file_id])
    browser = desk(dariusz)

    assert browser.get(url).status_code == 200
    UnitMember.objects.all().delete()
    assert browser.get(url).status_code == 404


def test_a_file_that_can_not_be_taken_is_told_beside_its_field(desk, celina):
    """S47"""
    letter = make_letter()
    upload = SimpleUploadedFile("pismo.exe", b"MZ" + b"0" * 100)

    answer = press(desk(celina), letter, "add_scan", upload=upload)

    assert answer.status_code == 422
    assert "pismo.exe" in str(answer.context["form"].errors["upload"])
    assert not StoredFile.objects.exists()


def test_a_filing_from_the_portal_needs_no_scan(celina):
    letter = make_letter(channel="portal")

    with pytest.raises(Refused, match="z portalu"):
        register.add_scan(letter, upload=pdf_upload(), by=celina, moment=timezone.now())
