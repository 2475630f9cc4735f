"""What goes above a limit for a price, where the resolution has one; by default none has (R60). Nothing inside a limit is charged (R59)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate

from office.models import Message
from office.transitions import Refused
from payments.models import Payment
from pruszcz_portal import roles
from pruszcz_portal.agenda import agenda_of
from pszok.actions import visits
from pszok.actions.closing import SURPLUS, OverLimit, close
from pszok.actions.corrections import correct_line
from pszok.models import LimitRule, PaidSurplus, QuotaBalance, QuotaEntry, Visit, VisitLine
from tests.factories import TUESDAY, live_together, make_person
from tests.payments.cast import book, make_account
from tests.pszok.cast import arrive, hand_in, line, make_gate, make_holder_today, make_limit, put_on_duty
from tests.pszok.test_gate import close as press_close
from tests.pszok.test_gate import page, post_line, text_of
from tests.pszok.test_races import at_once
from tests.resident_card.cast import make_holder
from ui.agenda import Kind

pytestmark = pytest.mark.django_db
HALF = 50  # grosze for a kilogram


@pytest.fixture
def gate():
    return make_gate()


@pytest.fixture
def price(gate):
    """The council has set half a złoty for a kilogram of clean rubble above 2000 kg, and the town has an account for it."""
    make_account(purpose=SURPLUS)
    LimitRule.objects.filter(name="Czysty gruz").update(surplus_grosze=HALF)


@pytest.fixture
def walentyna(make_account):
    return make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


@pytest.fixture
def phone(gate):
    return make_holder(make_person(email="anna@example.com"))


def over_of(phone, gate, *lines) -> OverLimit:
    with pytest.raises(OverLimit) as refused:
        hand_in(phone, gate, *lines)
    return refused.value


def test_by_default_no_limit_has_a_price_and_an_agreement_buys_nothing(gate, phone):
    """R60: neither a price nor a payment until a resolution is entered."""
    refused = over_of(phone, gate, line(kg=2200, surplus_grosze=100_000))

    assert not LimitRule.objects.filter(surplus_grosze__isnull=False).exists()
    assert refused.charge_of(0) is None
    assert not Payment.objects.exists()


def test_with_a_price_the_surplus_is_told_first_and_taken_when_the_resident_agrees(gate, phone, price):
    """R60: 2200 kg of 2000 for half a złoty a kilogram."""
    charge = over_of(phone, gate, line(kg=2200)).charge_of(0)
    visit = hand_in(phone, gate, line(kg=2200, surplus_grosze=charge.grosze))

    payment = Payment.objects.get()
    assert (charge.above, charge.grosze) == (200, 10_000)
    assert (payment.amount_grosze, payment.payer, payment.status) == (10_000, phone.medium.person, "due")
    assert PaidSurplus.objects.get().payment == payment
    assert set(Message.objects.values_list("event", flat=True)) == {"payments/asked", "pszok/closed"}
    assert visit.lines.get().kg == 2200  # the mass that the yearly report counts


def test_inside_the_limit_nothing_is_charged_and_what_is_paid_uses_no_limit(gate, phone, price):
    """R59, R60: the balance is full with its own 2000 kg; each further heap is paid whole."""
    hand_in(phone, gate, line(kg=1500))
    hand_in(phone, gate, line(kg=600, surplus_grosze=5_000))
    hand_in(phone, gate, line(kg=40, surplus_grosze=2_000))

    balance = QuotaBalance.objects.get()
    assert (balance.used, balance.most) == (2000, 2000)
    assert list(QuotaEntry.objects.order_by("pk").values_list("amount", flat=True)) == [1500, 500]
    assert list(PaidSurplus.objects.order_by("pk").values_list("amount", "payment__amount_grosze")) == [(100, 5_000), (40, 2_000)]


def test_who_agreed_to_less_than_it_costs_now_is_asked_again(gate, phone, price):
    """R60: a neighbour closed first, so the surplus grew between the yes and the close."""
    visit = arrive(phone, gate)
    neighbour = visits.open_by_document(visit.dwelling, gate=gate, moment=TUESDAY)
    close(neighbour.pk, [line(kg=500)], uuid4(), gate=gate, moment=TUESDAY)

    with pytest.raises(OverLimit) as refused:
        close(visit.pk, [line(kg=2100, surplus_grosze=5_000)], uuid4(), gate=gate, moment=TUESDAY)

    assert refused.value.charge_of(0).grosze == 30_000
    assert not Payment.objects.exists()
    assert VisitLine.objects.count() == 1


def test_a_limit_without_a_price_stops_a_heap_that_another_would_sell(gate, phone, price):
    """R56, R60"""
    make_limit(2100, "gruz", "budowlane", name="Razem")

    assert over_of(phone, gate, line(kg=2200, surplus_grosze=1_000_000)).charge_of(0) is None
    assert hand_in(phone, gate, line(kg=2100, surplus_grosze=5_000)).status == "closed"


def test_a_kilogram_above_two_limits_is_paid_for_once_by_the_dearer(gate, phone, price):
    """R60: 300 kg above the sub-limit for 150 zł, 200 kg above the group for 160 zł."""
    make_limit(2100, "gruz", "budowlane", name="Razem", surplus_grosze=80)

    hand_in(phone, gate, line(kg=2300, surplus_grosze=16_000))

    assert Payment.objects.get().amount_grosze == 16_000
    assert dict(QuotaBalance.objects.values_list("rule__name", "used")) == {"Czysty gruz": 2000, "Razem": 2100}


def test_a_shown_document_names_nobody_so_nothing_can_be_sold(gate, phone, price):
    """R51, R60"""
    visit = visits.open_by_document(arrive(phone, gate).dwelling, gate=gate, moment=TUESDAY)

    with pytest.raises(Refused, match="tylko z kartą"):
        close(visit.pk, [line(kg=2200, surplus_grosze=10_000)], uuid4(), gate=gate, moment=TUESDAY)

    assert not Payment.objects.exists()
    assert not VisitLine.objects.exists()


def test_the_price_of_the_opening_day_holds_for_the_visit(gate, phone, price):
    """R73, R60"""
    rule, visit = LimitRule.objects.get(name="Czysty gruz"), arrive(phone, gate)
    rule.valid_to = TUESDAY.date()
    rule.save()
    tomorrow = TUESDAY.date() + timedelta(days=1)
    make_limit(2000, "gruz", name="Czysty gruz drożej", surplus_grosze=900, valid_from=tomorrow)

    close(visit.pk, [line(kg=2001, surplus_grosze=HALF)], uuid4(), gate=gate, moment=TUESDAY + timedelta(minutes=50))

    assert Payment.objects.get().amount_grosze == HALF


def test_a_correction_cancels_the_payment_and_asks_for_what_is_still_above(gate, phone, price, walentyna):
    """R60, R63"""
    visit = hand_in(phone, gate, line(kg=2200, surplus_grosze=10_000))

    again = correct_line(visit.lines.get(), kg=2050, reason="Błędny odczyt", by=walentyna, moment=TUESDAY)
    correct_line(again, kg=300, reason="Inne mieszkanie", by=walentyna, moment=TUESDAY)

    told = list(Payment.objects.order_by("mark").values_list("amount_grosze", "status"))
    assert told == [(10_000, "cancelled"), (2_500, "cancelled")]
    assert QuotaBalance.objects.get().used == 300


def test_a_correction_waits_until_money_that_came_is_given_back(gate, phone, price, walentyna, make_account):
    """R60, R63"""
    grazyna = make_account("grazyna@pruszcz.example", "Grażyna", roles.TREASURER)
    visit = hand_in(phone, gate, line(kg=2200, surplus_grosze=10_000))
    book(Payment.objects.get(), 10_000, "KP 1/2026", grazyna)

    with pytest.raises(Refused, match="wpłynęły już pieniądze"):
        correct_line(visit.lines.get(), kg=2050, reason="Błędny odczyt", by=walentyna, moment=TUESDAY)

    assert visit.lines.count() == 1


@pytest.mark.django_db(transaction=True)
def test_ten_cars_at_once_share_the_limit_and_pay_for_the_rest_to_the_kilogram(gate, phone, price):
    """R60, R68: 2000 kg are free whoever comes first, 1000 kg are paid; each pays for what was above in its turn."""
    opened = [arrive(phone, gate) for _ in range(10)]

    came = at_once(
        *(
            lambda one=one: close(one.pk, [line(kg=300, surplus_grosze=15_000)], uuid4(), gate=gate, moment=TUESDAY)
            for one in opened
        )
    )

    assert all(isinstance(one, Visit) for one in came), came
    assert QuotaBalance.objects.get().used == 2000
    assert sum(Payment.objects.values_list("amount_grosze", flat=True)) == 1000 * HALF


# Pages


def test_the_gate_tells_the_price_before_weighing_and_asks_for_a_yes(client, gate, price):
    """R60"""
    put_on_duty(client, gate)
    phone, now = make_holder_today(), timezone.now()
    visit = visits.open_by_card(phone.shows(now), gate=gate, moment=now)

    assert "ponad limit: 0,50 zł za 1 kg" in text_of(client.get(page("gate_line", visit.pk, "gruz")))
    offered = text_of(post_line(client, visit, kg="2200"))
    post_line(client, visit, kg="2200", surplus="99")  # a price of yesterday's page
    visit.refresh_from_db()
    stale = list(visit.draft)
    post_line(client, visit, kg="2200", surplus="10000")
    summary = text_of(client.get(page("gate_summary", visit.pk)))
    press_close(client, visit)
    receipt = text_of(client.get(page("gate_receipt", visit.pk)))

    assert "przyjmij wszystko za 100,00 zł" in offered and "Przyjmij tyle, resztę odmów" in offered
    assert stale == []
    assert "Do zapłaty za nadwyżkę: <strong>100,00 zł" in summary
    assert Payment.objects.get().mark in receipt and "100,00 zł" in receipt


def test_at_a_document_the_gate_offers_the_remainder_alone(client, gate, phone, price):
    """R60"""
    put_on_duty(client, gate)
    home = phone.medium.person.memberships.get().household.dwelling
    visit = visits.open_by_document(home, gate=gate, moment=timezone.now())

    offered = text_of(post_line(client, visit, kg="2200"))

    assert "przyjmij wszystko" not in offered
    assert "Przyjmij tyle, resztę odmów" in offered


def test_the_payer_reads_of_the_payment_and_the_household_of_the_surplus(client, gate, price, anna, bartek, sign_in):
    """R60, R65: who of the household came is not told."""
    people = make_person(anna, "Anna"), make_person(bartek, "Bartek")
    live_together(*people)
    visit = hand_in(make_holder(people[0]), gate, line(kg=2200, surplus_grosze=10_000))
    address, to_payment = page("visit", visit.pk), reverse("payments:payment", args=[Payment.objects.get().pk])

    waits = [(row.title, row.url) for row in agenda_of(anna, TUESDAY)[Kind.WAITING]]
    hers = text_of(sign_in(client, anna).get(address))
    his = text_of(sign_in(client, bartek).get(address))

    assert ("Zapłać za odpady ponad limit", to_payment) in waits
    assert agenda_of(bartek, TUESDAY)[Kind.WAITING] == []
    assert "100,00 zł" in hers and to_payment in hers
    assert "100,00 zł" in his and to_payment not in his and "Anna" not in his


def test_everybody_reads_the_price_among_the_limits(client, gate, price):
    assert "ponad to 0,50 zł za 1 kg" in text_of(client.get(page("limits")))


@pytest.mark.parametrize(
    ("typed", "words"), [({"surplus_grosze": 0}, "większą od zera"), ({"surplus_grosze": 50, "amount": 0}, "nie wolno obciążać")]
)
def test_a_price_that_would_charge_inside_the_limit_is_refused_at_the_desk(client, gate, walentyna, sign_in, typed, words):
    """R59, R60"""
    desk = sign_in(client, walentyna)
    tomorrow = localdate() + timedelta(days=1)
    rule = LimitRule.objects.get(name="Czysty gruz")
    fields = {
        "name": "Czysty gruz", "fractions": [one.pk for one in rule.fractions.all()], "measure": "kg", "amount": 2000, "period_years": 1,
        "valid_from": tomorrow, "source": "Uchwała",
    }  # fmt: skip

    answer = desk.post(reverse("admin:pszok_limitrule_add"), {**fields, **typed})

    assert words in text_of(answer)


def test_the_supervisor_reads_what_was_sold_and_whether_it_is_paid(client, gate, phone, price, walentyna, sign_in):
    """R60"""
    visit = hand_in(phone, gate, line(kg=2200, surplus_grosze=10_000))

    shown = text_of(sign_in(client, walentyna).get(reverse("admin:pszok_visit_change", args=[visit.pk])))

    assert f"200 kg za 100,00 zł, płatność {Payment.objects.get().mark} (do zapłaty)" in shown
