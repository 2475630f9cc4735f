import pytest

from pruszcz_portal import roles
from tests.payments.conftest import grazyna, halina

__all__ = ["grazyna", "halina"]


@pytest.fixture
def teresa(make_account):
    return make_account("teresa@pruszcz.example", "Teresa Lipa", roles.TAX_OFFICER, position="referentka podatkowa")
