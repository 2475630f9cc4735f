"""Paper goes into the same box as everything else: in time by its own rule, read by named clerks, counted once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from consultations import ballot_box, keys, rules
from consultations.actions import paper as verbs
from consultations.models import CollectingChannel, Envelope, InstrumentKind, IntegrityLevel, KeyingPass, PaperForm
from consultations.paper import last_day
from consultations.statuses import PaperStatus, Phase
from office.transitions import Refused
from pruszcz_portal import roles
from tests.consultations.cast import make_budget, make_consultation, make_survey

pytestmark = pytest.mark.django_db
Kind = CollectingChannel.Kind
ANNA = {"name": "Anna Kowalska", "address": "Batorego 12 m. 3", "born_year": 1985}


@pytest.fixture
def closed(settings):
    consultation = make_consultation(phase=Phase.CLOSED)
    keys.make(consultation)
    return consultation


@pytest.fixture
def survey(closed):
    return make_survey(closed)


@pytest.fixture
def vote(settings):
    consultation = make_consultation(phase=Phase.CLOSED, integrity=IntegrityLevel.DECLARED)
    keys.make(consultation)
    return make_budget(consultation)


def registered(instrument, celina, channel=Kind.BOX, received_on=None, **fields):
    received_on = received_on or last_day(instrument.consultation)
    return verbs.register_form(
        instrument=instrument, channel=channel, received_on=received_on, by=celina, moment=timezone.now(), **fields
    )


def keyed(form, clerk, **answers):
    return verbs.key(form, answers=answers or {"trees": "yes"}, by=clerk, moment=timezone.now())


def test_a_form_gets_the_next_number_of_its_consultation(survey, celina):
    first, second = registered(survey, celina), registered(survey, celina)

    assert [first.registry_number, second.registry_number] == [f"K/1/{date.today().year}", f"K/2/{date.today().year}"]


def test_a_number_of_the_offices_own_registry_is_taken_once(survey, celina):
    registered(survey, celina, registry_number="RPW/7/2026")

    with pytest.raises(Refused, match="RPW/7/2026"):
        registered(survey, celina, registry_number="RPW/7/2026")


def test_the_day_of_receipt_decides_about_the_box_and_the_postmark_about_the_post(survey, celina):
    """C16"""
    too_late = last_day(survey.consultation) + timedelta(days=1)

    boxed = registered(survey, celina, Kind.BOX, too_late, postmarked_on=last_day(survey.consultation))
    posted = registered(survey, celina, Kind.POST, too_late, postmarked_on=last_day(survey.consultation))
    unreadable = registered(survey, celina, Kind.POST, too_late)

    assert [boxed.status, posted.status, unreadable.status] == [PaperStatus.LATE, PaperStatus.REGISTERED, PaperStatus.LATE]


def test_a_late_form_is_kept_and_never_counted(survey, celina):
    """C18"""
    late = registered(survey, celina, received_on=last_day(survey.consultation) + timedelta(days=1))

    with pytest.raises(Refused):
        keyed(late, celina)
    assert PaperForm.objects.filter(status=PaperStatus.LATE).count() == 1


def test_a_channel_that_the_consultation_does_not_have_is_refused(survey, celina):
    with pytest.raises(Refused, match="tą drogą"):
        registered(survey, celina, Kind.PHONE)


def test_a_survey_form_is_read_once_and_counted(survey, celina):
    form = keyed(registered(survey, celina), celina, trees="yes")

    verbs.count(form, by=celina, moment=timezone.now())
    ballot_box.seal(survey, moment=timezone.now(), is_final=True)

    assert form.status == PaperStatus.COUNTED
    assert [(one.channel, one.answers) for one in survey.ballots.all()] == [(Kind.BOX, {"trees": "yes"})]


def test_a_completed_form_counts_and_a_term_that_passed_does_not(survey, celina):
    """C19"""
    today = timezone.localdate()
    form, other = registered(survey, celina), registered(survey, celina)
    for one in (form, other):
        verbs.ask_to_complete(one, defect="brak podpisu", complete_until=today, by=celina, moment=timezone.now())

    verbs.complete(form, completed_on=today, by=celina, moment=timezone.now())
    with pytest.raises(Refused, match="minął"):
        verbs.complete(other, completed_on=today + timedelta(days=1), by=celina, moment=timezone.now())

    assert [form.status, other.status] == [PaperStatus.REGISTERED, PaperStatus.TO_COMPLETE]


def test_a_budget_card_is_read_by_two_different_clerks(vote, celina, dariusz):
    form = registered(vote, celina, particulars=ANNA)

    keyed(form, celina, votes=[["1", None]])
    with pytest.raises(Refused, match="inna osoba"):
        keyed(form, celina, votes=[["1", None]])
    form.refresh_from_db()
    waiting = form.status
    verified = keyed(form, dariusz, votes=[["1", None]])

    assert [waiting, verified.status] == [PaperStatus.KEYED, PaperStatus.VERIFIED]


def test_readings_that_differ_wait_for_a_third_clerk(vote, celina, dariusz, make_account):
    form = registered(vote, celina, particulars=ANNA)
    keyed(form, celina, votes=[["1", None]])
    keyed(form, dariusz, votes=[["2", None]])
    form.refresh_from_db()
    differing = form.status

    verified = keyed(
        form, make_account("trzecia@pruszcz.example", "Halina Sroka", roles.CONSULTATION_EDITOR), votes=[["2", None]]
    )

    assert [differing, verified.status] == [PaperStatus.KEYED, PaperStatus.VERIFIED]


def test_readings_are_thrown_away_only_by_somebody_who_did_not_read(vote, celina, dariusz):
    form = registered(vote, celina, particulars=ANNA)
    keyed(form, celina, votes=[["1", None]])

    with pytest.raises(Refused, match="nie wpisywała"):
        verbs.read_again(form, by=celina, moment=timezone.now())
    verbs.read_again(form, by=dariusz, moment=timezone.now())

    form.refresh_from_db()
    assert form.status == PaperStatus.REGISTERED and not form.passes.exists()


def test_a_card_against_the_rules_of_the_card_is_invalid_with_its_reason(vote, celina, dariusz):
    """C31: more projects than the card allows."""
    form = registered(vote, celina, particulars=ANNA)

    for clerk in (celina, dariusz):
        keyed(form, clerk, votes=[["1", None], ["2", None], ["3", None]])

    form.refresh_from_db()
    assert form.status == PaperStatus.REJECTED
    assert "można najwyżej 2" in form.defect


def test_one_person_votes_once_on_paper_and_the_first_card_stays(vote, celina, dariusz):
    """C34"""
    first, second = (
        registered(vote, celina, particulars=ANNA),
        registered(vote, celina, particulars=ANNA | {"name": "KOWALSKA ANNA"}),
    )
    for form, project in ((first, "1"), (second, "2")):
        for clerk in (celina, dariusz):
            keyed(form, clerk, votes=[[project, None]])

    counted = verbs.count_all(vote, by=celina, moment=timezone.now())
    ballot_box.seal(vote, moment=timezone.now(), is_final=True)

    assert counted == {PaperStatus.COUNTED: 1, PaperStatus.REJECTED: 1}
    assert vote.ballots.count() == 1
    assert "oddała już głos" in PaperForm.objects.get(status=PaperStatus.REJECTED).defect


def test_a_counted_form_forgets_what_it_said_and_whose_it_was(vote, celina, dariusz):
    """I5"""
    form = registered(vote, celina, particulars=ANNA)
    for clerk in (celina, dariusz):
        keyed(form, clerk, votes=[["1", None]])

    verbs.count(form, by=celina, moment=timezone.now())

    form.refresh_from_db()
    assert form.particulars is None and form.person is None
    assert list(KeyingPass.objects.values_list("answers", flat=True)) == [None, None]
    assert {field.name for field in form.pgh_event_model._meta.get_fields()} & {"particulars", "person"} == set()


def test_the_record_of_the_urn_says_what_was_taken_out_and_what_was_valid(vote, celina, dariusz):
    """C35, with the figures of a small session: 3 taken out, 1 valid, 1 against the card, 1 late."""
    good, bad = registered(vote, celina, particulars=ANNA), registered(vote, celina, particulars=ANNA | {"name": "Bartek Nowak"})
    registered(vote, celina, received_on=last_day(vote.consultation) + timedelta(days=1))
    for clerk in (celina, dariusz):
        keyed(good, clerk, votes=[["1", None]])
        keyed(bad, clerk, votes=[])
    verbs.open_urn(
        vote, opened_on=timezone.localdate(), place="Biblioteka", members="Celina, Dariusz", taken_out=3, by=celina,
        moment=timezone.now(),
    )  # fmt: skip

    verbs.count_all(vote, by=celina, moment=timezone.now())
    record = verbs.urn_record(vote)

    assert {name: record[name] for name in ("taken_out", "registered", "valid", "late", "open")} == {
        "taken_out": 3, "registered": 3, "valid": 1, "late": 1, "open": 0,
    }  # fmt: skip
    assert list(record["invalid"].values()) == [1]
    assert vote.consultation.chain.filter(kind="urn_opened").count() == 1


def test_forms_that_wait_for_a_clerk_hold_up_the_closing(survey, celina):
    registered(survey, celina)

    assert rules.unsettled(survey.consultation) == ["Formularze papierowe w toku: 1."]


def test_counting_the_same_form_again_changes_nothing(survey, celina):
    form = keyed(registered(survey, celina), celina)
    verbs.count(form, by=celina, moment=timezone.now())

    with pytest.raises(Refused):
        verbs.count(form, by=celina, moment=timezone.now())

    assert Envelope.objects.filter(instrument=survey).count() == 1


def test_the_kind_of_form_decides_how_many_readings_it_needs(survey, vote, celina):
    from consultations.paper import passes_needed

    assert [passes_needed(registered(one, celina)) for one in (survey, vote)] == [1, 2]
    assert vote.kind == InstrumentKind.BUDGET
