"""Asking for accessibility, signed in or not, and the page on which the answer is read (L32)."""

import uuid

from allauth.core.internal.ratelimit import consume_or_429
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from eboi.actions.accessibility import ask_for_access
from eboi.forms import AccessibilityForm
from eboi.models import AccessibilityRequest

BUDGET = {"accessibility": "10/h/ip,30/d/ip"}  # S46


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request):
    """Sent twice with the key of one form it is one request."""
    form = AccessibilityForm(request.POST or None, initial={"page": request.GET.get("strona", "")[:300], "key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        if refusal := consume_or_429(request, app="eboi", action="accessibility", config=BUDGET):
            return refusal
        found = ask_for_access(moment=timezone.now(), **form.cleaned_data)
        return redirect("eboi:accessibility_request", pk=found.pk)
    return render(request, "eboi/ask_for_access.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def asked(request, pk):
    """Number, days and answer for whoever holds the address; never name or contact."""
    found = get_object_or_404(AccessibilityRequest, pk=pk)
    response = render(request, "eboi/access_asked.html", {"asked": found, "today": timezone.localdate()})
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
