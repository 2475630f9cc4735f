"""The desk of reports: one click makes a draft, a second person publishes; what is missing is always in view (C22-C25)."""

from django.contrib import admin
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from consultations.actions import reports
from consultations.admin.written_forms import BipForm, NewReportForm, ReasonForm, ReportForm
from consultations.models import Report
from consultations.report.pdf import report_pdf
from consultations.report.told import told
from consultations.statuses import ReportStatus
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused

WRITE = "consultations.change_report"
APPROVE = "consultations.approve_ruling"


def _is_draft(report, user):
    return report.status == ReportStatus.DRAFT


def _is_anothers(report, user):
    return report.author != user.subject


def _is_published(report, user):
    return report.status == ReportStatus.PUBLISHED


@admin.register(Report)
class ReportAdmin(DeskAdmin):
    may_add = True
    form = NewReportForm
    change_form_template = "admin/consultations/report.html"
    list_display = ["consultation", "number", "status", "published_at", "bip_url"]
    list_filter = ["status"]
    list_select_related = ["consultation"]
    search_fields = ["consultation__title"]
    ordering = ["-published_at", "-number"]
    buttons = [
        Button(_("Ogłoś raport"), reports.publish, to=ReportStatus.PUBLISHED, needs=APPROVE, when=_is_anothers,
               confirm=_("Raport przeczytają wszyscy. Obserwujący dostaną wiadomość, a poprzednia wersja zostanie oznaczona jako nieaktualna.")),
        Button(_("Przekaż do zatwierdzenia"), reports.submit, to=ReportStatus.REVIEW, needs=WRITE),
        Button(_("Napisz stanowisko i dalsze kroki"), reports.write, form=ReportForm, needs=WRITE, when=_is_draft,
               initial=lambda one: {"position": one.position, "next_steps": one.next_steps, "method_note": one.method_note}),
        Button(_("Policz jeszcze raz"), reports.count_again, needs=WRITE, when=_is_draft, tone="secondary"),
        Button(_("Cofnij do poprawy"), reports.send_back, to=ReportStatus.DRAFT, form=ReasonForm, needs=WRITE, tone="secondary"),
        Button(_("Wpisz adres w BIP"), reports.record_bip, form=BipForm, needs=WRITE, when=_is_published),
        Button(_("Wycofaj"), reports.withdraw, to=ReportStatus.WITHDRAWN, form=ReasonForm, needs=APPROVE, tone="danger"),
    ]  # fmt: skip

    def get_urls(self):
        own = [
            path("<uuid:pk>/podglad/", self.admin_site.admin_view(self.preview_view), name="consultations_report_preview"),
            path(
                "<uuid:pk>/podglad.pdf",
                self.admin_site.admin_view(self.preview_pdf_view),
                name="consultations_report_preview_pdf",
            ),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("consultation__basis")

    def get_fields(self, request, obj=None):
        return [] if obj else ["consultation"]

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Przygotuj raport"), **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            self.message_user(request, str(why), level="error")
            request.method, request.GET = "GET", request.POST.copy()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """The verb freezes the figures and stores the draft."""
        stored = reports.draft(form.cleaned_data["consultation"], by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            is_open = obj.status in (ReportStatus.DRAFT, ReportStatus.REVIEW)
            context["missing"] = reports.what_is_missing(obj, moment=timezone.now()) if is_open else []
            context["is_open"], context["told"] = is_open, told(obj)
            context["preview_url"] = reverse("admin:consultations_report_preview", args=[obj.pk])
            context["pdf_url"] = reverse("admin:consultations_report_preview_pdf", args=[obj.pk])
            waiting = reverse("admin:consultations_voice_changelist")
            context["waiting_url"] = f"{waiting}?consultation__id__exact={obj.consultation_id}&stanowisko=brak"
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def _previewed(self, request, pk):
        found = self.get_object(request, str(pk))
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        return found

    def preview_view(self, request, pk):
        return require_safe(self._preview)(request, pk)

    def _preview(self, request, pk):
        """The page exactly as everybody will read it."""
        found = self._previewed(request, pk)
        page = {"consultation": found.consultation, "report": found, "versions": [], "told": told(found)}
        return TemplateResponse(request, "consultations/report.html", page)

    def preview_pdf_view(self, request, pk):
        return require_safe(self._preview_pdf)(request, pk)

    def _preview_pdf(self, request, pk):
        found = self._previewed(request, pk)
        answer = HttpResponse(report_pdf(found), content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{reports.pdf_name(found)}"'
        return answer
