"""What is stuck is mended or named (F22)."""

import os
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from office import files, repair
from office.files import store_own
from office.models import MailboxItem, Message, MessageState, StoredFile
from tests.office import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_FILES_DIR = tmp_path


def letters(number, state, **fields):
    long_ago = timezone.now() - timedelta(minutes=5)
    fields = {"channel": "sms", "address": "+48600100200", "event": "x/y", "text": "x", "next_attempt_at": long_ago, **fields}
    Message.objects.bulk_create(Message(state=state, **fields) for _ in range(number))


def waiting_file(anna, **fields):
    stored = store_own(samples.pdf(), name="a.pdf", owner=anna)
    fields = {"scan_state": "pending", "scanned_at": None, **fields}
    StoredFile.objects.filter(pk=stored.pk).update(created_at=timezone.now() - timedelta(minutes=5), **fields)
    return stored


def orphan():
    path = files.settings.PRIVATE_FILES_DIR / "ab" / ("ab" * 16)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - 50 * 3600,) * 2)


def found():
    return {finding.kind: (finding.count, finding.is_stuck) for finding in repair.findings(moment=timezone.now())}


def test_all_well_says_nothing(capsys):
    call_command("repair", "--check")

    assert capsys.readouterr().out == ""


def test_everything_stuck_is_named_and_the_check_fails(anna, capsys):
    """F22"""
    letters(7, MessageState.QUEUED)
    letters(6, MessageState.SENDING)
    letters(1, MessageState.DEAD)
    waiting_file(anna)
    waiting_file(anna, scan_state="failed", scan_attempts=20)
    files.path_of(waiting_file(anna, scan_state="clean")).unlink()
    orphan()

    with pytest.raises(CommandError):
        call_command("repair", "--check")

    assert found() == {
        "messages overdue": (13, True),
        "files waiting for their scan": (1, True),
        "files that the scanner fails on": (1, True),
        "rows without their file": (1, True),
        "files without a row": (1, True),
        "messages that could not be delivered": (1, False),
    }
    assert "STUCK: messages overdue: 13 (" in capsys.readouterr().out


def test_hundred_stuck_things_of_each_kind_are_mended_within_a_minute(anna):
    """F22"""
    letters(100, MessageState.QUEUED)
    letters(100, MessageState.SENDING, attempts=1)
    letters(100, MessageState.FAILED, attempts=2)
    for _ in range(100):
        waiting_file(anna)
    orphan()
    start = time.monotonic()

    call_command("repair")

    assert time.monotonic() - start < 60
    assert found() == {}
    assert MailboxItem.objects.count() == 300
    assert StoredFile.objects.filter(scan_state="clean").count() == 100


def test_letter_that_waits_for_its_next_try_is_not_stuck():
    letters(1, MessageState.FAILED, next_attempt_at=timezone.now() + timedelta(hours=1))

    assert found() == {}
