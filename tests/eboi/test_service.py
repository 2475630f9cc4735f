"""Proof of delivery of every letter that starts a term or needs service: way, day, proof, and the 14 days where the law has them (L14)."""

import csv
import io
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from eboi.actions import cases, outgoing, rulings, service
from eboi.actions.exclusions import Excluded
from eboi.models import Delivery, Exclusion, OutgoingLetter
from office.models import ScanState, StoredFile
from office.transitions import Refused
from tests.eboi.conftest import pdf_upload
from tests.factories import TUESDAY, at, live_together, make_case, make_colleague, make_person

pytestmark = pytest.mark.django_db
WEDNESDAY, MONDAY = date(2026, 11, 25), date(2026, 12, 14)
Kind = OutgoingLetter.Kind


@pytest.fixture
def case(anna, dariusz):
    """In progress, of Anna with an account whose identity is confirmed."""
    case = make_case(make_person(anna, mail_address="ul. Batorego 12a, Pruszcz Gdański"), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    case.person.identity_confirmations.create(level="desk", how="dowód", confirmed_by=dariusz.subject, at=TUESDAY)
    return case


def extended(case, by, channel):
    cases.extend(case, new_date=date(2027, 1, 20), reason="Oględziny.", channel=channel, by=by, moment=TUESDAY)


def forwarded(case, by, channel):
    cases.forward(case, authority="Starosta", reason="Droga powiatu.", channel=channel, by=by, moment=TUESDAY)


def suspended(case, by, channel):
    cases.suspend(case, reason="Zagadnienie wstępne.", channel=channel, by=by, moment=TUESDAY)


def resumed(case, by, channel):
    suspended(case, by, "plain")
    cases.resume(case, channel=channel, by=by, moment=TUESDAY)


def answered(case, by, channel):
    outgoing.write_letter(case, title="Odpowiedź", text="Tak.", channel=channel, by=by, moment=TUESDAY)


LETTERS = {
    Kind.DELAY: extended, Kind.FORWARDING: forwarded, Kind.FORWARDED: forwarded, Kind.SUSPENSION: suspended,
    Kind.RESUMPTION: resumed, Kind.LETTER: answered,
}  # fmt: skip


def verb(thing, name):
    return reverse(f"admin:eboi_{thing._meta.model_name}_verb", args=[thing.pk, name])


def text_of(answer):
    return answer.content.decode().replace("\xa0", " ")


def register_rows(browser):
    answer = browser.get(reverse("admin:eboi_outgoingletter_export", args=["csv"]))
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


@pytest.mark.parametrize("channel", ["post", "ade", "epuap", "in_person"])
@pytest.mark.parametrize("kind", LETTERS)
def test_each_letter_on_each_way_gets_its_proof_and_the_register_shows_it(case, client, sign_in, dariusz, kind, channel):
    """L14"""
    LETTERS[kind](case, dariusz, channel)
    letter = OutgoingLetter.objects.get(kind=kind)

    service.record_arrival(letter, collected_on=WEDNESDAY, proof="dowód 7", by=dariusz, moment=at(WEDNESDAY, 15))

    row = next(row for row in register_rows(sign_in(client, dariusz)) if row["RPO"] == letter.rpo)
    assert (row["Doręczono"], row["Dowód"]) == ("2026-11-25", "dowód 7")


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_nobody_collects_is_served_on_the_fourteenth_day(case, dariusz, kind):
    """L14: computed from the first notice, and not before; the fourteenth day is a Saturday here."""
    LETTERS[kind](case, dariusz, "post")
    letter = OutgoingLetter.objects.get(kind=kind)
    outgoing.note_first_notice(letter, day=date(2026, 11, 28), by=dariusz, moment=at(date(2026, 11, 28)))

    with pytest.raises(Refused, match=r"14\sgrudnia 2026"):
        service.record_arrival(letter, proof="zwrotka", by=dariusz, moment=at(date(2026, 12, 13)))
    delivery = service.record_arrival(letter, proof="zwrotka", by=dariusz, moment=at(date(2026, 12, 20)))

    assert (delivery.effective_on, delivery.case, delivery.letter) == (MONDAY, case, letter)


@pytest.mark.parametrize("channel, what", [("post", "zwrotki"), ("ade", "e-Doręczeń"), ("epuap", "ePUAP")])
def test_without_a_number_or_a_file_nothing_is_served(case, dariusz, channel, what):
    """L14"""
    answered(case, dariusz, channel)

    with pytest.raises(Refused, match=what):
        service.record_arrival(OutgoingLetter.objects.get(), collected_on=WEDNESDAY, by=dariusz, moment=at(WEDNESDAY))

    assert not Delivery.objects.exists()


def test_a_plain_letter_has_no_proof(case, dariusz):
    answered(case, dariusz, "plain")

    with pytest.raises(Refused, match="List zwykły"):
        service.record_arrival(OutgoingLetter.objects.get(), collected_on=WEDNESDAY, proof="x", by=dariusz, moment=at(WEDNESDAY))


def test_a_scan_of_the_slip_is_a_proof_and_lies_with_the_case(case, client, sign_in, dariusz):
    """L14 S52: it opens once it is clean, on the case and in the register."""
    answered(case, dariusz, "post")
    letter, browser = OutgoingLetter.objects.get(), sign_in(client, dariusz)
    typed = {"seen": "", "collected_on": WEDNESDAY, "proof_file": pdf_upload("zwrotka.pdf")}

    with_time = browser.post(verb(letter, "record_arrival"), typed)

    stored = Delivery.objects.get().proof_file
    assert with_time.status_code == 302 and stored.name == "zwrotka.pdf"
    assert not StoredFile.objects.unattached().exists()
    address = reverse("admin:eboi_case_file", args=[case.pk, stored.pk])
    assert browser.get(address).status_code == 302
    StoredFile.objects.update(scan_state=ScanState.CLEAN)
    for there in (address, reverse("admin:eboi_outgoingletter_file", args=[letter.pk, stored.pk])):
        assert browser.get(there)["Content-Type"] == "application/pdf"
    assert register_rows(browser)[0]["Dowód"] == "skan w portalu"


def test_a_file_that_is_no_scan_is_refused_beside_its_field_and_nothing_typed_is_lost(case, client, sign_in, dariusz):
    from django.core.files.uploadedfile import SimpleUploadedFile

    answered(case, dariusz, "post")
    typed = {"seen": "", "collected_on": WEDNESDAY, "proof": "zwrotka 7", "proof_file": SimpleUploadedFile("a.exe", b"MZ", "x/y")}

    answer = sign_in(client, dariusz).post(verb(OutgoingLetter.objects.get(), "record_arrival"), typed)

    assert answer.status_code == 422 and answer.context["form"].errors["proof_file"]
    assert "zwrotka 7" in text_of(answer)
    assert not Delivery.objects.exists()


def test_from_the_page_of_the_case_dariusz_chooses_which_letter_came(case, client, sign_in, dariusz):
    extended(case, dariusz, "post")
    answered(case, dariusz, "plain")
    browser, letter = sign_in(client, dariusz), OutgoingLetter.objects.get(kind=Kind.DELAY)
    page = verb(case, "record_arrival")
    shown = text_of(browser.get(page))

    browser.post(page, {"seen": case.status, "letter": letter.pk, "collected_on": WEDNESDAY, "proof": "zwrotka 7"})

    assert letter.rpo in shown and "Odpowiedź" not in shown
    assert Delivery.objects.get().letter == letter
    assert page not in text_of(browser.get(reverse("admin:eboi_case_change", args=[case.pk])))


def test_a_letter_of_another_case_is_not_served_through_this_one(case, client, sign_in, dariusz):
    """S18"""
    other = make_case(make_person(last_name="Wójcik"), dariusz)
    answered(other, dariusz, "post")
    extended(case, dariusz, "post")
    typed = {"seen": case.status, "letter": other.outgoing.get().pk, "collected_on": WEDNESDAY, "proof": "1"}

    answer = sign_in(client, dariusz).post(verb(case, "record_arrival"), typed)

    assert answer.status_code == 422
    assert not Delivery.objects.exists()


def test_calls_and_decisions_are_served_in_their_case_alone(case, dariusz):
    """L14: their service moves the case, so no other door records it."""
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=TUESDAY)
    rulings.send_call(call, by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="na stronie sprawy"):
        service.record_arrival(call.outgoing.get(), collected_on=WEDNESDAY, proof="1", by=dariusz, moment=at(WEDNESDAY))

    rulings.record_call_service(
        call, channel="post", sent_on=TUESDAY.date(), collected_on=WEDNESDAY, proof="1", by=dariusz, moment=at(WEDNESDAY)
    )
    assert call.outgoing.get().deliveries.get().call == call


def test_of_two_clerks_with_one_slip_the_slower_is_told(case, dariusz):
    answered(case, dariusz, "post")
    letter = OutgoingLetter.objects.get()
    given = {"collected_on": WEDNESDAY, "proof": "1", "moment": at(WEDNESDAY)}
    service.record_arrival(letter, **given, by=dariusz)

    with pytest.raises(Refused, match="Ktoś był szybszy"):
        service.record_arrival(letter, **given, by=make_colleague(case.unit))


def test_the_database_refuses_a_second_service_of_one_letter(case, dariusz):
    """Control: also when the verb is passed by."""
    answered(case, dariusz, "post")
    letter = OutgoingLetter.objects.get()
    service.record_arrival(letter, collected_on=WEDNESDAY, proof="1", by=dariusz, moment=at(WEDNESDAY))

    with pytest.raises(IntegrityError, match="eboi_letter_served_once"), transaction.atomic():
        Delivery.objects.create(
            case=case, letter=letter, channel="post", sent_on=WEDNESDAY, effective_on=WEDNESDAY, recorded_by=dariusz.subject
        )


def test_an_entry_without_a_case_is_served_too(case, client, sign_in, dariusz):
    letter = outgoing.register_outgoing(
        channel="ade", recipient="Starosta", subject="Odpowiedź", unit=case.unit, by=dariusz, moment=TUESDAY
    )
    browser = sign_in(client, dariusz)

    browser.post(verb(letter, "record_arrival"), {"seen": "", "collected_on": WEDNESDAY, "proof": "UPO-1"})

    assert Delivery.objects.get().case is None
    assert register_rows(browser)[0]["Dowód"] == "UPO-1"


def test_the_register_finds_what_waits_for_its_proof(case, client, sign_in, dariusz):
    extended(case, dariusz, "post")
    answered(case, dariusz, "plain")
    browser, register = sign_in(client, dariusz), reverse("admin:eboi_outgoingletter_changelist")
    delay = OutgoingLetter.objects.get(kind=Kind.DELAY)

    waiting = text_of(browser.get(register, {"dowod": "brak"}))
    service.record_arrival(delay, collected_on=WEDNESDAY, proof="1", by=dariusz, moment=at(WEDNESDAY))
    served = text_of(browser.get(register, {"dowod": "jest"}))

    assert delay.rpo in waiting and "Odpowiedź" not in waiting
    assert delay.rpo in served and "25.11.2026" in served


def test_a_clerk_is_kept_from_the_letters_of_the_own_household(case, dariusz):
    """L11"""
    answered(case, dariusz, "post")
    live_together(case.person, make_person(dariusz, "Dariusz", "Lis"))

    with pytest.raises(Excluded):
        service.record_arrival(OutgoingLetter.objects.get(), collected_on=WEDNESDAY, proof="1", by=dariusz, moment=at(WEDNESDAY))

    assert Exclusion.objects.get().tried == "record_arrival"


# Orders that had no letter before


def test_a_suspension_and_a_resumption_are_served_as_orders_with_their_reason(case, dariusz):
    """KPA art. 97, 98, 101: with the instruction of the service card."""
    type(case.matter.terms.get()).objects.update(suspension_instruction="Służy zażalenie w 7 dni.")
    suspended(case, dariusz, "post")
    cases.resume(case, channel="ade", by=dariusz, moment=at(WEDNESDAY))

    first, second = OutgoingLetter.objects.order_by("number")
    assert (first.kind, first.channel, second.kind, second.channel) == ("suspension", "post", "resumption", "ade")
    assert "Zagadnienie wstępne." in first.text and first.text.endswith("Służy zażalenie w 7 dni.")
    assert "podejmujemy postępowanie" in case.messages.latest("at").text


# The account in the portal


def test_anna_confirms_a_notice_sent_to_her_account_and_it_is_served(case, client, sign_in, anna, dariusz, time_machine):
    """L14: the portal is its own witness; the case tells her, and the clerk finds the proof in the register."""
    time_machine.move_to(TUESDAY)
    extended(case, dariusz, "portal")
    mine, letter = sign_in(client, anna), OutgoingLetter.objects.get()
    page = reverse("eboi:case", args=[case.pk])
    before = text_of(mine.get(page))

    answer = mine.post(reverse("eboi:confirm_receipt", args=[case.pk, letter.pk]), follow=True)

    assert "czeka na potwierdzenie odbioru" in before and "8 grudnia 2026" in before and "Oględziny." in before
    assert "jest doręczone z dniem 24 listopada 2026" in text_of(answer)
    delivery = Delivery.objects.get()
    assert (delivery.channel, delivery.effective_on, delivery.recorded_by) == ("portal", TUESDAY.date(), anna.subject)
    assert delivery.proof.startswith("potwierdzenie odbioru w portalu")
    assert "czeka na potwierdzenie" not in text_of(mine.get(page))
    assert "Doręczono pismo: Zawiadomienie o zwłoce" in text_of(mine.get(page))


def test_what_nobody_confirms_in_the_portal_is_served_after_fourteen_days(case, dariusz):
    """L14: nobody but the reader can say that it was read."""
    answered(case, dariusz, "portal")
    letter = OutgoingLetter.objects.get()

    with pytest.raises(Refused, match="potwierdza sama strona"):
        service.record_arrival(letter, collected_on=WEDNESDAY, by=dariusz, moment=at(WEDNESDAY))
    with pytest.raises(Refused, match=r"8\sgrudnia"):
        service.record_arrival(letter, by=dariusz, moment=at(date(2026, 12, 7)))

    assert service.record_arrival(letter, by=dariusz, moment=at(date(2026, 12, 8))).effective_on == date(2026, 12, 8)


def test_confirming_after_the_fiction_or_twice_changes_nothing(case, anna, dariusz):
    answered(case, dariusz, "portal")
    letter = OutgoingLetter.objects.get()

    delivery = service.confirm_receipt(letter, by=anna, moment=at(date(2026, 12, 20)))

    assert delivery.effective_on == date(2026, 12, 8)
    with pytest.raises(Refused, match="już wpisane"):
        service.confirm_receipt(letter, by=anna, moment=at(date(2026, 12, 21)))


def test_only_its_reader_confirms_a_letter(case, client, sign_in, bartek, dariusz):
    """S16"""
    make_person(bartek, "Bartek", "Kowalski")
    answered(case, dariusz, "portal")
    letter = OutgoingLetter.objects.get()

    answer = sign_in(client, bartek).post(reverse("eboi:confirm_receipt", args=[case.pk, letter.pk]))

    assert answer.status_code == 404
    with pytest.raises(Refused):
        service.confirm_receipt(letter, by=bartek, moment=at(WEDNESDAY))


@pytest.mark.parametrize("send", [suspended, lambda case, by, channel: rulings.send_call(
    rulings.draft_call(case, missing="Umowa.", by=by, moment=TUESDAY), channel=channel, by=by, moment=TUESDAY)])  # fmt: skip
def test_rulings_never_go_to_the_account_alone(case, dariusz, send):
    """Decision 0033: the portal signs nothing."""
    with pytest.raises(Refused, match="Wybierz inny sposób"):
        send(case, dariusz, "portal")

    case.refresh_from_db()
    assert (case.status, OutgoingLetter.objects.count()) == ("in_progress", 0)


def test_who_has_no_account_or_is_not_known_gets_paper(case, dariusz):
    case.person.identity_confirmations.all().delete()

    with pytest.raises(Refused, match="nie ma konta z potwierdzoną tożsamością"):
        answered(case, dariusz, "portal")


def test_nobody_but_a_party_is_written_to_in_an_account(case, dariusz):
    with pytest.raises(Refused, match="tylko pisma do strony"):
        outgoing.register_outgoing(
            channel="portal", recipient="Starosta", subject="Odpowiedź", unit=case.unit, by=dariusz, moment=TUESDAY
        )
