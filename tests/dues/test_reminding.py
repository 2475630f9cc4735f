"""Anna is told of a day ahead, if she wants, once; her calendar holds days and nothing else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from dues.actions import reminding
from dues.models import Instalment, Reminder
from office.models import Message
from residents.actions import give_consent, withdraw_consent
from tests.dues import cast
from tests.dues.cast import make_instalment, make_tables
from tests.factories import TUESDAY

pytestmark = pytest.mark.django_db
IN_FIVE_DAYS, IN_TEN_DAYS = date(2026, 11, 29), date(2026, 12, 4)


@pytest.fixture(autouse=True)
def tables():
    make_tables()


@pytest.fixture
def annas(anna):
    return cast.annas(anna, 10_000, IN_FIVE_DAYS)


def consent(person, channel="email"):
    return give_consent(person, purpose=reminding.PURPOSE, channel=channel, source="portal", moment=TUESDAY)


def test_anna_is_reminded_once_as_many_days_ahead_as_she_likes(annas):
    """L25"""
    person, one = annas
    make_instalment(one.liability, 5_000, IN_TEN_DAYS)
    consent(person)

    assert [reminding.remind_all(moment=TUESDAY) for _time in range(2)] == [1, 0]
    reminding.set_lead(person, days=14)
    assert [reminding.remind_all(moment=TUESDAY + timedelta(days=1)) for _time in range(2)] == [1, 0]
    assert Reminder.objects.count() == Message.objects.filter(event="dues/reminder").count() == 2


def test_without_consent_or_after_it_nothing_goes_out(annas):
    """L25"""
    person, _one = annas
    assert reminding.remind_all(moment=TUESDAY) == 0

    withdraw_consent(consent(person), moment=TUESDAY)
    assert reminding.remind_all(moment=TUESDAY) == 0


def test_what_is_paid_or_past_is_not_reminded_of(annas):
    person, one = annas
    consent(person)
    Instalment.objects.update(paid_principal_grosze=10_000)
    make_instalment(one.liability, 5_000, date(2026, 11, 23))

    assert reminding.remind_all(moment=TUESDAY) == 0


def test_a_letter_tells_neither_sum_nor_name(annas):
    """S42"""
    person, _one = annas
    consent(person)
    reminding.remind_all(moment=TUESDAY)

    text = Message.objects.get().text
    assert "100" not in text and "nieruchomości" not in text and "Kowalska" not in text
    assert reverse("dues:mine") in text


def test_the_calendar_holds_days_and_nothing_else(annas, client):
    """S42, L42"""
    person, _one = annas
    key = reminding.preference_of(person).token
    url = reverse("dues:calendar")

    answer = client.get(url, {"klucz": key})

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == IN_FIVE_DAYS
    assert "100" not in str(event["summary"]) and "Kowalska" not in answer.content.decode()
    reminding.new_address(person)
    assert client.get(url, {"klucz": key}).status_code == 404
    assert client.get(url).status_code == 404
