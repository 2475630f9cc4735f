"""The database is told once a transaction who changes what, and again whenever it has forgotten."""

import contextlib

import pghistory
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from office.history_context import _TellOnce

EVENTS = User.pgh_event_model.objects


@pytest.fixture
def told():
    """How often the database was told, while the context of a request is open."""
    with pghistory.context(user=7, url="/x/"), connection.execute_wrapper(_TellOnce()), CaptureQueriesContext(connection) as seen:
        yield lambda: sum("set_config" in one["sql"] for one in seen.captured_queries)


def rename(account, name):
    User.objects.filter(pk=account.pk).update(name=name)


def contexts():
    return [
        event.pgh_context and event.pgh_context.metadata["user"] for event in EVENTS.filter(pgh_label="update").order_by("pk")
    ]


@pytest.mark.django_db(transaction=True)
def test_changes_of_one_transaction_are_told_of_once(anna, told):
    with transaction.atomic():
        rename(anna, "A")
        rename(anna, "B")

    assert contexts() == [7, 7]
    assert told() == 1
    assert len(set(EVENTS.filter(pgh_label="update").values_list("pgh_context", flat=True))) == 1


@pytest.mark.django_db(transaction=True)
def test_each_transaction_is_told_anew(anna, told):
    for name in "AB":
        with transaction.atomic():
            rename(anna, name)
    rename(anna, "C")

    assert contexts() == [7, 7, 7]
    assert told() == 3


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("ending", [ZeroDivisionError, None])
def test_a_savepoint_that_was_given_up_took_the_telling_with_it(anna, told, ending):
    with transaction.atomic():
        with contextlib.suppress(ZeroDivisionError), transaction.atomic():
            rename(anna, "A")
            if ending:
                raise ending
        rename(anna, "B")

    assert contexts() == ([7] if ending else [7, 7])
    assert told() == (2 if ending else 1)


@pytest.mark.django_db(transaction=True)
def test_what_is_learnt_of_the_request_later_is_told_too(anna, told):
    with transaction.atomic():
        rename(anna, "A")
        pghistory.context(user=8)
        rename(anna, "B")

    assert contexts() == [8, 8]
    assert told() == 2
