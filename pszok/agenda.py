"""What the point tells „Co u mnie” and the roof's search: a limit nearly used, a dispute answered. One query."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, F, Q, QuerySet
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.compiled import compiled
from pszok.dwellings import ADULT, years_before
from pszok.models import Dispute, LimitRule, QuotaBalance
from pszok.quantities import amount_in_words
from pszok.search import search_entries
from pszok.statuses import DisputeStatus
from residents.models import HouseholdMember, Person
from ui.agenda import AgendaItem, Kind

__all__ = ["agenda", "search_entries"]

RECENT = timedelta(days=30)
NEARLY = (8, 10)  # eight tenths of a limit


def agenda(person, moment: datetime) -> list[AgendaItem]:
    """Limits of my dwelling that are nearly used this year, and answers to my disputes of the last month."""
    day = localdate(moment)
    told = _told(person=person.pk, day=day, grown_up=years_before(day, ADULT), year=day.year, since=moment - RECENT)
    return [item for nearly, answered in told for item in [*map(_nearly_used, nearly), *map(_answered, answered)]]


@compiled
def _told(*, person: UUID, day: date, grown_up: date, year: int, since: datetime) -> QuerySet:
    """One row: both lists as JSON, so that the statement stays a plain SELECT."""
    of_age = Q(person__born_on__isnull=True) | Q(person__born_on__lte=grown_up)
    homes = HouseholdMember.objects.on(day).filter(of_age, person=person)
    here = QuotaBalance.objects.filter(dwelling__in=homes.values("household__dwelling"), rule__in=LimitRule.objects.valid_on(day))
    wide = BigIntegerField()  # as wide as the places of `compiled`
    years = here.annotate(begins=Cast("period", wide), ends=Cast(F("period") + F("rule__period_years"), wide))
    now = years.filter(begins__lte=year, ends__gt=year)
    nearly = now.filter(used__gte=F("most") * NEARLY[0] / NEARLY[1]).order_by("pk")
    answered = Dispute.objects.filter(person=person, answered_at__gte=since).order_by("-answered_at")
    limit = JSONObject(name="rule__name", measure="rule__measure", used="used", most="most")
    dispute = JSONObject(visit="visit", at="answered_at", status="status")
    rows = {"nearly": ArraySubquery(nearly.values(json=limit)), "answered": ArraySubquery(answered.values(json=dispute))}
    return Person.objects.filter(pk=person).values_list(*rows.values())


def _nearly_used(row) -> AgendaItem:
    left = row["most"] - row["used"]
    words = (
        _("Zostało %(left)s w tym roku.") % {"left": amount_in_words(left, row["measure"])}
        if left > 0
        else _("Limit na ten rok wykorzystany.")
    )
    return AgendaItem(
        kind=Kind.CHANGED, title=_("GPSZOK, %(name)s") % {"name": row["name"]}, text=words, url=reverse("pszok:mine"), tone="warn"
    )


def _answered(row) -> AgendaItem:
    is_upheld = row["status"] == DisputeStatus.UPHELD
    return AgendaItem(
        kind=Kind.CHANGED, title=_("Odpowiedź na reklamację wizyty w GPSZOK"), url=reverse("pszok:visit", args=[row["visit"]]), changed_at=datetime.fromisoformat(row["at"]),
        text=_("Uznana, wpis poprawiony.") if is_upheld else _("Nieuznana, powód jest na stronie wizyty."),
        tone="good" if is_upheld else "neutral",
    )  # fmt: skip
