"""What the journeys of consultations share: pages looked at as they are passed, a browser of one's own for each person."""

import copy

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from consultations import keys
from tests.consultations import cast
from tests.journeys.axe import sideways, violations
from tests.schemas.conftest import SURVEY

PHONE, DESK = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
# Every kind of question that a survey of consultations asks.
EVERY_KIND = copy.deepcopy(SURVEY)
EVERY_KIND["pages"].insert(1, {
    "code": "reszta", "title": "Reszta", "intro": "Kilka krótkich pytań.",
    "questions": [
        {"code": "note", "kind": "note", "label": "Szkoła jest przy tej ulicy.", "is_required": False},
        {"code": "name", "kind": "short_text", "label": "Jak nazwać skwer?", "is_required": False},
        {"code": "night", "kind": "yes_no", "label": "Czy chodzisz tędy po zmroku?"},
        {"code": "mail", "kind": "email", "label": "Adres do odpowiedzi", "is_required": False},
        {"code": "tel", "kind": "phone", "label": "Telefon", "is_required": False},
    ],
})  # fmt: skip


@pytest.fixture(autouse=True)
def first_rows(transactional_db):
    """The cache table that a test which commits wipes; limits of letters start anew."""
    call_command("createcachetable", verbosity=0)
    cache.clear()


@pytest.fixture
def faults():
    """What `check` found on the pages of this journey; the journey ends by asking that it be empty."""
    return []


@pytest.fixture
def check(faults, look):
    """`check(page, "name")`: axe and nothing sideways at 320 and 1280 px; `dark=True` looks in the dark scheme too.

    The screen is left as it was found.
    """

    def see(page, name, *, dark=False, widths=(DESK, PHONE)):
        before = page.viewport_size
        for scheme in ("light", "dark") if dark else ("light",):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate("Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)))")  # colours that fade
            for size in widths:
                page.set_viewport_size(size)
                where = f"{name} {size['width']} {scheme}"
                rules = WCAG if name.startswith("desk") else ()  # the desk is made of Django's own templates
                faults.extend(f"{where}: {fault}" for fault in violations(page, *rules))
                faults.extend(f"{where}: {wide} px too wide" for wide in [sideways(page)] if wide)
        page.emulate_media(color_scheme="light")
        look(page, name)
        page.set_viewport_size(before)

    return see


@pytest.fixture
def go(page, live_server):
    """`go("box", slug, code)` opens an address of consultations."""

    def open_it(name, *args, query="", on=None):
        on = on or page
        on.goto(live_server.url + reverse(f"consultations:{name}", args=args) + query)
        return on

    return open_it


@pytest.fixture
def browser_of(browser, live_server, sign_in):
    """`browser_of(user)`: a page of a browser in which this person is signed in; nobody in particular without one."""
    from django.test import Client

    made = []

    def open_one(user=None, *, strong=True, size=DESK, **options):
        context = browser.new_context(locale="pl-PL", timezone_id="Europe/Warsaw", viewport=size, **options)
        made.append(context)
        if user:
            cookie = sign_in(Client(), user, strong=strong).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield open_one
    for context in made:
        context.close()


def open_survey(data=None, **fields):
    """A survey that collects now, with the key of its box."""
    consultation = cast.make_consultation(**fields)
    keys.make(consultation)
    return cast.make_survey(consultation, data)
