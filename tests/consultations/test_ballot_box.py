"""One voice each, and nobody can tell whose (slice 5, B1, I1, I2, I4, I5, I9)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from consultations import ballot_box, keys
from consultations.faces import faces_of
from consultations.models import ChainEntry, CollectingChannel, Consultation, IntegrityLevel, Participation, Report
from consultations.statuses import ConsultationStatus, Phase, ReportStatus
from office.models import RetentionPeriod
from office.transitions import Refused
from tests.consultations.cast import APPROVER, AUTHOR, SMALL_ANSWERS, make_consultation, make_survey
from tests.factories import WARSAW, make_person

CONTACT = Participation.Face.CONTACT


def make_box(**fields):
    """An open survey with its key: the instrument."""
    consultation = make_consultation(**{"integrity": IntegrityLevel.CONTACT, **fields})
    keys.make(consultation)
    return make_survey(consultation)


def version_of(survey):
    return survey.versions.latest("approved_at").version


def vote(survey, who="anna@example.com", token="formularz", trees="yes", **more):  # noqa: S107  a token of a form
    answers = {**SMALL_ANSWERS, "trees": trees}
    faces = [(CONTACT, who)] if who else []
    return ballot_box.accept(survey, token=token, answers=answers, version=version_of(survey), faces=faces, **more)


@pytest.fixture
def survey(db):
    return make_box()


# One voice each


def test_a_voice_is_in_an_envelope_and_its_author_is_marked_apart(survey):
    receipt = vote(survey)

    envelope = survey.envelopes.get()
    assert bytes(envelope.commitment).hex() == receipt.commitment_hex
    assert receipt.state == "waiting" and not receipt.is_repeat
    assert survey.participations.count() == 1
    assert b"yes" not in bytes(envelope.sealed)


def test_the_same_form_sent_again_gets_its_first_receipt(survey):
    first = vote(survey)

    again = vote(survey)

    assert (again.commitment_hex, again.is_repeat) == (first.commitment_hex, True)
    assert survey.envelopes.count() == survey.participations.count() == 1


def test_the_same_form_sent_again_after_the_sealing_and_the_closing_gets_its_first_receipt(survey):
    receipts = [vote(survey, f"{number}@example.com", f"formularz {number}") for number in range(5)]
    ballot_box.seal(survey, moment=timezone.now())
    Consultation.objects.update(closes_at=timezone.now() - timedelta(hours=1))

    again = vote(survey, "0@example.com", "formularz 0")

    assert (again.commitment_hex, again.state, again.is_repeat) == (receipts[0].commitment_hex, "listed", True)


def test_the_same_form_with_other_answers_is_refused_and_the_first_stands(survey):
    first = vote(survey)
    before = bytes(survey.envelopes.get().sealed)

    with pytest.raises(ballot_box.AlreadyVoted):
        vote(survey, trees="no")

    assert bytes(survey.envelopes.get().sealed) == before
    assert ballot_box.find(survey, first.commitment_hex).state == "waiting"


def test_a_second_form_of_one_person_is_refused_and_leaves_nothing(survey):
    """C34, N5: it never voids the first."""
    first = vote(survey)

    with pytest.raises(ballot_box.AlreadyVoted):
        vote(survey, token="drugi formularz", trees="no")

    assert [bytes(one.commitment).hex() for one in survey.envelopes.all()] == [first.commitment_hex]
    assert survey.participations.count() == 1


def test_a_person_known_by_several_marks_votes_once_by_any_of_them(survey, anna):
    """Portal, then paper with the same name and address."""
    person = make_person(anna)
    home = {"name": "Kowalska Anna", "address": "ul. Batorego 12a/3, 83-000 Pruszcz Gdański"}
    portal = faces_of(person, "anna@example.com", {"name": "Anna Kowalska", "street": "Batorego", "number": "12A", "flat": "3"})
    ballot_box.accept(survey, token="portal", answers={}, faces=portal)

    with pytest.raises(ballot_box.AlreadyVoted):
        ballot_box.accept(survey, token="papier", answers={}, faces=faces_of(None, particulars=home), channel="box", in_time=True)

    assert survey.participations.count() == 3


def test_one_face_taken_leaves_none_of_the_others(survey):
    """All or nothing: a refused form must not spend the marks of somebody else."""
    vote(survey, "wspolny@example.com")

    with pytest.raises(ballot_box.AlreadyVoted):
        faces = [(CONTACT, "wspolny@example.com"), (Participation.Face.PARTICULARS, "franek")]
        ballot_box.accept(survey, token="inny", answers={}, faces=faces)

    ballot_box.accept(survey, token="franek", answers={}, faces=[(Participation.Face.PARTICULARS, "franek")])


def test_open_answers_leave_no_mark_of_anybody(survey):
    vote(survey, who="", token="pierwszy")
    vote(survey, who="", token="drugi")

    assert survey.envelopes.count() == 2 and not survey.participations.exists()


def test_one_person_can_not_be_followed_from_one_consultation_to_another(db):
    one, other = make_box(), make_box()
    vote(one)
    vote(other)

    marks = {bytes(row.nullifier) for row in Participation.objects.all()}
    assert len(marks) == 2


def test_without_its_key_a_consultation_takes_no_voice(db):
    survey = make_box()
    keys.path_of(survey.consultation_id).unlink()

    with pytest.raises(keys.NoKey):
        vote(survey)

    assert not survey.envelopes.exists()


def test_the_key_is_for_the_portal_alone_and_is_made_once(survey):
    path = keys.path_of(survey.consultation_id)
    before = path.read_bytes()

    keys.make(survey.consultation)

    assert path.read_bytes() == before and len(before) == 32
    assert path.stat().st_mode & 0o777 == 0o600


# Opening and closing


@pytest.fixture
def database_clock(db):
    """`database_clock(moment)`: from now on this is the time of the database, for every statement of the connection."""

    def show(moment):
        with connection.cursor() as cursor:
            cursor.execute("create schema if not exists stopped_clock")
            cursor.execute(
                "create or replace function stopped_clock.statement_timestamp() returns timestamptz language sql immutable as "
                f"$$ select timestamptz '{moment.isoformat()}' $$"
            )
            cursor.execute("set local search_path = stopped_clock, pg_catalog, public")

    return show


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_last_voice_is_taken_a_millisecond_before_the_closing_and_none_at_it(survey, database_clock, day):
    """C17, B7, I4: midnight in Warsaw on the days when the clocks change; the clock of the database decides, no worker runs."""
    closes_at = datetime(day.year, day.month, day.day, tzinfo=WARSAW) + timedelta(days=1)
    opened = datetime(day.year, day.month, day.day, tzinfo=WARSAW) - timedelta(days=7)
    Consultation.objects.update(opens_at=opened, closes_at=closes_at)
    assert closes_at.astimezone(UTC) - datetime(day.year, day.month, day.day, tzinfo=WARSAW).astimezone(UTC) != timedelta(days=1)

    database_clock(closes_at.astimezone(UTC) - timedelta(milliseconds=1))
    assert vote(survey, "anna@example.com", "na czas").state == "waiting"

    for late in (timedelta(0), timedelta(milliseconds=1), timedelta(hours=1)):
        database_clock(closes_at.astimezone(UTC) + late)
        with pytest.raises(ballot_box.NotOpen):
            vote(survey, "bartek@example.com", "za późno")


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_the_first_voice_is_taken_at_the_opening_and_none_a_millisecond_before(survey, database_clock, day):
    """C17, B7: opening at midnight, hours before the clocks change."""
    opens_at = datetime(day.year, day.month, day.day, tzinfo=WARSAW)
    Consultation.objects.update(opens_at=opens_at, closes_at=opens_at + timedelta(days=14))

    database_clock(opens_at.astimezone(UTC) - timedelta(milliseconds=1))
    with pytest.raises(ballot_box.NotOpen):
        vote(survey)

    database_clock(opens_at.astimezone(UTC))
    assert vote(survey).state == "waiting"


def test_the_database_clock_closes_the_box_while_nobody_does_anything(survey):
    """B7 in true time: voices go in until the closing, then none does; no worker, no job."""
    closes_at = timezone.now() + timedelta(milliseconds=300)
    Consultation.objects.update(closes_at=closes_at)
    taken = 0
    with pytest.raises(ballot_box.NotOpen):
        while True:
            vote(survey, f"{taken}@example.com", f"formularz {taken}")
            taken += 1

    assert taken > 3
    assert timezone.now() >= closes_at


@pytest.mark.parametrize("status", [ConsultationStatus.SUSPENDED, ConsultationStatus.APPROVED, ConsultationStatus.CANCELLED])
def test_a_consultation_that_does_not_collect_takes_nothing(db, status):
    survey = make_box(status=status)

    with pytest.raises(ballot_box.NotOpen):
        vote(survey)


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.CLOSED])
def test_before_the_opening_and_after_the_closing_nothing_is_taken(db, phase):
    survey = make_box(phase=phase)

    with pytest.raises(ballot_box.NotOpen):
        vote(survey)


def test_paper_in_time_by_its_own_rule_is_taken_after_the_clock(db):
    """C16"""
    survey = make_box(phase=Phase.CLOSED)

    receipt = vote(survey, channel=CollectingChannel.Kind.POST, in_time=True)

    assert survey.envelopes.get().channel == "post" and receipt.state == "waiting"


# The end of the key


@pytest.fixture
def reported(db):
    """A consultation whose report was published forty days ago, and complaints are taken for thirty."""
    RetentionPeriod.objects.all().delete()  # the first ones are here or not, as an earlier test left them
    RetentionPeriod.objects.create(kind=keys.COMPLAINTS, days=30, valid_from=date(2020, 1, 1), source="przykład do testów")
    survey = make_box(status=ConsultationStatus.REPORT_PUBLISHED, phase=Phase.CLOSED)
    published = timezone.now() - timedelta(days=40)
    Report.objects.create(
        consultation=survey.consultation,
        number=1,
        status=ReportStatus.PUBLISHED,
        author=AUTHOR,
        approver=APPROVER,
        published_at=published,
    )
    return survey


@pytest.mark.django_db(transaction=True)
def test_after_the_complaints_the_key_is_destroyed_with_a_protocol(reported, zofia):
    """C39: counts and roots stay; who took part can not be asked any more."""
    keys.destroy(reported.consultation, by=zofia, moment=timezone.now())

    entry = ChainEntry.objects.get(kind="key_destroyed")
    assert entry.payload["by"] == str(zofia.subject)
    assert not keys.is_made(reported.consultation)
    with pytest.raises(keys.NoKey):
        ballot_box.has_voted(reported, [(CONTACT, "anna@example.com")])


def test_the_key_stays_while_people_may_complain(reported, zofia):
    RetentionPeriod.objects.update(days=60)

    with pytest.raises(Refused):
        keys.destroy(reported.consultation, by=zofia, moment=timezone.now())

    assert keys.is_made(reported.consultation)


def test_the_key_stays_when_the_town_has_set_no_period(reported, zofia):
    RetentionPeriod.objects.all().delete()

    with pytest.raises(Refused):
        keys.destroy(reported.consultation, by=zofia, moment=timezone.now())


def test_the_key_of_a_running_consultation_can_not_be_destroyed(survey, zofia):
    RetentionPeriod.objects.create(kind=keys.COMPLAINTS, days=0, valid_from=date(2020, 1, 1), source="przykład do testów")

    with pytest.raises(Refused):
        keys.destroy(survey.consultation, by=zofia, moment=timezone.now())


def test_a_padded_envelope_hides_how_much_was_said(survey):
    vote(survey, "anna@example.com", "krótki")
    ballot_box.accept(survey, token="dłuższy", answers={"why": "ą" * 300}, faces=[(CONTACT, "bartek@example.com")])

    assert len({len(bytes(envelope.sealed)) for envelope in survey.envelopes.all()}) == 1
