"""Forms built from data in a real browser: questions that come and go, the same decisions in script and on the server, sheets to print."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schemas.definition import Option, Question, Row, Rule
from schemas.kinds import Invalid, parse
from schemas.models import Version
from tests.journeys.axe import sideways, violations
from tests.schemas.conftest import do_1, functions, street  # noqa: F401 the same DO-1

ANSWERS = [
    {}, {"c": "yes"}, {"c": "no"}, {"c": ""}, {"n": "3"}, {"n": " 1 000 "}, {"n": "-2"}, {"n": "trzy"}, {"m": ["a"]}, {"m": ["a", "b"]},
    {"t": "x"}, {"t": "  "}, {"d_year": "2026", "d_month": "3", "d_day": "1"}, {"d_year": "2026", "d_month": "02", "d_day": "28"},
    {"c": "yes", "n": "3", "m": ["b"], "t": "x", "d_year": "2027", "d_month": "1", "d_day": "1"},
]  # fmt: skip
ROWS = [
    ("c", "yes_no", "is", "yes"), ("c", "yes_no", "is_not", "yes"), ("c", "yes_no", "answered", ""), ("n", "number", "is", "3"),
    ("n", "number", "is_not", "3"), ("n", "number", "at_least", "3"), ("n", "number", "at_most", "3"), ("m", "choices", "includes", "a"),
    ("t", "short_text", "answered", ""), ("d", "date", "at_least", "2026-03-01"), ("d", "date", "at_most", "2026-03-01"),
    ("d", "date", "is", "2026-03-01"),
]  # fmt: skip


QUESTIONS = {
    "c": Question("c", "yes_no", ""), "n": Question("n", "number", ""), "t": Question("t", "short_text", ""),
    "m": Question("m", "choices", "", options=(Option("a", "A"), Option("b", "B"))), "d": Question("d", "date", ""),
}  # fmt: skip


def kept(answers):
    """What the server keeps of these posted answers; what it refuses is no answer."""
    given, day = {}, {part: answers.get(f"d_{part}", "") for part in ("day", "month", "year")}
    for code, question in QUESTIONS.items():
        try:
            given[code] = parse(question, day if code == "d" else answers.get(code), date(2026, 3, 2))
        except Invalid:
            given[code] = None
    return given


def test_the_browser_decides_as_the_server_does(page, live_server):
    """Every comparison with every answer, by the script and by schemas.definition. What is refused as an answer is left to the server."""
    page.goto(live_server.url + reverse("contact"))
    vectors = [(row, answers) for row in ROWS for answers in ANSWERS if answers != {"n": "trzy"}]

    decided = page.evaluate(
        """async ([address, vectors]) => {
            const { holds } = await import(address);
            return vectors.map(([row, answers]) => {
                const data = new FormData();
                for (const [name, value] of Object.entries(answers)) [value].flat().forEach((one) => data.append(name, one));
                return holds({ all: true, rows: [row] }, data);
            });
        }""",
        [live_server.url + "/static/js/schemas/conditions.js", vectors],
    )

    expected = [
        Rule(True, (Row(code, operator, value),)).holds(kept(answers)) for (code, _kind, operator, value), answers in vectors
    ]
    wrong = [vector for vector, ours, theirs in zip(vectors, expected, decided, strict=True) if ours != theirs]
    assert wrong == []
    assert len(set(expected)) == 2


@pytest.fixture
def preview(page, live_server, client, dariusz, sign_in, do_1, settings):  # noqa: F811
    """Dariusz looks at DO-1 as a resident would."""
    sign_in(client, dariusz)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(live_server.url + reverse("admin:schemas_version_preview", args=[Version.objects.get().pk]))
    return page


def onward(page):
    page.get_by_role("button", name="Dalej").click()


def as_far_as_compost(page):
    page.get_by_label("Ktoś zamieszkał w domu").check()
    onward(page)
    page.get_by_label("Dzień").fill("3.2.2026")
    onward(page)
    page.get_by_label("właściciel", exact=True).check()
    page.get_by_label("osoba fizyczna").check()
    onward(page)
    page.get_by_label("Imię").fill("Anna")
    page.get_by_label("Nazwisko").fill("Żółkowska")
    page.get_by_label("Numer PESEL").fill("90 09 05 15836")
    onward(page)
    page.get_by_label("Ulica").fill("ul. batorego")
    page.get_by_label("Numer domu").fill("12 A")
    onward(page)
    page.get_by_label("Ile osób mieszka w domu?").fill("3")
    onward(page)


def test_questions_come_and_go_with_answers_and_keep_what_was_typed(preview, complaints, look):
    as_far_as_compost(preview)
    house, compost = preview.get_by_role("group", name="Czy to dom"), preview.get_by_role("group", name="Czy wszystkie")

    expect(compost).to_have_count(0)
    house.get_by_label("Tak").check()
    compost.get_by_label("Tak").check()
    preview.get_by_label("Jaką pojemność").fill("800")
    look(preview, "compost")
    house.get_by_label("Nie").check()
    expect(preview.get_by_label("Jaką pojemność")).to_have_count(0)
    house.get_by_label("Tak").check()
    expect(preview.get_by_label("Jaką pojemność")).to_have_value("800")

    assert violations(preview) == []
    assert complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_of_the_form_fits_and_is_accessible(preview, width, look):
    """L29: also with errors and on the page of answers."""
    preview.set_viewport_size({"width": width, "height": 740})
    steps = [lambda: onward(preview), lambda: as_far_as_compost(preview), lambda: onward(preview)]

    for number, step in enumerate(steps):
        step()
        look(preview, f"form-{number}")
        assert sideways(preview) == 0
        assert violations(preview) == []


def test_a_question_brought_up_by_an_answer_is_asked_without_scripts_too(browser, preview, live_server):
    context = browser.new_context(java_script_enabled=False, storage_state=preview.context.storage_state())
    page = context.new_page()
    page.goto(preview.url)
    as_far_as_compost(page)

    page.get_by_label("Tak").check()
    onward(page)

    expect(page.get_by_role("group", name="Czy to dom").get_by_label("Tak")).to_be_checked()
    page.get_by_role("group", name="Czy wszystkie").get_by_label("Nie").check()
    onward(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Twoja opłata")
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_sheet_to_print_fits_and_is_accessible(page, live_server, do_1, complaints, width, look):  # noqa: F811
    """L34"""
    page.set_viewport_size({"width": width, "height": 740})

    page.goto(live_server.url + reverse("schemas:paper", args=["do-1"]))

    look(page, "sheet")
    assert sideways(page) == 0
    assert violations(page) == []
    assert complaints == []
