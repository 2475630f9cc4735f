"""What people write, as a resident sees it: document, letter, voices, answers, report. Accessible at 320 and 1280 px, without a script too."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from consultations.actions import reports, rulings, voices
from consultations.actions.remarks import Point
from consultations.models import Consultation, Remark
from consultations.statuses import ConsultationStatus
from pruszcz_portal import roles
from tests.conftest import make_user
from tests.consultations import cast
from tests.consultations.written import list_ballots, make_document, publish_voice, write_to
from tests.journeys.test_eboi_pages import check

SAID = [
    ("Proszę o dwa rzędy drzew zamiast jednego, bo latem na chodniku jest nie do wytrzymania.", 1),
    ("Drzewa wzdłuż całej ulicy, najlepiej lipy.", 1),
    ("Więcej drzew i ławka w cieniu przy przystanku.", None),
    ("Nie likwidujcie miejsc do parkowania pod szkołą. Rodzice małych dzieci nie mają jak inaczej dojechać.", 2),
    ("Ścieżka rowerowa powinna być oddzielona od jezdni krawężnikiem, a nie tylko farbą.", 0),
    ("Proszę o remont ulicy Kasprowicza.", None),
]


@pytest.fixture(autouse=True)
def first_rows(transactional_db):
    call_command("createcachetable", verbosity=0)


@pytest.fixture
def people(transactional_db):
    return [
        make_user("maria@pruszcz.example", "Maria Gil", roles.MODERATOR), make_user("olek@pruszcz.example", "Aleksander Sowa", roles.MODERATOR),
        make_user("dariusz@pruszcz.example", "Dariusz Lis", roles.CONSULTATION_EDITOR, position="referat komunikacji"),
        make_user("zofia@pruszcz.example", "Zofia Wrona", roles.CONSULTATION_APPROVER, position="sekretarz miasta"),
    ]  # fmt: skip


@pytest.fixture
def consultation(transactional_db):
    return cast.make_consultation(
        slug="ulica-sportowa", title="Przebudowa ulicy Sportowej", summary="Jak ma wyglądać ulica Sportowa po przebudowie?",
        report_promised_on=timezone.localdate() + timedelta(days=40),
    )  # fmt: skip


@pytest.fixture
def document(consultation):
    return make_document(
        consultation, intro="Przeczytaj projekt i napisz, co zmienić. Uwagę możesz dodać do każdej jednostki tekstu osobno."
    )


@pytest.fixture
def go(page, live_server):
    def open_it(name, *args, query=""):
        page.goto(live_server.url + reverse(f"consultations:{name}", args=args) + query)
        return page

    return open_it


def said(document, people):
    paragraphs = list(document.document.paragraphs.all())
    made = write_to(document, *[Point(text, None if at is None else paragraphs[at]) for text, at in SAID])
    for voice in made:
        publish_voice(voice, first=people[0], second=people[1])
    return made


def test_ewa_reads_a_document_and_writes_a_remark(go, page, look, complaints, document, people):
    """C5, B12: without an account, without a name, with a number in the end."""
    said(document, people)
    slug = document.consultation.slug
    check(go("document", slug, "uwagi"), look, "document")

    page.get_by_role("link", name="Dodaj uwagę do § 2 ust. 2").click()
    expect(page.get_by_label("Której części dotyczy")).to_have_value(
        str(document.document.paragraphs.get(number="§ 2 ust. 2").pk)
    )
    check(page, look, "remark")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_text("Napisz uwagę.").first).to_be_visible()
    check(page, look, "remark-error")
    page.get_by_label("Twoja uwaga").fill("Jeden szyld to za mało dla sklepu z dwoma wejściami.")
    page.get_by_role("button", name="Dodaj następną uwagę w tym piśmie").click()
    page.get_by_label("Twoja uwaga").nth(1).fill("Proszę dodać słowniczek.")
    check(page, look, "remark-two")
    page.get_by_role("button", name="Wyślij").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Pismo jest w urzędzie")
    check(page, look, "remark-sent")

    assert Remark.objects.latest("received_at").voices.count() == 2
    assert [heard for heard in complaints if "422" not in heard] == []


def test_the_way_of_a_remark_works_without_a_script(browser, live_server, document):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("consultations:remark", args=[document.consultation.slug, "uwagi"]))

    page.get_by_label("Twoja uwaga").fill("Bez skryptu też działa.")
    page.get_by_role("button", name="Wyślij").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Pismo jest w urzędzie")
    page.context.close()


def test_everybody_reads_voices_answers_and_the_report(go, page, look, complaints, document, consultation, people):
    """B12, C22, N12"""
    _maria, _olek, dariusz, zofia = people
    survey = cast.make_survey(consultation)
    yes, no = {"trees": "yes", "travel": ["foot", "bike"]}, {"trees": "no", "travel": ["car"]}
    list_ballots(survey, *[yes] * 41, *[no] * 17, *[{"trees": "any"}] * 6)
    list_ballots(survey, *[yes] * 9, no, channel="box")
    made = said(document, people)
    check(go("voices", consultation.slug), look, "voices-open")
    check(go("voice_flag", made[0].pk), look, "voice-flag")
    answers = [
        (made[:3], "Drzewa przy chodniku", "accepted", "Posadzimy dwa rzędy lip: 46 drzew między jezdnią a chodnikiem. Ławki staną przy obu przystankach."),
        ([made[3]], "", "partly", "Zostawimy 12 z 20 miejsc i dodamy zatokę „podwieź i jedź” przed szkołą."),
        ([made[4]], "", "rejected", "Krawężnik zawęziłby jezdnię do 5,2 m, a autobus potrzebuje 6 m. Zamiast tego podniesiemy ścieżkę do poziomu chodnika."),
        ([made[5]], "", "not_applicable", "Remont ulicy Kasprowicza jest w planie na 2028 r. Przekazaliśmy głos do Referatu Inwestycji."),
    ]  # fmt: skip
    for some, title, outcome, reasons in answers:
        subject = voices.gather(some, title=title, by=dariusz, moment=timezone.now()) if title else some[0]
        rulings.approve(rulings.rule(subject, outcome=outcome, reasons=reasons, by=dariusz), by=zofia, moment=timezone.now())
    Consultation.objects.update(closes_at=timezone.now(), status=ConsultationStatus.UNDER_ANALYSIS)
    check(go("what_we_did", consultation.slug), look, "what-we-did-waiting")
    report = reports.draft(consultation, by=dariusz, moment=timezone.now())
    report = reports.write(
        report,
        position="Zbudujemy ulicę z dwoma rzędami drzew.\n\nTak wybrało 50 z 74 odpowiedzi.",
        next_steps="Projekt do marca 2027 r., budowa od czerwca.",
        by=dariusz,
    )
    reports.publish(reports.submit(report, by=dariusz, moment=timezone.now()), by=zofia, moment=timezone.now())

    check(go("voices", consultation.slug, query="?q=sciezka+rower"), look, "voices-answered")
    check(go("what_we_did", consultation.slug), look, "what-we-did")
    check(go("report", consultation.slug), look, "report")
    expect(page.get_by_role("link", name="Pobierz PDF")).to_be_visible()
    check(go("remark_sent", made[0].remark_id), look, "remark-answered")

    assert complaints == []
