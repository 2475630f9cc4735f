"""Igor installs, Wiktor looks after the networks."""

import pytest

from tests.wifi_points import cast


@pytest.fixture
def igor(make_account):
    return make_account("igor@siec.example")


@pytest.fixture
def wiktor(db):
    return cast.make_officer()


@pytest.fixture
def network(igor, wiktor):
    """Igor's, with one installed point, still being built."""
    found = cast.make_network(igor, wiktor)
    cast.make_point(found, by=igor)
    return found


@pytest.fixture
def live(igor, wiktor):
    return cast.make_live(igor, wiktor)
