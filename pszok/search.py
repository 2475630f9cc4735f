"""The town's only waste search: forgiving about letters, endings and slips, and never without an answer."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from office.polish import fold, is_form_of
from pszok.models import Fraction, LimitRule, WasteCode, WasteItem
from ui.agenda import SearchEntry

LONGEST = 80
MOST = 8
EXACT, SAME, BEGINS, HOLDS, TOUCHES = 100, 80, 60, 40, 10
SURE = SAME - 1  # from here on the best thing is the answer; below it is a suggestion
ENOUGH_ALIKE = 0.6
CODE_LENGTH = 6
CODE = ("id", "code", "is_hazardous", "name")
LIMIT = ("id", "name", "measure", "amount", "period_years", "valid_from", "source", "needs_confirmation")


@dataclass(frozen=True)
class Found:
    """Things that meet the question, the best first. `answer` only when there is no doubt."""

    answer: WasteItem | None
    others: list[WasteItem]


def find(question: str, things: list[WasteItem]) -> Found:
    """Scores every thing by its name and other names. Nothing alike: the closest spellings, so the page is never empty."""
    asked = fold(question)
    words = [word for word in asked.replace(",", " ").split() if len(word) > 1]
    scored = sorted(((score(asked, words, thing), thing) for thing in things), key=lambda pair: (-pair[0], pair[1].name))
    met = [(points, thing) for points, thing in scored if points > 0][: MOST + 1]
    if met and met[0][0] >= SURE:
        return Found(met[0][1], [thing for points, thing in met[1:] if points >= HOLDS])
    return Found(None, [thing for _points, thing in met[:MOST]] or _closest(asked, things))


def score(asked: str, words: list[str], thing: WasteItem) -> int:
    """How well the thing meets the question; its own name counts a little more than its other names."""
    return max(_term_score(asked, words, term) - bool(number) for number, term in enumerate(thing.search.split(", ")))


def _term_score(asked, words, term):
    parts = term.split()
    met = sum(1 for word in words if any(is_form_of(word, part) for part in parts))
    if term == asked:
        return EXACT
    if term.startswith(asked):
        return BEGINS
    if met == len(words):
        return SAME if met == len(parts) else HOLDS
    return TOUCHES * met


def _closest(asked: str, things: list[WasteItem]) -> list[WasteItem]:
    alike = [(max(SequenceMatcher(None, asked, term).ratio() for term in thing.search.split(", ")), thing) for thing in things]
    alike.sort(key=lambda pair: (-pair[0], pair[1].name))
    near = [thing for ratio, thing in alike if ratio >= ENOUGH_ALIKE]
    return (near or [thing for _ratio, thing in alike])[:4]


def things_of_today() -> list[WasteItem]:
    """Everything by its everyday name, with its fraction and code: one query."""
    return list(WasteItem.objects.select_related("fraction", "code").order_by("name"))


@dataclass(frozen=True)
class Heap:
    """A fraction with its codes and limits of a day."""

    fraction: Fraction
    codes: list[dict]
    rules: list[LimitRule]


def heaps_on(day: date) -> list[Heap]:
    """All fractions, those that are never taken with the rest: one query."""
    codes = WasteCode.objects.valid_on(day).filter(fraction=OuterRef("pk")).order_by("-is_default", "code")
    limits = LimitRule.objects.valid_on(day).filter(fractions=OuterRef("pk")).order_by("pk")
    code, limit = (JSONObject(**{name: name for name in names}) for names in (CODE, LIMIT))
    told = {"codes_now": ArraySubquery(codes.values(json=code)), "limits_now": ArraySubquery(limits.values(json=limit))}
    return [Heap(row, vars(row)["codes_now"], _rules(vars(row)["limits_now"])) for row in Fraction.objects.annotate(**told)]


def _rules(rows):
    return [LimitRule(**{**row, "valid_from": date.fromisoformat(row["valid_from"])}) for row in rows]


def code_typed(question: str, heaps: list[Heap]) -> Heap | None:
    """The fraction of a code of the catalogue, however it is spaced and with or without its star: „17-01-07”, „200123*”."""
    digits = "".join(char for char in question if char.isascii() and char.isdigit())
    if len(digits) != CODE_LENGTH or set(question) - set("0123456789 .-*"):
        return None
    return next((heap for heap in heaps if any(code["code"] == digits for code in heap.codes)), None)


MOST_ASKED = [
    (
        "lodówka",
        gettext_lazy("Lodówka, pralka, telewizor: gdzie oddać"),
        "elektrośmieci sprzęt agd rtv zamrażarka zmywarka monitor komputer",
    ),
    ("wersalka", gettext_lazy("Meble i odpady wielkogabarytowe: gdzie oddać"), "gabaryty kanapa łóżko materac szafa dywan wywóz"),
    ("gruz", gettext_lazy("Gruz i odpady po remoncie: ile wolno oddać"), "budowlane cegła beton płytki panele tynk limit"),
    ("opony", gettext_lazy("Opony: gdzie oddać"), "opona koła samochód"),
    ("leki", gettext_lazy("Przeterminowane leki i strzykawki: gdzie oddać"), "lekarstwa tabletki apteka igły"),
    ("farba", gettext_lazy("Farby i chemikalia: gdzie oddać"), "lakier rozpuszczalnik niebezpieczne środki"),
    ("baterie", gettext_lazy("Baterie i akumulatory: gdzie oddać"), "paluszki akumulator"),
    ("eternit", gettext_lazy("Eternit, azbest i papa: kto je odbiera"), "azbest dach usunięcie dofinansowanie"),
    ("gałęzie", gettext_lazy("Gałęzie, trawa, choinka: gdzie oddać"), "zielone liście ogród koszenie"),
]


def search_entries(moment) -> list[SearchEntry]:
    """The point itself, and the things people ask about most: each leads straight to its answer."""
    home = reverse("pszok:home")
    point = SearchEntry(
        title=_("Czy przyjmą to dziś? GPSZOK przy ul. Kupieckiej 16"), url=home,
        text=_("Wpisz, co chcesz oddać: od razu zobaczysz, czy punkt to przyjmie, jak przygotować i kiedy jest otwarty."),
        keywords="pszok śmieci odpady punkt selektywnej zbiórki kupiecka godziny otwarcia recykling wysypisko segregacja",
    )  # fmt: skip
    limits = SearchEntry(
        title=_("Limity odpadów w GPSZOK"), url=reverse("pszok:limits"),
        text=_("Ile gruzu, odpadów budowlanych i styropianu odda mieszkanie w ciągu roku."), keywords="limit ile gruz styropian uchwała",
    )  # fmt: skip
    asked = [
        SearchEntry(
            title=str(title),
            text=_("Czy punkt przyjmie, jak przygotować, ile wolno."),
            url=f"{home}?co={thing}",
            keywords=f"{thing} {words}",
        )
        for thing, title, words in MOST_ASKED
    ]
    return [point, limits, *asked]
