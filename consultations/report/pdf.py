"""The report as tagged PDF, drawn by typst from the same figures as the page (B12)."""

from pathlib import Path

from consultations.models import Report
from consultations.report.told import told
from office.pdf import render_pdf

TEMPLATE = Path(__file__).parent / "report.typ"


def report_pdf(report: Report) -> bytes:
    """PDF/UA-1 and PDF/A-3a of this version, with its state in words when it is not the one in force."""
    return render_pdf(TEMPLATE, told(report))
