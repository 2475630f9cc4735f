"""The five doors of the home page, in plain words."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, get_urlconf, reverse


@dataclass(frozen=True, kw_only=True)
class Door:
    """`url_name` belongs to a room; while the room is not built, the door opens a page that says so."""

    slug: str
    title: str
    text: str
    icon: str
    url_name: str
    meanwhile: str
    keywords: str = ""

    @property
    def is_built(self):
        return _room(self.url_name, get_urlconf()) is not None

    @property
    def url(self):
        return _room(self.url_name, get_urlconf()) or reverse("being_built", args=[self.slug])


@lru_cache(maxsize=50)
def _room(url_name, urlconf):
    """Where the room's first page is; None while it is not built. Looked up once a process."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None


DOORS = [
    Door(
        slug="eboi",
        title="Załatw sprawę",
        text="Deklaracje i wnioski przez internet, z urzędowym potwierdzeniem od razu.",
        icon="form",
        url_name="eboi:home",
        meanwhile="Deklarację albo wniosek złożysz na papierze w urzędzie lub wyślesz pocztą.",
        keywords="wniosek deklaracja śmieci odpady podatek opłata urząd formularz",
    ),
    Door(
        slug="konsultacje",
        title="Konsultacje",
        text="Powiedz, co myślisz o planach miasta, i zobacz, co z tego wynikło.",
        icon="voices",
        url_name="consultations:home",
        meanwhile="Uwagi do planów miasta złożysz w urzędzie na piśmie albo ustnie do protokołu.",
        keywords="ankieta głosowanie uwagi opinia plan projekt",
    ),
    Door(
        slug="karta",
        title="Karta i GPSZOK",
        text="Karta mieszkańca, pakiety i punkt, w którym oddasz odpady.",
        icon="card",
        url_name="resident_card:home",
        meanwhile="O Kartę mieszkańca i zasady oddawania odpadów zapytasz w urzędzie.",
        keywords="śmieci odpady gruz pszok karta mieszkańca zniżki",
    ),
    Door(
        slug="komunikaty",
        title="Komunikaty",
        text="Ostrzeżenia i wiadomości dla Twojej ulicy.",
        icon="bell",
        url_name="announcements:home",
        meanwhile="Bieżące komunikaty wiszą na tablicy ogłoszeń w urzędzie.",
        keywords="powiadomienia ostrzeżenie awaria wiadomości sms",
    ),
    Door(
        slug="wifi",
        title="WiFi",
        text="Gdzie w mieście jest bezpłatny internet i jak się połączyć.",
        icon="wifi",
        url_name="wifi_points:home",
        meanwhile="O bezpłatne punkty WiFi zapytasz w urzędzie.",
        keywords="internet hotspot sieć darmowy bezpłatny",
    ),
]


def door(slug):
    """The door by its slug, or None."""
    return next((door for door in DOORS if door.slug == slug), None)
