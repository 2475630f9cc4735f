"""An open survey with voices sealed and voices waiting, for the guards that walk every address of the house."""

from django.utils import timezone

from consultations import ballot_box, keys
from tests.consultations.cast import SMALL_ANSWERS, make_consultation, make_survey

PAGES = ("instrument", "survey_kept", "survey_resume", "survey_review", "survey_sent", "box", "commitments", "receipt", "proof")


def make_voted(batches=1):
    survey = make_survey(make_consultation())
    keys.make(survey.consultation)
    version = survey.versions.get().version
    for number in range(batches * ballot_box.K_BATCH):
        ballot_box.accept(survey, token=str(number), answers=SMALL_ANSWERS, version=version, faces=[])
        if number % ballot_box.K_BATCH == ballot_box.K_BATCH - 1:
            ballot_box.seal(survey, moment=timezone.now())
    return survey


def arguments_of(survey):
    here = {"slug": survey.consultation.slug, "code": survey.code}
    return {
        **{f"consultations:{name}": here for name in PAGES},
        **{f"consultations:survey_{name}": {**here, "page_code": "ulica"} for name in ("page", "autosave")},
    }
