"""What consultations tell „Co u mnie” and the roof's search. Whether somebody has voted is not known here and not asked."""

from datetime import date, datetime, timedelta

from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from consultations import rules
from consultations.actions.followers import email_mark
from consultations.models import Announcement, Consultation, Follower
from consultations.search import search_entries
from consultations.statuses import ConsultationStatus
from office.compiled import compiled
from ui.agenda import AgendaItem, Kind

__all__ = ["agenda", "search_entries"]

SOON = timedelta(days=7)
RECENT = timedelta(days=30)


def agenda(person, moment) -> list[AgendaItem]:
    """Consultations of the town that close within a week, and reports of the last month in those the person follows. One query."""
    email = person.account.email if person.account else ""
    told = _told(until=moment + SOON, since=localdate(moment - RECENT), mark=email_mark(email).hex())
    return [_reported(one) if one.status == ConsultationStatus.REPORT_PUBLISHED else _closing(one) for one in told]


class _Hex(Func):
    """Bytes as text, for a value that travels as text."""

    template = "ENCODE(%(expressions)s, 'hex')"
    output_field = CharField()


@compiled
def _told(*, until: datetime, since: date, mark: str) -> QuerySet[Consultation]:
    here = {"consultation": OuterRef("pk")}
    follows = Follower.objects.confirmed().filter(**here).annotate(mark=_Hex("email_lookup")).filter(mark=mark)
    told = Announcement.objects.filter(about=Announcement.About.REPORT, announced_on__gt=since, **here)
    closing = Q(status=ConsultationStatus.ANNOUNCED, opens_at__lte=Now(), closes_at__gt=Now(), closes_at__lte=until)
    reported = Q(Exists(told), Exists(follows), status=ConsultationStatus.REPORT_PUBLISHED)
    found = Consultation.objects.filter(closing | reported)
    return found.only("slug", "title", "summary", "closes_at", "status").order_by("closes_at")


def _closing(consultation) -> AgendaItem:
    return AgendaItem(
        kind=Kind.DUE, title=_("Konsultacje: %(title)s") % {"title": consultation.title}, text=consultation.summary,
        url=_url(consultation), due_on=rules.last_day_of(consultation),
    )  # fmt: skip


def _reported(consultation) -> AgendaItem:
    return AgendaItem(
        kind=Kind.CHANGED, title=_("Jest raport: %(title)s") % {"title": consultation.title}, text=consultation.summary,
        url=_url(consultation), tone="good",
    )  # fmt: skip


def _url(consultation) -> str:
    return reverse("consultations:consultation", args=[consultation.slug])
