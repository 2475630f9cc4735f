"""Calls to mend a letter, decisions, their service and finality, told on Anna's declaration by Dariusz."""

from datetime import date, timedelta

import pytest
from django.db.utils import ProgrammingError

from eboi.actions import cases, rulings
from eboi.models import Case, Decision
from eboi.statuses import CallStatus, CaseStatus, DecisionStatus
from office.models import Message
from office.transitions import Refused, history_of
from residents.models import IdentityConfirmation
from tests.factories import TUESDAY, at, make_case, make_colleague, make_person

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(dariusz):
    """Anna's paper declaration of 24 November, taken up by Dariusz the same day; due on 28 December."""
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    return case


def confirm_identity(person, clerk):
    IdentityConfirmation.objects.create(person=person, level="desk", how="dowód", confirmed_by=clerk.subject, at=TUESDAY)


def send_call(case, by, moment=TUESDAY):
    call = rulings.draft_call(case, missing="Brakuje oświadczenia o kompostowniku.", by=by, moment=moment)
    rulings.send_call(call, by=by, moment=moment)
    return call


def sign(case, by, moment=TUESDAY):
    confirm_identity(case.person, by)
    writer = make_colleague(case.unit)
    decision = rulings.draft_decision(
        case, ruling="Ustalam opłatę.", reasons="Bo tak wynika z uchwały.", by=writer, moment=moment
    )
    rulings.sign_decision(decision, by=by, moment=moment)
    return decision


def served(call, by, day):
    return rulings.record_call_service(
        call, channel="post", sent_on=day, collected_on=day, proof="zwrotka 1", by=by, moment=at(day, 15)
    )


def test_while_the_case_waits_for_anna_its_term_stands_still(case, dariusz):
    """L7 L5"""
    call = send_call(case, dariusz)

    assert (call.status, case.status) == (CallStatus.SENT, CaseStatus.WAITING_PARTY)
    assert Case.objects.queue().get().is_paused


def test_anna_answers_on_the_last_day_at_23_59_and_her_day_of_receipt_stays(case, dariusz):
    """L7"""
    call = send_call(case, dariusz)
    served(call, dariusz, date(2026, 11, 27))
    assert call.due_on == date(2026, 12, 4)

    rulings.answer_call(call, text="Dosyłam oświadczenie.", by=dariusz, moment=at(date(2026, 12, 4), 23, 59))

    case.refresh_from_db()
    assert (call.status, case.status) == (CallStatus.CURED, CaseStatus.IN_PROGRESS)
    assert case.received_on == date(2026, 11, 24)
    assert case.deadlines.get().due_on == date(2027, 1, 4)  # ten days that did not count after 24 December: a Sunday


def test_a_minute_later_the_answer_is_refused_and_anna_reads_what_she_can_do(case, dariusz):
    """L7"""
    call = send_call(case, dariusz)
    served(call, dariusz, date(2026, 11, 27))

    with pytest.raises(Refused, match="Możesz napisać do urzędu"):
        rulings.answer_call(call, text="Dosyłam.", by=dariusz, moment=at(date(2026, 12, 5), 0, 0))


def test_anna_may_answer_before_the_letter_reaches_her(case, dariusz):
    call = send_call(case, dariusz)

    rulings.answer_call(call, text="Widzę w portalu, dosyłam.", by=dariusz, moment=TUESDAY + DAY)

    assert call.status == CallStatus.CURED


@pytest.mark.parametrize("day", [date(2026, 11, 30), date(2026, 12, 4)])
def test_the_case_is_not_left_before_the_last_day_has_passed(case, dariusz, day):
    """L7"""
    call = send_call(case, dariusz)
    served(call, dariusz, date(2026, 11, 27))

    with pytest.raises(Refused, match="jeszcze nie minął"):
        rulings.lapse_call(call, by=dariusz, moment=at(day, 23, 59))


def test_the_case_is_left_only_when_a_clerk_confirms_it(case, dariusz):
    """L7"""
    call = send_call(case, dariusz)
    served(call, dariusz, date(2026, 11, 27))

    rulings.lapse_call(call, by=dariusz, moment=at(date(2026, 12, 7)))

    case.refresh_from_db()
    assert (call.status, case.status) == (CallStatus.LAPSED, CaseStatus.LEFT_UNCONSIDERED)
    assert case.deadlines.get().closed_at == at(date(2026, 12, 7))
    assert not case.pauses.filter(until=None).exists()


def test_a_call_that_was_not_served_never_lapses(case, dariusz):
    """L7: the seven days run from service."""
    call = send_call(case, dariusz)

    with pytest.raises(Refused):
        rulings.lapse_call(call, by=dariusz, moment=TUESDAY + 60 * DAY)


def test_less_than_seven_days_are_refused(case, dariusz):
    """L7"""
    with pytest.raises(Refused, match="co najmniej 7 dni"):
        rulings.draft_call(case, missing="Załącznik.", days=6, by=dariusz, moment=TUESDAY)


def test_one_call_at_a_time(case, dariusz):
    rulings.draft_call(case, missing="Załącznik.", by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="już otwarte wezwanie"):
        rulings.draft_call(case, missing="Podpis.", by=dariusz, moment=TUESDAY)


def test_when_anna_withdraws_the_open_call_has_no_point(case, dariusz):
    call = send_call(case, dariusz)

    cases.withdraw(case, by=dariusz, reason="Pomyłka.", moment=TUESDAY + DAY)

    call.refresh_from_db()
    assert (call.status, case.outcome) == (CallStatus.CALLED_OFF, "Pomyłka.")


def test_a_mistaken_call_is_taken_back_and_the_first_term_runs_on(case, dariusz, anna):
    """KPA art. 35 § 5: only a delay that is not the office's is left out of the term."""
    case.person.account = anna
    case.person.save()
    call = send_call(case, dariusz)
    served(call, dariusz, date(2026, 11, 27))

    rulings.take_call_back(call, reason="Oświadczenie było w załączniku.", by=dariusz, moment=at(date(2026, 12, 4)))

    case.refresh_from_db()
    assert (call.status, case.status) == (CallStatus.CALLED_OFF, CaseStatus.IN_PROGRESS)
    assert case.deadlines.get().due_on == date(2026, 12, 28)
    for moved in (case, call):
        change = history_of(moved).last()
        assert (change.side, change.note) == ("clerk", "Oświadczenie było w załączniku.")
    assert Message.objects.filter(event="eboi/call_taken_back", address=anna.email).exists()


def test_taking_back_an_early_call_leaves_other_pauses_as_they_were(case, dariusz):
    call = send_call(case, dariusz)
    rulings.answer_call(call, text="Dosyłam.", by=dariusz, moment=TUESDAY + 2 * DAY)
    second = send_call(case, dariusz, moment=TUESDAY + 3 * DAY)

    rulings.take_call_back(second, reason="Pomyłka.", by=dariusz, moment=TUESDAY + 6 * DAY)

    assert [(pause.until - pause.since).days for pause in case.pauses.all()] == [2, 0]
    assert case.deadlines.get().due_on == date(2026, 12, 28)  # 24 + 2 days is a Saturday


def test_a_call_is_not_taken_back_without_a_reason_nor_once_answered(case, dariusz):
    call = send_call(case, dariusz)
    with pytest.raises(Refused, match="Podaj powód"):
        rulings.take_call_back(call, reason="  ", by=dariusz, moment=TUESDAY + DAY)
    rulings.answer_call(call, text="Dosyłam.", by=dariusz, moment=TUESDAY + DAY)

    with pytest.raises(Refused):
        rulings.take_call_back(call, reason="Pomyłka.", by=dariusz, moment=TUESDAY + DAY)

    call.refresh_from_db()
    assert (call.status, call.taken_back_why) == (CallStatus.CURED, "")


def test_after_a_mistaken_call_is_taken_back_a_new_one_can_be_sent(case, dariusz):
    call = send_call(case, dariusz)
    rulings.take_call_back(call, reason="Pomyłka.", by=dariusz, moment=TUESDAY + DAY)

    again = send_call(case, dariusz, moment=TUESDAY + DAY)

    assert again.status == CallStatus.SENT


# Past the last day


LATE = at(date(2026, 12, 29))


def draft_of_call(case, dariusz, moment):
    rulings.draft_call(case, missing="Podpis.", by=dariusz, moment=moment)


def suspension(case, dariusz, moment):
    cases.suspend(case, reason="Zagadnienie wstępne.", by=dariusz, moment=moment)


def another_officer(case, dariusz, moment):
    cases.assign(case, officer=dariusz, by=dariusz, moment=moment)


@pytest.mark.parametrize("verb", [draft_of_call, suspension, another_officer])
def test_past_the_last_day_nothing_stops_the_term_before_the_party_is_told(case, dariusz, verb):
    """L6: and once the notice of delay has gone, the same verb is done."""
    with pytest.raises(Refused, match="zawiadomienie o zwłoce"):
        verb(case, dariusz, LATE)

    cases.extend(case, new_date=date(2027, 1, 20), reason="Czekamy na dane.", by=dariusz, moment=LATE)

    verb(case, dariusz, LATE)


def test_a_call_written_in_time_is_not_sent_past_the_last_day_without_the_notice(case, dariusz):
    """L6: a call stops the term, so it would hide the delay."""
    call = rulings.draft_call(case, missing="Podpis.", by=dariusz, moment=TUESDAY)

    with pytest.raises(Refused, match="zawiadomienie o zwłoce"):
        rulings.send_call(call, by=dariusz, moment=LATE)

    case.refresh_from_db()
    assert case.status == CaseStatus.IN_PROGRESS


def test_on_the_last_day_itself_nothing_is_blocked(case, dariusz):
    """L6"""
    suspension(case, dariusz, at(date(2026, 12, 28), 23, 59))

    assert case.status == CaseStatus.SUSPENDED


def test_an_overdue_case_may_always_be_settled(case, dariusz):
    """L6: the law wants it settled without delay (KPA art. 12), so the notice never stands before a decision."""
    confirm_identity(case.person, dariusz)

    decision = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=LATE)
    rulings.sign_decision(decision, by=dariusz, moment=LATE)

    assert case.status == CaseStatus.DECIDED


# Decisions


def test_no_decision_while_annas_identity_is_only_declared(case, dariusz):
    decision = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=TUESDAY)

    with pytest.raises(Refused, match="potwierdź tożsamość"):
        rulings.sign_decision(decision, by=dariusz, moment=TUESDAY)

    decision.refresh_from_db()
    assert (decision.status, case.status) == (DecisionStatus.DRAFT, CaseStatus.IN_PROGRESS)


def test_a_signed_decision_has_every_part_of_article_107(case, dariusz):
    """L13"""
    decision = sign(case, dariusz)

    decision.refresh_from_db()
    assert (decision.authority, decision.party) == ("Burmistrz Pruszcza Gdańskiego", "Anna Kowalska")
    assert (decision.legal_basis, decision.instruction) == ("Tekst: legal_basis.", "Służy odwołanie.")
    assert (decision.signatory_name, decision.signatory_position) == ("Dariusz Lis", "kierownik referatu")
    assert decision.decided_on == date(2026, 11, 24)
    assert (decision.signed_by, decision.drafted_by) == (dariusz.subject, make_colleague(case.unit).subject)
    assert case.deadlines.get().closed_at == TUESDAY


@pytest.mark.parametrize("part, label", [("ruling", "rozstrzygnięcie"), ("reasons", "uzasadnienie")])
def test_a_decision_without_a_part_is_not_signed(case, dariusz, part, label):
    """L13"""
    confirm_identity(case.person, dariusz)
    texts = {"ruling": "Ustalam.", "reasons": "Bo.", part: "  "}
    decision = rulings.draft_decision(case, **texts, by=make_colleague(case.unit), moment=TUESDAY)

    with pytest.raises(Refused, match=label):
        rulings.sign_decision(decision, by=dariusz, moment=TUESDAY)


def test_nobody_without_a_position_signs(case, dariusz):
    """L13"""
    confirm_identity(case.person, dariusz)
    decision = rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=TUESDAY)
    dariusz.position = ""

    with pytest.raises(Refused, match="stanowisko"):
        rulings.sign_decision(decision, by=dariusz, moment=TUESDAY)


def test_a_signed_decision_never_changes(case, dariusz):
    """L13: the database refuses, whoever asks."""
    sign(case, dariusz)

    with pytest.raises(ProgrammingError, match="Cannot update"):
        Decision.objects.update(ruling="Jednak inaczej.")


def test_a_second_click_signs_nothing_twice(case, dariusz):
    decision = sign(case, dariusz)
    stale = Decision.objects.get(pk=decision.pk)
    stale.status = DecisionStatus.DRAFT

    with pytest.raises(Refused, match="już podpisana"):
        rulings.sign_decision(stale, by=dariusz, moment=TUESDAY + DAY)


def test_a_decision_collected_counts_from_that_day_and_turns_final_after_two_weeks(case, dariusz):
    """L14"""
    decision = sign(case, dariusz)

    rulings.record_delivery(
        decision,
        channel="post",
        proof="zwrotka 1",
        sent_on=date(2026, 11, 25),
        collected_on=date(2026, 12, 11),
        by=dariusz,
        moment=at(date(2026, 12, 14)),
    )

    assert rulings.appeal_until(case) == date(2026, 12, 28)
    assert rulings.make_final_all(moment=at(date(2026, 12, 28), 23, 59)) == 0
    assert rulings.make_final_all(moment=at(date(2026, 12, 29), 0, 1)) == 1
    case.refresh_from_db()
    assert case.status == CaseStatus.FINAL


def test_a_decision_nobody_collected_is_served_on_the_fourteenth_day(case, dariusz):
    """L14: computed, on a working day; before it the clerk is told to wait."""
    decision = sign(case, dariusz)
    notice = {
        "channel": "post",
        "proof": "zwrotka 4",
        "sent_on": date(2026, 11, 25),
        "first_notice_on": date(2026, 11, 28),
        "by": dariusz,
    }

    with pytest.raises(Refused, match="można jeszcze odebrać"):
        rulings.record_delivery(decision, **notice, moment=at(date(2026, 12, 11)))
    delivery = rulings.record_delivery(decision, **notice, moment=at(date(2026, 12, 16)))

    assert delivery.effective_on == date(2026, 12, 14)  # the 12th is a Saturday


def test_collecting_after_the_fourteen_days_changes_nothing(case, dariusz):
    """L14"""
    delivery = rulings.record_delivery(
        sign(case, dariusz),
        channel="ade",
        proof="dowód 3",
        sent_on=date(2026, 11, 25),
        first_notice_on=date(2026, 11, 25),
        collected_on=date(2026, 12, 15),
        by=dariusz,
        moment=at(date(2026, 12, 16)),
    )

    assert delivery.effective_on == date(2026, 12, 9)


def test_a_decision_under_appeal_does_not_turn_final(case, dariusz):
    decision = sign(case, dariusz)
    sent = {"channel": "in_person", "sent_on": date(2026, 11, 25), "collected_on": date(2026, 11, 25)}
    rulings.record_delivery(decision, **sent, by=dariusz, moment=at(date(2026, 11, 25)))

    rulings.record_appeal(case, day=date(2026, 12, 1), by=dariusz, moment=at(date(2026, 12, 1)))

    assert rulings.make_final_all(moment=at(date(2027, 1, 1))) == 0
    with pytest.raises(Refused, match="odwołanie"):
        rulings.make_final(case, moment=at(date(2027, 1, 1)))
