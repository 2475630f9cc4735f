"""What the roof removes at night, and what it must leave (L22)."""

from datetime import UTC, datetime, timedelta

import pytest

from eboi.actions import filing
from eboi.models import Submission
from eboi.removals import drafts_older_than
from office.models import RetentionPeriod, RetentionRun, StoredFile
from pruszcz_portal import tasks
from tests.eboi.conftest import pdf_upload

pytestmark = pytest.mark.django_db


def test_last_day_of_a_draft_is_whole(filled):
    """L22"""
    Submission.objects.filter(pk=filled.pk).update(saved_at=datetime(2026, 5, 1, 22, 30, tzinfo=UTC))  # the 2nd in Warsaw

    assert not drafts_older_than(datetime(2026, 5, 2, 21, 59, tzinfo=UTC)).exists()
    assert drafts_older_than(datetime(2026, 5, 2, 22, 1, tzinfo=UTC)).exists()


def test_old_draft_goes_at_night_with_its_files_and_a_protocol(filled, anna):
    """L22"""
    filing.attach(filled, "attachments", pdf_upload(), by=anna)
    days = RetentionPeriod.objects.get(kind="draft").days
    Submission.objects.filter(pk=filled.pk).update(saved_at=datetime.now(UTC) - timedelta(days=days + 2))

    tasks.remove_old()

    assert not Submission.objects.exists()
    assert not StoredFile.objects.exists()
    assert [(run.kind, run.removed) for run in RetentionRun.objects.all()] == [("draft", 1)]
