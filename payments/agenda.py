"""What the room tells the roof's search. No rows of „Co u mnie”: the room that asked for the money tells of it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ui.agenda import SearchEntry


def search_entries(moment) -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Moje płatności"),
            text=_("Co jest do zapłaty, numer rachunku i kod QR przelewu."),
            url=reverse("payments:mine"),
            keywords="opłata zapłacić przelew konto rachunek kwota gotówka qr",
        )
    ]
