"""Whom an announcement reaches: by topic, place and channel; in quiet hours later; each endpoint once."""

from datetime import date, datetime, timedelta

import pytest

from announcements import fan_out
from announcements.audience import WARSAW, audience_of, metres
from announcements.models import Announcement, Area, Endpoint, Place
from office.models import Channel, Message, Urgency
from tests.announcements.cast import (
    ALERT,
    GRUNWALDZKA,
    KOSSAKA,
    make_announcement,
    make_endpoint,
    make_follower,
    make_point,
    make_topic,
)
from tests.factories import TUESDAY, at, make_person

STREET = {"kind": Area.Kind.STREET, "street": KOSSAKA}
TOWN = {"kind": Area.Kind.TOWN}


def reached(announcement):
    return set(audience_of(announcement).values_list("follower", flat=True))


def test_who_follows_the_topic_on_the_street_hears_of_it(dariusz):
    here, elsewhere = make_follower(), make_follower(street=GRUNWALDZKA)

    assert reached(make_announcement(dariusz)) == {here.pk}
    assert reached(make_announcement(dariusz, areas=[TOWN])) == {here.pk, elsewhere.pk}


def test_who_did_not_choose_the_topic_or_the_channel_hears_nothing(dariusz):
    make_follower(topics=[make_topic("drogi")])
    follower = make_follower()
    sms = make_endpoint(follower, Channel.SMS)

    announcement = make_announcement(dariusz)

    assert reached(announcement) == {follower.pk}
    assert sms not in audience_of(announcement)


def test_one_address_reaches_who_named_it_and_who_cares_for_its_street_and_not_the_neighbour(dariusz):
    five, seven = make_point(number="5"), make_point(number="7")
    named, neighbour, street = make_follower(address=five), make_follower(address=seven), make_follower()

    assert reached(make_announcement(dariusz, areas=[{"kind": "address", "address": five}])) == {named.pk, street.pk}
    assert reached(make_announcement(dariusz)) == {named.pk, neighbour.pk, street.pk}


def test_a_circle_reaches_addresses_within_it_to_the_metre(dariusz):
    near, far = make_point(number="1", latitude=54.2600), make_point(GRUNWALDZKA, "99", latitude=54.2700)
    inside, outside = make_follower(address=near), make_follower(address=far)
    centre = {"kind": "circle", "latitude": "54.265", "longitude": "18.64"}
    both = Area(**centre)
    distance = metres(both, far)
    assert 550 < distance < 560

    reaching = make_announcement(dariusz, areas=[{**centre, "radius_m": int(distance) + 1}])
    short = make_announcement(dariusz, areas=[{**centre, "latitude": "54.2605", "radius_m": 100}])

    assert reached(reaching) == {inside.pk, outside.pk}
    assert reached(short) == {inside.pk}


def test_an_alert_reaches_everybody_there_whatever_they_chose(dariusz):
    """L49: life, health and property need no consent."""
    silent = make_follower(topics=[])

    assert reached(make_announcement(dariusz, **ALERT, expires_at=TUESDAY + timedelta(hours=6))) == {silent.pk}


def test_an_exercise_reaches_the_senders_own_people_alone(dariusz):
    """L50"""
    make_follower()
    own = make_follower(make_person(dariusz, "Dariusz", "Lis"), topics=[])

    exercise = make_announcement(dariusz, **ALERT, is_exercise=True, areas=[TOWN], expires_at=TUESDAY + timedelta(hours=6))

    assert reached(exercise) == {own.pk}


def test_an_unconfirmed_or_suppressed_endpoint_is_left_alone(dariusz):
    follower = make_follower(channels=())
    make_endpoint(follower, suppressed_at=TUESDAY)
    Endpoint.objects.filter(pk=make_endpoint(follower).pk).update(confirmed_at=None)

    assert not audience_of(make_announcement(dariusz, **ALERT, expires_at=TUESDAY + timedelta(hours=1))).exists()


def test_a_cancellation_reaches_who_got_the_alert_even_after_moving_away(dariusz):
    """L48"""
    follower = make_follower()
    alert = make_announcement(dariusz, **ALERT, expires_at=TUESDAY + timedelta(hours=6))
    fan_out.queue(alert, moment=TUESDAY)
    Place.objects.filter(follower=follower).update(street=GRUNWALDZKA)

    cancellation = make_announcement(
        dariusz, **ALERT, expires_at=alert.expires_at, message_type=Announcement.MessageType.CANCEL, references=alert
    )

    assert reached(cancellation) == {follower.pk}


@pytest.mark.parametrize(
    ("quiet", "told", "due"),
    [
        (((22, 0), (7, 0)), at(date(2026, 11, 24), 23), at(date(2026, 11, 25), 7)),
        (((22, 0), (7, 0)), at(date(2026, 11, 25), 6, 59), at(date(2026, 11, 25), 7)),
        (((22, 0), (7, 0)), at(date(2026, 11, 25), 7), at(date(2026, 11, 25), 7)),
        (((13, 0), (15, 0)), at(date(2026, 11, 24), 14), at(date(2026, 11, 24), 15)),
        (((13, 0), (15, 0)), at(date(2026, 11, 24), 12), at(date(2026, 11, 24), 12)),
        (((22, 0), (7, 0)), at(date(2026, 10, 24), 23), datetime(2026, 10, 25, 7, tzinfo=WARSAW)),  # the night of 25 hours
        (((22, 0), (7, 0)), at(date(2027, 3, 27), 23), datetime(2027, 3, 28, 7, tzinfo=WARSAW)),  # the night of 23 hours
    ],
)
def test_quiet_hours_put_news_off_to_their_end(dariusz, quiet, told, due):
    make_follower(quiet=quiet)

    fan_out.queue(make_announcement(dariusz), moment=told)

    assert Message.objects.get().next_attempt_at == due


@pytest.mark.parametrize(("severity", "waits"), [("Extreme", False), ("Severe", False), ("Moderate", True)])
def test_only_a_grave_alert_breaks_the_silence(dariusz, severity, waits):
    make_follower(quiet=((22, 0), (7, 0)))
    night = at(date(2026, 11, 24), 23)
    alert = make_announcement(dariusz, **{**ALERT, "severity": severity}, expires_at=night + timedelta(hours=12))

    fan_out.queue(alert, moment=night)

    message = Message.objects.get()
    assert (message.next_attempt_at > night) == waits
    assert message.urgency == Urgency.ALERT


def test_the_audience_is_frozen_and_queued_once_an_endpoint(dariusz):
    make_follower(channels=(Channel.EMAIL, Channel.SMS, Channel.PUSH))
    announcement = make_announcement(dariusz)

    assert fan_out.queue(announcement, moment=TUESDAY) == 3
    assert fan_out.queue(announcement, moment=TUESDAY) == 0
    assert {message.channel for message in fan_out.deliveries_of(announcement)} == {"email", "sms", "push"}


def test_each_channel_has_its_own_text_and_news_has_a_way_out(dariusz):
    follower = make_follower(channels=(Channel.EMAIL, Channel.SMS))

    fan_out.queue(make_announcement(dariusz), moment=TUESDAY)

    email, sms = Message.objects.get(channel="email"), Message.objects.get(channel="sms")
    assert email.leave_url.endswith(f"/komunikaty/rezygnacja/{follower.token}/woda/")
    assert email.leave_url in email.content.text
    assert "Wodociągi Miejskie, tel. 58 000 00 01" in email.content.text
    assert sms.content.text == "Jutro 8-14 bez wody. Wodociągi Miejskie"


def test_an_alert_says_why_nobody_can_leave_it(dariusz):
    """L49"""
    make_follower()
    fan_out.queue(make_announcement(dariusz, **ALERT, expires_at=TUESDAY + timedelta(hours=1)), moment=TUESDAY)

    message = Message.objects.get()

    assert message.leave_url == ""
    assert "Nie można z niego zrezygnować" in message.content.text
