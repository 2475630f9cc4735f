"""Files of a finished consultation for everybody, with the licence and how to check them oneself."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from consultations import results
from consultations.actions.exports import public_files
from consultations.exports.bundle import key_entry
from consultations.models import Consultation, Export
from consultations.statuses import ExportStatus
from office import files
from ui.visitors import same_for_visitors


def _consultation(slug):
    return get_object_or_404(Consultation.objects.public().with_phase().select_related("basis"), slug=slug)


@require_safe
@same_for_visitors
def open_data(request, slug):
    consultation = _consultation(slug)
    is_finished = consultation.status in results.REPORTED
    made = list(public_files(consultation)) if is_finished else []
    ready = [export for export in made if export.status == ExportStatus.DONE and export.file]
    return render(request, "consultations/open_data.html", {
        "consultation": consultation, "is_finished": is_finished, "exports": ready, "is_waiting": len(ready) < len(made) or not made,
        "key": key_entry(), "bundle": next((one for one in ready if one.format == Export.Format.BUNDLE), None),
    })  # fmt: skip


@require_safe
def open_file(request, slug, pk):
    consultation = _consultation(slug)
    made = public_files(consultation).filter(status=ExportStatus.DONE, file__isnull=False)
    if consultation.status not in results.REPORTED:
        raise Http404
    return files.response(get_object_or_404(made, pk=pk).file)
