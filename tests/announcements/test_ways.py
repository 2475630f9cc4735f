"""A way that leads nowhere is given up, told to its owner, and opened again by who proves that it lives."""

from datetime import timedelta

import pytest
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from announcements import ways
from announcements.actions import announcements as verbs
from announcements.actions import following
from announcements.models import Endpoint
from office import relay
from office.channels import NoSuchAddress, failure_of
from office.models import Message
from office.transitions import Refused
from tests.announcements.cast import make_announcement, make_follower
from tests.factories import TUESDAY, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def follower(anna):
    return make_follower(make_person(anna))


@pytest.fixture
def way(follower):
    """Anna's address, given up."""
    way = follower.endpoints.get()
    Endpoint.objects.filter(pk=way.pk).update(suppressed_at=TUESDAY, suppressed_why="550", address=follower.person.account.email)
    way.refresh_from_db()
    return way


@pytest.fixture
def send(dariusz, celina, settings, smtp):
    """`send()` sends news about water and lets the postman go once."""
    settings.OFFICE_CARRIERS = {"email": "announcements.ways.Email"}

    def go():
        now = timezone.now()
        draft = make_announcement(dariusz, moment=now)
        verbs.hand_in(draft, by=dariusz, moment=now)
        verbs.release(draft, by=celina, moment=now)
        verbs.send(draft.pk, moment=now)
        relay.drain()
        return draft

    return go


@pytest.mark.parametrize(
    ("answer", "is_given_up"),
    [
        ("550 5.1.1 user unknown", True), ("550 no such user", True), ("553 mailbox name not allowed", True), ("550 5.2.1 disabled", True),
        ("550 5.7.1 blocked by policy", False), ("552 5.2.2 mailbox full", False), ("451 4.7.1 greylisted", False), ("450 busy", False),
    ],
)  # fmt: skip
def test_only_an_address_where_nobody_is_is_given_up(send, smtp, follower, answer, is_given_up):
    """F14"""
    smtp.rcpt = answer

    send()

    assert (follower.endpoints.get().suppressed_at is not None) is is_given_up


def test_what_is_given_up_is_not_written_to_again(send, smtp, follower):
    smtp.rcpt = "550 5.1.1 user unknown"
    send()
    smtp.rcpt = "250 OK"

    second = send()

    assert not Message.objects.about(second).exists()
    assert smtp.letters == []


def test_a_refused_text_is_no_fault_of_the_address():
    from smtplib import SMTPDataError

    assert not isinstance(failure_of(SMTPDataError(550, b"5.7.1 spam")), NoSuchAddress)


def test_anna_reads_of_it_and_opens_it_by_the_letter_s_link(client, way, anna, sign_in):
    sign_in(client, anna)
    assert "nie ma takiego adresu" in client.get(reverse("announcements:mine")).content.decode()

    client.post(reverse("announcements:ask_alive", args=[way.pk]))
    letter = Message.objects.get(event=following.ALIVE)
    url = next(word for word in letter.text.split() if "adres-dziala" in word).partition("://")[2].partition("/")[2]
    client.get(f"/{url}")
    way.refresh_from_db()
    assert way.suppressed_at is not None, "a look confirms nothing"
    client.post(f"/{url}")

    way.refresh_from_db()
    assert way.suppressed_at is None


def test_letters_of_proof_do_not_pile_up_and_a_forged_link_opens_nothing(way):
    now = timezone.now()
    following.ask_alive(way, moment=now)
    with pytest.raises(Refused, match="Poczekaj"):
        following.ask_alive(way, moment=now)

    for mark in ("x", signing.dumps(str(way.pk), salt="other")):
        with pytest.raises(Refused, match="już nie działa"):
            following.confirm_alive(mark, moment=now)


def test_who_changed_the_address_of_the_account_is_written_to_at_the_new_one(way, anna, send, smtp):
    anna.email = "anna.nowa@example.com"
    anna.save()

    assert ways.follow_accounts() == 1
    send()

    assert [letter["To"] for letter in smtp.letters] == ["anna.nowa@example.com"]


# Files of a message


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def test_a_file_joins_a_draft_and_no_message_that_was_sent(dariusz, celina):
    draft = make_announcement(dariusz)

    def photo(name="plan.png", content=PNG, kind="image/png"):
        return SimpleUploadedFile(name, content, content_type=kind)

    one = verbs.attach(draft, file=photo(), caption="Plan objazdu", by=dariusz, moment=TUESDAY)
    assert draft.attachments.get() == one
    with pytest.raises(ValidationError):
        verbs.attach(draft, file=photo("x.svg", b"<svg onload='x'/>", "image/svg+xml"), caption="x", by=dariusz, moment=TUESDAY)
    with pytest.raises(Refused, match="innego nadawcę"):
        verbs.attach(draft, file=photo(), caption="x", by=celina, moment=TUESDAY)
    verbs.hand_in(draft, by=dariusz, moment=TUESDAY + timedelta(minutes=1))

    draft.refresh_from_db()
    with pytest.raises(Refused, match="do szkicu"):
        verbs.attach(draft, file=photo(), caption="x", by=dariusz, moment=TUESDAY)
