"""Two at the same moment. Each race has a control beside it: without the guard it goes wrong."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from office.transitions import Refused
from residents import actions
from residents.models import DeskCodeTry, Person
from tests.residents.conftest import ANNA_PESEL, NOON

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*errands):
    """Run each errand in a thread of its own, all released together; what each returned or raised."""
    gate, replies = threading.Barrier(len(errands)), [None] * len(errands)

    def go(place, errand):
        gate.wait()
        try:
            replies[place] = errand()
        except (Refused, IntegrityError) as refused:
            replies[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=one) for one in enumerate(errands)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return replies


def test_a_code_typed_in_two_windows_is_used_once(anna, franek, declare, on_paper):
    paper = on_paper("Anna", "Kowalska", ANNA_PESEL)
    declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    code = actions.issue_desk_code(paper, by=franek, moment=NOON)

    replies = at_once(*[lambda: actions.redeem_desk_code(anna, code, moment=NOON)] * 4)

    assert sum(isinstance(reply, Person) for reply in replies) == 1
    assert paper.identity_confirmations.count() == 1


def test_twenty_guesses_at_once_are_five(anna, declare):
    """S5"""
    declare(anna, "Anna", "Kowalska", ANNA_PESEL)

    at_once(*[lambda: actions.redeem_desk_code(anna, "ABCD-2345", moment=NOON)] * 20)

    assert DeskCodeTry.objects.count() == 5


def test_control_without_the_lock_more_guesses_pass(anna, declare):
    """The same counting without standing in line lets all through."""
    declare(anna, "Anna", "Kowalska", ANNA_PESEL)
    counted = threading.Barrier(8)

    def careless():
        with transaction.atomic():
            tries = DeskCodeTry.objects.filter(account=anna, at__gt=NOON - timedelta(hours=1)).count()
            counted.wait()
            if tries < 5:
                DeskCodeTry.objects.create(account=anna, at=NOON)

    at_once(*[careless] * 8)

    assert DeskCodeTry.objects.count() == 8


def test_a_double_click_on_onboarding_makes_one_person(anna, policy):
    def declare():
        return actions.declare_person(account=anna, first_name="Anna", last_name="Kowalska", by=anna, moment=NOON)

    replies = at_once(*[declare] * 6)

    assert sum(isinstance(reply, Person) for reply in replies) == 1
    assert [type(reply) for reply in replies if not isinstance(reply, Person)] == [Refused] * 5


def test_two_desks_confirming_one_number_leave_it_to_one_person(franek, on_paper):
    """S54"""
    people = [on_paper("Anna", "Kowalska", ANNA_PESEL), on_paper("Ewa", "Zych", ANNA_PESEL)]

    def confirm(person):
        return lambda: actions.confirm_identity_at_desk(person, how="dowód osobisty", by=franek, moment=NOON)

    replies = at_once(*[confirm(person) for person in people])

    assert sum(isinstance(reply, Refused) for reply in replies) == 1
    assert Person.objects.filter(pesel_seen_at=NOON).count() == 1
