"""The desk of letters, voices, answers and reports: who sees what, verbs as buttons, what is missing in view."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions import rulings, voices
from consultations.actions.documents import paragraphs_in
from consultations.models import Moderation, Paragraph, Remark, Report, ResultAccess, Ruling, Voice, VoiceGroup
from consultations.statuses import ConsultationStatus, RemarkStatus, ReportStatus, VoiceStatus
from pruszcz_portal import roles
from tests.conftest import make_user
from tests.consultations import cast
from tests.consultations.written import answer_all, make_document, write_to
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


@pytest.fixture
def iga(db):
    return make_user("iga@pruszcz.example", "Iga Lipska", roles.PAPER_DESK)


@pytest.fixture
def desk(sign_in):
    return lambda user: sign_in(Client(), user)


def url_of(thing, verb=""):
    name = f"admin:consultations_{thing._meta.model_name}"
    return reverse(f"{name}_verb", args=[thing.pk, verb]) if verb else reverse(f"{name}_change", args=[thing.pk])


def press(client, thing, verb, **typed):
    return client.post(url_of(thing, verb), {"seen": str(getattr(thing, "status", "")), **typed})


def test_maria_prepares_a_voice_and_olek_releases_it(desk, document, maria, olek):
    """C26"""
    (voice,) = write_to(document, "Zadzwońcie do mnie: 600 100 200. Chcę drzew.")
    first, second = desk(maria), desk(olek)

    page = first.get(url_of(voice, "redact")).content.decode()
    press(first, voice, "redact", public_text="Chcę drzew.")
    voice.refresh_from_db()
    own = first.get(url_of(voice)).content.decode()
    press(second, voice, "release")

    assert "600 100 200" in page and "[numer telefonu]" in page
    assert "Dopuść do publikacji" not in own
    assert Voice.objects.get().status == VoiceStatus.PUBLISHED


def test_an_original_opens_on_request_and_each_opening_is_recorded(desk, document, maria, dariusz):
    """C26, S28"""
    (voice,) = write_to(document, "Jestem Jan Kowalski.")

    closed = desk(maria).get(url_of(voice)).content.decode()
    opened = desk(maria).get(url_of(voice) + "?oryginal=1").content.decode()
    editor = desk(dariusz).get(url_of(voice) + "?oryginal=1").content.decode()

    assert "Kowalski" not in closed and "Kowalski" in opened and "Kowalski" not in editor
    assert [access.reader for access in ResultAccess.objects.all()] == [maria.subject]


def test_only_who_reads_originals_finds_by_them(desk, document, maria, dariusz):
    (voice,) = write_to(document, "Kowalski hałasuje.")
    url = reverse("admin:consultations_voice_changelist") + "?q=Kowalskiego"

    assert voice.mark in desk(maria).get(url).content.decode()
    assert voice.mark not in desk(dariusz).get(url).content.decode()


def test_an_editor_can_not_moderate_and_a_moderator_can_not_answer(desk, document, maria, dariusz):
    """4.4"""
    (voice,) = write_to(document, "Chcę drzew.")

    assert press(desk(dariusz), voice, "hide", reason="Nie podoba mi się.").status_code == 403
    assert press(desk(maria), voice, "rule", outcome="accepted", reasons="Tak.").status_code == 403
    assert Voice.objects.get().status == VoiceStatus.RECEIVED and not Ruling.objects.exists()


def test_dariusz_answers_and_zofia_approves(desk, document, dariusz, zofia):
    """C23"""
    (voice,) = write_to(document, "Chcę drzew.")
    press(desk(dariusz), voice, "rule", outcome="accepted", reasons="Posadzimy.")
    ruling = Ruling.objects.get()

    assert press(desk(dariusz), ruling, "approve").status_code == 403
    press(desk(zofia), ruling, "approve")

    assert Ruling.objects.get().approver == zofia.subject


def test_chosen_voices_are_gathered_into_a_new_group(desk, document, dariusz):
    chosen = write_to(document, "Chcę drzew.", "Proszę o drzewa.")
    client, url = desk(dariusz), reverse("admin:consultations_voice_changelist")
    picked = {"action": "gather_chosen", "_selected_action": [voice.pk for voice in chosen]}

    asked = client.post(url, picked)
    untitled = client.post(url, {**picked, "gather": "1"})
    client.post(url, {**picked, "gather": "1", "title": "Drzewa"})

    assert "Czego dotyczą" in asked.content.decode() and untitled.status_code == 422
    assert VoiceGroup.objects.get().voices.count() == 2


def test_many_prepared_voices_are_released_by_the_second_person_at_once(desk, document, maria, olek):
    for voice in write_to(document, "Pierwszy.", "Drugi."):
        voices.redact(voice, public_text=voice.original, by=maria, moment=NOW())
    picked = {"action": "release_chosen", "_selected_action": list(Voice.objects.values_list("pk", flat=True))}

    desk(maria).post(reverse("admin:consultations_voice_changelist"), picked)
    assert not Voice.objects.published().exists()
    desk(olek).post(reverse("admin:consultations_voice_changelist"), picked)
    assert Voice.objects.published().count() == 2


def test_what_was_published_at_once_stands_in_the_moderators_list_until_it_is_read(desk, open_consultation, maria):
    """C26"""
    quick = make_document(open_consultation, code="szybkie", moderation=Moderation.AFTER)
    first, second = write_to(quick, "Więcej ławek.", "Mniej aut.")
    page, queue = desk(maria), reverse("admin:consultations_voice_changelist") + "?przeglad=po"
    before = page.get(queue).content.decode()

    press(page, first, "keep_published")
    page.post(queue, {"action": "keep_chosen", "_selected_action": [str(second.pk)]})

    assert "Więcej ławek." in before and "Mniej aut." in before and "do przejrzenia po publikacji" in before
    after = page.get(queue).content.decode()
    assert "Więcej ławek." not in after and "Mniej aut." not in after
    assert set(Voice.objects.values_list("status", "released_by")) == {(VoiceStatus.PUBLISHED, maria.subject)}


def test_like_voices_are_proposed_to_who_may_read_them(desk, document, maria, dariusz):
    write_to(document, "Proszę o ścieżkę rowerową wzdłuż Raduni.", "Poproszę ścieżkę rowerową wzdłuż Raduni.")
    url = reverse("admin:consultations_voicegroup_alike", args=[document.consultation_id])

    page = desk(maria).get(url).content.decode()

    assert page.count('name="voice"') == 2 and "Połącz w grupę" in page
    assert desk(dariusz).get(url).status_code == 403
    asked = desk(maria).post(url, {"voice": [str(pk) for pk in Voice.objects.values_list("pk", flat=True)]})
    assert "Czego dotyczą" in asked.content.decode()


def test_a_letter_by_post_is_keyed_at_the_desk_with_its_scan(desk, document, iga):
    """C21, C16"""
    typed = {
        "instrument": document.pk, "channel": "post", "received_on": timezone.localdate(), "registry_number": "RPW/5/2026", "name": "Ewa Obca",
        "points": "§ 2 ust. 1: Tablice są za duże.\n---\nW ogóle za dużo reklam.",
        "scan": SimpleUploadedFile("skan.pdf", pdf(), content_type="application/pdf"),
    }  # fmt: skip

    desk(iga).post(reverse("admin:consultations_remark_add"), typed)

    remark = Remark.objects.get()
    assert remark.keyed_by == iga.subject and remark.files.get().is_scan
    said = {voice.original: voice.paragraph and voice.paragraph.number for voice in remark.voices.all()}
    assert said == {"Tablice są za duże.": "§ 2 ust. 1", "W ogóle za dużo reklam.": None}


def test_a_refused_letter_loses_nothing_that_was_typed(desk, document, iga):
    typed = {
        "instrument": document.pk,
        "channel": "phone",
        "received_on": timezone.localdate(),
        "points": "Długo przepisywane słowa.",
    }

    answer = desk(iga).post(reverse("admin:consultations_remark_add"), typed).content.decode()

    assert "nie zbierają głosów tą drogą" in answer and "Długo przepisywane słowa." in answer
    assert not Remark.objects.exists()


def test_the_report_page_says_what_is_missing_and_the_queue_is_one_click_away(desk, dariusz, zofia):
    """C23, B12: one click, then everything it waits for in view."""
    document = make_document(cast.make_consultation())
    (voice,) = write_to(document, "Chcę drzew.")
    type(document.consultation).objects.update(closes_at=NOW(), status=ConsultationStatus.UNDER_ANALYSIS)
    client = desk(dariusz)

    client.post(reverse("admin:consultations_report_add"), {"consultation": document.consultation_id})
    report = Report.objects.get()
    page = client.get(url_of(report)).content.decode()
    queue = client.get(
        reverse("admin:consultations_voice_changelist") + f"?consultation__id__exact={document.consultation_id}&stanowisko=brak"
    ).content.decode()

    assert voice.mark in page and "Napisz stanowisko miasta." in page
    assert voice.mark in queue


def test_from_closing_to_a_draft_report_is_one_click(desk, dariusz, maria):
    """C22, B12"""
    consultation = make_document(cast.make_consultation()).consultation
    early = desk(dariusz).get(url_of(consultation)).content.decode()
    type(consultation).objects.update(closes_at=NOW(), status=ConsultationStatus.UNDER_ANALYSIS)
    consultation.refresh_from_db()
    client = desk(dariusz)
    page = client.get(url_of(consultation)).content.decode()

    press(client, consultation, "draft_report")
    press(client, consultation, "draft_report")
    press(desk(maria), consultation, "draft_report")

    report = Report.objects.get()
    assert "Przygotuj raport" not in early and "Przygotuj raport" in page
    assert (report.status, report.author) == (ReportStatus.DRAFT, dariusz.subject)
    assert "Przygotuj raport" not in client.get(url_of(consultation)).content.decode()


def test_the_whole_way_from_the_draft_to_the_published_report(desk, dariusz, zofia):
    """C22, C23, C25"""
    document = make_document(cast.make_consultation())
    write_to(document, "Chcę drzew.")
    type(document.consultation).objects.update(closes_at=NOW(), status=ConsultationStatus.UNDER_ANALYSIS)
    answer_all(document.consultation, author=dariusz, approver=zofia)
    writer, second = desk(dariusz), desk(zofia)

    writer.post(reverse("admin:consultations_report_add"), {"consultation": document.consultation_id})
    report = Report.objects.get()
    press(writer, report, "write", position="Posadzimy.", next_steps="W marcu.", method_note="")
    press(writer, report, "submit")
    report.refresh_from_db()
    preview = second.get(reverse("admin:consultations_report_preview", args=[report.pk])).content.decode()
    drawn = second.get(reverse("admin:consultations_report_preview_pdf", args=[report.pk]))
    press(second, report, "publish")

    assert "Posadzimy." in preview and "czeka na zatwierdzenie" in preview
    assert drawn.content.startswith(b"%PDF")
    assert Report.objects.get().status == ReportStatus.PUBLISHED


def test_a_document_is_read_from_a_pasted_text_while_a_draft(desk, dariusz, open_consultation):
    draft = make_document(cast.make_consultation(ConsultationStatus.DRAFT)).document
    announced = make_document(open_consultation).document
    client = desk(dariusz)
    content = "Uchwała\n§ 1. Zakres\nUchwała dotyczy reklam.\n§ 2 ust. 1 Przy ulicach nie stawia się tablic.\n§ 2 ust. 2\nSzyld jest jeden."

    press(client, draft, "paste", content=content)
    press(client, announced, "paste", content=content)

    assert list(draft.paragraphs.values_list("number", "heading", "text")) == [
        ("§ 1", "Zakres", "Uchwała dotyczy reklam."),
        ("§ 2 ust. 1", "", "Przy ulicach nie stawia się tablic."),
        ("§ 2 ust. 2", "", "Szyld jest jeden."),
    ]
    assert announced.paragraphs.count() == 3 and Paragraph.objects.filter(document=announced, heading="Szyldy").exists()


def test_a_text_without_units_gives_none():
    assert list(paragraphs_in("Zwykły tekst bez oznaczeń.")) == []


def test_who_approves_nothing_has_no_button_for_many(desk, document, maria, dariusz):
    (voice,) = write_to(document, "Chcę drzew.")
    rulings.rule(voice, outcome="accepted", reasons="Tak.", by=dariusz)

    page = desk(maria).get(reverse("admin:consultations_ruling_changelist")).content.decode()

    assert "approve_chosen" not in page


def test_iga_calls_for_what_a_letter_lacks_and_writes_down_that_it_came(desk, document, iga):
    """C19"""
    write_to(document, "Chcę drzew.")
    remark, today = Remark.objects.get(), timezone.localdate().isoformat()
    client = desk(iga)

    asked = press(client, remark, "ask_to_complete", defect="", complete_until=today)
    press(client, remark, "ask_to_complete", defect="brak podpisu", complete_until=today)
    remark.refresh_from_db()
    head = client.get(url_of(remark)).content.decode()
    press(client, remark, "complete", completed_on=today)

    assert asked.status_code == 422 or "To pole jest wymagane" in asked.content.decode()
    assert "do uzupełnienia" in head and "brak podpisu" in head
    assert Remark.objects.get().status == RemarkStatus.TAKEN
