"""An open vote on projects and one with its result announced, for the guards that walk every address of the house."""

from django.utils import timezone

from consultations import ballot_box, keys
from consultations.actions import budget, paper
from consultations.models import CollectingChannel, UrnSession
from consultations.statuses import ConsultationStatus
from tests.consultations.cast import make_budget, make_consultation


def make_balloted(*, clerk=None):
    """A vote with its count and, when a clerk is given, a paper form and an opened urn."""
    consultation = make_consultation(ConsultationStatus.REPORT_PUBLISHED)
    keys.make(consultation)
    vote = make_budget(consultation)
    for number in range(5):
        ballot_box.accept(vote, token=str(number), answers={"votes": [["1", None]]}, faces=[], in_time=True)
    ballot_box.seal(vote, moment=timezone.now(), is_final=True)
    budget.run_tally(vote, by=None, moment=timezone.now())
    if clerk is not None:
        paper.register_form(
            instrument=vote, channel=CollectingChannel.Kind.BOX, received_on=timezone.localdate(), by=clerk, moment=timezone.now()
        )
        UrnSession.objects.create(
            instrument=vote,
            opened_on=timezone.localdate(),
            place="Urząd",
            members="Celina",
            taken_out=1,
            recorded_by=clerk.subject,
        )
    return vote


def arguments_of(vote):
    here = {"slug": vote.consultation.slug, "code": vote.code}
    names = ("projects", "budget_vote", "budget_result", "budget_file")
    return {**{f"consultations:{name}": here for name in names}, "consultations:project": {**here, "project_code": "1"}}
