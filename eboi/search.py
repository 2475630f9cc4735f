"""Finding a matter by what people call it, with or without Polish letters."""

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from eboi.models import MatterTerms, MatterType
from office.compiled import compiled
from office.polish import fold
from ui.agenda import SearchEntry


def offered(day) -> list[MatterType]:
    """What can be started on the day: offered, with a service card in force. One query."""
    return list(_offered(day=day))


@compiled
def _offered(*, day: date) -> QuerySet[MatterType]:
    with_card = MatterTerms.objects.valid_on(day).values("matter")
    return MatterType.objects.filter(is_offered=True, pk__in=with_card).order_by("name")


def matters(question: str = "") -> list[MatterType]:
    """The offered matters in which every word of the question begins some word; all of them for an empty question."""
    asked = fold(question).split()
    return [matter for matter in offered(localdate()) if _holds(matter, asked)]


def _holds(matter: MatterType, asked: list[str]) -> bool:
    words = fold(f"{matter.name} {matter.summary} {matter.keywords} {matter.code}").replace(",", " ").split()
    return all(any(word.startswith(start) for word in words) for start in asked)


def search_entries(moment) -> list[SearchEntry]:
    """What the roof's search may find here: service cards and the check of a receipt, which are public."""
    check = SearchEntry(
        title=_("Sprawdź potwierdzenie odbioru"), text=_("Czy potwierdzenie naprawdę wystawił nasz urząd."),
        url=reverse("eboi:verify"), keywords="upo numer skrót autentyczność rpw",
    )  # fmt: skip
    reckon = SearchEntry(
        title=_("Oblicz termin"), text=_("Kiedy mija termin w dniach, tygodniach, miesiącach albo latach, i według którego przepisu."),
        url=reverse("eboi:reckon"), keywords="kalkulator terminów, termin, odwołanie, ile dni, dni robocze, kpa, ordynacja",
    )  # fmt: skip
    return [check, reckon, *map(_entry, offered(localdate(moment)))]


def _entry(matter: MatterType) -> SearchEntry:
    url = reverse("eboi:matter", args=[matter.code])
    return SearchEntry(title=matter.name, text=matter.summary, url=url, keywords=matter.keywords)
