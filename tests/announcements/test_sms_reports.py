"""Whether an SMS arrived, told by a gateway on loopback over HTTP as the real one does: late, twice, too early, in the wrong order."""

import uuid

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from announcements import delivery, fan_out, sms, sms_reports
from announcements.actions import reports
from announcements.admin.announcements import _figures
from announcements.delivery import DeliveryStatus
from announcements.models import Endpoint
from office import relay
from office.models import Channel, Message, MessageState
from office.outbox import post
from tests.announcements.cast import make_announcement, make_follower
from tests.announcements.test_sms import gateway, sent  # noqa: F401  a fixture
from tests.factories import TUESDAY, make_person

SECRET = "tajny-kawalek-adresu-do-raportow-1234"
ON_THE_WIRE = pytest.mark.django_db(transaction=True)


def letter():
    with transaction.atomic():
        return post(event="announcements/phone_code", to="+48600100200", channel=Channel.SMS, context={"code": "123456"})


@pytest.fixture
def message(db):
    return letter()


@pytest.fixture
def reporting(settings):
    settings.SMSAPI_REPORT_TOKEN = SECRET


@pytest.fixture
def reported_to(live_server, settings, gateway, reporting, monkeypatch):  # noqa: F811
    """The gateway, with a portal on the wire to report to."""
    call_command("createcachetable", verbosity=0)
    monkeypatch.setattr(sms, "PATIENCE", 10)
    settings.PORTAL_URL = live_server.url
    return gateway


def status(message):
    message.refresh_from_db()
    return delivery.status_of(message)


@ON_THE_WIRE
@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("code", "word"), [(404, "doręczona"), (405, "niedoręczona"), (402, "niedoręczona"), (407, "niedoręczona")]
)
def test_a_report_says_whether_it_arrived(reported_to, method, code, word):
    message = letter()
    assert sent(message) == MessageState.SENT
    assert str(status(message).label) == "wysłana"

    answer = reported_to.report(code, method=method)

    assert (answer.status_code, answer.text) == (200, "OK")
    assert str(status(message).label) == word


@ON_THE_WIRE
def test_a_report_that_comes_before_the_answer_to_the_sending_is_kept(reported_to):
    message = letter()
    reported_to.early = [404]

    assert sent(message) == MessageState.SENT
    assert status(message) == DeliveryStatus.DELIVERED


@ON_THE_WIRE
def test_it_arrived_though_the_answer_was_lost_and_is_not_sent_again(reported_to):
    message = letter()
    reported_to.early, reported_to.script = [404], ["cut"]

    assert sent(message) == MessageState.FAILED
    assert status(message) == DeliveryStatus.DELIVERED
    assert sent(message) == MessageState.SENT
    assert len(reported_to.taken) == 1
    assert status(message) == DeliveryStatus.DELIVERED


@ON_THE_WIRE
def test_several_reports_come_in_one_request(reported_to):
    first, second, third = letter(), letter(), letter()
    relay.drain()

    marks = [str(one.pk) for one in (third, first, second)]
    assert reported_to.report(405, 404, 409, marks=marks).text == "OK"

    assert [status(one) for one in (first, second, third)] == [
        DeliveryStatus.DELIVERED, DeliveryStatus.SENT, DeliveryStatus.NOT_DELIVERED
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codes", "word"),
    [
        (["404", "404"], "delivered"),
        (["404", "405"], "delivered"),  # what is in the hand is not taken back
        (["405", "404"], "delivered"),  # the telephone was off and is on again
        (["405", "405"], "not-delivered"),
        (["404", "403", "409", "410"], "delivered"),  # stages that come after the end
        (["409", "403", "408", "401", "999", "", "x"], "sent"),
    ],
)
def test_reports_in_any_order_and_number_come_to_one_end(client, message, reporting, codes, word):
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, attempts=1)

    for code in codes:
        assert client.get(page(), {"idx": str(message.pk), "status": code}).content == b"OK"

    assert status(message) == word


def test_a_repeated_report_writes_nothing(message):
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, attempts=1)

    assert reports.take_report(message.pk, arrived=True, moment=TUESDAY)
    assert not reports.take_report(message.pk, arrived=True, moment=timezone.now())
    message.refresh_from_db()
    assert message.reported_at == TUESDAY


def page(token=SECRET):
    return reverse("announcements:sms_report", args=[token])


@pytest.mark.parametrize("token", ["x", SECRET[:-1], SECRET + "0", SECRET.upper()])
def test_who_does_not_know_the_secret_tells_nothing(client, message, reporting, token):
    """S: a forged report changes nothing."""
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, attempts=1)

    answer = client.get(page(token), {"idx": str(message.pk), "status": "404"})

    assert (answer.status_code, status(message)) == (404, DeliveryStatus.SENT)


def test_without_a_secret_nobody_reports_and_none_is_asked_for(client, message, settings):
    settings.SMSAPI_REPORT_TOKEN = ""

    assert client.get(page("cokolwiek")).status_code == 404
    assert "notify_url" not in sms._fields(message)


@pytest.mark.parametrize(
    "given",
    [
        {}, {"idx": "", "status": ""}, {"idx": "nie-nasz", "status": "404"}, {"idx": str(uuid.uuid4()), "status": "404"},
        {"status": "404"}, {"idx": "\x00", "status": "\x00"}, {"idx": "9" * 3000, "status": "404"}, {"MsgId": "1", "to": "48600100200"},
    ],
)  # fmt: skip
def test_what_is_no_report_of_ours_changes_nothing_and_is_answered_ok(client, message, reporting, given):
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, attempts=1)

    assert client.get(page(), given).content == b"OK"
    assert status(message) == DeliveryStatus.SENT


def test_lists_of_unlike_length_tell_nothing(message):
    mark = str(message.pk)

    assert list(sms_reports.read({"idx": f"{mark},{mark}", "status": "404"})) == []
    assert list(sms_reports.read({"idx": ",".join([mark] * 51), "status": ",".join(["404"] * 51)})) == []
    assert list(sms_reports.read({"idx": f"{mark},x", "status": "404,404"})) == [(message.pk, True)]


def test_a_report_of_what_was_never_sent_or_is_no_sms_is_nobodys(message):
    assert not reports.take_report(message.pk, arrived=True, moment=TUESDAY)  # no attempt yet

    Message.objects.filter(pk=message.pk).update(attempts=1, channel=Channel.EMAIL)
    assert not reports.take_report(message.pk, arrived=True, moment=TUESDAY)


def test_no_telephone_number_is_logged(client, message, reporting, caplog, capsys):
    client.get(page(), {"idx": "x", "status": "404", "to": "48600100200", "from": "48600100200"})
    client.get(page("zly"), {"idx": "x", "status": "404", "to": "48600100200"})

    told = capsys.readouterr()
    assert "600100200" not in told.out + told.err + caplog.text


def test_the_resident_and_the_office_see_what_arrived(client, anna, sign_in, dariusz, reporting):
    follower = make_follower(make_person(anna), channels=(Channel.SMS, Channel.EMAIL))
    one = make_announcement(dariusz)
    fan_out.queue(one, moment=TUESDAY)
    Message.objects.update(state=MessageState.SENT, attempts=1)
    text = Message.objects.get(endpoint=Endpoint.objects.get(follower=follower, channel=Channel.SMS).pk)

    client.get(page(), {"idx": str(text.pk), "status": "404"})

    told = sign_in(client, anna).get(reverse("announcements:told")).content.decode()
    assert ("doręczona" in told, "wysłana" in told, "niedoręczona" in told) == (True, True, False)
    assert _figures(one) == [("SMS", "doręczona", 1), ("e-mail", "wysłana", 1)]
