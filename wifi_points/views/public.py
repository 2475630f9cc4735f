"""Where in town the internet is free, whether it works now, and how to say that it does not. No account is asked for."""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from office.transitions import Refused
from residents import streets
from ui.headers import PERMISSIONS
from ui.visitors import same_for_visitors
from wifi_points import finding, rules
from wifi_points.actions import faults
from wifi_points.forms import FaultForm, NearForm
from wifi_points.models import FaultReport

REPORT_BUDGET = {
    "report": "10/h/ip"
}  # a stranger can not fill the officer's desk; ten broken points an hour are enough for one walk


@require_safe
def home(request):
    """The list alone suffices: the map and the phone's own place are additions. The place never leaves the phone (static/js/wifi_points)."""
    answer = _home(request)
    answer["Permissions-Policy"] = PERMISSIONS.replace("geolocation=()", "geolocation=(self)")
    return answer


@same_for_visitors
def _home(request):
    form = NearForm(request.GET or None)
    typed = form.cleaned_data["street"] if form.is_bound and form.is_valid() else ""
    known = streets.find(typed)
    near, street = ((known.latitude, known.longitude), known.street) if known else (None, "")
    found = finding.listed(near)
    context = {
        "form": form, "found": found, "street": street, "near": near, "is_near": near is not None, "is_unknown": bool(typed) and not known,
        "how_many": finding.how_many(found), "tiles": {"url": settings.WIFI_TILES_URL, "credit": settings.WIFI_TILES_CREDIT}, "is_sample": any(one.point.network.is_sample for one in found),
    }  # fmt: skip
    return render(request, "wifi_points/home.html", context)


def _public(code):
    point = finding.by_code(code)
    if point is None:
        raise Http404
    return point


@require_safe
def point(request, code):
    found = _public(code)
    context = {"point": found, "state": rules.state_now(found), "faults": FaultReport.Fault.choices}
    return render(request, "wifi_points/point.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def report(request, code):
    """Two taps: what is wrong, and send. Past the budget nothing is written, and the person is told."""
    found = _public(code)
    form = FaultForm(request.POST or None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        if not consume(request, app="wifi_points", action="report", config=REPORT_BUDGET):
            return _asked(request, found, form, "Z tego połączenia przyszło już dużo zgłoszeń. Spróbuj za godzinę.", 429)
        try:
            faults.report(found, fault=form.cleaned_data["fault"], moment=timezone.now())
            return redirect("wifi_points:reported", code=code)
        except Refused as why:
            refusal = str(why)
    return _asked(request, found, form, refusal, 409 if refusal else 422 if form.errors else 200)


def _asked(request, found, form, refusal, status):
    return render(request, "wifi_points/report.html", {"point": found, "form": form, "refusal": refusal}, status=status)


@require_safe
def reported(request, code):
    return render(request, "wifi_points/reported.html", {"point": _public(code)})
