"""From draft to sent: by two people, at its moment, once; what was sent stays, and the next one follows it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from announcements.actions import announcements as verbs
from announcements.models import Announcement
from announcements.statuses import AnnouncementStatus as Status
from office import relay
from office.models import Message
from office.transitions import Refused
from tests.announcements.cast import ALERT, make_announcement, make_follower, make_sender
from tests.factories import TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def draft(dariusz):
    make_follower()
    return make_announcement(dariusz)


def released(announcement, *people, moment=TUESDAY):
    verbs.hand_in(announcement, by=announcement.written_by, moment=moment)
    for person in people:
        verbs.release(announcement, by=person, moment=moment)
    announcement.refresh_from_db()
    return announcement


def test_an_announcement_is_written_by_one_and_released_by_another(draft, dariusz, celina):
    verbs.hand_in(draft, by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="inna osoba"):
        verbs.release(draft, by=dariusz, moment=TUESDAY)
    assert verbs.release(draft, by=celina, moment=TUESDAY)

    draft.refresh_from_db()
    assert draft.status == Status.SCHEDULED


def test_an_alert_needs_two_people_besides_its_writer(dariusz, celina, franek):
    """L48"""
    alert = make_announcement(dariusz, **ALERT, expires_at=TUESDAY + HOUR)
    verbs.hand_in(alert, by=dariusz, moment=TUESDAY)

    assert not verbs.release(alert, by=celina, moment=TUESDAY)
    with pytest.raises(Refused, match="jeszcze jedna"):
        verbs.release(alert, by=celina, moment=TUESDAY)
    assert verbs.release(alert, by=franek, moment=TUESDAY)


def test_a_text_sent_back_needs_its_releases_anew(dariusz, celina, franek):
    alert = make_announcement(dariusz, **ALERT, expires_at=TUESDAY + HOUR)
    verbs.hand_in(alert, by=dariusz, moment=TUESDAY)
    verbs.release(alert, by=celina, moment=TUESDAY)

    verbs.send_back(alert, note="Podaj ulice.", by=franek, moment=TUESDAY)
    verbs.hand_in(alert, by=dariusz, moment=TUESDAY)

    assert not verbs.release(alert, by=franek, moment=TUESDAY)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"areas": []}, "kogo komunikat dotyczy"),
        ({"expires_at": TUESDAY - HOUR}, "wygasłby"),
        ({"areas": [{"kind": "circle", "latitude": "54.0", "longitude": "18.0", "radius_m": 100}]}, "nie ma żadnego adresu"),
    ],
)
def test_what_is_missing_is_named(dariusz, change, words):
    """L48: an area is mandatory, and an end that has not passed."""
    with pytest.raises(Refused, match=words):
        verbs.hand_in(make_announcement(dariusz, **change), by=dariusz, moment=TUESDAY)


def test_an_alert_without_its_end_does_not_exist(dariusz):
    """L48"""
    with pytest.raises(DatabaseError), transaction.atomic():
        make_announcement(dariusz, **ALERT)


def test_a_stranger_to_the_sender_hands_nothing_in(draft, celina):
    with pytest.raises(Refused, match="za innego nadawcę"):
        verbs.hand_in(draft, by=celina, moment=TUESDAY)


def test_it_goes_out_at_its_moment_and_once(draft, dariusz, celina, smtp):
    draft.scheduled_for = TUESDAY + HOUR
    draft.save()
    released(draft, celina)

    assert verbs.send_due(moment=TUESDAY + HOUR - timedelta(milliseconds=1)) == 0
    assert verbs.send_due(moment=TUESDAY + HOUR) == 1
    assert verbs.send_due(moment=TUESDAY + HOUR) == 0

    draft.refresh_from_db()
    assert (draft.status, draft.audience, draft.sent_at) == (Status.SENDING, 1, TUESDAY + HOUR)
    Message.objects.update(next_attempt_at=TUESDAY - HOUR)
    relay.drain()
    assert verbs.finish_sent(moment=TUESDAY + HOUR) == 1
    assert len(smtp.letters) == 1


def test_what_was_sent_is_never_edited(draft, celina):
    """L48: the database refuses, whoever asks."""
    released(draft, celina)
    verbs.send_due(moment=TUESDAY)

    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Announcement.objects.filter(pk=draft.pk).update(text="Woda będzie.")


def test_an_update_follows_the_first_and_supersedes_it(draft, dariusz, celina):
    released(draft, celina)
    verbs.send_due(moment=TUESDAY)

    update = verbs.follow_up(draft, message_type=Announcement.MessageType.UPDATE, by=dariusz, moment=TUESDAY)
    with pytest.raises(Refused, match="ma już następny"):
        verbs.follow_up(draft, message_type=Announcement.MessageType.CANCEL, by=dariusz, moment=TUESDAY)
    released(update, celina)
    verbs.send_due(moment=TUESDAY)

    draft.refresh_from_db()
    assert draft.status == Status.SUPERSEDED
    assert Message.objects.about(update).count() == 1


def test_a_cancellation_ends_what_it_cancels(draft, dariusz, celina):
    released(draft, celina)
    verbs.send_due(moment=TUESDAY)
    cancellation = verbs.follow_up(draft, message_type=Announcement.MessageType.CANCEL, by=dariusz, moment=TUESDAY)
    released(cancellation, celina)
    verbs.send_due(moment=TUESDAY)

    draft.refresh_from_db()
    assert draft.status == Status.CANCELLED
    assert not Announcement.objects.current_at(TUESDAY).exists()


def test_a_sender_that_issues_no_warnings_hands_none_in(dariusz):
    sender = make_sender(dariusz, code="kultura", may_alert=False)

    with pytest.raises(Refused, match="nie wydaje ostrzeżeń"):
        verbs.hand_in(make_announcement(dariusz, sender=sender, **ALERT, expires_at=TUESDAY + HOUR), by=dariusz, moment=TUESDAY)
