"""What holds for every case after any sequence of verbs: one officer, exactly one open term while active, and none after."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from accounts.models import User
from eboi.actions import cases, correspondence, outgoing, rulings, service, terms
from eboi.models import Case, Deadline, Delivery, OutgoingLetter, Pause
from eboi.statuses import ACTIVE, OPEN_CALL, CaseStatus
from office.transitions import Refused, history_of
from office.working_days import Calendar
from tests.factories import TUESDAY, make_case, make_letter, make_person, make_unit

SHORT, LONG = (25, 20), (1000, 40)  # lives and the most steps of each: in the fast tier, and in `make soak`


class LifeOfACase(RuleBasedStateMachine):
    """Two clerks press any button at any time; a refusal changes nothing."""

    def __init__(self):
        super().__init__()
        self.life = transaction.atomic()  # each life is rolled back at its end
        self.life.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.life.__exit__(None, None, None)

    @initialize()
    def begin(self):
        self.clerks = [
            User.objects.create(email=f"{name.lower()}@pruszcz.example", name=name, position="referent")
            for name in ("Celina", "Dariusz")
        ]
        self.now = TUESDAY
        make_unit(*self.clerks)
        person = make_person()
        person.identity_confirmations.create(level="desk", how="dowód", at=TUESDAY)
        self.pk = make_case(person, self.clerks[0], moment=self.now).pk

    @property
    def case(self):
        return Case.objects.get(pk=self.pk)

    def press(self, verb, *args, **typed):
        before = self.case.status
        try:
            verb(*args, moment=self.now, **typed)
        except Refused:
            assert self.case.status == before

    @rule(days=st.integers(0, 20), hours=st.integers(0, 23))
    def time_passes(self, days, hours):
        self.now += timedelta(days=days, hours=hours)

    @rule(verb=st.sampled_from([cases.take_up, cases.resume, cases.suspend, cases.complete, cases.forward, cases.withdraw]))
    def a_verb(self, verb):
        typed = {
            cases.suspend: {"reason": "Czekamy."},
            cases.complete: {"outcome": "Przyjęto."},
            cases.forward: {"authority": "Starosta", "reason": "Nie nasza sprawa."},
            cases.withdraw: {"reason": ""},
        }
        self.press(verb, self.case, by=self.clerks[0], **typed.get(verb, {}))

    @rule(clerk=st.integers(0, 1))
    def assigned(self, clerk):
        self.press(cases.assign, self.case, officer=self.clerks[clerk], by=self.clerks[1])

    @rule(days=st.integers(-5, 60))
    def extended(self, days):
        day = self.now.date() + timedelta(days=days)
        self.press(cases.extend, self.case, new_date=day, reason="Potrzebne oględziny.", by=self.clerks[1])

    @rule(days=st.integers(5, 14))
    def called(self, days):
        self.press(rulings.draft_call, self.case, missing="Załącznik.", days=days, by=self.clerks[0])

    @precondition(lambda self: rulings.open_call(self.case))
    @rule(what=st.sampled_from(["send", "serve", "answer", "lapse", "paper", "take back"]))
    def about_the_call(self, what):
        call, by, day = rulings.open_call(self.case), self.clerks[0], self.now.date()
        if what == "send":
            self.press(rulings.send_call, call, by=by)
        elif what == "serve":
            self.press(rulings.record_call_service, call, channel="post", sent_on=day, collected_on=day, proof="1", by=by)
        elif what == "answer":
            self.press(rulings.answer_call, call, text="Dosyłam.", by=by)
        elif what == "paper":
            letter = make_letter(self.case.person, self.now)
            cases.attach_letter(letter, case=self.case, by=by, moment=self.now)
            self.press(rulings.accept_answer_on_paper, call, by=by)
        elif what == "take back":
            self.press(rulings.take_call_back, call, reason="Pomyłka.", by=by)
        else:
            self.press(rulings.lapse_call, call, by=by)

    @rule()
    def decided(self):
        self.press(rulings.draft_decision, self.case, ruling="Ustalam.", reasons="Bo.", by=self.clerks[0])
        if hasattr(self.case, "decision"):
            self.press(rulings.sign_decision, self.case.decision, by=self.clerks[1])

    @precondition(lambda self: self.case.status == CaseStatus.DECIDED)
    @rule()
    def served(self):
        day = self.now.date()
        given = {"channel": "in_person", "sent_on": day, "collected_on": day, "by": self.clerks[0]}
        self.press(rulings.record_delivery, self.case.decision, **given)

    @precondition(lambda self: self.case.status == CaseStatus.DECIDED)
    @rule(lies=st.booleans())
    def on_its_way(self, lies):
        day = self.now.date()
        self.press(rulings.send_decision, self.case.decision, channel="post", sent_on=day, by=self.clerks[0])
        if lies:
            self.press(
                outgoing.note_first_notice, self.case.outgoing.latest("registered_at", "number"), day=day, by=self.clerks[0]
            )

    @rule()
    def written(self):
        self.press(outgoing.write_letter, self.case, title="Pismo", text="Prosimy.", channel="plain", by=self.clerks[0])

    @rule(arrives=st.booleans())
    def served_apart(self, arrives):
        letter, day = self.case.outgoing.awaiting_proof().served_apart().first(), self.now.date()
        if letter and arrives:
            self.press(service.record_arrival, letter, collected_on=day, proof="1", by=self.clerks[0])
        elif letter:
            self.press(service.record_arrival, letter, first_notice_on=letter.sent_on, proof="1", by=self.clerks[1])

    @rule()
    def night(self):
        rulings.make_final_all(moment=self.now)
        terms.recompute_deadlines(by=None, moment=self.now)
        correspondence.mark_read(self.case, by=self.clerks[0], moment=self.now)

    @invariant()
    def one_officer_and_one_open_term_while_active(self):
        if not hasattr(self, "pk"):
            return
        case, is_waiting = self.case, self.case.status in (CaseStatus.WAITING_PARTY, CaseStatus.SUSPENDED)
        is_active = case.status in ACTIVE
        assert case.officer in self.clerks
        assert Deadline.objects.filter(case=case, closed_at__isnull=True).count() == is_active
        assert Pause.objects.filter(case=case, until__isnull=True).count() == is_waiting
        assert (case.closed_at is None) == is_active
        assert is_active or not case.calls.filter(status__in=OPEN_CALL).exists()
        assert case.received_on == TUESDAY.date()
        assert not Calendar.of_office().is_day_off(case.deadlines.last().due_on)

    @invariant()
    def nothing_is_served_twice_or_before_it_went(self):
        served = list(Delivery.objects.values_list("letter", "letter__sent_on", "effective_on"))
        assert len({letter for letter, _, _ in served}) == len(served)
        assert all(sent_on <= effective_on for _, sent_on, effective_on in served)

    @invariant()
    def what_left_is_numbered_without_gaps(self):
        for year in {letter.year for letter in OutgoingLetter.objects.all()}:
            numbers = OutgoingLetter.objects.filter(year=year).order_by("number").values_list("number", flat=True)
            assert list(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def history_is_unbroken(self):
        if hasattr(self, "pk"):
            moves = [(change.from_status, change.to_status) for change in history_of(self.case)]
            assert [to for _, to in moves[:-1]] == [old for old, _ in moves[1:]]
            assert self.case.status == (moves[-1][1] if moves else CaseStatus.NEW)


@pytest.mark.soak
@pytest.mark.django_db
def test_any_sequence_of_verbs_leaves_the_case_in_order():
    """L5 L7: and a refusal changes nothing."""
    lives, steps = LONG if settings.default.max_examples >= 10_000 else SHORT
    often = settings(max_examples=lives, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(LifeOfACase, settings=often)
