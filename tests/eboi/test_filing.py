"""A draft and its filing: one draft, nothing lost, one transaction, one receipt."""

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from eboi.actions import filing
from eboi.models import Attachment, IncomingLetter, Receipt, Submission, WasteRate
from eboi.removals import REMOVALS
from eboi.statuses import SubmissionStatus
from office import retention
from office.files import path_of
from office.idempotency import KeyReused
from office.models import AcceptedRequest, Message, RetentionPeriod, RetentionRun, StatusChange, StoredFile
from office.transitions import Refused
from residents.models import pesel_lookup
from tests.eboi.conftest import PESEL, pdf_upload
from tests.factories import LONG_AGO, SOURCE, TUESDAY, make_person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def submit(draft, by, *, key=None, moment=TUESDAY, revision=None):
    return filing.submit(
        draft, by=by, key=key or uuid.uuid4(), sign_in_method="hasło i kod z aplikacji", moment=moment,
        revision=draft.revision if revision is None else revision,
    )  # fmt: skip


def keep_drafts_for(days):
    RetentionPeriod.objects.filter(kind="draft").delete()
    RetentionPeriod.objects.create(kind="draft", days=days, valid_from=LONG_AGO, source=SOURCE)


# The draft


def test_the_draft_begun_before_is_offered_again(do_1, kowalska):
    first = filing.open_draft(kowalska, do_1, moment=TUESDAY)

    again = filing.open_draft(kowalska, do_1, moment=TUESDAY + DAY)

    assert again == first
    assert Submission.objects.count() == 1


def test_what_the_town_hall_knows_is_not_asked_twice(do_1, anna):
    person = make_person(anna, pesel=PESEL, pesel_lookup=pesel_lookup(PESEL), phone="+48600100200")

    draft = filing.open_draft(person, do_1, moment=TUESDAY)

    assert draft.answers == {"first-name": "Anna", "last-name": "Kowalska", "phone": "+48600100200", "pesel": PESEL}


def test_a_draft_older_than_its_period_is_thrown_away_and_begun_anew(do_1, kowalska, anna):
    """L22: 30 days are data of the town, not a constant"""
    keep_drafts_for(30)
    old = filing.open_draft(kowalska, do_1, moment=TUESDAY)
    filing.save_answers(old, {"reason": "first"}, revision=old.revision, by=anna)
    Submission.objects.filter(pk=old.pk).update(saved_at=TUESDAY)

    assert filing.open_draft(kowalska, do_1, moment=TUESDAY + 30 * DAY) == old
    new = filing.open_draft(kowalska, do_1, moment=TUESDAY + 31 * DAY)

    assert new != old
    assert "reason" not in new.answers
    assert not Submission.objects.filter(pk=old.pk).exists()


def test_the_night_removes_drafts_whose_time_is_over_and_no_filing(filled, anna, do_1, kowalska):
    """L22"""
    keep_drafts_for(10)
    submit(filled, anna)
    old = filing.open_draft(kowalska, do_1, moment=TUESDAY)
    filing.attach(old, "attachments", pdf_upload(), by=anna)
    Submission.objects.filter(pk=old.pk).update(saved_at=TUESDAY)

    retention.run(REMOVALS, moment=TUESDAY + 11 * DAY)

    assert [one.status for one in Submission.objects.all()] == [SubmissionStatus.SUBMITTED]
    assert StoredFile.objects.count() == 0
    assert RetentionRun.objects.get().removed == 1


def test_a_matter_no_longer_offered_starts_nothing(do_1, kowalska):
    do_1.is_offered = False

    with pytest.raises(Refused, match="Złóż ją na papierze"):
        filing.open_draft(kowalska, do_1, moment=TUESDAY)


def test_a_stale_device_overwrites_nothing(filled, anna):
    phone = Submission.objects.get(pk=filled.pk)
    filing.save_answers(filled, {**filled.answers, "residents-count": 4}, revision=filled.revision, by=anna)

    with pytest.raises(filing.StaleDraft, match="innym urządzeniu"):
        filing.save_answers(phone, {**phone.answers, "residents-count": 5}, revision=phone.revision, by=anna)

    assert Submission.objects.get(pk=filled.pk).answers["residents-count"] == 4


def test_bartek_can_not_touch_annas_draft(filled, bartek):
    for verb in (
        lambda: filing.save_answers(filled, {}, revision=filled.revision, by=bartek),
        lambda: filing.attach(filled, "attachments", pdf_upload(), by=bartek),
        lambda: filing.discard_draft(filled, by=bartek),
        lambda: submit(filled, bartek),
    ):
        with pytest.raises(Refused, match="nie jest Twoje"):
            verb()
    assert Submission.objects.get().status == SubmissionStatus.DRAFT


def test_answers_are_sealed_in_the_database(filled):
    """S54"""
    with connection.cursor() as cursor:
        cursor.execute("select answers from eboi_submission")
        assert PESEL.encode() not in bytes(cursor.fetchone()[0])


# Files


def test_an_attached_file_is_named_in_the_answers_with_its_hash(filled, anna):
    attachment = filing.attach(filled, "attachments", pdf_upload("umowa najmu.pdf"), by=anna)

    entry = filled.answers["attachments"][0]
    assert entry["name"] == "umowa najmu.pdf"
    assert (entry["id"], entry["sha256"]) == (str(attachment.file_id), attachment.file.sha256)
    assert filled.answers["residents-count"] == 3


def test_a_detached_file_is_gone_from_answers_rows_and_disk(filled, anna, django_capture_on_commit_callbacks):
    attachment = filing.attach(filled, "attachments", pdf_upload(), by=anna)
    path = path_of(attachment.file)

    with django_capture_on_commit_callbacks(execute=True):
        filing.detach(attachment, by=anna)

    assert "attachments" not in Submission.objects.get(pk=filled.pk).answers
    assert (Attachment.objects.count(), StoredFile.objects.count(), path.exists()) == (0, 0, False)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("umowa.pdf", b"MZ\x90\x00 not a pdf", "application/pdf"),  # S47: a polyglot by name
        ("umowa.exe", b"MZ\x90\x00", "application/octet-stream"),
        ("umowa.pdf", b"", "application/pdf"),
    ],
)
def test_a_refused_file_leaves_the_draft_as_it_was(filled, anna, name, content, media_type):
    with pytest.raises(ValidationError), transaction.atomic():
        filing.attach(filled, "attachments", SimpleUploadedFile(name, content, media_type), by=anna)

    stored = Submission.objects.get(pk=filled.pk)
    assert (stored.revision, stored.attachments.count(), "attachments" in stored.answers) == (filled.revision, 0, False)


# Filing


def test_filing_writes_everything_at_once(filled, anna):
    """L2 L3 L9 D1"""
    filing.attach(filled, "attachments", pdf_upload(), by=anna)
    key = uuid.uuid4()

    receipt = submit(filled, anna, key=key)

    filed = Submission.objects.get(pk=filled.pk)
    letter = IncomingLetter.objects.get()
    assert (filed.status, filed.received_at, filed.identity_level) == (SubmissionStatus.SUBMITTED, TUESDAY, "declared")
    assert (letter.rpw, letter.channel, letter.submission, letter.attachments_count) == ("RPW/1/2026", "portal", filed, 1)
    assert (letter.sender_name, letter.received_at, letter.registered_by) == ("Anna Kowalska", TUESDAY, None)
    assert receipt == Receipt.objects.get(submission=filed)
    assert [(change.from_status, change.to_status) for change in StatusChange.objects.all()] == [("draft", "submitted")]
    assert [(message.event, message.address) for message in Message.objects.all()] == [("eboi/received", anna.email)]
    assert AcceptedRequest.objects.get().key == key


def test_the_letter_out_carries_a_link_and_no_content(filled, anna):
    """S42 L23"""
    submit(filled, anna)

    letter = Message.objects.get()
    assert f"/eboi/zgloszenie/{filled.pk}/" in letter.text
    for secret in (PESEL, "Kowalska", "RPW", "Batorego"):
        assert secret not in letter.subject + letter.text + letter.html


def test_the_fee_is_frozen_with_the_rate_of_that_day(filled, anna):
    submit(filled, anna)
    WasteRate.objects.update(grosze=9900)

    fee = Submission.objects.get().computed["fee"]
    assert fee["value"]["grosze"] == 9300
    assert fee["text"].startswith("93,00")


def test_an_answer_to_a_question_that_is_not_asked_is_not_filed(filled, anna):
    draft = filing.save_answers(filled, {**filled.answers, "nip": "5930206827", "unknown": 1}, revision=filled.revision, by=anna)

    submit(draft, anna)

    assert not {"nip", "unknown"} & set(Submission.objects.get().answers)


def test_an_incomplete_form_is_refused_and_nothing_is_numbered(filled, anna):
    """S23: sending straight away skips no check"""
    without = {code: value for code, value in filled.answers.items() if code != "truth"}
    draft = filing.save_answers(filled, without, revision=filled.revision, by=anna)

    with pytest.raises(filing.Incomplete) as refused, transaction.atomic():
        submit(draft, anna)

    assert list(refused.value.errors) == ["truth"]
    assert (IncomingLetter.objects.count(), Receipt.objects.count(), AcceptedRequest.objects.count()) == (0, 0, 0)


def test_the_same_key_again_gives_the_same_receipt(filled, anna):
    """D2 F2"""
    key, revision = uuid.uuid4(), filled.revision

    first = submit(filled, anna, key=key, revision=revision)
    again = submit(filled, anna, key=key, revision=revision)

    assert again == first
    assert IncomingLetter.objects.count() == Message.objects.count() == 1


def test_the_same_key_for_other_content_is_refused(filled, anna):
    """D2"""
    key = uuid.uuid4()
    submit(filled, anna, key=key)

    with pytest.raises(KeyReused), transaction.atomic():
        submit(filled, anna, key=key, revision=filled.revision + 1)


def test_a_second_key_files_nothing_more(filled, anna):
    submit(filled, anna)

    with pytest.raises(filing.AlreadyFiled), transaction.atomic():
        submit(filled, anna)
    assert Receipt.objects.count() == 1


def test_answers_changed_after_the_check_are_not_sent_unseen(filled, anna):
    seen = filled.revision
    filing.save_answers(filled, {**filled.answers, "residents-count": 9}, revision=seen, by=anna)

    with pytest.raises(filing.StaleDraft), transaction.atomic():
        submit(filled, anna, revision=seen)
    assert Receipt.objects.count() == 0


def test_the_twenty_first_filing_within_an_hour_has_to_wait(filled, anna, monkeypatch):
    """S46"""
    monkeypatch.setattr(filing, "AN_HOUR", 0)

    with pytest.raises(Refused, match="Spróbuj później"), transaction.atomic():
        submit(filled, anna)


def test_what_was_filed_never_changes(filled, anna):
    submit(filled, anna)

    with pytest.raises(filing.AlreadyFiled), transaction.atomic():
        filing.save_answers(filled, {}, revision=filled.revision, by=anna)
    with pytest.raises(filing.AlreadyFiled), transaction.atomic():
        filing.discard_draft(filled, by=anna)


def test_a_new_draft_may_be_begun_after_filing(filled, anna, do_1, kowalska):
    submit(filled, anna)

    assert filing.open_draft(kowalska, do_1, moment=TUESDAY).pk != filled.pk


@pytest.mark.django_db(transaction=True)
def test_one_key_pressed_fifty_times_at_once_files_once(filled, anna):
    """F2 D2"""
    key, revision, receipts, faults = uuid.uuid4(), filled.revision, [], []
    barrier = threading.Barrier(10)

    def press():
        barrier.wait()
        try:
            for _press in range(5):
                receipts.append(submit(Submission.objects.get(pk=filled.pk), anna, key=key, revision=revision).pk)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _thread in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert (len(receipts), len(set(receipts))) == (50, 1)
    assert (IncomingLetter.objects.count(), Receipt.objects.count(), Message.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_key_the_same_race_does_not_give_everyone_the_receipt(filled, anna, monkeypatch):
    """F2: red without its guards, so the test above proves something"""
    monkeypatch.setattr(filing.idempotency, "replay", lambda key, *, by, body, reply: None)
    outcomes, barrier = [], threading.Barrier(5)

    def press():
        barrier.wait()
        try:
            outcomes.append(submit(Submission.objects.get(pk=filled.pk), anna, revision=filled.revision).pk)
        except Exception as fault:
            outcomes.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _thread in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert any(isinstance(outcome, filing.AlreadyFiled) for outcome in outcomes)


def test_a_company_is_named_as_the_one_on_whose_behalf(do_1, kowalska, anna, answers):
    company = {
        "payer": "company",
        "company-name": "Młyn nad Radunią sp. z o.o.",
        "nip": "5930206827",
        "representative": "Anna Kowalska",
    }
    draft = filing.open_draft(kowalska, do_1, moment=TUESDAY)
    draft = filing.save_answers(draft, {**answers, **company}, revision=draft.revision, by=anna)

    receipt = submit(draft, anna)

    assert receipt.body["on_behalf_of"] == "Młyn nad Radunią sp. z o.o."


def test_the_register_counts_from_the_day_of_arrival_in_warsaw(filled, anna):
    submit(filled, anna)

    assert IncomingLetter.objects.get().letter_on == date(2026, 11, 24)
