"""Two people press at the same moment, on real connections: one wins, the other is told, and the case stays in order."""

from datetime import date, timedelta

import pytest

from eboi.actions import cases, outgoing, rulings, terms
from eboi.models import Case, Deadline, Decision, DefectCall, OutgoingLetter
from eboi.statuses import CallStatus, CaseStatus
from office import transitions
from office.models import HolidayOverride
from office.transitions import history_of
from tests.factories import TUESDAY, at, make_case, make_colleague, make_person, make_unit
from tests.races import done_at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 8


@pytest.fixture
def called(dariusz):
    """`called()`: a case that waits for Anna, her last day is 4 December."""

    def make():
        case = make_case(make_person(), dariusz)
        cases.take_up(case, by=dariusz, moment=TUESDAY)
        call = rulings.draft_call(case, missing="Załącznik.", by=dariusz, moment=TUESDAY)
        rulings.send_call(call, by=dariusz, moment=TUESDAY)
        day = date(2026, 11, 27)
        rulings.record_call_service(call, channel="post", sent_on=day, collected_on=day, proof="1", by=dariusz, moment=at(day))
        return call

    return make


def fresh(call):
    return DefectCall.objects.select_related("case__person").get(pk=call.pk)


def test_annas_answer_of_the_last_minute_and_the_clerk_of_the_next_day_do_not_both_win(called, dariusz):
    """L7"""
    for _ in range(ROUNDS):
        call = called()
        one, other = fresh(call), fresh(call)

        came = done_at_once(
            lambda one=one: rulings.answer_call(one, text="Dosyłam.", by=dariusz, moment=at(date(2026, 12, 4), 23, 59)),
            lambda other=other: rulings.lapse_call(other, by=dariusz, moment=at(date(2026, 12, 5), 0, 1)),
        )

        call, is_cured = fresh(call), came[0] is True
        assert came.count(True) == 1
        assert (call.status == CallStatus.CURED) == is_cured
        assert (call.case.status == CaseStatus.IN_PROGRESS) == is_cured
        assert Deadline.objects.filter(case=call.case, closed_at=None).count() == is_cured


def test_nobody_waits_in_a_ring(called, dariusz):
    """Withdrawing, answering and a change of the calendar lock the same rows; none ends in a deadlock."""
    for round_ in range(ROUNDS):
        call = called()
        one, case = fresh(call), Case.objects.get(pk=call.case_id)
        HolidayOverride.objects.create(day=date(2026, 12, 4) + timedelta(days=round_), is_day_off=True, name="-", source="-")
        moment = at(date(2026, 12, 1))

        came = done_at_once(
            lambda one=one, moment=moment: rulings.answer_call(one, text="Dosyłam.", by=dariusz, moment=moment),
            lambda case=case, moment=moment: cases.withdraw(case, by=dariusz, reason="Pomyłka.", moment=moment),
            lambda moment=moment: terms.recompute_deadlines(by=dariusz, moment=moment),
        )

        assert came[2] is True
        assert came[:2].count(True) == 1
        assert Deadline.objects.filter(case=case, closed_at=None).count() == (came[0] is True)


def test_a_double_click_writes_one_call_and_one_draft(dariusz):
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    copies = [Case.objects.get(pk=case.pk) for _ in range(4)]

    calls = done_at_once(
        *(lambda copy=copy: rulings.draft_call(copy, missing="Podpis.", by=dariusz, moment=TUESDAY) for copy in copies)
    )
    drafts = done_at_once(
        *(
            lambda copy=copy: rulings.draft_decision(copy, ruling="A.", reasons="B.", by=dariusz, moment=TUESDAY)
            for copy in copies
        )
    )

    assert (calls.count(True), DefectCall.objects.count()) == (1, 1)
    assert (drafts.count(True), Decision.objects.count()) == (4, 1)


def test_two_who_sign_at_once_sign_once(dariusz):
    """L13"""
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    case.person.identity_confirmations.create(level="desk", how="dowód", at=TUESDAY)
    rulings.draft_decision(case, ruling="Ustalam.", reasons="Bo.", by=make_colleague(case.unit), moment=TUESDAY)
    copies = [Case.objects.get(pk=case.pk).decision for _ in range(4)]

    came = done_at_once(*(lambda copy=copy: rulings.sign_decision(copy, by=dariusz, moment=TUESDAY) for copy in copies))

    assert came.count(True) == 1
    assert Case.objects.get().status == CaseStatus.DECIDED


# Two clerks, one case


@pytest.fixture
def opened(dariusz):
    """`opened()`: a new case of a unit with two clerks, and a way in which each of them takes it up at once."""
    gabriela = make_colleague(make_unit(dariusz))

    def make():
        case = make_case(make_person(), dariusz)
        copies = [Case.objects.select_related("person").get(pk=case.pk) for _ in range(2)]
        pairs = zip(copies, (dariusz, gabriela), strict=True)
        came = done_at_once(*(lambda copy=copy, by=by: cases.take_up(copy, by=by, moment=TUESDAY) for copy, by in pairs))
        return case, came

    return make


def test_of_two_clerks_one_takes_the_case_up_and_the_other_is_told(opened):
    """L5: a conditional update; the slower one reads that somebody was faster, and history tells of one move."""
    for _ in range(ROUNDS):
        case, came = opened()

        assert came.count(True) == 1
        assert any("Ktoś był szybszy" in str(words) for words in came)
        assert history_of(case).count() == 1


def test_control_without_the_condition_both_take_it_up(opened, monkeypatch):
    """L5: the guard is what refuses."""
    monkeypatch.setattr(transitions, "MOVE", transitions.MOVE.replace("and status = %s", "and %s <> ''"))

    both = [came.count(True) for _case, came in (opened() for _ in range(ROUNDS))]

    assert 2 in both


def test_numbers_of_the_outgoing_register_have_no_gap_when_many_send_at_once(dariusz):
    """L9 F1"""
    case = make_case(make_person(), dariusz)
    given = {"kind": "letter", "channel": "post", "by": dariusz, "moment": TUESDAY}

    came = done_at_once(*(lambda n=n: outgoing.send_to_party(case, subject=f"Pismo {n}", **given) for n in range(12)))

    assert came.count(True) == 12
    assert sorted(OutgoingLetter.objects.values_list("number", flat=True)) == list(range(1, 13))
