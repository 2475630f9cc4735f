"""What the room tells the roof's search. No rows of „Co u mnie”: its page has no query to spare (tests/house/test_queries.py)."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ui.agenda import SearchEntry


def search_entries(moment) -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Moje należności"),
            text=_("Podatki i opłata za odpady: ile, za co, do kiedy, odsetki na dziś."),
            url=reverse("dues:mine"),
            keywords="podatek od nieruchomości rolny leśny środki transportowe śmieci opłata zaległość odsetki rata nadpłata zapłacić",
        )
    ]
