"""Voting on projects in a browser: the card, checking it, one vote, the result."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from consultations import ballot_box, keys
from consultations.actions import budget as verbs
from consultations.models import Ballot, Consultation, Envelope, IntegrityLevel, Participation
from consultations.statuses import ConsultationStatus, Phase
from tests.consultations.cast import make_budget, make_consultation

pytestmark = pytest.mark.django_db


def make_vote(integrity=IntegrityLevel.OPEN, **rules):
    consultation = make_consultation(integrity=integrity)
    keys.make(consultation)
    return make_budget(consultation, **rules)


@pytest.fixture
def vote():
    return make_vote()


def close_and_seal(vote):
    Consultation.objects.filter(pk=vote.consultation_id).update(closes_at=timezone.now() - timedelta(seconds=1))
    ballot_box.seal(vote, moment=timezone.now(), is_final=True)


def url(name, vote, *rest):
    return reverse(f"consultations:{name}", args=[vote.consultation.slug, vote.code, *rest])


def voice_in(response):
    return re.search(r'name="voice" value="([^"]+)"', response.content.decode())[1]


def sent(client, vote, **marks):
    """The card filled in, checked and sent."""
    checked = client.post(url("budget_vote", vote), marks)
    assert checked.status_code == 200, checked.content.decode()
    return client.post(url("budget_vote", vote), {"voice": voice_in(checked)})


def test_a_card_is_filled_in_checked_and_counted_once(client, vote):
    response = sent(client, vote, p1="on", p3="on")

    assert response.status_code == 302 and "przyjeto" in response.url
    close_and_seal(vote)
    assert Ballot.objects.get().answers == {"votes": [["1", None], ["3", None]]}


def test_the_same_form_sent_again_gives_the_same_receipt(client, vote):
    voice = voice_in(client.post(url("budget_vote", vote), {"p1": "on"}))

    first, second = (client.post(url("budget_vote", vote), {"voice": voice}) for _time in range(2))

    assert first.url == second.url
    assert Envelope.objects.count() == 1


def test_too_many_projects_are_told_and_nothing_marked_is_lost(client, vote):
    response = client.post(url("budget_vote", vote), {"p1": "on", "p2": "on", "p3": "on"})

    page = response.content.decode()
    assert response.status_code == 422
    assert "można najwyżej 2" in page.replace("\xa0", " ")
    assert page.count("checked") == 3
    assert not Envelope.objects.exists()


def test_an_empty_card_is_told(client, vote):
    assert "nie zaznaczono żadnego" in client.post(url("budget_vote", vote), {}).content.decode()


def test_points_of_pruszcz_are_given_once_each(client):
    """C30: five projects at most, points five to one, each value once; here the line is mended before it is sent."""
    vote = make_vote(ballot_type="cumulative", rule="pruszcz-points", card={
        "most_marks": 5, "least_points": 1, "most_points": 5, "each_value_once": True, "no_points": "ignore", "equal_points": "ignore",
    })  # fmt: skip

    twice = client.post(url("budget_vote", vote), {"p1": "5", "p2": "5"})
    good = sent(client, vote, p1="5", p2="4")

    assert twice.status_code == 422 and "Tyle samo punktów" in twice.content.decode()
    assert good.status_code == 302


def test_places_of_an_ordinal_card_keep_their_order(client):
    vote = make_vote(ballot_type="ordinal", rule="greedy-points", card={})

    sent(client, vote, p1="3", p2="1", p3="2")
    close_and_seal(vote)

    assert Ballot.objects.get().answers["votes"] == [["2", None], ["3", None], ["1", None]]


def test_one_project_is_chosen_of_a_choose_one_card(client):
    vote = make_vote(ballot_type="choose-1", card={"most_marks": 1})

    sent(client, vote, one="2")
    close_and_seal(vote)

    assert Ballot.objects.get().answers["votes"] == [["2", None]]


def test_an_impossible_age_stops_the_vote_and_a_real_one_is_kept_nowhere(client):
    """C33, C36"""
    vote = make_vote(least_age=16, age_source="uchwała")

    too_young = client.post(url("budget_vote", vote), {"p1": "on", "age": "15"})
    too_old = client.post(url("budget_vote", vote), {"p1": "on", "age": "142"})
    good = sent(client, vote, p1="on", age="34")
    close_and_seal(vote)

    assert "od ukończenia 16" in too_young.content.decode()
    assert "wymaga sprawdzenia" in too_old.content.decode()
    assert good.status_code == 302
    assert "34" not in str(Ballot.objects.get().answers)


def test_a_vote_can_be_changed_before_it_is_sent(client, vote):
    voice = voice_in(client.post(url("budget_vote", vote), {"p1": "on"}))

    page = client.post(url("budget_vote", vote), {"voice": voice, "go": "change"}).content.decode()

    assert page.count("checked") == 1
    assert not Envelope.objects.exists()


def test_a_vote_of_residents_needs_to_know_who_votes(client):
    vote = make_vote(IntegrityLevel.DECLARED)

    page = client.get(url("budget_vote", vote)).content.decode()
    posted = client.post(url("budget_vote", vote), {"p1": "on"})

    assert "zaloguj się" in page
    assert posted.status_code == 302
    assert not Participation.objects.exists()


def test_a_closed_vote_takes_no_card(client):
    consultation = make_consultation(phase=Phase.CLOSED)
    keys.make(consultation)
    vote = make_budget(consultation)

    response = client.post(url("budget_vote", vote), {"p1": "on"})

    assert response.status_code == 302
    assert "zakończyło się" in client.get(url("budget_vote", vote)).content.decode()


def test_the_list_of_projects_is_searched_by_name_place_and_number(client, vote):
    page = client.get(url("projects", vote), {"q": "Projekt 2"}).content.decode()

    assert "Projekt 2" in page and "Projekt 3" not in page


def test_nobody_sees_a_result_before_it_is_announced(client, vote, dariusz):
    """Interim results are closed to everybody."""
    for number in range(5):
        ballot_box.accept(vote, token=f"karta-{number}", answers={"votes": [["1", None]]}, faces=[], in_time=True)
    close_and_seal(vote)
    verbs.run_tally(vote, by=dariusz, moment=timezone.now())

    before = client.get(url("budget_result", vote)).content.decode()
    assert client.get(url("budget_file", vote)).status_code == 404
    Consultation.objects.filter(pk=vote.consultation_id).update(status=ConsultationStatus.REPORT_PUBLISHED)
    after = client.get(url("budget_result", vote)).content.decode()

    assert "nie ogłoszono" in before and "wygrał" not in before
    assert "wygrał" in after
    assert b"META" in b"".join(client.get(url("budget_file", vote)).streaming_content)
