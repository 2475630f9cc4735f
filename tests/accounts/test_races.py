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
from django.utils import timezone

from accounts import phones
from accounts.actions import Refused
from accounts.models import PhoneProof, SignInPhone
from tests.accounts.test_phones import NUMBER, sent_code, sms

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


def done(verb, *args, **kwargs):
    try:
        verb(*args, **kwargs)
    except Refused:
        return False
    return True


def test_fifty_codes_asked_for_at_once_are_no_more_sms_than_a_day_allows(anna):
    """S5, S64"""
    answers = race(lambda number: done(phones.ask, anna, phone=f"+485015025{number:02}", moment=timezone.now()))

    assert answers.count(True) == sms().count() == phones.OF_ACCOUNT


def test_without_the_lock_more_sms_would_leave(anna, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(phones, "_one_at_a_time", lambda: None)

    race(lambda number: done(phones.ask, anna, phone=f"+485015025{number:02}", moment=timezone.now()))

    assert sms().count() > phones.OF_ACCOUNT


def test_a_code_typed_fifty_times_at_once_is_looked_at_three_times_and_works_once(anna):
    """S8, S64"""
    phones.ask(anna, phone=NUMBER, moment=timezone.now())
    code = sent_code()

    answers = race(lambda number: done(phones.confirm, anna, code=code, moment=timezone.now()))

    assert answers.count(True) == 1
    assert PhoneProof.objects.get().tries <= phones.TRIES
    assert SignInPhone.objects.get().user == anna


def test_two_accounts_that_prove_one_number_at_once_leave_it_with_one(anna, bartek):
    """R21: unique among the confirmed."""
    codes = []
    for user in (anna, bartek):
        phones.ask(user, phone=NUMBER, moment=timezone.now())
        codes.append((user, sent_code()))

    answers = race(lambda number: done(phones.confirm, codes[number % 2][0], code=codes[number % 2][1], moment=timezone.now()))

    assert answers.count(True) == 2
    assert SignInPhone.objects.count() == 1
