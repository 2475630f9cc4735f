"""A letter is written with the change it tells of, and only with it."""

import os
import select
import signal
import socket
import threading
import time
import uuid

import pytest
from django.db import connection, connections, transaction

from office import bell, outbox
from office.models import Channel, Message, MessageState, StoredFile
from office.outbox import BadMessage, post

pytestmark = pytest.mark.usefixtures("letters")


def write(to="anna@example.com", number="RPW/1/2026", name="Anna", **kwargs):
    return post(event="office/hello", to=to, context={"number": number, "name": name}, **kwargs)


def until(condition, seconds=10):
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


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
def test_letters_that_differ_in_an_id_alone_say_what_they_would_say_drawn_one_by_one():
    """Letters of visits are drawn once a process; neither an id nor an address of one reaches another."""
    ids = [uuid.uuid4() for _ in range(3)]
    with transaction.atomic():
        pairs = [[closed(this, differ_in) for differ_in in (None, this)] for this in ids]

    for alone, together in pairs:
        assert (together.subject, together.text, together.html) == (alone.subject, alone.text, alone.html)
    for this, (_alone, together) in zip(ids, pairs, strict=True):
        assert [str(other) in together.html for other in ids] == [other == this for other in ids]


def closed(this, differ_in):
    return post(event="pszok/closed", to="anna@example.com", context={"path": f"/gpszok/wizyty/{this}/"}, differ_in=differ_in)


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
def test_rings_asked_for_while_the_bell_rings_are_one(monkeypatch):
    rung, is_ringing, go_on = [], threading.Event(), threading.Event()

    def slow(task, args):
        rung.append((task, args))
        is_ringing.set()
        go_on.wait(10)

    monkeypatch.setattr(bell, "_publish", slow)
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    for number in range(6):
        with transaction.atomic():
            bell.ring_on_commit("task", "1" if number else "0")
        is_ringing.wait(10)
    go_on.set()

    assert until(lambda: len(rung) == 2)
    time.sleep(3 * bell.BREATH)
    assert rung == [("task", ("0",)), ("task", ("1",))]


@pytest.mark.django_db(transaction=True)
def test_what_was_asked_for_is_rung_for_by_a_child_process_too():
    """A web worker is a fork: the thread that rings has to begin anew in it."""
    with transaction.atomic():
        bell.ring_on_commit("task.before")
    assert until(lambda: bell._ringer._thread is not None)
    connections.close_all()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        bell.ring = lambda task, *args: os.write(writer, task.encode())
        bell._ringer.ask(("task.after", ()))
        time.sleep(5)
        os._exit(0)
    try:
        assert select.select([reader], [], [], 5)[0]
        assert os.read(reader, 100) == b"task.after"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broker", ["refuses", "is silent"])
def test_dead_redis_slows_no_request_and_is_left_alone_for_a_while(settings, broker):
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
        until(lambda: bell._silent_until)
        start = time.monotonic()
        was_rung = bell.ring(outbox.RELAY)
        seconds.append(time.monotonic() - start)
        is_silent, bell._silent_until = bell._silent_until > time.monotonic(), 0.0

    assert max(seconds) < 0.2
    assert is_silent
    assert not was_rung
    assert Message.objects.count() == 2
    assert connection.is_usable()
