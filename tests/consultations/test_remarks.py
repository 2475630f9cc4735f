"""Remarks to a document: one letter, one transaction, late ones kept and not considered, only the data that the level asks."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from consultations import keys, rules
from consultations.actions import remarks, rulings
from consultations.actions.remarks import Author, Point
from consultations.models import (
    BasisKind,
    CollectingChannel,
    ConsultedDocument,
    IntegrityLevel,
    Moderation,
    Remark,
    Ruling,
    Voice,
)
from consultations.report import figures
from consultations.statuses import ConsultationStatus, Phase, RemarkStatus, VoiceStatus
from office import files
from office.idempotency import KeyReused
from office.models import Message, StoredFile
from office.transitions import Refused
from pruszcz_portal import roles
from residents.models import ResidencyProof
from schemas.definition import compiled
from tests.conftest import make_user
from tests.consultations import cast
from tests.consultations.written import make_document
from tests.factories import LONG_AGO, make_person
from tests.office.samples import pdf, upload

Kind = CollectingChannel.Kind


@pytest.fixture
def document(open_consultation):
    return make_document(open_consultation)


@pytest.fixture
def keyer(db):
    return make_user("iga@pruszcz.example", "Iga Lipska", roles.PAPER_DESK)


def url_of(instrument, name="remark"):
    return reverse(f"consultations:{name}", args=[instrument.consultation.slug, instrument.code])


def typed(*points, **more):
    """What a browser posts: rows of (paragraph, text)."""
    rows = {
        f"uwaga-{n}-{name}": value for n, row in enumerate(points) for name, value in zip(("paragraph", "text"), row, strict=True)
    }
    return {"uwaga-TOTAL_FORMS": len(points), "uwaga-INITIAL_FORMS": len(points), "key": uuid.uuid4(), **rows, **more}


def send(instrument, text="Więcej drzew.", **more):
    given = {"points": [Point(text)], "author": Author(), "key": uuid.uuid4(), **more}
    return remarks.send(instrument, **given)


# Reading the document


def test_the_file_of_a_consulted_document_is_no_upload_left_behind(document, dariusz):
    """L22: the office sees who holds it."""
    held, left = (files.store(upload(pdf(), name), owner=dariusz) for name in ("uchwala.pdf", "porzucony.pdf"))
    ConsultedDocument.objects.filter(instrument=document).update(file=held)

    assert list(StoredFile.objects.unattached()) == [left]


def test_each_paragraph_has_its_place_its_count_and_its_own_way_to_a_remark(client, document):
    first = document.document.paragraphs.first()
    send(document, points=[Point("Za szeroko.", first), Point("Dobrze."), Point("Za wąsko.", first)])

    page = client.get(url_of(document, "document")).content.decode()

    assert f'id="par-{first.pk}"' in page and f"?do={first.pk}" in page
    assert "2\xa0uwagi" in page and "jeszcze bez uwag" in page
    assert "Za szeroko" not in page


def test_a_document_of_an_unannounced_consultation_is_nowhere(client, db):
    hidden = make_document(cast.make_consultation(ConsultationStatus.DRAFT))

    assert client.get(url_of(hidden, "document")).status_code == 404
    assert client.get(url_of(hidden)).status_code == 404


# Sending


def test_ewa_writes_without_a_name_and_gets_a_number(client, document):
    """C5, C6: an open consultation asks nobody for anything."""
    paragraph = document.document.paragraphs.first()

    answer = client.post(url_of(document), typed((paragraph.pk, "Więcej drzew, mniej asfaltu."), ("", "")))

    remark = Remark.objects.get()
    assert answer.headers["Location"] == reverse("consultations:remark_sent", args=[remark.pk])
    assert remark.registry_number == f"KU/1/{timezone.localdate().year}"
    assert set(remark.author.values()) == {"", False}
    assert [(voice.paragraph, voice.original, voice.status) for voice in remark.voices.all()] == [
        (paragraph, "Więcej drzew, mniej asfaltu.", VoiceStatus.RECEIVED)
    ]
    page = client.get(answer.headers["Location"]).content.decode()
    assert remark.registry_number in page and "w terminie" in page
    assert "asfaltu" not in page


def test_one_letter_may_hold_several_points_and_asks_for_one_more_without_a_script(client, document):
    first, second = document.document.paragraphs.all()[:2]

    more = client.post(url_of(document), typed((first.pk, "Pierwsza uwaga."), add="1"))
    client.post(url_of(document), typed((first.pk, "Pierwsza uwaga."), (second.pk, "Druga uwaga.")))

    assert "Pierwsza uwaga." in more.content.decode() and "uwaga-1-text" in more.content.decode()
    assert Remark.objects.count() == 1
    assert set(Voice.objects.values_list("paragraph", "original")) == {(first.pk, "Pierwsza uwaga."), (second.pk, "Druga uwaga.")}
    assert Remark.objects.get().letter["points"] == [
        {"paragraph": first.number, "text": "Pierwsza uwaga."}, {"paragraph": second.number, "text": "Druga uwaga."},
    ]  # fmt: skip


def test_an_empty_letter_is_told_beside_the_field_and_nothing_typed_is_lost(client, document):
    answer = client.post(url_of(document), typed(("", "  "), name="Ewa Obca"))

    page = answer.content.decode()
    assert answer.status_code == 422 and "Napisz uwagę." in page and "Ewa Obca" in page
    assert not Remark.objects.exists()


def test_the_same_form_sent_twice_is_one_letter_and_another_letter_under_its_key_is_refused(client, document):
    """D1, D2"""
    form = typed(("", "Więcej drzew."))

    once, again = client.post(url_of(document), form), client.post(url_of(document), form)
    other = client.post(url_of(document), {**form, "uwaga-0-text": "Mniej drzew."})

    assert once.headers["Location"] == again.headers["Location"]
    assert other.status_code == 409 and "Mniej drzew." in other.content.decode()
    assert Voice.objects.count() == 1


def test_a_key_of_anna_is_nobody_elses(document, anna, bartek):
    key = uuid.uuid4()
    send(document, key=key, by=anna)

    with pytest.raises(KeyReused):
        send(document, key=key, by=bartek)


def test_nothing_is_left_when_a_file_is_refused(client, document):
    """D1: letter, number, voices and files, all or nothing."""
    bad = SimpleUploadedFile("wirus.exe", b"MZ\x90\x00", content_type="application/octet-stream")

    answer = client.post(url_of(document), typed(("", "Więcej drzew."), uploads=bad))

    assert answer.status_code == 422 and "wirus.exe" in answer.content.decode() and "Więcej drzew." in answer.content.decode()
    assert not Remark.objects.exists() and not Voice.objects.exists()


def test_a_file_goes_with_the_letter_and_is_not_public(client, document):
    upload = SimpleUploadedFile("mapa Kowalskich.pdf", pdf(), content_type="application/pdf")

    client.post(url_of(document), typed(("", "Jak na mapie."), uploads=upload))

    kept = Remark.objects.get().files.get()
    assert kept.file.name == "mapa Kowalskich.pdf"
    assert client.get(reverse("consultations:remark_file", args=[kept.pk])).status_code == 404


def test_the_mail_says_that_it_came_and_not_a_word_of_it(client, document):
    """S42"""
    client.post(url_of(document), typed(("", "Tajemnica."), email="ewa@example.com", name="Ewa Obca"))

    mail = Message.objects.get()
    assert mail.address == "ewa@example.com"
    assert reverse("consultations:remark_sent", args=[Remark.objects.get().pk]) in mail.text
    assert "Tajemnica" not in mail.text + mail.html and "Ewa" not in mail.text


def test_only_its_owner_reads_the_letter_on_the_confirmation(client, document, anna, ewa, sign_in):
    make_person(anna, "Anna", "Kowalska")
    client.post(url_of(document), typed(("", "Moje własne zdanie.")))
    sign_in(client, anna)
    client.post(url_of(document), typed(("", "Zdanie Anny.")))
    hers = Remark.objects.get(person__account=anna)
    url = reverse("consultations:remark_sent", args=[hers.pk])

    assert "Zdanie Anny." in client.get(url).content.decode()
    sign_in(client, ewa)
    assert "Zdanie Anny." not in client.get(url).content.decode()


# The calendar


def test_a_letter_on_its_way_at_closing_is_kept_marked_counted_late_and_not_considered(client, document):
    """C17, C18: the clock of the database decides, not the page that was open."""
    form = typed(("", "Zdążę?"))
    type(document.consultation).objects.filter(pk=document.consultation_id).update(
        closes_at=timezone.now() - timedelta(milliseconds=1)
    )

    answer = client.post(url_of(document), form, follow=True)

    remark = Remark.objects.get()
    assert remark.is_late and remark.voices.get().is_late
    assert "po terminie" in answer.content.decode()
    assert not document.consultation.voices.unanswered().exists()


@pytest.mark.parametrize(
    ("status", "phase"),
    [(ConsultationStatus.ANNOUNCED, Phase.BEFORE), (ConsultationStatus.SUSPENDED, Phase.OPEN), (ConsultationStatus.UNDER_ANALYSIS, Phase.CLOSED)],
)  # fmt: skip
def test_outside_the_calendar_nothing_is_taken_in_and_nothing_typed_is_lost(client, db, status, phase):
    document = make_document(cast.make_consultation(status, phase))

    answer = client.post(url_of(document), typed(("", "Za wcześnie.")))

    assert answer.status_code == 409 and "Za wcześnie." in answer.content.decode()
    assert not Remark.objects.exists()


def test_after_closing_the_form_is_shut_in_plain_words(client, db):
    document = make_document(cast.make_consultation(phase=Phase.CLOSED))

    assert "Teraz nie zbieramy uwag" in client.get(url_of(document)).content.decode()
    assert "Zbieranie uwag zakończone" in client.get(url_of(document, "document")).content.decode()


# Who writes


def test_a_declared_resident_gives_name_address_and_statement_and_no_pesel(client, db):
    """C4, C5, C6"""
    document = make_document(cast.make_consultation(integrity=IntegrityLevel.DECLARED))

    shown = client.get(url_of(document)).content.decode()
    bare = client.post(url_of(document), typed(("", "Więcej drzew.")))
    full = {"name": "Ewa Obca", "address": "Nad Radunią 5", "is_resident": "on"}
    good = client.post(url_of(document), typed(("", "Więcej drzew."), **full))

    assert "pesel" not in shown.lower()
    assert bare.status_code == 422 and "Podaj imię i\xa0nazwisko." in bare.content.decode()
    assert good.status_code == 302
    assert Remark.objects.get().author == {
        "name": "Ewa Obca",
        "organisation": "",
        "email": "",
        "address": "Nad Radunią 5",
        "is_resident": True,
    }


def test_an_organisation_writes_in_its_own_name(client, db):
    """C15"""
    document = make_document(cast.make_consultation(integrity=IntegrityLevel.DECLARED))

    client.post(
        url_of(document),
        typed(("", "Więcej drzew."), organisation="Stowarzyszenie Radunia", name="Ewa Obca", address="Nad Radunią 5"),
    )

    assert Remark.objects.get().is_organisation


@pytest.fixture
def confirmed(db):
    """Remarks of people whose address is confirmed."""
    consultation = cast.make_consultation(integrity=IntegrityLevel.CONTACT)
    keys.make(consultation)
    return make_document(consultation)


def asked_code(client, document, *points, email="ewa@example.com", **more):
    """The page after „Wyślij mi kod”, and the code that came by mail."""
    page = client.post(url_of(document), typed(*points, go="code", email=email, **more))
    letter = Message.objects.filter(address=email).latest("created_at").text
    return page.content.decode(), re.search(r"^    (\d{6})$", letter, re.MULTILINE)[1]


def challenge_of(page):
    return re.search(r'name="challenge" value="([^"]+)"', page)[1]


def test_ewa_proves_her_address_by_a_code_without_an_account(client, confirmed):
    """C6"""
    form = typed(("", "Więcej drzew."), organisation="Stowarzyszenie Radunia")
    page, code = asked_code(client, confirmed, ("", "Więcej drzew."), organisation="Stowarzyszenie Radunia")
    proof = {"challenge": challenge_of(page), "code": code}

    sent = client.post(url_of(confirmed), {**form, **proof})
    again = client.post(url_of(confirmed), {**form, **proof})

    assert "Więcej drzew." in page and "Stowarzyszenie Radunia" in page and "ewa@example.com" in page
    assert sent.status_code == 302 and sent["Location"] == again["Location"]
    author = Remark.objects.get().author
    assert (author["email"], author["organisation"], author["name"]) == ("ewa@example.com", "Stowarzyszenie Radunia", "")


def test_no_letter_goes_in_with_a_wrong_code_or_with_none(client, confirmed):
    """C6"""
    page, code = asked_code(client, confirmed, ("", "Więcej drzew."))
    wrong = "000000" if code != "000000" else "111111"

    mistyped = client.post(url_of(confirmed), typed(("", "Więcej drzew."), challenge=challenge_of(page), code=wrong))
    without = client.post(url_of(confirmed), typed(("", "Więcej drzew."), email="ewa@example.com"))
    forged = client.post(url_of(confirmed), typed(("", "Więcej drzew."), challenge="zmyślony", code=code))

    assert [one.status_code for one in (mistyped, without, forged)] == [422, 200, 422]
    assert "ewa@example.com" in without.content.decode() and "Wpisz adres e-mail." in forged.content.decode()
    assert "To nie jest ten kod" in mistyped.content.decode() and "Więcej drzew." in mistyped.content.decode()
    assert not Remark.objects.exists()


def test_one_more_remark_keeps_the_code_that_is_on_its_way(client, confirmed):
    page, code = asked_code(client, confirmed, ("", "Więcej drzew."))

    more = client.post(url_of(confirmed), typed(("", "Więcej drzew."), add="1", challenge=challenge_of(page), code=code))
    proof = {"challenge": challenge_of(more.content.decode()), "code": code}
    client.post(url_of(confirmed), typed(("", "Więcej drzew."), ("", "Mniej aut."), **proof))

    assert f'value="{code}"' in more.content.decode()
    assert Remark.objects.get().voices.count() == 2


def test_no_code_is_sent_for_an_empty_letter(client, confirmed):
    answer = client.post(url_of(confirmed), typed(("", " "), go="code", email="ewa@example.com"))

    assert answer.status_code == 422 and "ewa@example.com" in answer.content.decode()
    assert not Message.objects.exists()


def test_files_picked_are_never_lost_in_silence(client, document):
    picked = SimpleUploadedFile("plan.pdf", pdf(), "application/pdf")

    more = client.post(url_of(document), typed(("", "Więcej drzew."), add="1", uploads=[picked])).content.decode()

    assert "wybierz jeszcze raz: „plan.pdf”" in more
    assert re.search(r'<input[^>]*name="uploads"[^>]*aria-describedby="[^"]*uploads_error', more)


def test_who_is_signed_in_where_contact_is_confirmed_is_asked_nothing_twice(client, anna, sign_in, confirmed):
    document = confirmed
    sign_in(client, anna)
    mine = client.get(url_of(document)).content.decode()
    client.post(url_of(document), typed(("", "Więcej drzew.")))

    assert anna.email in mine and 'name="email"' not in mine
    assert Remark.objects.get().author["email"] == anna.email


def test_where_residency_is_proven_the_town_must_know_it(client, anna, sign_in, db):
    document = make_document(cast.make_consultation(integrity=IntegrityLevel.PROVEN))
    person = make_person(anna, "Anna", "Kowalska")
    sign_in(client, anna)

    before = client.post(url_of(document), typed(("", "Więcej drzew.")))
    ResidencyProof.objects.create(person=person, basis="umowa", granted_by=uuid.uuid4(), valid_from=LONG_AGO)
    after = client.post(url_of(document), typed(("", "Więcej drzew.")))

    assert (before.status_code, after.status_code) == (403, 302)


def test_letters_from_one_address_are_limited_and_what_was_typed_stays(client, document, monkeypatch):
    """S46"""
    monkeypatch.setattr("consultations.views.documents.REMARK_BUDGET", {"remark": "1/h/ip"})
    client.post(url_of(document), typed(("", "Pierwsza.")))

    answer = client.post(url_of(document), typed(("", "Druga.")))

    assert answer.status_code == 429 and "Druga." in answer.content.decode()


# The statutory planning letter


@pytest.fixture
def plan(db):
    version = remarks.load_planning_form(moment=timezone.now())
    planning = cast.make_consultation(basis=cast.make_basis(BasisKind.PLANNING), integrity=IntegrityLevel.OPEN)
    return make_document(planning, definition=version.definition)


STATUTORY = {
    "authority": "Burmistrz Pruszcza Gdańskiego", "letter-type": "remark", "act-type": "general", "name": "Staś Mały",
    "address": "Nad Radunią 5, 83-000 Pruszcz Gdański", "email": "stas@example.com", "owner": "no", "other-address": "no",
    "proxy": "none", "parcels": "", "electronic": "yes", "signature": "Staś Mały",
    "asked": ["correspondence", "proxy-data"],
}  # fmt: skip


def test_a_planning_letter_asks_for_what_the_statute_says_and_for_no_age(plan):
    """C11, C12, C5"""
    form = compiled(plan.definition.current().pk)

    codes = list(form.questions)
    assert codes == [
        "authority", "letter-type", "act-type", "name", "address", "email", "owner", "other-address", "correspondence", "proxy",
        "proxy-data", "parcels", "electronic", "signature",
    ]  # fmt: skip
    assert [len(form.questions[code].options) for code in ("letter-type", "act-type")] == [4, 5]
    assert not any(word in repr(form).lower() for word in ("pesel", "data urodzenia", "birth"))


def test_a_planning_letter_is_kept_whole_with_its_version(client, plan):
    """C11"""
    answer = client.post(url_of(plan), typed(("", "Proszę o park."), **STATUTORY))

    remark = Remark.objects.get()
    assert answer.status_code == 302
    assert remark.version == plan.definition.current()
    assert remark.letter["answers"]["signature"] == "Staś Mały" and remark.author["name"] == "Staś Mały"
    assert Message.objects.get().address == "stas@example.com"


def test_a_gap_in_a_planning_letter_is_told_beside_its_question(client, plan):
    answer = client.post(url_of(plan), typed(("", "Proszę o park."), **{**STATUTORY, "signature": ""}))

    assert answer.status_code == 422
    assert 'id="id_signature_error"' in answer.content.decode() and "Proszę o park." in answer.content.decode()


# At the desk


def keyed(document, by, **more):
    given = {
        "channel": Kind.POST, "received_on": timezone.localdate(), "points": [Point("Z listu.")], "author": Author(name="Ewa Obca"),
        "registry_number": "RPW/77/2026", "by": by, "moment": timezone.now(),
    }  # fmt: skip
    return remarks.register(document, **{**given, **more})


def test_a_letter_by_post_is_keyed_with_number_day_and_scan(document, keyer):
    """C21"""
    scan = SimpleUploadedFile("skan.pdf", pdf(), content_type="application/pdf")

    remark = keyed(document, keyer, scan=scan, postmarked_on=timezone.localdate())

    assert (remark.registry_number, remark.channel, remark.keyed_by) == ("RPW/77/2026", Kind.POST, keyer.subject)
    assert remark.files.get().is_scan
    with pytest.raises(Refused):
        keyed(document, keyer)


@pytest.mark.parametrize(
    ("channel", "received", "postmarked", "is_late"),
    [(Kind.POST, 3, 0, False), (Kind.POST, 3, 1, True), (Kind.POST, 1, None, True), (Kind.BOX, 0, None, False), (Kind.BOX, 1, None, True)],
)  # fmt: skip
def test_each_door_has_its_own_rule_of_being_in_time(db, keyer, channel, received, postmarked, is_late):
    """C16, C18: days after the last day of collecting, by post counted by the postmark."""
    consultation = cast.make_consultation(phase=Phase.CLOSED, closes_at=timezone.now() - timedelta(days=5))
    last = timezone.localdate(consultation.last_moment)
    days = {
        "received_on": last + timedelta(days=received),
        "postmarked_on": None if postmarked is None else last + timedelta(days=postmarked),
    }

    remark = keyed(make_document(consultation), keyer, channel=channel, **days)

    assert remark.is_late == is_late and remark.voices.get().is_late == is_late


def test_a_door_the_order_does_not_name_and_a_day_to_come_are_refused(document, keyer):
    with pytest.raises(Refused):
        keyed(document, keyer, channel=Kind.PHONE)
    with pytest.raises(Refused):
        keyed(document, keyer, received_on=timezone.localdate() + timedelta(days=1))


@pytest.fixture
def incomplete(document, keyer):
    """Ewa's letter by post has no address; she may mend that for three days."""
    remark = keyed(document, keyer, author=Author(name="Ewa Obca", email="ewa@example.com"))
    until = timezone.localdate() + timedelta(days=3)
    remarks.ask_to_complete(remark, defect="brak adresu", complete_until=until, by=keyer, moment=timezone.now())
    return remark


def on_day(remark, shift):
    return timezone.now() + (remark.complete_until - timezone.localdate()) + timedelta(days=shift)


def test_ewa_reads_what_her_letter_lacks_and_until_when(client, incomplete):
    """C19: told by mail, without a word of the letter, and on the page of the confirmation."""
    page = client.get(reverse("consultations:remark_sent", args=[incomplete.pk])).content.decode()

    assert "Pismo trzeba uzupełnić" in page and "brak adresu" in page
    assert Message.objects.filter(address="ewa@example.com").latest("created_at").subject == "Uzupełnij swoje pismo z uwagami"


def test_a_completed_letter_counts_as_any_other(document, incomplete, keyer):
    """C19"""
    assert rules.unsettled(document.consultation) == ["Pisma z uwagami do uzupełnienia: 1."]

    remarks.complete(
        incomplete, completed_on=incomplete.complete_until, address="ul. Wita Stwosza 3", by=keyer, moment=on_day(incomplete, 1)
    )

    incomplete.refresh_from_db()
    assert incomplete.status == RemarkStatus.TAKEN
    assert (incomplete.author["name"], incomplete.author["address"]) == ("Ewa Obca", "ul. Wita Stwosza 3")
    assert rules.unsettled(document.consultation) == []
    assert document.voices.considered().count() == document.voices.unanswered().count() == 1


def test_a_letter_nobody_completed_is_counted_and_not_considered(client, document, incomplete, keyer):
    """C19"""
    with pytest.raises(Refused, match="jeszcze nie minął"):
        remarks.leave(incomplete, by=keyer, moment=on_day(incomplete, 0))
    with pytest.raises(Refused, match="Termin uzupełnienia minął"):
        remarks.complete(
            incomplete, completed_on=incomplete.complete_until + timedelta(days=1), by=keyer, moment=on_day(incomplete, 1)
        )

    remarks.leave(incomplete, by=keyer, moment=on_day(incomplete, 1))

    told = figures.freeze(document.consultation, timezone.now())
    post = next(row for row in told["channels"] if row["kind"] == Kind.POST)
    assert (post["rejected"], post["considered"], post["received"]) == (1, 0, 1)
    assert told["rejections"] == [{"reason": "brak adresu", "count": 1}]
    assert told["remarks"] == {"received": 1, "considered": 0, "late": 0, "organisations": 0}
    assert (told["voices"]["considered"], told["voices"]["unanswered"]) == (0, 0)
    assert "nie będzie rozpatrzone" in client.get(reverse("consultations:remark_sent", args=[incomplete.pk])).content.decode()


def test_a_letter_whose_voice_is_answered_is_not_left(document, incomplete, keyer, dariusz):
    voice = incomplete.voices.get()
    rulings.rule(voice, outcome=Ruling.Outcome.ACCEPTED, reasons="Dobry pomysł.", by=dariusz)

    with pytest.raises(Refused, match="stanowisko"):
        remarks.leave(incomplete, by=keyer, moment=on_day(incomplete, 1))


def test_a_private_instrument_never_publishes_and_says_so(client, open_consultation):
    document = make_document(open_consultation, moderation=Moderation.PRIVATE)

    assert "nie publikujemy pojedynczo" in client.get(url_of(document)).content.decode()
