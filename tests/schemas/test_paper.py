"""The paper twin: same questions, codes and conditions on sheets, tagged and in Polish."""

import io

import pikepdf
import pypdf
import pytest
from django.urls import reverse

from schemas.actions import next_version, withdraw
from schemas.models import Version
from schemas.paper import paper_pdf, rule_in_words, sheet, sheet_mark, sheet_url
from tests.schemas.conftest import MOMENT


@pytest.fixture
def pdf(do_1):
    return paper_pdf(do_1)


def words(pdf):
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_the_pdf_is_tagged_titled_and_in_polish(pdf, do_1):
    """L34"""
    document = pikepdf.open(io.BytesIO(pdf))

    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "pl-PL"
    assert document.Root.StructTreeRoot is not None
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as metadata:
        assert metadata["dc:title"].replace("\u00a0", " ") == do_1.title
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["pdfaid:part"] == "3"


def test_the_pdf_says_everything_the_form_asks(pdf, do_1):
    text = words(pdf)

    for number, label in ((1, "Co się stało?"), (11, "Numer PESEL"), (16, "Adres domu"), (17, "Ile osób mieszka w domu?")):
        assert f"{number}. {label}" in text
    assert "Wypełnij tę część, jeśli w pytaniu 1 zaznaczono co innego niż „W domu nikt już nie mieszka”." in text
    assert "podstawą do wystawienia tytułu wykonawczego" in text
    assert "czytelny podpis" in text
    assert sheet_mark(do_1) in text


def test_every_question_of_the_form_is_on_the_sheet_with_its_code(do_1):
    printed = [question["code"] for page in sheet(do_1)["pages"] for question in page["questions"]]

    assert printed == list(do_1.questions)


def test_the_mark_tells_one_content_from_another(do_1):
    from schemas.definition import compile_version

    second = next_version(Version.objects.get(), by=None)
    second.pages.filter(code="osoby").update(title="Mieszkańcy")

    assert sheet_mark(do_1).startswith("DO-1/1/")
    assert sheet_mark(compile_version(second)).startswith("DO-1/2/")
    assert sheet_mark(do_1)[7:] != sheet_mark(compile_version(second))[7:]


@pytest.mark.parametrize(
    ("kind", "operator", "value", "said"),
    [
        ("yes_no", "is", "yes", "w pytaniu 1 zaznaczono „tak”"),
        ("choice", "is_not", "r", "w pytaniu 1 zaznaczono co innego niż „czerwony”"),
        ("choices", "includes", "r", "w pytaniu 1 zaznaczono „czerwony”"),
        ("number", "at_least", "3", "w pytaniu 1 wpisano co najmniej 3"),
        ("number", "at_most", "3", "w pytaniu 1 wpisano najwyżej 3"),
        ("date", "at_least", "2026-03-01", "w pytaniu 1 wpisano datę 1\u00a0marca 2026\u00a0r. albo późniejszą"),
        ("date", "at_most", "2026-03-01", "w pytaniu 1 wpisano datę 1\u00a0marca 2026\u00a0r. albo wcześniejszą"),
        ("statement", "answered", "", "zaznaczono punkt 1"),
        ("short_text", "answered", "", "wypełniono pytanie 1"),
    ],
)
def test_conditions_are_said_in_words(make_form, kind, operator, value, said):
    options = [{"code": "r", "label": "czerwony"}, {"code": "b", "label": "biały"}] if kind in ("choice", "choices") else []
    row = {"asked": "a", "operator": operator, "value": value}
    form = make_form(
        {"code": "a", "kind": kind, "label": "A", "options": options},
        {"code": "b", "kind": "short_text", "label": "B", "shown_when": {"rows": [row]}},
    )

    assert rule_in_words(form, form.questions["b"].shown_when) == said


def test_anyone_prints_the_form_in_force(client, do_1, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        page = client.get(reverse("schemas:paper", args=["do-1"]))

    html = page.content.decode()
    assert page.status_code == 200
    assert "Numer PESEL" in html and "11 kratek na cyfry" in html
    assert reverse("schemas:paper_pdf", args=["do-1", 1]) in html
    assert "style=" not in html


def test_the_pdf_is_handed_out_and_may_be_kept_by_browsers(client, do_1):
    answer = client.get(reverse("schemas:paper_pdf", args=["do-1", 1]))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('inline; filename="do-1-1-')
    assert "max-age=86400" in answer["Cache-Control"]
    assert answer.content.startswith(b"%PDF-")


def test_the_address_in_the_qr_code_opens_the_very_version(client, do_1, settings):
    assert client.get(sheet_url(do_1).removeprefix(settings.PORTAL_URL)).status_code == 200


def test_a_withdrawn_sheet_says_so_and_is_no_longer_offered(client, do_1):
    withdraw(Version.objects.get(), by=None, moment=MOMENT)

    assert client.get(reverse("schemas:paper", args=["do-1"])).status_code == 404
    assert "została wycofana" in client.get(reverse("schemas:paper_of", args=["do-1", 1])).content.decode()


def test_drafts_and_unknown_forms_are_not_there_for_strangers(client, do_1):
    next_version(Version.objects.get(), by=None)

    for address in ("/wzory/do-1/2/", "/wzory/do-1/2/formularz.pdf", "/wzory/nie-ma/", "/wzory/do-1/999999999999/"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [None, "SP/0042"])
def test_a_survey_on_paper_has_every_kind_and_its_sheet_number(survey, number):
    text = words(paper_pdf(survey, sheet_id=number))

    assert ("Nr arkusza: SP/0042" in text) == (number is not None)
    assert "zdecydowanie nie" in text and "nie mam zdania" in text
    assert "Zaznacz najwyżej 3 odpowiedzi." in text
    assert "Oświetlenie wieczorem" in text and "Przejścia przy szkole" in text
    assert "Nadaj każdej odpowiedzi inne miejsce. 1 to najważniejsza." in text
    assert "Najwcześniej: 10 maja 2026 r., najpóźniej: 20 maja 2026 r." in text
    assert "Wypełnij, jeśli w pytaniu 3 zaznaczono najwyżej 2." in text
    assert "Podpis" not in text  # nobody signs a survey


def test_the_sheet_names_the_codes_that_the_clerk_types_in(survey):
    printed = {question["code"]: question for page in sheet(survey)["pages"] for question in page["questions"]}

    assert [box["code"] for box in printed["needs"]["boxes"]] == ["trees", "benches", "parking", "other", "none"]
    assert [box["takes_text"] for box in printed["needs"]["boxes"]] == [False, False, False, True, False]
    assert [row["code"] for row in printed["quality"]["rows"]] == ["pavement", "light", "crossing"]
    assert printed["safety"]["scale"]["numbers"] == ["1", "2", "3", "4", "5"]


def test_a_survey_to_print_from_the_browser(client, survey):
    html = client.get(reverse("schemas:paper", args=["sportowa"])).content.decode()

    assert '<th scope="row">Chodniki</th>' in html and '<th scope="col">Dobrze</th>' in html
    assert "style=" not in html
