"""What the point forgets about people, and what it keeps (Q24, R91)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from office.models import RetentionPeriod
from office.retention import run
from pruszcz_portal import roles
from pszok import figures
from pszok.actions import disputes
from pszok.models import Dispute, QuotaBalance, Visit
from pszok.removals import REMOVALS
from resident_card.actions import endings
from resident_card.models import Photo
from tests.factories import TUESDAY, live_together, make_person
from tests.pszok.cast import give_face, hand_in, line, make_gate, make_point
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db
PERIOD = timedelta(days=396)


@pytest.fixture
def person(anna):
    make_point()
    import_module("pszok.migrations.0003_first_periods").add(apps, None)
    person = make_person(anna, "Anna")
    live_together(person)
    return person


@pytest.fixture
def visit(person):
    return hand_in(make_holder(person), make_gate(), line("gruz", kg=340))


def names_in_history(person):
    return (
        Visit.pgh_event_model.objects.filter(person=person).count()
        + Dispute.pgh_event_model.objects.filter(person=person).count()
    )


def test_who_came_is_forgotten_after_thirteen_months_and_the_mass_stays(visit, person):
    before = figures.figures_of(2026)
    assert names_in_history(person) > 0

    run(REMOVALS, moment=TUESDAY + PERIOD)
    assert Visit.objects.get(pk=visit.pk).person == person
    run(REMOVALS, moment=TUESDAY + PERIOD + timedelta(days=1))

    visit.refresh_from_db()
    assert (visit.person, visit.medium, visit.dwelling_id is not None) == (None, None, True)
    assert names_in_history(person) == 0
    assert figures.figures_of(2026) == before


def test_a_dispute_is_forgotten_after_its_answer_and_never_before(visit, person, anna, make_account):
    walentyna = make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)
    dispute = disputes.open_dispute(visit, person=person, text="Było 34 kg.", by=anna, moment=TUESDAY)
    run(REMOVALS, moment=TUESDAY + 3 * PERIOD)
    assert Dispute.objects.filter(pk=dispute.pk).exists()

    disputes.dismiss(dispute, answer="Waga pokazała 340 kg.", by=walentyna, moment=TUESDAY)
    run(REMOVALS, moment=TUESDAY + 2 * PERIOD)

    assert not Dispute.objects.filter(pk=dispute.pk).exists()
    assert names_in_history(person) == 0


def test_without_a_period_in_force_nothing_is_forgotten(visit, person):
    RetentionPeriod.objects.filter(kind__startswith="waste").delete()

    run(REMOVALS, moment=TUESDAY + 9 * PERIOD)

    assert Visit.objects.get(pk=visit.pk).person == person


def test_erasing_a_persons_card_changes_no_mass_and_no_entry_of_the_dwelling(visit, person, make_account):
    """R91, with the verb of the card's room: the face is gone, the rubble is not."""
    give_face(person)
    inspector = make_account("ida@pruszcz.example", "Ida Sowa", roles.DPO)
    before = figures.figures_of(2026)

    endings.forget_owner(person, by=inspector, moment=TUESDAY)

    assert not Photo.objects.filter(person=person).exists()
    assert figures.figures_of(2026) == before
    assert [row["kg"] for row in before["taken"]] == [340]
    assert visit.lines.count() == 1
    assert QuotaBalance.objects.get(dwelling=visit.dwelling_id).used == 340
