"""After votes through the portal, no row, no log line and no join ties a voter to a voice (I5, N4, decision 0010)."""

import io
import json
import logging
import threading
import uuid

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations import ballot_box
from consultations.models import Ballot, Envelope, IntegrityLevel, Participation
from pruszcz_portal import logs
from tests.consultations.cast import SMALL_ANSWERS
from tests.consultations.test_ballot_box import make_box, vote
from tests.consultations.test_surveys import answer_all, posted_voice, url
from tests.factories import make_person

SECRET_TABLES = (Participation, Envelope, Ballot)


def tables():
    with connection.cursor() as cursor:
        return [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"]


def rows_as_text(table):
    with connection.cursor() as cursor:
        cursor.execute(f'select to_jsonb(t)::text from "{table}" t')
        return [text for (text,) in cursor.fetchall()]


def voted_through_the_portal(sign_in, anna):
    """Anna, a declared resident, walks from the cover to the receipt; four others vote, and the box is sealed."""
    survey = make_box(integrity=IntegrityLevel.DECLARED)
    person = make_person(anna)
    browser = sign_in(Client(), anna)
    answer_all(browser, survey)
    answer = browser.post(
        url("survey_review", survey),
        {"voice": posted_voice(browser, survey), "street": "Batorego", "number": "1", "declared": "on"},
    )
    assert answer.status_code == 302 and "przyjeto" in answer["Location"]
    browser.get(answer["Location"])
    return survey, person


@pytest.mark.django_db(transaction=True)
def test_no_row_of_any_table_names_both_a_voter_and_a_voice(sign_in, anna):
    """I5: sessions, outbox, history, status changes, reads, accepted requests, limits - every table there is."""
    survey, person = voted_through_the_portal(sign_in, anna)
    envelope = survey.envelopes.get()
    for number in range(4):
        vote(survey, f"{number}@example.com", f"{number}")
    ballot_box.seal(survey, moment=timezone.now())

    voter = {str(anna.subject), str(person.pk), anna.email, person.pk.hex}
    voices = {str(envelope.pk), bytes(envelope.commitment).hex(), bytes(envelope.token_mark).hex()}
    voices |= {str(pk) for pk in Ballot.objects.values_list("pk", flat=True)}
    marks = {bytes(nullifier).hex() for nullifier in Participation.objects.values_list("nullifier", flat=True)}
    wrong = []
    for table in tables():
        for text in rows_as_text(table):
            names = {
                "voter": any(one in text for one in voter),
                "voice": any(one in text for one in voices),
                "mark": any(one in text for one in marks),
            }
            if sum(names.values()) > 1:
                wrong.append((table, names))
            if names["voice"] and table not in (
                "consultations_envelope",
                "consultations_ballot",
                "consultations_answercell",
                "consultations_voice",
                "consultations_voiceevent",
            ):
                wrong.append((table, names))

    assert wrong == []
    assert any(anna.email in text for text in rows_as_text("accounts_user"))  # control: the search sees a voter where one is


def test_the_three_tables_hold_no_moment_and_no_sequence():
    for model in SECRET_TABLES:
        kinds = {type(field) for field in model._meta.fields}
        assert not kinds & {models.DateTimeField, models.DateField, models.TimeField, models.AutoField, models.BigAutoField}, (
            model
        )


def test_no_history_and_no_foreign_key_leads_to_or_from_the_three_tables():
    """I5: the only thing that a mark and a ballot share is the instrument."""
    targets = {model: {field.related_model for field in model._meta.fields if field.related_model} for model in SECRET_TABLES}
    events = [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) in SECRET_TABLES]

    assert events == []
    assert {model._meta.object_name for model in targets[Participation]} == {"Instrument"}
    assert targets[Participation] & targets[Ballot] == targets[Participation]
    assert not any(
        model is Participation for model in {field.related_model for other in apps.get_models() for field in other._meta.fields}
    )


@pytest.mark.django_db(transaction=True)
def test_before_the_sealing_one_transaction_wrote_both_and_afterwards_none_did():
    """xmin is the honest limit: it ties a mark to an unopened envelope until the sealing, never to a ballot (decision 0010)."""
    survey = make_box()
    for number in range(6):
        vote(survey, f"{number}@example.com", f"{number}")
    shared = "select count(*) from {} x join consultations_participation p on x.xmin::text = p.xmin::text"

    def count(table):
        with connection.cursor() as cursor:
            cursor.execute(shared.format(table))
            return cursor.fetchone()[0]

    assert count("consultations_envelope") == 6
    ballot_box.seal(survey, moment=timezone.now())
    assert (count("consultations_envelope"), count("consultations_ballot"), count("consultations_answercell")) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_no_statement_that_writes_a_voice_names_the_account(sign_in, anna, tmp_path):
    """pghistory says account and address before each INSERT; a log of statements would keep them beside the envelope."""
    with connection.cursor() as cursor:
        cursor.execute("create table statements (said text)")
        cursor.execute(
            "create function overhear() returns trigger language plpgsql as $f$ begin insert into statements values"
            " (current_query() || coalesce(current_setting('pghistory.context_metadata', true), '')); return new; end $f$"
        )
        for table in ("participation", "envelope"):
            cursor.execute(
                f"create trigger overhear after insert on consultations_{table} for each row execute function overhear()"
            )
    try:
        voted_through_the_portal(sign_in, anna)
        said = "\n".join(rows_as_text("statements"))
    finally:
        with connection.cursor() as cursor:
            cursor.execute("drop function overhear() cascade; drop table statements")

    assert "insert into consultations_envelope" in said
    assert "pghistory" not in said and str(anna.pk) + '"' not in said and "ankieta" not in said


@pytest.fixture
def lines():
    """The lines of JSON that production would write from here on."""
    stream, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(as_json=True))
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.django_db(transaction=True)
def test_the_log_of_requests_names_nobody_on_the_pages_of_voting(sign_in, anna, lines):
    """S56 and decision 0010; her other pages name her account, so the test would see a name."""
    voted_through_the_portal(sign_in, anna)
    sign_in(Client(), anna).get(reverse("my_matters"))

    said = {(line["route"], line["subject"]) for line in lines() if line["event"] == "request"}
    assert {subject for route, subject in said if "ankieta" in route} == {None}
    assert ("co-u-mnie/", str(anna.subject)) in said


# One voice each, at once


def _double(survey, number, barrier, accept):
    """Two requests of one person that start together: (accepted, refused)."""

    def work():
        barrier.wait()
        try:
            results.append(accept(survey, number, uuid.uuid4().hex))
        except ballot_box.AlreadyVoted:
            results.append(None)
        finally:
            connection.close()

    results = []
    threads = [threading.Thread(target=work) for _twin in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    return results


def _accept(survey, number, token):
    faces = [("contact", f"{number}@example.com"), ("particulars", f"anna {number}|batorego {number}|")]
    return ballot_box.accept(survey, token=token, answers=SMALL_ANSWERS, faces=faces)


def race(survey, count, accept=_accept):
    return [_double(survey, number, threading.Barrier(2), accept) for number in range(count)]


@pytest.mark.django_db(transaction=True)
def test_of_two_forms_of_one_person_sent_at_once_exactly_one_is_taken():
    """B1: three hundred pairs; none lost, none doubled."""
    survey = make_box()

    outcomes = race(survey, 300)

    assert all(sorted(one is None for one in pair) == [False, True] for pair in outcomes)
    assert (survey.envelopes.count(), survey.participations.count()) == (300, 600)


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_people_vote_twice():
    """Control of B1."""
    survey = make_box()
    with connection.cursor() as cursor:
        cursor.execute("alter table consultations_participation drop constraint consultations_one_voice")
    try:
        race(survey, 20)
        doubled = survey.envelopes.count() - 20
    finally:
        with connection.cursor() as cursor:
            cursor.execute(
                "alter table consultations_participation disable trigger user; delete from consultations_participation"
            )
            cursor.execute("alter table consultations_participation enable trigger user")
            cursor.execute(
                "alter table consultations_participation add constraint consultations_one_voice unique (instrument_id, nullifier)"
            )

    assert doubled > 0


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twenty_times_at_once_is_one_voice_with_one_receipt():
    survey, barrier, receipts = make_box(), threading.Barrier(20), []

    def work():
        barrier.wait()
        receipts.append(_accept(survey, 1, "jeden formularz"))
        connection.close()

    threads = [threading.Thread(target=work) for _twin in range(20)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert len({one.commitment_hex for one in receipts}) == 1 and [one.is_repeat for one in receipts].count(False) == 1
    assert survey.envelopes.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_faces_of_one_person_in_any_order_never_block_each_other():
    """Twelve marks each, given in opposite orders by two requests at once: no deadlock, one voice."""
    survey = make_box()

    def accept(survey, number, token):
        faces = [("particulars", f"{number}.{face}") for face in range(12)]
        return ballot_box.accept(survey, token=token, answers={}, faces=faces if token[0] < "8" else reversed(faces))

    outcomes = race(survey, 40, accept)

    assert all(sorted(one is None for one in pair) == [False, True] for pair in outcomes)
