"""A queryset kept as SQL answers as the queryset itself would, every time anew."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from office.compiled import compiled, insert, rows_of
from office.models import AcceptedRequest, PersonalDataRead, RetentionPeriod, StatusChange

KINDS = ("draft", "upload")


@compiled
def periods(*, day: date):
    return RetentionPeriod.objects.valid_on(day).filter(kind__in=KINDS).order_by("days")


@pytest.fixture
def two_periods(db):
    RetentionPeriod.objects.filter(kind__in=KINDS).delete()
    for days, kind in enumerate(KINDS, start=1):
        RetentionPeriod.objects.create(kind=kind, days=days, valid_from=date(2026, days, 1), source="test")


def test_each_call_has_its_own_values(two_periods):
    assert [period.days for period in periods(day=date(2026, 1, 15))] == [1]
    assert [period.days for period in periods(day=date(2026, 2, 15))] == [1, 2]
    assert [period.days for period in periods(day=date(2025, 1, 1))] == []


def test_rows_are_never_kept(two_periods):
    before = [period.days for period in periods(day=date(2026, 2, 15))]

    RetentionPeriod.objects.filter(kind="draft").delete()

    assert before == [1, 2]
    assert [period.days for period in periods(day=date(2026, 2, 15))] == [2]


def test_a_thread_asks_on_its_own_connection(transactional_db):
    def backend(_number):
        try:
            list(periods(day=date(2026, 2, 15)))
            return connection.connection.info.backend_pid
        finally:
            connection.close()

    list(periods(day=date(2026, 2, 15)))
    here = connection.connection.info.backend_pid
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(backend, 1).result() != here


def test_the_server_keeps_the_statement_and_still_tells_new_rows(two_periods):
    def kept():
        with connection.cursor() as cursor:
            cursor.execute("select count(*) from pg_prepared_statements where statement like '%%office_retentionperiod%%'")
            return cursor.fetchone()[0]

    for _time in range(4):
        list(periods(day=date(2026, 2, 15)))
    RetentionPeriod.objects.filter(kind="upload").delete()

    assert kept() == 1
    assert [period.kind for period in periods(day=date(2026, 2, 15))] == ["draft"]


def test_moments_and_words_reach_the_statement(db):
    @compiled
    def moves(*, kind: str, before: datetime):
        return StatusChange.objects.filter(object_type=kind, at__lt=before)

    at = datetime(2026, 3, 1, tzinfo=UTC)
    moved = StatusChange.objects.create(
        object_type="a'b", object_id=uuid.uuid4(), from_status="a", to_status="b", side="s", at=at
    )

    assert list(moves(kind="a'b", before=datetime(2026, 6, 1, tzinfo=UTC))) == [moved]
    assert list(moves(kind="a'b", before=datetime(2025, 6, 1, tzinfo=UTC))) == []
    assert list(moves(kind="a", before=datetime(2026, 6, 1, tzinfo=UTC))) == []


def test_a_value_that_is_looked_at_is_refused(db):
    @compiled
    def looks(*, day: date, person: uuid.UUID):
        return RetentionPeriod.objects.filter(valid_from__year=day.year)

    with pytest.raises(TypeError, match="does not reach the SQL"):
        list(looks(day=date(2026, 1, 1), person=uuid.uuid4()))


def test_nothing_else_than_the_named_values_is_taken(db):
    with pytest.raises(KeyError):
        list(periods(moment=date(2026, 1, 1)))


def test_bytes_reach_the_statement_as_they_are(db):
    """A hash is asked for by its bytes, which Django wraps for the driver."""

    @compiled
    def asked(*, body_hash: bytes):
        return AcceptedRequest.objects.filter(body_hash=body_hash)

    row = AcceptedRequest.objects.create(key=uuid.uuid4(), actor=uuid.uuid4(), body_hash=b"\x00'a" * 8, at=datetime.now(UTC))

    assert list(asked(body_hash=b"\x00'a" * 8)) == [row]
    assert list(asked(body_hash=b"x" * 32)) == []


def test_rows_of_several_tables_are_stored_in_one_statement_or_not_at_all(db):
    key = uuid.uuid4()

    def rows():
        accepted = AcceptedRequest(key=key, actor=key, body_hash=b"x" * 32, at=datetime.now(UTC))
        return accepted, PersonalDataRead(reader=key, person=key, what="adres", purpose="próba", object_id=key)

    with CaptureQueriesContext(connection) as seen:
        insert(*rows())
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(*rows()[::-1])

    assert len(seen) == 1
    assert AcceptedRequest.objects.get() == rows()[0]
    assert [read.what for read in PersonalDataRead.objects.filter(reader=key)] == ["adres"]


def test_a_statement_of_our_own_takes_a_list_as_an_array(two_periods):
    asked = "select distinct days from office_retentionperiod where days = any(%s::int[]) order by days"

    assert rows_of(asked, [1, 2, 900_000]) == [(1,), (2,)]
    assert rows_of(asked, []) == []
