"""Polish letters, plurals and order."""

import pytest
from django.db.models import Value

from office.models import Counter
from office.polish import PlKey, fold
from ui.words import plural

ORDER = [
    "cebula",
    "czas",
    "ćma",
    "las",
    "lato",
    "Lublin",
    "łan",
    "ława",
    "Łódź",
    "okno",
    "Ósemka",
    "Zabrze",
    "zebra",
    "źrebak",
    "żaba",
]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Łódź", "lodz"), ("ZAŻÓŁĆ  gęślą\tJAŹŃ", "zazolc gesla jazn"), ("z\u0307", "z"), ("Großmann", "grossmann"), ("", "")],
)
def test_search_finds_without_polish_letters(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("number", "word"),
    [(0, "plików"), (1, "plik"), (2, "pliki"), (4, "pliki"), (5, "plików"), (12, "plików"), (14, "plików"), (22, "pliki"), (101, "plików"), (112, "plików"), (1004, "pliki")],
)  # fmt: skip
def test_number_takes_its_form(number, word):
    assert plural(number, "plik", "pliki", "plików") == word


@pytest.mark.django_db
def test_database_sorts_as_the_polish_alphabet_does():
    Counter.objects.bulk_create(Counter(series=word, year=2026) for word in reversed(ORDER))

    assert list(Counter.objects.order_by(PlKey("series")).values_list("series", flat=True)) == ORDER
    assert Counter.objects.annotate(key=PlKey(Value("ŻÓŁĆ"))).first().key == "z~~o~l~c~"
