"""Written voices: released by two people, originals restricted, split and gathered without changing a word, found, flagged."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations import text_search, visible
from consultations.actions import rulings, voices
from consultations.actions.remarks import Point
from consultations.likeness import alike, clusters
from consultations.models import Ballot, Batch, Moderation, ResultAccess, Voice, VoiceFlag, VoiceGroup
from consultations.personal_data import traces, without_traces
from consultations.statuses import ConsultationStatus, Phase, VoiceStatus
from office.models import PersonalDataRead, ScanState, StoredFile
from office.transitions import Refused, StaleStatus, history_of
from pruszcz_portal import roles
from schemas.definition import compiled
from tests.conftest import make_user
from tests.consultations import cast
from tests.consultations.written import make_document, publish_voice, write_to
from tests.factories import make_person
from tests.office.samples import pdf

NOW = timezone.now


@pytest.fixture
def document(open_consultation):
    return make_document(open_consultation)


@pytest.fixture
def maria(db):
    return make_user("maria@pruszcz.example", "Maria Gil", roles.MODERATOR)


@pytest.fixture
def olek(db):
    return make_user("olek@pruszcz.example", "Aleksander Sowa", roles.MODERATOR)


def page_of(consultation, name="voices"):
    return reverse(f"consultations:{name}", args=[consultation.slug])


def read(client, consultation, query=""):
    return client.get(page_of(consultation) + query).content.decode()


# Two people


def test_a_voice_is_read_by_nobody_until_a_second_person_releases_it(client, document, maria, olek):
    """C26"""
    (voice,) = write_to(document, "Mieszkam na ul. Wąskiej 3 m. 5 i chcę drzew. Jan Kowalski")

    voices.redact(voice, public_text="Chcę drzew.", by=maria, moment=NOW())
    waiting = read(client, document.consultation)
    voices.release(voice, by=olek, moment=NOW())
    shown = read(client, document.consultation)

    assert "Chcę drzew" not in waiting
    assert "Chcę drzew" in shown and "Kowalski" not in shown and "Wąskiej" not in shown
    assert (voice.redacted_by, voice.released_by) == (maria.subject, olek.subject)
    assert [move.to_status for move in history_of(voice)] == [VoiceStatus.REDACTED, VoiceStatus.PUBLISHED]


def test_nobody_releases_what_they_prepared_and_the_database_agrees(document, maria):
    """C26"""
    (voice,) = write_to(document, "Chcę drzew.")
    voices.redact(voice, public_text="Chcę drzew.", by=maria, moment=NOW())

    with pytest.raises(Refused):
        voices.release(voice, by=maria, moment=NOW())
    assert voices.release_all([voice], by=maria, moment=NOW()) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Voice.objects.filter(pk=voice.pk).update(released_by=maria.subject)


def test_two_who_prepare_one_voice_at_once_do_not_overwrite_each_other(document, maria, olek):
    (voice,) = write_to(document, "Chcę drzew.")
    stale = Voice.objects.get(pk=voice.pk)
    voices.redact(voice, public_text="Wersja Marii.", by=maria, moment=NOW())

    with pytest.raises(StaleStatus):
        voices.redact(stale, public_text="Wersja Olka.", by=olek, moment=NOW())

    assert Voice.objects.get(pk=voice.pk).public_text == "Wersja Marii."


def test_a_voice_prepared_again_goes_out_of_sight_until_it_is_released_again(client, document, maria, olek):
    (voice,) = write_to(document, "Chcę drzew.")
    publish_voice(voice, first=maria, second=olek)

    voices.redact(voice, public_text="Chcę krzewów.", by=olek, moment=NOW())

    assert "drzew" not in read(client, document.consultation)
    with pytest.raises(Refused):
        voices.release(voice, by=olek, moment=NOW())
    voices.release(voice, by=maria, moment=NOW())
    assert "krzewów" in read(client, document.consultation)


def test_hiding_needs_a_reason_loses_nothing_and_can_be_taken_back(client, document, maria, olek):
    (voice,) = write_to(document, "Brzydkie słowo.")
    publish_voice(voice, first=maria, second=olek)
    with pytest.raises(Refused):
        voices.hide(voice, reason=" ", by=maria, moment=NOW())

    voices.hide(voice, reason="obraża sąsiada", by=maria, moment=NOW())
    hidden = read(client, document.consultation)
    voices.restore(voice, by=olek, moment=NOW())

    assert "Brzydkie" not in hidden and Voice.objects.get().original == "Brzydkie słowo."
    assert history_of(voice).last().to_status == VoiceStatus.RECEIVED
    assert document.consultation.voices.unanswered().count() == 1


@pytest.fixture
def kept_pages(settings):
    """The memory of pages as production has it; tests do without."""
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": uuid.uuid4().hex},
    }


def test_a_page_kept_for_everybody_lets_go_of_a_voice_the_moment_it_is_hidden(kept_pages, client, anna, document, maria, olek):
    """C23"""
    first, second = write_to(document, "Brzydkie słowo.", "Więcej ławek.")
    for voice in (first, second):
        publish_voice(voice, first=maria, second=olek)
    client.force_login(anna)
    before = read(client, document.consultation)

    with CaptureQueriesContext(connection) as kept:
        again = read(client, document.consultation)
    voices.hide(first, reason="obraża sąsiada", by=maria, moment=NOW())
    after = read(client, document.consultation)

    assert "Brzydkie" in before and again.count("voice__text") == 2
    assert not [one for one in kept if "public_text" in one["sql"]]  # the second reading came from memory
    assert "Brzydkie" not in after and "Więcej ławek" in after


def test_what_one_reader_adds_to_the_address_is_in_nobody_elses_links(kept_pages, client, anna, document, maria, olek):
    (voice,) = write_to(document, "Więcej ławek.")
    publish_voice(voice, first=maria, second=olek)
    client.force_login(anna)

    mine, theirs = read(client, document.consultation, "?obce=wtret"), read(client, document.consultation)

    assert "Więcej ławek" in mine and "wtret" not in theirs


def test_where_publishing_comes_first_a_voice_with_traces_of_personal_data_still_waits(client, open_consultation):
    document = make_document(open_consultation, moderation=Moderation.AFTER)

    write_to(document, "Więcej ławek.", "Zadzwońcie: 600 100 200.", "Piszcie na jan@example.com")

    shown = read(client, open_consultation)
    assert "Więcej ławek" in shown and "600" not in shown and "jan@" not in shown
    assert Voice.objects.filter(status=VoiceStatus.RECEIVED).count() == 2


def test_a_moderator_reads_everything_that_was_published_at_once(open_consultation, maria, olek):
    """C26"""
    document = make_document(open_consultation, moderation=Moderation.AFTER)
    first, second, _waits = write_to(document, "Więcej ławek.", "Mniej aut.", "Zadzwońcie: 600 100 200.")
    assert set(Voice.objects.published_unread()) == {first, second}

    voices.keep_published(first, by=maria)
    voices.redact(second, public_text="Mniej aut", by=maria, moment=NOW())
    voices.release(second, by=olek, moment=NOW())

    assert not Voice.objects.published_unread().exists()
    assert Voice.objects.get(pk=first.pk).released_by == maria.subject
    with pytest.raises(Refused):
        voices.keep_published(first, by=olek)


def test_what_waits_for_two_people_is_not_let_out_by_the_look_afterwards(document, maria):
    """C26"""
    (voice,) = write_to(document, "Więcej ławek.")

    assert voices.keep_all_published([voice], by=maria) == 0
    with pytest.raises(Refused):
        voices.keep_published(voice, by=maria)
    assert Voice.objects.get().status == VoiceStatus.RECEIVED


def test_voices_of_a_private_instrument_are_never_published(client, open_consultation, maria, olek):
    document = make_document(open_consultation, moderation=Moderation.PRIVATE)
    (voice,) = write_to(document, "Tylko dla urzędu.")
    voices.redact(voice, public_text="Tylko dla urzędu.", by=maria, moment=NOW())

    with pytest.raises(Refused):
        voices.release(voice, by=olek, moment=NOW())
    assert "głosów nie publikujemy pojedynczo" in read(client, open_consultation)


# The original


def test_each_look_at_an_original_is_written_down(document, anna, maria):
    """C26, S28"""
    person = make_person(anna, "Anna", "Kowalska")
    (voice,) = write_to(document, "Jestem Anna Kowalska.", person=person, by=anna)

    assert voices.read_original(voice, by=maria, moment=NOW()) == "Jestem Anna Kowalska."

    assert ResultAccess.objects.get().reader == maria.subject and voice.mark in ResultAccess.objects.get().what
    assert PersonalDataRead.objects.get().person == person.pk


def test_a_search_by_everybody_tells_nothing_of_what_was_taken_out(client, document, maria, olek):
    """C26: not the text, and not whether it is there."""
    (voice,) = write_to(document, "Kowalski z naprzeciwka hałasuje.")
    publish_voice(voice, first=maria, second=olek, text="Sąsiad hałasuje.")

    assert "hałasuje" in read(client, document.consultation, "?q=sąsiada")
    assert "Nie ma głosów" in read(client, document.consultation, "?q=Kowalski")
    assert text_search.found(Voice.objects.all(), "Kowalskiego", vector="original_search", folded="").get() == voice


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Mój e-mail to jan.kowalski@example.com.", "adres e-mail"),
        ("tel. +48 600-100-200", "numer telefonu"),
        ("58 682 33 11 po południu", "numer telefonu"),
        ("PESEL 85041512345", "numer PESEL"),
        ("dowód ABC 123456", "numer dokumentu"),
        ("mieszkam: ul. Nad Radunią 5/7", "dokładny adres"),
        ("konto 61 1090 1014 0000 0712 1981 2874", "numer konta"),
    ],
)
def test_shapes_of_personal_data_are_shown_to_the_first_person(text, what):
    assert [trace.what for trace in traces(text)] == [what]
    assert f"[{what}]" in without_traces(text)


@pytest.mark.parametrize(
    "text", ["Ulica ma 120 m i 3,5 m szerokości.", "Koszt 1 250 000 zł w 2026 r.", "§ 2 ust. 1 pkt 3", "od 8:00 do 16:00"]
)
def test_ordinary_numbers_are_left_alone(text):
    assert traces(text) == []
    assert without_traces(text) == text


# Files


def test_a_file_is_public_only_under_a_name_that_two_people_gave(client, document, maria, olek):
    """C26: in file names too."""
    upload = SimpleUploadedFile("uwagi Jana Kowalskiego.pdf", pdf(), content_type="application/pdf")
    (voice,) = write_to(document, "Jak w pliku.", uploads=[upload])
    file = voice.remark.files.get()
    StoredFile.objects.filter(pk=file.file_id).update(scan_state=ScanState.CLEAN)
    url = reverse("consultations:remark_file", args=[file.pk])

    with pytest.raises(Refused):
        voices.release_file(file, by=olek)
    voices.name_file(file, public_name="Szkic skrzyżowania", by=maria)
    with pytest.raises(Refused):
        voices.release_file(file, by=maria)
    before = client.get(url).status_code
    voices.release_file(file, by=olek)
    after = client.get(url)

    assert before == 404
    assert "Szkic" in after.headers["Content-Disposition"] and "Kowalski" not in after.headers["Content-Disposition"]


# Splitting and gathering


def test_one_voice_is_split_into_several_and_no_word_is_added_or_lost(document, maria):
    """C23"""
    paragraph = document.document.paragraphs.first()
    (voice,) = write_to(document, Point("Chcę drzew.\nNie chcę parkingu.", paragraph))

    parts = voices.split(voice, parts=["Chcę drzew.", "Nie chcę parkingu."], by=maria, moment=NOW())

    assert [part.original for part in parts] == ["Chcę drzew.", "Nie chcę parkingu."]
    assert {part.paragraph_id for part in Voice.objects.all()} == {paragraph.pk}
    assert voice.remark.letter["points"][0]["text"] == "Chcę drzew.\nNie chcę parkingu."


@pytest.mark.parametrize("parts", [["Chcę drzew."], ["Chcę drzew.", "Chcę parkingu."], ["Chcę drzew. Nie chcę", ""], []])
def test_a_split_that_changes_words_is_refused(document, maria, parts):
    (voice,) = write_to(document, "Chcę drzew.\nNie chcę parkingu.")

    with pytest.raises(Refused):
        voices.split(voice, parts=parts, by=maria, moment=NOW())
    assert Voice.objects.get().original == "Chcę drzew.\nNie chcę parkingu."


def test_like_voices_are_proposed_together_and_nothing_is_changed(document):
    like = [
        "Proszę o ścieżkę rowerową wzdłuż Raduni.",
        "Prosimy o ścieżki rowerowe wzdłuż rzeki Raduni.",
        "Poproszę ścieżkę rowerową wzdłuż Raduni!",
    ]
    write_to(document, *like, "Za mało koszy na śmieci przy przystanku.")

    (proposed,) = voices.likely_alike(document.consultation)

    assert {voice.original for voice in proposed} <= set(like) and len(proposed) >= 2
    assert not VoiceGroup.objects.exists()


def test_likeness_compares_every_pair_that_matters():
    """Against the plain comparison of all pairs."""
    texts = {n: {f"w{(n * k) % 23}" for k in range(1, 8)} | {f"t{n % 4}{k}" for k in range(4)} for n in range(120)}

    found = clusters(texts, at_least=0.6)

    together = {key: number for number, cluster in enumerate(found) for key in cluster}
    pairs = [(a, b) for a in texts for b in texts if a < b and alike(frozenset(texts[a]), frozenset(texts[b])) >= 0.6]
    assert pairs and all(together[a] == together[b] for a, b in pairs)
    assert set(together) == {key for pair in pairs for key in pair}


def test_short_agreement_is_no_ground_for_a_group():
    assert clusters({1: ["tak"], 2: ["tak"], 3: ["zgadz", "tak"]}) == []


def test_a_voice_answered_on_its_own_stays_out_of_groups_and_a_grouped_one_gets_no_answer_of_its_own(document, maria, dariusz):
    """I7: exactly one answer."""
    own, grouped = write_to(document, "Pierwszy.", "Drugi.")
    rulings.rule(own, outcome="accepted", reasons="Tak.", by=dariusz)
    voices.gather([grouped], title="Drzewa", by=maria, moment=NOW())

    with pytest.raises(Refused):
        voices.gather([own], title="Drzewa", by=maria, moment=NOW())
    with pytest.raises(Refused):
        rulings.rule(Voice.objects.get(pk=grouped.pk), outcome="accepted", reasons="Tak.", by=dariusz)


def test_nothing_is_put_under_an_answer_its_approver_did_not_read(document, maria, dariusz, zofia):
    first, second = write_to(document, "Pierwszy.", "Drugi.")
    group = voices.gather([first], title="Drzewa", by=maria, moment=NOW())
    rulings.approve(rulings.rule(group, outcome="accepted", reasons="Tak.", by=dariusz), by=zofia, moment=NOW())

    with pytest.raises(Refused):
        voices.gather([second], group=group, by=maria, moment=NOW())
    with pytest.raises(Refused):
        voices.take_out(Voice.objects.get(pk=first.pk), by=maria)


# Ballots


@pytest.fixture
def sealed(open_survey):
    """Three listed ballots of one survey; two have something to say."""
    batch = Batch.objects.create(
        instrument=open_survey,
        number=1,
        day=timezone.localdate(),
        count=3,
        ballots_root="0" * 64,
        commitments_root="0" * 64,
        head="0" * 64,
    )
    version = open_survey.versions.get().version
    said = ["Latem jest tam za gorąco.", "", "Brakuje cienia i ławek."]
    made = [
        Ballot.objects.create(instrument=open_survey, batch=batch, version=version, channel="online", answers={"trees": "yes", **({"why": text} if text else {})})
        for text in said
    ]  # fmt: skip
    return made, compiled(version.pk)


def test_long_texts_of_sealed_ballots_become_voices_once(sealed, open_survey):
    """Slice 7: each written voice gets an answer, those of surveys too."""
    ballots, form = sealed

    voices.voices_from_ballots(ballots, form)
    voices.voices_from_ballot(ballots[0], form)

    kept = Voice.objects.all()
    assert sorted(voice.original for voice in kept) == ["Brakuje cienia i ławek.", "Latem jest tam za gorąco."]
    assert {(voice.question, voice.remark, voice.status) for voice in kept} == {("why", None, VoiceStatus.RECEIVED)}
    assert open_survey.consultation.voices.unanswered().count() == 2


# Readers


def test_a_reader_flags_a_voice_and_it_stays_until_somebody_looks(client, document, maria, olek):
    (voice,) = write_to(document, "Chcę drzew.")
    publish_voice(voice, first=maria, second=olek)
    url = reverse("consultations:voice_flag", args=[voice.pk])

    empty = client.post(url, {"reason": ""})
    client.post(url, {"reason": "To reklama."})

    assert empty.status_code == 422
    flag = VoiceFlag.objects.get()
    assert flag.reason == "To reklama." and "Chcę drzew" in read(client, document.consultation)
    voices.settle_flag(flag, by=maria, moment=NOW())
    with pytest.raises(Refused):
        voices.settle_flag(flag, by=olek, moment=NOW())


def test_flags_from_one_address_are_limited(client, document, maria, olek, monkeypatch):
    monkeypatch.setattr("consultations.views.voices.FLAG_BUDGET", {"flag": "1/h/ip"})
    (voice,) = write_to(document, "Chcę drzew.")
    publish_voice(voice, first=maria, second=olek)
    url = reverse("consultations:voice_flag", args=[voice.pk])

    first, second = client.post(url, {"reason": "Tak."}), client.post(url, {"reason": "I jeszcze raz."})

    assert (first.status_code, second.status_code) == (302, 429)
    assert VoiceFlag.objects.count() == 1


def test_an_unpublished_voice_can_not_even_be_flagged(client, document):
    (voice,) = write_to(document, "Chcę drzew.")

    assert client.get(reverse("consultations:voice_flag", args=[voice.pk])).status_code == 404


# Search


@pytest.fixture
def spoken(document, maria, olek):
    for text in ("Brakuje ścieżki rowerowej.", "Za dużo dróg, za mało zieleni.", "Przystanek jest nieoświetlony."):
        publish_voice(write_to(document, text)[0], first=maria, second=olek)
    return document.consultation


@pytest.mark.parametrize(
    ("asked", "found"),
    [("sciezki rowerowe", "Brakuje"), ("droga", "Za dużo"), ("ZIELEŃ", "Za dużo"), ("przystanku", "Przystanek"), ("zieleni drogi", "Za dużo"),
     ("rower", "Brakuje"), ("nieoświetlonny", "Przystanek"), ("przystnek", "Przystanek")],
)  # fmt: skip
def test_people_find_voices_whatever_the_ending_the_letters_or_the_slip(client, spoken, asked, found):
    page = read(client, spoken, f"?q={asked}")

    assert found in page and page.count('class="voice"') == 1


def test_every_word_asked_for_must_be_met(client, spoken):
    assert "Nie ma głosów" in read(client, spoken, "?q=ścieżka przystanek")
    assert "Nie ma głosów" in read(client, spoken, "?q=%27%29%20%7C%20%28%27x")


# The page


def test_voices_show_the_answer_only_once_the_report_is_out(client, document, maria, olek, dariusz, zofia):
    (voice,) = write_to(document, "Chcę drzew.")
    publish_voice(voice, first=maria, second=olek)
    rulings.approve(rulings.rule(voice, outcome="accepted", reasons="Posadzimy je.", by=dariusz), by=zofia, moment=NOW())

    before = read(client, document.consultation)
    type(document.consultation).objects.filter(pk=document.consultation_id).update(status=ConsultationStatus.REPORT_PUBLISHED)
    after = read(client, document.consultation)

    assert "Posadzimy" not in before and "Posadzimy" in after and "uwzględniony" in after


def test_what_we_did_tells_outcomes_in_plain_words_the_most_voices_first(client, db, maria, olek, dariusz, zofia):
    """N12"""
    document = make_document(cast.make_consultation())
    texts = [f"Chcę drzew numer {n}." for n in range(3)]
    many = write_to(document, *texts, "Chcę fontanny.")
    group = voices.gather(many[:3], title="Drzewa przy chodniku", by=maria, moment=NOW())
    for subject, outcome, reasons in ((group, "accepted", "Posadzimy dwadzieścia."), (many[3], "rejected", "Za drogo.")):
        rulings.approve(
            rulings.rule(
                Voice.objects.get(pk=subject.pk) if subject is many[3] else subject, outcome=outcome, reasons=reasons, by=dariusz
            ),
            by=zofia,
            moment=NOW(),
        )
    type(document.consultation).objects.update(status=ConsultationStatus.REPORT_PUBLISHED)

    page = client.get(page_of(document.consultation, "what_we_did")).content.decode()
    searched = client.get(page_of(document.consultation, "what_we_did") + "?q=fontanna+drogo").content.decode()
    narrowed = client.get(page_of(document.consultation, "what_we_did") + "?wynik=rejected").content.decode()

    assert page.rindex("Zrobimy to") < page.index("Drzewa przy chodniku") < page.rindex("Tego nie zrobimy")
    assert "3\xa0głosy" in page and "Posadzimy dwadzieścia." in page and "Chcę fontanny" not in page
    assert "Nie ma odpowiedzi" in searched
    assert "Za drogo." in narrowed and "Posadzimy" not in narrowed
    assert visible.outcome_counts(document.consultation) == {"accepted": 3, "rejected": 1}


def test_what_we_did_before_the_report_says_when(client, db):
    promised = timezone.localdate() + timedelta(days=30)
    consultation = cast.make_consultation(phase=Phase.CLOSED, report_promised_on=promised)

    page = client.get(page_of(consultation, "what_we_did")).content.decode()

    assert "Czytamy i\xa0odpowiadamy" in page and str(promised.year) in page


def test_pages_of_voices_need_few_queries_however_many_there_are(document, anna, maria, olek, sign_in):
    """Slice 8: at most 8, the same at 3 and at 40."""
    mine, counts = sign_in(Client(), anna), []
    for size in (3, 37):
        for voice in write_to(document, *[f"Głos {size} {n} o drzewach." for n in range(min(size, 20))]):
            publish_voice(voice, first=maria, second=olek)
        mine.get(page_of(document.consultation))
        with CaptureQueriesContext(connection) as seen:
            assert mine.get(page_of(document.consultation)).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 8


def test_a_wrong_group_page_or_outcome_is_no_error(client, spoken):
    for query in ("?page=x", "?page=999999", "?wynik=x", "?do=x", f"?grupa={uuid.uuid4()}", "?grupa=x", "?q=" + "a" * 300):
        assert client.get(page_of(spoken) + query).status_code == 200
