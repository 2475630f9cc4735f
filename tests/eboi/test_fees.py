"""The waste fee that the form counts while Anna types."""

from datetime import date

import pytest

from eboi.models import WasteRate
from schemas.computed import CannotCompute, Context, compute

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 24)


@pytest.fixture
def rates():
    old = {"method": "person", "grosze": 3200, "compost_relief_grosze": 300, "valid_from": date(2026, 1, 1)}
    WasteRate.objects.create(**old, valid_to=date(2026, 12, 31), source="uchwała A")
    WasteRate.objects.create(method="person", grosze=3500, valid_from=date(2027, 1, 1), source="uchwała B", is_sample=True)


def fee(**answers):
    answers = {name.replace("_", "-"): answer for name, answer in answers.items()}
    return compute("waste_fee", answers, Context(day=DAY))


def test_three_people_pay_three_rates(rates):
    counted = fee(residents_count=3)

    assert counted.value["grosze"] == 9600
    assert (counted.value["rate_valid_from"], counted.value["source"]) == ("2026-01-01", "uchwała A")
    assert counted.text == "96,00\xa0zł miesięcznie"
    assert counted.basis == "3\xa0osoby po 32,00\xa0zł; stawka obowiązuje od 1\xa0stycznia 2026\xa0r."


def test_who_composts_pays_less(rates):
    assert fee(residents_count=3, composting="yes").value["grosze"] == 8700
    assert fee(residents_count=3, composting="no").value["grosze"] == 9600


def test_a_change_that_lies_ahead_takes_the_rate_of_its_day(rates):
    counted = fee(residents_count=2, change_day="2027-01-05")

    assert (counted.value["grosze"], counted.value["is_sample"]) == (7000, True)
    assert "stawka przykładowa" in counted.basis


def test_an_event_of_the_past_takes_the_rate_of_the_day_of_filing(rates):
    assert fee(residents_count=1, first_day="2026-02-01").value["rate_grosze"] == 3200


@pytest.mark.parametrize("answers", [{}, {"residents_count": None}, {"residents_count": "3"}, {"residents_count": 0}])
def test_without_the_number_of_people_nothing_is_counted(rates, answers):
    with pytest.raises(CannotCompute, match="ile osób"):
        fee(**answers)


def test_without_a_rate_nothing_is_counted():
    with pytest.raises(CannotCompute, match="nie ma jeszcze wpisanej stawki"):
        fee(residents_count=3)
