"""What a person chooses to hear, where and how."""

from datetime import timedelta

import pytest

from announcements.actions import following
from announcements.actions.following import WrongCode
from announcements.models import Endpoint
from announcements.models.followers import PhoneCode
from office.models import Channel, Message
from office.transitions import Refused
from residents.models import Consent
from tests.announcements.cast import make_endpoint, make_point, make_topic
from tests.factories import TUESDAY, live_together, make_person


@pytest.fixture
def person(anna):
    found = make_person(anna)
    live_together(found)
    return found


@pytest.fixture
def follower(person):
    return following.follower_of(person, moment=TUESDAY)


def test_who_begins_to_follow_has_their_own_address_and_home(follower, anna):
    assert [(one.channel, one.address) for one in follower.endpoints.all()] == [("email", anna.email)]
    assert [str(place) for place in follower.places.all()] == ["Nad Radunią 5"]


def test_a_choice_is_a_consent_for_its_channel_and_taking_it_back_withdraws_it(follower, person):
    """L25"""
    topic = make_topic()

    following.choose(follower, wanted={topic.code: {"email"}}, moment=TUESDAY)
    assert [consent.channel for consent in Consent.objects.standing().filter(person=person)] == ["email"]

    following.choose(follower, wanted={topic.code: set()}, moment=TUESDAY)
    assert not Consent.objects.standing().filter(person=person).exists()


def test_a_channel_without_a_confirmed_way_is_refused_and_nothing_changes(follower):
    topic = make_topic()

    with pytest.raises(Refused, match="potwierdź numer"):
        following.choose(follower, wanted={topic.code: {"email", "sms"}}, moment=TUESDAY)

    assert not follower.choices.exists()


def test_a_statutory_topic_is_nobodys_choice(follower):
    """L49"""
    law = make_topic("obrona", is_statutory=True, why_statutory="Tak mówi ustawa.")

    following.choose(follower, wanted={"obrona": {"email"}}, moment=TUESDAY)
    with pytest.raises(Refused, match="Tak mówi ustawa"):
        following.leave(follower, law, channel=Channel.EMAIL, moment=TUESDAY)

    assert not follower.choices.exists()


def test_leaving_one_topic_keeps_the_others_and_twice_changes_nothing(follower, person):
    water, roads = make_topic("woda"), make_topic("drogi")
    following.choose(follower, wanted={"woda": {"email"}, "drogi": {"email"}}, moment=TUESDAY)

    for _time in range(2):
        following.leave(follower, water, channel=Channel.EMAIL, moment=TUESDAY)

    assert [choice.topic for choice in follower.choices.all()] == [roads]
    assert Consent.objects.standing().filter(person=person).count() == 1


def test_a_place_twice_is_once(follower):
    point = make_point()

    for _time in range(2):
        following.add_place(follower, address=point)

    assert follower.places.filter(address=point).count() == 1


@pytest.mark.parametrize(("start", "end"), [("22:00", None), (None, "7:00"), ("7:00", "7:00")])
def test_quiet_hours_are_whole(follower, start, end):
    with pytest.raises(Refused):
        following.set_quiet(follower, start=start, end=end)


# A telephone


def code_sent():
    return Message.objects.filter(channel="sms").latest("created_at").content.text.split()[1].rstrip(".")


def test_a_telephone_is_a_way_once_its_owner_has_read_the_code(follower):
    following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)
    assert not follower.endpoints.filter(channel="sms").exists()

    following.confirm_phone(follower, code=f" {code_sent()[:3]} {code_sent()[3:]} ", moment=TUESDAY)

    assert follower.endpoints.reachable().get(channel="sms").address == "+48600100200"


def test_a_code_does_not_outlive_its_quarter_of_an_hour(follower):
    following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)

    with pytest.raises(Refused, match="już nie działa"):
        following.confirm_phone(follower, code=code_sent(), moment=TUESDAY + timedelta(minutes=15, seconds=1))


def test_five_wrong_tries_end_a_code(follower):
    following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)
    right = code_sent()
    for _number in range(5):
        with pytest.raises(WrongCode) as wrong:
            following.confirm_phone(follower, code="0" * 7, moment=TUESDAY)
        wrong.value.count_try()

    with pytest.raises(Refused, match="już nie działa"):
        following.confirm_phone(follower, code=right, moment=TUESDAY)


def test_codes_a_day_are_few(follower):
    for _number in range(5):
        following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)

    with pytest.raises(Refused, match="Spróbuj jutro"):
        following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)
    assert PhoneCode.objects.count() == 5


def test_a_new_telephone_replaces_the_old_one(follower):
    make_endpoint(follower, Channel.SMS)
    following.ask_phone(follower, phone="+48600100200", moment=TUESDAY)
    following.confirm_phone(follower, code=code_sent(), moment=TUESDAY)

    assert Endpoint.objects.filter(follower=follower, channel="sms").count() == 1
