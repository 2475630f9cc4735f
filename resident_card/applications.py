"""Applications as their applicant sees them in lists: what lives, and what was settled lately."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from office.compiled import compiled
from resident_card.models import Application
from resident_card.statuses import LIVE, ApplicationStatus

RECENT = timedelta(days=30)


def recent_of(person, day: date):
    """The newest first, with package and person at hand: one query, for the front page and „Co u mnie”."""
    since = timezone.make_aware(datetime.combine(day - RECENT, datetime.min.time()))
    return _recent(person=person.pk, since=since)


@compiled
def _recent(*, person: UUID, since: datetime) -> QuerySet[Application]:
    settled = Q(status__in=[ApplicationStatus.APPROVED, ApplicationStatus.REJECTED], decided_at__gt=since)
    mine = Application.objects.filter(Q(status__in=LIVE) | settled, applicant=person).select_related("package", "person")
    told = (
        "mark",
        "status",
        "due_on",
        "decided_at",
        "submitted_at",
        "saved_at",
        "applicant",
        "package__name",
        "package__is_base",
    )
    return mine.only(*told, "person__first_name", "person__last_name").order_by("-saved_at")
