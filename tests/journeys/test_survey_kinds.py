"""Every kind of question of a survey in a real browser: seen, filled with and without scripts, printed."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from schemas.models import Version
from tests.journeys.axe import sideways, violations
from tests.schemas.conftest import functions, survey  # noqa: F401 the same survey


@pytest.fixture
def preview(page, live_server, client, dariusz, sign_in, survey, settings):  # noqa: F811
    """Dariusz looks at the survey as a resident would."""
    sign_in(client, dariusz)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(live_server.url + reverse("admin:schemas_version_preview", args=[Version.objects.get().pk]))
    return page


def fill(page):
    page.get_by_role("group", name="Kim jesteś?").get_by_label("Mieszkam przy tej ulicy").check()
    page.get_by_label("Drzew").check()
    page.get_by_role("group", name="bezpiecznie").get_by_label("4", exact=True).check()
    for row, answer in (("Chodniki", "Źle"), ("Oświetlenie wieczorem", "Dobrze"), ("Przejścia przy szkole", "Nie wiem")):
        page.get_by_role("radiogroup", name=row).get_by_label(answer).check()
    for option, place in (("Drogę dla rowerów", "2"), ("Nową nawierzchnię", "1"), ("Zieleń", "3")):
        page.get_by_label(option).select_option(place)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_kind_fits_and_is_accessible(preview, width, look, complaints):
    preview.set_viewport_size({"width": width, "height": 740})
    assert (sideways(preview), violations(preview)) == (0, [])
    look(preview, f"kinds-{width}")

    preview.set_viewport_size({"width": width, "height": 740})
    preview.get_by_role("button", name="Dalej").click()
    assert (sideways(preview), violations(preview)) == (0, [])
    look(preview, f"kinds-errors-{width}")
    preview.set_viewport_size({"width": width, "height": 740})
    fill(preview)
    preview.get_by_role("button", name="Dalej").click()
    expect(preview.get_by_role("heading", level=1)).to_have_text("Na koniec")
    assert (sideways(preview), violations(preview)) == (0, [])
    assert [one for one in complaints if "422" not in one] == []  # the page with errors is answered so


def test_writing_beside_an_option_chooses_it_and_none_of_the_above_stands_alone(preview):
    other, none = preview.get_by_label("Czegoś innego", exact=True), preview.get_by_label("Żadne z powyższych")

    preview.get_by_label("Czegoś innego: wpisz").fill("poidełka")
    expect(other).to_be_checked()
    none.check()
    expect(other).not_to_be_checked()
    preview.get_by_label("Ławek").check()

    expect(none).not_to_be_checked()
    expect(preview.get_by_label("Czegoś innego: wpisz")).to_have_value("poidełka")


def test_the_whole_survey_is_answered_without_scripts(browser, preview):
    context = browser.new_context(java_script_enabled=False, storage_state=preview.context.storage_state())
    page = context.new_page()
    page.goto(preview.url)
    fill(page)
    page.get_by_label("Ktoś inny: wpisz").fill("kurier")
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_text("Przy „Ktoś inny” jest tekst")).to_have_count(2)  # beside the question and in the summary
    page.get_by_role("group", name="Kim jesteś?").get_by_label("Ktoś inny", exact=True).check()
    page.get_by_role("button", name="Dalej").click()
    page.get_by_label("Zgadzam się").check()
    page.get_by_role("button", name="Dalej").click()

    expect(page.get_by_text("Ktoś inny: kurier")).to_be_visible()
    expect(page.get_by_text("1. Nową nawierzchnię; 2. Drogę dla rowerów; 3. Zieleń")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_sheet_of_a_survey_fits_and_is_accessible(page, live_server, survey, width, look):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 740})

    page.goto(live_server.url + reverse("schemas:paper", args=["sportowa"]))

    assert (sideways(page), violations(page)) == (0, [])
    look(page, f"survey-sheet-{width}")


def test_the_builder_shows_what_changes(preview, live_server, survey, look):  # noqa: F811
    from schemas.actions import next_version
    from schemas.models import Question

    draft = next_version(Version.objects.get(), by=None)
    Question.objects.filter(page__version=draft, code="who").update(label="Kim jesteś dla tej ulicy? Podaj PESEL")
    Question.objects.filter(page__version=draft, code="walk").delete()
    preview.set_viewport_size({"width": 1280, "height": 900})
    for name, address in (
        ("builder-version", reverse("admin:schemas_version_change", args=[draft.pk])),
        (
            "builder-matrix",
            reverse("admin:schemas_question_change", args=[Question.objects.get(page__version=draft, code="quality").pk]),
        ),
    ):
        preview.goto(live_server.url + address)
        look(preview, name)
        assert violations(preview, "wcag2a", "wcag2aa") == []
