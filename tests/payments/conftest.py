import pytest

from pruszcz_portal import roles
from tests.payments.online import provider_server, switched_on


@pytest.fixture
def grazyna(make_account):
    return make_account("grazyna@pruszcz.example", "Grażyna Kos", roles.TREASURER, position="skarbniczka")


@pytest.fixture
def halina(make_account):
    return make_account("halina@pruszcz.example", "Halina Bąk", roles.TREASURER, position="zastępczyni skarbniczki")


@pytest.fixture
def operator(settings):
    """A payment provider on loopback, named in the settings."""
    with provider_server() as found:
        switched_on(settings, found.url)
        yield found
