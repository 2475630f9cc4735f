"""SMS against a gateway on loopback that answers as SMSAPI's documentation says: a form in, JSON out, errors by code in a 200."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import httpx
import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from announcements import gsm, sms
from office import relay
from office.models import Channel, Message, MessageState
from office.outbox import post

pytestmark = pytest.mark.django_db
TOKEN = "znak-przykładowy".encode().hex()


class Gateway(ThreadingHTTPServer):
    """Keeps what it took by `idx`. `script`: what to answer to the next requests instead: a code, an HTTP status, „hang” or „cut”.
    `early`: the codes that it reports of a message before it answers its sending."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.script, self.taken, self.asked, self.early = [], {}, [], []

    def report(self, *codes, marks=None, method="GET"):
        """To the address that the messages named, as the provider does; its answer."""
        some = list(self.taken.values())
        told = {
            "MsgId": ",".join("61" for _code in codes), "status": ",".join(map(str, codes)), "username": "pruszcz", "donedate": "1764180000",
            "idx": ",".join(marks or [fields["idx"] for fields in some][: len(codes)]), "to": ",".join(fields["to"] for fields in some),
        }  # fmt: skip
        sent_as = {"params": told} if method == "GET" else {"data": told}
        return httpx.request(method, some[0]["notify_url"], **sent_as, timeout=10)


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        fields = {
            name: values[0] for name, values in parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode()).items()
        }
        self.server.asked.append((self.path, self.headers["Authorization"], fields))
        todo = self.server.script.pop(0) if self.server.script else None
        if todo == "hang":
            time.sleep(1)
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer({"error": 101, "message": "Authorization failed"})
        if isinstance(todo, int):
            return self.answer(
                {"error": todo, "message": "x"} if todo < 500 or todo == 999 else {}, 200 if todo < 500 or todo == 999 else todo
            )
        if todo == "html":
            return self.answer("<html>", raw=True)
        if fields.get("check_idx") == "1" and fields["idx"] in self.server.taken:
            return self.answer({"error": 53, "message": "Not unique idx parameter"})
        self.server.taken[fields["idx"]] = fields
        for code in self.server.early:
            self.server.report(code)
        if todo == "cut":
            return self.connection.close()
        sent = {
            "id": "1",
            "points": 0.16,
            "number": fields["to"],
            "status": "QUEUE",
            "error": None,
            "idx": fields["idx"],
            "parts": 1,
        }
        return self.answer({"count": 1, "list": [sent]})

    def answer(self, told, status=200, raw=False):
        body = told.encode() if raw else json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def gateway(settings, monkeypatch):
    monkeypatch.setattr(sms, "PATIENCE", 0.4)
    with Gateway() as server:
        settings.OFFICE_CARRIERS = {"sms": "announcements.sms.SmsApi"}
        settings.SMSAPI_URL, settings.SMSAPI_TOKEN, settings.SMSAPI_SENDER = (
            f"http://127.0.0.1:{server.server_port}",
            TOKEN,
            "PruszczGd",
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def message(db):
    with transaction.atomic():
        return post(event="announcements/phone_code", to="+48600100200", channel=Channel.SMS, context={"code": "123456"})


def sent(message):
    Message.objects.filter(pk=message.pk).update(next_attempt_at=timezone.now())
    relay.drain()
    message.refresh_from_db()
    return message.state


def test_it_asks_as_the_provider_wants_to_be_asked(gateway, message):
    assert sent(message) == MessageState.SENT

    path, _authorization, fields = gateway.asked[0]
    assert path == "/sms.do"
    assert "123456" in fields.pop("message")
    assert fields == {
        "to": "48600100200", "from": "PruszczGd", "format": "json", "encoding": "utf-8", "idx": str(message.pk), "check_idx": "1",
    }  # fmt: skip


@pytest.mark.parametrize("code", [101, 103, 105, 14, 52, 200, 201, 202, 203, 999, 12345, 500, 503, "hang", "html"])
def test_what_is_not_this_number_s_fault_is_tried_again(gateway, message, code):
    """F14"""
    gateway.script = [code if code != 12345 else 499]

    assert sent(message) == MessageState.FAILED
    assert sent(message) == MessageState.SENT


@pytest.mark.parametrize("code", sorted(sms.NEVER))
def test_a_number_that_takes_nothing_is_not_tried_again(gateway, message, code):
    """F14"""
    gateway.script = [code]

    assert sent(message) == MessageState.DEAD
    assert "600100200" not in message.error


def test_a_message_taken_before_the_line_was_cut_is_sent_once(gateway, message):
    """D3: the answer was lost, the message was not; asked again, the provider knows the id."""
    gateway.script = ["cut"]

    assert sent(message) == MessageState.FAILED
    assert sent(message) == MessageState.SENT

    assert len(gateway.asked) == 2
    assert len(gateway.taken) == 1


def test_a_wrong_token_kills_no_message(gateway, message, settings):
    settings.SMSAPI_TOKEN = "inny"

    assert sent(message) == MessageState.FAILED


@pytest.mark.parametrize(
    ("text", "parts", "is_short"),
    [
        ("", 1, False), ("a" * 160, 1, False), ("a" * 161, 2, False), ("a" * 306, 2, False), ("a" * 307, 3, False), ("€" * 80, 1, False),
        ("€" * 81, 2, False), ("ą" + "a" * 69, 1, True), ("ą" + "a" * 70, 2, True), ("ą" * 134, 2, True), ("ą" * 135, 3, True), ("🚱" * 36, 2, True),
    ],
)  # fmt: skip
def test_a_sender_is_told_how_many_messages_a_text_makes(text, parts, is_short):
    assert gsm.parts_of(text) == (parts, is_short)


@given(st.text(max_size=400))
def test_no_text_fits_less_than_its_places(text):
    parts, is_short = gsm.parts_of(text)

    assert parts >= 1
    assert parts * (70 if is_short else 160) >= len(text)
