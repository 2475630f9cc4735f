"""Programmes, networks and their points at the desk. What moves, moves by verbs; lists of points are the installer's until approved."""

from django.contrib import admin
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from office.admin_buttons import Button, DeskAdmin
from office.transitions import Refused
from wifi_points import rules, uptime, usage
from wifi_points.actions import duties, faults, networks
from wifi_points.admin.inventory import InventoryDesk, loads_of
from wifi_points.forms import (
    AddressesForm,
    ApproveForm,
    CaptivePageForm,
    CloseForm,
    EvidenceForm,
    InviteForm,
    OutageForm,
    ReasonForm,
    SpeedForm,
    SwapForm,
    UploadForm,
    WarrantyForm,
)
from wifi_points.models import AccessPoint, Installer, Network, Outage, Programme, Requirement, Warranty
from wifi_points.statuses import NetworkStatus

APPROVE = "wifi_points.approve_network"
KEEP = "wifi_points.keep_network"


def _is_open(network, user):
    return not rules.is_locked(network)


def _takes_installer(network, user):
    return network.status in (NetworkStatus.PLANNED, NetworkStatus.REVISION, NetworkStatus.CONFIRMED)


def _is_live(network, user):
    return network.status == NetworkStatus.LIVE


def import_speeds(network, *, content, by, moment):
    return duties.take_speeds(content, by=by, moment=moment)


def import_usage(network, *, content, by, moment):
    return duties.take_usage(content, by=by, moment=moment)


def open_outage(network, *, access_point, started_at, cause, note, by, moment):
    seen = {"seen_by": Outage.Seen.OFFICER, "by": by, "moment": moment}
    return faults.open_outage(network, access_point=access_point, started_at=started_at, cause=cause, note=note, **seen)


def check_page(network, *, content, by, moment):
    """Refused with every mistake and its line; what was found is kept all the same."""
    found = [one for one in duties.check_captive_page(network, content=content, by=by, moment=moment) if one.is_mistake]
    if found:
        raise Refused("\n".join(_("wiersz %(line)d: %(text)s") % {"line": one.line, "text": one.text} for one in found))


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
class NetworkAdmin(InventoryDesk, DeskAdmin):
    """What the officer types at the start; afterwards verbs alone."""

    may_add = True
    change_form_template = "admin/wifi_points/network.html"
    change_list_template = "admin/wifi_points/with_endings.html"
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
        Button(_("Dodaj dowód"), duties.show, needs=KEEP, form=EvidenceForm, tone="secondary"),
        Button(_("Dodaj gwarancję"), duties.add_warranty, needs=KEEP, form=WarrantyForm, tone="secondary",
               when=lambda one, user: one.status != NetworkStatus.CLOSED),
        Button(_("Zapisz pomiar prędkości"), duties.enter_speed, needs=KEEP, form=SpeedForm, when=_is_live, tone="secondary"),
        Button(_("Wczytaj pomiary z pliku"), import_speeds, needs=KEEP, form=UploadForm, when=_is_live, tone="secondary"),
        Button(_("Wczytaj miesiące użycia"), import_usage, needs=KEEP, form=UploadForm, when=_is_live, tone="secondary"),
        Button(_("Zapisz awarię"), open_outage, needs=KEEP, form=OutageForm, when=_is_live, tone="secondary"),
        Button(_("Sprawdź stronę powitalną"), check_page, needs=KEEP, form=CaptivePageForm, tone="secondary"),
        Button(_("Zlikwiduj sieć"), networks.close, to=NetworkStatus.CLOSED, needs=APPROVE, form=CloseForm, tone="danger"),
    ]  # fmt: skip

    def files_of(self, obj):
        shown = [
            *obj.evidence.exclude(file=None).select_related("file"),
            *obj.warranties.exclude(file=None).select_related("file"),
        ]
        return [one.file for one in shown]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj is not None:
            day = localdate()
            context |= {"checklist": _checklist(obj, day), "uptime": _uptimes(obj, day), "speeds": _speeds(obj)}
            context |= {"points": obj.points.standing(), "duty": rules.duty_in_words(rules.duty_end(obj.programme), day)}
            context |= {"warranties": warranties_in_words(obj.warranties.counting(), day), "loads": loads_of(obj)}
            context |= {"is_locked": rules.is_locked(obj), "may_load": request.user.has_perm(KEEP)}
            context["missing"] = rules.why_not_live(obj, day) if obj.status == NetworkStatus.APPROVED else []
        return super().render_change_form(request, context, add=add, change=change, form_url=form_url, obj=obj)


def warranties_in_words(warranties, day):
    read = warranties.select_related("access_point__network", "file", "network")
    return [{"warranty": one, "words": rules.warranty_in_words(one.starts_on, one.ends_on, day)} for one in read]


def _checklist(network, day):
    """Each requirement in force with what was shown for its code, the newest first."""
    shown: dict[str, list] = {}
    for one in network.evidence.select_related("requirement", "file"):
        shown.setdefault(one.requirement.code, []).append(one)
    return [{"requirement": one, "evidence": shown.get(one.code, [])} for one in Requirement.objects.valid_on(day)]


def _uptimes(network, day):
    """This month and the last, of each point, in per cent."""
    months, now = [day.replace(day=1), rules.months_later(day.replace(day=1), -1)], timezone.now()
    points, outages = network.points.standing().select_related("network"), uptime.outages_since(network, months[-1])
    shares = lambda point: [_percent(uptime.uptime(point, month, now, outages)) for month in months]  # noqa: E731
    return [{"point": point, "shares": shares(point)} for point in points]


def _percent(share):
    return "-" if share is None else f"{share * 100:.1f}\u00a0%".replace(".", ",")


def _speeds(network):
    found = network.speed_tests.all()[:5]
    return [{"test": one, "is_slow": usage.is_too_slow(one.down_mbps, localdate(one.measured_at))} for one in found]


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
    ]
    list_display_links = ["place"]
    list_filter = ["network", "is_indoor", "kind", ("removed_on", admin.EmptyFieldListFilter)]
    list_select_related = ["network"]
    search_fields = ["place", "address", "serial", "mac"]
    search_help_text = _("Miejsce, ulica, numer seryjny albo MAC. Zdjęte urządzenia też tu są.")
    fields = [
        "network", "number", "kind", "place", "address", "latitude", "longitude", "is_indoor", "brand", "model", "serial", "mac",
        "installed_on", "removed_on", "replaced_by", "warranty",
    ]  # fmt: skip
    readonly_fields = ["warranty"]
    buttons = [
        Button(_("Wymień urządzenie"), networks.swap_device, needs=KEEP, form=SwapForm,
               when=lambda point, user: point.removed_on is None and point.network.status == NetworkStatus.LIVE),
    ]  # fmt: skip

    @admin.display(description=_("gwarancja"))
    def warranty(self, point):
        """Its own and those of the whole network."""
        of_point = Warranty.objects.counting().filter(Q(access_point=point) | Q(network=point.network_id, access_point=None))
        told = [f"{row['warranty'].company}: {row['words']}" for row in warranties_in_words(of_point, localdate())]
        return "; ".join(told) or self.get_empty_value_display()

    @admin.display(description=_("numer"), ordering="network__number")
    def code(self, point):
        return point.code


@admin.register(Installer)
class InstallerAdmin(DeskAdmin):
    list_display = ["company", "email", "invited_at"]
    fields = ["company", "email", "invited_at"]
