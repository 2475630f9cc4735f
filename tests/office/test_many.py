"""One text for many addresses: written once, each reader with a way out, the urgent first (D3)."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from office import relay
from office.models import Channel, Message, MessageBody, Urgency

pytestmark = pytest.mark.django_db


def news(body, address="anna@example.com", **fields):
    fields = {"channel": Channel.EMAIL, "urgency": Urgency.NEWS, "next_attempt_at": timezone.now(), **fields}
    return Message.objects.create(event="office/news", body=body, address=address, **fields)


def body_of(text="Jutro nie ma wody. Rezygnacja: {leave_url}"):
    return MessageBody.objects.create(subject="Przerwa w dostawie wody", text=text, html=f"<p>{text}</p>")


def test_one_text_reaches_each_reader_with_their_own_way_out(smtp):
    """RFC 8058: the mail program finds where to post, and the text says it too."""
    body = body_of()
    for name in ("anna", "bartek"):
        news(body, f"{name}@example.com", leave_url=f"https://portal.example/komunikaty/rezygnacja/{name}/")

    relay.drain()

    letters = {letter["To"]: letter for letter in smtp.letters}
    assert set(letters) == {"anna@example.com", "bartek@example.com"}
    letter = letters["bartek@example.com"]
    assert letter["List-Unsubscribe"] == "<https://portal.example/komunikaty/rezygnacja/bartek/>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        "Rezygnacja: https://portal.example/komunikaty/rezygnacja/bartek/"
        in letter.get_payload(0).get_payload(decode=True).decode()
    )


def test_a_letter_that_nobody_asked_to_stop_has_no_way_out(smtp):
    news(body_of("Czeka."))

    relay.drain()

    assert smtp.letters[0]["List-Unsubscribe"] is None


def test_a_warning_overtakes_letters_and_letters_overtake_news(smtp):
    long_ago = timezone.now() - timedelta(hours=1)
    body = body_of()
    news(body, "trzeci@example.com", next_attempt_at=long_ago)
    news(body, "drugi@example.com", urgency=Urgency.LETTER)
    news(body, "pierwszy@example.com", urgency=Urgency.ALERT)

    relay.drain()

    assert [letter["To"] for letter in smtp.letters] == ["pierwszy@example.com", "drugi@example.com", "trzeci@example.com"]


def test_one_reader_gets_one_thing_once():
    """The database refuses the second, however often a sending is begun again."""
    body, about, endpoint = body_of(), uuid.uuid4(), uuid.uuid4()
    news(body, about_id=about, endpoint=endpoint)

    with pytest.raises(IntegrityError), transaction.atomic():
        news(body, about_id=about, endpoint=endpoint)


def test_a_message_says_its_text_in_one_place():
    with pytest.raises(IntegrityError), transaction.atomic():
        news(body_of(), text="I tu jeszcze raz.")
