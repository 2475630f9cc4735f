"""What consultations tell „Co u mnie” and the roof's search. Whether somebody has voted is not known here and not asked."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations import rules
from consultations.actions.followers import email_mark
from consultations.models import Announcement, Consultation
from consultations.search import search_entries
from consultations.statuses import ConsultationStatus
from office.compiled import compiled
from ui.agenda import AgendaItem, Kind

__all__ = ["agenda", "search_entries"]

SOON = timedelta(days=7)
RECENT = timedelta(days=30)


def agenda(person, moment) -> list[AgendaItem]:
    """Consultations of the town that close within a week, and reports of the last month in those the person follows."""
    closing = [_closing(one) for one in _closing_soon(until=moment + SOON)]
    return closing + [_reported(one) for one in _reports_followed(person, moment)]


@compiled
def _closing_soon(*, until: datetime) -> QuerySet[Consultation]:
    open_now = Consultation.objects.open_now().filter(closes_at__lte=until)
    return open_now.only("slug", "title", "summary", "closes_at").order_by("closes_at")


def _closing(consultation) -> AgendaItem:
    return AgendaItem(
        kind=Kind.DUE, title=_("Konsultacje: %(title)s") % {"title": consultation.title}, text=consultation.summary,
        url=_url(consultation), due_on=rules.last_day_of(consultation),
    )  # fmt: skip


def _reports_followed(person, moment):
    if person.account is None or not person.account.email:
        return []
    told = Announcement.About.REPORT
    return (
        Consultation.objects.public()
        .filter(status=ConsultationStatus.REPORT_PUBLISHED, followers__confirmed_at__isnull=False)
        .filter(followers__email_lookup=email_mark(person.account.email))
        .filter(announcements__about=told, announcements__announced_on__gt=localdate(moment - RECENT))
        .distinct()
    )


def _reported(consultation) -> AgendaItem:
    return AgendaItem(
        kind=Kind.CHANGED, title=_("Jest raport: %(title)s") % {"title": consultation.title}, text=consultation.summary,
        url=_url(consultation), tone="good",
    )  # fmt: skip


def _url(consultation) -> str:
    return reverse("consultations:consultation", args=[consultation.slug])
