"""Results and open data as residents read them, the desk where officials look at results and order files. Accessible, wide and narrow."""
# ruff: noqa: F811  fixtures are imported by name

import pytest
from django.urls import reverse

from consultations.actions import exports
from consultations.models import Export
from pruszcz_portal import roles
from tests.conftest import make_user
from tests.consultations import opened
from tests.journeys.consulted import browser_of, check, faults, first_rows, go  # noqa: F401 fixtures


@pytest.fixture
def survey(transactional_db):
    return opened.make_opened(120, slug="park-nad-radunia", title="Park nad Radunią")


def test_residents_read_results_by_group_and_take_the_data(go, check, faults, page, survey):
    slug = survey.consultation.slug

    go("results", slug)
    check(page, "results")
    go("results", slug, query="?wedlug=sex")
    assert page.get_by_text("W podziale: Płeć").first.is_visible()
    check(page, "results-by-sex")

    go("open_data", slug)
    check(page, "open-data")
    with page.expect_download() as taken:
        page.get_by_role("link", name=".csv").click()
    assert taken.value.suggested_filename.endswith(".csv")
    assert faults == []


def test_hubert_looks_at_results_and_orders_a_file(browser_of, check, faults, live_server, survey):
    hubert = make_user("hubert@pruszcz.example", "Hubert Sowa", roles.ANALYST)
    page = browser_of(hubert)

    page.goto(live_server.url + reverse("admin:consultations_results", args=[survey.consultation_id]) + "?wedlug=want")
    check(page, "desk-results")
    page.goto(live_server.url + reverse("admin:consultations_export_add"))
    check(page, "desk-order")
    page.get_by_label("Narzędzie").select_option(str(survey.pk))
    page.get_by_label("Zakres").select_option("pseudonymised")
    page.get_by_label("Format").select_option("csv")
    page.get_by_label("Po co").fill("wykresy do raportu")
    page.get_by_role("button", name="Zapisz", exact=True).first.click()
    export = Export.objects.get(profile="pseudonymised")
    exports.run(export.pk, moment=export.ordered_at)

    page.goto(live_server.url + reverse("admin:consultations_export_change", args=[export.pk]))
    check(page, "desk-export")
    assert page.get_by_role("link", name="Pobierz plik").is_visible()
    assert faults == []
