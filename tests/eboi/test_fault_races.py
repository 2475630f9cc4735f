"""A voice added while the clerk closes the report: it is answered with the others or refused, never left without an answer."""

import pytest

from eboi import sample_catalogue
from eboi.actions import faults as verbs
from eboi.models import Fault, MatterType
from eboi.statuses import FaultStatus
from office.models import Message
from tests.factories import TUESDAY
from tests.races import done_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8
TOLD = {"how": "pole", "pole": "PG/1", "kind": "off", "danger": "no"}


@pytest.fixture
def pair(dariusz):
    """`pair()`: a standing report, and another not sent yet whose author left an address."""
    sample_catalogue.load(TUESDAY)

    def make():
        lamps = MatterType.objects.get(code="awaria-oswietlenia")
        standing = verbs.send(verbs.keep(verbs.begin(lamps, moment=TUESDAY), TOLD), moment=TUESDAY)
        mine = verbs.keep(verbs.begin(lamps, moment=TUESDAY), {**TOLD, "email": "bartek@example.com"})
        return standing, mine

    return make


def is_answered(fault):
    return Message.objects.filter(about_id=fault.pk, event="eboi/fault_repaired").exists()


def test_a_voice_added_while_the_report_is_closed_is_answered_or_refused(pair, dariusz):
    for _ in range(ROUNDS):
        standing, mine = pair()

        came = done_at_once(
            lambda one=standing: verbs.repair(Fault.objects.get(pk=one.pk), note="Działa.", by=dariusz, moment=TUESDAY),
            lambda one=mine, other=standing: verbs.join(one, other, moment=TUESDAY),
        )

        mine = Fault.objects.get(pk=mine.pk)
        assert came[0] is True
        assert (mine.status == FaultStatus.JOINED) == (came[1] is True) == is_answered(mine)


def test_control_without_the_lock_the_voice_is_left_without_an_answer(pair, dariusz, monkeypatch):
    standing, mine = pair()
    stale, real = Fault.objects.get(pk=standing.pk), verbs._locked
    verbs.repair(standing, note="Działa.", by=dariusz, moment=TUESDAY)
    monkeypatch.setattr(verbs, "_locked", lambda fault: stale if fault.pk == stale.pk else real(fault))

    verbs.join(mine, stale, moment=TUESDAY)

    assert not is_answered(mine)


def test_one_report_sent_from_two_tabs_at_once_has_one_number(pair):
    for _ in range(ROUNDS):
        standing, mine = pair()

        done_at_once(lambda one=mine: verbs.send(one, moment=TUESDAY), lambda one=mine: verbs.send(one, moment=TUESDAY))

        assert Fault.objects.get(pk=mine.pk).number == standing.number + 1
