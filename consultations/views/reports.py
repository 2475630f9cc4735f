"""The report of a consultation: the version in force, every earlier one, its PDF and its numbers."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from consultations.actions.reports import pdf_name
from consultations.models import Consultation, Report
from consultations.report.pdf import report_pdf as drawn
from consultations.report.sheet import COLUMNS, report_rows
from consultations.report.told import told
from consultations.statuses import ReportStatus
from office import files
from office.exports import as_csv
from ui.visitors import same_for_visitors

PUBLIC = (ReportStatus.PUBLISHED, ReportStatus.SUPERSEDED, ReportStatus.WITHDRAWN)


def _consultation(slug):
    return get_object_or_404(Consultation.objects.public().with_phase().select_related("basis"), slug=slug)


def _versions(consultation):
    """Everything that was ever published, the newest first; drafts are nobody's business outside (C25)."""
    return list(consultation.reports.filter(status__in=PUBLIC).defer("frozen").order_by("-number"))


def _version(slug, number):
    public = Report.objects.filter(consultation__slug=slug, consultation__in=Consultation.objects.public(), status__in=PUBLIC)
    return get_object_or_404(public.select_related("consultation__basis", "pdf"), number=number)


@require_safe
@same_for_visitors
def report(request, slug):
    """The version in force; when the last one was withdrawn, that one with its mark; before the first, when it is promised."""
    consultation = _consultation(slug)
    versions = _versions(consultation)
    if not versions:
        return render(request, "consultations/report_waiting.html", {"consultation": consultation})
    current = next((one for one in versions if one.status == ReportStatus.PUBLISHED), versions[0])
    return _page(request, _version(slug, current.number), versions)


@require_safe
@same_for_visitors
def report_version(request, slug, number):
    found = _version(slug, number)
    return _page(request, found, _versions(found.consultation))


def _page(request, found, versions):
    return render(request, "consultations/report.html", {
        "consultation": found.consultation, "report": found, "versions": versions, "told": told(found),
    })  # fmt: skip


@require_safe
def report_pdf(request, slug, number):
    """The version in force as it was kept when published; an older one drawn anew with its state on the front."""
    found = _version(slug, number)
    if found.status == ReportStatus.PUBLISHED and found.pdf:
        return files.response(found.pdf, as_name=pdf_name(found))
    answer = HttpResponse(drawn(found), content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=pdf_name(found))
    return answer


@require_safe
def report_csv(request, slug, number):
    found = _version(slug, number)
    return as_csv(pdf_name(found).removesuffix(".pdf"), COLUMNS, report_rows(found))
