"""Specimens for the gallery: every component in every state, on data of nobody."""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.core.paginator import Paginator
from django.utils import timezone

from ui.icons import ICONS
from ui.plots import Bar, BarPlot, ComparisonPlot, Pair, StackedPlot, StackedRow
from ui.templatetags.ui import KINDS, TONES


class SpecimenForm(forms.Form):
    """One field of each sort, filled in wrongly on purpose."""

    name = forms.CharField(label="Imię i nazwisko")
    email = forms.EmailField(label="Adres e-mail", help_text="Wyślemy na niego tylko powiadomienia o sprawie.")
    people = forms.IntegerField(
        label="Ile osób mieszka w lokalu", min_value=1, max_value=20, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    moved_on = forms.DateField(label="Od kiedy", widget=forms.DateInput(attrs={"type": "date"}), required=False)
    street = forms.ChoiceField(label="Ulica", choices=[("", "wybierz"), ("g", "Grunwaldzka"), ("w", "Wojska Polskiego")])
    composting = forms.ChoiceField(
        label="Czy kompostujesz bioodpady",
        choices=[("t", "tak"), ("n", "nie")],
        widget=forms.RadioSelect,
        help_text="Kompostownik musi stać na tej posesji.",
    )
    bins = forms.MultipleChoiceField(
        label="Jakich pojemników potrzebujesz",
        choices=[("p", "papier"), ("s", "szkło"), ("b", "bioodpady")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Uwagi", widget=forms.Textarea, required=False)
    paper = forms.FileField(label="Załącznik", help_text="PDF, JPG lub PNG, do 10 MB.", required=False)
    terms = forms.BooleanField(label="Przeczytałam informację o przetwarzaniu danych")


PLOTS = [
    BarPlot(
        "Co powinno powstać na skwerze nad Radunią?",
        (
            Bar("Drzewa i łąka kwietna zamiast trawnika", Decimal("63.2"), 123),
            Bar("Plac zabaw", Decimal("41.5"), 81),
            Bar("Ławki", Decimal("100"), 195),
            Bar("Pomost dla kajaków z pochylnią, po której zjedzie wózek, i z poręczą od strony wody", Decimal("8.7"), 17),
            Bar("Parking", Decimal("0"), 0),
            Bar("Tor rowerowy", None, None),
        ),
        note="Zapytaliśmy 210 razy, odpowiedzi jest 195. Można było wybrać kilka. To są odpowiedzi, nie osoby.",
    ),
    BarPlot("Ile odpowiedzi przyszło którą drogą", (Bar("przez portal", 1812), Bar("na papierze", 54), Bar("e-mailem", 7))),
    StackedPlot(
        "Jak oceniasz ulicę Sportową po przebudowie?",
        ("zdecydowanie źle", "raczej źle", "ani dobrze, ani źle", "raczej dobrze", "zdecydowanie dobrze"),
        (
            StackedRow("Chodniki", (12, 20, 31, 72, 60)),
            StackedRow("Bezpieczeństwo dzieci w drodze do szkoły", (4, 9, 14, 66, 102)),
            StackedRow("Miejsca do parkowania", (80, 41, None, None, 33), whole=195),
        ),
        note="Odpowiedzi: 195.",
    ),
    StackedPlot(
        "Skąd jest odpowiedź?", ("z portalu", "z urny", "z poczty"), (StackedRow("", (140, 40, 15)),), is_scale=False,
    ),
    ComparisonPlot(
        "Kto odpowiedział, a kto tu mieszka",
        (
            Pair("Od 18 do 39 lat", Decimal("10.4"), Decimal("36.5")),
            Pair("Od 40 do 64 lat", Decimal("61.0"), Decimal("42.3")),
            Pair("65 lat i więcej", Decimal("28.6"), Decimal("21.3")),
            Pair("Nie podano", None, Decimal("0")),
        ),
    ),
]  # fmt: skip


def specimens(request):
    now = timezone.now()
    today = timezone.localdate()
    return {
        "tones": TONES,
        "kinds": KINDS,
        "icons": ICONS,
        "now": now,
        "today": today,
        "days": [today + timedelta(days=days) for days in (-2, 0, 1, 3, 20)],
        "amounts": [Decimal("0"), Decimal("37.5"), Decimal("12345.6"), Decimal("-8")],
        "sizes": [512, 12_000, 1_400_000],
        "crumbs": [("Strona główna", "/"), ("Załatw sprawę", "/galeria/")],
        "steps": [
            {"title": "Wniosek złożony", "state": "done", "at": now - timedelta(days=3)},
            {"title": "Urząd sprawdza dokumenty", "state": "current", "text": "Odpowiemy w ciągu miesiąca."},
            {"title": "Decyzja", "state": "waiting"},
        ],
        "page": Paginator(range(95), 20).page(2),
        "fresh_form": SpecimenForm(prefix="fresh"),
        "plots": PLOTS,
        "wrong_form": SpecimenForm({"wrong-email": "anna@", "wrong-people": "zero"}, prefix="wrong"),
    }
