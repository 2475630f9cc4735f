"""The desk of documents and letters: paragraphs from a pasted text, letters by post keyed with their scan (C16, C21)."""

from django import forms
from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from consultations.actions import documents, remarks
from consultations.actions.remarks import Author, Point
from consultations.admin.written_forms import LetterCompletedForm, LetterDefectForm, LetterForm, PasteForm
from consultations.models import ConsultedDocument, Instrument, InstrumentKind, Paragraph, Remark
from consultations.statuses import ConsultationStatus, RemarkStatus
from office.admin_buttons import Button, DeskAdmin
from office.admin_rows import NamedRows
from office.transitions import Refused

KEY = "consultations.key_paper"


class ParagraphInline(NamedRows):
    model = Paragraph
    fields = ["order", "number", "heading", "text"]

    def has_change_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_change_permission(request, obj)

    def has_add_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_add_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_delete_permission(request, obj)


def _is_draft(document, user=None):
    return document is None or document.instrument.consultation.status == ConsultationStatus.DRAFT


class DocumentForm(forms.ModelForm):
    class Meta:
        model = ConsultedDocument
        fields = ["instrument", "title"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "instrument" in self.fields:
            drafts = Instrument.objects.filter(kind=InstrumentKind.REMARKS, consultation__status=ConsultationStatus.DRAFT)
            self.fields["instrument"].queryset = drafts.select_related("consultation")  # type: ignore[attr-defined]
            self.fields["instrument"].label_from_instance = lambda one: f"{one.consultation}: {one}"  # type: ignore[attr-defined]


@admin.register(ConsultedDocument)
class ConsultedDocumentAdmin(DeskAdmin):
    """Edited while the consultation is a draft; afterwards people have remarked on these very words."""

    may_add = may_change = True
    form = DocumentForm
    inlines = [ParagraphInline]
    list_display = ["title", "instrument"]
    list_select_related = ["instrument__consultation"]
    search_fields = ["title", "instrument__consultation__title"]
    buttons = [
        Button(_("Wczytaj jednostki z tekstu"), documents.paste, form=PasteForm, needs="consultations.change_consulteddocument", when=_is_draft),
    ]  # fmt: skip

    def has_change_permission(self, request, obj=None):
        return _is_draft(obj) and super().has_change_permission(request, obj)


@admin.register(Remark)
class RemarkAdmin(DeskAdmin):
    """Letters: those of the portal and those keyed here. Who wrote is shown only to whoever may read originals, and written down."""

    may_add = True
    form = LetterForm
    add_form_template = None
    change_form_template = "admin/consultations/remark.html"
    purpose = _("prowadzenie konsultacji")
    list_display = ["registry_number", "consultation", "received_at", "channel", "is_late", "status", "points"]
    list_filter = ["status", "is_late", "channel", "instrument__consultation"]
    list_select_related = ["instrument__consultation"]
    search_fields = ["registry_number"]
    ordering = ["-received_at"]
    buttons = [
        Button(_("Do uzupełnienia"), remarks.ask_to_complete, to=RemarkStatus.TO_COMPLETE, form=LetterDefectForm, needs=KEY, tone="secondary"),
        Button(_("Uzupełniono"), remarks.complete, to=RemarkStatus.TAKEN, form=LetterCompletedForm, needs=KEY),
        Button(_("Nie uzupełniono w terminie"), remarks.leave, to=RemarkStatus.LEFT, needs=KEY, tone="danger",
               confirm=_("Pismo zostanie w rejestrze, ale miasto na nie nie odpowie.")),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("voices").defer("author", "letter")

    @admin.display(description=_("konsultacje"))
    def consultation(self, remark):
        return remark.instrument.consultation

    @admin.display(description=_("uwag"))
    def points(self, remark):
        return len(remark.voices.all())

    def has_add_permission(self, request):
        return request.user.has_perm(KEY)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("consultations.view_remark")

    def get_fields(self, request, obj=None):
        return [] if obj else list(LetterForm.base_fields)

    def get_changeform_initial_data(self, request):
        return {"received_on": timezone.localdate(), "channel": "post", **super().get_changeform_initial_data(request)}

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Zapisz pismo z uwagami"), **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        """The verb stores the letter; the desk only learns its number."""
        typed = form.cleaned_data
        author = Author(**{name: typed[name] for name in ("name", "organisation", "address", "email")})
        stored = remarks.register(
            typed["instrument"], channel=typed["channel"], received_on=typed["received_on"], postmarked_on=typed["postmarked_on"],
            registry_number=typed["registry_number"], points=[Point(said, paragraph) for paragraph, said in form.points_typed()],
            author=author, is_organisation=bool(typed["organisation"]), scan=typed["scan"], by=request.user, moment=timezone.now(),
        )  # fmt: skip
        obj.__dict__.update(stored.__dict__)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """A letter that the verb refuses is told above the form, with everything typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as why:
            self.message_user(request, str(why), level="error")
            request.method = "GET"
            request.GET = request.POST.copy()
            return super().changeform_view(request, object_id, form_url, extra_context)

    def person_of(self, remark):
        return remark.person_id

    def files_of(self, remark):
        return [one.file for one in remark.files.select_related("file")]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["may_read"] = request.user.has_perm("consultations.view_original_voice")
            context["voices"] = obj.voices.select_related("paragraph").order_by("paragraph__order", "sort_key")
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)
