"""A case told to Anna: where it stands, what is ahead, what happened; and what of it stands in „Co u mnie”."""

import uuid
from datetime import date, timedelta

import pytest

from eboi.actions import cases, correspondence, filing, rulings
from eboi.agenda import agenda, search_entries
from eboi.models import Case, Pause
from eboi.search import matters
from eboi.statuses import CaseStatus
from eboi.timeline import SENTENCES, pauses_explained, status_sentence, steps, story_of, timeline
from residents.models import IdentityConfirmation
from tests.factories import TUESDAY, at, make_case, make_colleague, make_person
from ui.agenda import Kind

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(kowalska, dariusz):
    case = make_case(kowalska, dariusz)
    cases.take_up(case, by=dariusz, moment=TUESDAY + timedelta(hours=1))
    return case


def call(case, by, moment):
    made = rulings.draft_call(case, missing="Umowa najmu", by=by, moment=moment)
    rulings.send_call(made, by=by, moment=moment)
    return made


def told(case):
    return [(event.title, event.text) for event in timeline(story_of(Case.objects.get(pk=case.pk)))]


@pytest.mark.parametrize("status", CaseStatus)
def test_every_state_has_its_sentence_to_the_person(status):
    assert SENTENCES[status]().endswith(".")


def test_anna_reads_why_a_call_was_taken_back_and_that_she_owes_nothing(case, dariusz):
    made = call(case, dariusz, TUESDAY + DAY)
    rulings.take_call_back(made, reason="Umowa była w załączniku.", by=dariusz, moment=TUESDAY + 2 * DAY)

    assert told(case)[:2] == [
        ("Urząd cofnął prośbę o uzupełnienie. Nie musisz nic wysyłać", "Umowa była w załączniku."),
        ("Urząd poprosił o uzupełnienie", "Umowa najmu"),
    ]
    assert pauses_explained(story_of(case).pauses) == []


def test_a_call_that_was_written_and_never_sent_is_not_told(case, dariusz):
    """S21"""
    rulings.draft_call(case, missing="Umowa najmu", by=dariusz, moment=TUESDAY + DAY)
    cases.complete(case, outcome="Przyjęto.", by=dariusz, moment=TUESDAY + 3 * DAY)

    assert told(case)[0] == ("Urząd załatwił sprawę", "Przyjęto.")
    assert "Umowa najmu" not in str(told(case))


def test_what_happened_is_told_newest_first(case, dariusz, anna):
    """L12"""
    made = call(case, dariusz, TUESDAY + DAY)
    rulings.answer_call(made, text="Oto ona", by=anna, moment=TUESDAY + 2 * DAY)
    case.refresh_from_db()
    correspondence.add_note(case, text="tajne", by=dariusz, moment=TUESDAY + 2 * DAY)
    cases.complete(case, outcome="Przyjęto.", by=dariusz, moment=TUESDAY + 3 * DAY)

    assert told(case) == [
        ("Urząd załatwił sprawę", "Przyjęto."),
        ("Twoje uzupełnienie dotarło do urzędu", "Oto ona"),
        ("Urząd poprosił o uzupełnienie", "Umowa najmu"),
        ("Urząd założył sprawę OS.3160.1.2026", ""),
        ("Zgłoszenie wpłynęło do urzędu", "RPW/1/2026"),
    ]


def test_a_draft_of_a_call_or_of_a_decision_is_not_told(case, dariusz):
    """S21"""
    rulings.draft_call(case, missing="PROJEKT", by=dariusz, moment=TUESDAY)
    rulings.draft_decision(case, ruling="PROJEKT", reasons="x", by=dariusz, moment=TUESDAY)

    story = story_of(Case.objects.select_related("decision").get(pk=case.pk))

    assert (story.calls, story.decision, story.open_call) == ([], None, None)


def test_a_new_term_is_told_with_its_reason(case, dariusz):
    """L6"""
    cases.extend(case, new_date=date(2027, 1, 15), reason="Trzeba oględzin.", by=dariusz, moment=TUESDAY + DAY)

    assert ("Urząd wyznaczył nowy termin: 15\u00a0stycznia 2027\u00a0r.", "Trzeba oględzin.") in told(case)


def test_pauses_are_explained_in_sentences(case, dariusz, anna):
    """L5"""
    made = call(case, dariusz, at(date(2026, 11, 25)))
    now = pauses_explained(case.pauses.all())
    rulings.answer_call(made, text="Oto ona", by=anna, moment=at(date(2026, 12, 2)))

    assert now == ["Od 25\u00a0listopada 2026\u00a0r. termin nie biegnie, bo urząd czeka na uzupełnienie od Ciebie."]
    assert pauses_explained(Pause.objects.all()) == [
        "Od 25\u00a0listopada 2026\u00a0r. do 2\u00a0grudnia 2026\u00a0r. termin nie biegł, bo urząd czekał na uzupełnienie od Ciebie."
    ]


def test_the_road_shows_what_is_done_and_what_is_ahead(case):
    assert [(step.title, step.state) for step in steps(story_of(case))] == [
        ("Urząd otrzymał zgłoszenie", "done"),
        ("Urząd założył sprawę OS.3160.1.2026", "done"),
        ("Urząd sprawdza sprawę", "current"),
        ("Sprawa załatwiona", "waiting"),
    ]


def test_after_a_decision_the_road_goes_on_to_its_finality(case, dariusz, kowalska):
    IdentityConfirmation.objects.create(person=kowalska, level="desk", how="dowód", confirmed_by=dariusz.subject, at=TUESDAY)
    decision = rulings.draft_decision(case, ruling="Tak", reasons="Bo tak", by=make_colleague(case.unit), moment=TUESDAY)
    rulings.sign_decision(decision, by=dariusz, moment=TUESDAY + DAY)
    case = Case.objects.get(pk=case.pk)

    assert [(step.title, step.state) for step in steps(story_of(case))][3:] == [
        ("Urząd wydał decyzję", "done"),
        ("Decyzja doręczona", "current"),
        ("Decyzja ostateczna", "waiting"),
    ]
    assert status_sentence(case) == "Urząd wydał decyzję i doręczy Ci ją na piśmie."


# „Co u mnie” and search


def test_a_draft_waits_and_a_filing_has_changed(filled, kowalska, anna):
    waiting = [(item.kind, item.title) for item in agenda(kowalska, TUESDAY)]
    filing.submit(filled, by=anna, key=uuid.uuid4(), revision=filled.revision, sign_in_method="x", moment=TUESDAY)
    after = [(item.kind, item.text) for item in agenda(kowalska, TUESDAY)]

    assert waiting == [(Kind.WAITING, "Dokończ: Deklaracja o odpadach")]
    assert after == [(Kind.CHANGED, "Zgłoszenie RPW/1/2026 jest w urzędzie. Wkrótce założymy sprawę.")]


def test_a_call_and_a_message_wait_and_a_paused_term_is_not_due(case, kowalska, dariusz):
    before = [item.due_on for item in agenda(kowalska, TUESDAY) if item.kind == Kind.DUE]
    call(case, dariusz, TUESDAY)
    correspondence.write_to_resident(case, text="Dzień dobry", by=dariusz, moment=TUESDAY)

    items = agenda(kowalska, TUESDAY + DAY)

    assert before == [date(2026, 12, 28)]
    assert [item.title for item in items if item.kind == Kind.WAITING] == [
        "Uzupełnij sprawę OS.3160.1.2026",
        "Nowa wiadomość z urzędu w sprawie OS.3160.1.2026",
    ]
    assert [item for item in items if item.kind == Kind.DUE] == []


def test_nothing_of_anothers_case_stands_in_bartkas_agenda(case, bartek):
    """S17"""
    assert agenda(make_person(bartek, "Bartosz", "Inny"), TUESDAY) == []


@pytest.mark.parametrize("question", ["odpadach", "ODPAD", "deklaracja odp", "do-1", "smieci", "śmieci", ""])
def test_a_matter_is_found_by_what_people_call_it(do_1, question):
    do_1.keywords = "śmieci, wywóz"
    do_1.save()

    assert matters(question) == [do_1]


def test_what_is_not_offered_is_not_found(do_1):
    do_1.is_offered = False
    do_1.save()

    assert matters("") == []
    assert [entry.title for entry in search_entries(TUESDAY)] == ["Sprawdź potwierdzenie odbioru", "Oblicz termin"]
