"""pytest plugin: one PostgreSQL and one Valkey per pytest session, up before pytest-django reads the settings.

Loaded by `addopts = -p tests.boxes`, because a conftest.py comes too late. Sessions do not disturb each other: each
lives in var/tests/<pid> with its own servers, private files and keys, and leaves nothing behind; what a killed session
left is swept by the next one. Workers of pytest-xdist and pytests started by a test use the servers of their parent.
"""

import atexit
import os

import pytest

from pruszcz_portal.boxes import Postgres, ThrowAway, Valkey, var_dir

MARK = "PORTAL_TEST_SESSION"
STOP = []


def start() -> None:
    os.environ[MARK] = str(os.getpid())
    os.environ["PORTAL_MODE"] = "tests"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's synchronous API runs a loop in our thread
    folder = ThrowAway(var_dir() / "tests")
    STOP.append(folder.remove)
    os.environ["VAR_DIR"] = str(folder.path)
    (folder.path / "static").mkdir()  # else the file server warns in every test that nothing was collected
    for variable, name in (("PRIVATE_FILES_DIR", "private"), ("KEYS_DIR", "keys")):
        (folder.path / name).mkdir(mode=0o700)
        os.environ[variable] = str(folder.path / name)
    for variable, box in (("DATABASE_URL", Postgres(folder.path, durable=False)), ("REDIS_URL", Valkey(folder.path))):
        if not os.environ.get(variable):
            os.environ[variable] = box.start()
            STOP.append(box.stop)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config) -> None:
    """Profiles of hypothesis: no deadline, because a busy machine is no mistake; `soak` looks a hundred times longer."""
    from hypothesis import settings

    settings.register_profile("portal", deadline=None)
    settings.register_profile("soak", deadline=None, max_examples=10_000)
    settings.load_profile("portal")


def pytest_collection_modifyitems(items) -> None:
    """Every test of random input belongs to `make soak` too."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("soak")


def pytest_unconfigure() -> None:
    """Put everything away; also when pytest gives up before its first hook."""
    while STOP:
        STOP.pop()()


if MARK not in os.environ:
    atexit.register(pytest_unconfigure)
    start()
