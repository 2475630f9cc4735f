"""The demonstration: every state a clerk meets, made by verbs, and nothing twice."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from eboi.models import Case, Exclusion, IncomingLetter, Receipt
from eboi.statuses import CaseStatus, LetterStatus


@pytest.mark.django_db
def test_the_demonstration_shows_every_state_and_is_loaded_once(capsys):
    call_command("load_sample_data")
    call_command("load_sample_data")

    states = {CaseStatus.NEW, CaseStatus.IN_PROGRESS, CaseStatus.WAITING_PARTY, CaseStatus.SUSPENDED, CaseStatus.COMPLETED,
              CaseStatus.SERVED}  # fmt: skip
    assert set(Case.objects.values_list("status", flat=True)) == states
    assert [case.number for case in Case.objects.order_by("number")] == [1, 2, 3, 4, 5, 6, 7]
    assert set(IncomingLetter.objects.values_list("status", flat=True)) == {
        LetterStatus.ATTACHED,
        LetterStatus.REGISTERED,
        LetterStatus.NOTED,
    }
    assert Receipt.objects.count() == 3
    assert Case.objects.overdue_on(timezone.localdate()).exists()
    assert not Exclusion.objects.exists()
