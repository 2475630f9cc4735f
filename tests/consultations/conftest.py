"""Dariusz runs consultations, Zofia approves them. Factories are in `cast`."""

import pytest

from pruszcz_portal import roles
from tests.conftest import make_user
from tests.consultations import cast


@pytest.fixture
def dariusz(db):
    return make_user("dariusz@pruszcz.example", "Dariusz Lis", roles.CONSULTATION_EDITOR, position="referat komunikacji")


@pytest.fixture
def zofia(db):
    return make_user("zofia@pruszcz.example", "Zofia Wrona", roles.CONSULTATION_APPROVER, position="sekretarz miasta")


@pytest.fixture
def open_consultation(db):
    """Free consultation of residents, open now, with nothing missing and no instrument yet."""
    return cast.make_consultation()


@pytest.fixture
def open_survey(open_consultation):
    """A survey of three questions, collecting now."""
    return cast.make_survey(open_consultation)
