"""A timetable: from files or not at all, swapped by version; a moved day reaches who is concerned, once; nobody came."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from announcements import timetable
from announcements.actions import following, reminding, waste
from announcements.models import Collection, Fraction, MissedCollection, Place, Schedule, Topic
from announcements.waste_ics import days_of
from office import relay
from office.models import Channel, Message
from office.transitions import Refused
from tests.announcements.cast import GRUNWALDZKA, KOSSAKA, make_follower, make_point
from tests.announcements.waste_cast import ADDRESSES, DAYS, collection_of, make_points, make_schedule
from tests.factories import TUESDAY, live_together, make_person

pytestmark = pytest.mark.django_db
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 15)
HOUSE = "dom jednorodzinny"


@pytest.fixture
def schedule():
    return make_schedule(FIRST, SECOND)


@pytest.fixture
def draft(db):
    make_points()
    return Schedule.objects.create(name="2026", valid_from=date(2026, 1, 1), valid_to=date(2026, 12, 31), source="umowa")


def load(schedule, addresses=ADDRESSES, days=DAYS, encoding="utf-8"):
    waste.load(
        schedule, addresses=addresses.encode(encoding), days=days.format(FIRST, SECOND).encode(encoding), by=None, moment=TUESDAY
    )


def days_at(address):
    return [(one.fraction.code, one.day) for one in days_of(address)]


# Files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_a_timetable_is_read_however_it_was_saved(draft, encoding):
    load(draft, encoding=encoding)
    waste.publish(draft, by=None, moment=TUESDAY)

    assert days_at(make_point(KOSSAKA, "7a")) == [("bio", FIRST), ("szklo", FIRST), ("bio", SECOND)]
    assert days_at(make_point(GRUNWALDZKA, "3")) == [("bio", FIRST)]
    assert days_at(make_point(GRUNWALDZKA, "4")) == []


@pytest.mark.parametrize(
    ("addresses", "days", "words"),
    [
        ("ulica;rejon\nx;I\n", DAYS, r"wiersz 1: adresy: Pierwszy wiersz: brakuje kolumn: zabudowa"),
        (ADDRESSES, "rejon;frakcja;dzień\n", r"wiersz 1: terminy: Pierwszy wiersz: brakuje kolumn: zabudowa"),
        (ADDRESSES + f"Nieznana;;I;{HOUSE}\n", DAYS, "wiersz 4: adresy: nie znamy ulicy „Nieznana”"),
        (ADDRESSES + f"{GRUNWALDZKA};99;II;{HOUSE}\n", DAYS, "wiersz 4: adresy: przy ulicy Grunwaldzka nie ma numeru „99”"),
        (ADDRESSES + f"{KOSSAKA};5;II;{HOUSE}\n", DAYS, "wiersz 4: adresy: ten adres jest już w wierszu 2"),
        (ADDRESSES + f"{GRUNWALDZKA};4;II;zamek\n", DAYS, "wiersz 4: adresy: Kolumna „zabudowa”, wpisano „zamek”"),
        (ADDRESSES, DAYS + f"I;{HOUSE};Uran;2026-12-01\n", "wiersz 6: terminy: nie znamy frakcji „Uran”"),
        (ADDRESSES, DAYS + f"I;{HOUSE};Papier;2027-01-01\n", "wiersz 6: terminy: dzień 2027-01-01 jest poza harmonogramem"),
        (ADDRESSES, DAYS + f"I;{HOUSE};Papier;30.02.2026\n", "wiersz 6: terminy: Kolumna „dzień”, wpisano „30.02.2026”"),
        (ADDRESSES, DAYS + f"I;{HOUSE};Bioodpady;01.12.2026\n", "wiersz 6: terminy: ten termin jest już w pliku"),
        (ADDRESSES, DAYS + f"III;{HOUSE};Papier;2026-12-01\n", r"rejon III .* ma terminy, a nie ma adresów"),
        (ADDRESSES + f"{GRUNWALDZKA};4;IV;{HOUSE}\n", DAYS, r"rejon IV .* ma adresy, a nie ma terminów"),
        ("ulica;numery;rejon;zabudowa\n", DAYS, "adresy: Plik nie ma żadnego wiersza"),
        ("\0\0", "\0", "brakuje kolumn"),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_taken_in(draft, addresses, days, words):
    load(draft)

    with pytest.raises(Refused, match=words):
        load(draft, addresses, days)

    assert Collection.objects.filter(route__schedule=draft).count() == 4


@settings(max_examples=60, deadline=None)
@given(addresses=st.binary(max_size=200), days=st.text(max_size=200))
def test_no_file_whatever_breaks_the_reading(addresses, days):
    some = Schedule(valid_from=FIRST, valid_to=SECOND)

    assert timetable.read(addresses, days.encode("utf-8", "replace"), some).errors


def test_the_dates_of_a_timetable_stand_in_order(draft):
    draft.valid_to = draft.valid_from - timedelta(days=1)

    with pytest.raises(Exception, match="przed swoim początkiem"):
        draft.full_clean()


def test_an_empty_timetable_is_not_published_and_a_published_one_not_refilled(draft):
    with pytest.raises(Refused, match="wczytaj pliki"):
        waste.publish(draft, by=None, moment=TUESDAY)
    load(draft)
    assert days_at(make_point(KOSSAKA, "5")) == []
    waste.publish(draft, by=None, moment=TUESDAY)

    with pytest.raises(Refused, match="nie podmienia"):
        load(draft)


def test_the_next_version_takes_the_place_of_the_first_in_one_moment(schedule):
    address = make_point(KOSSAKA, "5")
    known = collection_of(address)
    later = FIRST + timedelta(days=2)

    newer = make_schedule(FIRST, later, moment=TUESDAY + timedelta(days=1), name="Nowy", publish=False)
    assert ("bio", SECOND) in days_at(address)
    waste.publish(newer, by=None, moment=TUESDAY + timedelta(days=1))

    assert days_at(address) == [("bio", FIRST), ("szklo", FIRST), ("bio", later)]
    now = collection_of(address)
    assert (now.uid, now.sequence, now.pk != known.pk) == (known.uid, 1, True)


# A moved day


@pytest.fixture
def odpady():
    return Topic.objects.get(code="odpady")


def follower_at(street, number, topic, channels=(Channel.EMAIL,)):
    return make_follower(topics=[topic], channels=channels, address=make_point(street, number))


def test_a_moved_day_reaches_exactly_the_affected_addresses_once(schedule, odpady, dariusz, smtp):
    mine = follower_at(KOSSAKA, "5", odpady, channels=(Channel.EMAIL, Channel.SMS))
    follower_at(GRUNWALDZKA, "3", odpady)  # another route
    follower_at(GRUNWALDZKA, "4", odpady)  # on none
    make_follower(topics=[], address=make_point(KOSSAKA, "7a"))  # of the route, asked for nothing
    reminded = make_follower(topics=[], street=None)
    add(reminded, make_point(KOSSAKA, "7a"))
    bio = collection_of(make_point(KOSSAKA, "5"))

    change = waste.move_day(bio, day=FIRST + timedelta(days=1), reason="Święto", by=dariusz, moment=TUESDAY)

    told = Message.objects.about(change)
    assert sorted(told.values_list("address", flat=True)) == sorted(
        [*mine.endpoints.values_list("address", flat=True), reminded.endpoints.get().address]
    )
    assert change.audience == 3
    Message.objects.filter(channel="sms").delete()
    Message.objects.update(next_attempt_at=TUESDAY)
    relay.drain()
    assert len(smtp.letters) == 2
    assert {letter["List-Unsubscribe-Post"] for letter in smtp.letters} == {"List-Unsubscribe=One-Click"}


def test_a_moved_and_a_cancelled_day_are_told_in_each_reader_s_language(schedule, odpady, dariusz):
    place = make_point(KOSSAKA, "5")
    make_follower(topics=[odpady], address=place)
    make_follower(topics=[odpady], address=place, language="uk")
    bio, szklo = (collection_of(place, code) for code in ("bio", "szklo"))

    moved = waste.move_day(bio, day=FIRST + timedelta(days=1), reason="Święto", by=dariusz, moment=TUESDAY)
    cancelled = waste.cancel_day(szklo, reason="Awaria", by=dariusz, moment=TUESDAY)

    assert subjects_about(moved) == {"Bioodpady: odbiór przełożony", "Біовідходи: вивезення перенесено"}
    assert subjects_about(cancelled) == {"Szkło: odbiór odwołany", "Скло: вивезення скасовано"}


def subjects_about(change):
    return {message.content.subject for message in Message.objects.about(change)}


def test_a_day_is_moved_to_another_day_that_has_not_passed(schedule, dariusz):
    bio = collection_of(make_point(KOSSAKA, "5"))

    for day, words in ((FIRST, "już w tym dniu"), (TUESDAY.date() - timedelta(days=1), "minął")):
        with pytest.raises(Refused, match=words):
            waste.move_day(bio, day=day, reason="Święto", by=dariusz, moment=TUESDAY)
    waste.cancel_day(bio, reason="Śnieg", by=dariusz, moment=TUESDAY)
    with pytest.raises(Refused, match="odwołany"):
        waste.move_day(bio, day=SECOND, reason="Święto", by=dariusz, moment=TUESDAY)


def add(follower, address, *, days_before=1, at="18:00", channel="email", fractions=("bio",)):
    reminding.add_reminders(
        follower, address=address, fractions=Fraction.objects.filter(code__in=fractions), days_before=days_before, at=at,
        channel=channel, moment=TUESDAY,
    )  # fmt: skip


# Nobody came


@pytest.fixture
def person(anna):
    found = make_person(anna)
    live_together(found)
    return found


def test_one_tap_of_a_house_is_one_report_however_many_tap(person, bartek):
    today = timezone.localdate()
    make_schedule(today, today + timedelta(days=14))
    address, now = make_point(KOSSAKA, "5"), timezone.now()
    follower = following.follower_of(person, moment=now)
    neighbour = make_person(bartek, "Bartek")
    bio = collection_of(address)

    with pytest.raises(Refused, match="Dodaj najpierw"):
        waste.report_missed(bio, address=address, person=person, moment=now)
    following.add_place(follower, address=address)
    following.add_place(following.follower_of(neighbour, moment=now), address=address)
    _one, is_new = waste.report_missed(bio, address=address, person=person, moment=now)
    _same, is_new_again = waste.report_missed(bio, address=address, person=neighbour, moment=now)

    assert (is_new, is_new_again, MissedCollection.objects.count()) == (True, False, 1)


def test_a_day_to_come_can_not_have_been_missed(schedule, person):
    address = make_point(KOSSAKA, "5")
    following.add_place(following.follower_of(person, moment=TUESDAY), address=address)

    with pytest.raises(Refused, match="ostatnich siedmiu dni"):
        waste.report_missed(collection_of(address), address=address, person=person, moment=TUESDAY)


def test_a_report_is_settled_once(person, dariusz):
    today = timezone.localdate()
    make_schedule(today, today + timedelta(days=14))
    address = make_point(KOSSAKA, "5")
    following.add_place(following.follower_of(person, moment=timezone.now()), address=address)
    missed, _ = waste.report_missed(collection_of(address), address=address, person=person, moment=timezone.now())

    waste.settle(missed, outcome="Odebrano w środę.", by=dariusz, moment=timezone.now())

    with pytest.raises(Refused, match="już załatwione"):
        waste.settle(missed, outcome="Odebrano.", by=dariusz, moment=timezone.now())


# Pages


def test_anyone_sees_the_days_of_an_address_and_where_to_take_the_rest(client):
    today = timezone.localdate()
    make_schedule(today + timedelta(days=1), today + timedelta(days=15))

    answer = client.get(reverse("announcements:waste"), {"street": KOSSAKA.lower(), "number": "5"})
    page = client.get(answer.headers["Location"]).content.decode()

    assert "Bioodpady" in page
    assert reverse("pszok:home") in page
    assert "csrfmiddlewaretoken" not in page


def test_an_unknown_address_is_told_beside_its_field_and_stays_typed(client):
    make_points()

    answer = client.get(reverse("announcements:waste"), {"street": KOSSAKA, "number": "999"})

    assert answer.status_code == 422
    assert 'value="999"' in answer.content.decode()


def test_a_resident_taps_nie_odebrano_on_the_page(client, person, sign_in):
    today = timezone.localdate()
    make_schedule(today, today + timedelta(days=14))
    address = make_point(KOSSAKA, "5")
    following.add_place(following.follower_of(person, moment=timezone.now()), address=address)
    sign_in(client, person.account)
    bio = collection_of(address)

    answer = client.post(reverse("announcements:waste_missed", args=[address.pk, bio.pk]), follow=True)

    assert "Przekazaliśmy firmie" in answer.content.decode()
    assert MissedCollection.objects.get().person == person


def test_leaving_waste_by_mail_ends_its_reminders_too(schedule, person, odpady):
    """L25"""
    follower = following.follower_of(person, moment=TUESDAY)
    add(follower, make_point(KOSSAKA, "5"))

    following.leave(follower, odpady, channel="email", moment=TUESDAY)

    assert not follower.reminders.exists()
    assert Place.objects.filter(follower=follower).exists()
