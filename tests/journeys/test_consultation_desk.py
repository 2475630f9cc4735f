"""The desk of consultations: two people for an announcement, a voice, an answer, a report and a paper card; then what residents see of it."""
# ruff: noqa: F811  fixtures are imported by name

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from consultations import ballot_box, keys
from consultations.actions import paper
from consultations.models import (
    Consultation,
    ConsultedDocument,
    Envelope,
    IntegrityLevel,
    PaperForm,
    Project,
    Remark,
    Report,
    Ruling,
    Voice,
)  # fmt: skip
from consultations.paper import last_day
from consultations.statuses import ConsultationStatus, EnvelopeState, PaperStatus, Phase
from pruszcz_portal import roles
from tests.conftest import make_user
from tests.consultations import cast
from tests.consultations.written import make_document, publish_voice, write_to
from tests.journeys.consulted import EVERY_KIND, browser_of, check, faults, first_rows, go, open_survey  # noqa: F401 fixtures


@pytest.fixture
def dariusz(transactional_db):
    return make_user("dariusz@pruszcz.example", "Dariusz Lis", roles.CONSULTATION_EDITOR, position="referat komunikacji")


@pytest.fixture
def zofia(transactional_db):
    return make_user("zofia@pruszcz.example", "Zofia Wrona", roles.CONSULTATION_APPROVER, position="sekretarz miasta")


@pytest.fixture
def maria(transactional_db):
    return make_user("maria@pruszcz.example", "Maria Gil", roles.MODERATOR)


@pytest.fixture
def olek(transactional_db):
    return make_user("olek@pruszcz.example", "Aleksander Sowa", roles.MODERATOR)


@pytest.fixture
def celina(transactional_db):
    return make_user("celina@pruszcz.example", "Celina Nowak", roles.PAPER_DESK)


@pytest.fixture
def marta(transactional_db):
    return make_user("marta@pruszcz.example", "Marta Duda", roles.PAPER_DESK)


@pytest.fixture
def at(live_server):
    """`at(page, thing, "verb", "?query")`: the page of a thing of the desk, of one of its verbs, or the list of a model."""

    def open_it(page, thing, verb="", query=""):
        name = f"admin:consultations_{thing._meta.model_name}"
        if isinstance(thing, type):
            address = reverse(f"{name}_{verb or 'changelist'}")
        else:
            address = reverse(f"{name}_verb", args=[thing.pk, verb]) if verb else reverse(f"{name}_change", args=[thing.pk])
        page.goto(live_server.url + address + query)
        return page

    return open_it


def press(page, name):
    """The button of a verb, or the link to its page and the button there."""
    page.locator("main, #content").get_by_role("button", name=name, exact=True).first.click()


def open_verb(page, name):
    """The link to the page of a verb, taken out of „Więcej czynności” when it is folded there."""
    link = page.locator("#content a.desk-verb").filter(has_text=re.compile(f"^\\s*{name}\\s*$")).first
    if not link.is_visible():
        page.locator(".desk-more > summary").click()
    link.click()


def day_of(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


# A consultation


def test_dariusz_prepares_zofia_approves_and_residents_see_it(
    page, at, go, browser_of, dariusz, zofia, check, faults, complaints
):
    """Slice 1: what is missing stands on the page and leads to its field; the author finds no button to approve with."""
    cast.make_basis()
    desk, second = browser_of(dariusz), browser_of(zofia)
    at(desk, Consultation, "add")
    desk.get_by_label("Tytuł").fill("Nowy park przy Raduni")
    desk.locator("#id_slug").fill("nowy-park")
    desk.locator("#id_basis").select_option(index=1)
    check(desk, "desk-new")
    desk.locator("input[name=_continue]").click()
    draft = Consultation.objects.get()
    expect(desk.get_by_role("heading", name=re.compile("Zanim druga osoba zatwierdzi"))).to_be_visible()
    check(desk, "desk-draft-gaps", dark=True)

    desk.get_by_role("link", name="Napisz, po co pytacie.").click()
    expect(desk).to_have_url(re.compile("#id_purpose$"))
    typed = {
        "summary": "Jaki ma być nowy park?", "purpose": "Chcemy poznać potrzeby.", "subject": "Układ parku.", "order_number": "7/2026",
        "decided_so_far": "Park będzie. Od głosów zależy, co w nim stanie.", "unit": "Referat Zieleni", "contact": "tel. 58 000 00 00",
        "place": "Park", "results_method": "Zliczymy odpowiedzi.", "results_where": "Na tej stronie i w BIP.", "order_on": day_of(-10),
        "opens_on": day_of(1), "last_day": day_of(20),
    }  # fmt: skip
    for name, value in typed.items():
        desk.locator(f"#id_{name}").fill(value)
    desk.locator("input[name=addressees][value=residents]").check()
    desk.locator("input[name=_continue]").click()
    draft.refresh_from_db()
    cast._make_doors(draft)
    cast.make_survey(draft)
    at(desk, draft)
    expect(desk.get_by_text("Niczego nie brakuje. Projekt może zatwierdzić druga osoba.")).to_be_visible()
    expect(desk.locator("#content").get_by_text("Zatwierdź", exact=True)).to_have_count(0)
    check(desk, "desk-draft-ready")
    go("consultation", draft.slug)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Nowy park przy Raduni")

    at(second, draft)
    open_verb(second, "Zatwierdź")
    check(second, "desk-approve")
    press(second, "Zatwierdź")
    at(desk, draft)
    open_verb(desk, "Wpisz ogłoszenie")
    press(desk, "Wpisz ogłoszenie")
    expect(desk.locator(".error-summary")).to_be_visible()
    check(desk, "desk-announcement-errors")
    desk.locator("#id_channel").select_option("bip")
    desk.locator("#id_announced_on").fill(day_of(0))
    desk.locator("#id_url").fill("https://bip.example/park")
    press(desk, "Wpisz ogłoszenie")
    check(desk, "desk-approved")
    open_verb(desk, "Ogłoś")
    press(desk, "Ogłoś")

    assert Consultation.objects.get().status == ConsultationStatus.ANNOUNCED
    check(desk, "desk-announced")
    go("consultation", draft.slug)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nowy park przy Raduni")
    expect(page.get_by_text("Odpowiadać będzie można od").first).to_be_visible()
    assert not faults, "\n".join(faults)
    assert [one for one in complaints if "404" not in one] == []  # before the announcement there is no such page


# A remark, its answer, the report


def test_a_remark_goes_through_two_people_gets_an_answer_and_stands_in_the_report(
    page, at, go, browser_of, dariusz, zofia, maria, olek, check, faults, complaints
):  # fmt: skip
    """Slices 3 and 7, C22, C23, C26: redacted by one, released by another, answered, reported, read by a visitor."""
    document = make_document(cast.make_consultation(slug="uchwala", report_promised_on=timezone.localdate() + timedelta(days=30)))
    keys.make(document.consultation)
    go("document", "uchwala", "uwagi")
    page.get_by_role("link", name="Dodaj uwagę do § 2 ust. 1").click()
    page.get_by_label("Twoja uwaga").fill("Trzy metry to za dużo. Proszę dzwonić: 600 100 200.")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pismo jest w urzędzie")
    voice = Voice.objects.get()

    first, second = browser_of(maria), browser_of(olek)
    at(first, Voice)
    check(first, "desk-voices")
    at(first, Remark.objects.get())
    check(first, "desk-letter")
    at(first, voice)
    check(first, "desk-voice")
    open_verb(first, "Przygotuj do publikacji")
    expect(first.get_by_label("Treść do publikacji")).to_have_value(re.compile(r"\[numer telefonu\]"))
    check(first, "desk-redact")
    first.get_by_label("Treść do publikacji").fill("Trzy metry to za dużo.")
    press(first, "Przygotuj do publikacji")
    expect(first.locator("#content").get_by_text("Dopuść do publikacji", exact=True)).to_have_count(0)
    at(second, voice)
    press(second, "Dopuść do publikacji")
    go("voices", "uchwala")
    expect(page.get_by_text("Trzy metry to za dużo.")).to_be_visible()
    expect(page.get_by_text("600 100 200")).to_have_count(0)

    editor, approver = browser_of(dariusz), browser_of(zofia)
    at(editor, voice)
    open_verb(editor, "Napisz stanowisko")
    check(editor, "desk-ruling-new")
    press(editor, "Napisz stanowisko")
    expect(editor.locator(".error-summary")).to_be_visible()
    check(editor, "desk-ruling-errors")
    editor.locator("input[name=outcome][value=accepted]").check()
    editor.get_by_label("Uzasadnienie").fill("Zmniejszymy tablice do 2 m².")
    press(editor, "Napisz stanowisko")
    at(approver, Ruling.objects.get())
    check(approver, "desk-ruling")
    press(approver, "Zatwierdź")

    Consultation.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    at(editor, document.consultation)
    open_verb(editor, "Zacznij opracowanie")
    editor.get_by_label("Raport będzie do").fill(day_of(30))
    press(editor, "Zacznij opracowanie")
    assert Consultation.objects.get().status == ConsultationStatus.UNDER_ANALYSIS
    at(editor, Report, "add")
    editor.get_by_label("Konsultacje").select_option(index=1)
    check(editor, "desk-report-new")
    editor.locator("input[name=_continue], input[name=_save]").first.click()
    report = Report.objects.get()
    at(editor, report)
    check(editor, "desk-report-missing")
    open_verb(editor, "Napisz stanowisko i dalsze kroki")
    editor.get_by_label("Stanowisko miasta").fill("Zmniejszymy tablice.")
    editor.get_by_label("Co dalej").fill("Uchwała w marcu.")
    check(editor, "desk-report-write")
    press(editor, "Napisz stanowisko i dalsze kroki")
    press(editor, "Przekaż do zatwierdzenia")
    check(editor, "desk-report-review", dark=True)
    at(approver, report)
    open_verb(approver, "Ogłoś raport")
    press(approver, "Ogłoś raport")

    go("consultation", "uchwala")
    page.get_by_role("link", name="Co zrobiliśmy z Waszymi głosami").first.click()
    expect(page.get_by_text("Trzy metry to za dużo.")).to_be_visible()
    expect(page.get_by_text("Zmniejszymy tablice do 2 m²")).to_be_visible()
    check(page, "what-we-did", dark=True)
    go("report", "uchwala")
    expect(page.get_by_text("Uchwała w marcu.")).to_be_visible()
    check(page, "report")
    assert (faults, [one for one in complaints if "422" not in one]) == ([], [])


# Paper


def test_a_paper_card_is_keyed_by_two_clerks_and_counted(at, browser_of, celina, marta, check, faults):
    """C21, C35, B11: registered, read twice by different people, counted, forgotten."""
    consultation = cast.make_consultation(phase=Phase.CLOSED, integrity=IntegrityLevel.DECLARED)
    keys.make(consultation)
    vote = cast.make_budget(consultation)
    first, second = browser_of(celina), browser_of(marta)
    at(first, PaperForm, "add")
    first.locator("input[name=_save]").click()
    check(first, "desk-paper-errors")
    first.get_by_label("Narzędzie").select_option(index=1)
    first.get_by_label("Wpłynął przez").select_option("box")
    first.get_by_label("Data wpływu").fill(last_day(consultation).isoformat())
    first.get_by_label("Imię i nazwisko").fill("Anna Kowalska")
    first.locator("#id_address").fill("Batorego 12 m. 3")
    first.get_by_label("Rok urodzenia").fill("1985")
    first.locator("input[name=_save]").click()
    form = PaperForm.objects.get()

    for number, clerk in enumerate((first, second), 1):
        at(clerk, form)
        check(clerk, f"desk-paper-{number}")
        open_verb(clerk, "Wpisz odpowiedzi")
        check(clerk, f"desk-keying-{number}")
        clerk.get_by_label("1. Projekt 1").check()
        clerk.get_by_label("3. Projekt 3").check()
        press(clerk, "Wpisz odpowiedzi")
    form.refresh_from_db()
    assert form.status == PaperStatus.VERIFIED
    at(second, form)
    open_verb(second, "Policz ten głos")
    press(second, "Policz ten głos")

    form.refresh_from_db()
    assert (form.status, form.particulars) == (PaperStatus.COUNTED, None)
    ballot_box.seal(vote, moment=timezone.now(), is_final=True)
    assert [(one.channel, one.answers) for one in vote.ballots.all()] == [("box", {"votes": [["1", None], ["3", None]]})]
    assert not faults, "\n".join(faults)


def test_a_survey_on_paper_is_keyed_with_every_kind_of_question(at, browser_of, celina, check, faults):
    survey = open_survey(EVERY_KIND)
    form = paper.register_form(
        instrument=survey, channel="box", received_on=timezone.localdate(), by=celina, moment=timezone.now()
    )
    desk = browser_of(celina)
    at(desk, form, "key")
    check(desk, "desk-keying-survey", dark=True)
    desk.locator("input[name=who][value=resident]").check()
    desk.locator("input[name=night]").first.check()

    press(desk, "Wpisz odpowiedzi")

    form.refresh_from_db()
    assert form.status == PaperStatus.VERIFIED
    assert form.passes.get().answers["who"] == "resident"
    assert not faults, "\n".join(faults)


# The rest of the desk


def test_held_voices_are_settled_by_two_people_who_see_no_content(at, browser_of, maria, olek, check, faults):
    """C36"""
    survey = open_survey()
    version = survey.versions.get().version
    ballot_box.accept(survey, token="x", answers=cast.SMALL_ANSWERS, version=version, faces=[])
    Envelope.objects.update(state=EnvelopeState.HELD, held_for=["network:1", "age"])
    first, second = browser_of(maria), browser_of(olek)
    at(first, Envelope)
    check(first, "desk-held")
    at(first, Envelope.objects.get())
    check(first, "desk-envelope")
    open_verb(first, "Zaproponuj dopuszczenie")
    press(first, "Zaproponuj dopuszczenie")
    check(first, "desk-settle-errors")
    first.get_by_label("Uzasadnienie").fill("To jedna szkoła.")
    press(first, "Zaproponuj dopuszczenie")
    expect(first.locator("#content").get_by_text("Potwierdź propozycję", exact=True)).to_have_count(0)

    at(second, Envelope.objects.get())
    expect(second.get_by_text("Latem jest tam za gorąco.")).to_have_count(0)
    open_verb(second, "Potwierdź propozycję")
    press(second, "Potwierdź propozycję")

    assert Envelope.objects.get().state == EnvelopeState.ADMITTED
    assert not faults, "\n".join(faults)


def test_the_other_pages_of_the_desk_are_accessible(at, browser_of, dariusz, maria, olek, live_server, check, faults):
    """Budget rules, a project, a document, groups and the preview of a draft."""
    draft = cast.make_consultation(ConsultationStatus.DRAFT, Phase.BEFORE, drafted_by=dariusz.subject)
    vote = cast.make_budget(draft)
    make_document(draft, code="projekt")
    desk = browser_of(dariusz)
    for name, thing, verb in [
        ("desk-consultations", Consultation, ""), ("desk-rules", vote.budget, ""), ("desk-project", Project.objects.first(), ""),
        ("desk-document", ConsultedDocument.objects.get(), ""), ("desk-paste", ConsultedDocument.objects.get(), "paste"),
    ]:  # fmt: skip
        at(desk, thing, verb)
        check(desk, name)
    desk.goto(live_server.url + reverse("admin:consultations_consultation_preview", args=[draft.pk]))
    check(desk, "desk-preview")

    open_document = make_document(cast.make_consultation())
    (voice,) = write_to(open_document, "Chcę drzew.")
    publish_voice(voice, first=maria, second=olek)
    at(desk, voice)
    check(desk, "desk-voice-published")
    announced_vote = cast.make_budget(cast.make_consultation())
    at(desk, announced_vote.budget)
    expect(desk.get_by_text("300 000 zł")).to_be_visible()
    expect(desk.get_by_text("Najwięcej projektów na karcie: 2")).to_be_visible()
    check(desk, "desk-rules-announced")
    at(desk, announced_vote.projects.first())
    check(desk, "desk-project-announced")
    assert not faults, "\n".join(faults)
