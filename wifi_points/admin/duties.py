"""Dated norms, the checklist, hosts that may be knocked at, and the figures that came in. A row in force is ended, never rewritten."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from office.admin_buttons import Button, DeskAdmin
from wifi_points import ending, rules
from wifi_points.actions import duties
from wifi_points.forms import CorrectWarrantyForm
from wifi_points.models import Norm, ProbeHost, Requirement, SpeedTest, UsageMonth, Warranty

KEEP = "wifi_points.keep_network"

DATED = ["valid_from", "valid_to", "source", "needs_confirmation"]
MAY_CHANGE = ("valid_to", "needs_confirmation")


class DatedDesk(DeskAdmin):
    may_add = may_change = True

    def get_readonly_fields(self, request, obj=None):
        return [name for name in self.fields if name not in MAY_CHANGE] if obj else []


@admin.register(Norm)
class NormAdmin(DatedDesk):
    list_display = ["code", "value", *DATED]
    list_filter = ["code", "needs_confirmation"]
    fields = ["code", "value", *DATED]


@admin.register(Requirement)
class RequirementAdmin(DatedDesk):
    list_display = ["text", "is_mandatory", *DATED]
    list_filter = ["is_mandatory", "needs_confirmation"]
    fields = ["code", "text", "is_mandatory", *DATED]


@admin.register(ProbeHost)
class ProbeHostAdmin(DatedDesk):
    list_display = ["host", "port", *DATED]
    fields = ["host", "port", *DATED]


def _counts(warranty, user):
    return warranty.withdrawn_at is None


@admin.register(Warranty)
class WarrantyAdmin(DeskAdmin):
    """Entered at the network. Beside it the list of everything that ends, duties too."""

    change_list_template = "admin/wifi_points/with_endings.html"
    list_display = ["what", "company", "starts_on", "ends_on", "left"]
    list_filter = ["network", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["network", "access_point__network"]
    date_hierarchy = "ends_on"
    search_fields = ["company", "contact", "access_point__place"]
    search_help_text = _("Firma, kontakt albo miejsce.")
    fields = [
        "network",
        "access_point",
        "company",
        "contact",
        "starts_on",
        "ends_on",
        "left",
        "at",
        "withdrawn_at",
        "reminded_of",
    ]
    readonly_fields = ["left"]
    buttons = [
        Button(_("Popraw gwarancję"), duties.correct_warranty, needs=KEEP, form=CorrectWarrantyForm, when=_counts, tone="secondary",
               initial=lambda one: {name: getattr(one, name) for name in ("starts_on", "ends_on", "company", "contact")}),
        Button(_("Wycofaj gwarancję"), duties.withdraw_warranty, needs=KEEP, when=_counts, tone="danger",
               confirm=_("Wycofaj tylko gwarancję wpisaną przez pomyłkę. Nie będziemy o niej przypominać.")),
    ]  # fmt: skip

    def files_of(self, obj):
        return [obj.file] if obj.file else []

    def get_urls(self):
        view = self.admin_site.admin_view(require_safe(self.endings_view))
        return [path("konczy-sie/", view, name=self._url_name("endings")), *super().get_urls()]

    def endings_view(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        day = localdate()
        page = {
            **self.admin_site.each_context(request), "title": _("Kończy się"), "opts": self.opts, "endings": ending.endings(day),
            "days": rules.norm(Norm.Code.REMIND_DAYS, day),
        }  # fmt: skip
        return TemplateResponse(request, "admin/wifi_points/endings.html", page)

    @admin.display(description=_("czego dotyczy"))
    def what(self, warranty):
        return str(warranty.access_point or warranty.network)

    @admin.display(description=_("ile zostało"), ordering="ends_on")
    def left(self, warranty):
        return rules.warranty_in_words(warranty.starts_on, warranty.ends_on, localdate())


@admin.register(SpeedTest)
class SpeedTestAdmin(DeskAdmin):
    list_display = ["network", "measured_at", "down_mbps", "up_mbps", "is_imported"]
    list_filter = ["network"]
    list_select_related = ["network"]
    date_hierarchy = "measured_at"
    fields = ["network", "measured_at", "down_mbps", "up_mbps", "is_imported"]


@admin.register(UsageMonth)
class UsageMonthAdmin(DeskAdmin):
    list_display = ["month", "access_point", "sessions", "gigabytes", "peak_users"]
    list_filter = ["access_point__network"]
    list_select_related = ["access_point__network"]
    date_hierarchy = "month"
    fields = ["month", "access_point", "sessions", "gigabytes", "peak_users"]
    search_fields = ["access_point__place"]
    search_help_text = _("Miejsce.")
