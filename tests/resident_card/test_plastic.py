"""Plastic: the first is free, a duplicate is paid for, printed in a batch with a face, collected by somebody who showed something (R28, R31, R32)."""

import io
import json
from datetime import date, timedelta

import pikepdf
import pytest
import typst
import zxingcpp
from django.test import Client
from django.urls import reverse
from PIL import Image

from office.models import Message
from office.transitions import Refused
from pruszcz_portal import roles
from resident_card import printing
from resident_card.actions import media, plastic
from resident_card.models import CardMedium, CardPolicy, PlasticOrder
from resident_card.numbers import in_fours
from resident_card.statuses import MediumStatus
from tests.factories import TUESDAY, make_person
from tests.payments.cast import book, make_account
from tests.resident_card import carded
from tests.resident_card.cast import make_packages

Reason = PlasticOrder.Reason
DAY = timedelta(days=1)


@pytest.fixture
def clerk(make_account):
    return make_account("celina@pruszcz.example", "Celina Nowak", roles.CARD_DESK)


@pytest.fixture
def treasurer(make_account):
    return make_account("grazyna@pruszcz.example", "Grażyna Kos", roles.TREASURER)


@pytest.fixture
def person(anna):
    make_packages()
    make_account()
    person = make_person(anna, born_on=date(1985, 4, 15))
    media.make_app_card(person, moment=TUESDAY)
    return person


def order(person, reason=Reason.FIRST, by=None, moment=TUESDAY):
    return plastic.order(person, reason=reason, by=by or person.account, moment=moment)


def printed(orders, clerk):
    batch = plastic.make_batch([one.pk for one in orders], by=clerk, moment=TUESDAY)
    plastic.mark_ready(batch, by=clerk, moment=TUESDAY)
    return batch


def give_out(ordered, clerk, moment=TUESDAY):
    return plastic.collect(ordered, collected_by="Anna Kowalska", shown="dowód osobisty", by=clerk, moment=moment)


def has_plastic(person, clerk):
    carded.make_photo(person)
    ordered = order(person)
    printed([ordered], clerk)
    return give_out(ordered, clerk).medium


def test_a_card_goes_from_order_through_print_to_the_hand(person, clerk):
    """R28, R32"""
    medium = has_plastic(person, clerk)

    medium.refresh_from_db()
    order_kept = medium.order
    assert medium.status == MediumStatus.ACTIVE
    assert (order_kept.collected_by, order_kept.shown, order_kept.issued_by) == ("Anna Kowalska", "dowód osobisty", clerk.subject)
    assert [letter.event for letter in Message.objects.all()] == ["resident_card/plastic_ready"]


def test_two_cards_are_not_ordered_at_once(person):
    order(person)

    with pytest.raises(Refused, match="już zamówiona"):
        order(person)


def test_a_duplicate_is_printed_only_after_its_money_came(person, clerk, treasurer):
    """R28: part of the sum is not enough."""
    has_plastic(person, clerk)
    ordered = order(person, Reason.DESTROYED)
    assert ordered.payment.amount_grosze == 2000
    book(ordered.payment, 1999, "KP 1/2026", treasurer)
    assert plastic.settle_paid(moment=TUESDAY) == 0
    with pytest.raises(Refused, match="opłacone"):
        plastic.make_batch([ordered.pk], by=clerk, moment=TUESDAY)

    book(ordered.payment, 1, "KP 2/2026", treasurer)

    assert (plastic.settle_paid(moment=TUESDAY), plastic.settle_paid(moment=TUESDAY)) == (1, 0)
    ordered.medium.refresh_from_db()
    assert ordered.medium.status == MediumStatus.ORDERED


def test_the_fee_is_what_the_policy_of_the_day_says(person, clerk):
    """R28: dated data, no constant."""
    has_plastic(person, clerk)
    CardPolicy.objects.create(valid_from=date(2026, 11, 1), source="uchwała", duplicate_fee_grosze=1250, notice_days=[7])

    assert order(person, Reason.DESTROYED).payment.amount_grosze == 1250


def test_a_lost_card_is_blocked_with_the_order_and_replaced_at_collection(person, clerk):
    """R29"""
    lost = has_plastic(person, clerk)

    ordered = order(person, Reason.LOST)

    lost.refresh_from_db()
    assert lost.status == MediumStatus.BLOCKED
    CardMedium.objects.filter(pk=ordered.medium.pk).update(status=MediumStatus.READY)
    give_out(ordered, clerk)
    lost.refresh_from_db()
    assert lost.status == MediumStatus.REPLACED
    assert media.active_medium(person, CardMedium.Kind.PLASTIC) == ordered.medium


@pytest.mark.parametrize("reason", [Reason.FAULTY, Reason.NEW_NAME])
def test_a_faulty_card_or_a_new_name_costs_nothing_and_is_a_clerks_to_say(person, clerk, reason):
    """R31: the old card works until the new one is in the hand."""
    old = has_plastic(person, clerk)
    with pytest.raises(Refused, match="w urzędzie"):
        order(person, reason)

    ordered = order(person, reason, by=clerk)

    assert ordered.payment is None
    old.refresh_from_db()
    assert old.status == MediumStatus.ACTIVE
    printed([ordered], clerk)
    give_out(ordered, clerk)
    old.refresh_from_db()
    assert old.status == MediumStatus.REPLACED


def test_a_first_card_is_never_got_twice_by_saying_first(person, clerk):
    has_plastic(person, clerk)

    with pytest.raises(Refused, match="dlaczego"):
        order(person, Reason.FIRST)


def test_nothing_is_printed_without_an_accepted_photo(person, clerk):
    """R23"""
    ordered = order(person)

    with pytest.raises(Refused, match="Anna Kowalska"):
        plastic.make_batch([ordered.pk], by=clerk, moment=TUESDAY)


def test_a_card_is_given_to_nobody_who_showed_nothing(person, clerk):
    """R32"""
    carded.make_photo(person)
    ordered = order(person)
    printed([ordered], clerk)

    with pytest.raises(Refused, match="okazał"):
        plastic.collect(ordered, collected_by="Anna", shown=" ", by=clerk, moment=TUESDAY)


def test_a_resident_calls_a_duplicate_off_only_before_the_money_came(person, clerk, treasurer):
    has_plastic(person, clerk)
    ordered = order(person, Reason.DESTROYED)
    book(ordered.payment, 500, "KP 1/2026", treasurer)

    with pytest.raises(Refused, match="zwrotu"):
        plastic.cancel(ordered, by=person.account, moment=TUESDAY)


def pictures_of(batch):
    """The same template drawn as pictures, 300 dots an inch, because nothing here draws a PDF."""
    data = {"data": json.dumps(printing.batch_data(batch))}
    drawn = typst.compile(str(printing.TEMPLATE), root=str(printing.TEMPLATE.parent), sys_inputs=data, format="png", ppi=300)
    return [Image.open(io.BytesIO(page)) for page in ([drawn] if isinstance(drawn, bytes) else drawn)]


def test_the_printer_gets_a_page_a_card_with_bleed_face_and_a_code_that_reads(person, clerk):
    other = make_person(first_name="Żaneta Wiktoria", last_name="Brzęczyszczykiewicz-Gżegżółka")
    media.make_app_card(other, moment=TUESDAY)
    orders = [order(person), order(other, by=clerk)]
    for one in (person, other):
        carded.make_photo(one)
    batch = printed(orders, clerk)

    drawn = printing.batch_pdf(batch)

    with pikepdf.open(io.BytesIO(drawn)) as document:
        millimetres = [[round(float(edge) / 72 * 25.4, 1) for edge in page.TrimBox] for page in document.pages]
    assert millimetres == [[3.0, 3.0, 88.6, 57.0]] * 2
    numbers = [code.text for page in pictures_of(batch) for code in zxingcpp.read_barcodes(page)]
    assert sorted(numbers) == sorted(one.medium.number for one in orders)
    rows = list(printing.batch_rows(batch))
    assert [row[2] for row in rows] == [in_fours(row[1]) for row in rows]


# The desk


@pytest.fixture
def desk(clerk, sign_in):
    return sign_in(Client(), clerk)


def test_a_clerk_gathers_a_batch_takes_its_files_and_gives_the_card_out(person, desk):
    carded.make_photo(person)
    ordered = order(person)
    chosen = {"action": "put_into_batch", "_selected_action": [ordered.pk]}

    answer = desk.post(reverse("admin:resident_card_plasticorder_changelist"), chosen, follow=True)

    assert "jest gotowa do druku" in answer.content.decode()
    ordered.refresh_from_db()
    page = reverse("admin:resident_card_printbatch_change", args=[ordered.batch_id])
    assert ordered.medium.number[:4] in desk.get(page).content.decode()
    pdf, table = (
        desk.get(reverse("admin:resident_card_printbatch_print", args=[ordered.batch_id, kind])) for kind in ("pdf", "csv")
    )
    assert pdf.content.startswith(b"%PDF")
    assert ordered.medium.number in b"".join(table.streaming_content).decode()
    desk.post(reverse("admin:resident_card_printbatch_verb", args=[ordered.batch_id, "mark_ready"]), {"seen": ""})
    verb = reverse("admin:resident_card_plasticorder_verb", args=[ordered.pk, "collect"])
    desk.post(verb, {"seen": "", "collected_by": "Anna Kowalska", "shown": "dowód osobisty"})
    ordered.medium.refresh_from_db()
    assert ordered.medium.status == MediumStatus.ACTIVE


def test_a_clerk_blocks_a_card_for_a_reason_and_the_look_is_written_down(person, desk):
    """R29, R90"""
    from office.models import PersonalDataRead

    medium = media.active_medium(person, CardMedium.Kind.APP)
    desk.get(reverse("admin:resident_card_cardmedium_change", args=[medium.pk]))
    assert PersonalDataRead.objects.filter(person=person.pk).exists()

    verb = reverse("admin:resident_card_cardmedium_verb", args=[medium.pk, "block"])
    desk.post(verb, {"seen": "active", "reason": "zgłoszenie przez telefon"})

    medium.refresh_from_db()
    assert (medium.status, medium.end_reason) == (MediumStatus.BLOCKED, "zgłoszenie przez telefon")
