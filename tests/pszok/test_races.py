"""Gates that press at the same moment, on real connections (R68-R71). Each race stands beside a control that goes red without its guard."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import uuid4

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Sum

from office.transitions import Refused
from pszok import limits as quotas
from pszok.actions import visits
from pszok.actions.closing import OverLimit, close
from pszok.models import LimitRule, QuotaBalance, QuotaEntry, Visit, VisitLine
from resident_card.models import CardMedium, SeenCode
from resident_card.statuses import MediumStatus
from resident_card.verification import CardRefused
from tests.factories import TUESDAY
from tests.pszok.cast import arrive, hand_in, line, make_gate, make_limit
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*presses):
    """Run the presses in threads that start together; what each came to: its result, or the refusal."""
    start = threading.Barrier(len(presses))

    def run(press):
        try:
            connection.ensure_connection()
            start.wait(30)
            return press()
        except (Refused, OperationalError) as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(run, presses))


@contextmanager
def without(drop, create, *tables):
    """The database without one of its guards; the guard comes back whatever happens."""
    with connection.cursor() as cursor:
        cursor.execute(drop)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"truncate {', '.join(tables)} cascade")
            cursor.execute(create)


@pytest.fixture
def gate():
    return make_gate()


@pytest.fixture
def phone(gate):
    return make_holder()


def closing(visit, gate, *lines, key=None):
    return lambda: close(visit.pk, lines, key or uuid4(), gate=gate, moment=TUESDAY)


def test_fifty_closes_at_once_accept_exactly_the_limit(gate, phone):
    """R68: 2000 kg of clean rubble, fifty cars of 100 kg. Every loser reads what is left and leaves no row."""
    opened = [arrive(phone, gate) for _ in range(50)]

    came = at_once(*(closing(visit, gate, line(kg=100)) for visit in opened))

    over = [one for one in came if isinstance(one, OverLimit)]
    assert (len(over), VisitLine.objects.count(), Visit.objects.filter(status="closed").count()) == (30, 20, 20)
    assert QuotaBalance.objects.get().used == QuotaEntry.objects.aggregate(sum=Sum("amount"))["sum"] == 2000
    assert {refusal.left_of(0)["kg"] for refusal in over} == {0}


def test_control_without_the_lock_and_the_check_two_cars_take_the_last_hundred(gate, phone):
    """Each looks, waits until the other has looked too, and writes."""
    visit = hand_in(phone, gate, line(kg=1900))
    looked = threading.Barrier(2)

    def blindly():
        with transaction.atomic():
            balance = QuotaBalance.objects.get(dwelling=visit.dwelling)
            assert balance.used + 100 <= balance.most
            looked.wait(30)
            with connection.cursor() as cursor:
                cursor.execute("update pszok_quotabalance set used = used + 100 where id = %s", [balance.pk])
        return True

    table, check = "alter table pszok_quotabalance", "pszok_balance_within_limit"
    with without(
        f"{table} drop constraint {check}", f"{table} add constraint {check} check (used <= most)", "pszok_quotabalance"
    ):
        assert at_once(blindly, blindly) == [True, True]
        assert QuotaBalance.objects.get().used == 2100


def test_the_check_alone_stops_who_goes_around_the_lock(gate, phone):
    """R68: the backstop in the database, whoever writes."""
    visit = hand_in(phone, gate, line(kg=1950))

    with pytest.raises(Exception, match="pszok_balance_within_limit"), connection.cursor() as cursor:
        cursor.execute("update pszok_quotabalance set used = used + 100 where dwelling_id = %s", [visit.dwelling_id])


def test_the_first_visits_of_the_year_make_one_balance(gate, phone):
    opened = [arrive(phone, gate) for _ in range(20)]

    at_once(*(closing(visit, gate, line(kg=50)) for visit in opened))

    assert QuotaBalance.objects.get().used == 1000


def test_control_without_the_unique_balance_two_first_visits_make_two(gate, phone):
    visit = arrive(phone, gate)
    rule, looked = LimitRule.objects.get(name="Czysty gruz"), threading.Barrier(2)
    one = {"rule": rule, "dwelling_id": visit.dwelling_id, "period": 2026}

    def blindly():
        if not QuotaBalance.objects.filter(**one).exists():
            looked.wait(30)
            QuotaBalance.objects.create(**one, most=2000)

    table, name = "alter table pszok_quotabalance", "pszok_balance_once"
    back = f"{table} add constraint {name} unique (rule_id, dwelling_id, period)"
    with without(f"{table} drop constraint {name}", back, "pszok_quotabalance"):
        at_once(blindly, blindly)
        assert QuotaBalance.objects.count() == 2


def test_fifty_gates_that_read_one_code_open_one_visit(phone):
    """R70, R71"""
    gates, screen = [make_gate(name=f"Bramka {number}") for number in range(50)], phone.shows(TUESDAY)

    came = at_once(*(lambda one=one: visits.open_by_card(screen, gate=one, moment=TUESDAY) for one in gates))

    assert sum(isinstance(one, Visit) for one in came) == Visit.objects.count() == 1
    assert sum(isinstance(one, CardRefused) and one.why == "seen" for one in came) == 49


def test_control_without_the_unique_nonce_one_code_opens_the_gate_twice(gate, phone):
    screen = phone.shows(TUESDAY)
    table, key = "alter table resident_card_seencode", "resident_card_seencode_pkey"

    with without(f"{table} drop constraint {key}", f"{table} add constraint {key} primary key (nonce)", "resident_card_seencode"):
        came = at_once(*(lambda: visits.open_by_card(screen, gate=gate, moment=TUESDAY) for _ in range(2)))
        assert [type(one) for one in came] == [Visit, Visit]
        assert SeenCode.objects.count() == 2


def test_a_group_and_its_sub_limits_are_posted_together_whatever_the_order_of_lines(gate, phone):
    """R56, R68: two limits and their group; cars whose lines stand in opposite order wait for each other and never block for good."""
    make_limit(1000, "gruz", "budowlane", name="Razem")
    orders = [("gruz", "budowlane"), ("budowlane", "gruz")]
    opened = [arrive(phone, gate) for _ in range(24)]

    came = at_once(
        *(closing(visit, gate, *(line(name, kg=30) for name in orders[number % 2])) for number, visit in enumerate(opened))
    )

    assert sum(isinstance(one, Visit) for one in came) == 16  # of 60 kg each, 960 of 1000
    assert all(isinstance(one, Visit | OverLimit) for one in came)
    used = dict(QuotaBalance.objects.values_list("rule__name", "used"))
    assert used == {"Razem": 960, "Czysty gruz": 480, "Zmieszane odpady budowlane": 480}
    for balance in QuotaBalance.objects.all():
        assert balance.entries.aggregate(sum=Sum("amount"))["sum"] == balance.used


def test_control_balances_locked_in_the_order_of_lines_block_for_good(gate, phone):
    """The guard is the one fixed order of `limits.locked`."""
    hand_in(phone, gate, line("gruz", kg=10), line("budowlane", kg=10))
    rows, locked_one = list(QuotaBalance.objects.order_by("rule")), threading.Barrier(2)

    def lock(first, second):
        with transaction.atomic():
            QuotaBalance.objects.select_for_update().get(pk=first.pk)
            locked_one.wait(30)
            QuotaBalance.objects.select_for_update().get(pk=second.pk)

    came = at_once(lambda: lock(*rows), lambda: lock(*rows[::-1]))

    assert sum(isinstance(one, OperationalError) for one in came) == 1


def test_one_close_sent_twenty_times_at_once_posts_once_and_answers_alike(gate, phone):
    """R69"""
    visit, key = arrive(phone, gate), uuid4()

    came = at_once(*(closing(visit, gate, line(kg=100), key=key) for _ in range(20)))

    assert {(one.pk, one.status, one.closed_at) for one in came} == {(visit.pk, "closed", TUESDAY)}
    assert (VisitLine.objects.count(), QuotaBalance.objects.get().used) == (1, 100)


def test_control_without_the_lock_of_the_visit_a_close_sent_twice_posts_twice(gate, phone):
    visit, looked = arrive(phone, gate), threading.Barrier(2)
    limit = quotas.of_fraction(line().fraction, visit.rules_on)[0]
    fields = {"point": visit.point, "day": visit.rules_on, "sequence": 1, "fraction_id": line().fraction, "code_id": line().code}

    def blindly():
        with transaction.atomic():
            assert Visit.objects.get(pk=visit.pk).status == "open"
            looked.wait(30)
            balance = quotas.locked(visit.dwelling_id, [limit])[limit.pk]
            row = VisitLine.objects.create(visit=visit, kg=100, by=gate.operator.pk, at=TUESDAY, **fields)
            QuotaEntry.objects.create(line=row, balance=balance, amount=100)
        return True

    table, name = "alter table pszok_visitline", "pszok_line_sequence"
    back = f"{table} add constraint {name} unique (visit_id, sequence)"
    with without(f"{table} drop constraint {name}", back, "pszok_visitline"):
        assert at_once(blindly, blindly) == [True, True]
        assert QuotaEntry.objects.count() == 2


def test_a_card_blocked_while_gates_close_lets_no_later_close_through(gate, phone):
    """R72: whoever reads the card after the block refuses, and a close either posts whole or not at all."""
    opened = [arrive(phone, gate) for _ in range(12)]

    def block():
        CardMedium.objects.filter(pk=phone.medium.pk).update(status=MediumStatus.BLOCKED)

    came = at_once(block, *(closing(visit, gate, line(kg=100)) for visit in opened))

    closed = sum(isinstance(one, Visit) for one in came)
    assert sum(isinstance(one, CardRefused) for one in came) == 12 - closed
    assert VisitLine.objects.count() == closed
    with pytest.raises(CardRefused):
        arrive(phone, gate)
