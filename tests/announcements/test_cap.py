"""Alerts for machines, read back by the rules of CAP 1.2; news read back by feedparser."""

import html
import re
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest

from announcements.actions import announcements as verbs
from announcements.cap import NAMESPACE
from announcements.models import Announcement, Area
from tests.announcements.cast import ALERT, make_announcement
from tests.factories import TUESDAY

ORDER = ["identifier", "sender", "sent", "status", "msgType", "scope", "references", "info"]
INFO_ORDER = [
    "language", "category", "event", "responseType", "urgency", "severity", "certainty", "expires", "senderName", "headline",
    "description", "web", "contact", "area",
]  # fmt: skip
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


def sent(announcement, *people):
    verbs.hand_in(announcement, by=announcement.written_by, moment=TUESDAY)
    for person in people:
        verbs.release(announcement, by=person, moment=TUESDAY)
    verbs.send(announcement.pk, moment=TUESDAY)
    announcement.refresh_from_db()
    return announcement


@pytest.fixture
def alert(dariusz, celina, franek):
    areas = [{"kind": Area.Kind.TOWN}]
    return sent(make_announcement(dariusz, **ALERT, areas=areas, expires_at=TUESDAY + timedelta(hours=6)), celina, franek)


def read(client, alert):
    answer = client.get(f"/komunikaty/{alert.pk}/cap.xml")
    assert answer["Content-Type"] == "application/cap+xml"
    root = ET.fromstring(answer.content)  # noqa: S314  our own
    return root, {child.tag.split("}")[1]: child.text for child in root}


def names(node):
    return [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in node]


def test_an_alert_reads_by_the_rules_of_cap(client, alert):
    root, head = read(client, alert)
    info = root.find(f"{{{NAMESPACE}}}info")

    assert root.tag == f"{{{NAMESPACE}}}alert"
    assert names(root) == [name for name in ORDER if name in names(root)]
    assert names(info) == [name for name in INFO_ORDER if name in names(info)]
    assert (head["status"], head["msgType"], head["scope"]) == ("Actual", "Alert", "Public")
    assert not re.search(r"[ ,&<]", head["identifier"])
    assert MOMENT.fullmatch(head["sent"])
    assert MOMENT.fullmatch(info.find(f"{{{NAMESPACE}}}expires").text)
    assert info.find(f".//{{{NAMESPACE}}}geocode/{{{NAMESPACE}}}value").text == "2204011"


def test_an_update_and_then_a_cancellation_name_everything_before_them(client, alert, dariusz, celina, franek):
    """L48"""
    update = sent(
        verbs.follow_up(alert, message_type=Announcement.MessageType.UPDATE, by=dariusz, moment=TUESDAY), celina, franek
    )
    cancel = sent(
        verbs.follow_up(update, message_type=Announcement.MessageType.CANCEL, by=dariusz, moment=TUESDAY), celina, franek
    )

    _root, head = read(client, cancel)

    first, second = head["references"].split(" ")
    assert head["msgType"] == "Cancel"
    assert (str(alert.pk) in first, str(update.pk) in second) == (True, True)
    assert all(len(reference.split(",")) == 3 for reference in (first, second))


def test_an_exercise_is_nobodys_news(client, dariusz, celina, franek):
    """L50"""
    exercise = sent(
        make_announcement(
            dariusz, **ALERT, is_exercise=True, areas=[{"kind": Area.Kind.TOWN}], expires_at=TUESDAY + timedelta(hours=1)
        ),
        celina, franek,
    )  # fmt: skip

    assert client.get(f"/komunikaty/{exercise.pk}/").status_code == 404
    assert client.get(f"/komunikaty/{exercise.pk}/cap.xml").status_code == 404
    assert "wody" not in client.get("/komunikaty/").content.decode()


def test_news_of_a_street_is_a_feed_that_readers_read(client, dariusz, celina):
    here = sent(make_announcement(dariusz, text="Woda wróci & będzie <czysta>."), celina)
    sent(make_announcement(dariusz, areas=[{"kind": Area.Kind.STREET, "street": "Grunwaldzka"}]), celina)

    feed = feedparser.parse(client.get("/komunikaty/kanal.atom?ulica=Wojciecha Kossaka").content)

    assert (feed.bozo, feed.version) == (False, "atom10")
    assert [entry.id for entry in feed.entries] == [f"urn:uuid:{here.pk}"]
    assert html.unescape(feed.entries[0].summary) == "<p>Woda wróci & będzie <czysta>.</p>"
    assert feed.entries[0].author == "Wodociągi Miejskie"
