"""A visit at the gate: who is let in, what may be taken, what is posted (R50-R64, R68-R73, R81)."""

from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from office.idempotency import KeyReused
from office.models import Message, PersonalDataRead
from office.transitions import Refused
from pruszcz_portal import roles
from pszok.actions import visits
from pszok.actions.closing import OverLimit, close
from pszok.lines import BadLine, cut
from pszok.models import (
    LimitRule,
    OpeningException,
    QuotaBalance,
    QuotaEntry,
    RefusalReason,
    RefusedAmount,
    Visit,
    VisitLine,
    WasteCode,
)
from resident_card.models import CardMedium, SeenCode
from resident_card.verification import CardRefused
from residents.models import Dwelling
from tests.factories import TUESDAY, at, live_together, make_person
from tests.pszok.cast import arrive, hand_in, line, make_gate, make_limit, make_point
from tests.resident_card.cast import BASE, grant, make_holder

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
UTC = ZoneInfo("UTC")


@pytest.fixture
def gate():
    return make_gate()


def balance_of(visit, name="Czysty gruz"):
    return QuotaBalance.objects.get(dwelling=visit.dwelling, rule__name=name)


# Letting in


def test_a_phone_opens_a_visit_of_its_dwelling_and_the_holder_reads_who_saw_them(gate):
    """R51, R90"""
    phone = make_holder()

    visit = arrive(phone, gate)

    assert (visit.dwelling, visit.status, visit.rules_on) == (
        phone.medium.person.memberships.get().household.dwelling,
        "open",
        date(2026, 11, 24),
    )
    read = PersonalDataRead.objects.get(person=phone.medium.person_id)
    assert "Franciszek Wilk" in read.purpose
    assert read.object_id == visit.pk


def test_a_code_is_spent_even_when_the_visit_is_refused(gate):
    """R70, R71"""
    phone = make_holder(packages=(BASE,))
    screen = phone.shows(TUESDAY)

    with pytest.raises(Refused, match="nie ma pakietu GPSZOK"):
        visits.open_by_card(screen, gate=gate, moment=TUESDAY)

    assert SeenCode.objects.count() == 1
    assert not Visit.objects.exists()


def test_a_screenshot_shown_at_another_gate_is_refused_as_used(gate):
    """R71"""
    phone, other = make_holder(), make_gate()
    screen = phone.shows(TUESDAY)
    visits.open_by_card(screen, gate=gate, moment=TUESDAY)

    with pytest.raises(CardRefused, match="był już użyty"):
        visits.open_by_card(screen, gate=other, moment=TUESDAY)


def test_a_bare_number_opens_nothing_until_the_photo_was_compared(gate):
    """R71: and the look at the photo is written down."""
    phone = make_holder()

    with pytest.raises(visits.FaceNotCompared):
        visits.open_by_card(phone.medium.number, gate=gate, moment=TUESDAY)
    looks = PersonalDataRead.objects.filter(person=phone.medium.person_id).count()
    visit = visits.open_by_card(phone.medium.number, gate=gate, moment=TUESDAY, face_matches=True)

    assert (looks, visit.status) == (1, "open")


def test_a_document_posts_to_the_same_balance_as_the_card(gate):
    """R51, R57"""
    phone = make_holder()
    first = hand_in(phone, gate, line(kg=1500))
    second = visits.open_by_document(first.dwelling, gate=gate, moment=TUESDAY)

    with pytest.raises(OverLimit):
        close(second.pk, [line(kg=501)], uuid4(), gate=gate, moment=TUESDAY)
    close(second.pk, [line(kg=500)], uuid4(), gate=gate, moment=TUESDAY)

    assert balance_of(first).used == 2000


def test_two_families_of_one_flat_share_one_balance_and_who_moves_away_leaves_it(gate):
    """R57, Q8"""
    anna, bartek = make_holder(), make_holder()
    home = anna.medium.person.memberships.get().household.dwelling
    other_family = bartek.medium.person.memberships.get()
    other_family.household.dwelling = home
    other_family.household.save()
    hand_in(anna, gate, line(kg=2000))

    with pytest.raises(OverLimit):
        hand_in(bartek, gate, line(kg=1))
    anna.medium.person.memberships.update(until=date(2026, 11, 24))
    live_together(anna.medium.person, since=date(2026, 11, 25))

    assert hand_in(anna, gate, line(kg=2000), moment=at(date(2026, 11, 25))).status == "closed"


@pytest.mark.parametrize(("use", "words"), [("business", "firma"), ("empty", "niezamieszkany")])
def test_a_company_and_an_unoccupied_dwelling_are_refused_with_card_and_with_document(gate, use, words):
    """R62"""
    phone = make_holder()
    Dwelling.objects.update(use=use)

    with pytest.raises(Refused, match=words):
        arrive(phone, gate)
    with pytest.raises(Refused, match=words):
        visits.open_by_document(Dwelling.objects.get(), gate=gate, moment=TUESDAY)


def test_outside_the_hours_a_visit_opens_only_for_a_supervisor_with_a_reason(gate, make_account):
    """R50: Monday is closed."""
    monday, phone = at(date(2026, 11, 23)), make_holder()
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    supervised = make_gate(user=walentyna)

    with pytest.raises(Refused, match="zamknięty"):
        visits.open_by_card(phone.shows(monday), gate=gate, moment=monday, reason="Proszę")
    with pytest.raises(Refused, match="Napisz"):
        visits.open_by_card(phone.shows(monday), gate=supervised, moment=monday)
    visit = visits.open_by_card(phone.shows(monday), gate=supervised, moment=monday, reason="Awaria w piątek")

    assert visit.outside_hours_reason == "Awaria w piątek"


def test_a_day_of_exception_closes_the_gate(gate):
    """R50"""
    OpeningException.objects.create(point=gate.point, day=TUESDAY.date(), reason="Inwentaryzacja")

    with pytest.raises(Refused, match="Inwentaryzacja"):
        arrive(make_holder(), gate)


def test_neither_arrears_nor_a_proof_of_payment_is_asked_for(gate):
    """R92: who has owed money to the town for a month is let in and closed as anybody, and no table of payments is looked at."""
    from tests.payments.cast import make_payment

    phone = make_holder()
    owed = make_payment(phone.medium.person, due_on=date(2026, 10, 24), moment=TUESDAY - timedelta(days=60))

    with CaptureQueriesContext(connection) as seen:
        visit = hand_in(phone, gate, line(kg=100))

    assert (owed.status, owed.due_on < TUESDAY.date()) == ("due", True)
    assert visit.status == "closed"
    assert [one["sql"] for one in seen.captured_queries if "payments_" in one["sql"]] == []


@pytest.mark.parametrize("why", RefusalReason.values)
def test_a_refusal_keeps_its_reason_and_posts_nothing(gate, why):
    """R52"""
    visit = visits.keep_line(arrive(make_holder(), gate), line(kg=300))

    visits.refuse(visit, why=why, gate=gate, moment=TUESDAY)

    assert Visit.objects.get().refusal == why
    assert RefusedAmount.objects.get().kg == 300
    assert not (VisitLine.objects.exists() or QuotaBalance.objects.exists())


def test_somebody_turned_away_at_once_leaves_a_reason_and_no_name(gate):
    """R52"""
    visit = visits.refuse_at_gate(why="outside", gate=gate, moment=TUESDAY)

    assert (visit.status, visit.dwelling, visit.person) == ("refused", None, None)


def test_a_visit_left_open_for_an_hour_is_abandoned_without_entries(gate):
    visit = visits.keep_line(arrive(make_holder(), gate), line(kg=300))

    assert visits.abandon_old(moment=TUESDAY + 60 * MINUTE) == 0
    assert visits.abandon_old(moment=TUESDAY + 61 * MINUTE) == 1

    with pytest.raises(Refused, match="porzucona"):
        close(visit.pk, [line(kg=300)], uuid4(), gate=gate, moment=TUESDAY + 62 * MINUTE)
    assert not QuotaBalance.objects.exists()


# Closing


def test_a_close_posts_lines_entries_and_balance_and_tells_the_resident_with_a_link_alone(gate):
    """R64, S42"""
    person = make_person(born_on=date(1985, 4, 15), email="anna@example.com")

    visit = hand_in(make_holder(person), gate, line(kg=300), line("opony", pieces=4, is_estimated=True))

    assert list(visit.lines.values_list("sequence", "kg", "pieces")) == [(1, 300, None), (2, None, 4)]
    assert (balance_of(visit).used, balance_of(visit).most) == (300, 2000)
    assert QuotaEntry.objects.get().amount == 300
    letter = Message.objects.get()
    assert letter.address == "anna@example.com"
    assert "300" not in letter.text + letter.subject


def test_the_exact_remainder_is_taken_and_one_kilogram_more_is_not(gate):
    """R61"""
    phone = make_holder()
    hand_in(phone, gate, line(kg=1700))

    with pytest.raises(OverLimit) as over:
        hand_in(phone, gate, line(kg=301))
    hand_in(phone, gate, line(kg=300))

    assert over.value.left_of(0) == {"kg": 300}


def test_over_the_limit_nothing_is_posted_and_the_remainder_is_offered(gate):
    """R59, R68: the offer is a new request; the rest is kept as turned away, and nothing is charged."""
    phone = make_holder()
    hand_in(phone, gate, line(kg=1900))
    visit, asked = arrive(phone, gate), [line("opony", pieces=2, is_estimated=True), line(kg=300)]

    with pytest.raises(OverLimit) as over:
        close(visit.pk, asked, uuid4(), gate=gate, moment=TUESDAY)
    assert not visit.lines.exists()
    remainder = cut(asked[1], over.value.left_of(1))
    close(visit.pk, [asked[0], remainder], uuid4(), gate=gate, moment=TUESDAY)

    assert (balance_of(visit).used, visit.lines.get(sequence=2).kg) == (2000, 100)
    assert visit.refused_amounts.get().kg == 200
    assert visit.refused_amounts.get().reason == "over_limit"


def test_with_nothing_left_the_whole_line_is_turned_away():
    """R59"""
    make_point()

    assert cut(line(kg=300), {"kg": 0}) == line(refused_kg=300)


def test_a_group_and_its_sub_limit_are_posted_both_or_neither(gate):
    """R56, R68"""
    make_limit(500, "gruz", "budowlane", name="Razem")
    phone = make_holder()
    visit = hand_in(phone, gate, line(kg=400))
    assert (balance_of(visit).used, balance_of(visit, "Razem").used) == (400, 400)

    with pytest.raises(OverLimit) as over:
        hand_in(phone, gate, line("budowlane", kg=200))

    assert over.value.left_of(0) == {"kg": 100}
    assert not QuotaBalance.objects.filter(rule__name="Zmieszane odpady budowlane").exists()
    assert balance_of(visit, "Razem").used == 400


def test_lines_of_one_visit_add_up_before_the_limit(gate):
    """R56"""
    with pytest.raises(OverLimit) as over:
        hand_in(make_holder(), gate, line("budowlane", kg=400), line("budowlane", code="170201", kg=200))

    assert (over.value.overs[0].place, over.value.overs[0].left) == (1, 100)


def test_a_limit_in_litres_asks_for_litres_and_for_mass(gate):
    """R54, R55: 6 m³ are 6000 l."""
    visit = arrive(make_holder(), gate)

    for amounts, field in (({"kg": 20}, "litres"), ({"litres": 6000}, "kg")):
        with pytest.raises(BadLine) as bad:
            close(visit.pk, [line("izolacje", **amounts)], uuid4(), gate=gate, moment=TUESDAY)
        assert bad.value.field == field
    with pytest.raises(OverLimit):
        close(visit.pk, [line("izolacje", kg=20, litres=6001)], uuid4(), gate=gate, moment=TUESDAY)
    assert close(visit.pk, [line("izolacje", kg=20, litres=6000)], uuid4(), gate=gate, moment=TUESDAY).status == "closed"


@pytest.mark.parametrize(
    ("amounts", "field"),
    [
        ({"kg": 300, "is_estimated": True}, "is_estimated"),  # R54: limited fractions are weighed
        ({"kg": 3501}, "heavy_confirmed"),
        ({}, "kg"),
    ],
)
def test_a_line_that_can_not_stand_names_its_field(gate, amounts, field):
    visit = arrive(make_holder(), gate)

    with pytest.raises(BadLine) as bad:
        close(visit.pk, [line(**amounts)], uuid4(), gate=gate, moment=TUESDAY)

    assert bad.value.field == field


def test_an_unlimited_fraction_may_be_estimated(gate):
    """R54"""
    visit = hand_in(make_holder(), gate, line("zielone", kg=120, is_estimated=True))

    assert visit.lines.get().is_estimated


def test_a_code_of_another_fraction_or_of_another_day_is_refused(gate):
    """R53"""
    visit, tyres = arrive(make_holder(), gate), line("opony", pieces=1)
    stray = line(kg=10).__class__(fraction=tyres.fraction, code=line(kg=10).code, kg=10)

    with pytest.raises(BadLine, match="wybranej frakcji"):
        close(visit.pk, [stray], uuid4(), gate=gate, moment=TUESDAY)
    WasteCode.objects.filter(pk=tyres.code).update(valid_to=date(2026, 11, 23))
    with pytest.raises(BadLine, match="wybranej frakcji"):
        close(visit.pk, [tyres], uuid4(), gate=gate, moment=TUESDAY)


def test_a_starred_code_asks_for_the_store_of_hazardous_waste(gate):
    """R53"""
    visit = arrive(make_holder(), gate)
    fridge = {"fraction": "elektro", "code": "200123", "kg": 60, "is_estimated": True}

    with pytest.raises(BadLine) as bad:
        close(visit.pk, [line(**fridge)], uuid4(), gate=gate, moment=TUESDAY)
    close(visit.pk, [line(**fridge, storage_confirmed=True)], uuid4(), gate=gate, moment=TUESDAY)

    assert bad.value.field == "storage_confirmed"
    assert visit.lines.get().code.is_hazardous


def test_a_fraction_that_is_not_taken_is_refused_with_where_it_goes(gate):
    visit = arrive(make_holder(), gate)

    with pytest.raises(BadLine, match="uprawniona firma"):
        close(visit.pk, [line("azbest", code="170605", kg=10, storage_confirmed=True)], uuid4(), gate=gate, moment=TUESDAY)


def test_one_scale_ticket_feeds_one_line(gate):
    """R81"""
    phone = make_holder()
    hand_in(phone, gate, line(kg=100, scale_ticket="W/17"))

    with pytest.raises(BadLine) as bad:
        hand_in(phone, gate, line(kg=200, scale_ticket="W/17"))

    assert bad.value.field == "scale_ticket"
    assert balance_of(Visit.objects.first()).used == 100


def test_the_same_close_sent_again_gives_the_first_answer_and_another_body_is_an_error(gate):
    """R69"""
    visit, key = arrive(make_holder(), gate), uuid4()
    first = close(visit.pk, [line(kg=100)], key, gate=gate, moment=TUESDAY)

    again = close(visit.pk, [line(kg=100)], key, gate=gate, moment=TUESDAY + MINUTE)
    with pytest.raises(KeyReused):
        close(visit.pk, [line(kg=200)], key, gate=gate, moment=TUESDAY)
    with pytest.raises(Refused, match="już zamknięta"):
        close(visit.pk, [line(kg=100)], uuid4(), gate=gate, moment=TUESDAY)

    assert (again.pk, again.closed_at, VisitLine.objects.count()) == (first.pk, TUESDAY, 1)


def test_one_key_closes_one_visit(gate):
    """R69: the key of another visit is an error, and nothing is posted."""
    phone, key = make_holder(), uuid4()
    close(arrive(phone, gate).pk, [line(kg=100)], key, gate=gate, moment=TUESDAY)

    with pytest.raises(KeyReused):
        close(arrive(phone, gate).pk, [line(kg=100)], key, gate=gate, moment=TUESDAY)

    assert QuotaEntry.objects.count() == 1


def test_a_card_blocked_between_scan_and_close_makes_the_close_fail(gate):
    """R72"""
    phone = make_holder()
    visit = arrive(phone, gate)
    CardMedium.objects.update(status="blocked")

    with pytest.raises(CardRefused, match="zablokowana"):
        close(visit.pk, [line(kg=100)], uuid4(), gate=gate, moment=TUESDAY)
    assert not QuotaBalance.objects.exists()


def test_a_limit_changed_during_a_visit_holds_from_the_next_one(gate):
    """R73: the day of opening decides."""
    phone = make_holder()
    late = at(date(2026, 11, 24), 16, 59)
    visit = arrive(phone, gate, late)
    LimitRule.objects.filter(name="Czysty gruz", valid_to=None).update(valid_to=date(2026, 11, 24))
    make_limit(10, "gruz", name="Nowy", valid_from=date(2026, 11, 25))

    close(visit.pk, [line(kg=1000)], uuid4(), gate=gate, moment=late + timedelta(hours=8))

    with pytest.raises(OverLimit, match="Nowy"):
        hand_in(phone, gate, line(kg=11), moment=at(date(2026, 11, 25)))


def test_the_database_keeps_what_was_posted_and_the_limit(gate):
    """S58: entries are append-only, and a balance never stands above its limit, whoever writes."""
    visit = hand_in(make_holder(), gate, line(kg=100))

    for change in (
        lambda: QuotaEntry.objects.update(amount=1),
        lambda: VisitLine.objects.update(kg=1),
        lambda: VisitLine.objects.all().delete(),
        lambda: QuotaBalance.objects.update(used=2001),
    ):
        with pytest.raises((IntegrityError, Exception)) as refused, transaction.atomic():
            change()
        assert refused.type.__module__.startswith(("django.db", "psycopg"))
    assert balance_of(visit).used == 100


# Which year


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), 2026),  # half past eleven in Warsaw
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 2027),  # half past midnight in Warsaw
    ],
)
def test_the_year_of_a_limit_is_warsaws(gate, make_account, moment, period):
    """R58"""
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    supervised, phone = make_gate(user=walentyna), make_holder()

    visit = visits.open_by_card(phone.shows(moment), gate=supervised, moment=moment, reason="Sylwester")
    close(visit.pk, [line(kg=100)], uuid4(), gate=supervised, moment=moment)

    assert balance_of(visit).period == period


def test_a_new_year_begins_with_nothing_used_and_an_open_visit_counts_for_the_old_one(gate, make_account):
    """R58: opened before midnight, closed after it."""
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    supervised, phone = make_gate(user=walentyna), make_holder()
    eve = at(date(2026, 12, 31), 23, 50)
    visit = visits.open_by_card(phone.shows(eve), gate=supervised, moment=eve, reason="Sylwester")
    close(visit.pk, [line(kg=2000)], uuid4(), gate=supervised, moment=eve + 30 * MINUTE)

    assert balance_of(visit).period == 2026
    assert hand_in(phone, gate, line(kg=2000), moment=at(date(2027, 1, 5))).status == "closed"


def test_a_rule_may_span_two_years(gate):
    """R58: the period begins with the year in which the limit did."""
    LimitRule.objects.filter(name="Czysty gruz").update(period_years=2, valid_from=date(2025, 7, 1))
    phone = make_holder()
    visit = hand_in(phone, gate, line(kg=1500))

    assert balance_of(visit).period == 2025
    grant(phone.medium.person, BASE, date(2027, 6, 1), date(2028, 5, 31))
    assert hand_in(phone, gate, line(kg=2000), moment=at(date(2027, 3, 2))).lines.get().quota_entries.get().balance.period == 2027


def test_the_hour_that_comes_twice_keeps_visits_apart_and_on_one_day(make_account):
    """25 October: half past two comes in summer time and again in winter time."""
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    supervised, phone = make_gate(user=walentyna), make_holder()
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]

    opened = [visits.open_by_card(phone.shows(when), gate=supervised, moment=when, reason="Awaria") for when in twice]

    assert [visit.opened_at for visit in opened] == twice
    assert {visit.rules_on for visit in opened} == {date(2026, 10, 25)}
    assert visits.abandon_old(moment=twice[1] + MINUTE) == 1


def test_a_package_is_good_to_the_last_minute_of_31_may_in_warsaw(gate, make_account):
    """3.6"""
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    supervised, phone = make_gate(user=walentyna), make_holder()
    last, gone = datetime(2027, 5, 31, 21, 59, tzinfo=UTC), datetime(2027, 5, 31, 22, 0, tzinfo=UTC)

    assert visits.open_by_card(phone.shows(last), gate=supervised, moment=last, reason="Wieczór").status == "open"
    with pytest.raises(Refused, match="nie ma pakietu"):
        visits.open_by_card(phone.shows(gone), gate=supervised, moment=gone, reason="Wieczór")
