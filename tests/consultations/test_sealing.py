"""Listing what was said: shuffled, all or nothing, for good, under roots that anybody can compute (slice 5, I1, I6, I9, I10)."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from consultations import ballot_box, chain, keys, manifest, merkle
from consultations.models import AnswerCell, Ballot, Batch, ChainEntry, CollectingChannel, Consultation, Envelope
from consultations.statuses import EnvelopeState, Phase
from office.transitions import Refused
from tests.consultations.cast import make_budget, make_consultation
from tests.consultations.test_ballot_box import make_box, version_of, vote

NOW = timezone.now


@pytest.fixture
def survey(db):
    return make_box()


def vote_many(survey, count, first=0, **more):
    return [vote(survey, f"{n}@example.com", f"formularz {n}", **more) for n in range(first, first + count)]


def close(survey):
    Consultation.objects.filter(pk=survey.consultation_id).update(closes_at=NOW() - timedelta(seconds=1))


def only_online(survey):
    survey.consultation.channels.exclude(kind=CollectingChannel.Kind.ONLINE).delete()


def test_five_voices_become_five_ballots_and_their_envelopes_are_emptied(survey):
    vote_many(survey, 5)

    batch = ballot_box.seal(survey, moment=NOW())

    assert batch.count == survey.ballots.count() == 5
    assert set(survey.envelopes.values_list("state", "sealed", "batch")) == {("listed", None, batch.pk)}
    assert {ballot.answers["trees"] for ballot in survey.ballots.all()} == {"yes"}


def test_fewer_than_five_wait_for_company(survey):
    vote_many(survey, 4)

    assert ballot_box.seal(survey, moment=NOW()) is None
    assert set(survey.envelopes.values_list("state", flat=True)) == {"waiting"}

    vote_many(survey, 1, first=4)
    assert ballot_box.seal(survey, moment=NOW()).count == 5


def test_the_last_few_are_listed_after_the_closing(survey):
    vote_many(survey, 2)
    close(survey)

    batch = ballot_box.seal(survey, moment=NOW(), is_final=True)

    assert batch.is_final and batch.count == 2


def test_nothing_is_finally_sealed_while_people_still_vote(survey):
    vote_many(survey, 2)

    with pytest.raises(Refused):
        ballot_box.seal(survey, moment=NOW(), is_final=True)


def test_sealing_again_lists_nothing_twice(survey):
    vote_many(survey, 5)
    first = ballot_box.seal(survey, moment=NOW())

    assert ballot_box.seal(survey, moment=NOW()) is None
    assert survey.ballots.count() == 5 and Batch.objects.get() == first


def test_order_and_ids_of_ballots_say_nothing_of_who_came_when(survey):
    """Thirty voters with an answer of their own each: as they lie in the table, as they are numbered, as they are listed."""
    for number in range(30):
        ballot_box.accept(
            survey, token=f"{number}", answers={"trees": "yes", "why": f"{number:02}"}, version=version_of(survey),
            faces=[("contact", f"{number}@example.com")],
        )  # fmt: skip
    ballot_box.seal(survey, moment=NOW())

    came = [f"{number:02}" for number in range(30)]
    with connection.cursor() as cursor:
        cursor.execute("select answers ->> 'why' from consultations_ballot order by ctid")
        as_they_lie = [why for (why,) in cursor.fetchall()]
        cursor.execute("select answers ->> 'why' from consultations_ballot order by id")
        by_id = [why for (why,) in cursor.fetchall()]
        cursor.execute("select array_agg(encode(token_mark, 'hex') order by ctid) from consultations_envelope")
        [envelopes] = cursor.fetchone()
    marks = [keys.mark(survey.consultation_id, keys.TOKEN, f"{number}").hex() for number in range(30)]

    assert sorted(as_they_lie) == came and as_they_lie != came and by_id != came
    assert sorted(envelopes) == sorted(marks) and envelopes != marks


def test_roots_and_head_are_what_anybody_computes_from_the_published_lists(survey):
    """I6, I10: with the functions of the stand-alone checker."""
    receipts = vote_many(survey, 7)
    batch = ballot_box.seal(survey, moment=NOW())

    rows = [
        manifest.Row(str(ballot.pk), batch.number, 1, ballot.channel, ballot.answers)
        for ballot in Ballot.objects.filter(batch=batch)
    ]
    assert manifest.ballots_root(rows) == batch.ballots_root
    assert manifest.commitments_root(bytes.fromhex(one.commitment_hex) for one in receipts) == batch.commitments_root
    said = {
        "instrument": str(survey.pk), "number": 1, "day": batch.day.isoformat(), "count": 7, "ballots_root": batch.ballots_root,
        "commitments_root": batch.commitments_root, "previous": "", "is_final": False,
    }  # fmt: skip
    assert manifest.batch_head(**said) == batch.head
    assert ChainEntry.objects.get(kind=manifest.SEALING).payload["head"] == batch.head
    assert chain.faults(survey.consultation) == []


def test_each_batch_holds_the_head_of_the_one_before(survey):
    for first in (0, 5, 10):
        vote_many(survey, 5, first=first)
        ballot_box.seal(survey, moment=NOW())

    heads = list(Batch.objects.order_by("number").values_list("previous", "head"))
    assert [previous for previous, _head in heads] == ["", heads[0][1], heads[1][1]]
    assert chain.head(survey.consultation) == ChainEntry.objects.latest("number").hash


def test_a_changed_entry_breaks_the_chain(survey):
    for first in (0, 5):
        vote_many(survey, 5, first=first)
        ballot_box.seal(survey, moment=NOW())
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table consultations_chainentry disable trigger user")
        cursor.execute("update consultations_chainentry set payload = jsonb_set(payload, '{count}', '6') where number = 1")
        cursor.execute("alter table consultations_chainentry enable trigger user")

    assert chain.faults(survey.consultation) == [1]


def test_a_receipt_leads_to_the_published_root(survey):
    receipts = vote_many(survey, 6)
    batch = ballot_box.seal(survey, moment=NOW())
    leaves = sorted(bytes.fromhex(one.commitment_hex) for one in receipts)

    for receipt in receipts:
        index = leaves.index(bytes.fromhex(receipt.commitment_hex))
        way = merkle.path(leaves, index)
        assert merkle.check(leaves[index], index, 6, way, bytes.fromhex(batch.commitments_root))


# For good


@pytest.mark.parametrize(
    "change",
    [
        "update consultations_ballot set answers = '{}'",
        "delete from consultations_ballot",
        "update consultations_envelope set state = 'refused', batch_id = null",
        "delete from consultations_envelope",
        "update consultations_batch set count = 4",
        "delete from consultations_batch",
        "delete from consultations_participation",
        "update consultations_chainentry set day = day",
    ],
)
def test_the_database_refuses_to_change_what_was_listed(survey, change):
    vote_many(survey, 5)
    ballot_box.seal(survey, moment=NOW())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert survey.ballots.count() == 5


def test_the_marks_of_a_waiting_envelope_can_not_be_exchanged(survey):
    vote(survey)

    with pytest.raises(DatabaseError), transaction.atomic():
        Envelope.objects.update(commitment=b"x" * 32)


def test_deleting_an_account_changes_no_count(survey, bartek):
    """I9: nothing of a ballot or of a mark leads to an account."""
    vote_many(survey, 5)
    vote(survey, bartek.email, "Bartek")
    ballot_box.seal(survey, moment=NOW())
    before = (survey.ballots.count(), survey.participations.count(), AnswerCell.objects.count())

    bartek.emailaddress_set.all().delete()
    bartek.delete()

    assert (survey.ballots.count(), survey.participations.count(), AnswerCell.objects.count()) == before


def test_counted_voices_are_the_sum_of_their_channels(survey):
    """I1"""
    vote_many(survey, 4)
    vote_many(survey, 3, first=4, channel=CollectingChannel.Kind.BOX, in_time=True)
    batch = ballot_box.seal(survey, moment=NOW())

    by_channel = {channel: survey.ballots.filter(channel=channel).count() for channel in ("online", "box")}
    assert by_channel == {"online": 4, "box": 3} and batch.count == 7


def test_cells_say_what_the_ballot_says(survey):
    """I2: and each answer is an option of its version."""
    vote_many(survey, 5)
    ballot_box.seal(survey, moment=NOW())

    ballot = survey.ballots.first()
    cells = set(AnswerCell.objects.filter(ballot=ballot).values_list("question", "option", "text"))
    assert cells == {("trees", "yes", ""), ("travel", "foot", ""), ("travel", "bike", ""), ("why", "", ballot.answers["why"])}


def test_long_texts_wait_to_be_read_and_answered(survey):
    """C23: each becomes a written voice."""
    vote_many(survey, 5)
    ballot_box.seal(survey, moment=NOW())

    assert survey.voices.count() == 5
    assert set(survey.voices.values_list("question", "status")) == {("why", "received")}


# Every day


def test_the_daily_sealing_lists_every_box_and_repeats_the_same_head_when_nothing_is_new(db):
    boxes = [make_box(), make_box()]
    for survey in boxes:
        vote_many(survey, 5)

    assert len(ballot_box.seal_all(NOW())) == 2
    heads = [chain.head(survey.consultation) for survey in boxes]
    assert ballot_box.seal_all(NOW() + timedelta(days=1)) == []
    assert [chain.head(survey.consultation) for survey in boxes] == heads


def test_a_box_without_its_key_does_not_stop_the_others(db):
    broken, whole = make_box(), make_box()
    for survey in (broken, whole):
        vote_many(survey, 5)
    keys.path_of(broken.consultation_id).unlink()

    assert [batch.instrument for batch in ballot_box.seal_all(NOW())] == [whole]


def test_after_the_closing_the_rest_is_listed_unless_paper_may_still_come(db):
    online, with_paper = make_box(), make_box()
    only_online(online)
    for survey in (online, with_paper):
        vote_many(survey, 2)
        close(survey)

    [batch] = ballot_box.seal_all(NOW())

    assert batch.instrument == online and batch.is_final
    assert ballot_box.unsettled(with_paper.consultation) == ["Do zapieczętowania: 2\N{NO-BREAK SPACE}głosy."]


def test_ballots_of_a_published_file_are_one_batch_without_envelopes(db):
    budget = make_budget(make_consultation(phase=Phase.CLOSED))
    ballots = ((str(number), "online", {"votes": [["1", 1]]}) for number in range(3000))

    batch = ballot_box.import_ballots(budget, ballots, moment=NOW())

    assert batch.count == budget.ballots.count() == 3000 and batch.is_final
    assert AnswerCell.objects.filter(instrument=budget, question="votes", option="1").count() == 3000
    with pytest.raises(Refused):
        ballot_box.import_ballots(budget, iter([]), moment=NOW())


# Two at once, and one that dies


@pytest.mark.django_db(transaction=True)
def test_two_workers_sealing_at_once_list_everything_once():
    survey = make_box()
    vote_many(survey, 40)
    barrier, batches = threading.Barrier(2), []

    def work():
        barrier.wait()
        batches.append(ballot_box.seal(survey, moment=NOW()))
        connection.close()

    threads = [threading.Thread(target=work) for _number in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(batch is None for batch in batches) == [False, True]
    assert survey.ballots.count() == 40 and Batch.objects.count() == 1


SEAL = """
import django; django.setup()
from django.utils import timezone
from consultations import ballot_box
from consultations.models import Instrument
print("begins", flush=True)
ballot_box.seal(Instrument.objects.get(), moment=timezone.now())
print("done", flush=True)
"""
SLOW = """
create function slowly() returns trigger language plpgsql as $f$ begin perform pg_sleep(0.05); return new; end $f$;
create trigger slowly after insert on consultations_answercell for each row execute function slowly();
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_of_a_sealing_leaves_all_or_nothing(settings):
    survey = make_box()
    receipts = vote_many(survey, 20)
    with connection.cursor() as cursor:
        cursor.execute(SLOW)
    try:
        name = connection.settings_dict["NAME"]
        url = os.environ["DATABASE_URL"]
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "pruszcz_portal.settings",
            "DATABASE_URL": url.rpartition("/")[0] + "/" + name + ("?" + url.partition("?")[2] if "?" in url else ""),
        }
        worker = subprocess.Popen(
            [sys.executable, "-c", SEAL], env=environment, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        )
        assert worker.stdout.readline() == b"begins\n"
        _until(lambda: _is_inserting_cells())
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        _until(lambda: not _is_inserting_cells())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop trigger slowly on consultations_answercell; drop function slowly()")

    assert (Ballot.objects.count(), Batch.objects.count(), AnswerCell.objects.count(), ChainEntry.objects.count()) == (0, 0, 0, 0)
    assert set(survey.envelopes.values_list("state", flat=True)) == {EnvelopeState.WAITING}
    assert ballot_box.seal(survey, moment=NOW()).count == len(receipts)


def _is_inserting_cells():
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where pid <> pg_backend_pid() and state = 'active' and query ilike 'insert into%answercell%'"
        )
        return cursor.fetchone()[0] > 0


def _until(holds, patience=30):
    import time

    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_the_final_sealing_waits_for_a_voice_on_its_way_in():
    """A voice that was in time is counted though its transaction ends after the closing."""
    survey = make_box()
    vote_many(survey, 1)
    sealed = []

    def work():
        sealed.append(ballot_box.seal(survey, moment=NOW(), is_final=True))
        connection.close()

    with transaction.atomic():
        vote(survey, "w-ostatniej-chwili@example.com", "ostatni")
        _close_by_another_connection(survey)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join(1)
        assert thread.is_alive()
    thread.join()

    assert sealed[0].count == survey.ballots.count() == 2


def _close_by_another_connection(survey):
    def work():
        close(survey)
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
