"""Consultations as residents walk them: a survey answered and sent once, a vote on projects, every public page in every phase."""
# ruff: noqa: F811  fixtures are imported by name

import re
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from consultations import ballot_box, keys
from consultations.models import Activity, Consultation, Envelope, IntegrityLevel, SurveyDraft
from consultations.statuses import ConsultationStatus, EnvelopeState, Phase
from office.models import Message
from tests.consultations import announced, balloted, cast, reported, voted
from tests.consultations.written import list_ballots, make_document
from tests.factories import live_together, make_person
from tests.journeys.consulted import DESK, EVERY_KIND, PHONE, browser_of, check, faults, first_rows, go, open_survey  # noqa: F401 fixtures


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(text))


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def code_of_the_last_letter():
    return re.search(r"^    (\d{6})$", Message.objects.latest("created_at").text, re.MULTILINE)[1]


def here(survey):
    return survey.consultation.slug, survey.code


def sealed_with_others(survey, count=ballot_box.K_BATCH):
    version = survey.versions.get().version
    for number in range(count):
        ballot_box.accept(survey, token=f"inny {number}", answers=cast.SMALL_ANSWERS, version=version, faces=[])
    ballot_box.seal(survey, moment=timezone.now())


# A survey


def test_ewa_answers_saves_comes_back_sends_and_finds_her_voice_in_the_box(page, go, live_server, check, faults, complaints):
    """Slices 2, 5 and 10, on a phone and without an account."""
    survey = open_survey()
    go("consultation", survey.consultation.slug)
    page.get_by_role("link", name="Wypełnij ankietę").first.click()
    check(page, "survey-cover", dark=True)
    page.get_by_role("link", name="Zacznij odpowiadać").click()
    press(page, "Dalej")
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, "survey-screen-errors", dark=True)

    page.get_by_label("Tak", exact=True).check()
    page.get_by_label("Co jeszcze chcesz powiedzieć?").fill("Latem jest tu za gorąco.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Zapisano o", timeout=8000)
    check(page, "survey-screen-saved")
    press(page, "Zapisz i wróć później")
    heading(page, "Zapisaliśmy odpowiedzi")
    check(page, "survey-kept")
    press(page, "Wyślij link")
    expect(page.get_by_text("Wpisz adres e-mail.").first).to_be_visible()
    check(page, "survey-kept-error")
    page.get_by_label("Adres e-mail").fill("ewa@example.com")
    press(page, "Wyślij link")
    expect(page.get_by_text("Wysłaliśmy link na podany adres.")).to_be_visible()
    check(page, "survey-kept-sent")
    link = re.sub(r"^https?://[^/]+", live_server.url, page.locator(".secret-link").inner_text().strip())

    go("instrument", *here(survey))
    expect(page.get_by_text("Zapisane odpowiedzi czekają")).to_be_visible()
    check(page, "survey-cover-kept")
    page.get_by_role("link", name="Dokończ").click()
    heading(page, "Sprawdź odpowiedzi")
    expect(page.get_by_text("Latem jest tu za gorąco.")).to_be_visible()
    check(page, "survey-review")
    press(page, "Wyślij głos")

    heading(page, "głos jest w urnie")
    check(page, "survey-sent", dark=True)
    digits = "".join(page.locator(".voice-receipt__digits").inner_text().split())
    assert bytes(survey.envelopes.get().commitment).hex() == digits
    assert not SurveyDraft.objects.exists()
    page.goto(link)  # what was sent is not kept
    expect(page.get_by_text("nie ma już zapisanych odpowiedzi")).to_be_visible()

    sealed_with_others(survey)
    go("box", *here(survey))
    check(page, "box", dark=True)
    page.get_by_role("link", name="Sprawdź swoje potwierdzenie").click()
    check(page, "receipt-empty")
    page.get_by_label("Numer potwierdzenia").fill(digits[:40])
    press(page, "Sprawdź")
    expect(page.get_by_text("Numer ma 64 znaki, a wpisano 40.")).to_be_visible()
    check(page, "receipt-error")
    page.get_by_label("Numer potwierdzenia").fill(digits)
    press(page, "Sprawdź")
    expect(page.get_by_text("Zapieczętowany w partii 1")).to_be_visible()
    page.get_by_text("Dowód dla dociekliwych").click()
    check(page, "receipt-listed")
    assert (faults, [one for one in complaints if "422" not in one]) == ([], [])


def test_the_same_road_without_a_script(browser_of, go, live_server):
    survey = open_survey()
    phone = browser_of(size=PHONE, java_script_enabled=False)
    go("instrument", *here(survey), on=phone)
    phone.get_by_role("link", name="Zacznij odpowiadać").click()
    phone.get_by_label("Nie", exact=True).check()
    press(phone, "Zapisz i wróć później")
    link = re.sub(r"^https?://[^/]+", live_server.url, phone.locator(".secret-link").inner_text().strip())

    other = browser_of(size=PHONE, java_script_enabled=False)  # another device, by the secret link alone
    other.goto(link)
    other.get_by_role("link", name="Dokończ").click()
    expect(other.get_by_text("Nie", exact=True)).to_be_visible()
    press(other, "Wyślij głos")

    heading(other, "głos jest w urnie")
    assert survey.envelopes.count() == 1


def test_a_confirmed_address_answers_once_and_the_second_sending_is_refused_kindly(page, go, browser_of, check, faults):
    """C34: the code of the letter, a wrong code, a second voice of the same mailbox from another device."""
    survey = open_survey(integrity=IntegrityLevel.CONTACT, integrity_reason="Chcemy, żeby każdy odpowiedział raz.")

    def answer(device):
        go("survey_page", *here(survey), "ulica", on=device)
        device.get_by_label("Tak", exact=True).check()
        press(device, "Dalej")
        device.get_by_label("Adres e-mail").fill("ewa@example.com")
        press(device, "Wyślij mi kod")

    answer(page)
    check(page, "survey-code")
    page.get_by_label("Kod z listu").fill("000000")
    press(page, "Wyślij głos")
    expect(page.locator(".error-summary")).to_be_visible()
    check(page, "survey-code-error")
    page.get_by_label("Kod z listu").fill(code_of_the_last_letter())
    press(page, "Wyślij głos")
    heading(page, "głos jest w urnie")

    other = browser_of(size=PHONE)
    answer(other)
    other.get_by_label("Kod z listu").fill(code_of_the_last_letter())
    press(other, "Wyślij głos")

    heading(other, "Twój głos już jest w urnie")
    expect(other.get_by_text("Ten, który przyszedł pierwszy, zostaje bez zmian")).to_be_visible()
    check(other, "survey-refused")
    assert survey.envelopes.count() == 1
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_question_is_accessible_and_told_what_is_wrong(page, go, check, faults, scheme):
    survey = open_survey(EVERY_KIND)
    dark = scheme == "dark"
    for code in ("ulica", "reszta", "koniec"):
        go("survey_page", *here(survey), code)
        if code not in page.url:
            pytest.fail(f"led away from {code} to {page.url}")
        check(page, f"kinds-{code}", dark=dark, widths=(PHONE,) if dark else (DESK, PHONE))
        press(page, "Dalej")
        expect(page.locator(".error-summary")).to_be_visible()
        check(page, f"kinds-{code}-errors", dark=dark, widths=(PHONE,) if dark else (DESK, PHONE))
    go("survey_review", *here(survey))
    check(page, "kinds-review-missing")
    assert not faults, "\n".join(faults)


# A vote on projects


def test_anna_votes_on_projects_once(page, go, browser_of, anna, check, faults, complaints):
    """Slices 4 and 5, at the level of a declaration: the card, its errors, the check, the receipt; a second card is refused."""
    consultation = cast.make_consultation(integrity=IntegrityLevel.DECLARED)
    keys.make(consultation)
    vote = cast.make_budget(consultation)
    live_together(make_person(anna))
    go("projects", *here(vote))
    check(page, "projects", dark=True)
    page.get_by_label("Szukaj projektu").fill("nie ma takiego")
    press(page, "Szukaj")
    check(page, "projects-none")
    go("project", *here(vote), "1")
    check(page, "project")
    go("budget_vote", *here(vote))
    expect(page.get_by_text("Żeby oddać głos, zaloguj się")).to_be_visible()
    check(page, "vote-visitor")

    phone = browser_of(anna, strong=False, size=PHONE)
    go("budget_vote", *here(vote), on=phone)
    check(phone, "vote-card", dark=True)
    for number in (1, 2, 3):
        phone.get_by_label(f"Projekt {number}").check()
    press(phone, "Sprawdź głos")
    expect(phone.get_by_text(re.compile("można najwyżej.2")).first).to_be_visible()
    check(phone, "vote-card-errors")
    phone.get_by_label("Projekt 2").uncheck()
    press(phone, "Sprawdź głos")
    heading(phone, "Sprawdź głos")
    check(phone, "vote-review", dark=True)
    press(phone, "Wyślij głos")
    expect(phone.get_by_text("Zaznacz oświadczenie").first).to_be_visible()
    check(phone, "vote-review-errors")
    phone.get_by_label("Oświadczam, że mieszkam").check()
    press(phone, "Wyślij głos")
    heading(phone, "głos jest w urnie")

    go("budget_vote", *here(vote), on=phone)
    phone.get_by_label("Projekt 2").check()
    press(phone, "Sprawdź głos")
    phone.get_by_label("Oświadczam, że mieszkam").check()
    press(phone, "Wyślij głos")
    heading(phone, "Twój głos już jest w urnie")
    check(phone, "vote-refused")
    assert vote.envelopes.count() == 1
    assert (faults, complaints) == ([], [])


@pytest.mark.parametrize(("name", "rules"), [
    ("choose-1", {"ballot_type": "choose-1", "card": {}, "least_age": 16, "guardian_below": 18, "age_source": "uchwała"}),
    ("cumulative", {"ballot_type": "cumulative", "card": {"most_marks": 3, "least_points": 1, "most_points": 3}, "rule": "greedy-points"}),
    ("ordinal", {"ballot_type": "ordinal", "card": {"most_marks": 3}}),
])  # fmt: skip
def test_cards_of_the_other_kinds_are_accessible(page, go, check, faults, name, rules):
    vote = cast.make_budget(voteable(), **rules)
    go("budget_vote", *here(vote))
    check(page, f"card-{name}")

    press(page, "Sprawdź głos")

    expect(page.locator(".error-summary")).to_be_visible()
    check(page, f"card-{name}-errors")
    assert not faults, "\n".join(faults)


def voteable():
    consultation = cast.make_consultation()
    keys.make(consultation)
    return consultation


# Every public page


IN_ANOTHER_WAY = {"consultations:home", "consultations:feed", "consultations:open_file"}  # the list in every phase below; files


def public_addresses():
    """Each address of consultations with the parts of a page that is there to be seen, signed out."""
    from consultations.urls import urlpatterns

    with transaction.atomic():  # files are kept only inside one
        announced_one = announced.make_announced()
    reported_one = reported.make_reported()
    parts = {
        **announced.arguments_of(announced_one),
        **reported.arguments_of(reported_one),
        **voted.arguments_of(voted.make_voted()),
        **balloted.arguments_of(balloted.make_balloted()),
    }
    names = [f"consultations:{one.name}" for one in urlpatterns]
    consultation = {"slug": reported_one.slug}
    return {name: reverse(name, kwargs=parts.get(name, consultation)) for name in names if name not in IN_ANOTHER_WAY}


def test_every_public_page_is_accessible(page, live_server, check, faults, complaints):
    """B12: all that consultations/urls.py names; a page that is added is walked here as soon as the guards of access know it."""
    seen = []
    for name, address in public_addresses().items():
        answer = page.request.get(live_server.url + address)
        if answer.status == 200 and "text/html" in answer.headers["content-type"]:
            page.goto(live_server.url + address)
            check(page, "all-" + name.removeprefix("consultations:"))
            seen.append(name)

    assert not faults, "\n".join(faults)
    assert complaints == []
    assert len(seen) > 20, seen


def test_the_results_of_a_survey_are_accessible(page, go, check, faults, complaints):
    """B12: plots with their tables, numbers that are held back, paper beside the portal; light and dark."""
    survey = cast.make_survey(cast.make_consultation(ConsultationStatus.REPORT_PUBLISHED, Phase.CLOSED))
    yes, no = {"trees": "yes", "travel": ["foot", "bike"]}, {"trees": "no", "travel": ["car"]}
    list_ballots(survey, *[yes] * 41, *[no] * 17, {"trees": "any"})
    list_ballots(survey, *[yes] * 9, no, channel="box")

    go("results", survey.consultation.slug)

    expect(page.get_by_text("Czy chcesz drzew wzdłuż ulicy?").first).to_be_visible()
    check(page, "results", dark=True)
    assert (faults, complaints) == ([], [])


PHASES = [
    ("before", ConsultationStatus.ANNOUNCED, Phase.BEFORE), ("open", ConsultationStatus.ANNOUNCED, Phase.OPEN),
    ("closed", ConsultationStatus.ANNOUNCED, Phase.CLOSED), ("suspended", ConsultationStatus.SUSPENDED, Phase.OPEN),
    ("cancelled", ConsultationStatus.CANCELLED, Phase.OPEN), ("analysis", ConsultationStatus.UNDER_ANALYSIS, Phase.CLOSED),
    ("archived", ConsultationStatus.ARCHIVED, Phase.CLOSED),
]  # fmt: skip


def test_every_phase_is_told_and_accessible(page, go, check, faults, complaints):
    """The page of the consultation in each phase, and the doors of a survey, a document and a vote when they are shut."""
    for name, status, phase in PHASES:
        consultation = cast.make_consultation(status, phase, title=f"Przebudowa ulicy Sportowej ({name})")
        keys.make(consultation)
        cast.make_meeting(consultation)
        survey, vote, document = cast.make_survey(consultation), cast.make_budget(consultation), make_document(consultation)
        go("consultation", consultation.slug)
        check(page, f"phase-{name}", dark=name == "open")
        if name in ("before", "closed", "suspended"):
            for page_name, one in (("instrument", survey), ("budget_vote", vote), ("document", document)):
                go(page_name, consultation.slug, one.code)
                check(page, f"phase-{name}-{page_name}", widths=(PHONE,))
    go("home")
    check(page, "home", dark=True)
    assert Activity.objects.count() == len(PHASES)
    assert (faults, complaints) == ([], [])


def test_a_voice_that_is_held_and_a_voice_that_was_not_admitted_are_told_without_blame(page, go, check, faults, anna, bartek):
    """C36: whoever comes with such a receipt reads why, what follows and whom to write."""
    from consultations.actions import settlements

    survey = open_survey()
    version = survey.versions.get().version
    receipt = ballot_box.accept(survey, token="x", answers=cast.SMALL_ANSWERS, version=version, faces=[])
    Envelope.objects.update(state=EnvelopeState.HELD, held_for=["network:1", "age"])
    go("receipt", *here(survey), query=f"?p={receipt.commitment_hex}")
    expect(page.get_by_text("do wyjaśnienia")).to_be_visible()
    check(page, "receipt-held")

    envelope = Envelope.objects.get()
    settlements.propose(
        envelope, is_admitted=False, reason="Ten sam głos z 65 telefonów.", whole_cluster=False, by=anna, moment=timezone.now()
    )
    settlements.confirm(Envelope.objects.get(), whole_cluster=False, by=bartek, moment=timezone.now())
    go("receipt", *here(survey), query=f"?p={receipt.commitment_hex}")
    expect(page.get_by_text("Ten sam głos z 65 telefonów.")).to_be_visible()
    check(page, "receipt-refused")
    assert not faults, "\n".join(faults)


def test_ewa_follows_a_consultation(page, go, check, faults, complaints):
    consultation = cast.make_consultation()
    go("follow", consultation.slug)
    press(page, "Chcę dostawać te wiadomości")
    expect(page.locator(".error-summary")).to_be_focused()
    check(page, "follow-error")

    page.get_by_label("Adres e-mail").fill("ewa@example.com")
    press(page, "Chcę dostawać te wiadomości")

    heading(page, "Sprawdź pocztę")
    assert Consultation.objects.get().closes_at > timezone.now() + timedelta(days=1)
    assert (faults, [one for one in complaints if "422" not in one]) == ([], [])
