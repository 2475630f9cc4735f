"""Opening and leading a case: marks, numbers, one officer, one open term, and nobody's own case."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from eboi.actions import cases, register, rulings, terms
from eboi.models import Case, CaseMessage, Deadline, Exclusion, IncomingLetter, JrwaClass
from eboi.statuses import CaseStatus, LetterStatus
from office.models import HolidayOverride
from office.transitions import Refused, StaleStatus, history_of
from office.working_days import Calendar
from tests.factories import TUESDAY, at, live_together, make_case, make_letter, make_matter, make_person, make_unit

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def moves(thing):
    return [(change.from_status, change.to_status, change.actor) for change in history_of(thing)]


def test_dariusz_opens_a_case_on_annas_letter(dariusz):
    """L9 L8 L4"""
    letter = make_letter(make_person())
    matter = make_matter(make_unit(dariusz))

    case = cases.open_case(letter, matter=matter, officer=dariusz, by=dariusz, moment=TUESDAY)

    assert (letter.rpw, case.mark) == ("RPW/1/2026", "OS.3160.1.2026")
    assert moves(letter) == [("registered", "attached", dariusz.subject)]
    assert IncomingLetter.objects.get().case == case
    assert (case.received_on, case.officer, case.status) == (date(2026, 11, 24), dariusz, CaseStatus.NEW)
    assert [deadline.due_on for deadline in case.deadlines.all()] == [date(2026, 12, 28)]


def test_a_letter_received_on_sunday_counts_from_sunday(dariusz):
    """L3"""
    case = make_case(make_person(), dariusz, moment=at(date(2026, 11, 22), 23, 50))

    assert case.received_on == date(2026, 11, 22)
    assert case.deadlines.get().due_on == date(2026, 12, 22)


def test_a_case_opened_a_minute_after_new_year_is_the_first_of_its_year(dariusz):
    """L8: the year is Warsaw's, where it comes an hour before UTC's."""
    make_case(make_person(), dariusz, moment=at(date(2026, 12, 31), 23, 59))

    case = make_case(make_person(), dariusz, moment=at(date(2027, 1, 1), 0, 1))

    assert case.mark == "OS.3160.1.2027"
    assert [letter.rpw for letter in IncomingLetter.objects.order_by("year")] == ["RPW/1/2026", "RPW/1/2027"]


def test_a_letter_from_nobody_known_opens_no_case(dariusz):
    """L1"""
    letter = make_letter(person=None, channel="email")

    with pytest.raises(Refused, match="wskaż w kartotece"):
        cases.open_case(letter, matter=make_matter(make_unit(dariusz)), officer=dariusz, by=dariusz, moment=TUESDAY)

    assert not Case.objects.exists()


def test_one_letter_opens_one_case(dariusz):
    case = make_case(make_person(), dariusz)
    letter = case.letters.get()

    with pytest.raises(StaleStatus):
        cases.open_case(letter, matter=case.matter, officer=dariusz, by=dariusz, moment=TUESDAY)

    assert Case.objects.count() == 1


def test_an_officer_of_another_unit_gets_no_case(dariusz, celina):
    """S24"""
    letter = make_letter(make_person())
    matter = make_matter(make_unit(celina))

    with pytest.raises(Refused, match="nie pracuje w komórce"):
        cases.open_case(letter, matter=matter, officer=dariusz, by=celina, moment=TUESDAY)


def test_a_class_out_of_force_opens_no_case(dariusz):
    matter = make_matter(make_unit(dariusz))
    JrwaClass.objects.update(valid_to=date(2026, 12, 31))

    with pytest.raises(Refused, match="nie obowiązuje"):
        make_case(make_person(), dariusz, moment=at(date(2027, 1, 1)), matter=matter)


def test_no_card_no_case_and_no_number_is_lost(dariusz):
    """L8"""
    matter = make_matter(make_unit(dariusz))
    matter.terms.update(valid_to=date(2020, 12, 31))

    with pytest.raises(Refused, match="nie ma karty usługi"):
        make_case(make_person(), dariusz, matter=matter)
    matter.terms.update(valid_to=None)

    assert make_case(make_person(), dariusz, matter=matter).mark == "OS.3160.1.2026"


def test_dariusz_does_not_open_his_own_case_and_the_attempt_stays_on_record(dariusz):
    """L11"""
    letter = make_letter(make_person(account=dariusz, first_name="Dariusz", last_name="Lis"))
    matter = make_matter(make_unit(dariusz))

    with pytest.raises(Refused, match="To Twoja sprawa"):
        cases.open_case(letter, matter=matter, officer=dariusz, by=dariusz, moment=TUESDAY)

    assert not Case.objects.exists()
    assert [(entry.letter, entry.clerk, entry.tried) for entry in Exclusion.objects.all()] == [
        (letter, dariusz.subject, "open_case")
    ]


def test_nobody_assigns_dariusz_a_case_of_his_household(dariusz, celina):
    """L11: also when somebody else picks him."""
    anna = make_person()
    live_together(make_person(account=dariusz, first_name="Dariusz"), anna)
    case = make_case(anna, celina)
    make_unit(dariusz)

    with pytest.raises(Refused, match="nie może prowadzić"):
        cases.assign(case, officer=dariusz, by=celina, moment=TUESDAY)

    case.refresh_from_db()
    assert case.officer == celina
    assert [(entry.case, entry.clerk, entry.tried_by) for entry in Exclusion.objects.all()] == [
        (case, dariusz.subject, celina.subject)
    ]


def test_the_record_of_the_attempt_survives_a_caller_that_refuses_in_its_own_transaction(dariusz):
    """L11: as Django's admin does, which catches the refusal inside its transaction."""
    case = make_case(person := make_person(), dariusz)
    person.account = dariusz
    person.save()

    with transaction.atomic(), pytest.raises(Refused):
        cases.take_up(case, by=dariusz, moment=TUESDAY)

    assert Exclusion.objects.get().tried == "take_up"


def test_without_the_guard_dariusz_would_handle_his_own_case(dariusz):
    """L11 control: only the person's account makes the difference."""
    case = make_case(make_person(), dariusz)

    cases.take_up(case, by=dariusz, moment=TUESDAY)

    assert case.status == CaseStatus.IN_PROGRESS


def test_two_clerks_take_up_one_case_and_the_slower_is_told(dariusz, celina):
    case = make_case(make_person(), dariusz)
    stale = Case.objects.get(pk=case.pk)
    cases.take_up(case, by=dariusz, moment=TUESDAY)

    with pytest.raises(StaleStatus, match="Ktoś był szybszy"):
        cases.take_up(stale, by=celina, moment=TUESDAY)


def test_a_suspension_gives_the_office_its_days_back(dariusz):
    """L5"""
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)

    cases.suspend(case, reason="Czekamy na wyrok sądu.", by=dariusz, moment=at(date(2026, 12, 1)))
    cases.resume(case, by=dariusz, moment=at(date(2026, 12, 11)))

    assert case.deadlines.get().due_on == date(2027, 1, 4)  # 24 December and ten days is a Sunday
    assert [(pause.since, pause.until) for pause in case.pauses.all()] == [(date(2026, 12, 1), date(2026, 12, 11))]


def test_an_extension_names_reason_day_and_the_way_to_complain(dariusz):
    """L6"""
    case = make_case(make_person(), dariusz)

    cases.extend(case, new_date=date(2027, 1, 20), reason="Potrzebne są oględziny.", by=dariusz, moment=at(date(2026, 12, 21)))

    old, new = case.deadlines.all()
    assert (old.closed_at, new.due_on, new.reason) == (at(date(2026, 12, 21)), date(2027, 1, 20), "Potrzebne są oględziny.")
    notice = CaseMessage.objects.get()
    assert notice.kind == CaseMessage.Kind.FROM_OFFICE
    assert "Potrzebne są oględziny." in notice.text
    assert "Służy ponaglenie." in notice.text


@pytest.mark.parametrize(
    "new_date, reason, why",
    [
        (date(2027, 1, 20), " ", "Podaj powód"),
        (date(2026, 12, 28), "Powód.", "musi być późniejszy"),
        (date(2027, 1, 6), "Powód.", "dzień wolny"),
    ],
)
def test_an_extension_without_a_reason_or_a_later_working_day_is_refused(dariusz, new_date, reason, why):
    """L6"""
    case = make_case(make_person(), dariusz)

    with pytest.raises(Refused, match=why):
        cases.extend(case, new_date=new_date, reason=reason, by=dariusz, moment=at(date(2026, 12, 21)))

    assert case.deadlines.get().closed_at is None


def test_the_queue_shows_the_overdue_first_and_the_paused_last(dariusz):
    person = make_person()
    paused, late, fresh = [make_case(person, dariusz, moment=at(date(2026, 11, day))) for day in (2, 3, 24)]
    cases.take_up(paused, by=dariusz, moment=TUESDAY)
    cases.suspend(paused, reason="Czekamy.", by=dariusz, moment=TUESDAY)

    assert list(Case.objects.queue()) == [late, fresh, paused]
    assert list(Case.objects.overdue_on(date(2026, 12, 4))) == [late]


def test_a_forwarded_case_says_to_whom(dariusz):
    """L15"""
    case = make_case(make_person(), dariusz)

    cases.forward(case, authority="Starosta Gdański", reason="Drogą zarządza powiat.", by=dariusz, moment=TUESDAY)

    assert case.outcome == "Przekazana według właściwości: Starosta Gdański."
    assert case.deadlines.get().closed_at == TUESDAY


def test_a_correct_declaration_is_settled_without_a_decision_and_without_seeing_a_document(dariusz):
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)

    cases.complete(case, outcome="Przyjęto deklarację.", by=dariusz, moment=TUESDAY + DAY)

    assert (case.status, case.closed_at) == (CaseStatus.COMPLETED, TUESDAY + DAY)
    assert not Deadline.objects.filter(closed_at__isnull=True).exists()


def test_a_new_day_off_moves_open_terms_and_the_old_day_stays_in_the_history(dariusz):
    """L4"""
    case = make_case(make_person(), dariusz)
    closed = make_case(make_person(), dariusz)
    cases.withdraw(closed, by=None, reason="", moment=TUESDAY)
    HolidayOverride.objects.create(day=date(2026, 12, 28), is_day_off=True, name="Dzień wolny", source="zarządzenie")

    moved = terms.recompute_deadlines(by=dariusz, moment=at(date(2026, 12, 1)))

    deadline = case.deadlines.get()
    assert (moved, deadline.due_on, closed.deadlines.get().due_on) == (1, date(2026, 12, 29), date(2026, 12, 28))
    assert terms.recompute_deadlines(by=dariusz, moment=at(date(2026, 12, 1))) == 0
    assert Calendar.of_office().is_day_off(date(2026, 12, 28))
    events = Deadline.pgh_event_model.objects.filter(pgh_obj=deadline).order_by("pgh_id")
    assert [event.due_on for event in events] == [date(2026, 12, 28), date(2026, 12, 29)]
    assert events.last().pgh_context.metadata["verb"] == "recompute_deadlines"


def test_a_letter_goes_to_a_unit_comes_back_and_is_noted(celina):
    """L9"""
    letter = make_letter()
    unit = make_unit()

    register.direct(letter, unit=unit, by=celina, moment=TUESDAY)
    register.give_back(letter, reason="Nie nasza.", by=celina, moment=TUESDAY)
    register.note(letter, reason="Reklama.", by=celina, moment=TUESDAY)

    assert [to for _, to, _ in moves(letter)] == ["directed", "registered", "noted"]
    assert (letter.status, letter.unit, letter.rpw) == (LetterStatus.NOTED, None, "RPW/1/2026")


def test_a_paper_letter_registered_after_new_year_keeps_its_day_of_receipt(celina):
    letter = register.register_letter(
        channel="paper",
        received_at=at(date(2026, 12, 31), 14),
        sender_name="Firma",
        subject="Oferta",
        by=celina,
        moment=at(date(2027, 1, 4)),
    )

    assert (letter.rpw, letter.received_at) == ("RPW/1/2027", at(date(2026, 12, 31), 14))


@pytest.mark.parametrize("stands", ["waiting", "suspended"])
def test_a_case_that_waits_or_stands_still_is_not_taken_up_past_its_pause(dariusz, stands):
    """L5: found by the long run of test_always: the case went on while its term stood still for ever."""
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    if stands == "suspended":
        cases.suspend(case, reason="Czekamy.", by=dariusz, moment=TUESDAY)
    else:
        rulings.send_call(rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=TUESDAY), by=dariusz, moment=TUESDAY)
    before = case.status

    for verb in [cases.take_up, *([cases.resume] if stands == "waiting" else [])]:
        with pytest.raises(Refused, match="stan sprawy zmienił się"):
            verb(case, by=dariusz, moment=TUESDAY)

    case.refresh_from_db()
    assert case.status == before


@pytest.mark.parametrize("verb", ["answer_call", "take_call_back", "accept_answer_on_paper"])
def test_a_call_that_was_never_sent_moves_no_suspended_case(dariusz, verb):
    """L5: found by the long run too: only a sent call has something to answer or to take back."""
    case = make_case(make_person(), dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY)
    call = rulings.draft_call(case, missing="Umowa.", by=dariusz, moment=TUESDAY)
    cases.suspend(case, reason="Czekamy.", by=dariusz, moment=TUESDAY)
    typed = {"answer_call": {"text": "Dosyłam."}, "take_call_back": {"reason": "Pomyłka."}}.get(verb, {})

    with pytest.raises(Refused):
        getattr(rulings, verb)(call, **typed, by=dariusz, moment=TUESDAY)

    assert (Case.objects.get().status, call.status) == (CaseStatus.SUSPENDED, "draft")
