"""Reports and outages at the desk. Reports name nobody, so no look at them is written down for anyone."""

from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from ui.fields import CleanCharField
from wifi_points.actions import faults
from wifi_points.forms import ReasonForm
from wifi_points.models import FaultReport, Outage, Ticket
from wifi_points.statuses import TicketStatus

KEEP = "wifi_points.keep_network"


class CauseForm(forms.Form):
    cause = forms.ChoiceField(label=_("Przyczyna"), choices=Outage.Cause)


class EndForm(CauseForm):
    """Now stands there already; a clerk who writes it down later sets the hour back."""

    ended_at = forms.DateTimeField(
        label=_("Działa od"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )  # fmt: skip
    note = CleanCharField(label=_("Uwagi"), max_length=300, required=False)

    def __init__(self, *args, obj, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("cause", obj.cause)
        self.initial.setdefault("ended_at", timezone.localtime())


@admin.register(Ticket)
class TicketAdmin(DeskAdmin):
    list_display = ["access_point", "status", "opened_at", "voices", "outage"]
    list_filter = ["status", "access_point__network"]
    list_select_related = ["access_point__network", "outage__access_point__network", "outage__network"]
    search_fields = ["access_point__place", "access_point__address"]
    fields = ["access_point", "opened_at", "said", "outage"]
    readonly_fields = ["said"]
    buttons = [
        Button(_("Potwierdź awarię"), faults.confirm, to=TicketStatus.CONFIRMED, needs=KEEP, form=CauseForm),
        Button(_("Punkt działa"), faults.dismiss, to=TicketStatus.DISMISSED, needs=KEEP, form=ReasonForm, tone="secondary"),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(voices=Count("reports"))

    @admin.display(description=_("zgłoszeń"), ordering="voices")
    def voices(self, ticket):
        return ticket.voices

    @admin.display(description=_("co mówią"))
    def said(self, ticket):
        counts = ticket.reports.order_by("fault").values_list("fault").annotate(Count("pk"))
        return ", ".join(f"{FaultReport.Fault(fault).label}: {count}" for fault, count in counts)


@admin.register(Outage)
class OutageAdmin(DeskAdmin):
    list_display = ["where", "started_at", "ended_at", "cause", "seen_by"]
    list_filter = ["cause", "seen_by", "network", ("ended_at", admin.EmptyFieldListFilter)]
    list_select_related = ["network", "access_point__network"]
    date_hierarchy = "started_at"
    fields = ["network", "access_point", "started_at", "ended_at", "cause", "seen_by", "note"]
    buttons = [
        Button(
            _("Zakończ awarię"), faults.end_outage, needs=KEEP, form=EndForm, when=lambda outage, user: outage.ended_at is None
        ),
    ]

    @admin.display(description=_("gdzie"))
    def where(self, outage):
        return str(outage.access_point or outage.network)
