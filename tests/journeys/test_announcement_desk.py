"""The desk of announcements: Dariusz writes a warning in two languages, Zofia and Marta let it out; Zofia takes in days of waste, moves one and
publishes the next version; what residents told is answered and settled."""
# ruff: noqa: F811  fixtures are imported by name

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from announcements.actions import announcements as verbs
from announcements.actions import replies, waste
from announcements.models import Announcement, Collection, CollectionChange, Fraction, MissedCollection, Schedule, Sender, Topic
from announcements.statuses import AnnouncementStatus
from pruszcz_portal import roles
from tests.announcements.cast import (
    GRUNWALDZKA,
    KOSSAKA,
    UKRAINIAN,
    make_announcement,
    make_follower,
    make_point,
    make_sender,
    make_topic,
)
from tests.announcements.waste_cast import ADDRESSES, DAYS, collection_of, make_points
from tests.conftest import make_user
from tests.factories import make_person
from tests.journeys.consulted import browser_of, check, faults, first_rows  # noqa: F401  fixtures
from tests.journeys.test_consultation_desk import press
from tests.journeys.test_desk import open_verb


@pytest.fixture
def dariusz(transactional_db):
    return make_user("dariusz@pruszcz.example", "Dariusz Lis", roles.ANNOUNCER)


@pytest.fixture
def zofia(transactional_db):
    return make_user("zofia@pruszcz.example", "Zofia Mak", roles.ANNOUNCEMENT_RELEASER)


@pytest.fixture
def marta(transactional_db):
    return make_user("marta@pruszcz.example", "Marta Duda", roles.ANNOUNCEMENT_RELEASER)


@pytest.fixture
def at(live_server):
    def open_it(page, thing, verb=""):
        name = f"admin:announcements_{thing._meta.model_name}"
        page.goto(
            live_server.url
            + (
                reverse(f"{name}_{verb or 'changelist'}")
                if isinstance(thing, type)
                else reverse(f"{name}_change", args=[thing.pk])
            )
        )
        return page

    return open_it


def save(page):
    page.locator("input[name=_continue]").click()


def test_a_warning_in_two_languages_is_written_rehearsed_and_let_out_by_two(
    at, browser_of, dariusz, zofia, marta, live_server, check, faults
):
    make_sender(dariusz, zofia, marta, topics=[make_topic()])
    make_point()
    make_follower(language="uk"), make_follower(language="de"), make_follower(language="de")
    page = at(browser_of(dariusz), Announcement, "add")
    check(page, "desk-announcement-new")

    page.get_by_label("Nadawca").select_option("Wodociągi Miejskie")
    page.get_by_label("Temat").select_option("Woda")
    page.locator("#id_kind").select_option("alert")
    page.locator("#id_title").fill("Nie ma wody")
    page.locator("#id_text").fill("Pękła rura. Woda wróci do 16.")
    page.locator("#id_short_text").fill("Nie ma wody do 16.")
    page.locator("#id_areas-0-kind").select_option("street")
    page.locator("#id_areas-0-street").fill("Nieznana")
    save(page)
    expect(page.get_by_text("Nie znamy tej ulicy.")).to_be_visible()
    expect(page.get_by_text("Ostrzeżenie tego wymaga.").first).to_be_visible()
    check(page, "desk-announcement-wrong")
    assert page.locator("#id_text").input_value() == "Pękła rura. Woda wróci do 16."
    page.locator("#id_areas-0-street").fill(KOSSAKA)
    for field, value in (("severity", "Severe"), ("urgency", "Immediate"), ("certainty", "Observed"), ("category", "Infra")):
        page.locator(f"#id_{field}").select_option(value)
    tomorrow = timezone.localdate() + timedelta(days=1)
    page.get_by_label("Ważny do").fill(f"{tomorrow.isoformat()}T16:00")
    save(page)
    expect(page.get_by_text("1 osoba czyta po ukraińsku, nie ma tłumaczenia: dostanie polski tekst.")).to_be_visible()
    check(page, "desk-announcement-draft")

    page.locator("#id_translations-0-language").select_option("uk")
    for name, words in UKRAINIAN.items():
        page.locator(f"#id_translations-0-{name}").fill(words)
    save(page)
    expect(page.get_by_text("2 osoby czytają po niemiecku, nie ma tłumaczenia: dostaną polski tekst.")).to_be_visible()
    expect(page.get_by_text("po ukraińsku")).to_have_count(0)
    check(page, "desk-announcement-translated")
    page.locator("#id_text").fill("Pękła rura. Woda wróci do 18.")
    save(page)
    expect(page.get_by_text("Polski tekst zmienił się po tłumaczeniu (ukraiński).")).to_be_visible()
    page.locator("#id_translations-0-is_checked").check()
    save(page)
    press(page, "Przekaż do sprawdzenia")
    expect(page.locator("#id_text")).to_have_count(0)
    check(page, "desk-announcement-in-review")

    one = Announcement.objects.get()
    for person in (zofia, marta):
        page = at(browser_of(person), one)
        expect(page.get_by_text("2 osoby czytają po niemiecku")).to_be_visible()
        check(page, f"desk-announcement-for-{person.name[:5]}")
        open_verb(page, "Wypuść")
        check(page, "desk-announcement-release")
        press(page, "Wypuść")
        expect(page.get_by_text("Wykonano: Wypuść.")).to_be_visible()
    verbs.send(one.pk, moment=timezone.now())
    page = at(browser_of(zofia), one)
    expect(page.get_by_role("heading", name="Doręczenia")).to_be_visible()
    check(page, "desk-announcement-sent")
    page = at(browser_of(dariusz), one)
    press(page, "Przygotuj odwołanie")
    one.refresh_from_db()
    assert one.status == AnnouncementStatus.SENDING
    assert one.followed_by.message_type == "cancel"
    check(at(page, Announcement), "desk-announcements")
    assert not faults, "\n".join(faults)


def test_senders_topics_and_fractions_are_kept_without_a_script(at, browser_of, zofia, dariusz, marta, check, faults):
    make_topic()
    for scripts in (True, False):
        page = at(browser_of(zofia, java_script_enabled=scripts), Sender, "add")
        code = "wik" if scripts else "drogi"
        page.locator("#id_code").fill(code)
        page.locator("#id_name").fill("Wodociągi")
        page.locator("#id_contact").fill("tel. 58 000 00 01")
        page.get_by_label("Woda").check()
        page.locator("#id_members-0-user").select_option(str(dariusz.pk))
        if scripts:
            check(page, "desk-sender-new")
        save(page)
        assert list(Sender.objects.get(code=code).members.values_list("user", flat=True)) == [dariusz.pk]
    page = at(browser_of(zofia), Sender.objects.get(code="wik"))
    check(page, "desk-sender")
    for kind in (Topic, Fraction):
        check(at(page, kind), f"desk-{kind.__name__}-list")
        check(at(page, kind, "add"), f"desk-{kind.__name__}-new")
        page.locator("#id_name").fill("Zażółć")
        save(page)
        expect(page.locator(".errorlist").first).to_be_visible()
        expect(page.locator("#id_name")).to_have_value("Zażółć")
    assert not faults, "\n".join(faults)


def files(page, addresses, days):
    page.locator("#id_addresses").set_input_files({"name": "adresy.csv", "mimeType": "text/csv", "buffer": addresses})
    page.locator("#id_days").set_input_files({"name": "terminy.csv", "mimeType": "text/csv", "buffer": days})
    press(page, "Wczytaj pliki")


def new_schedule(page, at, name, today):
    at(page, Schedule, "add")
    page.locator("#id_name").fill(name)
    page.locator("#id_valid_from").fill(f"{today:%d.%m.%Y}")
    page.locator("#id_valid_to").fill(f"{date(today.year + 1, 12, 31):%d.%m.%Y}")
    page.locator("#id_source").fill("umowa z operatorem")


def test_days_of_waste_are_taken_in_moved_called_off_and_swapped_by_version(at, browser_of, zofia, check, faults):
    make_points()
    today = timezone.localdate()
    first, second = today + timedelta(days=7), today + timedelta(days=21)
    make_follower(topics=[make_topic("odpady")], address=make_point(KOSSAKA, "5"))
    page = browser_of(zofia)
    new_schedule(page, at, "Harmonogram", today)
    page.locator("#id_valid_to").fill(f"{today - timedelta(days=1):%d.%m.%Y}")
    check(page, "desk-schedule-new")
    save(page)
    expect(page.get_by_text("Harmonogram kończy się przed swoim początkiem.")).to_be_visible()
    check(page, "desk-schedule-wrong")
    page.locator("#id_valid_to").fill(f"{date(today.year + 1, 12, 31):%d.%m.%Y}")
    save(page)
    check(page, "desk-schedule-draft")

    open_verb(page, "Wczytaj pliki")
    check(page, "desk-schedule-files")
    press(page, "Wczytaj pliki")
    expect(page.locator("#id_addresses_error")).to_be_visible()
    wrong = ADDRESSES.replace(GRUNWALDZKA, "Wymyślona").encode("cp1250")
    files(page, wrong, DAYS.format(first, "32.13.2026").encode())
    expect(page.get_by_text("Wymyślona")).to_be_visible()
    check(page, "desk-schedule-errors")
    assert not Collection.objects.exists()
    files(page, ADDRESSES.encode("cp1250"), DAYS.format(first, second).encode("utf-8-sig"))
    expect(page.get_by_text("Wykonano: Wczytaj pliki.")).to_be_visible()
    open_verb(page, "Ogłoś")
    check(page, "desk-schedule-publish")
    press(page, "Ogłoś")
    expect(page.get_by_text("Wykonano: Ogłoś.")).to_be_visible()
    check(page, "desk-schedule-published")
    assert page.get_by_role("button", name="Ogłoś").count() == 0

    check(at(page, Collection), "desk-collections")
    bio = collection_of(make_point(KOSSAKA, "5"))
    at(page, bio)
    check(page, "desk-collection")
    open_verb(page, "Przełóż")
    page.locator("#id_day").fill((today - timedelta(days=1)).isoformat())
    page.locator("#id_reason").fill("Święto.")
    check(page, "desk-collection-move")
    press(page, "Przełóż")
    expect(page.get_by_text("Ten dzień już minął.")).to_be_visible()
    expect(page.locator("#id_reason")).to_have_value("Święto.")
    check(page, "desk-collection-refused")
    page.locator("#id_day").fill((first + timedelta(days=1)).isoformat())
    press(page, "Przełóż")
    expect(page.get_by_text("Wykonano: Przełóż.")).to_be_visible()
    assert CollectionChange.objects.get().audience == 1
    glass = collection_of(make_point(KOSSAKA, "5"), "szklo")
    at(page, glass)
    open_verb(page, "Odwołaj odbiór")
    check(page, "desk-collection-cancel")
    page.locator("#id_reason").fill("Awaria śmieciarki.")
    press(page, "Odwołaj odbiór")
    expect(page.get_by_text("Wykonano: Odwołaj odbiór.")).to_be_visible()
    assert page.locator("#content a.desk-verb").count() == 0  # what is called off is neither moved nor called off again
    check(page, "desk-collection-cancelled")

    new_schedule(page, at, "Harmonogram po zmianie", today)
    save(page)
    open_verb(page, "Wczytaj pliki")
    files(page, ADDRESSES.encode(), DAYS.format(first + timedelta(days=2), second).encode())
    open_verb(page, "Ogłoś")
    press(page, "Ogłoś")
    expect(page.get_by_text("Wykonano: Ogłoś.")).to_be_visible()
    assert collection_of(make_point(KOSSAKA, "5")).day == first + timedelta(days=2)
    check(at(page, Schedule), "desk-schedules")
    assert not faults, "\n".join(faults)


def test_what_residents_told_is_answered_and_settled(at, browser_of, dariusz, zofia, anna, check, faults):
    person, now = make_person(anna), timezone.now()
    home = make_points()[0]
    sender = make_sender(dariusz, topics=[make_topic()], accepts_replies=True)
    one = make_announcement(dariusz, sender=sender, accepts_replies=True, moment=now)
    verbs.hand_in(one, by=dariusz, moment=now)
    verbs.release(one, by=zofia, moment=now)
    verbs.send(one.pk, moment=now)
    one.refresh_from_db()
    told = replies.reply(one, person=person, text="U nas też nie ma.", photo=None, by=anna, moment=now)
    schedule = Schedule.objects.create(
        name="Harmonogram", valid_from=now.date() - timedelta(days=30), valid_to=now.date() + timedelta(days=30), source="umowa"
    )
    days = DAYS.format(timezone.localdate() - timedelta(days=1), timezone.localdate() + timedelta(days=7))
    waste.load(schedule, addresses=ADDRESSES.encode(), days=days.encode(), by=zofia, moment=now)
    waste.publish(schedule, by=zofia, moment=now)
    make_follower(person, topics=[], address=home)
    missed, _is_new = waste.report_missed(collection_of(home), address=home, person=person, moment=now)

    page = at(browser_of(dariusz), type(told))
    check(page, "desk-replies")
    at(page, told)
    check(page, "desk-reply")
    open_verb(page, "Odpowiedz")
    check(page, "desk-reply-answer")
    page.locator("#id_answer").fill("Dziękujemy, ekipa jedzie.")
    press(page, "Odpowiedz")
    expect(page.get_by_text("Wykonano: Odpowiedz.")).to_be_visible()
    check(page, "desk-reply-answered")

    check(at(page, MissedCollection), "desk-missed-list")
    at(page, missed)
    check(page, "desk-missed")
    open_verb(page, "Załatwione")
    page.locator("#id_outcome").fill("Operator wrócił.")
    check(page, "desk-missed-settle")
    press(page, "Załatwione")
    expect(page.get_by_text("Wykonano: Załatwione.")).to_be_visible()
    assert re.search("Operator wrócił", page.content())
    assert not faults, "\n".join(faults)
