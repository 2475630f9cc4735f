"""What a supervisor mends: by a reversal and a new line, by letting over a limit with a reason (R63)."""

from uuid import uuid4

import pytest
from django.db.models import Sum

from office.transitions import Refused
from pruszcz_portal import roles
from pszok.actions.closing import OverLimit, close
from pszok.actions.corrections import allow_over, correct_line
from pszok.models import LimitRule, QuotaAllowance, QuotaBalance, QuotaEntry, VisitLine
from tests.factories import TUESDAY
from tests.pszok.cast import arrive, hand_in, line, make_gate, make_limit
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db


@pytest.fixture
def gate():
    return make_gate()


@pytest.fixture
def walentyna(make_account):
    return make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


def balance():
    return QuotaBalance.objects.get()


def test_a_correction_is_a_reversal_and_a_new_line_and_the_original_stays(gate, walentyna):
    """R63"""
    visit = hand_in(make_holder(), gate, line(kg=1800, scale_ticket="W/17"))

    again = correct_line(visit.lines.get(), kg=180, reason="Zero za dużo", by=walentyna, moment=TUESDAY)

    assert list(visit.lines.values_list("sequence", "kg", "reason")) == [
        (1, 1800, ""),
        (2, -1800, "Zero za dużo"),
        (3, 180, "Zero za dużo"),
    ]
    assert again.sequence == 3
    assert balance().used == QuotaEntry.objects.aggregate(sum=Sum("amount"))["sum"] == 180


def test_a_line_is_taken_back_whole(gate, walentyna):
    """R63"""
    visit = hand_in(make_holder(), gate, line(kg=300), line("opony", pieces=2, is_estimated=True))

    assert correct_line(visit.lines.get(sequence=1), reason="Inne mieszkanie", by=walentyna, moment=TUESDAY) is None
    assert correct_line(visit.lines.get(sequence=2), reason="Inne mieszkanie", by=walentyna, moment=TUESDAY) is None

    assert balance().used == 0
    assert list(VisitLine.objects.filter(reverses__isnull=False).values_list("kg", "pieces")) == [(-300, None), (None, -2)]


def test_a_correction_is_made_once_with_a_reason_by_a_supervisor(gate, walentyna, celina):
    """R63"""
    written = hand_in(make_holder(), gate, line(kg=300)).lines.get()

    for who, reason, words in ((walentyna, "  ", "powód"), (celina, "Pomyłka", "nadzorująca")):
        with pytest.raises(Refused, match=words):
            correct_line(written, kg=30, reason=reason, by=who, moment=TUESDAY)
    correct_line(written, kg=30, reason="Pomyłka", by=walentyna, moment=TUESDAY)
    with pytest.raises(Refused, match="już wystornowana"):
        correct_line(written, kg=3, reason="Pomyłka", by=walentyna, moment=TUESDAY)

    assert balance().used == 30


def test_a_correction_upwards_keeps_to_the_limit_of_the_visits_day(gate, walentyna):
    phone = make_holder()
    visit = hand_in(phone, gate, line(kg=1000))
    hand_in(phone, gate, line(kg=900))

    with pytest.raises(OverLimit):
        correct_line(visit.lines.get(), kg=1101, reason="Pomyłka", by=walentyna, moment=TUESDAY)
    correct_line(visit.lines.get(), kg=1100, reason="Pomyłka", by=walentyna, moment=TUESDAY)

    assert balance().used == 2000


def test_a_correction_goes_through_the_group_and_its_sub_limit(gate, walentyna):
    make_limit(500, "gruz", "budowlane", name="Razem")
    visit = hand_in(make_holder(), gate, line(kg=500))

    correct_line(visit.lines.get(), kg=200, reason="Pomyłka", by=walentyna, moment=TUESDAY)

    assert list(QuotaBalance.objects.values_list("used", flat=True)) == [200, 200]


def test_a_supervisor_lets_over_the_limit_with_a_reason_and_so_much_only(gate, walentyna, celina):
    visit = arrive(make_holder(), gate)
    rule = LimitRule.objects.get(name="Czysty gruz")

    with pytest.raises(Refused, match="nadzorująca"):
        allow_over(visit, rule=rule, amount=100, reason="Powódź", by=celina, moment=TUESDAY)
    allow_over(visit, rule=rule, amount=100, reason="Powódź", by=walentyna, moment=TUESDAY)
    with pytest.raises(OverLimit):
        close(visit.pk, [line(kg=2101)], uuid4(), gate=gate, moment=TUESDAY)
    close(visit.pk, [line(kg=2100)], uuid4(), gate=gate, moment=TUESDAY)

    assert (balance().used, balance().most, QuotaAllowance.objects.get().reason) == (2100, 2100, "Powódź")
