"""Applications as their applicant sees them in lists: what lives, and what was settled lately."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from office.compiled import compiled
from resident_card.models import Application
from resident_card.statuses import LIVE, ApplicationStatus
from ui.agenda import AgendaItem, Kind

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


def told_of(since: datetime) -> QuerySet:
    """For a column of „Co u mnie”: what waits for the person, what the office has to answer, what was decided since."""
    settled = Q(status__in=[ApplicationStatus.APPROVED, ApplicationStatus.REJECTED], decided_at__gt=since)
    mine = Application.objects.filter(Q(status__in=LIVE) | settled, applicant=OuterRef("pk")).order_by("-saved_at")
    parts = {name: name for name in ("id", "mark", "status", "due_on", "decided_at")}
    return mine.values(told=JSONObject(**parts, package="package__name"))


def agenda_item(told: dict) -> AgendaItem:
    status, url = ApplicationStatus(told["status"]), reverse("resident_card:application", args=[told["id"]])
    words = {"mark": told["mark"], "package": told["package"]}
    if status == ApplicationStatus.DRAFT:
        return AgendaItem(kind=Kind.WAITING, title=_("Dokończ wniosek: %(package)s") % words, url=url)
    if status == ApplicationStatus.NEEDS_CORRECTION:
        return AgendaItem(
            kind=Kind.WAITING, title=_("Popraw wniosek %(mark)s") % words, text=told["package"], url=url, tone="warn"
        )
    if status in (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW):
        title, due_on = _("Urząd odpowie na wniosek %(mark)s") % words, date.fromisoformat(told["due_on"])
        return AgendaItem(kind=Kind.DUE, title=title, text=told["package"], url=url, due_on=due_on)
    is_good = status == ApplicationStatus.APPROVED
    title = (_("Wniosek %(mark)s przyjęty") if is_good else _("Wniosek %(mark)s odrzucony")) % words
    changed_at = datetime.fromisoformat(told["decided_at"])
    return AgendaItem(
        kind=Kind.CHANGED, title=title, text=told["package"], url=url, changed_at=changed_at, tone="good" if is_good else "urgent"
    )
