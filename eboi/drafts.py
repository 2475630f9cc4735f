"""How long a draft waits for its author. The time is a clerk's dated data (`RetentionPeriod`), not a constant (L22)."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from eboi.models import Submission
from office.models import RetentionPeriod

KIND = "eboi.draft"


def kept_days(moment: datetime) -> int | None:
    """How many days after the last save a draft is kept; None when the town has set no period, and then it is kept."""
    periods = RetentionPeriod.objects.valid_on(localdate(moment)).filter(kind=KIND)
    return periods.order_by("-valid_from").values_list("days", flat=True).first()


def expires_on(draft: Submission, moment: datetime):
    """The last day on which the draft can be finished, or None."""
    days = kept_days(moment)
    return None if days is None else localdate(draft.saved_at + timedelta(days=days))


def has_expired(draft: Submission, moment: datetime) -> bool:
    last = expires_on(draft, moment)
    return last is not None and localdate(moment) > last
