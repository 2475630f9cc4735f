""" "Moje dane" across all rooms: the copy of everything, and erasing everything that may go."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import recent_sign_in_required, strong_sign_in_required
from office import sealed_files
from office.models import Erasure
from office.retention import period_of
from office.transitions import Refused
from pruszcz_portal import erasing, my_data
from residents.actions import copies
from residents.models import DataCopy
from residents.views import person_required


class EraseForm(forms.Form):
    is_sure = forms.BooleanField(
        label=gettext_lazy("Wiem, że tego nie da się cofnąć"),
        error_messages={"required": gettext_lazy("Zaznacz, że wiesz, co się stanie. Bez tego niczego nie usuniemy.")},
    )


@person_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_copy(request):
    """L21, GDPR art. 15: ask for the copy, see whether it is ready, what stands in it."""
    moment = timezone.now()
    if request.method == "POST":
        try:
            copies.ask_for_copy(request.person, moment=moment)
        except Refused as why:
            messages.error(request, str(why))
        return redirect("my_copy")
    found = list(DataCopy.objects.filter(person=request.person)[:10])
    period = period_of("data_copy", moment)
    page = {
        "waiting": next((one for one in found if not (one.made_at or one.failed_at)), None),
        "failed": found[0] if found and found[0].failed_at else None,
        "ready": [(one, one.made_at + timedelta(days=period.days) if period else None) for one in found if one.made_at],
        "tables": [told.title for told in my_data.held(request.person, moment)],
    }
    return render(request, "my_copy.html", page)


@person_required
@recent_sign_in_required
@never_cache
@require_safe
def my_copy_file(request, pk):
    """PESEL in full, for it is mine: so only to who has just proved again who they are."""
    copy = get_object_or_404(DataCopy.objects.of(request.user).select_related("file").filter(file__isnull=False), pk=pk)
    stored = copies.take_copy(copy, moment=timezone.now())
    return sealed_files.response(stored, as_name=f"moje-dane-{timezone.localdate(copy.made_at)}.zip")


@person_required
@strong_sign_in_required
@recent_sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request):
    """GDPR art. 17: what would go, what would stay, why and how long; then the button."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            protocol = erasing.erase(request.person, by=request.user, moment=timezone.now())
        except Refused as why:
            form.add_error(None, str(why))
        else:
            logout(request)
            return redirect("erased", pk=protocol.pk)
    lines = erasing.lines_of(request.person, timezone.now())
    page = {"form": form, "going": erasing.going(lines), "staying": _by_reason(lines), "keeps_name": erasing.needs_name(lines)}
    return render(request, "erase_me.html", page)


def _by_reason(lines):
    """One reason often holds many tables: said once."""
    reasons: dict[str, list] = {}
    for line in erasing.staying(lines):
        reasons.setdefault(str(line.told.stays), []).append(line)
    return list(reasons.items())


@require_safe
def erased(request, pk):
    """The protocol for whoever holds its address: tables and numbers, nobody's data."""
    protocol = get_object_or_404(Erasure, pk=pk)
    lines = {"gone": [row for row in protocol.lines if row["removed"]], "left": [row for row in protocol.lines if row["stayed"]]}
    return render(request, "erased.html", {"protocol": protocol, **lines})
