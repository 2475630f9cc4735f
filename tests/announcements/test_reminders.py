"""Reminders of waste: as many as a person likes, each at its own hour of Warsaw, each once; and the calendar with its secret address."""

import threading
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.urls import reverse
from icalendar import Calendar

from announcements import languages
from announcements.actions import following, reminding, waste
from announcements.models import Fraction, Reminder, ReminderSent
from announcements.waste_ics import calendar_of
from announcements.waste_words import WORDS
from office.models import Message
from office.transitions import Refused
from residents.models import Consent
from tests.announcements.cast import KOSSAKA, make_follower, make_point
from tests.announcements.waste_cast import collection_of, make_schedule
from tests.factories import TUESDAY, make_person
from tests.races import at_once

WARSAW = ZoneInfo("Europe/Warsaw")
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    make_schedule(FIRST, SECOND)
    return make_point(KOSSAKA, "5")


@pytest.fixture
def follower(address, anna):
    return make_follower(make_person(anna), topics=[], address=address)


def add(follower, address, *codes, days_before=1, at=time(18), channel="email"):
    reminding.add_reminders(
        follower, address=address, fractions=Fraction.objects.filter(code__in=codes or ["bio"]), days_before=days_before, at=at,
        channel=channel, moment=TUESDAY,
    )  # fmt: skip


def here(*moment):
    return datetime(*moment, tzinfo=WARSAW)


def test_each_reminder_comes_at_its_own_hour_and_once(follower, address):
    add(follower, address)
    add(follower, address, days_before=0, at=time(6))

    assert reminding.remind_due(moment=here(2026, 11, 30, 17, 59)) == 0
    assert reminding.remind_due(moment=here(2026, 11, 30, 18, 0)) == 1
    assert reminding.remind_due(moment=here(2026, 11, 30, 18, 1)) == 0
    assert reminding.remind_due(moment=here(2026, 12, 1, 6, 0)) == 1

    assert [one.content.subject.partition(":")[0] for one in Message.objects.order_by("created_at")] == [
        "Odbiór odpadów jutro", "Odbiór odpadów dziś",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "subject", "day"),
    [
        ("uk", "Вивезення відходів завтра: Біовідходи", "1 грудня 2026"),
        ("en", "Waste collection tomorrow: Bio-waste", "1 December 2026"),
        ("de", "Abfuhr morgen: Bioabfall", "1. Dezember 2026"),
    ],
)
def test_a_reminder_comes_in_the_language_that_its_reader_chose(follower, address, language, subject, day):
    follower.language = language
    follower.save()
    add(follower, address)

    reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    content = Message.objects.get().content
    assert content.subject == subject
    assert day in content.text and "Odbiór" not in content.text
    assert f'lang="{language}"' in content.html


def test_a_fraction_of_the_town_s_own_keeps_its_name_in_every_language(follower, address):
    Fraction.objects.filter(code="bio").update(code="trawa", name="Trawa")
    follower.language = "en"
    follower.save()
    add(follower, address, "trawa")

    reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    assert Message.objects.get().content.subject == "Waste collection tomorrow: Trawa"


def test_every_language_has_all_words_of_waste_and_every_first_fraction():
    first = import_module("announcements.migrations.0003_first_fractions").FRACTIONS

    assert WORDS.keys() == languages.ALL.keys()
    for code in languages.FURTHER:
        assert WORDS[code].fractions.keys() == {fraction for fraction, _name, _colour in first}
        assert all(getattr(WORDS[code], one.name) for one in fields(WORDS[code]))


def test_fractions_of_one_day_come_in_one_message(follower, address):
    add(follower, address, "bio", "szklo")

    assert reminding.remind_due(moment=here(2026, 11, 30, 18, 0)) == 2

    message = Message.objects.get()
    assert "Bioodpady, Szkło" in message.content.text
    assert message.leave_url.endswith(f"/komunikaty/rezygnacja/{follower.token}/odpady/")
    assert message.leave_url in message.content.text


def test_a_reminder_that_comes_hours_late_is_none(follower, address):
    add(follower, address)

    assert reminding.remind_due(moment=here(2026, 11, 30, 21, 1)) == 0


def test_a_moved_day_is_reminded_of_anew_and_a_cancelled_one_not(follower, address, dariusz):
    add(follower, address)
    reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    waste.move_day(
        collection_of(address), day=FIRST + timedelta(days=2), reason="Awaria", by=dariusz, moment=here(2026, 12, 1, 5, 0)
    )
    assert reminding.remind_due(moment=here(2026, 12, 2, 18, 0)) == 1
    waste.cancel_day(collection_of(address, day=SECOND), reason="Śnieg", by=dariusz, moment=here(2026, 12, 3, 5, 0))

    assert reminding.remind_due(moment=here(2026, 12, 14, 18, 0)) == 0


def test_a_swap_of_the_timetable_while_reminders_run_reminds_of_no_day_twice(follower, address):
    add(follower, address)
    reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    make_schedule(FIRST, SECOND, moment=TUESDAY + timedelta(hours=1), name="Nowy")

    assert reminding.remind_due(moment=here(2026, 11, 30, 18, 1)) == 0


@pytest.mark.parametrize(
    ("day", "at", "due_utc"),
    [
        (date(2027, 3, 28), time(2, 30), "2027-03-28T01:30"),  # there is no half past two that night
        (date(2026, 10, 25), time(2, 30), "2026-10-25T01:30"),  # and two of them this night: once, at the second
        (date(2027, 3, 28), time(18), "2027-03-28T16:00"),
    ],
)
def test_reminders_in_the_nights_of_23_and_25_hours(anna, day, at, due_utc):
    """L57"""
    make_schedule(day, day + timedelta(days=30))
    home = make_point(KOSSAKA, "5")
    one = make_follower(make_person(anna), topics=[], address=home)
    add(one, home, days_before=0, at=at)
    due = datetime.fromisoformat(f"{due_utc}+00:00")

    assert reminding.remind_due(moment=due - timedelta(minutes=1)) == 0
    assert reminding.remind_due(moment=due) == 1


def test_a_reminder_needs_a_confirmed_way_and_is_a_consent(follower, address, anna):
    """L25"""
    with pytest.raises(Refused, match="potwierdź numer"):
        add(follower, address, channel="sms")
    add(follower, address)
    assert Consent.objects.standing().filter(person=follower.person, channel="email").exists()

    reminding.drop_reminder(follower.reminders.get(), moment=TUESDAY)

    assert not Consent.objects.standing().filter(person=follower.person).exists()


def reminding_at_once():
    """Two workers that have both read what is due before either writes."""
    both_read = threading.Barrier(2)

    def wait(execute, sql, *args):
        if sql.startswith('INSERT INTO "announcements_remindersent"'):
            both_read.wait(30)
        return execute(sql, *args)

    def press():
        with connection.execute_wrapper(wait):
            return reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    return sorted(at_once(press, press))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_once(follower, address):
    Reminder.objects.create(
        follower=follower, address=address, fraction=Fraction.objects.get(code="bio"), days_before=1, at=time(18), channel="email"
    )

    assert reminding_at_once() == [0, 1]

    assert (Message.objects.count(), ReminderSent.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_two_workers_would_remind_twice(follower, address):
    """Control."""
    Reminder.objects.create(
        follower=follower, address=address, fraction=Fraction.objects.get(code="bio"), days_before=1, at=time(18), channel="email"
    )
    with connection.cursor() as cursor:
        cursor.execute("alter table announcements_remindersent drop constraint announcements_reminded_once")
    try:
        assert reminding_at_once() == [1, 1]
        assert Message.objects.count() == 2
    finally:
        ReminderSent.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "alter table announcements_remindersent add constraint announcements_reminded_once unique (reminder_id, day)"
            )


# The calendar


def events(follower, address, moment=TUESDAY):
    mine = reminding.make_calendar(follower, address=address, moment=moment)
    calendar = Calendar.from_ical(calendar_of(mine, day=date(2026, 11, 26), moment=moment))
    return {(str(one["summary"]), one.decoded("dtstart")): one for one in calendar.walk("VEVENT")}


def test_a_calendar_reads_back_with_the_person_s_own_alarms(follower, address):
    add(follower, address)
    add(follower, address, days_before=0, at=time(6, 30))

    found = events(follower, address)

    assert set(found) == {("Bioodpady", FIRST), ("Szkło", FIRST), ("Bioodpady", SECOND)}
    bio, glass = found["Bioodpady", FIRST], found["Szkło", FIRST]
    assert [alarm.decoded("trigger") for alarm in bio.walk("VALARM")] == [timedelta(hours=6, minutes=30), timedelta(hours=-6)]
    assert not glass.walk("VALARM")
    assert (str(bio["status"]), bio["sequence"], bio.decoded("dtend")) == ("CONFIRMED", 0, FIRST + timedelta(days=1))


def test_a_moved_day_is_the_same_event_and_a_cancelled_one_says_so(follower, address, dariusz):
    before = events(follower, address)
    waste.move_day(collection_of(address), day=FIRST + timedelta(days=2), reason="Święto", by=dariusz, moment=TUESDAY)
    waste.cancel_day(collection_of(address, day=SECOND), reason="Śnieg", by=dariusz, moment=TUESDAY)

    after = events(follower, address)

    moved, cancelled = after["Bioodpady", FIRST + timedelta(days=2)], after["Bioodpady", SECOND]
    assert (moved["uid"], moved["sequence"]) == (before["Bioodpady", FIRST]["uid"], 1)
    assert (str(cancelled["status"]), cancelled["uid"]) == ("CANCELLED", before["Bioodpady", SECOND]["uid"])


def test_uids_outlive_a_new_version_of_the_timetable(follower, address):
    before = events(follower, address)

    make_schedule(FIRST, SECOND, moment=TUESDAY + timedelta(hours=1), name="Nowy")

    after = events(follower, address)
    assert {key: one["uid"] for key, one in after.items()} == {key: one["uid"] for key, one in before.items()}
    assert all(after[key]["sequence"] > before[key]["sequence"] for key in before)


def test_a_new_secret_ends_the_old_one(client, follower, address, anna, sign_in):
    """S: whoever holds the address reads the days; changed by the resident, the old address is nobody's."""
    first = reminding.make_calendar(follower, address=address, moment=TUESDAY).token
    url = reverse("announcements:waste_ics", args=[first])
    answer = client.get(url)
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]

    sign_in(client, anna).post(reverse("announcements:waste_calendar", args=[address.pk]))

    assert client.get(url).status_code == 404
    assert follower.waste_calendars.get().token != first


def test_the_page_keeps_what_was_typed_and_lists_what_was_saved(client, follower, address, anna, sign_in):
    url = reverse("announcements:waste_reminders", args=[address.pk])
    bio = Fraction.objects.get(code="bio").pk
    sign_in(client, anna)

    wrong = client.post(url, {"fractions": [bio], "days_before": "3", "at": "", "channel": "email"})
    assert wrong.status_code == 422
    assert '<option value="3" selected' in wrong.content.decode()
    client.post(url, {"fractions": [bio], "days_before": "3", "at": "19:30", "channel": "email"})

    page = client.get(url).content.decode()
    assert "3 dni wcześniej" in page
    assert "19:30" in page


def test_another_resident_drops_nobody_s_reminder(client, follower, address, bartek, sign_in):
    """S19"""
    add(follower, address)
    make_person(bartek, "Bartek")

    answer = sign_in(client, bartek).post(reverse("announcements:drop_reminder", args=[follower.reminders.get().pk]))

    assert answer.status_code == 404
    assert follower.reminders.exists()


def test_reminders_stand_among_what_was_sent_to_me(client, follower, address, anna, sign_in):
    following.keep_consents(follower, TUESDAY)
    add(follower, address)
    reminding.remind_due(moment=here(2026, 11, 30, 18, 0))

    page = sign_in(client, anna).get(reverse("announcements:told")).content.decode()

    assert "Odbiór odpadów jutro: Bioodpady" in page
