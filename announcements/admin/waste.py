"""The desk of waste: timetables from files, one day moved, what was not collected."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from announcements.actions import waste
from announcements.admin.forms import CLEAN
from announcements.models import Collection, Fraction, MissedCollection, Schedule
from announcements.timetable import LARGEST
from office.admin_buttons import Button, DeskAdmin
from ui.fields import CleanCharField

PUBLISH = "announcements.publish_schedule"
CSV = {"accept": ".csv,text/csv"}


class FilesForm(forms.Form):
    """Both files at once: one without the other is no timetable."""

    addresses = forms.FileField(
        label=_("Adresy"), widget=forms.FileInput(attrs=CSV),
        help_text=_("CSV z kolumnami: ulica; numery; rejon; zabudowa. Numery: puste to cała ulica, inaczej „1, 3a, 7-15” albo „parzyste”."),
    )  # fmt: skip
    days = forms.FileField(
        label=_("Terminy"), widget=forms.FileInput(attrs=CSV), help_text=_("CSV z kolumnami: rejon; zabudowa; frakcja; dzień.")
    )

    def clean(self):
        data = super().clean()
        for name, file in list(data.items()):
            if file.size > LARGEST:
                self.add_error(name, _("Plik jest większy niż 2 MB."))
            else:
                data[name] = file.read()
        return data


class MoveForm(forms.Form):
    day = forms.DateField(label=_("Nowy dzień"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = CleanCharField(label=_("Powód"), max_length=200, help_text=_("Zobaczą go mieszkańcy."))


class ReasonForm(forms.Form):
    reason = CleanCharField(label=_("Powód"), max_length=200, help_text=_("Zobaczą go mieszkańcy."))


class OutcomeForm(forms.Form):
    outcome = CleanCharField(label=_("Co zrobiono"), max_length=300)


def _is_draft(schedule, user):
    return schedule.published_at is None


def _is_open(collection, user):
    return collection.cancelled_at is None and Collection.objects.in_force().filter(pk=collection.pk).exists()


@admin.register(Fraction)
class FractionAdmin(DeskAdmin):
    may_add = may_change = True
    formfield_overrides = CLEAN
    list_display = ["name", "code", "colour", "order"]
    fields = ["code", "name", "colour", "order"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []


@admin.register(Schedule)
class ScheduleAdmin(DeskAdmin):
    """A draft is filled from files and published whole; a published one is replaced by the next."""

    may_add = may_change = True
    formfield_overrides = CLEAN
    list_display = ["name", "valid_from", "valid_to", "published_at", "routes_count"]
    fields = ["name", "valid_from", "valid_to", "source", "published_at"]
    readonly_fields = ["published_at"]
    buttons = [
        Button(_("Wczytaj pliki"), waste.load, needs=PUBLISH, form=FilesForm, when=_is_draft, tone="secondary"),
        Button(_("Ogłoś"), waste.publish, needs=PUBLISH, when=_is_draft,
               confirm=_("Od tej chwili ten harmonogram pokazujemy mieszkańcom w jego dniach, zamiast wcześniejszego.")),
    ]  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(routes_count=Count("routes"))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or _is_draft(obj, request.user))

    @admin.display(description=_("tras"), ordering="routes_count")
    def routes_count(self, obj):
        return obj.routes_count


@admin.register(Collection)
class CollectionAdmin(DeskAdmin):
    """Days of published and drafted timetables; one is moved or cancelled with its reason, and the addresses are told."""

    list_display = ["day", "fraction", "route", "planned_day", "cancelled_at", "change_reason"]
    list_filter = ["fraction", "route__building", "route__schedule"]
    list_select_related = ["fraction", "route"]
    search_fields = ["route__area"]
    date_hierarchy = "day"
    fields = ["fraction", "route", "day", "planned_day", "cancelled_at", "change_reason"]
    buttons = [
        Button(_("Przełóż"), waste.move_day, needs=PUBLISH, form=MoveForm, when=_is_open),
        Button(_("Odwołaj odbiór"), waste.cancel_day, needs=PUBLISH, form=ReasonForm, when=_is_open, tone="danger"),
    ]


class SettledFilter(admin.SimpleListFilter):
    title = _("stan")
    parameter_name = "stan"

    def lookups(self, request, model_admin):
        return [("otwarte", _("do załatwienia")), ("zalatwione", _("załatwione"))]

    def queryset(self, request, queryset):
        return queryset.filter(settled_at__isnull=self.value() == "otwarte") if self.value() else queryset


@admin.register(MissedCollection)
class MissedCollectionAdmin(DeskAdmin):
    """A list for the operator, by address. Who reported is seen on the object's page alone, and the look is recorded."""

    purpose = _("nieodebrane odpady")
    list_display = ["reported_at", "address", "collection", "settled_at", "outcome"]
    list_filter = [SettledFilter, "collection__fraction"]
    list_select_related = ["address", "collection__fraction"]
    search_fields = ["address__street"]
    fields = ["address", "collection", "person", "reported_at", "settled_at", "outcome"]
    buttons = [
        Button(_("Załatwione"), waste.settle, needs="announcements.settle_missedcollection", form=OutcomeForm,
               when=lambda missed, user: missed.settled_at is None),
    ]  # fmt: skip

    def person_of(self, obj):
        return obj.person_id
