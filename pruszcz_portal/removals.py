"""What the portal removes when its period is over: the roof's list, because the rooms do not know each other (L22)."""

from datetime import datetime, time

from django.utils import timezone

from eboi.actions import filing
from eboi.drafts import KIND as DRAFT
from eboi.models import Submission
from office.retention import REMOVALS as OFFICE
from office.retention import Removal


def drafts_older_than(moment: datetime):
    """Their last day is whole: what was saved on the day of `moment`, in Warsaw, may still be finished today."""
    start = timezone.make_aware(datetime.combine(timezone.localdate(moment), time.min))
    return Submission.objects.drafts().filter(saved_at__lt=start)


# Drafts before uploads: a draft's files go with it.
REMOVALS = [Removal(DRAFT, drafts_older_than, filing.expire_draft), *OFFICE]
