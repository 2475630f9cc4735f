import pytest

from pruszcz_portal import roles


@pytest.fixture
def grazyna(make_account):
    return make_account("grazyna@pruszcz.example", "Grażyna Kos", roles.TREASURER, position="skarbniczka")


@pytest.fixture
def halina(make_account):
    return make_account("halina@pruszcz.example", "Halina Bąk", roles.TREASURER, position="zastępczyni skarbniczki")
