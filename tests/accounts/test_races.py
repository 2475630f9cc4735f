"""Many at once: limits and one-use codes hold (S64)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db(transaction=True)
RACERS = 50


@pytest.fixture(autouse=True)
def fresh_limits(transactional_db):
    call_command("createcachetable", verbosity=0)
    cache.clear()


def race(do):
    def run(number):
        try:
            return do(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(RACERS) as pool:
        return list(pool.map(run, range(RACERS)))


def guess(email):
    def go(number):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        return client.post(reverse("account_login"), {"login": email, "password": "to nie jest to"}).status_code

    return go


def test_fifty_guesses_at_once_are_no_more_than_five(anna):
    """S5, S64"""
    answers = race(guess(anna.email))

    assert answers.count(200) <= 5
    assert answers.count(429) == RACERS - answers.count(200)


def test_without_the_limit_all_fifty_would_be_tried(anna, settings):
    """The control of the test above."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "login_failed": None}

    assert race(guess(anna.email)).count(200) == RACERS


def test_a_recovery_code_used_fifty_times_at_once_works_once(anna):
    """S8, S64"""
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]

    answers = race(lambda number: Authenticator.objects.get(user=anna).wrap().validate_code(code))

    assert answers.count(True) == 1


def test_a_look_without_the_lock_would_let_several_in(anna):
    """The control of the test above: each looks before any has written."""
    code = RecoveryCodes.activate(anna).get_unused_codes()[0]

    answers = race(lambda number: code in Authenticator.objects.get(user=anna).wrap().get_unused_codes())

    assert answers.count(True) == RACERS
