"""pytest plugin: one PostgreSQL and one Valkey per pytest session, up before pytest-django reads the settings.

Loaded by `addopts = -p tests.boxes`, because a conftest.py comes too late. Sessions do not disturb each other: each
lives in var/tests/<pid> with its own servers, private files and keys, and leaves nothing behind; what a killed session
left is swept by the next one. Workers of pytest-xdist and pytests started by a test use the servers of their parent.
"""

import atexit
import os

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
    for variable, name in (("PRIVATE_FILES_DIR", "private"), ("KEYS_DIR", "keys")):
        (folder.path / name).mkdir(mode=0o700)
        os.environ[variable] = str(folder.path / name)
    for variable, box in (("DATABASE_URL", Postgres(folder.path, durable=False)), ("REDIS_URL", Valkey(folder.path))):
        if not os.environ.get(variable):
            os.environ[variable] = box.start()
            STOP.append(box.stop)


def pytest_unconfigure() -> None:
    """Put everything away; also when pytest gives up before its first hook."""
    while STOP:
        STOP.pop()()


if MARK not in os.environ:
    atexit.register(pytest_unconfigure)
    start()
