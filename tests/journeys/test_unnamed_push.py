"""A visitor without an account lets the browser show messages, chooses what about, is told in Ukrainian, and leaves.

No push service is reached from here: `PushManager.subscribe` alone is a stand-in, with a real key of P-256 whose owner is this test and a
service on loopback. What the portal sent there is opened with that key and given to the page's own service worker as the browser would.
"""

import json
import re

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from announcements.models import Endpoint, Follower
from office import relay
from tests.announcements.cast import KOSSAKA, UKRAINIAN, make_announcement, make_point, make_sender, make_topic, translate
from tests.announcements.test_push import Browser, service  # noqa: F401  a fixture
from tests.journeys.test_announcements import check, released

STAND_IN = """
PushManager.prototype.subscribe = function (options) {
  if (!options.userVisibleOnly || options.applicationServerKey.byteLength !== 65) throw new Error("not as a browser wants to be asked");
  return Promise.resolve({ toJSON: () => (%s) });
};"""
NOTIFICATIONS = """() => navigator.serviceWorker.getRegistration("/komunikaty/").then((one) => one.getNotifications())
  .then((some) => some.map((one) => ({ title: one.title, body: one.body, lang: one.lang, tag: one.tag, url: one.data.url })))"""

TAP = """async () => {
  const [one] = await self.registration.getNotifications();
  let opened = null;
  self.clients.openWindow = (url) => { opened = url; return Promise.resolve(); };
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification: one }));
  return opened;
}"""


@pytest.fixture
def visitor(page, live_server):
    call_command("createcachetable", verbosity=0)
    make_point(), make_topic()
    page.goto(f"{live_server.url}/komunikaty/")
    return page


def give_to_worker(page, origin, told):
    """As the browser's own push client does with what it opened."""
    line, known = page.context.new_cdp_session(page), []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: known.extend(event["registrations"]))
    line.send("ServiceWorker.enable")
    page.wait_for_timeout(200)
    registration = next(
        one["registrationId"] for one in known if one["scopeURL"].endswith("/komunikaty/") and not one["isDeleted"]
    )
    line.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": registration, "data": json.dumps(told)})


def test_a_visitor_is_told_without_an_account_and_leaves_nothing(
    visitor, live_server, look, complaints, service, dariusz, celina  # noqa: F811
):  # fmt: skip
    page, browser = visitor, Browser(f"http://127.0.0.1:{service.server_port}")
    page.context.grant_permissions(["notifications"], origin=live_server.url)
    page.add_init_script(STAND_IN % json.dumps(browser.subscription))

    page.get_by_role("link", name="powiadomienia w przeglądarce").click()
    check(page, look, "unnamed-before")
    page.get_by_role("button", name="Włącz powiadomienia").click()
    expect(page.get_by_role("heading", name="O czym")).to_be_visible()
    check(page, look, "unnamed-chosen")
    page.get_by_role("group", name="Woda").get_by_label("powiadomienie").check()
    page.get_by_role("button", name="Zapisz tematy").click()
    expect(page.get_by_text("Zapisano.")).to_be_visible()
    page.get_by_label("Ulica").fill("Nieznana")
    page.get_by_role("button", name="Dodaj miejsce").click()
    expect(page.get_by_label("Ulica")).to_have_value("Nieznana")  # nothing typed is lost
    check(page, look, "unnamed-wrong")
    page.get_by_label("Ulica").fill(KOSSAKA)
    page.get_by_role("button", name="Dodaj miejsce").click()
    expect(page.get_by_role("button", name=re.compile(f"Usuń.*{KOSSAKA}"))).to_be_visible()
    page.get_by_label("українська").check()
    page.get_by_role("button", name="Zapisz język").click()
    expect(page.get_by_label("українська")).to_be_checked()

    sender = make_sender(dariusz, topics=[make_topic()])
    one = make_announcement(dariusz, sender=sender, moment=timezone.now())
    translate(one)
    released(one, celina)
    relay.drain()
    _path, _headers, body = service.got[-1]
    told = browser.reads(body)
    assert told["title"] == UKRAINIAN["title"]

    give_to_worker(page, live_server.url, told)
    shown = page.wait_for_function(f"async () => {{ const some = await ({NOTIFICATIONS})(); return some.length ? some : null; }}")
    assert shown.json_value() == [{**told}]
    assert page.context.service_workers[0].evaluate(TAP) == live_server.url + told["url"]
    page.goto(live_server.url + told["url"])
    expect(page.get_by_role("heading", name=UKRAINIAN["title"])).to_be_in_viewport()
    check(page, look, "announcement-in-ukrainian")

    page.goto(f"{live_server.url}/komunikaty/bez-konta/")
    page.get_by_role("button", name="Nie chcę już powiadomień").click()
    expect(page.get_by_role("button", name="Włącz powiadomienia")).to_be_visible()
    assert not Follower.objects.exists() and not Endpoint.objects.exists()
    assert "komunikaty" not in {cookie["name"] for cookie in page.context.cookies()}
    assert [one for one in complaints if "422" not in one] == []  # the street that nobody knows


def test_a_browser_that_allows_nothing_says_so_and_offers_other_ways(visitor, look, complaints):
    page = visitor
    page.add_init_script("Notification.requestPermission = () => Promise.resolve('denied');")
    page.goto(page.url + "bez-konta/")

    page.get_by_role("button", name="Włącz powiadomienia").click()

    expect(page.get_by_role("status")).to_have_text("Przeglądarka nie pozwala na powiadomienia. Zmienisz to w jej ustawieniach.")
    check(page, look, "unnamed-refused")
    assert not Follower.objects.exists()
    assert complaints == []


def test_without_javascript_the_page_names_the_other_ways(browser, live_server, db):
    call_command("createcachetable", verbosity=0)
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(f"{live_server.url}/komunikaty/bez-konta/")

    assert page.get_by_role("button", name="Włącz powiadomienia").count() == 0
    expect(page.get_by_role("link", name="kanał Atom")).to_be_visible()
