"""Anna reads the news, chooses what she wants to hear and where, and leaves by the link of a letter."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from announcements import banner
from announcements.actions import announcements as verbs
from announcements.actions import following
from announcements.models import Area, Follower
from office.models import Message
from residents.models import Person, Purpose
from tests.announcements.cast import ALERT, KOSSAKA, make_announcement, make_point, make_sender, make_topic
from tests.announcements.waste_cast import make_schedule
from tests.factories import live_together, make_person
from tests.journeys.axe import sideways, violations


def check(page, look, name):
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == []
        assert sideways(page) == 0
    look(page, name)


def sent(writer, *people, **fields):
    return released(make_announcement(writer, moment=timezone.now(), **fields), *people)


def released(one, *people):
    now = timezone.now()
    verbs.hand_in(one, by=one.written_by, moment=now)
    for person in people:
        verbs.release(one, by=person, moment=now)
    verbs.send(one.pk, moment=now)
    return one


@pytest.fixture
def signed_in(page, live_server, client, anna, sign_in, settings):
    call_command("createcachetable", verbosity=0)
    Purpose.objects.get_or_create(
        code=following.PURPOSE,
        defaults={"name": "Wiadomości", "wording": "Zgadzam się.", "needs_consent": True, "valid_from": date(2026, 1, 1)},
    )
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
    page.get_by_role("main").get_by_role("link", name="Nie będzie wody").click()
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


def test_anna_finds_her_days_of_waste_sets_reminders_and_taps_nie_odebrano(
    signed_in, live_server, look, complaints, dariusz, celina, franek
):
    """Under an alert that stands on every page; without an account the days are seen as well."""
    page, today = signed_in, timezone.localdate()
    make_schedule(today, today + timedelta(days=14), moment=timezone.now())
    home = make_point(KOSSAKA, "5")
    following.add_place(following.follower_of(Person.objects.get(), moment=timezone.now()), address=home)
    sent(dariusz, celina, franek, **ALERT, areas=[{"kind": Area.Kind.TOWN}], expires_at=timezone.now() + timedelta(hours=3))
    banner.MEMORY.forget()

    page.goto(f"{live_server.url}/komunikaty/odpady/")
    expect(page.get_by_role("region", name="Ostrzeżenia")).to_contain_text("Nie będzie wody")
    check(page, look, "waste")
    page.get_by_role("link", name=f"{KOSSAKA} 5").click()
    check(page, look, "waste-at")
    page.get_by_role("button", name=re.compile("Nie odebrano.*Bioodpady")).click()
    expect(page.get_by_text("Przekazaliśmy firmie")).to_be_visible()
    expect(page.get_by_text("zgłoszono")).to_be_visible()

    page.get_by_role("link", name="Przypomnienia i kalendarz").click()
    page.get_by_label("Szkło").check()
    page.get_by_label("Kiedy").select_option("3")
    page.get_by_label("O której").fill("19:30")
    page.get_by_role("button", name="Dodaj przypomnienie").click()
    expect(page.get_by_text("3 dni wcześniej, 19:30, e-mail")).to_be_visible()
    page.get_by_role("button", name="Utwórz adres kalendarza").click()
    check(page, look, "waste-reminders")
    address = page.get_by_label("Adres kalendarza").input_value()
    assert "BEGIN:VALARM" in page.request.get(address).text()


def test_anyone_sees_the_days_of_a_house(page, live_server, look, complaints, db):
    call_command("createcachetable", verbosity=0)
    today = timezone.localdate()
    make_schedule(today, today + timedelta(days=14), moment=timezone.now())

    page.goto(f"{live_server.url}/komunikaty/odpady/")
    page.get_by_label("Ulica").fill(KOSSAKA)
    page.get_by_label("Numer domu").fill("5")
    page.get_by_role("button", name="Pokaż terminy").click()

    expect(page.get_by_role("heading", name=f"Odbiór odpadów: {KOSSAKA} 5")).to_be_visible()
    check(page, look, "waste-at-visitor")
