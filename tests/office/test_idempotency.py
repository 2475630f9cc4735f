"""The same form sent twice is done once (D1, D2, F2)."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from office.idempotency import KeyReused, remember, replay
from office.models import AcceptedRequest
from office.numbering import next_number

KEY = uuid.UUID("8d5f1c1e-6b1c-4b0e-9c7e-000000000001")


def submit(by, body=None, key=KEY):
    """What a room does with a form: take a number once, and give the same receipt to whoever sends the same again."""
    body = body or {"fee": 5}
    with transaction.atomic():
        if reply := replay(key, by=by, body=body):
            return reply
        reply = {"number": next_number("RPW", 2026)}
        remember(key, by=by, body=body, reply=reply)
        return reply


@pytest.mark.django_db(transaction=True)
def test_same_key_and_body_get_the_same_receipt(anna):
    """D2"""
    assert submit(anna) == submit(anna) == {"number": 1}


@pytest.mark.django_db(transaction=True)
def test_same_key_with_another_body_is_refused(anna):
    """D2"""
    submit(anna)

    with pytest.raises(KeyReused):
        submit(anna, body={"fee": 6})


@pytest.mark.django_db(transaction=True)
def test_key_of_one_person_opens_nothing_for_another(anna, bartek):
    submit(anna)

    with pytest.raises(KeyReused):
        submit(bartek)


@pytest.mark.django_db(transaction=True)
def test_key_is_free_again_after_a_rollback(anna):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        replay(KEY, by=anna, body={"fee": 5})
        raise ZeroDivisionError

    assert submit(anna, body={"fee": 6}) == {"number": 1}


@pytest.mark.django_db(transaction=True)
def test_form_shown_again_with_errors_keeps_its_key(anna):
    with transaction.atomic():
        assert replay(KEY, by=anna, body={"fee": ""}) is None

    assert submit(anna, body={"fee": 5}) == {"number": 1}


@pytest.mark.django_db(transaction=True)
def test_key_outside_a_transaction_is_a_mistake(anna):
    with pytest.raises(RuntimeError):
        replay(KEY, by=anna, body={})


def race(work, number=50):
    start, answers = threading.Barrier(number), []

    def run():
        try:
            start.wait()
            answers.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.django_db(transaction=True)
def test_fifty_clicks_at_once_are_one_case_and_fifty_equal_receipts(anna):
    """F2"""
    answers = race(lambda: submit(anna))

    assert answers == [{"number": 1}] * 50
    assert AcceptedRequest.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_key_fifty_clicks_are_fifty_cases(anna):
    """Control of the test above."""

    def careless():
        with transaction.atomic():
            return next_number("RPW", 2026)

    assert sorted(race(careless)) == list(range(1, 51))
