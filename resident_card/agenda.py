"""What the room tells the roof's search."""

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from resident_card.models import Offer
from ui.agenda import SearchEntry

MOST_OFFERS = 200


def search_entries(moment) -> list[SearchEntry]:
    return [*_pages(), *_offers(localdate(moment))]


def _pages() -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Zniżki z Kartą mieszkańca"),
            text=_("Gdzie pokazać kartę i ile to daje."),
            url=reverse("resident_card:offers"),
            keywords="zniżka rabat taniej partner basen kino bilet karta mieszkańca seniora dużej rodziny",
        ),
        SearchEntry(
            title=_("Moje użyte zniżki"),
            text=_("Kiedy, gdzie i co było użyte; ile jeszcze zostało."),
            url=reverse("resident_card:used_discounts"),
            keywords="zniżka historia limit licznik rodzina karta",
        ),
        SearchEntry(
            title=_("Sprawdź kartę"),
            text=_("Dla partnerów, którzy przyjmują Kartę mieszkańca."),
            url=reverse("resident_card:verifying"),
            keywords="partner kasa skaner ważność weryfikacja czytnik",
        ),
    ]


def _offers(day) -> list[SearchEntry]:
    """Each discount by its own words, in one query."""
    found = Offer.objects.open_on(day).filter(points__is_active=True).select_related("partner").distinct()
    return [
        SearchEntry(
            title=str(offer),
            text=offer.partner.name,
            url=reverse("resident_card:offer", args=[offer.pk]),
            keywords=offer.category,
        )
        for offer in found[:MOST_OFFERS]
    ]
