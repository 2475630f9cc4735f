"""Journeys are told in Debian's Chromium, in Polish and in Warsaw. Without a browser they are skipped loudly; under CI=true they fail.

SCREENSHOTS=/tmp/shots keeps a picture of every page a journey names with `look(page, "name")`, at 360 and 1280 px.
"""

import os
import shutil
from pathlib import Path

import pytest

WHY = "no Chromium: set CHROMIUM=/path/to/chromium or install one"
ARGS = [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def chromium():
    names = (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if name and (path := shutil.which(name))), None)


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = chromium()
    if not path:
        pytest.fail(WHY) if os.environ.get("CI") else pytest.skip(WHY)
    args = [*ARGS, "--no-sandbox"] if os.geteuid() == 0 else ARGS
    return {**browser_type_launch_args, "executable_path": path, "args": args}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "pl-PL", "timezone_id": "Europe/Warsaw", "viewport": {"width": 360, "height": 740}}


@pytest.fixture
def complaints(page):
    """What the browser refused or could not do on any page of this journey: broken policy, failed script."""
    heard = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


@pytest.fixture
def look():
    """`look(page, "sign-up")` keeps screenshots when SCREENSHOTS names a folder."""
    folder = os.environ.get("SCREENSHOTS")

    def keep(page, name):
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        for width, height in ((1280, 900), (360, 740)):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)

    return keep
