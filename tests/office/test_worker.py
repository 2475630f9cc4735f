"""The bell is heard: a real Celery worker on a real broker sends a letter and scans a file at once (D4)."""

import os
import subprocess
import sys
import time

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction

from office import bell, files
from office.files import store
from office.models import Channel, MailboxItem, StoredFile
from office.outbox import post
from pruszcz_portal.celery import app
from tests.office import samples


def start(*command):
    """A process of its own on the database and broker of this test session."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    url = f"{base.rpartition('/')[0]}/{connection.settings_dict['NAME']}{'?' + query if query else ''}"
    return subprocess.Popen([sys.executable, *command], env={**os.environ, "DATABASE_URL": url}, cwd=django_settings.BASE_DIR)


@pytest.fixture
def worker(transactional_db):
    quiet = ("-l", "warning", "--without-gossip", "--without-mingle")
    worker = start("-m", "celery", "-A", "pruszcz_portal", "worker", "-P", "threads", "-c", "1", *quiet)
    yield worker
    worker.terminate()
    worker.wait(timeout=30)


def until(condition, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_letter_and_scan_need_no_sweep_while_the_bell_rings(worker, anna, letters):
    bell._silent_until = 0.0
    with transaction.atomic():
        stored = store(samples.upload(samples.pdf()), owner=anna)
        context = {"number": "RPW/1/2026"}
        post(event="office/hello", to="+48600100200", context=context, channel=Channel.SMS)

    assert files.path_of(stored).exists()
    assert until(lambda: MailboxItem.objects.filter(text="Sprawa RPW/1/2026 czeka.").exists())
    assert until(lambda: StoredFile.objects.get().is_clean)


def test_relay_of_its_own_needs_no_broker_and_ends_cleanly_when_asked(transactional_db, letters, settings):
    """D4"""
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    relay = start("manage.py", "relay")
    with transaction.atomic():
        post(event="office/hello", to="+48600100200", context={"number": "RPW/1/2026"}, channel=Channel.SMS)

    assert until(lambda: MailboxItem.objects.exists())

    relay.terminate()
    assert relay.wait(timeout=20) == 0
    bell._silent_until = 0.0


def test_every_scheduled_task_exists():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in app.conf.beat_schedule.values()} <= set(app.tasks)
