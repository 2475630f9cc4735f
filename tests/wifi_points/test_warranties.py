"""Who repairs for nothing until when; the list of what ends and the letter before it."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office import files
from office.models import Message, StoredFile
from office.transitions import Refused
from tests.factories import TUESDAY
from tests.office.samples import pdf, upload
from tests.wifi_points import cast
from tests.wifi_points.test_desk import page, press
from wifi_points import ending, rules
from wifi_points.actions import duties, networks
from wifi_points.models import Norm, Programme, Requirement, Warranty

TYPED = {"starts_on": "2026-01-01", "ends_on": "2096-01-31", "company": "Sieć i Syn", "contact": "serwis@siec.example"}


def at(year, month, day):
    return datetime(year, month, day, 9, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def desk(sign_in, wiktor):
    return sign_in(Client(), wiktor)


def titles(day=cast.TODAY):
    return [(one.kind, one.on) for one in ending.endings(day)]


def test_the_officer_enters_a_warranty_with_its_card_at_the_network(desk, live, wiktor):
    point = live.points.get()

    answer = press(desk, live, "add_warranty", access_point=point.pk, file=upload(pdf(), "karta.pdf"), **TYPED)

    assert answer.status_code == 302
    stored = Warranty.objects.get()
    assert (stored.access_point, stored.ends_on, stored.company, stored.by) == (
        point,
        date(2096, 1, 31),
        "Sieć i Syn",
        wiktor.subject,
    )
    text = page(desk, live).content.decode()
    assert (
        "Do 31 stycznia 2096 r., zostało" in text.replace("\u00a0", " ") and "serwis@siec.example" in text and "karta.pdf" in text
    )
    assert "Sieć i Syn: do 31 stycznia" in page(desk, point).content.decode().replace("\u00a0", " ")
    assert not StoredFile.objects.unattached().exists()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"ends_on": "2025-12-31"}, "ends_on", "zanim się zacznie"),
        ({"company": ""}, "company", ""),
        ({"ends_on": "31 lutego"}, "ends_on", ""),
        ({"file": SimpleUploadedFile("karta.pdf", b"MZ", "application/pdf")}, "file", ""),
    ],
)
def test_a_wrong_warranty_is_told_beside_its_field_and_what_was_typed_stays(desk, live, wrong, field, words):
    answer = press(desk, live, "add_warranty", **{**TYPED, **wrong})

    assert answer.status_code == 422 and words in " ".join(answer.context["form"].errors[field])
    assert "serwis@siec.example" in answer.content.decode() and not Warranty.objects.exists()


def test_a_device_of_another_network_is_not_chosen(desk, live, igor, wiktor):
    stranger = cast.make_live(igor, wiktor).points.get()

    answer = press(desk, live, "add_warranty", access_point=stranger.pk, **TYPED)

    assert answer.status_code == 422 and not Warranty.objects.exists()
    with pytest.raises(Refused):
        cast.make_warranty(live, wiktor, access_point=stranger)


def test_a_warranty_is_corrected_and_its_history_keeps_what_stood(desk, live, wiktor):
    made = cast.make_warranty(live, wiktor)

    answer = press(desk, made, "correct_warranty", **{**TYPED, "ends_on": "2097-01-31"})

    assert answer.status_code == 302
    events = Warranty.pgh_event_model.objects.filter(pgh_obj_id=made.pk).order_by("pgh_id")
    assert [one.ends_on.year for one in events] == [2096, 2097] and events.last().pgh_context.metadata["user"] == wiktor.pk


def test_a_warranty_taken_back_counts_no_more_and_is_taken_back_once(desk, live, wiktor):
    made = cast.make_warranty(live, wiktor)

    press(desk, made, "withdraw_warranty")

    assert not Warranty.objects.counting().exists() and ("warranty", made.ends_on) not in titles()
    with pytest.raises(Refused, match="wycofana"):
        duties.withdraw_warranty(made, by=wiktor, moment=TUESDAY)


def test_a_shown_file_is_no_upload_left_behind(live, wiktor):
    """L22: neither the card of a warranty nor the proof of a requirement; what nothing holds is."""
    cast.make_warranty(live, wiktor, file=upload(pdf(), "karta.pdf"))
    duties.show(
        live, requirement=Requirement.objects.first(), note="zdjęcie", file=upload(pdf(), "dowod.pdf"), by=wiktor, moment=TUESDAY
    )
    left = files.store(upload(pdf(), "porzucony.pdf"), owner=wiktor)

    assert list(StoredFile.objects.unattached()) == [left]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2025, 12, 31), "zacznie się 1 stycznia 2026 r."),
        (date(2026, 12, 31), "do 31 stycznia 2027 r., zostało 31 dni"),
        (date(2027, 1, 31), "dziś jest ostatni dzień"),
        (date(2027, 2, 1), "skończyła się 31 stycznia 2027 r."),
    ],
)
def test_the_countdown_is_said_in_words(day, words):
    said = rules.warranty_in_words(date(2026, 1, 1), date(2027, 1, 31), day)

    assert said.replace("\u00a0", " ") == words


def test_duties_and_warranties_stand_on_one_list_the_nearest_first(desk, live, wiktor):
    cast.make_warranty(live, wiktor, date(2026, 12, 24))
    cast.make_warranty(live, wiktor, date(2026, 10, 1), access_point=live.points.get())
    cast.make_warranty(live, wiktor, date(2026, 8, 1))  # ended too long ago

    assert titles() == [("warranty", date(2026, 10, 1)), ("warranty", date(2026, 12, 24)), ("duty", date(2028, 5, 14))]
    assert [(one.is_over, one.is_near) for one in ending.endings(cast.TODAY)] == [(True, False), (False, True), (False, False)]
    cast.make_warranty(live, wiktor)
    text = desk.get(reverse("admin:wifi_points_warranty_endings")).content.decode()
    assert "Utrzymanie: WiFi4EU" in text and "Gwarancja: 1. Siec 1, Sieć i Syn" in text


def test_what_is_gone_ends_nowhere(live, igor, wiktor):
    """A swapped device and a closed network have no warranty to watch, and a programme of closed networks alone no duty."""
    cast.make_warranty(live, wiktor, access_point=live.points.get())
    cast.make_warranty(live, wiktor)
    device = {"brand": "B", "model": "M", "serial": "nowy", "mac": cast.make_mac()}
    networks.swap_device(live.points.get(), **device, swapped_on=cast.TODAY, by=wiktor, moment=TUESDAY)
    assert [kind for kind, _on in titles()] == ["duty", "warranty"]

    other = cast.make_live(igor, wiktor, programme=Programme.objects.create(name="Inny", fund="CEF", source="test"))
    networks.close(live, reason="koniec", replacement=other, by=wiktor, moment=TUESDAY)

    assert titles() == []


def mails():
    return Message.objects.filter(event="wifi_points/ending")


def test_of_each_end_the_officer_is_told_once(live, wiktor):
    made = cast.make_warranty(live, wiktor, date(2027, 1, 31))

    assert duties.remind_of_ends(moment=at(2026, 11, 1)) == 0  # 91 days before
    assert duties.remind_of_ends(moment=at(2026, 11, 2)) == 1
    assert duties.remind_of_ends(moment=at(2026, 11, 3)) == 0
    assert mails().get().about_id == made.pk and mails().get().address == wiktor.email


def test_an_end_that_moved_is_told_again_and_one_that_is_over_is_not(live, wiktor):
    made = cast.make_warranty(live, wiktor, date(2027, 1, 31))
    duties.remind_of_ends(moment=at(2026, 12, 1))

    duties.correct_warranty(
        made, **{**TYPED, "starts_on": made.starts_on, "ends_on": date(2027, 2, 10)}, by=wiktor, moment=TUESDAY
    )

    assert duties.remind_of_ends(moment=at(2026, 12, 2)) == 1
    assert duties.remind_of_ends(moment=at(2027, 3, 1)) == 0


def test_the_end_of_a_duty_is_told_too(live, wiktor):
    assert duties.remind_of_ends(moment=at(2028, 3, 1)) == 1
    assert mails().get().about_type == "wifi_points.programme"


def test_without_a_norm_nobody_is_told_and_the_list_says_so(desk, live, wiktor):
    cast.make_warranty(live, wiktor, date(2026, 12, 24))
    Norm.objects.filter(code="remind-days").delete()

    assert duties.remind_of_ends(moment=TUESDAY) == 0
    assert "Brakuje normy" in desk.get(reverse("admin:wifi_points_warranty_endings")).content.decode()


def test_many_programmes_ask_for_their_ends_in_few_queries(desk, live, wiktor, django_assert_max_num_queries):
    for number in range(5):
        Programme.objects.create(name=f"P{number}", fund="x", source="x", duty_from=date(2025, 1, 1))

    with django_assert_max_num_queries(5):
        assert len(ending.endings(cast.TODAY)) == 6


def test_a_clerk_without_the_right_sees_no_list_of_ends(sign_in, celina, live):
    assert sign_in(Client(), celina).get(reverse("admin:wifi_points_warranty_endings")).status_code == 403
