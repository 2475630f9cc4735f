"""„Oblicz termin”: the last day with its rule, the same everywhere for everybody, and clear words for what can not be counted."""

from datetime import date

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from eboi.deadlines import last_day
from eboi.models import TermRule
from eboi.reckoning import LONGEST, reckon, what_if
from office.models import HolidayOverride
from office.working_days import DAY, Calendar

VECTORS = [
    (date(2026, 11, 4), 7, "days", "12 listopada 2026 r."), (date(2026, 10, 30), 7, "days", "6 listopada 2026 r."),
    (date(2026, 12, 11), 14, "days", "28 grudnia 2026 r."), (date(2027, 1, 31), 1, "months", "1 marca 2027 r."),
    (date(2026, 11, 24), 1, "months", "28 grudnia 2026 r."), (date(2024, 11, 24), 1, "months", "24 grudnia 2024 r."),
    (date(2026, 12, 31), 2, "months", "1 marca 2027 r."), (date(2027, 5, 20), 7, "days", "28 maja 2027 r."),
    (date(2024, 2, 29), 1, "years", "28 lutego 2025 r."), (date(2026, 11, 25), 2, "weeks", "9 grudnia 2026 r."),
]  # fmt: skip


@pytest.fixture
def ask(client, db):
    def ask(**typed):
        given = {"od": "2026-11-24", "ile": "1", "jednostka": "months", "ustawa": "kpa", **typed}
        return client.get(reverse("eboi:reckon"), given).content.decode().replace("\u00a0", " ")

    return ask


@pytest.mark.parametrize("act", ["kpa", "ordynacja"])
@pytest.mark.parametrize("start, count, unit, due", VECTORS)
def test_the_page_gives_the_vectors_under_both_acts(ask, start, count, unit, due, act):
    """L4"""
    page = ask(od=start.isoformat(), ile=count, jednostka=unit, ustawa=act)

    assert f'<p class="fee">{due}</p>' in page


def test_the_rule_is_cited_with_the_days_off_and_the_note_on_other_terms(ask):
    page = ask()

    assert "art. 57 § 3 KPA" in page and "art. 57 § 4 KPA" in page
    assert "24 grudnia 2026 r. (Wigilia Bożego Narodzenia)" in page
    assert "Taki termin skończyłby się 24 grudnia 2026 r." in page
    assert "Do potwierdzenia" in page


def test_tax_terms_cite_their_own_act(ask):
    page = ask(ustawa="ordynacja")

    assert "art. 12 § 3 Ordynacji podatkowej" in page
    assert "art. 57 § 3" not in page


def test_a_day_off_that_a_clerk_added_moves_the_term(ask):
    """L4"""
    HolidayOverride.objects.create(day=date(2026, 12, 28), is_day_off=True, name="dzień żałoby", source="zarządzenie")

    assert '<p class="fee">29 grudnia 2026 r.</p>' in ask()


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"od": ""}, "Wpisz dzień, od którego liczyć."), ({"od": "31.02.2026"}, "Wpisz dzień, który jest w kalendarzu"),
        ({"od": "2016-01-01"}, "Kalkulator zna te przepisy od 1 czerwca 2017 r."), ({"od": "9999-12-31"}, "To za daleko"),
        ({"ile": ""}, "Wpisz liczbę, na przykład 14."), ({"ile": "0"}, "Termin musi mieć co najmniej 1."), ({"ile": "-3"}, "co najmniej 1"),
        ({"ile": "dwa"}, "Wpisz liczbę całkowitą cyframi"), ({"ile": "99999999999999999999"}, "Najdłuższy termin"),
        ({"ile": "200", "jednostka": "years"}, "Najdłuższy termin, jaki tu policzymy, to 20 lat."), ({"jednostka": "stulecia"}, "Wybierz dni, tygodnie"),
        ({"ustawa": "inna"}, "Wybierz, według której ustawy"), ({"ile": "1e9"}, "cyframi"), ({"od": "2026-11-24\0"}, "kalendarzu"),
    ],
)  # fmt: skip
def test_what_can_not_be_counted_is_told_beside_its_field(ask, typed, told):
    page = ask(**typed)

    assert told in page
    assert '<p class="fee">' not in page


def test_what_was_typed_stays_in_the_form(ask):
    page = ask(od="2016-01-01", ile="14", jednostka="days")

    assert 'value="2016-01-01"' in page and 'value="14"' in page


def test_a_polish_date_is_understood(ask):
    assert '<p class="fee">28 grudnia 2026 r.</p>' in ask(od="24.11.2026")


def test_the_page_opens_empty_and_without_a_rule_it_says_so(ask, client):
    assert client.get(reverse("eboi:reckon")).status_code == 200
    TermRule.objects.all().delete()

    assert "nie wpisał jeszcze przepisu" in ask()


@given(st.dates(date(2017, 6, 1), date(2060, 12, 31)), st.integers(1, 120), st.sampled_from(["days", "weeks", "months", "years"]))
def test_the_calculator_and_the_desk_count_alike(start, count, unit):
    count, calendar = min(count, LONGEST[unit]), Calendar()

    found = reckon(start, count, unit, calendar)

    assert found.due == last_day(start, count, unit, calendar=calendar)
    assert found.start < found.end <= found.due and not calendar.is_day_off(found.due)
    assert [day for day, _name in found.days_off] == [found.end + DAY * n for n in range((found.due - found.end).days)]
    assert all(calendar.is_day_off(day) for day, _name in found.days_off)
    assert all(other.due >= other.end for _words, other in what_if(found, calendar))
