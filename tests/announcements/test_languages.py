"""One message in several languages: written and read with the draft, sent to each reader in theirs, in Polish where nobody translated."""

import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from announcements import banner, fan_out, languages
from announcements.actions import announcements as verbs
from announcements.actions import following
from announcements.cap import NAMESPACE
from announcements.models import Announcement, Area, Follower, Translation
from office.channels import as_email
from office.models import Channel, Message, MessageBody
from office.transitions import Refused
from pruszcz_portal import roles
from tests.announcements.cast import (
    ALERT,
    UKRAINIAN,
    make_announcement,
    make_follower,
    make_point,
    make_sender,
    make_topic,
    translate,
)
from tests.announcements.test_desk import typed
from tests.factories import TUESDAY, make_person

pytestmark = pytest.mark.django_db
TOWN = {"kind": Area.Kind.TOWN}


def text_to(follower, channel=Channel.EMAIL):
    return Message.objects.select_related("body").get(channel=channel, endpoint__in=follower.endpoints.values("pk")).content


def sent(announcement, *people):
    verbs.hand_in(announcement, by=announcement.written_by, moment=TUESDAY)
    for person in people:
        verbs.release(announcement, by=person, moment=TUESDAY)
    verbs.send(announcement.pk, moment=TUESDAY)
    announcement.refresh_from_db()
    return announcement


@pytest.fixture
def desk(dariusz, sign_in):
    dariusz.groups.add(Group.objects.get(name=roles.ANNOUNCER))
    make_sender(dariusz)
    make_point()
    return sign_in(Client(), dariusz)


def test_each_reader_gets_their_language_and_in_polish_what_nobody_translated(dariusz):
    every = (Channel.EMAIL, Channel.SMS, Channel.PUSH)
    polish, ukrainian, german = (make_follower(channels=every, language=code) for code in ("pl", "uk", "de"))
    one = make_announcement(dariusz)
    translate(one)

    assert fan_out.queue(one, moment=TUESDAY) == 9

    assert text_to(polish).subject == text_to(german).subject == "Nie będzie wody"
    assert text_to(german).text.startswith("Jutro od 8 do 14 nie będzie wody.")
    letter = text_to(ukrainian)
    assert letter.subject == "Не буде води"
    assert letter.text.startswith("Завтра з 8 до 14 не буде води.")
    assert f"/komunikaty/{one.pk}/#uk" in letter.text
    assert text_to(ukrainian, Channel.SMS).text == "Завтра 8-14 без води. Wodociągi Miejskie"
    assert json.loads(text_to(ukrainian, Channel.PUSH).text) == {
        "title": "Не буде води", "body": "Завтра 8-14 без води.", "url": f"/komunikaty/{one.pk}/#uk", "tag": str(one.pk), "lang": "uk",
    }  # fmt: skip
    assert MessageBody.objects.count() == 6  # nothing is written for German, which has no text


def test_the_words_around_are_in_the_language_of_the_text(dariusz):
    """L49: who speaks and how to stop it is told in the reader's language too."""
    follower = make_follower(language="uk")
    one = make_announcement(dariusz)
    translate(one)
    fan_out.queue(one, moment=TUESDAY)

    message = Message.objects.get()

    assert "Відправник: Wodociągi Miejskie, tel. 58 000 00 01." in message.content.text
    assert "обрано тему «Woda»" in message.content.text
    assert "wybrano temat" not in message.content.text
    assert message.content.text.endswith(message.leave_url)
    assert '<td lang="uk"' in message.content.html
    assert as_email(message).message()["Subject"] == "=?utf-8?b?0J3QtSDQsdGD0LTQtSDQstC+0LTQuA==?="
    assert follower.token in message.leave_url


@pytest.mark.parametrize("code", languages.FURTHER)
def test_an_exercise_an_update_and_a_cancellation_say_so_first_in_each_language(dariusz, code):
    """L50"""
    first = make_announcement(dariusz)
    follows = {"references": first, "message_type": Announcement.MessageType.CANCEL}
    one = make_announcement(dariusz, **ALERT, is_exercise=True, expires_at=TUESDAY, **follows)
    said, tongue = translate(one, code), languages.FURTHER[code]

    assert said.title_in_chain == f"{tongue.exercise}{tongue.chain['cancel']}Не буде води"
    assert fan_out.sms_text(one, said).startswith(tongue.exercise)
    assert set(tongue.chain) == {"update", "cancel"}
    assert set(tongue.events) == set(Announcement.Category.values)
    assert len(said.title_in_chain) <= 200


def test_a_warning_says_in_the_readers_language_why_nobody_can_leave_it(dariusz):
    make_follower(language="en")
    topic = make_topic("ostrzezenia", is_statutory=True, why_statutory="Bo tak każe ustawa.")
    one = make_announcement(dariusz, **ALERT, topic=topic, expires_at=TUESDAY + timedelta(hours=1))
    translate(one, "en", title="No water")
    fan_out.queue(one, moment=TUESDAY)

    assert "You cannot opt out of it." in Message.objects.get().content.text
    assert "ustawa" not in Message.objects.get().content.text


def test_the_audience_is_still_queued_in_one_statement(dariusz):
    for code in ("pl", "uk", "en", "de"):
        make_follower(channels=(Channel.EMAIL, Channel.SMS), language=code)
    one = make_announcement(dariusz)
    translate(one), translate(one, "en"), translate(one, "de")

    with CaptureQueriesContext(connection) as seen:
        fan_out.queue(one, moment=TUESDAY)

    assert len([query for query in seen.captured_queries if "into office_message (" in query["sql"].lower()]) == 1
    assert Message.objects.values("body").distinct().count() == 8


def test_what_was_sent_gets_no_further_word_in_any_language(dariusz, celina):
    """L48: the database refuses, whoever asks."""
    one = make_announcement(dariusz)
    said = translate(one)
    sent(one, celina)

    for change in (
        lambda: Translation.objects.filter(pk=said.pk).update(text="Вода є."),
        lambda: translate(one, "de"),
        lambda: Translation.objects.filter(pk=said.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
            change()


def test_a_translation_of_other_words_goes_no_further(dariusz, celina):
    """What was translated must be what is released."""
    one = make_announcement(dariusz)
    said = translate(one)
    Announcement.objects.filter(pk=one.pk).update(text="Jutro od 10 do 16 nie będzie wody.")
    one.refresh_from_db()

    with pytest.raises(Refused, match=r"zmienił się po tłumaczeniu \(ukraiński\)"):
        verbs.hand_in(one, by=dariusz, moment=TUESDAY)

    Translation.objects.filter(pk=said.pk).update(text="Завтра з 10 до 16 не буде води.", made_of=one.fingerprint)
    verbs.hand_in(one, by=dariusz, moment=TUESDAY)


def test_an_update_begins_without_the_translations_of_the_one_before(dariusz, celina):
    """An old text under new Polish words would tell something that is no longer true."""
    one = make_announcement(dariusz)
    translate(one)

    update = verbs.follow_up(sent(one, celina), message_type=Announcement.MessageType.UPDATE, by=dariusz, moment=TUESDAY)

    assert not update.translations.exists()


def test_a_writer_translates_on_the_draft_and_is_told_who_would_read_polish(desk, dariusz):
    make_follower(language="uk"), make_follower(language="de"), make_follower(language="de")
    one = make_announcement(dariusz, sender=make_sender())
    page = reverse("admin:announcements_announcement_change", args=[one.pk])

    before = desk.get(page).content.decode()
    rows = {"translations-TOTAL_FORMS": "1", "translations-INITIAL_FORMS": "0", "translations-0-language": "uk"}
    words = {f"translations-0-{name}": value for name, value in UKRAINIAN.items()}
    area = {"areas-0-id": one.areas.get().pk, "areas-INITIAL_FORMS": "1", "areas-0-street": one.areas.get().street}
    answer = desk.post(
        page, typed(one.sender, title=one.title, text=one.text, short_text=one.short_text, **area, **rows, **words)
    )
    after = desk.get(page).content.decode()

    assert answer.status_code == 302
    assert "1 osoba czyta po ukraińsku, nie ma tłumaczenia: dostanie polski tekst." in before
    assert "2 osoby czytają po niemiecku, nie ma tłumaczenia: dostaną polski tekst." in before
    assert "po ukraińsku" not in after
    assert "po niemiecku" in after
    assert "„Завтра 8-14 без води. Wodociągi Miejskie”" in after
    assert not Translation.objects.get().is_behind


def test_a_tick_says_that_a_translation_still_fits(desk, dariusz):
    one = make_announcement(dariusz, sender=make_sender())
    said = translate(one)
    page = reverse("admin:announcements_announcement_change", args=[one.pk])
    rows = {
        "translations-TOTAL_FORMS": "1",
        "translations-INITIAL_FORMS": "1",
        "translations-0-id": said.pk,
        "translations-0-language": "uk",
    }
    words = {f"translations-0-{name}": value for name, value in UKRAINIAN.items()}
    area = {"areas-0-id": one.areas.get().pk, "areas-INITIAL_FORMS": "1", "areas-0-street": one.areas.get().street}
    given = typed(one.sender, text="Jutro od 8 do 14 nie ma wody.", **area, **rows, **words)

    desk.post(page, given)
    assert Translation.objects.get().is_behind
    assert "zmienił się po tłumaczeniu" in desk.get(page).content.decode()

    desk.post(page, {**given, "translations-0-is_checked": "on"})
    assert not Translation.objects.get().is_behind


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"translations-0-title": ""}, "Uzupełnij to pole."),
        ({"translations-0-text": "а" * 5001}, "5000"),
        ({"translations-0-short_text": "а" * 161}, "160"),
        ({"translations-0-title": "Во\u202eда"}, "nie widać"),
        ({"translations-0-language": "ru"}, "Wybierz odpowiedź z listy."),
    ],
)
def test_a_translation_is_whole_or_its_gap_is_named_and_nothing_typed_is_lost(desk, dariusz, change, words):
    rows = {"translations-TOTAL_FORMS": "1", "translations-INITIAL_FORMS": "0", "translations-0-language": "uk"}
    given = {**rows, **{f"translations-0-{name}": value for name, value in UKRAINIAN.items()}, **change}

    page = desk.post(reverse("admin:announcements_announcement_add"), typed(make_sender(), **given)).content.decode()

    assert words in page
    assert UKRAINIAN["text"] in page or "translations-0-text" in change
    assert not Announcement.objects.exists()


def test_the_same_language_twice_is_told(desk, dariusz):
    one = {**UKRAINIAN, "language": "uk"}
    rows = {f"translations-{number}-{name}": value for number in (0, 1) for name, value in one.items()}
    counts = {"translations-TOTAL_FORMS": "2", "translations-INITIAL_FORMS": "0"}

    answer = desk.post(reverse("admin:announcements_announcement_add"), typed(make_sender(), **rows, **counts))

    assert answer.status_code == 200
    assert not Announcement.objects.exists()


def test_a_person_chooses_the_language_of_messages(client, anna, sign_in):
    make_person(anna)
    sign_in(client, anna)
    page = reverse("announcements:mine")

    assert client.post(page, {"czesc": "jezyk", "language": "uk"}).status_code == 302
    assert Follower.objects.get().language == "uk"
    wrong = client.post(page, {"czesc": "jezyk", "language": "xx"})

    assert (wrong.status_code, Follower.objects.get().language) == (422, "uk")
    assert '<span lang="uk">Мова повідомлень</span>' in client.get(page).content.decode()


def test_the_page_shows_each_language_marked_as_such(client, dariusz, celina):
    one = make_announcement(dariusz)
    translate(one, "en", title="No water"), translate(one)
    page = client.get(reverse("announcements:announcement", args=[sent(one, celina).pk])).content.decode()

    assert '<a href="#uk" lang="uk" hreflang="uk">українська</a>' in page
    assert '<section class="news__translation" lang="uk" aria-labelledby="uk">' in page
    assert page.index('id="uk"') < page.index('id="en"')  # in the order in which they are offered
    listed = client.get(reverse("announcements:home")).content.decode()
    assert f'/komunikaty/{one.pk}/#uk" lang="uk"' in listed


def test_an_alert_on_every_page_leads_to_its_languages(client, dariusz, celina, franek):
    one = make_announcement(dariusz, **ALERT, areas=[TOWN], expires_at=TUESDAY + timedelta(days=3650))
    translate(one)
    sent(one, celina, franek)
    banner.MEMORY.forget()

    assert f'<a href="/komunikaty/{one.pk}/#uk" lang="uk" hreflang="uk">українська</a>' in client.get("/").content.decode()


def test_a_feed_in_a_language_marks_what_stands_in_polish(client, dariusz, celina):
    told, untold = make_announcement(dariusz), make_announcement(dariusz, title="Objazd")
    translate(told)
    sent(told, celina), sent(untold, celina)

    feed = feedparser.parse(client.get(reverse("announcements:atom") + "?jezyk=uk").content)

    assert (feed.bozo, feed.feed.language) == (False, "uk")
    assert {entry.title: entry.title_detail.language for entry in feed.entries} == {"Не буде води": "uk", "Objazd": "pl"}
    assert {entry.id for entry in feed.entries} == {f"urn:uuid:{told.pk}", f"urn:uuid:{untold.pk}"}
    assert client.get(reverse("announcements:atom") + "?jezyk=xx").status_code == 404


def test_cap_has_one_block_a_language_of_one_meaning(client, dariusz, celina, franek):
    """CAP 1.2, 3.2.2: blocks of one message differ in language alone."""
    one = make_announcement(dariusz, **ALERT, areas=[TOWN], expires_at=TUESDAY + timedelta(hours=6))
    translate(one), translate(one, "en", title="No water")
    sent(one, celina, franek)

    root = ET.fromstring(client.get(reverse("announcements:cap", args=[one.pk])).content)  # noqa: S314  our own
    infos = [
        {child.tag.removeprefix(f"{{{NAMESPACE}}}"): child.text for child in info} for info in root.iter(f"{{{NAMESPACE}}}info")
    ]

    assert [info["language"] for info in infos] == ["pl-PL", "uk-UA", "en-GB"]
    assert [info["headline"] for info in infos] == ["Nie będzie wody", "Не буде води", "No water"]
    assert infos[1]["event"] == "вода, електрика, газ, тепло"
    assert infos[2]["web"].endswith("#en")
    same = ["category", "responseType", "urgency", "severity", "certainty", "expires", "senderName"]
    assert len({tuple(info[name] for name in same) for info in infos}) == 1
    areas = [area.text for area in root.iter(f"{{{NAMESPACE}}}areaDesc")]
    assert areas == ["Pruszcz Gdański: całe miasto", "Pruszcz Gdański: усе місто", "Pruszcz Gdański: the whole town"]


def test_a_choice_of_language_is_among_what_we_hold_on_a_person(anna):
    from announcements.my_data import my_data

    person = make_person(anna)
    following.set_language(following.follower_of(person, moment=TUESDAY), language="de")

    assert "language" in next(iter(my_data(person, TUESDAY))).columns
    assert Follower.objects.get().language == "de"
