"""The next version of a form made at the desk, from the copy to its day, and what becomes of a draft of the old one."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from eboi.actions import filing
from eboi.models import Submission
from schemas.models import Version
from tests.eboi.conftest import kowalska  # noqa: F401  Anna's person
from tests.journeys.axe import sideways, violations
from tests.journeys.test_eboi_catalogue import catalogue  # noqa: F401  the twenty matters
from tests.journeys.test_eboi_pages import as_anna, first_rows, go  # noqa: F401  fixtures of the room's other journey

DAY = timedelta(days=1)
TREE = {
    "owner": "person",
    "business": "no",
    "protected": "no",
    "plant": "tree",
    "species-group": "other",
    "species": "świerk",
    "girth": 90,
}
WAIT = "Ile metrów od budynku rośnie drzewo?"


@pytest.fixture
def as_dariusz(page, live_server, sign_in, client, dariusz):
    def at_the_desk():
        sign_in(client, dariusz)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        return page

    return at_the_desk


@pytest.fixture
def draft(catalogue, kowalska, anna):  # noqa: F811
    """Anna's notice, half filled on version 1."""
    begun = filing.open_draft(kowalska, catalogue.get(code="drzewa-zgloszenie"), moment=timezone.now())
    return filing.save_answers(begun, {**begun.answers, **TREE}, revision=begun.revision, by=anna)


def check(page, look, name):
    """L29: every screen of the builder, at 320 and 1280 px."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert (name, width, sideways(page), violations(page)) == (name, width, 0, [])
    look(page, name)


def press(page, name):
    """A verb of the desk, in the open or folded under „Więcej czynności”."""
    fold = page.locator("details.desk-more:not([open]) > summary")
    button = (
        page.locator(".desk-verbs")
        .get_by_role("button", name=name)
        .or_(page.locator(".desk-verbs").get_by_role("link", name=name))
    )
    if fold.count() and not button.first.is_visible():
        fold.click()
    button.first.click()


def save_and_stay(page):
    page.get_by_role("button", name="Zapisz i kontynuuj edycję").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def version(number):
    return Version.objects.get(definition__code="drzewa-zgloszenie", number=number)


def test_an_editor_makes_the_next_version_and_annas_draft_loses_nothing(
    page, go, as_anna, as_dariusz, draft, complaints, look, time_machine  # noqa: F811
):  # fmt: skip
    as_dariusz()
    go("admin:schemas_version_change", version(1).pk)
    check(page, look, "version-published")
    press(page, "Załóż następną wersję")
    page.get_by_role("link", name="wersja 2 (szkic)").click()
    check(page, look, "version-draft")

    # a text, a question more, and another order
    plants = version(2).pages.get(code="rosliny")
    page.locator(f'a.inlinechangelink[href*="{plants.pk}"]').click()
    check(page, look, "version-page")
    page.get_by_label("Wstęp").fill("Opowiedz o drzewie. Pytamy też, jak blisko domu rośnie.")
    page.locator("tr.add-row a").first.click()
    row = page.locator("tr.form-row:not(.empty-form)").last
    row.get_by_label("kod", exact=True).fill("distance")
    row.get_by_label("rodzaj").select_option("number")
    row.get_by_label("pytanie").fill(WAIT)
    row.get_by_label("kolejność").fill("6")
    page.locator("tr.form-row:not(.empty-form)").nth(5).get_by_label("kolejność").fill("7")
    check(page, look, "version-new-question")
    save_and_stay(page)
    expect(page.locator("tr.form-row:not(.empty-form)")).to_have_count(7)

    # a condition picked from menus
    question = version(2).pages.get(code="rosliny").questions.get(code="distance")
    go("admin:schemas_question_change", question.pk)
    check(page, look, "version-question")
    press(page, "Kiedy pokazywać")
    page.locator("[name=row_1]").select_option(label="plant jest „drzewo”")
    check(page, look, "version-condition")
    page.get_by_role("button", name="Kiedy pokazywać").click()
    expect(page.get_by_text("Warunek zapisany.")).to_be_visible()
    expect(page.get_by_text("Pokazywane zawsze.")).to_have_count(0)
    check(page, look, "version-condition-kept")

    # as people will see it, then published for tomorrow
    go("admin:schemas_version_change", version(2).pk)
    expect(page.get_by_text(WAIT).first).to_be_visible()
    check(page, look, "version-ready")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Podgląd w nowej karcie").click()
    seen = opened.value
    expect(seen.get_by_text("Podgląd wersji 2.")).to_be_visible()
    check(seen, look, "version-preview")
    seen.close()
    press(page, "Ogłoś wersję")
    page.get_by_label("Obowiązuje od").fill((timezone.localdate() - DAY).isoformat())
    page.get_by_role("button", name="Ogłoś wersję").click()
    expect(page.get_by_role("alert").filter(has_text="Ten dzień już minął")).to_be_visible()
    check(page, look, "version-publish")
    page.get_by_label("Obowiązuje od").fill((timezone.localdate() + DAY).isoformat())
    page.get_by_role("button", name="Ogłoś wersję").click()
    expect(page.get_by_text("Wersja jest ogłoszona.").first).to_be_visible()
    check(page, look, "version-waits")
    assert version(1).definition.current().number == 1

    # its day comes, the old one is withdrawn, Anna comes back to her draft
    time_machine.move_to(timezone.now() + DAY)
    assert version(1).definition.current().number == 2
    as_dariusz()
    go("admin:schemas_version_change", version(1).pk)
    press(page, "Wycofaj wersję")
    check(page, look, "version-withdraw")
    page.get_by_role("button", name="Wycofaj wersję").click()
    expect(page.get_by_text("Wersja jest wycofana.").first).to_be_visible()  # before the cookie changes under the answer
    as_anna()
    go("eboi:draft", draft.pk)
    expect(page.get_by_role("heading", level=1)).to_have_text("Formularz się zmienił")
    expect(page.get_by_text(f"Nowe pytanie, na które trzeba odpowiedzieć: „{WAIT}”")).to_be_visible()
    check(page, look, "version-changed")
    page.get_by_role("button", name="Przejdź do nowej wersji").click()

    # she is led to what is new, and the rest stands as she left it
    expect(page.get_by_label(WAIT)).to_have_value("")
    expect(page.get_by_label("Nazwa gatunku")).to_have_value("świerk")
    expect(page.get_by_text("Opowiedz o drzewie.")).to_be_visible()
    check(page, look, "version-asked")
    page.get_by_label(WAIT).fill("7")
    page.get_by_role("group", name="Czy chcesz usunąć coś jeszcze").get_by_label("Nie").check()
    page.get_by_role("button", name="Dalej").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Czy trzeba to zgłosić")
    kept = Submission.objects.get(pk=draft.pk)
    assert kept.form_version.number == 2
    assert {**TREE, "distance": 7, "more": "no"}.items() <= kept.answers.items()
    assert kept.answers["last-name"] == "Kowalska"
    assert [one for one in complaints if "409" not in one] == []  # the refused day
