import io
import time

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from pruszcz_portal import preparing
from pruszcz_portal.sample_accounts import SAMPLE_ACCOUNTS
from residents import rules
from residents.models import AddressPoint, Person


def load():
    said = io.StringIO()
    call_command("load_sample_data", stdout=said)
    return said.getvalue()


def test_sample_data_are_there_once_however_often_they_are_loaded(db):
    said = load()
    counts = [model.objects.count() for model in (User, Person, AddressPoint)]
    start = time.monotonic()
    load()

    assert time.monotonic() - start < 2
    assert [model.objects.count() for model in (User, Person, AddressPoint)] == counts
    assert all(account.email in said for account in SAMPLE_ACCOUNTS)


def test_anna_is_confirmed_bartek_only_declared_and_marek_is_celinas_family(db):
    load()

    anna, bartek, celina = (Person.objects.get(account__email=f"{name}@pruszcz.example") for name in ("anna", "bartek", "celina"))
    marek = Person.objects.get(first_name="Marek")
    day = marek.memberships.get().since
    assert [rules.is_identity_confirmed(one) for one in (anna, bartek, celina)] == [True, False, False]
    assert rules.is_own_or_family(celina.account, marek, day)
    assert not rules.is_own_or_family(celina.account, anna, day)


def test_production_refuses_sample_data(db, settings):
    settings.IS_PRODUCTION = True

    with pytest.raises(CommandError, match="tylko dla wersji pokazowej"):
        load()

    assert not User.objects.exists()


def test_a_warm_start_knows_every_step_that_migrate_would_take(db):
    assert preparing.known_steps() == set(MigrationLoader(connection).disk_migrations) == preparing.applied_steps()


def test_data_of_an_older_version_are_refused_in_words_before_anything_is_done_to_them(db):
    preparing.refuse_old_data()
    MigrationRecorder(connection).record_applied("eboi", "0009_a_step_that_was_folded_away")

    with pytest.raises(preparing.CanNotRun, match="make reset"):
        preparing.refuse_old_data()
