"""Messages to many while relays, workers and Valkey die in the middle: each reaches its sink, and nobody is shown one twice.

A mail program drops a second letter of one Message-ID; the provider of SMS refuses a second message of one id. Both sinks here do as they
do, so what they show is what people see.
"""

import collections
import json
import os
import shutil
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest
from aiosmtpd.controller import Controller

from tests.kill.test_outbox import Inbox, start_beat, start_worker
from tests.stand import Stand, children_of, free_port

PEOPLE, ROUNDS = 40, 30
MAKE = f"""
import django; django.setup()
from django.utils import timezone
from accounts.models import User
from announcements.statuses import AnnouncementStatus
from tests.announcements.cast import make_announcement, make_follower
from office.models import Channel
writer, now = User.objects.create(email="dariusz@example.com"), timezone.now()
for number in range({PEOPLE}):
    make_follower(channels=(Channel.EMAIL, Channel.SMS), moment=now)
for number in range({ROUNDS}):
    make_announcement(writer, status=AnnouncementStatus.SCHEDULED, scheduled_for=now.replace(year=2100), moment=now)
"""
RELEASE = """
update announcements_announcement set scheduled_for = now()
where id = (select id from announcements_announcement where scheduled_for > '2099-01-01' limit 1)"""
LEFT = """
select (select count(*) from announcements_announcement where status = 'scheduled')
     + (select count(*) from office_message where state <> 'sent')"""


class Gateway(ThreadingHTTPServer):
    """SMSAPI: what was taken, by id; a second one of the same id is refused with error 53."""

    def __init__(self, port):
        super().__init__(("127.0.0.1", port), Handler)
        self.shown, self.refused, self.lock = set(), collections.Counter(), threading.Lock()


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        idx = fields["idx"][0]
        with self.server.lock:
            is_new = idx not in self.server.shown
            self.server.shown.add(idx)
            self.server.refused[idx] += not is_new
        body = json.dumps(
            {"count": 1, "list": [{"id": "1", "error": None}]} if is_new else {"error": 53, "message": "idx"}
        ).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def inbox():
    return Inbox()


@pytest.fixture
def gateway():
    with Gateway(free_port()) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def stand(inbox, gateway):
    port = free_port()
    sink = Controller(inbox, hostname="127.0.0.1", port=port)
    sink.start()
    sms = {"SMSAPI_URL": f"http://127.0.0.1:{gateway.server_port}", "SMSAPI_TOKEN": "token"}
    with Stand(EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, **sms) as standing:
        standing.run("-c", MAKE)
        yield standing
    sink.stop()


def kill(stand, worker, number):
    """By turns a relay in the middle of a letter, the worker with everything, Valkey. Returns the worker that stands now."""
    if number % 3 == 0:
        for child in children_of(worker.pid)[:1]:
            os.kill(child, signal.SIGKILL)
    elif number % 3 == 1:
        for child in children_of(worker.pid):
            os.kill(child, signal.SIGKILL)
        stand.end(worker, signal.SIGKILL)
        return start_worker(stand)
    else:
        stand.valkey.process.kill()
        stand.valkey.process.wait()
        if number == 17:  # once it loses everything it knew
            shutil.rmtree(stand.valkey.folder / "appendonlydir", ignore_errors=True)
        stand.valkey.restart()
    return worker


def test_thirty_kills_in_mid_fan_out_lose_nothing_and_show_nothing_twice(stand, inbox, gateway):
    """F8, F9, D3, D4"""
    start_beat(stand)
    worker = start_worker(stand)

    for number in range(ROUNDS):
        stand.sql(RELEASE)
        time.sleep(1.5)
        worker = kill(stand, worker, number)
    until = time.monotonic() + 240
    while stand.value(LEFT) and time.monotonic() < until:
        time.sleep(0.5)

    assert stand.value(LEFT) == 0
    letters = PEOPLE * ROUNDS
    assert stand.value("select count(*) from office_message") == 2 * letters
    assert stand.value("select count(distinct (about_id, endpoint)) from office_message") == 2 * letters
    assert len(inbox.seen) == letters
    assert len(gateway.shown) == letters
    assert sum(inbox.seen.values()) - letters <= 2 * ROUNDS  # repeats have the same Message-ID
    assert sum(gateway.refused.values()) <= 2 * ROUNDS
