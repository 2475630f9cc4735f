"""The captive page: made for a network as a file, and read by the linter. What is read is shown as text, never run."""

from allauth.core.internal.ratelimit import consume_or_429
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from wifi_points import captive
from wifi_points.actions import duties
from wifi_points.forms import CaptiveForm, GenerateForm
from wifi_points.models import Network

BUDGET = {"lint": "60/h/user"}  # a page of 10 MB takes seconds of a processor


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lint(request):
    """Of any page, of anybody with an account; nothing is kept."""
    form, context = CaptiveForm(request.POST or None, request.FILES or None), {}
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="wifi_points", action="lint", config=BUDGET):
            return refusal
        context = _told(captive.lint(form.content))
    return render(request, "wifi_points/lint.html", {"form": form, **context}, status=422 if form.errors else 200)


def _told(found):
    return {"findings": found, "is_read": True, "mistakes": sum(one.is_mistake for one in found)}


def _mine(request, pk):
    return get_object_or_404(Network.objects.of(request.user), pk=pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def captive_page(request, pk):
    """For one's own network: make the page, and show the one that hangs there. A page without mistakes ends the self-test."""
    network = _mine(request, pk)
    form, context = CaptiveForm(request.POST or None, request.FILES or None), {}
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="wifi_points", action="lint", config=BUDGET):
            return refusal
        context = _told(duties.check_captive_page(network, content=form.content, by=request.user, moment=timezone.now()))
        if not context["mistakes"]:
            messages.success(request, _("Strona jest w porządku. Autotest uznajemy za wyłączony."))
    page = {"network": network, "form": form, "generate": GenerateForm(), **context}
    return render(request, "wifi_points/captive_page.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def captive_file(request, pk):
    """The made page as a download; it is never served from here as a page."""
    network, form = (
        _mine(request, pk),
        GenerateForm(request.GET or {name: field.initial for name, field in GenerateForm.base_fields.items()}),
    )
    if not form.is_valid() or network.network_identifier is None:
        return render(
            request, "wifi_points/captive_page.html", {"network": network, "form": CaptiveForm(), "generate": form}, status=422
        )
    answer = HttpResponse(captive.generate(network, **form.cleaned_data), content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="strona-powitalna-{network.number}.html"'
    return answer
