"""What e-BOI removes when its period is over (L22). Cases are kept by the archive category of their class."""

from datetime import datetime, time

from django.utils import timezone

from eboi.actions.faults import throw_away
from eboi.actions.filing import expire_draft
from eboi.drafts import KIND
from eboi.models import AccessibilityRequest, Fault, Submission
from eboi.statuses import FaultStatus
from office.retention import Removal


def drafts_older_than(moment: datetime):
    """Their last day is whole: what was saved on the day of `moment`, in Warsaw, may still be finished today."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(moment), time.min))
    return Submission.objects.drafts().filter(saved_at__lt=start)


def answered_before(moment: datetime):
    """A request nobody has answered is never removed, however old."""
    return AccessibilityRequest.objects.filter(answered_at__lt=moment)


def unsent_faults_older_than(moment: datetime):
    """A report begun and never sent waits as long as any other draft."""
    return Fault.objects.filter(status=FaultStatus.DRAFT, begun_at__lt=moment)


REMOVALS = [
    Removal(KIND, drafts_older_than, expire_draft),
    Removal(KIND, unsent_faults_older_than, throw_away),
    Removal("accessibility_request", answered_before),
]
