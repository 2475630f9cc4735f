"""How long a draft waits for its author. The time is a clerk's dated data (`RetentionPeriod`), not a constant (L22)."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from eboi.models import Submission
from office.retention import period_of

KIND = "draft"


def kept_days(moment: datetime) -> int | None:
    """How many days after the last save a draft is kept; None when the town has set no period, and then it is kept."""
    period = period_of(KIND, moment)
    return period.days if period else None


def last_day_of(draft: Submission, days: int | None) -> date | None:
    """The last day on which the draft can be finished."""
    return None if days is None else localdate(draft.saved_at + timedelta(days=days))


def is_past(draft: Submission, moment: datetime, days: int | None) -> bool:
    last = last_day_of(draft, days)
    return last is not None and localdate(moment) > last


def expires_on(draft: Submission, moment: datetime) -> date | None:
    return last_day_of(draft, kept_days(moment))


def has_expired(draft: Submission, moment: datetime) -> bool:
    return is_past(draft, moment, kept_days(moment))
