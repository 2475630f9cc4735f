"""The yearly figures as tagged PDF. The day on it is that of its making, so the same version is the same file at any time (R86)."""

from pathlib import Path

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.pdf import render_pdf
from pszok import figures
from pszok.exports import written
from pszok.models import YearlyReport
from ui.words import long_date

TEMPLATE = Path(__file__).parent / "pdf" / "report.typ"


def previous_of(report: YearlyReport) -> YearlyReport | None:
    return YearlyReport.objects.filter(year=report.year, version=report.version - 1).first()


def differences_of(report: YearlyReport) -> list[figures.Difference]:
    """From the version before; nothing for the first."""
    older = previous_of(report)
    return figures.differences(older.figures, report.figures) if older else []


def report_pdf(report: YearlyReport) -> bytes:
    return render_pdf(TEMPLATE, told(report))


def words_of_totals(totals: dict) -> list[tuple[str, int]]:
    words = {
        "taken_kg": _("Zebrane odpady"), "hazardous_kg": _("w tym niebezpieczne"), "estimated_kg": _("w tym masa szacowana"),
        "reuse_kg": _("Przedmioty do ponownego użycia i naprawy"), "handed_over_kg": _("Przekazane do instalacji"),
        "building_kg": _("w tym budowlane inne niż niebezpieczne"),
        "building_recovered_kg": _("z nich do ponownego użycia, recyklingu i odzysku"),
    }  # fmt: skip
    return [(word, totals[name]) for name, word in words.items()]


WHAT = {
    "kg": gettext_lazy("zebrane"), "reuse_kg": gettext_lazy("do ponownego użycia"), "handed_over_kg": gettext_lazy("przekazane"),
}  # fmt: skip


def told(report: YearlyReport) -> dict:
    """Everything as text, as the template puts it."""
    until = figures.deadlines(report.year)
    return {
        "year": str(report.year), "version": str(report.version), "digest": report.figures_sha256[:16],
        "day": localdate(report.made_at).isoformat(), "operator_until": long_date(until["operator"]),
        "town_until": long_date(until["town"]),
        "totals": [{"term": word, "kg": str(kg)} for word, kg in words_of_totals(report.figures["totals"])],
        "taken": [_taken(row) for row in report.figures["taken"]],
        "handed_over": [
            {
                "code": written(row["code"], row["is_hazardous"]), "recipient": row["recipient"], "process": row["process"],
                "address": row["recipient_address"], "kg": str(row["kg"]),
            }
            for row in report.figures["handed_over"]
        ],
        "differences": [
            {"code": written(one.code, one.is_hazardous), "what": f"{WHAT[one.what]}, {one.where}", "before": str(one.before_kg),
             "after": str(one.after_kg)}
            for one in differences_of(report)
        ],
    }  # fmt: skip


def _taken(row):
    unweighed = [f"{row['unweighed_pieces']} szt."] if row["unweighed_pieces"] else []
    unweighed += [f"{row['unweighed_litres']} l"] if row["unweighed_litres"] else []
    return {
        "code": written(row["code"], row["is_hazardous"]), "name": row["name"], "point": row["point"], "kg": str(row["kg"]),
        "estimated": str(row["estimated_kg"]), "reuse": str(row["reuse_kg"]),
        "unweighed": _("bez wagi: %(what)s") % {"what": ", ".join(unweighed)} if unweighed else "",
    }  # fmt: skip
