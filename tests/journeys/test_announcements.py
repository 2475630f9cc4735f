"""Anna reads the news, chooses what she wants to hear and where, and leaves by the link of a letter."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from announcements.actions import announcements as verbs
from announcements.models import Area, Follower
from office.models import Message
from tests.announcements.cast import ALERT, make_announcement, make_sender, make_topic
from tests.factories import live_together, make_person
from tests.journeys.axe import sideways, violations


def check(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, name)


def sent(writer, *people, **fields):
    now = timezone.now()
    one = make_announcement(writer, moment=now, **fields)
    verbs.hand_in(one, by=writer, moment=now)
    for person in people:
        verbs.release(one, by=person, moment=now)
    verbs.send(one.pk, moment=now)
    return one


@pytest.fixture
def signed_in(page, live_server, client, anna, sign_in, settings):
    call_command("createcachetable", verbosity=0)
    live_together(make_person(anna))
    sign_in(client, anna)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def test_anna_reads_writes_back_chooses_and_leaves(signed_in, live_server, look, complaints, dariusz, celina, franek):
    page, town = signed_in, [{"kind": Area.Kind.TOWN}]
    make_sender(dariusz, topics=[make_topic()], accepts_replies=True)
    alert = sent(
        dariusz, celina, franek, **ALERT, areas=town, expires_at=timezone.now() + timedelta(hours=3), accepts_replies=True
    )

    page.goto(f"{live_server.url}/komunikaty/")
    check(page, look, "announcements")
    page.get_by_role("link", name="Nie będzie wody").click()
    check(page, look, "announcement")
    page.get_by_label("Co chcesz napisać?").fill("U nas też nie ma prądu.")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_text("Wysłano do nadawcy")).to_be_visible()
    assert alert.replies.get().text == "U nas też nie ma prądu."

    page.goto(f"{live_server.url}/komunikaty/moje/")
    check(page, look, "my-announcements")
    page.get_by_role("group", name="Woda").get_by_label("e-mail").check()
    page.get_by_role("button", name="Zapisz tematy").click()
    expect(page.get_by_text("Zapisano tematy")).to_be_visible()
    check(page, look, "my-announcements-chosen")

    news = sent(dariusz, celina, areas=town, title="Woda wróciła")
    page.goto(f"{live_server.url}/komunikaty/dla-mnie/")
    expect(page.get_by_role("link", name="Woda wróciła")).to_be_visible()
    check(page, look, "told")
    page.goto(live_server.url + Message.objects.get(about_id=news.pk).leave_url.partition("8000")[2])
    check(page, look, "leave")
    page.get_by_role("button", name="Nie chcę tych e-maili").click()

    expect(page.get_by_role("heading", name="Nie będziemy już pisać")).to_be_visible()
    assert not Follower.objects.get().choices.exists()
    assert complaints == []
