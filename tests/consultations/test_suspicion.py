"""What looks like the work of one hand is looked at by two people before it is listed (C36, B10)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from consultations import ballot_box, suspicion
from consultations.actions import settlements
from consultations.models import Envelope, Settlement, SuspicionLimits
from consultations.statuses import EnvelopeState
from office.transitions import Refused
from tests.consultations.test_ballot_box import make_box, version_of
from tests.consultations.test_sealing import close

NOW = timezone.now


@pytest.fixture
def survey(db):
    return make_box()


def vote(survey, name, trees="yes", **marks):
    faces = [("contact", f"{name}@example.com")]
    answers = {"trees": trees}
    return ballot_box.accept(survey, token=name, answers=answers, version=version_of(survey), faces=faces, marks=marks)


def states(survey):
    found = list(survey.envelopes.values_list("state", flat=True))
    return {state: found.count(state) for state in set(found)}


def seen(number, **marks):
    return suspicion.Seen(number, marks)


def test_wroclaw_again_every_trick_is_flagged_and_every_honest_home_is_kept(survey):
    """B10: 320 votes of 65 phones from one network, ten people over 115, a crowd in the closing minutes; and twelve families."""
    for number in range(320):
        vote(survey, f"farma{number}", network="198.51.100.7", device=f"telefon {number % 65}")
    for number in range(10):
        vote(survey, f"matuzalem{number}", network=f"203.0.113.{number}", device=f"m{number}", age=116 + number * 9)
    for home in range(12):
        for member in range(6):
            vote(survey, f"dom{home}.{member}", network=f"192.0.2.{home}", device=f"tablet {home}", age=20 + member)

    batch = ballot_box.seal(survey, moment=NOW())

    assert states(survey) == {"held": 330, "listed": 72}
    assert batch.count == 72
    reasons = Envelope.objects.filter(state=EnvelopeState.HELD).values_list("held_for", flat=True)
    assert sum("age" in codes for codes in reasons) == 10
    assert sum(any(code.startswith("network:") for code in codes) for codes in reasons) == 320


def test_a_crowd_in_the_closing_minutes_is_looked_at():
    """B10, the closing-day spike: many networks, many devices, one window of ten minutes."""
    crowd = [seen(number, network=f"10.0.{number // 250}.{number % 250}", device=str(number), window=7) for number in range(301)]
    quiet = [seen(1000 + number, network=f"10.9.0.{number}", device=f"d{number}", window=100 + number) for number in range(50)]

    held = suspicion.find([*crowd, *quiet], SuspicionLimits(), {})

    assert set(held) == {one.envelope for one in crowd}


def test_a_network_alone_is_no_reason():
    """A phone operator: a hundred and fifty people behind one address, each with a phone of their own."""
    crowd = [seen(number, network="operator", device=f"telefon {number}", window=number) for number in range(150)]

    assert suspicion.find(crowd, SuspicionLimits(), {}) == {}


def test_one_device_voting_for_a_household_is_kept_and_a_seventh_voice_brings_the_whole_cluster():
    home = [seen(number, network="dom", device="tablet", window=1) for number in range(6)]

    assert suspicion.find(home, SuspicionLimits(), {}) == {}
    assert len(suspicion.find([*home, seen(7, network="dom", device="tablet", window=1)], SuspicionLimits(), {})) == 7


@pytest.mark.parametrize(("age", "is_held"), [(-1, True), (0, False), (115, False), (116, True), (142, True), (None, False)])
def test_an_impossible_age_is_looked_at(age, is_held):
    """C36: over 115, or a birth date in the future."""
    assert bool(suspicion.find([seen(1, age=age)], SuspicionLimits(), {})) is is_held


def test_slow_fraud_over_many_days_is_seen(survey):
    """Five voices a day of one device: the second day is held, though each day alone is a household."""
    for number in range(5):
        vote(survey, f"poniedziałek{number}", device="telefon", network="sieć")
    assert ballot_box.seal(survey, moment=NOW()).count == 5
    for number in range(5):
        vote(survey, f"wtorek{number}", device="telefon", network="sieć")

    assert ballot_box.seal(survey, moment=NOW() + timedelta(days=1)) is None
    assert states(survey) == {"listed": 5, "held": 5}


def test_thresholds_are_dated_data():
    today = date(2026, 11, 25)
    strict = SuspicionLimits(valid_from=today, device_voices=1)

    assert len(suspicion.find([seen(1, device="x"), seen(2, device="x")], strict, {})) == 2


def test_the_thresholds_in_force_on_the_day_are_taken(db):
    SuspicionLimits.objects.create(valid_from=date(2026, 1, 1), valid_to=date(2026, 6, 30), device_voices=3, source="uchwała")

    assert suspicion.limits_on(date(2026, 6, 30)).device_voices == 3
    assert suspicion.limits_on(date(2026, 7, 1)).device_voices == 6


# Two people


@pytest.fixture
def held(survey):
    """Seven voices of one device, held."""
    for number in range(7):
        vote(survey, f"szkoła{number}", device="komputer w świetlicy", network="szkoła")
    ballot_box.seal(survey, moment=NOW())
    return survey


def test_two_people_admit_a_cluster_and_it_is_listed_with_the_next_sealing(held, celina, zofia):
    one = held.envelopes.first()

    assert (
        settlements.propose(one, is_admitted=True, reason="Świetlica szkolna.", whole_cluster=True, by=celina, moment=NOW()) == 7
    )
    assert settlements.confirm(one, whole_cluster=True, by=zofia, moment=NOW()) == 7
    batch = ballot_box.seal(held, moment=NOW())

    assert batch.count == 7 and states(held) == {"listed": 7}
    assert Settlement.objects.filter(confirmed_by=zofia.subject).count() == 7


def test_refused_voices_are_never_opened_and_their_content_is_gone(held, celina, zofia):
    one = held.envelopes.first()
    settlements.propose(
        one, is_admitted=False, reason="Jedna osoba głosowała wiele razy.", whole_cluster=True, by=celina, moment=NOW()
    )
    settlements.confirm(one, whole_cluster=True, by=zofia, moment=NOW())

    assert set(held.envelopes.values_list("state", "sealed")) == {("refused", None)}
    close(held)
    assert ballot_box.seal(held, moment=NOW(), is_final=True) is None
    assert not held.ballots.exists()


def test_one_person_can_not_settle_alone(held, celina):
    one = held.envelopes.first()
    settlements.propose(one, is_admitted=False, reason="Podejrzane.", by=celina, moment=NOW())

    with pytest.raises(Refused):
        settlements.confirm(one, by=celina, moment=NOW())
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.update(confirmed_by=celina.subject)


def test_a_settlement_names_its_reason(held, celina):
    with pytest.raises(Refused):
        settlements.propose(held.envelopes.first(), is_admitted=False, reason="  ", by=celina, moment=NOW())


def test_what_was_listed_can_not_be_taken_out(held, celina, zofia):
    """After LISTED nothing is ever removed from the count."""
    one = held.envelopes.first()
    settlements.propose(one, is_admitted=True, reason="Świetlica.", whole_cluster=True, by=celina, moment=NOW())
    settlements.confirm(one, whole_cluster=True, by=zofia, moment=NOW())
    ballot_box.seal(held, moment=NOW())

    with pytest.raises(Refused):
        settlements.propose(held.envelopes.first(), is_admitted=False, reason="Jednak nie.", by=celina, moment=NOW())


def test_a_held_voice_keeps_the_consultation_from_being_closed(held):
    close(held)

    assert ballot_box.seal(held, moment=NOW(), is_final=True) is None
    assert ballot_box.unsettled(held.consultation) == ["Do wyjaśnienia: 7\N{NO-BREAK SPACE}głosów."]


def test_the_final_sealing_itself_holds_what_is_suspicious_and_lists_nobody_alone(survey):
    """What people admit later is listed with the rest, in one batch."""
    for number in range(7):
        vote(survey, f"farma{number}", device="telefon")
    vote(survey, "Anna", device="telefon Anny")
    close(survey)

    assert ballot_box.seal(survey, moment=NOW(), is_final=True) is None
    assert states(survey) == {"held": 7, "waiting": 1}


def test_reasons_are_counted_for_the_report(held, celina, zofia):
    from consultations.sealing import settled_counts

    assert settled_counts(held) == {"admitted": 0, "refused": 0, "held": 7, "reasons": {"device": 7}}


def test_the_desk_shows_no_content_and_no_voter(held, celina, zofia, sign_in, client):
    from pruszcz_portal import roles
    from tests.conftest import make_user

    moderator = make_user("m@pruszcz.example", "Maria Sowa", roles.MODERATOR)
    envelope = held.envelopes.first()

    page = sign_in(client, moderator).get(f"/urzad/consultations/envelope/{envelope.pk}/change/").content.decode()

    assert "wiele głosów z jednego urządzenia" in page
    assert "yes" not in page.split("<main")[-1].split("</main")[0] or "szkoła" not in page
    assert bytes(envelope.commitment).hex() not in page
