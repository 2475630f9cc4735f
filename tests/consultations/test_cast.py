"""The cast stands where it says it stands."""

import pytest

from consultations.models import Consultation
from consultations.statuses import ConsultationStatus, Phase
from tests.consultations import cast


@pytest.mark.django_db
@pytest.mark.parametrize("phase", list(Phase))
def test_an_announced_consultation_is_in_its_phase_by_the_clock_of_the_database(phase):
    made = cast.make_consultation(phase=phase)

    assert Consultation.objects.with_phase().get(pk=made.pk).phase == phase


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(ConsultationStatus))
def test_a_consultation_of_any_status_can_be_made(status):
    cast.make_survey(cast.make_consultation(status))

    assert Consultation.objects.public().exists() == (status not in (ConsultationStatus.DRAFT, ConsultationStatus.APPROVED))


def test_the_people_hold_their_roles(dariusz, zofia):
    assert not dariusz.has_perm("consultations.approve_consultation")
    assert zofia.has_perm("consultations.approve_consultation")
    assert not zofia.has_perm("consultations.change_consultation")
