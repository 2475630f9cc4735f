"""What the room tells the roof's search. No rows of „Co u mnie”: news of the town is nobody's matter."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ui.agenda import SearchEntry


def search_entries(moment) -> list[SearchEntry]:
    return [
        SearchEntry(
            title=_("Komunikaty"),
            text=_("Awarie, zamknięte ulice, ostrzeżenia i wiadomości z miasta."),
            url=reverse("announcements:home"),
            keywords="powiadomienia awaria woda prąd ulica objazd ostrzeżenie alarm wiadomości",
        ),
        SearchEntry(
            title=_("Moje komunikaty"),
            text=_("Wybierz tematy, ulice i sposób: e-mail, SMS albo powiadomienie."),
            url=reverse("announcements:mine"),
            keywords="subskrypcja sms powiadomienie zapisz wypisz rezygnacja newsletter cisza",
        ),
        SearchEntry(
            title=_("Kiedy odbiór odpadów"),
            text=_("Terminy dla Twojego adresu, przypomnienia i kalendarz w telefonie."),
            url=reverse("announcements:waste"),
            keywords="śmieci harmonogram wywóz kosz worek bio szkło papier plastik gabaryty popiół nie odebrano kalendarz",
        ),
    ]
