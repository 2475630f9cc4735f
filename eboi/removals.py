"""What e-BOI removes when its period is over (L22). Cases are kept by the archive category of their class, and go by lists (0034)."""

from datetime import datetime, time

from django.utils import timezone

from eboi.actions import disposal
from eboi.actions.faults import forget_address, remove_closed, throw_away
from eboi.actions.filing import expire_draft
from eboi.drafts import KIND
from eboi.models import AccessibilityRequest, Fault, Submission
from eboi.statuses import OPEN_FAULTS, FaultStatus
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


def faults_with_address_older_than(moment: datetime):
    """Nobody answered in all that time: the address has waited long enough."""
    return Fault.objects.told().filter(email_lookup__isnull=False, reported_at__lt=moment)


def closed_faults_older_than(moment: datetime):
    """Joined ones first, because they point at the report they were joined to."""
    closed = Fault.objects.told().exclude(status__in=OPEN_FAULTS).exclude(same_as__status__in=OPEN_FAULTS)
    return closed.filter(reported_at__lt=moment).order_by("same_as_id")


REMOVALS = [
    Removal(KIND, drafts_older_than, expire_draft),
    Removal(KIND, unsent_faults_older_than, throw_away),
    Removal("fault_address", faults_with_address_older_than, forget_address),
    Removal("disposed_case", disposal.agreed_before, lambda item: disposal.destroy(item, moment=timezone.now()), alone=True),
    Removal("fault", closed_faults_older_than, remove_closed),
    Removal("accessibility_request", answered_before),
]
