"""Figures of a year: computed from lines less reversals, the same at any time, a correction makes the next version (R85-R87)."""

import io
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from office.exports import write_xlsx
from office.transitions import Refused
from pruszcz_portal import roles
from pszok import exports, figures
from pszok.actions import corrections, reports, transfers
from pszok.models import OutboundTransfer, Point, VisitLine, WasteCode, YearlyReport
from pszok.report_pdf import differences_of, report_pdf, told
from tests.factories import TUESDAY, at, make_person
from tests.pszok.cast import hand_in, line, make_gate, make_point
from tests.resident_card.cast import make_holder

pytestmark = pytest.mark.django_db
NEW_YEAR = at(date(2027, 1, 4), 9)
NAME = "Nieporównywalska"


@pytest.fixture
def walentyna(make_account):
    return make_account("walentyna@pruszcz.example", "Walentyna Rek", roles.PSZOK_SUPERVISOR)


@pytest.fixture
def visit():
    make_point()
    phone = make_holder(make_person(first_name="Anna", last_name=NAME, born_on=date(1985, 4, 15)))
    fridge = line("elektro", code="200123", kg=60, pieces=1, storage_confirmed=True)
    return hand_in(
        phone, make_gate(), line("gruz", kg=340), fridge, line("gabaryty", kg=25, is_for_reuse=True), line("opony", pieces=4)
    )


def hand_over(walentyna, code="170107", kg=300, process="R5"):
    load = OutboundTransfer(
        point=Point.objects.get(), day=TUESDAY.date(), code=WasteCode.objects.get(code=code), kg=kg, recipient="Zakład w Szadółkach",
        recipient_address="ul. Jabłoniowa 55, Gdańsk", process=process,
    )  # fmt: skip
    return transfers.enter(load, by=walentyna, moment=TUESDAY)


def taken(told, code):
    return next(row for row in told["taken"] if row["code"] == code)


def test_a_year_tells_masses_by_code_with_reuse_and_what_nobody_weighed_apart(visit):
    """R87"""
    told = figures.figures_of(2026)

    assert (taken(told, "170107")["kg"], taken(told, "200123")["is_hazardous"]) == (340, True)
    assert (taken(told, "200307")["kg"], taken(told, "200307")["reuse_kg"]) == (0, 25)
    assert (taken(told, "160103")["kg"], taken(told, "160103")["unweighed_pieces"]) == (0, 4)
    assert told["totals"]["taken_kg"] == 400
    assert figures.figures_of(2025)["taken"] == []


def test_what_was_handed_over_stands_by_installation_and_process_and_a_cancelled_load_does_not(walentyna, visit):
    hand_over(walentyna)
    wrong = hand_over(walentyna, kg=999)
    transfers.cancel(wrong, reason="dwa razy ta sama karta", by=walentyna, moment=TUESDAY)

    told = figures.figures_of(2026)

    assert [(row["recipient"], row["process"], row["kg"]) for row in told["handed_over"]] == [("Zakład w Szadółkach", "R5", 300)]
    assert (told["totals"]["building_kg"], told["totals"]["building_recovered_kg"]) == (300, 300)


def test_the_same_figures_make_the_same_version_and_a_correction_the_next_with_its_differences(walentyna, visit):
    """R86: a correction in January belongs to the day of the visit in November."""
    first, _ = reports.make_report(2026, by=walentyna, moment=NEW_YEAR)
    again, is_new = reports.make_report(2026, by=walentyna, moment=NEW_YEAR + timedelta(days=1))
    rubble = VisitLine.objects.get(visit=visit, code__code="170107")
    corrections.correct_line(rubble, kg=34, reason="pomyłka o zero", by=walentyna, moment=NEW_YEAR)

    second, _ = reports.make_report(2026, by=walentyna, moment=NEW_YEAR + timedelta(days=2))

    assert (again.pk, is_new) == (first.pk, False)
    assert (second.version, [(one.code, one.before_kg, one.after_kg) for one in differences_of(second)]) == (
        2,
        [("170107", 340, 34)],
    )
    first.refresh_from_db()
    assert taken(first.figures, "170107")["kg"] == 340


def test_a_version_is_the_same_file_at_any_time_in_every_format(walentyna, visit):
    """R86"""
    report, _ = reports.make_report(2026, by=walentyna, moment=NEW_YEAR)
    stored = YearlyReport.objects.get(pk=report.pk)

    def workbook(one):
        file = io.BytesIO()
        write_xlsx(file, exports.REPORT_COLUMNS, exports.report_rows(one.figures))
        return file.getvalue()

    assert list(exports.report_rows(report.figures)) == list(exports.report_rows(stored.figures))
    assert workbook(report) == workbook(stored)
    assert report_pdf(report) == report_pdf(stored)
    assert report_pdf(report).startswith(b"%PDF-")


def test_no_resident_is_named_in_any_figure(walentyna, visit):
    report, _ = reports.make_report(2026, by=walentyna, moment=NEW_YEAR)

    said = f"{report.figures} {told(report)} {list(exports.day_rows(figures.day_totals(date(2026, 1, 1), date(2026, 12, 31))))}"

    assert NAME not in said and "Nad Radunią" not in said
    assert str(visit.person_id) not in said and str(visit.pk) not in said


def test_day_totals_are_the_sum_of_lines_less_reversals(walentyna, visit):
    """R85"""
    rubble = VisitLine.objects.get(visit=visit, code__code="170107")
    corrections.correct_line(rubble, kg=34, reason="pomyłka", by=walentyna, moment=TUESDAY)
    tyres = VisitLine.objects.get(visit=visit, code__code="160103")
    corrections.correct_line(tyres, reason="nie było ich", by=walentyna, moment=TUESDAY)

    totals = {row["code"]: row for row in figures.day_totals(TUESDAY.date(), TUESDAY.date())}

    assert totals["170107"]["kg"] == 34
    assert sum(row["kg"] for row in totals.values()) == sum(VisitLine.objects.values_list("kg", flat=True).exclude(kg=None))
    assert "160103" not in totals


def test_a_year_that_has_not_ended_gets_no_report_and_a_clerk_without_the_right_none_at_all(walentyna, celina, visit):
    with pytest.raises(Refused, match="już minął"):
        reports.make_report(2026, by=walentyna, moment=TUESDAY)
    with pytest.raises(Refused):
        reports.make_report(2026, by=celina, moment=NEW_YEAR)


def test_a_report_can_not_be_rewritten_even_past_our_code(walentyna, visit):
    report, _ = reports.make_report(2026, by=walentyna, moment=NEW_YEAR)

    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        YearlyReport.objects.filter(pk=report.pk).update(version=7)


def test_deadlines_are_the_last_of_january_and_of_march():
    assert figures.deadlines(2026) == {"operator": date(2027, 1, 31), "town": date(2027, 3, 31)}
