import pytest

from pruszcz_portal import web
from tests.stand import Stand


def pytest_collection_modifyitems(items):
    for item in items:
        if "/kill/" in str(item.fspath):
            item.add_marker(pytest.mark.kill)


@pytest.fixture
def stand():
    """A portal with production settings, the sample catalogue and no process yet."""
    with Stand() as standing:
        standing.run("-m", "benchmarks.seed", "catalogue")
        yield standing


@pytest.fixture
def web_server(stand):
    """Its web server with two workers; the process is the master."""
    master = stand.start(*web.command("127.0.0.1", stand.port, threads=8), log="web")
    stand.await_web()
    return master
