"""A letter is written with the change it tells of, and only with it."""

import socket
import time

import pytest
from django.db import connection, transaction

from office import bell, outbox
from office.models import Channel, Message, MessageState, StoredFile
from office.outbox import BadMessage, post

pytestmark = pytest.mark.usefixtures("letters")


def write(to="anna@example.com", number="RPW/1/2026", name="Anna", **kwargs):
    return post(event="office/hello", to=to, context={"number": number, "name": name}, **kwargs)


@pytest.mark.django_db
def test_letter_waits_in_the_register_with_its_texts(anna):
    file = StoredFile.objects.create(name="a.pdf", media_type="application/pdf", size=1, sha256="0" * 64)

    message = write(name="O'Neil & spółka <b>", recipient=anna.subject, about=file)

    message.refresh_from_db()
    assert message.state == MessageState.QUEUED
    assert message.subject == "Sprawa RPW/1/2026"
    assert message.text == "Dzień dobry, O'Neil & spółka <b>. Sprawa RPW/1/2026 czeka: https://portal.example/sprawa"
    assert "O&#x27;Neil &amp; spółka &lt;b&gt;" in message.html
    assert '<a href="https://portal.example/sprawa"' in message.html
    assert (message.recipient, message.about_type, message.about_id) == (anna.subject, "office.storedfile", file.pk)
    assert list(Message.objects.about(file)) == [message]


@pytest.mark.django_db
def test_sms_takes_its_own_shorter_text():
    message = write(to="+48600100200", channel=Channel.SMS)

    assert (message.subject, message.text, message.html) == ("", "Sprawa RPW/1/2026 czeka.", "")


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["1\nBcc: ewa@example.com", "1\r\nBcc: ewa@example.com", "1\u2028x", "1\x00"])
def test_line_break_in_the_subject_is_refused(number):
    """S42"""
    with pytest.raises(BadMessage):
        write(number=number)

    assert Message.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "channel"),
    [
        ("anna@example.com\nBcc: ewa@example.com", Channel.EMAIL),
        ("anna@example.com, ewa@example.com", Channel.EMAIL),
        ("Anna <anna@example.com>", Channel.EMAIL),
        ("600100200", Channel.SMS),
        ("+48600100200\n", Channel.SMS),
    ],
)
def test_address_that_is_not_one_address_is_refused(to, channel):
    """S42"""
    with pytest.raises(BadMessage):
        write(to=to, channel=channel)


@pytest.mark.django_db(transaction=True)
def test_letter_outside_a_transaction_is_refused():
    """D1"""
    with pytest.raises(BadMessage):
        write()


@pytest.mark.django_db(transaction=True)
def test_rollback_takes_the_letter_with_it():
    """D1"""
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write()
        raise ZeroDivisionError

    assert Message.objects.count() == 0


@pytest.mark.django_db
def test_many_letters_of_one_transaction_ring_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as rings:
        for _ in range(5):
            write()

    assert [ring.rings for ring in rings] == [(outbox.RELAY, ())]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["refuses", "is silent"])
def test_dead_redis_slows_one_request_by_less_than_a_second_and_the_next_ones_by_nothing(settings, broker):
    """D4, S65"""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        if broker == "is silent":
            listener.listen(1)
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        bell._silent_until = 0.0

        seconds = []
        for _ in range(2):
            start = time.monotonic()
            with transaction.atomic():
                write()
            seconds.append(time.monotonic() - start)
        bell._silent_until = 0.0

    assert seconds[0] < 1.0
    assert seconds[1] < 0.2
    assert Message.objects.count() == 2
    assert connection.is_usable()
