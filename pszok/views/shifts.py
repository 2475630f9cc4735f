"""The device and the shift: who stands at the gate. Every page of the gate passes `at_gate`."""

from functools import wraps
from urllib.parse import urlencode

from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from office.transitions import Refused
from pszok import rules
from pszok.actions import shifts
from pszok.forms.gate import EnrolForm, PinForm
from pszok.models import GateOperator
from pszok.rules import Gate

COOKIE = "gate"
COOKIE_LIVES = 400 * 24 * 60 * 60  # seconds; the longest that browsers keep
RATES = {"enrol": "10/m/ip"}
TOO_MANY = "Za dużo prób. Odczekaj minutę i wpisz kod jeszcze raz."


def at_gate(view):
    """Only on an enrolled device (404 elsewhere) with a shift; without one to the PIN and back. Nobody keeps such a page."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        now, device = timezone.now(), shifts.device_of(request.COOKIES.get(COOKIE))
        if device is None:
            raise Http404
        operator = rules.operator_of(device, now)
        if operator is None:
            return _to_the_pin(request)
        shifts.touch(device, moment=now)
        answer = view(request, Gate(device, operator), *args, **kwargs)
        add_never_cache_headers(answer)
        return answer

    return guarded


def _to_the_pin(request):
    """What was typed goes along, so that after the PIN it stands in the form again; never a code, a file or a token."""
    kept = {name: value for name, value in request.POST.items() if name in KEPT and value} if request.method == "POST" else {}
    here = f"{request.path}?{urlencode(kept or request.GET)}".rstrip("?")
    return redirect(f"{reverse('pszok:gate_shift')}?{urlencode({'dalej': here})}")


KEPT = (
    "code",
    "kg",
    "litres",
    "pieces",
    "scale_ticket",
    "is_estimated",
    "is_for_reuse",
    "storage_confirmed",
    "heavy_confirmed",
    "pozycja",
    "street",
    "number",
    "flat",
    "reason",
    "why",
)


def after(request) -> str:
    """Where the operator was; only within the gate."""
    there = request.POST.get("dalej") or request.GET.get("dalej") or ""
    home = reverse("pszok:gate")
    safe = there.startswith(home) and ".." not in there and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return there if safe else home


@require_http_methods(["GET", "POST"])
def enrol(request):
    """A browser becomes the gate's: the one-time code of a supervisor is typed once."""
    form = EnrolForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, app="pszok", action="enrol", config=RATES):
            form.add_error("code", TOO_MANY)
            return _page(request, "enrol", {"form": form}, 429)
        try:
            _device, secret = shifts.enrol(form.cleaned_data["code"], moment=timezone.now())
        except Refused as refused:
            form.add_error("code", str(refused))
        else:
            return _with_cookie(redirect("pszok:gate"), secret)
    return _page(request, "enrol", {"form": form}, 422 if form.is_bound else 200)


def _with_cookie(answer, secret):
    answer.set_cookie(
        COOKIE, secret, max_age=COOKIE_LIVES, path=reverse("pszok:gate"), httponly=True, samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return answer


@require_http_methods(["GET"])
def shift(request):
    """Who is it? One name, one button."""
    device = _device(request)
    operators = GateOperator.objects.filter(point=device.point_id, ended_at=None)
    return _page(request, "shift", {"device": device, "operators": operators, "after": after(request)})


@require_http_methods(["GET", "POST"])
def pin(request, pk):
    device = _device(request)
    operator = get_object_or_404(GateOperator, pk=pk, point=device.point_id, ended_at=None)
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            shifts.sign_on(device, operator, pin=form.cleaned_data["pin"], moment=timezone.now())
        except Refused as refused:
            form.add_error("pin", str(refused))
        else:
            return redirect(after(request))
    context = {"device": device, "operator": operator, "form": form, "after": after(request)}
    return _page(request, "pin", context, 422 if form.is_bound else 200)


@require_POST
def sign_off(request):
    shifts.sign_off(_device(request))
    return redirect("pszok:gate_shift")


def _device(request):
    device = shifts.device_of(request.COOKIES.get(COOKIE))
    if device is None:
        raise Http404
    return device


def _page(request, name, context, status=200):
    answer = render(request, f"pszok/gate/{name}.html", context, status=status)
    add_never_cache_headers(answer)
    return answer
