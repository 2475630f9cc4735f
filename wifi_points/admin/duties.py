"""Dated norms, the checklist, hosts that may be knocked at, and the figures that came in. A row in force is ended, never rewritten."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import DeskAdmin
from wifi_points.models import Norm, ProbeHost, Requirement, SpeedTest, UsageMonth

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
