"""One door to a status: only listed arrows, only from where the object really is, always with history."""

import threading
import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from office.models import StatusChange
from office.transitions import CLERK, RESIDENT, SYSTEM, Refused, StaleStatus, history_of, move
from tests.office.errands import Errand, Status

MOMENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def table(request):
    """The table of errands, for tests inside a transaction and for races alike."""
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    with connection.schema_editor() as editor:
        editor.create_model(Errand)
    yield
    if "transactional_db" in request.fixturenames:
        with connection.schema_editor() as editor:
            editor.delete_model(Errand)


@pytest.fixture
def errand(table):
    return Errand.objects.create(id=uuid.uuid4())


def test_move_follows_the_table_and_leaves_history(errand, celina):
    move(errand, Status.OPEN, by=celina, note="biorę", moment=MOMENT)

    errand.refresh_from_db()
    assert errand.status == "open"
    (change,) = history_of(errand)
    assert (change.from_status, change.to_status, change.side, change.actor) == ("sent", "open", "clerk", celina.subject)
    assert (change.note, change.at, change.object_type) == ("biorę", MOMENT, "office.errand")


def test_arrow_that_is_not_listed_is_refused(errand, celina):
    with pytest.raises(Refused, match="nie można teraz wykonać"):
        move(errand, Status.DONE, by=celina)

    assert not StatusChange.objects.exists()


def test_an_arrow_of_two_sides_is_taken_by_the_one_that_the_verb_names(errand, celina, monkeypatch):
    monkeypatch.setattr(Errand, "TRANSITIONS", {Status.SENT: {Status.OPEN: (RESIDENT, CLERK)}})

    for side in (None, SYSTEM):
        with pytest.raises(ValueError):
            move(errand, Status.OPEN, by=celina, side=side)
    move(errand, Status.OPEN, by=celina, side=CLERK)

    assert history_of(errand).get().side == CLERK


def test_final_state_leads_nowhere(errand, celina):
    Errand.objects.update(status=Status.DONE)
    errand.refresh_from_db()

    for to in Status:
        with pytest.raises(Refused):
            move(errand, to, by=celina)


def test_system_moves_without_a_name(errand):
    assert move(errand, Status.OPEN, by=None).actor is None


def test_stale_copy_is_refused_and_changes_nothing(errand, celina, dariusz):
    mine, other = (Errand.objects.get(pk=errand.pk) for _ in range(2))
    move(other, Status.OPEN, by=dariusz)

    with pytest.raises(StaleStatus, match="Ktoś był szybszy"):
        move(mine, Status.OPEN, by=celina)

    assert [change.actor for change in history_of(errand)] == [dariusz.subject]
    assert mine.status == "sent"


def test_move_is_undone_with_the_verb_around_it(errand, celina):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        move(errand, Status.OPEN, by=celina)
        raise ZeroDivisionError

    assert Errand.objects.get().status == "sent"
    assert not StatusChange.objects.exists()


CLERKS = 20


def race(errand, by, door):
    start, outcomes = threading.Barrier(CLERKS), []

    def run():
        try:
            mine = Errand.objects.get(pk=errand.pk)
            start.wait()
            door(mine, Status.OPEN, by=by)
            outcomes.append("moved")
        except StaleStatus:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(CLERKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_twenty_clerks_one_moves_the_case(transactional_db, errand, celina):
    """S64"""
    assert race(errand, celina, move) == ["moved"] + ["stale"] * (CLERKS - 1)
    assert history_of(errand).count() == 1


def test_control_without_the_condition_all_twenty_move_it(transactional_db, errand, celina):
    """Control of the test above: read, then write."""

    def careless(mine, to, *, by):
        old, mine.status = mine.status, to
        mine.save(update_fields=["status"])
        StatusChange.objects.create(
            object_type="office.errand", object_id=mine.pk, from_status=old, to_status=to, side="clerk", at=MOMENT
        )

    assert race(errand, celina, careless) == ["moved"] * CLERKS
    assert history_of(errand).count() == CLERKS
