"""My GPSZOK: balances and entries of the dwelling I live in, the receipt of a visit, a dispute about it (R64-R66)."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.kept import forget_typed, keeps_typed, typed_before
from office.transitions import Refused
from pszok import disputes, dwellings
from pszok.actions import disputes as verbs
from pszok.disputes import DisputeForm
from pszok.limit_lines import lines_on
from residents.rules import person_of

PAGE = 50  # entries, not visits
OF_LINE = ("fraction", "code", "surplus__rule", "surplus__payment__payer")


@login_required
@require_safe
def mine(request):
    """Only for who lives here today and is of age; everybody else reads why there is nothing to show."""
    today = localdate(timezone.now())
    dwelling = dwellings.home_of(request.user, today)
    if dwelling is None:
        return render(request, "pszok/no_dwelling.html")
    limits = lines_on(today, dwellings.used_by(dwelling))
    entries = dwellings.entries_of(dwelling).select_related("visit__dispute", "fraction", "code")
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    visits = [{"visit": visit, "lines": list(lines)} for visit, lines in groupby(page, key=lambda line: line.visit)]
    return render(request, "pszok/mine.html", {"dwelling": dwelling, "limits": limits, "page": page, "visits": visits})


def _visit(request, pk):
    found = dwellings.visits_of(request.user, localdate(timezone.now()))
    return get_object_or_404(found.select_related("point", "dwelling__address", "dispute__person"), pk=pk)


@login_required
@require_safe
def visit(request, pk):
    return _receipt(request, _visit(request, pk), DisputeForm())


def _receipt(request, found, form, status=200):
    """`mine`: whether the dispute is the reader's own. What somebody else of the household wrote stays with them."""
    now = timezone.now()
    context = {
        "visit": found, "lines": found.lines.select_related(*OF_LINE).order_by("sequence"), "form": form,
        "refused": found.refused_amounts.select_related("fraction"), "dispute": getattr(found, "dispute", None),
        "limits": lines_on(localdate(now), dwellings.used_by(found.dwelling)),
        "until": disputes.last_day(found), "may_dispute": disputes.is_in_time(found, localdate(now)),
    }  # fmt: skip
    context["is_mine"] = context["dispute"] and context["dispute"].person.account_id == request.user.pk
    return render(request, "pszok/visit.html", context, status=status)


@keeps_typed
@login_required
@require_http_methods(["GET", "POST"])
def dispute(request, pk):
    """What was typed before the session ended is shown again, not sent."""
    found, form = _visit(request, pk), DisputeForm(request.POST or typed_before(request))
    if request.method == "GET":
        return _receipt(request, found, form) if form.is_bound else redirect("pszok:visit", pk=pk)
    forget_typed(request)
    if not form.is_valid():
        return _receipt(request, found, form, status=422)
    try:
        verbs.open_dispute(found, person=person_of(request.user), by=request.user, moment=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Przyjęliśmy reklamację. Odpowiedź przyjdzie e-mailem i będzie na tej stronie."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("pszok:visit", pk=pk)


@login_required
@require_POST
def withdraw_dispute(request, pk):
    found = get_object_or_404(disputes.of(request.user), visit=_visit(request, pk))
    try:
        verbs.withdraw(found, by=request.user, moment=timezone.now())
        messages.success(request, _("Reklamacja wycofana."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("pszok:visit", pk=pk)
