"""Letters about a consultation: only to who confirmed, once for each occasion, left by one click; calendars and feeds beside them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from consultations import tasks
from consultations.actions import calendar, followers
from consultations.models import Follower
from consultations.statuses import ConsultationStatus, Phase
from office.channels import as_email
from office.models import Message, RetentionRun
from office.retention import run
from pruszcz_portal.removals import REMOVALS
from tests.consultations import cast

EWA = "ewa@example.com"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def followed(open_consultation, now):
    follower = followers.follow(open_consultation, email=EWA, moment=now)
    followers.confirm(follower, moment=now)
    Message.objects.all().delete()
    return open_consultation


def ask(client, consultation, email):
    return client.post(reverse("consultations:follow", args=[consultation.slug]), {"email": email}, follow=True)


def letters():
    return sorted((message.event.split("/")[1], message.address) for message in Message.objects.all())


def links_of(follower):
    secret = followers.secret_of(follower.pk)
    return [reverse(f"consultations:{name}", args=[secret]) for name in ("follow_confirm", "follow_leave")]


def test_ewa_gets_one_letter_and_nothing_more_until_she_confirms(client, open_consultation, zofia, now):
    answer = ask(client, open_consultation, EWA)
    last_day = timezone.localdate() + timedelta(days=40)
    calendar.extend(open_consultation, last_day=last_day, reason="-", by=zofia, moment=now)

    assert "Sprawdź pocztę" in answer.content.decode()
    assert letters() == [("confirm", EWA)]


def test_a_link_opened_by_a_mail_program_confirms_nothing(client, open_consultation, now):
    follower = followers.follow(open_consultation, email=EWA, moment=now)
    confirm, _leave = links_of(follower)

    opened = client.get(confirm)
    follower.refresh_from_db()
    unconfirmed = follower.confirmed_at
    client.post(confirm)

    assert "Tak, chcę dostawać" in opened.content.decode()
    assert unconfirmed is None
    assert Follower.objects.confirmed().count() == 1


def test_the_page_says_the_same_for_a_new_and_for_a_known_address(client, followed):
    known, new = ask(client, followed, EWA), ask(client, followed, "nowa@example.com")

    assert known.redirect_chain == new.redirect_chain
    assert letters() == [("confirm", "nowa@example.com")]


def test_capitals_make_no_second_follower(client, followed):
    ask(client, followed, "EWA@example.com")

    assert Follower.objects.count() == 1


def test_anna_signed_in_with_the_address_has_nothing_to_confirm(open_consultation, anna, sign_in):
    answer = ask(sign_in(Client(), anna), open_consultation, anna.email)

    assert "Będziemy pisać" in answer.content.decode()
    assert Follower.objects.confirmed().count() == 1
    assert letters() == []


def test_signed_in_anna_does_not_confirm_for_somebody_else(open_consultation, anna, sign_in):
    ask(sign_in(Client(), anna), open_consultation, EWA)

    assert Follower.objects.confirmed().count() == 0


def test_one_click_of_the_mail_program_leaves_without_a_cookie(followed):
    strict = Client(enforce_csrf_checks=True)
    _confirm, leave = links_of(Follower.objects.get())

    seen = strict.get(leave)
    answer = strict.post(leave, {"List-Unsubscribe": "One-Click"})

    assert "Wypisz mnie" in seen.content.decode()
    assert answer.status_code == 200
    assert not Follower.objects.exists()


def test_a_letter_carries_the_one_click_way_out_that_mail_programs_press(followed, now):
    """S46: the address in the header (RFC 8058), posted to as a mail program does, is the way out."""
    followers.tell(followed, followers.Occasion.OPENED, moment=now)

    letter = as_email(Message.objects.get()).message()

    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = letter["List-Unsubscribe"].strip("<>").removeprefix(settings.PORTAL_URL)
    Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert not Follower.objects.exists()


@pytest.mark.parametrize("name", ["follow_confirm", "follow_leave"])
def test_a_made_up_link_says_so_and_changes_nothing(client, followed, name):
    url = reverse(f"consultations:{name}", args=["x" * 43])

    assert (client.get(url).status_code, client.post(url).status_code) == (200, 200)
    assert Follower.objects.count() == 1


@pytest.mark.parametrize("email", ["", "ewa", "ewa@", "ewa@example.com\nBcc: inny@example.com", "a" * 300 + "@example.com"])
def test_what_is_no_address_is_told_beside_the_field_and_kept(client, open_consultation, email):
    answer = client.post(reverse("consultations:follow", args=[open_consultation.slug]), {"email": email})

    assert answer.status_code == 422
    assert not Follower.objects.exists()


def test_a_stranger_does_not_have_us_write_to_half_the_town(client, open_consultation):
    answers = [ask(client, open_consultation, f"osoba{number}@example.com").status_code for number in range(25)]

    assert 429 in answers
    assert Message.objects.count() <= 20


def test_the_address_is_not_readable_in_the_database_nor_the_secret(followed):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT email, email_lookup, token_hash FROM consultations_follower")
        row = b"".join(bytes(value) for value in cursor.fetchone())

    assert EWA.encode() not in row
    assert followers.secret_of(Follower.objects.get().pk).encode() not in row


# Occasions


def test_an_extension_is_told_with_the_new_day_and_the_way_out(followed, zofia, now):
    last_day = timezone.localdate() + timedelta(days=40)
    calendar.extend(followed, last_day=last_day, reason="-", by=zofia, moment=now)

    letter = Message.objects.get()
    assert letter.event == "consultations/extended"
    assert links_of(Follower.objects.get())[1] in letter.text


def test_the_last_three_days_are_told_once(followed, now):
    type(followed).objects.update(closes_at=now + timedelta(days=2))

    tasks.tell_followers()
    tasks.tell_followers()

    assert letters() == [("last_days", EWA)]


def test_the_opening_is_told_to_who_waited_and_not_to_who_comes_later(db, now):
    made = cast.make_consultation(opens_at=now - timedelta(minutes=5))
    followers.follow(made, email=EWA, moment=now, is_proven=True)
    tasks.tell_followers()
    followers.follow(made, email="pozna@example.com", moment=now, is_proven=True)
    tasks.tell_followers()

    assert letters() == [("opened", EWA)]


def test_a_report_is_told_once_for_each_version(followed, now):
    counts = [followers.tell_report(followed, moment=now, number=number) for number in (1, 1, 2)]

    assert counts == [1, 0, 1]


def test_called_off_it_is_told(followed, zofia, now):
    calendar.cancel(followed, reason="-", by=zofia, moment=now)

    assert letters() == [("cancelled", EWA)]


def test_addresses_are_forgotten_when_unconfirmed_for_a_week_or_long_after_the_end(followed, now):
    followers.follow(followed, email="nikt@example.com", moment=now - timedelta(days=8))
    over = cast.make_consultation(
        ConsultationStatus.ARCHIVED, Phase.CLOSED, opens_at=now - timedelta(days=200), closes_at=now - timedelta(days=120)
    )
    followers.follow(over, email="stara@example.com", moment=now, is_proven=True)

    run(REMOVALS, moment=now)

    assert [follower.email for follower in Follower.objects.all()] == [EWA]
    assert {"unconfirmed_follower", "follower"} <= set(RetentionRun.objects.values_list("kind", flat=True))


# Calendars and feeds


def test_the_calendar_holds_the_last_day_and_the_meetings(client, open_consultation):
    meeting = cast.make_meeting(open_consultation, title="Spotkanie; z przecinkiem, i średnikiem")

    answer = client.get(reverse("consultations:agenda_ics", args=[open_consultation.slug]))
    events = {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}

    last = events[f"Ostatni dzień konsultacji: {open_consultation.title}"]
    assert last.decoded("dtstart") == timezone.localdate(open_consultation.last_moment)
    assert events["Spotkanie; z przecinkiem, i średnikiem"].decoded("dtstart") == meeting.starts_at
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_the_same_event_has_the_same_name_the_next_time(client, open_consultation):
    url = reverse("consultations:agenda_ics", args=[open_consultation.slug])

    uids = [[str(event["uid"]) for event in Calendar.from_ical(client.get(url).content).walk("VEVENT")] for _twice in range(2)]

    assert uids[0] == uids[1] != []


def test_the_feed_lists_what_is_public(client, open_consultation):
    import xml.etree.ElementTree as ET

    cast.make_consultation(ConsultationStatus.DRAFT, title="Szkic")
    feed = ET.fromstring(client.get(reverse("consultations:feed")).content)  # noqa: S314  our own
    titles = [entry.findtext("{http://www.w3.org/2005/Atom}title") for entry in feed.iter("{http://www.w3.org/2005/Atom}entry")]

    assert titles == [open_consultation.title]


def test_the_feed_of_one_consultation_tells_its_announcements(client, open_consultation, zofia, now):
    calendar.suspend(open_consultation, reason="Błąd w ankiecie.", by=zofia, moment=now)

    feed = client.get(reverse("consultations:consultation_feed", args=[open_consultation.slug])).content.decode()

    assert "Wstrzymanie" in feed and "Błąd w ankiecie." in feed and "Rozpoczęcie" in feed
