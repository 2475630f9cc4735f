"""What the room tells the roof's search. „Co u mnie” has no rows of WiFi: nothing here is of one resident."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ui.agenda import SearchEntry


def search_entries(moment) -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Bezpłatne WiFi w mieście"),
            text=_("Najbliższy punkt, czy teraz działa i jak się połączyć."),
            url=reverse("wifi_points:home"),
            keywords="internet hotspot sieć darmowy wifi4eu zasięg park dworzec usterka nie działa",
        )
    ]
