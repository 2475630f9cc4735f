"""Kept as long as a period says, and not without one (L22)."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from office import files, retention
from office.files import store
from office.models import AcceptedRequest, RetentionPeriod, RetentionRun, StoredFile
from tests.office import samples

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_first_periods():
    RetentionPeriod.objects.all().delete()


def period(kind="request_key", days=30, valid_from=date(2026, 1, 1), **fields):
    return RetentionPeriod.objects.create(kind=kind, days=days, valid_from=valid_from, source="zarządzenie 1/2026", **fields)


def keys(*ages):
    for age in ages:
        AcceptedRequest.objects.create(key=uuid.uuid4(), actor=uuid.uuid4(), body_hash=b"", reply={})
        AcceptedRequest.objects.filter(pk=AcceptedRequest.objects.order_by("-at").first().pk).update(at=NOW - timedelta(days=age))


def left():
    return sorted((NOW - at).days for at in AcceptedRequest.objects.values_list("at", flat=True))


def test_only_what_is_older_than_its_period_goes_and_a_protocol_stays():
    """L22"""
    rule = period()
    keys(29, 31, 400)

    (protocol,) = retention.run(retention.REMOVALS, moment=NOW)

    assert left() == [29]
    assert (protocol.kind, protocol.period, protocol.removed) == ("request_key", rule, 2)
    assert protocol.older_than == NOW - timedelta(days=30)
    assert retention.run(retention.REMOVALS, moment=NOW) == []
    assert RetentionRun.objects.count() == 1


@pytest.mark.parametrize("fields", [{"valid_to": date(2026, 5, 31)}, {"valid_from": date(2026, 6, 2)}, {"kind": "draft"}])
def test_without_a_period_in_force_nothing_is_removed(fields):
    """L22"""
    period(**fields)
    keys(400)

    assert retention.run(retention.REMOVALS, moment=NOW) == []
    assert left() == [400]


def test_later_period_holds():
    period(days=10)
    period(days=100, valid_from=date(2026, 5, 1))
    keys(50)

    retention.run(retention.REMOVALS, moment=NOW)

    assert left() == [50]


def test_abandoned_upload_goes_with_its_file_and_a_filed_one_stays(anna, settings, tmp_path, django_capture_on_commit_callbacks):
    """L22"""
    settings.PRIVATE_FILES_DIR = tmp_path
    period("upload", days=1)
    old, young = (store(samples.upload(samples.pdf()), owner=anna) for _ in range(2))
    StoredFile.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(hours=25))

    with django_capture_on_commit_callbacks(execute=True):
        retention.run(retention.REMOVALS, moment=timezone.now())

    assert list(StoredFile.objects.all()) == [young]
    assert not files.path_of(old).exists()
    assert files.path_of(young).exists()
