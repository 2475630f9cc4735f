"""L8, F1: case numbers and RPW numbers taken by many at once, on real connections; and the control that goes red."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import Max

from eboi.actions import cases, register
from eboi.models import Case, IncomingLetter, Unit
from eboi.models.filing import LetterChannel
from tests.factories import TUESDAY, make_letter, make_matter, make_person, make_unit

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 50


class ChangedMind(Exception):
    """The tenth part of the racers rolls back after the number was taken."""


def race(run, count=RACERS):
    """Run `run(place)` in `count` threads that start together; returns how many did not change their mind."""
    gate = threading.Barrier(count)

    def racer(place):
        try:
            connection.ensure_connection()
            gate.wait(30)
            with transaction.atomic():
                run(place)
                if place % 10 == 0:
                    raise ChangedMind
            return True
        except ChangedMind:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return sum(pool.map(racer, range(count)))


def test_fifty_parallel_openings_give_consecutive_numbers_whoever_rolls_back(dariusz):
    """L8 F1"""
    matter = make_matter(make_unit(dariusz))
    letters = [make_letter(make_person()) for _ in range(RACERS)]

    def open_one(place):
        cases.open_case(letters[place], matter=matter, officer=dariusz, by=dariusz, moment=TUESDAY)

    opened = race(open_one)

    assert opened == 45
    assert sorted(Case.objects.values_list("number", flat=True)) == list(range(1, 46))
    assert set(Case.objects.values_list("mark", flat=True)) == {f"OS.3160.{number}.2026" for number in range(1, 46)}


def test_fifty_letters_registered_at_once_have_consecutive_numbers():
    """L9 F1"""

    def register_one(place):
        register.register_letter(
            channel=LetterChannel.PAPER, received_at=TUESDAY, sender_name=f"Nadawca {place}", subject="Pismo", by=None
        )

    registered = race(register_one)

    assert registered == 45
    assert sorted(IncomingLetter.objects.values_list("number", flat=True)) == list(range(1, 46))


def test_control_the_highest_number_and_one_is_taken_by_several():
    """L8 F1 control: without the counter's lock the same number is given more than once."""
    Unit.objects.create(symbol="OS", name="Referat")
    given, guard = [], threading.Lock()

    def guess(place):
        with transaction.atomic():
            number = (Unit.objects.aggregate(highest=Max("id"))["highest"] or 0) + 1
            threading.Event().wait(random.uniform(0, 0.02))  # noqa: S311
            with guard:
                given.append(number)

    race(guess)

    assert len(set(given)) < len(given)
