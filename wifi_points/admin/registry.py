"""Programmes, networks and their points at the desk. What moves, moves by verbs; lists of points are the installer's until approved."""

from django.contrib import admin
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from wifi_points import rules
from wifi_points.actions import networks
from wifi_points.forms import AddressesForm, ApproveForm, CloseForm, InviteForm, ReasonForm, SwapForm
from wifi_points.models import AccessPoint, Installer, Network, Programme, StreetPlace
from wifi_points.statuses import NetworkStatus

APPROVE = "wifi_points.approve_network"
KEEP = "wifi_points.keep_network"


def _is_open(network, user):
    return not rules.is_locked(network)


def _takes_installer(network, user):
    return network.status in (NetworkStatus.PLANNED, NetworkStatus.REVISION, NetworkStatus.CONFIRMED)


@admin.register(Programme)
class ProgrammeAdmin(DeskAdmin):
    may_add = may_change = True
    list_display = ["name", "fund", "voucher_euro", "grant_number", "duty"]
    fields = [
        "name", "fund", "voucher_euro", "grant_number", "grant_signed_on", "duty_from", "duty", "source", "needs_confirmation", "is_sample",
    ]  # fmt: skip
    readonly_fields = ["duty"]

    @admin.display(description=_("obowiązek utrzymania"))
    def duty(self, programme):
        if programme.pk is None:
            return self.get_empty_value_display()
        return rules.duty_in_words(rules.duty_end(programme), localdate())


@admin.register(Network)
class NetworkAdmin(DeskAdmin):
    """What the officer types at the start; afterwards verbs alone."""

    may_add = True
    change_form_template = "admin/wifi_points/network.html"
    list_display = ["number", "name", "status", "installer", "probing", "is_self_testing", "programme"]
    list_display_links = ["name"]
    list_filter = ["status", "programme", "probing"]
    list_select_related = ["installer", "programme"]
    search_fields = ["name", "portal_url", "points__serial", "points__mac"]
    search_help_text = _("Nazwa, adres strony powitalnej, numer seryjny albo MAC.")
    fields = ["programme", "number", "name", "ssid", "portal_url", "network_identifier", "probing"]
    buttons = [
        Button(_("Zatwierdź sieć"), networks.approve, to=NetworkStatus.APPROVED, needs=APPROVE, form=ApproveForm,
               confirm=_("Sprawdź wykaz punktów poniżej. Zatwierdzasz dokładnie tę wersję, którą widzisz.")),
        Button(_("Uruchom sieć"), networks.go_live, to=NetworkStatus.LIVE, needs=APPROVE,
               confirm=_("Mieszkańcy zobaczą punkty tej sieci na liście.")),
        Button(_("Poproś o poprawki"), networks.ask_for_revision, to=NetworkStatus.REVISION, needs=APPROVE, form=ReasonForm, tone="secondary"),
        Button(_("Powierz instalatorowi"), networks.invite, needs=KEEP, form=InviteForm, when=_takes_installer, tone="secondary"),
        Button(_("Popraw adresy"), networks.set_addresses, needs=KEEP, form=AddressesForm, when=_is_open, tone="secondary",
               initial=lambda one: {name: getattr(one, name) for name in AddressesForm.base_fields}),
        Button(_("Zlikwiduj sieć"), networks.close, to=NetworkStatus.CLOSED, needs=APPROVE, form=CloseForm, tone="danger"),
    ]  # fmt: skip

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            day = localdate()
            context |= {"points": obj.points.standing(), "duty": rules.duty_in_words(rules.duty_end(obj.programme), day)}
            context["missing"] = rules.why_not_live(obj, day) if obj.status == NetworkStatus.APPROVED else []
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


@admin.register(AccessPoint)
class AccessPointAdmin(DeskAdmin):
    list_display = [
        "code",
        "place",
        "kind",
        "is_indoor",
        "brand",
        "model",
        "serial",
        "installed_on",
        "removed_on",
        "warranty_until",
    ]
    list_display_links = ["place"]
    list_filter = ["network", "is_indoor", "kind", ("removed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["network"]
    search_fields = ["place", "address", "serial", "mac"]
    search_help_text = _("Miejsce, ulica, numer seryjny albo MAC. Zdjęte urządzenia też tu są.")
    fields = [
        "network", "number", "kind", "place", "address", "latitude", "longitude", "is_indoor", "brand", "model", "serial", "mac",
        "installed_on", "warranty_until", "removed_on", "replaced_by",
    ]  # fmt: skip
    buttons = [
        Button(_("Wymień urządzenie"), networks.swap_device, needs=KEEP, form=SwapForm,
               when=lambda point, user: point.removed_on is None and point.network.status == NetworkStatus.LIVE),
    ]  # fmt: skip

    @admin.display(description=_("numer"), ordering="network__number")
    def code(self, point):
        return point.code


@admin.register(Installer)
class InstallerAdmin(DeskAdmin):
    list_display = ["company", "email", "invited_at"]
    fields = ["company", "email", "invited_at"]


@admin.register(StreetPlace)
class StreetPlaceAdmin(DeskAdmin):
    """Where streets are. Loaded from a file (`wifi_points.actions.streets`); looked up here."""

    list_display = ["street", "latitude", "longitude", "source"]
    search_fields = ["search"]
    fields = ["street", "latitude", "longitude", "source"]
