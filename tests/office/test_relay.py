"""The postman: each letter once, and again only when it must be (D3, F14)."""

import socket
import threading
import uuid
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from office import relay
from office.channels import Email
from office.models import Channel, MailboxItem, Message, MessageState

STATE = MessageState


def queue(number=1, **fields):
    fields = {"channel": Channel.EMAIL, "address": "anna@example.com", "subject": "Sprawa", "text": "Czeka.", **fields}
    fields.setdefault("next_attempt_at", timezone.now())
    return [Message.objects.create(event="office/hello", **fields) for _ in range(number)]


def only():
    return Message.objects.get()


@pytest.mark.django_db
def test_letter_is_delivered_under_its_own_id(smtp):
    """D3"""
    (message,) = queue(html="<p>Czeka.</p>", subject="Żółć i jaźń")

    assert relay.drain() == 1

    (letter,) = smtp.letters
    assert letter["Message-ID"] == f"<{message.id}@pruszcz.example>"
    assert letter["To"] == "anna@example.com"
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    message.refresh_from_db()
    assert (message.state, message.attempts, message.lease, message.error) == (STATE.SENT, 1, None, "")


@pytest.mark.django_db
def test_busy_server_means_later(smtp):
    """F14"""
    smtp.script = ["451 try later", "250 OK"]
    queue()

    relay.drain()

    message = only()
    assert (message.state, message.error) == (STATE.FAILED, "451 try later")
    assert timedelta(seconds=50) < message.next_attempt_at - timezone.now() <= timedelta(minutes=1)
    assert relay.drain() == 0
    Message.objects.update(next_attempt_at=timezone.now())
    relay.drain()
    assert only().state == STATE.SENT
    assert len(smtp.letters) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_final_refusal_is_not_repeated_and_names_no_address(smtp, where):
    """F14"""
    if where == "rcpt":
        smtp.rcpt = "550 no such user <anna@example.com>"
    else:
        smtp.script = ["550 no such user <anna@example.com>"]
    queue()

    relay.drain()

    assert (only().state, only().error) == (STATE.DEAD, "550 no such user <<...>>")
    assert smtp.letters == []


@pytest.mark.django_db
@pytest.mark.parametrize("says", ["421 closing the channel", "450 mailbox busy", "452 no space"])
@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_every_answer_that_is_not_final_means_later(smtp, where, says):
    """F14: asked again after its time, and the letter is one."""
    if where == "rcpt":
        smtp.rcpt = says
    else:
        smtp.script = [says, "250 OK"]
    queue()

    relay.drain()
    assert (only().state, smtp.letters) == (STATE.FAILED, [])
    smtp.rcpt = "250 OK"
    Message.objects.update(next_attempt_at=timezone.now())
    relay.drain()

    assert only().state == STATE.SENT and len(smtp.letters) == 1


@pytest.mark.django_db
def test_no_server_at_all_means_later(smtp, settings):
    """F14: the connection is refused."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        settings.EMAIL_PORT = closed.getsockname()[1]
    queue()

    relay.drain()

    assert (only().state, only().error) == (STATE.FAILED, "ConnectionRefusedError")


@pytest.mark.django_db
def test_hanging_server_means_later(smtp):
    """F14"""
    smtp.script = ["hang"]
    queue()

    relay.drain()

    assert only().state == STATE.FAILED
    assert only().error in {"TimeoutError", "SMTPServerDisconnected"}


@pytest.mark.django_db
def test_server_that_hangs_up_after_the_letter_gets_it_again_under_the_same_id(smtp):
    """F14"""
    smtp.script = ["drop", "250 OK"]
    queue()

    relay.drain()
    assert only().state == STATE.FAILED
    Message.objects.update(next_attempt_at=timezone.now())
    relay.drain()

    assert only().state == STATE.SENT
    assert len(smtp.letters) == 2
    assert len({letter["Message-ID"] for letter in smtp.letters}) == 1


@pytest.mark.django_db
def test_refused_sign_in_to_the_server_kills_no_letter(smtp, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "portal", "wrong"
    queue()

    relay.drain()

    assert only().state == STATE.FAILED


@pytest.mark.django_db
def test_one_bad_letter_does_not_hold_the_others(smtp):
    queue(address="bez-małpy")
    queue(2)

    relay.drain()

    assert len(smtp.letters) == 2
    assert Message.objects.filter(state=STATE.SENT).count() == 2


@pytest.mark.django_db
def test_delays_grow_and_end(smtp):
    smtp.script = ["451 no"]
    queue()
    moment, waits = timezone.now(), []

    while only().state != STATE.DEAD:
        Message.objects.update(next_attempt_at=timezone.now())
        relay.drain()
        waits.append(only().next_attempt_at - timezone.now())

    assert only().attempts == relay.ATTEMPTS == 9
    assert waits[:-1] == sorted(waits[:-1])
    assert timezone.now() - moment < timedelta(seconds=30)


@pytest.mark.django_db
def test_letter_of_a_dead_relay_is_taken_by_the_next_one_after_its_lease(smtp):
    """D3, F22"""
    queue()
    now = timezone.now()
    relay.claim(now)

    assert relay.claim(now + relay.LEASE - timedelta(seconds=1)) is None
    again = relay.claim(now + relay.LEASE)

    assert (again.attempts, again.state) == (2, STATE.SENDING)


@pytest.mark.django_db
def test_slower_twin_writes_nothing_after_its_lease_was_taken(smtp):
    """D3"""
    queue()
    slow = relay.claim(timezone.now())
    Message.objects.update(lease=uuid.uuid4())

    relay.send(slow)

    assert only().state == STATE.SENDING


@pytest.mark.django_db
def test_letter_that_kills_each_relay_ends_dead():
    """D5"""
    queue(attempts=relay.ATTEMPTS, state=STATE.SENDING)

    assert relay.claim(timezone.now()) is None

    assert only().state == STATE.DEAD


@pytest.mark.django_db
def test_clerk_puts_a_dead_letter_back_once(smtp):
    queue(state=STATE.DEAD, attempts=9, error="550 no")

    assert relay.revive(only())
    assert not relay.revive(only())

    call_command("relay", "--once")
    assert (only().state, only().attempts) == (STATE.SENT, 1)


@pytest.mark.django_db
def test_sms_of_the_demonstration_lands_in_the_mailbox_once():
    (message,) = queue(channel=Channel.SMS, address="+48600100200", subject="")

    relay.drain()
    Message.objects.update(state=STATE.QUEUED, next_attempt_at=timezone.now())
    relay.drain()

    assert [(item.address, item.text, item.message_id) for item in MailboxItem.objects.all()] == [
        ("+48600100200", "Czeka.", str(message.id))
    ]


@pytest.mark.django_db
def test_channel_without_a_provider_is_said_at_once(settings):
    settings.OFFICE_CARRIERS = {}
    queue(channel=Channel.SMS, address="+48600100200")

    relay.drain()

    assert (only().state, only().error) == (STATE.DEAD, "channel not configured")


def in_threads(number, work):
    def run():
        try:
            work()
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def times_sent(sink):
    return Counter(Counter(letter["Message-ID"] for letter in sink.letters).values())


@pytest.mark.django_db(transaction=True)
def test_three_relays_send_each_letter_once(smtp):
    """D3"""
    queue(60)

    in_threads(3, relay.drain)

    assert times_sent(smtp) == {1: 60}
    assert Message.objects.filter(state=STATE.SENT, attempts=1).count() == 60


@pytest.mark.django_db(transaction=True)
def test_control_relays_that_do_not_claim_send_letters_twice(smtp):
    """Control of the test above: without the claim the race is real."""
    queue(60)
    start = threading.Barrier(3)

    def careless():
        start.wait()
        for message in Message.objects.filter(state=STATE.QUEUED):
            relay.send(message)

    in_threads(3, careless)

    assert times_sent(smtp)[1] < 60


@pytest.mark.django_db(transaction=True)
def test_letter_is_sent_outside_any_transaction(smtp, monkeypatch):
    """D3"""
    queue()
    seen = []
    deliver = Email().deliver
    monkeypatch.setattr(
        "office.channels.Email.deliver", lambda self, message: (seen.append(connection.in_atomic_block), deliver(message))
    )

    relay.drain()

    assert seen == [False]
    assert only().state == STATE.SENT
    assert transaction.get_autocommit()
