"""What the room tells „Co u mnie” and the roof's search: what is late, and the next term. Sums stay on the room's own page."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dues.models import Instalment, with_postings
from ui.agenda import AgendaItem, Beside, Kind, SearchEntry
from ui.words import counted

AHEAD = timedelta(days=30)


def _columns(*, until: date) -> dict[str, Any]:
    """Terms of the open instalments of the person's payers, up to a day."""
    mine = {"liability__payer__links__person": OuterRef("pk"), "liability__payer__links__ended_at": None}
    open_still = with_postings(Instalment.objects.filter(**mine, due_on__lte=until))
    left = open_still.filter(principal_grosze__gt=F("paid_principal_grosze") + F("pending_principal"))
    return {"terms": ArraySubquery(left.order_by("due_on").values("due_on"))}


def _values(user, moment: datetime) -> dict[str, Any]:
    return {"until": localdate(moment) + AHEAD}


def _rows(person, told: Mapping[str, Any], moment: datetime) -> Iterator[AgendaItem]:
    """One row for everything that is late, one for the next term within a month."""
    today, url = localdate(moment), reverse("dues:mine")
    late, next_ones = [one for one in told["terms"] if one < today], [one for one in told["terms"] if one >= today]
    if late:
        text = _("%(count)s, z odsetkami na dziś") % {"count": counted(len(late), _("rata"), _("raty"), _("rat"))}
        yield AgendaItem(
            kind=Kind.WAITING, title=_("Podatki i opłaty po terminie"), text=text, url=url, due_on=late[0], tone="urgent"
        )
    if next_ones:
        text = _("Ile i za co, przeczytasz w należnościach.")
        yield AgendaItem(kind=Kind.DUE, title=_("Najbliższy termin podatku albo opłaty"), text=text, url=url, due_on=next_ones[0])


beside = Beside(columns=_columns, values=_values, rows=_rows)


def search_entries(moment) -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Moje należności"),
            text=_("Podatki i opłata za odpady: ile, za co, do kiedy, odsetki na dziś."),
            url=reverse("dues:mine"),
            keywords="podatek od nieruchomości rolny leśny środki transportowe śmieci opłata zaległość odsetki rata nadpłata zapłacić",
        )
    ]
