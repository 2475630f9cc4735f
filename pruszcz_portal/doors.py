"""The five doors of the home page, in plain words."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import get_urlconf, reverse


@dataclass(frozen=True, kw_only=True)
class Door:
    """`url_name` is the first page of a room."""

    title: str
    text: str
    icon: str
    url_name: str
    keywords: str = ""

    @property
    def url(self):
        return _room(self.url_name, get_urlconf())


@lru_cache(maxsize=50)
def _room(url_name, urlconf):
    """Where the room's first page is, looked up once a process."""
    return reverse(url_name)


DOORS = [
    Door(
        title="Załatw sprawę",
        text="Deklaracje i wnioski przez internet, z urzędowym potwierdzeniem od razu.",
        icon="form",
        url_name="eboi:home",
        keywords="wniosek deklaracja śmieci odpady podatek opłata urząd formularz",
    ),
    Door(
        title="Konsultacje",
        text="Powiedz, co myślisz o planach miasta, i zobacz, co z tego wynikło.",
        icon="voices",
        url_name="consultations:home",
        keywords="ankieta głosowanie uwagi opinia plan projekt",
    ),
    Door(
        title="Karta i GPSZOK",
        text="Karta mieszkańca, pakiety i punkt, w którym oddasz odpady.",
        icon="card",
        url_name="resident_card:home",
        keywords="śmieci odpady gruz pszok karta mieszkańca zniżki",
    ),
    Door(
        title="Komunikaty",
        text="Ostrzeżenia i wiadomości dla Twojej ulicy.",
        icon="bell",
        url_name="announcements:home",
        keywords="powiadomienia ostrzeżenie awaria wiadomości sms",
    ),
    Door(
        title="WiFi",
        text="Gdzie w mieście jest bezpłatny internet i jak się połączyć.",
        icon="wifi",
        url_name="wifi_points:home",
        keywords="internet hotspot sieć darmowy bezpłatny",
    ),
]
