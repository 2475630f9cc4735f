"""The mailbox of the demonstration shows everything and hides nothing, so production has none."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import transaction
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from office import mailbox, relay
from office.models import MailboxItem, Message

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.EMAIL_BACKEND = "office.mailbox.Backend"


def test_letter_of_the_outbox_and_of_anybody_else_lands_there(client):
    Message.objects.create(
        channel="email",
        address="anna@example.com",
        event="x/y",
        subject="Sprawa",
        text="Kod: 123456",
        next_attempt_at=timezone.now(),
    )
    relay.drain()
    send_mail("Kod", "Kod: 654321", None, ["bartek@example.com", "ewa@example.com"])

    page = client.get("/poczta-testowa/").content.decode()
    only_anna = client.get("/poczta-testowa/?adres=ANNA@example.com").content.decode()

    assert all(text in page for text in ("123456", "654321", "bartek@example.com", "ewa@example.com"))
    assert "123456" in only_anna
    assert "654321" not in only_anna


def test_letter_sent_twice_is_shown_once():
    """D3"""
    for _ in range(2):
        EmailMultiAlternatives("S", "t", to=["anna@example.com"], headers={"Message-ID": "<1@x>"}).send()

    assert MailboxItem.objects.count() == 1


def test_html_of_a_letter_is_kept_apart_and_text_is_escaped(client):
    letter = EmailMultiAlternatives("<b>S</b>", "<script>alert(1)</script> https://portal.example/x", to=["anna@example.com"])
    letter.attach_alternative("<p>t</p>", "text/html")
    letter.send()

    page = client.get("/poczta-testowa/").content.decode()

    assert MailboxItem.objects.get().html == "<p>t</p>"
    assert "<script>alert" not in page
    assert "<b>S</b>" not in page
    assert '<a href="https://portal.example/x"' in page


def test_empty_mailbox_says_so(client):
    assert "Skrzynka jest pusta" in client.get("/poczta-testowa/").content.decode()
    assert "Na ten adres nic nie przyszło" in client.get("/poczta-testowa/?adres=nikt@example.com").content.decode()


def test_production_has_no_such_page(settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(Http404):
        mailbox.mailbox(RequestFactory().get("/poczta-testowa/"))


def test_page_costs_the_same_whatever_lies_there(client, django_assert_max_num_queries):
    with transaction.atomic():
        for number in range(40):
            MailboxItem.objects.create(channel="email", address="anna@example.com", subject=str(number), text="x")

    with django_assert_max_num_queries(3):
        assert "strona 1 z 2" in client.get("/poczta-testowa/").content.decode()
