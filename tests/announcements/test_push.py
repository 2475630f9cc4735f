"""Web push against a service on loopback that answers as the real ones do: encrypted, signed, and gone when it says so."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone
from py_vapid import Vapid02

from announcements import browsers
from announcements.actions import following
from announcements.models import Follower
from office import relay
from office.models import Message, MessageBody, MessageState, Urgency
from office.transitions import Refused

pytestmark = pytest.mark.django_db


class Service(ThreadingHTTPServer):
    """`answers` are given in turn, then 201."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.got = [], []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answers.pop(0) if self.server.answers else 201)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def service(settings):
    settings.PUSH_SERVICES = settings.PUSH_WITHOUT_TLS = ["127.0.0.1"]
    settings.OFFICE_CARRIERS = {"push": "announcements.push.WebPush"}
    with Service() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def in_base64url(content):
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


class Browser:
    """Its key, as the browser keeps it."""

    def __init__(self, origin):
        self.key, self.secret = ec.generate_private_key(ec.SECP256R1()), b"0123456789abcdef"
        point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.subscription = {
            "endpoint": f"{origin}/wp/abc",
            "keys": {"p256dh": in_base64url(point), "auth": in_base64url(self.secret)},
        }

    def reads(self, body):
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"))


@pytest.fixture
def browser(service):
    return Browser(f"http://127.0.0.1:{service.server_port}")


@pytest.fixture
def endpoint(browser):
    follower = Follower.objects.create(made_at=timezone.now())
    return following.add_browser(follower, subscription=browser.subscription, moment=timezone.now())


def queue(endpoint, urgency=Urgency.NEWS):
    told = {"title": "Nie będzie wody", "body": "Jutro 8–14", "url": "/komunikaty/", "tag": "x"}
    body = MessageBody.objects.create(text=json.dumps(told))
    Message.objects.create(
        channel="push", address=endpoint.address, event="announcements/sent", body=body, urgency=urgency, endpoint=endpoint.pk,
        next_attempt_at=timezone.now(),
    )  # fmt: skip
    relay.drain()
    return told, Message.objects.get()


def test_the_browser_alone_reads_what_the_service_carries(service, browser, endpoint):
    """RFC 8291: a round trip with the browser's own key; the service sees no word."""
    told, message = queue(endpoint)

    (path, headers, body), state = service.got[0], message.state
    assert (path, state) == ("/wp/abc", MessageState.SENT)
    assert b"wody" not in body
    assert browser.reads(body) == told
    assert headers["Content-Encoding"] == "aes128gcm"


def test_the_town_signs_for_the_one_service(service, browser, endpoint):
    """RFC 8292: the token is for this origin and lives at most a day."""
    queue(endpoint, Urgency.ALERT)

    headers = service.got[0][1]
    assert Vapid02.verify(headers["Authorization"])
    claims = json.loads(base64.urlsafe_b64decode(headers["Authorization"].split("t=")[1].split(",")[0].split(".")[1] + "=="))
    assert claims["aud"] == f"http://127.0.0.1:{service.server_port}"
    assert 0 < claims["exp"] - timezone.now().timestamp() <= 24 * 3600
    assert (headers["Urgency"], headers["TTL"]) == ("high", "3600")


@pytest.mark.parametrize("answer", [404, 410])
def test_a_browser_that_is_gone_is_never_written_to_again(service, endpoint, answer):
    service.answers = [answer]

    _told, message = queue(endpoint)

    endpoint.refresh_from_db()
    assert (message.state, endpoint.suppressed_at is not None) == (MessageState.DEAD, True)
    assert not Follower.objects.get().endpoints.reachable().exists()


@pytest.mark.parametrize(("answer", "state"), [(429, "failed"), (503, "failed"), (400, "dead"), (413, "dead"), (302, "dead")])
def test_what_passes_is_tried_again_and_what_does_not_is_not(service, endpoint, answer, state):
    service.answers = [answer]

    assert queue(endpoint)[1].state == state


def test_a_service_that_is_away_is_tried_again(service, endpoint):
    service.shutdown()
    service.server_close()

    assert queue(endpoint)[1].state == MessageState.FAILED


@pytest.mark.parametrize(
    "change",
    [
        {"endpoint": "https://169.254.169.254/latest/meta-data"},
        {"endpoint": "https://evil.example/fcm.googleapis.com"},
        {"endpoint": "https://user@fcm.googleapis.com@evil.example/"},
        {"endpoint": "http://fcm.googleapis.com/x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://fcm.googleapis.com/" + "x" * 2000},
        {"keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"keys": None},
        {"endpoint": 5},
    ],
)
def test_an_address_of_somebodys_choosing_is_refused(settings, browser, change):
    """No request of ours goes where a visitor says."""
    settings.PUSH_SERVICES, settings.PUSH_WITHOUT_TLS = ["fcm.googleapis.com"], []
    follower = Follower.objects.create(made_at=timezone.now())

    with pytest.raises(Refused):
        following.add_browser(follower, subscription={**browser.subscription, **change}, moment=timezone.now())


def test_a_real_service_is_taken(settings, browser):
    settings.PUSH_SERVICES = ["fcm.googleapis.com"]
    real = {**browser.subscription, "endpoint": "https://fcm.googleapis.com/fcm/send/abc"}

    assert browsers.checked_subscription(real)[1] == "https://fcm.googleapis.com"


def test_the_same_browser_of_another_person_follows_that_person(service, browser, endpoint):
    other = Follower.objects.create(made_at=timezone.now())

    again = following.add_browser(other, subscription=browser.subscription, moment=timezone.now())

    assert [one.follower for one in type(again).objects.all()] == [other]
