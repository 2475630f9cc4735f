"""The installer's pages: the networks given to them and nothing else. Everything is found through `Network.objects.of(user)`."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from office import exports
from office.transitions import Refused, history_of
from wifi_points import inventory, rules
from wifi_points.actions import networks
from wifi_points.forms import PointForm, SheetForm, StatementsForm, VersionForm
from wifi_points.models import AccessPoint, Network
from wifi_points.statuses import NetworkStatus

TONES = {
    NetworkStatus.PLANNED: "info",
    NetworkStatus.REVISION: "warn",
    NetworkStatus.LIVE: "good",
    NetworkStatus.APPROVED: "good",
}


def _mine(request, pk):
    return get_object_or_404(Network.objects.of(request.user).select_related("programme", "installer"), pk=pk)


@login_required
@require_safe
def mine(request):
    found = Network.objects.of(request.user).order_by("number")
    rows = [{"network": one, "tone": TONES.get(NetworkStatus(one.status), "neutral")} for one in found]
    return render(request, "wifi_points/mine.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def network(request, pk):
    """The list and, at its end, the four statements."""
    found, refusal = _mine(request, pk), ""
    form = StatementsForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            networks.confirm(found, **form.cleaned_data, by=request.user, moment=timezone.now())
            messages.success(request, _("Potwierdzono. Wykaz jest zamknięty i czeka na opiekuna WiFi."))
            return redirect("wifi_points:network", pk=pk)
        except Refused as why:
            refusal = str(why)
    return _network_page(request, found, form, refusal)


def _network_page(request, found, form, refusal):
    context = {
        "network": found, "points": found.points.standing(), "form": form, "refusal": refusal, "is_locked": rules.is_locked(found),
        "revision": _revision(found), "tone": TONES.get(NetworkStatus(found.status), "neutral"),
    }  # fmt: skip
    return render(request, "wifi_points/network.html", context, status=409 if refusal else 422 if form.errors else 200)


def _revision(found):
    """What the officer asked to be mended, while it still is to be."""
    if found.status != NetworkStatus.REVISION:
        return ""
    return history_of(found).filter(to_status=NetworkStatus.REVISION).order_by("-pk").values_list("note", flat=True).first() or ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_point(request, pk):
    found = _mine(request, pk)
    first_free = max(found.points.standing().values_list("number", flat=True), default=0) + 1
    form = PointForm(request.POST or None, initial={"number": first_free})
    write = lambda typed: networks.add_point(found, **typed, by=request.user, moment=timezone.now())  # noqa: E731
    return _point_page(request, found, form, write)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_point(request, pk, point_pk):
    found = _mine(request, pk)
    point = get_object_or_404(found.points.standing(), pk=point_pk)
    form = PointForm(request.POST or None, initial=_stored(point))
    version = VersionForm(request.POST or None, initial={"version": found.version})

    def write(typed):
        seen = version.cleaned_data["version"] if version.is_valid() else 0
        networks.change_point(point, version=seen, **typed, by=request.user, moment=timezone.now())

    return _point_page(request, found, form, write, point=point, version=version)


def _stored(point):
    fields = {name: getattr(point, name) for name in PointForm.base_fields}
    return fields | {
        "is_indoor": "in" if point.is_indoor else "out",
        "latitude": f"{point.latitude}",
        "longitude": f"{point.longitude}",
    }


def _point_page(request, found, form, write, **more):
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            write(form.cleaned_data)
            messages.success(request, _("Zapisano punkt."))
            return redirect("wifi_points:network", pk=found.pk)
        except Refused as why:
            refusal = str(why)
    context = {"network": found, "form": form, "refusal": refusal, "is_locked": rules.is_locked(found), **more}
    return render(request, "wifi_points/point_form.html", context, status=409 if refusal else 422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_point(request, pk, point_pk):
    found = _mine(request, pk)
    point = get_object_or_404(AccessPoint.objects.standing().filter(network=found).select_related("network"), pk=point_pk)
    form, refusal = VersionForm(request.POST or None, initial={"version": found.version}), ""
    if request.method == "POST" and form.is_valid():
        try:
            networks.remove_point(point, **form.cleaned_data, by=request.user, moment=timezone.now())
            messages.success(request, _("Usunięto punkt z wykazu."))
            return redirect("wifi_points:network", pk=pk)
        except Refused as why:
            refusal = str(why)
    context = {"network": found, "point": point, "form": form, "refusal": refusal}
    return render(request, "wifi_points/remove_point.html", context, status=409 if refusal else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_inventory(request, pk):
    """First the file and what it would change; then, from what was shown, the change itself."""
    found = _mine(request, pk)
    if request.method == "POST" and "content" in request.POST:
        return _taken_in(request, found)
    form = SheetForm(request.POST or None, request.FILES or None)
    page = {"network": found, "form": form, "header": inventory.HEADER, "is_locked": rules.is_locked(found)}
    if request.method == "POST" and form.is_valid():
        page |= inventory.preview(form.cleaned_data["file"].read(), found)
    return render(request, "wifi_points/inventory.html", page, status=422 if form.errors or page.get("errors") else 200)


def _taken_in(request, found):
    try:
        change = inventory.take_previewed(request.POST["content"], found, by=request.user, moment=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("wifi_points:inventory", pk=found.pk)
    messages.success(request, inventory.in_words(change))
    return redirect("wifi_points:network", pk=found.pk)


@login_required
@require_safe
def inventory_file(request, pk):
    """The list as a file in the columns that it is taken in by."""
    found = _mine(request, pk)
    return exports.as_csv(f"wykaz-wifi-{found.number}", inventory.TITLES, inventory.sheet_rows(found))
