"""The writer at the desk: a draft with its areas, told beside the field what is wrong with them."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from announcements import rules
from announcements.admin.announcements import _reach
from announcements.admin.forms import AnnouncementForm, AreaForm
from announcements.models import Announcement, Sender
from office.models import Channel
from pruszcz_portal import roles
from tests.announcements.cast import KOSSAKA, make_announcement, make_follower, make_point, make_sender, make_topic

pytestmark = pytest.mark.django_db
NO_FILES = {"attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0"}
NO_TRANSLATIONS = {"translations-TOTAL_FORMS": "0", "translations-INITIAL_FORMS": "0"}


@pytest.fixture
def desk(dariusz, sign_in):
    dariusz.groups.add(Group.objects.get(name=roles.ANNOUNCER))
    make_sender(dariusz)
    make_point()
    return sign_in(Client(), dariusz)


def typed(sender, **changes):
    return {
        "sender": sender.pk, "topic": make_topic().pk, "kind": "info", "title": "Nie ma wody", "text": "Do 16.", "short_text": "Do 16.",
        "areas-TOTAL_FORMS": "1", "areas-INITIAL_FORMS": "0", "areas-0-kind": "street", "areas-0-street": "kossaka", **NO_FILES, **NO_TRANSLATIONS, **changes,
    }  # fmt: skip


def test_a_writer_saves_a_draft_with_its_street_as_the_register_spells_it(desk):
    answer = desk.post(
        reverse("admin:announcements_announcement_add"), typed(make_sender(), **{"areas-0-street": KOSSAKA.lower()})
    )

    assert answer.status_code == 302
    assert Announcement.objects.get().areas.get().street == KOSSAKA


def test_a_street_that_nobody_knows_is_told_with_the_one_that_was_meant(desk):
    answer = desk.post(reverse("admin:announcements_announcement_add"), typed(make_sender()))

    assert "Czy to „Wojciecha Kossaka”?" in answer.content.decode()
    assert not Announcement.objects.exists()


def test_what_was_sent_shows_its_areas_and_takes_no_more(desk, dariusz):
    one = make_announcement(dariusz, status="sent")

    page = desk.get(reverse("admin:announcements_announcement_change", args=[one.pk])).content.decode()

    assert KOSSAKA in page
    assert "areas-0-street" not in page


@pytest.mark.parametrize(
    ("row", "field", "words"),
    [
        ({"kind": "street"}, "street", "Podaj"),
        ({"kind": "town", "street": KOSSAKA}, "street", "Zostaw puste"),
        ({"kind": "address", "street": KOSSAKA}, "number", "Podaj"),
        ({"kind": "address", "street": KOSSAKA, "number": "99"}, "number", "nie ma takiego numeru"),
        ({"kind": "street", "street": KOSSAKA, "number": "5"}, "number", "Zostaw puste"),
        ({"kind": "circle", "latitude": "54,26", "longitude": "18,64"}, "radius_m", "Podaj"),
        ({"kind": "circle", "latitude": "18.64", "longitude": "54.26", "radius_m": "300"}, "latitude", "zamienione"),
        ({"kind": "circle", "latitude": "52,2", "longitude": "21,0", "radius_m": "300"}, "latitude", "daleko"),
        ({"kind": "circle", "latitude": "54,26", "longitude": "18,64", "radius_m": "5"}, "radius_m", "50"),
    ],
)
def test_an_area_is_of_one_kind_and_whole(row, field, words):
    make_point()
    form = AreaForm(row)

    assert not form.is_valid()
    assert words in " ".join(form.errors[field])


def test_who_keeps_a_sender_says_who_speaks_for_it(celina, dariusz, sign_in):
    """Without this nobody could be made to speak for a new sender at the desk."""
    celina.groups.add(Group.objects.get(name=roles.ANNOUNCEMENT_RELEASER))
    given = {
        "code": "drogi", "name": "Drogi", "contact": "tel. 58", "topics": [make_topic().pk], "is_active": "on", "members-TOTAL_FORMS": "1",
        "members-INITIAL_FORMS": "0", "members-0-user": dariusz.pk,
    }  # fmt: skip

    sign_in(Client(), celina).post(reverse("admin:announcements_sender_add"), given)

    assert rules.speaks_for(dariusz, Sender.objects.get(code="drogi"))


def test_an_address_is_typed_and_stays_as_it_was_shown(desk, dariusz):
    five = make_point()
    given = typed(make_sender(), **{"areas-0-kind": "address", "areas-0-street": KOSSAKA.upper(), "areas-0-number": "5"})

    desk.post(reverse("admin:announcements_announcement_add"), given)
    area = Announcement.objects.get().areas.get()
    assert (area.address, area.street) == (five, "")

    shown = AreaForm(instance=area)
    assert (shown["street"].value(), shown["number"].value()) == (KOSSAKA, "5")
    page = reverse("admin:announcements_announcement_change", args=[area.announcement.pk])
    desk.post(page, given | {"areas-INITIAL_FORMS": "1", "areas-0-id": area.pk, "title": "Nadal nie ma"})
    area.refresh_from_db()
    assert (area.address, area.announcement.title) == (five, "Nadal nie ma")


def test_decimal_commas_are_taken():
    form = AreaForm({"kind": "circle", "latitude": "54,260120", "longitude": "18,64", "radius_m": "300"})

    form.is_valid()

    assert "latitude" not in form.errors
    assert "longitude" not in form.errors


def test_an_alert_names_what_it_lacks_beside_each_field(dariusz):
    """L48"""
    form = AnnouncementForm({"kind": "alert"})
    form.is_valid()

    assert {"severity", "urgency", "certainty", "category", "expires_at"} <= set(form.errors)


def test_the_rehearsal_counts_ways_by_their_polish_names(dariusz):
    make_follower(channels=(Channel.EMAIL, Channel.SMS))

    assert _reach(make_announcement(dariusz)) == [("e-mail", 1), ("SMS", 1)]
