"""A file sent with an answer of a survey: added, removed, named by the voice, tied to nobody."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from consultations import attachments, ballot_box
from consultations.models import Ballot, Consultation, SurveyDraft, VoiceFile
from office.models import StoredFile
from tests.consultations.test_surveys import fresh_limits, open_box, url  # noqa: F401  the limits of each test
from tests.office.samples import pdf, upload

pytestmark = pytest.mark.django_db
WITH_FILE = {
    "code": "plac", "title": "Ankieta o placu", "number": 1,
    "pages": [{"code": "plac", "title": "Plac", "questions": [
        {"code": "photo", "kind": "file", "label": "Dodaj zdjęcie miejsca", "is_required": False, "maximum": 2},
        {"code": "benches", "kind": "number", "label": "Ile ławek?", "minimum": 0, "maximum": 50},
    ]}],
}  # fmt: skip


def pdf_file(name):
    return upload(pdf(), name)


@pytest.fixture
def survey():
    return open_box(data=WITH_FILE)


def send_screen(client, survey, *uploads, **typed):
    return client.post(
        url("survey_page", survey, "plac"), {"benches": "4", **({"photo": list(uploads)} if uploads else {}), **typed}
    )


def send_all(client, survey):
    page = client.get(url("survey_review", survey)).content.decode()
    voice = re.search(r'name="voice" value="([^"]+)"', page)[1]
    return client.post(url("survey_review", survey), {"voice": voice})


def close_and_seal(survey):
    Consultation.objects.filter(pk=survey.consultation_id).update(closes_at=timezone.now())
    ballot_box.seal(survey, moment=timezone.now(), is_final=True)


def test_the_voice_names_the_file_by_its_hash(client, survey):
    send_screen(client, survey, pdf_file("plac.pdf"))
    assert send_all(client, survey).status_code == 302
    close_and_seal(survey)

    [entry] = Ballot.objects.get().answers["photo"]
    stored = VoiceFile.objects.get().file
    assert (entry["id"], entry["sha256"]) == (str(stored.pk), stored.sha256)


def test_a_file_belongs_to_no_account_and_to_no_moment(client, survey, anna, sign_in):
    sign_in(client, anna)

    send_screen(client, survey, pdf_file("plac.pdf"))

    stored = StoredFile.objects.get()
    moment = timezone.localtime(stored.created_at)
    assert stored.owner != anna.subject
    assert (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)


def test_a_file_that_can_not_be_taken_is_told_beside_its_question_and_nothing_typed_is_lost(client, survey):
    answer = send_screen(
        client, survey, SimpleUploadedFile("wirus.exe", b"MZ" + b"0" * 100, content_type="application/x-dosexec")
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "wirus.exe" in page and 'value="4"' in page
    assert not StoredFile.objects.exists()


def test_a_file_may_be_added_looked_at_and_taken_away(client, survey):
    page = send_screen(client, survey, pdf_file("plac.pdf"), go="stay").content.decode()
    stored = StoredFile.objects.get()

    after = client.post(url("survey_page", survey, "plac"), {"benches": "4", "detach": str(stored.pk)}).content.decode()

    assert "plac.pdf" in page and "Usuń" in page
    assert "plac.pdf" not in after
    assert not StoredFile.objects.exists()


def test_more_files_than_the_question_takes_are_refused(client, survey):
    page = send_screen(client, survey, *(pdf_file(f"{n}.pdf") for n in range(3))).content.decode()

    assert "najwyżej 2" in page.replace("\xa0", " ")
    assert not StoredFile.objects.exists()


def test_nobody_takes_away_a_file_of_another_draft(client, survey):
    send_screen(client, survey, pdf_file("plac.pdf"))
    stored = StoredFile.objects.get()
    Client().post(url("survey_page", survey, "plac"), {"benches": "1", "detach": str(stored.pk)})

    assert StoredFile.objects.filter(pk=stored.pk).exists()


def test_files_of_drafts_never_sent_go_after_the_last_sealing(client, survey):
    send_screen(client, survey, pdf_file("wyslany.pdf"))
    send_all(client, survey)
    send_screen(Client(), survey, pdf_file("porzucony.pdf"))
    close_and_seal(survey)
    SurveyDraft.objects.all().delete()

    assert attachments.remove_unsent() == 1
    assert [row.file.name for row in VoiceFile.objects.all()] == ["wyslany.pdf"]
