"""Disputes, loads handed over, day totals and the yearly report (R63, R66, R85-R87)."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from office.admin_buttons import Button, DeskAdmin
from office.exporting_desk import WRITERS
from office.transitions import Refused
from pszok import exports, figures
from pszok.actions import disputes, reports, transfers
from pszok.admin.forms import DismissForm, ReasonForm, TransferForm, UpholdForm
from pszok.models import Dispute, OutboundTransfer, YearlyReport
from pszok.report_pdf import WHAT, differences_of, report_pdf, words_of_totals
from pszok.statuses import DisputeStatus
from ui.words import days_left, long_date

SUPERVISE = "pszok.supervise_point"
LONGEST = timedelta(days=366)


@admin.register(Dispute)
class DisputeAdmin(DeskAdmin):
    purpose = _("reklamacja wizyty w GPSZOK")
    change_form_template = "admin/pszok/dispute.html"
    list_display = ["visit", "dwelling", "status", "opened_at", "answered_at"]
    list_filter = ["status", "opened_at"]
    list_select_related = ["visit__dwelling__address"]
    fields = ["visit", "person", "text", "opened_at", "answer", "answered_at"]
    buttons = [
        Button(_("Uznaj i popraw wpis"), disputes.uphold_with_correction, to=DisputeStatus.UPHELD, needs=SUPERVISE, form=UpholdForm,
               done=_("Wpis poprawiony, reklamacja uznana.")),
        Button(_("Nie uznaj"), disputes.dismiss, to=DisputeStatus.DISMISSED, needs=SUPERVISE, form=DismissForm, tone="danger"),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.person_id

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["lines"] = obj.visit.lines.select_related("fraction", "code").order_by("sequence")
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("mieszkanie"))
    def dwelling(self, dispute):
        return dispute.visit.dwelling


def cancel_transfer(transfer, *, reason, by, moment):
    return transfers.cancel(transfer, reason=reason, by=by, moment=moment)


@admin.register(OutboundTransfer)
class OutboundTransferAdmin(DeskAdmin):
    """Entered once; a mistake is taken back with its reason and entered anew."""

    may_add = True
    form = TransferForm
    list_display = ["day", "code", "kg", "recipient", "by_process", "note_number", "is_standing"]
    list_filter = ["process", "day"]
    list_select_related = ["code"]
    date_hierarchy = "day"
    search_fields = ["recipient", "note_number", "code__code"]
    buttons = [
        Button(_("Unieważnij"), cancel_transfer, needs=SUPERVISE, form=ReasonForm, tone="danger",
               when=lambda transfer, user: transfer.cancelled_at is None),
    ]  # fmt: skip

    def get_fields(self, request, obj=None):
        return [*TransferForm.Meta.fields, *(["cancelled_at", "cancelled_reason"] if obj else [])]

    def save_model(self, request, obj, form, change):
        transfers.enter(obj, by=request.user, moment=timezone.now())

    @admin.display(description=_("proces"), ordering="process")
    def by_process(self, transfer):
        return transfer.process

    @admin.display(description=_("liczy się"), boolean=True)
    def is_standing(self, transfer):
        return transfer.cancelled_at is None


class YearForm(forms.Form):
    year = forms.TypedChoiceField(label=_("Rok"), coerce=int)

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        years = range(today.year - 1, figures.FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]


class DaysForm(forms.Form):
    first = forms.DateField(label=_("Od"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    last = forms.DateField(label=_("Do"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def clean(self):
        typed = super().clean()
        first, last = typed.get("first"), typed.get("last")
        if first and last and not timedelta(0) <= last - first <= LONGEST:
            raise forms.ValidationError(_("Podaj okres nie dłuższy niż rok, od wcześniejszego dnia do późniejszego."))
        return typed


@admin.register(YearlyReport)
class YearlyReportAdmin(DeskAdmin):
    change_list_template = "admin/pszok/reports.html"
    change_form_template = "admin/pszok/report.html"
    list_display = ["year", "version", "made_at", "maker"]
    list_filter = ["year"]
    fields = ["year", "version", "made_at", "maker", "digest"]
    readonly_fields = ["maker", "digest"]

    def get_urls(self):
        views = {
            "sporzadz/": ("make", require_http_methods(["POST"])(self.make_view)),
            "dni/": ("days", require_safe(self.days_view)),
            "<uuid:pk>/sprawozdanie.<slug:kind>": ("file", require_safe(self.file_view)),
        }
        own = [path(at, self.admin_site.admin_view(view), name=self._url_name(name)) for at, (name, view) in views.items()]
        return [*own, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        today = localdate()
        told = [_due(today.year - 1, today)] if today.month <= figures.TOWN_REPORT[0] else [_due(today.year, today)]
        context = {"year_form": YearForm(today=today), "due": told, "may_make": request.user.has_perm(reports.MAKE)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def make_view(self, request):
        form = YearForm(request.POST, today=localdate())
        if not form.is_valid():
            messages.error(request, _("Wybierz rok z listy."))
            return HttpResponseRedirect(reverse("admin:pszok_yearlyreport_changelist"))
        try:
            report, is_new = reports.make_report(form.cleaned_data["year"], by=request.user, moment=timezone.now())
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:pszok_yearlyreport_changelist"))
        word = _("Sporządzono wersję %(n)d.") if is_new else _("Liczby się nie zmieniły: obowiązuje wersja %(n)d.")
        messages.success(request, word % {"n": report.version})
        return HttpResponseRedirect(reverse("admin:pszok_yearlyreport_change", args=[report.pk]))

    def days_view(self, request):
        """Day totals as a list, or as a file with `plik=csv`. Nobody's data, so nobody is told."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        today = localdate()
        form = DaysForm(request.GET or {"first": today - timedelta(days=6), "last": today})
        totals = figures.day_totals(**form.cleaned_data) if form.is_valid() else []
        if (kind := request.GET.get("plik")) in WRITERS and form.is_valid():
            name = f"gpszok-dni-{form.cleaned_data['first']}-{form.cleaned_data['last']}"
            return WRITERS[kind](name, exports.DAY_COLUMNS, exports.day_rows(totals))
        context = {
            **self.admin_site.each_context(request), "title": _("Sumy dnia"), "opts": self.opts, "form": form,
            "columns": exports.DAY_COLUMNS, "rows": list(exports.day_rows(totals)),
            "kinds": list(WRITERS),
        }  # fmt: skip
        return TemplateResponse(request, "admin/pszok/days.html", context)

    def file_view(self, request, pk, kind):
        report = self.get_object(request, str(pk))
        if report is None or not self.has_view_permission(request, report):
            raise Http404
        name = f"gpszok-{report.year}-wersja-{report.version}"
        if kind == "pdf":
            answer = HttpResponse(report_pdf(report), content_type="application/pdf")
            answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=f"{name}.pdf")
            return answer
        if kind not in WRITERS:
            raise Http404
        return WRITERS[kind](name, exports.REPORT_COLUMNS, exports.report_rows(report.figures))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            changed = [
                {"one": one, "what": WHAT[one.what], "code": exports.written(one.code, one.is_hazardous)}
                for one in differences_of(obj)
            ]
            context |= {"totals": words_of_totals(obj.figures["totals"]), "due": _due(obj.year, localdate()), "changed": changed}
            points = {row["point"] for part in ("taken", "handed_over") for row in obj.figures[part]}
            context |= {"has_points": len(points) > 1, "kinds": [*WRITERS, "pdf"]}
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("kto sporządził"))
    def maker(self, report):
        return User.objects.filter(subject=report.made_by).values_list("name", flat=True).first() or ""

    @admin.display(description=_("skrót liczb"))
    def digest(self, report):
        return report.figures_sha256[:16]


def _due(year, today):
    """Both deadlines of the year's report in words."""
    until = figures.deadlines(year)
    return {
        "year": year,
        "operator": f"{long_date(until['operator'])}, {days_left((until['operator'] - today).days)}",
        "town": f"{long_date(until['town'])}, {days_left((until['town'] - today).days)}",
    }
