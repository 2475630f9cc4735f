"""A finished survey with results and files for everybody, for the guards that walk every address of the house."""

from django.utils import timezone

from consultations.actions import exports
from consultations.models import Consultation
from consultations.statuses import ConsultationStatus
from tests.consultations import boxed


def make_opened(count=30, **fields):
    """Archived, with its public files made."""
    survey = boxed.make_box(count, status=ConsultationStatus.ARCHIVED, **fields)
    for export in exports._prepare(survey, timezone.now()):
        exports.run(export.pk, moment=timezone.now())
    survey.consultation = Consultation.objects.get(pk=survey.consultation_id)
    return survey


def arguments_of(survey):
    here = {"slug": survey.consultation.slug}
    return {
        "consultations:results": here,
        "consultations:open_data": here,
        "consultations:open_file": {**here, "pk": exports.public_files(survey.consultation).first().pk},
    }
