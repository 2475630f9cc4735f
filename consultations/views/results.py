"""Results for everybody: with the report, or before it where the order opens interim ones, and then it says so."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations import results as figures
from consultations.models import Consultation, InstrumentKind
from consultations.report.words import integrity_caveat
from ui.visitors import same_for_visitors


@require_safe
@same_for_visitors
def results(request, slug):
    consultation = get_object_or_404(Consultation.objects.public().with_phase().select_related("basis"), slug=slug)
    page = {"consultation": consultation, "is_public": figures.is_public(consultation)}
    if page["is_public"]:
        page |= _shown(request, consultation)
    return render(request, "consultations/results.html", page)


def _shown(request, consultation):
    """Answers by group only with the report: interim tables of two days would tell the few who came between."""
    is_final = consultation.status in figures.REPORTED
    instruments = figures.instruments_of(consultation)
    asked = request.GET.get("wedlug", "") if is_final else ""
    surveys = [_survey(one, asked) for one in instruments if one.kind == InstrumentKind.SURVEY]
    groups = {one.code: one.label for survey in surveys for one in survey["groupings"]} if is_final else {}
    votes = [one for one in instruments if one.kind == InstrumentKind.BUDGET] if is_final else []
    return {
        "surveys": surveys, "groups": list(groups.items()), "by": request.GET.get("wedlug", ""), "votes": votes, "is_final": is_final,
        "caveat": integrity_caveat(consultation),
    }  # fmt: skip


def _survey(survey, by):
    groupings = figures.groupings(survey, only_background=True)
    chosen = next((one for one in groupings if one.code == by), None)
    return {**figures.told(survey, by=chosen), "groupings": groupings}
