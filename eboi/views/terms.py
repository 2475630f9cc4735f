"""„Oblicz termin”: open to everyone, a plain GET, so that an address can be kept and sent on."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from eboi import reckoning
from eboi.forms import ReckonForm
from office.working_days import Calendar
from ui.visitors import same_for_visitors

ASKED = {"od", "ile", "jednostka", "ustawa"}


@require_safe
@same_for_visitors
def reckon(request):
    """The last day of a term, the rule it follows and what other terms would give. Nothing is stored."""
    form = ReckonForm(request.GET if ASKED & request.GET.keys() else None)
    page = {"form": form}
    if form.is_bound and form.is_valid():
        typed, calendar = form.cleaned_data, Calendar.of_office()
        found = reckoning.reckon(typed["od"], typed["ile"], typed["jednostka"], calendar)
        page |= {
            "found": found, "rule": form.rule, "steps": reckoning.steps(found, form.rule),
            "others": reckoning.what_if(found, calendar),
        }  # fmt: skip
    return render(request, "eboi/reckon.html", page)
