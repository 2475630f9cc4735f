"""The desk for paper: registering forms, keying them with the keyboard alone, checking, counting, the record of the urn (B11)."""

import dataclasses

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from consultations.actions import paper as verbs
from consultations.models import CollectingChannel, Consultation, Instrument, InstrumentKind, PaperForm, UrnSession
from consultations.paper import passes_needed
from consultations.statuses import PaperStatus
from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused
from schemas.checking import check_page, merged
from schemas.definition import compiled
from schemas.forms import field_for
from schemas.models import Kind
from ui.fields import CleanCharField, day

NEEDS = "consultations.key_paper"
PAPER_CHANNELS = [(value, label) for value, label in CollectingChannel.Kind.choices if value != CollectingChannel.Kind.ONLINE]
NOT_KEYED = (Kind.FILE, Kind.NOTE, Kind.COMPUTED)


class PaperFormForm(forms.ModelForm):
    """A form as it came: where from, when, whose when the rules ask for it."""

    instrument = forms.ModelChoiceField(label=_("Narzędzie"), queryset=Instrument.objects.none())
    channel = forms.ChoiceField(label=_("Wpłynął przez"), choices=PAPER_CHANNELS)
    registry_number = CleanCharField(
        label=_("Numer rejestru"),
        max_length=40,
        required=False,
        help_text=_("Puste: portal nada kolejny numer tych konsultacji."),
    )
    sheet_id = CleanCharField(label=_("Numer arkusza"), max_length=40, required=False)
    received_on = day(_("Data wpływu"))
    postmarked_on = day(_("Data stempla pocztowego"), required=False)
    name = CleanCharField(label=_("Imię i nazwisko"), max_length=140, required=False)
    address = CleanCharField(label=_("Adres"), max_length=200, required=False)
    born_year = forms.IntegerField(label=_("Rok urodzenia"), required=False, min_value=1900, max_value=2100)
    scan_upload = forms.FileField(label=_("Skan"), required=False)

    class Meta:
        model = PaperForm
        fields = ["instrument", "channel", "registry_number", "sheet_id", "received_on", "postmarked_on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        collecting = Instrument.objects.filter(consultation__in=Consultation.objects.public()).exclude(
            kind=InstrumentKind.REMARKS
        )
        self.fields["instrument"].queryset = collecting.select_related("consultation")  # type: ignore[attr-defined]
        self.fields["instrument"].label_from_instance = lambda one: f"{one.consultation}: {one}"  # type: ignore[attr-defined]

    def verb_arguments(self):
        """What `register_form` takes: particulars only when something of them was typed."""
        given = dict(self.cleaned_data)
        particulars = {key: given.pop(key) for key in ("name", "address", "born_year")}
        scan = given.pop("scan_upload")
        return {**given, "scan": scan, "particulars": particulars if particulars["name"] else None}


class SurveyKeyingForm(forms.Form):
    """All questions of the version on one page, none of them required: what was left blank on paper is keyed as blank."""

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        version = obj.instrument.definition.current()
        self.definition = _optional(compiled(version.pk))
        for question in self.definition.questions.values():
            if question.kind not in NOT_KEYED:
                self.fields[question.code] = field_for(question, {}, localdate())

    def clean(self):
        answers: dict = {}
        for page in self.definition.pages:
            cleaned, errors = check_page(self.definition, page, self.data, answers=answers)
            for code, message in errors.items():
                self.add_error(code, message)
            answers = merged(self.definition, page, answers, cleaned)
        return {"answers": answers}


def _optional(definition):
    """The same questions with nothing required."""
    pages = tuple(
        dataclasses.replace(page, questions=tuple(dataclasses.replace(one, is_required=False) for one in page.questions))
        for page in definition.pages
    )
    return dataclasses.replace(definition, pages=pages)


def keying_form(*args, obj, **kwargs):
    """The form by which this instrument is keyed."""
    if obj.instrument.kind == InstrumentKind.BUDGET:
        from consultations.admin.budget import BudgetKeyingForm

        return BudgetKeyingForm(*args, obj=obj, **kwargs)
    return SurveyKeyingForm(*args, obj=obj, **kwargs)


class DefectForm(forms.Form):
    defect = CleanCharField(label=_("Czego brakuje"), max_length=300)
    complete_until = day(_("Uzupełnić do"))


class CompleteForm(forms.Form):
    completed_on = day(_("Uzupełniono dnia"))


class ReasonForm(forms.Form):
    reason = CleanCharField(label=_("Dlaczego formularz jest nieważny"), max_length=300)


def _may_be_keyed(form, user):
    reading = form.status in (PaperStatus.REGISTERED, PaperStatus.KEYED)
    return reading and not form.passes.filter(clerk=user.subject).exists()


class PaperFormAdmin(DeskAdmin):
    may_add = True
    purpose = _("liczenie głosów oddanych na papierze")
    list_display = ["registry_number", "consultation", "channel", "received_on", "state", "readings"]
    list_filter = ["status", "channel", "consultation"]
    search_fields = ["registry_number", "sheet_id"]
    readonly_fields = ["registry_number", "sheet_id", "instrument", "channel", "received_on", "postmarked_on", "state", "defect",
                       "complete_until", "readings"]  # fmt: skip
    form = PaperFormForm
    buttons = [
        Button(_("Wpisz odpowiedzi"), verbs.key, form=keying_form, needs=NEEDS, when=_may_be_keyed, name="key"),  # type: ignore[arg-type]
        Button(_("Policz ten głos"), verbs.count, to=PaperStatus.COUNTED, needs=NEEDS,
               confirm=_("Po policzeniu portal zapomina, co było na tym formularzu i czyj on był.")),
        Button(_("Do uzupełnienia"), verbs.ask_to_complete, to=PaperStatus.TO_COMPLETE, form=DefectForm, needs=NEEDS, tone="secondary"),
        Button(_("Uzupełniono"), verbs.complete, to=PaperStatus.REGISTERED, form=CompleteForm, needs=NEEDS,
               when=lambda form, user: form.status == PaperStatus.TO_COMPLETE),
        Button(_("Czytaj od nowa"), verbs.read_again, to=PaperStatus.REGISTERED, needs=NEEDS, tone="secondary",
               confirm=_("Usuniesz oba odczyty. Formularz trzeba będzie wpisać jeszcze raz."),
               when=lambda form, user: form.status == PaperStatus.KEYED),
        Button(_("Nieważny"), verbs.reject, to=PaperStatus.REJECTED, form=ReasonForm, needs=NEEDS, tone="danger"),
    ]  # fmt: skip

    @admin.display(description=_("stan"), ordering="status")
    def state(self, form):
        needed, done = passes_needed(form), len(form.passes.all())
        if form.status == PaperStatus.KEYED and done >= needed:
            return _("odczyty się różnią")
        if form.status == PaperStatus.KEYED:
            return _("czeka na drugi odczyt")
        return form.get_status_display()

    @admin.display(description=_("odczyty"))
    def readings(self, form):
        return f"{len(form.passes.all())}/{passes_needed(form)}"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("consultation", "instrument").prefetch_related("passes")

    def has_add_permission(self, request):
        return request.user.has_perm(NEEDS)

    def get_form(self, request, obj=None, change=False, **kwargs):
        """What is typed is typed once, when the form is registered."""
        if obj is not None:
            kwargs["form"] = forms.ModelForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        return self.readonly_fields if obj else list(PaperFormForm.base_fields)

    def get_readonly_fields(self, request, obj=None):
        return self.readonly_fields if obj else []

    def get_changeform_initial_data(self, request):
        return {"received_on": localdate(), "channel": CollectingChannel.Kind.BOX, **super().get_changeform_initial_data(request)}

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A form that the verb refuses is told above the form, with everything typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            self.message_user(request, str(why), level="error")
            request.method, request.GET = "GET", request.POST.copy()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        """The verb stores the form; the desk only learns which one."""
        stored = verbs.register_form(**form.verb_arguments(), by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)

    def person_of(self, form):
        return form.person_id

    def files_of(self, form):
        return [form.scan] if form.scan_id else []


class UrnSessionAdmin(DeskAdmin):
    may_add = True
    list_display = ["opened_on", "instrument", "place", "taken_out"]
    fields = ["instrument", "opened_on", "place", "members", "taken_out", "note"]

    def has_add_permission(self, request):
        return request.user.has_perm(NEEDS)

    def get_readonly_fields(self, request, obj=None):
        return self.fields if obj else []

    def save_model(self, request, obj, form, change):
        stored = verbs.open_urn(**form.cleaned_data, by=request.user, moment=timezone.now())
        obj.__dict__.update(stored.__dict__)


admin.site.register(PaperForm, PaperFormAdmin)
admin.site.register(UrnSession, UrnSessionAdmin)
