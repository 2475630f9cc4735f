"""Anybody asks for a page they can use, without an account, and the office answers in time (L32)."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from eboi.actions import accessibility
from eboi.models import AccessibilityRequest
from eboi.removals import REMOVALS
from office import retention
from office.models import Message, RetentionPeriod
from office.transitions import Refused
from tests.factories import TUESDAY

pytestmark = pytest.mark.django_db
ASK = reverse("eboi:ask_for_access")


@pytest.fixture(autouse=True)
def empty_budget():
    cache.clear()


def typed(**other):
    return {
        "key": str(uuid.uuid4()), "page": "Uchwała o odpadach (PDF)", "problem": "Czytnik nie czyta tabeli.", "kind": "access",
        "other_way": "", "name": "Ewa Obca", "contact_by": "email", "contact": "ewa@example.com", **other,
    }  # fmt: skip


def ask(**other):
    given = typed(**other)
    return accessibility.ask_for_access(uuid.UUID(given.pop("key")), moment=TUESDAY, **given)


def test_ewa_asks_without_an_account_and_reads_when_she_will_be_answered(client, time_machine):
    """L32"""
    time_machine.move_to(TUESDAY, tick=False)

    page = client.post(ASK, typed(), follow=True)

    assert page.status_code == 200
    text = page.content.decode().replace("\xa0", " ")
    assert "ZD/1/2026" in text
    assert "1 grudnia 2026" in text
    assert "Ewa Obca" not in text
    assert "ewa@example.com" not in text
    letter = Message.objects.get()
    assert letter.address == "ewa@example.com"
    assert page.request["PATH_INFO"] in letter.text
    assert "Uchwała" not in f"{letter.subject}{letter.text}"


def test_a_double_click_is_one_request(client):
    """D2"""
    twice = typed()

    first, second = client.post(ASK, twice), client.post(ASK, twice)

    assert first["Location"] == second["Location"]
    assert AccessibilityRequest.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"page": ""}, "page"),
        ({"problem": " "}, "problem"),
        ({"kind": "other_way"}, "other_way"),
        ({"contact": "ewa-example.com"}, "contact"),
        ({"contact_by": ""}, "contact_by"),
    ],
)
def test_what_is_missing_is_told_beside_the_field_and_nothing_typed_is_lost(client, wrong, field):
    answer = client.post(ASK, typed(**wrong))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Ewa Obca" in answer.content.decode()
    assert not AccessibilityRequest.objects.exists()


def test_one_address_sends_ten_an_hour(client):
    """S46"""
    answers = [client.post(ASK, typed()).status_code for _number in range(11)]

    assert answers == [302] * 10 + [429]


def test_ten_visitors_at_the_form_write_nothing(client):
    """S36"""
    assert client.get(f"{ASK}?strona=/eboi/").context["form"]["page"].value() == "/eboi/"
    assert not AccessibilityRequest.objects.exists()


def test_what_ewa_wrote_lies_encrypted(db):
    """S54: people write of their health."""
    from django.db import connection

    request = ask()

    with connection.cursor() as cursor:
        cursor.execute("select row_to_json(r)::text from eboi_accessibilityrequest r where id = %s", [request.pk])
        row = cursor.fetchone()[0]
    assert not [word for word in ("Czytnik", "Ewa", "ewa@") if word in row]


def test_celina_answers_and_ewa_reads_it_by_her_link(client, celina, sign_in):
    request = ask()
    desk = sign_in(client, celina)
    assert "ZD/1/2026" in desk.get(reverse("admin:eboi_accessibilityrequest_changelist")).content.decode()

    desk.post(
        reverse("admin:eboi_accessibilityrequest_verb", args=[request.pk, "answer_access"]),
        {"seen": "", "is_granted": "tak", "answer": "Wgraliśmy poprawiony plik."},
    )

    page = client.__class__().get(reverse("eboi:accessibility_request", args=[request.pk])).content.decode()
    assert "Wgraliśmy poprawiony plik." in page.replace("\xa0", " ")
    assert Message.objects.filter(event="eboi/accessibility_answered").count() == 1


def test_the_answer_is_put_off_with_a_reason_and_two_months_at_most(celina):
    """L32"""
    request = ask()

    for day in (date(2026, 12, 1), date(2027, 1, 25)):
        with pytest.raises(Refused, match="nie późniejszy niż 24"):
            accessibility.put_off(request, new_date=day, reason="Skan z archiwum.", by=celina, moment=TUESDAY)
    with pytest.raises(Refused, match="Podaj powód"):
        accessibility.put_off(request, new_date=date(2027, 1, 24), reason=" ", by=celina, moment=TUESDAY)
    accessibility.put_off(request, new_date=date(2027, 1, 24), reason="Skan z archiwum.", by=celina, moment=TUESDAY)

    assert AccessibilityRequest.objects.get().due_on == date(2027, 1, 24)


def test_a_request_is_answered_once(celina):
    request = ask()
    same = AccessibilityRequest.objects.get(pk=request.pk)
    accessibility.answer_access(request, is_granted=True, answer="Tak.", by=celina, moment=TUESDAY + timedelta(days=1))

    with pytest.raises(Refused, match="Ktoś był szybszy"):
        accessibility.answer_access(same, is_granted=False, answer="Nie.", by=celina, moment=TUESDAY)

    assert AccessibilityRequest.objects.get().answer == "Tak."


def test_the_statement_leads_to_the_form(client):
    """L30 L32"""
    assert f'href="{ASK}"' in client.get(reverse("accessibility")).content.decode()


def test_an_answered_request_goes_after_its_period_and_one_that_waits_stays(celina):
    """L22"""
    answered, _waiting = ask(), ask()
    accessibility.answer_access(answered, is_granted=True, answer="Plik jest poprawiony.", by=celina, moment=TUESDAY)
    days = timedelta(days=RetentionPeriod.objects.get(kind="accessibility_request").days)

    retention.run(REMOVALS, moment=TUESDAY + days)
    assert AccessibilityRequest.objects.count() == 2
    (protocol,) = retention.run(REMOVALS, moment=TUESDAY + days + timedelta(seconds=1))

    assert not AccessibilityRequest.objects.filter(pk=answered.pk).exists()
    assert AccessibilityRequest.objects.count() == 1
    assert protocol.removed == 1
