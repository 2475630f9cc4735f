"""Interest and posting against calculations that go another way: day by day, grosz by grosz."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dues.rules import Owed, Rate, Table, Terms, interest, posted
from office.transitions import Refused
from office.working_days import Calendar

FIRST = date(2024, 1, 1)
USUAL = Terms(least_grosze=870, rounding_grosze=100, year_days=365, term_moves=True)
days = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))
percents = st.integers(0, 3000).map(lambda n: Decimal(n) / 100)


@st.composite
def tables(draw):
    """Rows by their first day, some with an end, the first from long ago and open: overlaps and holes included."""
    rows = [Rate(date(2000, 1, 1), None, draw(percents))]
    for since in sorted(draw(st.lists(days, max_size=6))):
        until = draw(st.one_of(st.none(), st.integers(0, 400).map(lambda n, since=since: since + timedelta(days=n))))
        rows.append(Rate(since, until, draw(percents)))
    return rows


def day_by_day(principal, since, until, rows, terms):
    """Each day by itself: the last row in force on it, a fraction of a grosz, all added up, then Decimal's own rounding."""
    total, day = Fraction(0), since
    while day <= until:
        in_force = [row for row in rows if row.since <= day and (row.until is None or day <= row.until)][-1]
        total += Fraction(principal) * Fraction(in_force.percent) / 100 / terms.year_days
        day += timedelta(days=1)
    if total <= terms.least_grosze:
        return 0
    exact = Decimal(total.numerator) / Decimal(total.denominator) / terms.rounding_grosze
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP)) * terms.rounding_grosze


@given(principal=st.integers(1, 50_000_000), since=days, length=st.integers(-3, 700), rows=tables(), least=st.integers(0, 3000))
def test_interest_is_the_sum_of_its_days(principal, since, length, rows, least):
    """L45"""
    terms = Terms(least, 100, 365, True)
    until = since + timedelta(days=length)

    assert interest(principal, since, until, rows, terms) == day_by_day(principal, since, until, rows, terms)


@pytest.mark.parametrize(
    ("principal", "late_days", "owed"),
    [
        (100_000, 22, 900),  # 14.60 % a year: 40 gr a day of a thousand; 8,80 zł is charged and rounded to 9
        (100_000, 21, 0),  # 8,40 zł is less than three letters
        (21_750, 100, 0),  # exactly 8,70 zł: "not more than" is not charged
        (23_750, 100, 1000),  # exactly 9,50: half goes up
        (23_749, 100, 900),
        (0, 400, 0),
    ],
)
def test_examples_counted_by_hand(principal, late_days, owed):
    """L45: art. 54 and 63."""
    rows = [Rate(FIRST, None, Decimal("14.60"))]

    assert interest(principal, FIRST, FIRST + timedelta(days=late_days - 1), rows, USUAL) == owed


def test_a_day_without_a_rate_is_refused_and_never_counted_as_nothing():
    rows = [Rate(FIRST, FIRST + timedelta(days=9), Decimal(10)), Rate(FIRST + timedelta(days=11), None, Decimal(10))]

    with pytest.raises(Refused, match="Brakuje stawki"):
        interest(1_000_000, FIRST, FIRST + timedelta(days=20), rows, USUAL)
    with pytest.raises(Refused, match="Nie ustawiono zasad"):
        interest(1_000_000, FIRST, FIRST, rows, None)


def test_a_term_on_a_day_off_ends_on_the_next_working_day():
    """Ordynacja art. 12 § 5: 15 March 2026 is a Sunday, so Monday is in time and Tuesday is the first late day."""
    table = Table([Rate(FIRST, None, Decimal(10))], USUAL, Calendar())

    assert table.first_late_day(date(2026, 3, 15)) == date(2026, 3, 17)
    assert table.first_late_day(date(2026, 3, 16)) == date(2026, 3, 17)


dues = st.lists(
    st.builds(
        Owed, key=st.integers(1, 10**6), due_on=days, principal_grosze=st.integers(1, 10**7), interest_grosze=st.integers(0, 10**6)
    ),
    max_size=6, unique_by=lambda one: one.key,
)  # fmt: skip


def by_halving(amount, due):
    """The principal's share found by search, without dividing the amount: the least that leaves no more than the interest's share."""
    low, high = 0, amount
    whole = due.principal_grosze + due.interest_grosze
    while low < high:
        middle = (low + high) // 2
        if middle * whole >= amount * due.principal_grosze:
            high = middle
        else:
            low = middle + 1
    return low


@given(amount=st.integers(1, 10**8), owed=dues)
def test_posting_takes_the_earliest_first_and_parts_it_in_proportion(amount, owed):
    """L44: art. 62 § 1 and 55 § 2."""
    parts, surplus = posted(amount, owed)

    left, expected = amount, []
    for one in sorted(owed, key=lambda due: (due.due_on, due.key)):
        paid = min(left, one.principal_grosze + one.interest_grosze)
        if paid:
            expected.append((one.key, by_halving(paid, one), paid - by_halving(paid, one)))
        left -= paid
    assert [(part.key, part.principal_grosze, part.interest_grosze) for part in parts] == expected
    assert surplus == left
    assert sum(part.principal_grosze + part.interest_grosze for part in parts) + surplus == amount


@given(principal=st.integers(100_000, 10**7), share=st.integers(1, 99), late=st.integers(30, 600), more=st.integers(0, 300))
def test_interest_left_after_a_part_payment_is_that_of_the_principal_left(principal, share, late, more):
    """Why no history is needed (art. 55 § 2): the unrounded interest is linear in the principal, so a proportional part leaves a proportion."""
    exact, rows = Terms(0, 1, 365, True), [Rate(FIRST, None, Decimal("14.60"))]
    day = FIRST + timedelta(days=late - 1)
    owed = Owed(1, FIRST, principal, interest(principal, FIRST, day, rows, exact))
    part = posted((owed.principal_grosze + owed.interest_grosze) * share // 100, [owed])[0][0]

    left = interest(principal - part.principal_grosze, FIRST, day, rows, exact)

    assert abs(left - (owed.interest_grosze - part.interest_grosze)) <= 1  # a grosz of rounding at each end
