"""The register at the desk: looked up, never leafed through, and every look is told to the person."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from office.models import PersonalDataRead
from residents import actions, rules
from residents.models import AddressPoint, DeskCode, Person
from tests.residents.conftest import ANNA_PESEL, BARTEK_PESEL, NOON

PEOPLE = "admin:residents_person_changelist"


@pytest.fixture
def desk(client, celina, sign_in):
    """Celina at her desk."""
    return sign_in(client, celina)


def once(person, verb):
    return reverse("admin:residents_person_once", args=[person.pk, verb])


def verb(person, name):
    return reverse("admin:residents_person_verb", args=[person.pk, name])


def test_the_register_opens_with_a_question_and_shows_nobody(desk, anna, declare):
    declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    page = desk.get(reverse(PEOPLE))

    assert page.status_code == 200
    assert "Kowalska" not in page.content.decode()
    assert not PersonalDataRead.objects.exists()


@pytest.mark.parametrize("text", ["kowalska", "KOWAL an", ANNA_PESEL, "850415 12345"])
def test_a_look_up_by_name_or_pesel_is_written_down_for_each_person_found(desk, celina, anna, bartek, declare, text):
    """L37, S55: the PESEL goes by POST and comes back masked."""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    declare(bartek, "Bartosz", "Nowak", BARTEK_PESEL)

    page = desk.post(reverse(PEOPLE), {"text": text}).content.decode()

    assert "Kowalska Anna" in page
    assert "Nowak" not in re.sub(r"Celina Nowak", "", page)
    assert "85•••••••45" in page
    read = PersonalDataRead.objects.get()
    assert (read.reader, read.person, read.what) == (celina.subject, person.pk, "wynik wyszukania w kartotece")


def test_opening_a_person_is_written_down_and_shows_the_pesel_masked(desk, anna, declare):
    """L37, L23"""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    page = desk.get(reverse("admin:residents_person_change", args=[person.pk])).content.decode()

    assert "85•••••••45" in page
    assert ANNA_PESEL not in page
    assert PersonalDataRead.objects.get().what == "osoba: Anna Kowalska"


def test_a_code_is_shown_once_and_works(desk, anna, declare):
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    asked = desk.get(once(person, "issue_desk_code"))
    page = desk.post(once(person, "issue_desk_code")).content.decode()

    code = re.search(r"<strong>([A-Z2-9]{4}-[A-Z2-9]{4})</strong>", page)[1]
    assert asked.status_code == 200
    assert DeskCode.objects.count() == 1
    assert code not in desk.get(reverse("admin:residents_person_change", args=[person.pk])).content.decode()
    actions.redeem_desk_code(anna, code, moment=DeskCode.objects.get().issued_at)
    assert rules.is_identity_confirmed(person)


def test_the_full_pesel_is_shown_for_a_purpose_that_the_person_will_read(desk, celina, anna, declare):
    """S55"""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    refused = desk.post(once(person, "reveal_pesel"), {"purpose": ""})
    shown = desk.post(once(person, "reveal_pesel"), {"purpose": "tytuł wykonawczy"})

    assert ANNA_PESEL not in refused.content.decode()
    assert ANNA_PESEL in shown.content.decode()
    assert shown["Cache-Control"] == "no-store"
    read = PersonalDataRead.objects.get(what="pełny numer PESEL")
    assert (read.reader, read.purpose) == (celina.subject, "tytuł wykonawczy")


def test_a_person_from_paper_is_entered_confirmed_housed_and_granted_residency(desk, house, policy):
    house("Batorego", "12")
    desk.post(reverse("admin:residents_person_add"), {"first_name": "Zofia", "last_name": "Łoś", "pesel": ANNA_PESEL})
    person = Person.objects.get()

    confirmed = desk.post(verb(person, "confirm_identity_at_desk"), {"seen": "", "how": "dowód osobisty"})
    place = {"seen": "", "street": "ul. batorego", "number": "12", "flat": "3"}
    housed = desk.post(verb(person, "join_household"), {**place, "since": "2026-03-02"})
    granted = desk.post(verb(person, "grant_residency"), {**place, "basis": "PIT za 2025"})

    assert [reply.status_code for reply in (confirmed, housed, granted)] == [302, 302, 302]
    assert rules.is_identity_confirmed(person)
    assert str(person.memberships.get().household) == "Batorego 12 m. 3"
    assert person.residency_proofs.get().basis == "PIT za 2025"


def test_a_wrong_address_is_answered_with_what_it_might_be(desk, house, on_paper):
    person = on_paper("Anna", "Kowalska")
    for number in ("2", "4", "12"):
        house("Wojciecha Kossaka", number) if number == "2" else AddressPoint.objects.create(
            terc="2204011", simc="0934620", ulic="90001", street="Wojciecha Kossaka", number=number,
            search=f"wojciecha kossaka {number}",
        )  # fmt: skip

    street = desk.post(verb(person, "join_household"), {"seen": "", "street": "Kosaka", "number": "2", "since": "2026-03-02"})
    number = desk.post(
        verb(person, "join_household"), {"seen": "", "street": "Wojciecha Kossaka", "number": "3", "since": "2026-03-02"}
    )

    assert "Czy to „Wojciecha Kossaka”?" in street.content.decode()
    assert "nie ma numeru 3. Najbliższe to: 2, 4, 12." in number.content.decode().replace("\u00a0", " ")


def test_celina_is_offered_no_verb_over_her_own_family(desk, celina, dariusz, declare, on_paper, house):
    """L11"""
    clerk, husband = declare(celina, "Celina", "Nowak"), on_paper("Marek", "Nowak")
    home = actions.dwelling_at(house("Krótka", "1"))
    actions.join_household(clerk, home, since=NOON.date(), by=dariusz)
    actions.join_household(husband, home, since=NOON.date(), beside=clerk, by=dariusz)

    for person in (clerk, husband):
        page = desk.get(reverse("admin:residents_person_change", args=[person.pk])).content.decode()
        assert "desk-verb" not in page
        assert desk.post(once(person, "issue_desk_code")).status_code == 403


def test_someone_without_the_right_finds_nobody(client, anna, ewa, declare, sign_in, make_account):
    """S16"""
    person = declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    clerk = make_account("gustaw@pruszcz.example", "Gustaw Wrona", "Administrator portalu")

    for user, status in ((ewa, {302, 403, 404}), (clerk, {302, 403, 404})):
        sign_in(client, user)
        for address in (
            reverse(PEOPLE),
            reverse("admin:residents_person_change", args=[person.pk]),
            once(person, "reveal_pesel"),
        ):
            assert client.get(address).status_code in status
            assert client.post(address, {"text": "kowalska", "purpose": "x"}).status_code in status


def test_addresses_come_from_a_file_after_a_look_at_what_would_change(client, make_account, sign_in):
    sign_in(client, make_account("gustaw@pruszcz.example", "Gustaw Wrona", "Administrator portalu"))
    content = b'TERC,SIMC,ULIC,street,number,flat\n2204011,0934620,90004,"Plac ""Nowy""",2,1\n'
    address = reverse("admin:residents_addresspoint_import")

    preview = client.post(address, {"file": SimpleUploadedFile("adresy.csv", content)})
    untouched = AddressPoint.objects.count()
    client.post(address, {"content": preview.context["content"]})
    forged = client.post(address, {"content": preview.context["content"] + "x"}, follow=True)

    assert (preview.context["change"].new_points, untouched) == (1, 0)
    assert [str(point) for point in AddressPoint.objects.all()] == ['Plac "Nowy" 2']
    assert "Podgląd stracił ważność" in forged.content.decode()


def test_a_file_with_errors_names_the_lines_and_offers_no_import(client, make_account, sign_in):
    sign_in(client, make_account("gustaw@pruszcz.example", "Gustaw Wrona", "Administrator portalu"))
    content = b"TERC,SIMC,ULIC,street,number,flat\n1,2,3,Batorego,2,1\n"

    page = client.post(reverse("admin:residents_addresspoint_import"), {"file": SimpleUploadedFile("a.csv", content)})

    assert "wiersz 2: Kolumna TERC" in page.content.decode()
    assert "content" not in page.context


def test_a_request_about_data_is_answered_at_the_desk(client, anna, declare, make_account, sign_in):
    """L21"""
    person = declare(anna, "Anna", "Kowalska")
    request = actions.ask_about_data(person, kind="objection", text="Nie chcę ankiet.", moment=NOON)
    sign_in(client, make_account("ida@pruszcz.example", "Ida Sowa", "Inspektor ochrony danych"))

    reply = client.post(
        reverse("admin:residents_datarequest_verb", args=[request.pk, "answer_data_request"]),
        {"seen": "", "is_granted": "tak", "answer": "Uwzględniono."},
    )

    request.refresh_from_db()
    assert (reply.status_code, request.is_granted, request.answer) == (302, True, "Uwzględniono.")


def test_overdue_requests_stand_on_top_and_the_officer_puts_one_off(client, anna, declare, make_account, sign_in):
    """GDPR art. 12: the one-month timer in words; what is late first, then by day; answered last."""
    person, now = declare(anna, "Anna", "Kowalska"), timezone.now()
    late = actions.ask_about_data(person, kind="objection", text="x", moment=now - timedelta(days=40))
    fresh = actions.ask_about_data(person, kind="correction", text="x", moment=now)
    done = actions.ask_about_data(person, kind="erasure", text="x", moment=now - timedelta(days=60))
    officer = make_account("ida@pruszcz.example", "Ida Sowa", "Inspektor ochrony danych")
    actions.answer_data_request(done, is_granted=False, answer="Nie.", by=officer, moment=now)
    sign_in(client, officer)

    shown = client.get(reverse("admin:residents_datarequest_changelist"))
    put_off = client.post(
        reverse("admin:residents_datarequest_verb", args=[fresh.pk, "extend_data_request"]), {"seen": "", "reason": "Archiwum."}
    )

    assert [one.pk for one in shown.context["cl"].result_list] == [late.pk, fresh.pk, done.pk]
    assert "termin minął" in shown.content.decode()
    fresh.refresh_from_db()
    assert (put_off.status_code, fresh.extended_why) == (302, "Archiwum.")
    late_page = client.get(reverse("admin:residents_datarequest_change", args=[late.pk])).content.decode()
    assert "answer_data_request" in late_page and "extend_data_request" not in late_page


@pytest.mark.parametrize("name", ["residents_addresspoint_import", "residents_addresspoint_changelist", "residents_terms_add"])
def test_the_administrators_pages_open(client, make_account, sign_in, name):
    sign_in(client, make_account("gustaw@pruszcz.example", "Gustaw Wrona", "Administrator portalu"))

    assert client.get(reverse(f"admin:{name}")).status_code == 200
