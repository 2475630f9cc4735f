"""An alert in force is on every page at once: those kept for visitors too, at no query, with Valkey or without, and no longer than it holds."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from announcements import banner
from announcements.actions import announcements as verbs
from announcements.models import Announcement
from tests.announcements.cast import ALERT, make_announcement

pytestmark = pytest.mark.django_db
TITLE = "Skażona woda"


@pytest.fixture
def sent(dariusz, celina, franek, django_capture_on_commit_callbacks):
    """`sent(draft)` releases and sends it as the workers do, with what happens at the commit."""

    def go(draft):
        now = timezone.now()
        with django_capture_on_commit_callbacks(execute=True):
            verbs.hand_in(draft, by=dariusz, moment=now)
            for person in (celina, franek):
                verbs.release(draft, by=person, moment=now)
            assert verbs.send(draft.pk, moment=now) == 1
        draft.refresh_from_db()
        return draft

    return go


@pytest.fixture
def draft(dariusz):
    return make_announcement(dariusz, **ALERT, title=TITLE, expires_at=timezone.now() + timedelta(hours=1))


@pytest.fixture
def kept(settings):
    """Pages for visitors are kept, as in production."""
    settings.CACHES = {
        **settings.CACHES,
        "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "banner"},
    }
    caches["pages"].clear()


def told(client, path="/"):
    return TITLE in client.get(path).content.decode()


def test_the_next_request_tells_of_a_new_alert_though_the_page_was_kept(client, draft, sent, kept):
    """L48"""
    assert not told(client)

    sent(draft)

    assert told(client)


@pytest.mark.parametrize("path", ["/", "/szukaj/?q=karta", "/komunikaty/", "/konto/logowanie/", "/nie-ma-takiej/"])
def test_every_page_tells(client, draft, sent, path):
    sent(draft)

    assert told(client, path)


def test_the_desk_tells_too(draft, sent, celina, sign_in):
    sent(draft)

    assert told(sign_in(Client(), celina), reverse("admin:index"))


def test_an_update_takes_its_place_and_a_cancellation_ends_it_at_once(client, draft, sent, kept, dariusz):
    """L48"""
    first = sent(draft)
    update = sent(verbs.follow_up(first, message_type=Announcement.MessageType.UPDATE, by=dariusz, moment=timezone.now()))
    page = client.get("/").content.decode()
    assert page.count(TITLE) == 1
    assert f"Aktualizacja: {TITLE}" in page

    sent(verbs.follow_up(update, message_type=Announcement.MessageType.CANCEL, by=dariusz, moment=timezone.now()))

    assert not told(client)


def test_it_ends_by_its_date_without_a_question(draft, sent, django_assert_num_queries):
    sent(draft)
    banner.in_force(timezone.now())
    banner.MEMORY.keep(banner.MEMORY.alerts, seconds=60)

    with django_assert_num_queries(0):
        assert banner.in_force(draft.expires_at - timedelta(milliseconds=1))
        assert not banner.in_force(draft.expires_at)


def test_an_exercise_is_on_no_page(client, draft, sent):
    """L50"""
    draft.is_exercise = True
    draft.save()

    sent(draft)

    assert not told(client)


def test_a_process_asks_once_a_second_however_many_people_come(client, draft, sent, django_assert_num_queries):
    sent(draft)
    assert told(client)
    banner.MEMORY.keep(banner.MEMORY.alerts, seconds=60)

    with django_assert_num_queries(0):
        for _visitor in range(5):
            assert told(client)


def test_another_process_learns_of_it_when_its_second_is_over(client, draft, sent):
    """What this process remembers as another one would, who did not send it."""
    sent(draft)
    banner.MEMORY.keep((), seconds=0.05)
    while not told(client):
        assert banner.MEMORY.until is not None  # it was no forgetting that told it

    assert banner.SECONDS == 1.0


def test_without_the_database_pages_tell_what_was_known_last(client, draft, sent):
    sent(draft)
    assert told(client)

    def away(execute, sql, *args):
        raise DatabaseError

    banner.MEMORY.forget()
    with connection.execute_wrapper(away):
        assert told(client)


def test_without_valkey_alerts_are_told(client, draft, sent, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"

    sent(draft)

    assert told(client)


def test_markup_in_a_title_stays_text(client, draft, sent):
    draft.title = "<script>alert(1)</script>"
    draft.save()

    sent(draft)

    assert "<script>alert(1)" not in client.get("/").content.decode()
