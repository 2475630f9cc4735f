"""The desk of results: ordering files and taking them, looking at results, taking a text out, and who looked at what (C37, C38, I8)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from consultations import results
from consultations.actions import exports
from consultations.models import Consultation, Export, Instrument, ResultAccess, TextRemoval
from consultations.report.words import integrity_caveat
from consultations.statuses import ConsultationStatus, ExportStatus
from office import files
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused

SEE = "consultations.see_results"
STARTED = [
    ConsultationStatus.ANNOUNCED, ConsultationStatus.SUSPENDED, ConsultationStatus.UNDER_ANALYSIS,
    ConsultationStatus.REPORT_PUBLISHED, ConsultationStatus.ARCHIVED,
]  # fmt: skip


class OrderForm(forms.ModelForm):
    """What, how much of it, for what day and why."""

    class Meta:
        model = Export
        fields = ["instrument", "profile", "format", "as_of", "purpose"]
        widgets = {"as_of": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        help_texts = {
            "as_of": _("Ten sam dzień da jutro te same bajty."),
            "purpose": _("Zobaczy to inspektor ochrony danych."),
            "format": _("Komplet do sprawdzenia: głosy, potwierdzenia, dziennik i podpisana metryka."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "instrument" not in self.fields:  # an order once made is only shown
            return
        self.fields["instrument"] = forms.ModelChoiceField(
            Instrument.objects.filter(consultation__status__in=STARTED)
            .select_related("consultation")
            .order_by("consultation", "order"),
            label=_("Narzędzie"),
        )
        self.fields["instrument"].label_from_instance = lambda one: f"{one.consultation}: {one}"
        self.fields["as_of"].initial = timezone.localdate()


@admin.register(Export)
class ExportAdmin(DeskAdmin):
    may_add = True
    form = OrderForm
    change_form_template = "admin/consultations/export.html"
    list_display = ["consultation", "instrument", "profile", "format", "as_of", "status", "progress", "ordered_at"]
    list_filter = ["status", "profile", "format"]
    list_select_related = ["consultation", "instrument"]
    search_fields = ["consultation__title", "purpose"]
    ordering = ["-ordered_at"]
    readonly_fields = [
        "consultation", "instrument", "profile", "format", "as_of", "purpose", "ordered_at", "expires_at", "sha256", "signature", "failure",
    ]  # fmt: skip
    buttons = [
        Button(
            _("Spróbuj jeszcze raz"),
            exports.repeat,
            to=ExportStatus.QUEUED,
            when=lambda one, user: exports.may_take(user, one.profile),
        )
    ]

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("wyniki/<uuid:pk>/", view(self.results_view), name="consultations_results"),
            path("<uuid:pk>/pobierz/", view(self.download_view), name="consultations_export_download"),
        ]
        return [*own, *super().get_urls()]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj else OrderForm.Meta.fields

    @admin.display(description=_("gotowe wiersze"))
    def progress(self, obj):
        return f"{obj.done_rows} / {obj.all_rows}"

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Zamów plik z danymi"), **(extra_context or {})})

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            self.message_user(request, str(why), level="error")
            request.method, request.GET = "GET", request.POST.copy()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """The verb checks the right and orders."""
        given = {name: form.cleaned_data[name] for name in ("instrument", "profile", "format", "as_of", "purpose")}
        stored = exports.order(given["instrument"].consultation, **given, by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            is_ready = obj.status == ExportStatus.DONE and obj.file_id
            context["download_url"] = (
                reverse("admin:consultations_export_download", args=[obj.pk])
                if is_ready and exports.may_take(request.user, obj.profile)
                else ""
            )
            context["percent"] = 100 * obj.done_rows // obj.all_rows if obj.all_rows else 0
            context["is_moving"] = obj.status in (ExportStatus.QUEUED, ExportStatus.RUNNING)
            context["accesses"] = obj.accesses.count()
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    def download_view(self, request, pk):
        return require_safe(self._download)(request, pk)

    def _download(self, request, pk):
        export = self.get_object(request, str(pk))
        if export is None or not self.has_view_permission(request, export):
            raise Http404
        try:
            stored = exports.take(export, by=request.user, moment=timezone.now())
        except Refused as why:
            messages.error(request, str(why))
            return HttpResponseRedirect(reverse("admin:consultations_export_change", args=[pk]))
        return files.response(stored)

    # Results

    def results_view(self, request, pk):
        return require_safe(self._results)(request, pk)

    def _results(self, request, pk):
        """Plots and tables by group; each look is written down. Closed to everybody while voices come, unless the order opens it."""
        if not request.user.has_perm(SEE):
            raise PermissionDenied
        consultation = get_object_or_404(Consultation.objects.select_related("basis"), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Wyniki"),
            "opts": Consultation._meta,
            "consultation": consultation,
        }
        try:
            results.check_open(consultation)
        except Refused as why:
            return TemplateResponse(request, "admin/consultations/results.html", {**context, "refusal": str(why)}, status=403)
        return TemplateResponse(request, "admin/consultations/results.html", {**context, **self._shown(request, consultation)})

    def _shown(self, request, consultation):
        surveys = results.surveys_of(consultation)
        chosen = next((one for one in surveys if one.code == request.GET.get("narzedzie")), surveys[0] if surveys else None)
        page = {
            "surveys": surveys,
            "chosen": chosen,
            "caveat": integrity_caveat(consultation),
            "is_interim": results.is_interim(consultation),
        }
        if chosen is None:
            results.record_look(consultation, what=_t("wyniki"), by=request.user, moment=timezone.now())
            return page
        groupings = results.groupings(chosen, only_background=False)
        by = next((one for one in groupings if one.code == request.GET.get("wedlug")), None)
        only = request.GET.get("pytanie", "")
        what = _t("wyniki: %(tool)s, w podziale: %(by)s") % {"tool": chosen.code, "by": by.code if by else "-"}
        results.record_look(consultation, what=what, by=request.user, moment=timezone.now())
        questions = list(results.questions_of(results.forms_of(chosen)).values())
        return {
            **page,
            "survey": results.told(chosen, by=by, only=only),
            "groupings": groupings,
            "by": by,
            "only": only,
            "questions": questions,
        }


@admin.register(ResultAccess)
class ResultAccessAdmin(DeskAdmin):
    """Who looked at what, when, for what file. Nobody changes it."""

    list_display = ["at", "consultation", "what", "who", "purpose", "is_interim"]
    list_filter = ["is_interim", "consultation"]
    list_select_related = ["consultation", "export"]
    fields = readonly_fields = ("at", "consultation", "what", "who", "export", "is_interim")

    def get_queryset(self, request):
        names = User.objects.filter(subject=OuterRef("reader"), is_staff=True).values("name")[:1]
        return super().get_queryset(request).annotate(name=Subquery(names))

    @admin.display(description=_("kto"))
    def who(self, obj):
        return obj.name or obj.reader or "-"

    @admin.display(description=_("po co"))
    def purpose(self, obj):
        return obj.export.purpose if obj.export else ""


class RemovalForm(forms.ModelForm):
    """The id of the ballot stands in the full file, the code in its first header row."""

    number = forms.UUIDField(label=_("Numer głosu"), help_text=_("Z kolumny „ballot” pliku pełnego."))
    key = forms.CharField(
        label=_("Kod pytania"),
        max_length=50,
        help_text=_("Z pierwszego wiersza pliku. Dla tekstu obok odpowiedzi: pytanie_odpowiedź."),
    )
    consultation = forms.ModelChoiceField(Consultation.objects.filter(status__in=STARTED), label=_("Konsultacje"))

    class Meta:
        model = TextRemoval
        fields = ["reason"]


@admin.register(TextRemoval)
class TextRemovalAdmin(DeskAdmin):
    may_add = True
    form = RemovalForm
    list_display = ["at", "consultation", "question", "reason"]
    list_select_related = ["ballot__instrument__consultation"]
    readonly_fields = ["ballot", "question", "reason", "at"]

    @admin.display(description=_("konsultacje"))
    def consultation(self, obj):
        return obj.ballot.instrument.consultation

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj else ["consultation", "number", "key", "reason"]

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            self.message_user(request, str(why), level="error")
            request.method, request.GET = "GET", request.POST.copy()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        typed = form.cleaned_data
        given = {"ballot": typed["number"], "question": typed["key"], "reason": typed["reason"]}
        stored = exports.remove_text(typed["consultation"], **given, by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)
