"""The queue of faults: what threatens people first, then by the hour until which a repair is ordered. It names nobody who told."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from eboi import faults
from eboi.actions import faults as verbs
from eboi.admin.catalogue import DATES, DatedAdmin
from eboi.models import Fault, FaultRule
from eboi.rules import is_unit_member
from eboi.statuses import FaultStatus
from office.admin_buttons import Button, DeskAdmin
from office.models import StoredFile
from schemas.definition import compiled
from schemas.readable import readable
from ui.fields import CleanCharField
from ui.words import long_moment


class NoteForm(forms.Form):
    note = CleanCharField(
        label=_("Co napisać zgłaszającym"),
        max_length=300,
        multiline=True,
        help_text=_("Stanie na stronie zgłoszenia. Bez nazwisk."),
    )


class ReasonForm(forms.Form):
    reason = CleanCharField(
        label=_("Dlaczego zamykasz"), max_length=300, multiline=True, help_text=_("Stanie na stronie zgłoszenia. Bez nazwisk.")
    )


def _in_my_unit(fault, user) -> bool:
    return is_unit_member(user, fault.matter.unit)


class LateFilter(admin.SimpleListFilter):
    title, parameter_name = _("co pokazać"), "co"

    def lookups(self, request, model_admin):
        return [("po-czasie", _("niezlecone w czasie")), ("wszystkie", _("także zamknięte"))]

    def queryset(self, request, queryset):
        if self.value() == "wszystkie":
            return queryset
        standing = queryset.standing()
        return standing.filter(status=FaultStatus.NEW, due_at__lt=timezone.now()) if self.value() else standing

    def choices(self, changelist):
        first, *others = super().choices(changelist)
        return [{**first, "display": _("otwarte")}, *others]


@admin.register(Fault)
class FaultAdmin(DeskAdmin):
    change_form_template = "admin/eboi/fault.html"
    list_display = ["__str__", "urgency", "place", "kind", "status", "voices", "reported_at", "due_at"]
    list_filter = [LateFilter, "is_urgent", ("matter", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["matter__unit", "form_version"]
    search_fields = ["place", "pole", "number"]
    ordering = ["-is_urgent", "due_at", "number"]
    fields = ["matter", "place", "on_map", "is_urgent", "reported_at", "due_at", "voices"]
    readonly_fields = ["on_map", "voices"]
    buttons = [
        Button(_("Zleć naprawę"), verbs.send_on, to=FaultStatus.SENT_ON, needs=verbs.HANDLE, form=NoteForm, when=_in_my_unit),
        Button(_("Naprawione"), verbs.repair, to=FaultStatus.REPAIRED, needs=verbs.HANDLE, form=NoteForm, when=_in_my_unit, tone="secondary"),
        Button(_("Nie potwierdza się"), verbs.dismiss, to=FaultStatus.DISMISSED, needs=verbs.HANDLE, form=ReasonForm, when=_in_my_unit, tone="danger"),
    ]  # fmt: skip

    def get_queryset(self, request):
        """What was told and stands by itself; what was joined is read with the other one."""
        told = super().get_queryset(request).exclude(status__in=[FaultStatus.DRAFT, FaultStatus.JOINED])
        return told.annotate(joined_count=Count("joined"))

    def files_of(self, fault):
        mine = StoredFile.objects.filter(faultfile__fault=fault)
        return list((mine | StoredFile.objects.filter(faultfile__fault__same_as=fault)).order_by("created_at"))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            context["sections"] = [section for one in [obj, *obj.joined.order_by("reported_at")] for section in _said(one)]
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)

    @admin.display(description=_("pilność"), ordering="is_urgent")
    def urgency(self, fault):
        if fault.is_urgent:
            return format_html('<strong class="desk-term desk-term--urgent">{}</strong>', _("zagraża ludziom"))
        return _("po czasie") if fault.is_late(timezone.now()) else _("zwykła")

    @admin.display(description=_("co się dzieje"))
    def kind(self, fault):
        return faults.kind_in_words(compiled(fault.form_version_id), fault.answers)

    @admin.display(description=_("zgłosiło osób"), ordering="joined_count")
    def voices(self, fault):
        return fault.joined_count + 1

    @admin.display(description=_("na mapie"))
    def on_map(self, fault):
        """Coordinates to copy: the desk opens no page of anybody else's."""
        return f"{fault.latitude}, {fault.longitude}" if fault.where else _("bez współrzędnych")


def _said(fault):
    """The answers in words, without the address to answer; each report under the hour at which it came."""
    sections = readable(compiled(fault.form_version_id), faults.without_address(fault.answers))
    at = long_moment(fault.reported_at)
    return [
        section._replace(title=f"{section.title}, {at}", lines=[line for line in section.lines if line.code != "email"])
        for section in sections
    ]


@admin.register(FaultRule)
class FaultRuleAdmin(DatedAdmin):
    list_display = ["matter", "radius_m", "days", "urgent_hours", "usual_hours", *DATES]
    list_select_related = ["matter"]
    fields = ["matter", "radius_m", "days", "urgent_hours", "usual_hours", *DATES]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(takes_faults=True)
        return field
