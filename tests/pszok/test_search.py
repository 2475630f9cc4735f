"""The town's only waste search, and the page that answers it."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from pszok.models import WasteItem
from pszok.search import find, things_of_today
from tests.pszok.cast import make_point

pytestmark = pytest.mark.django_db
HOME = reverse("pszok:home")


@pytest.fixture(autouse=True)
def point():
    caches["pages"].clear()
    return make_point()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lodówka", "Lodówka"),
        ("LODOWKA", "Lodówka"),
        ("lodówki", "Lodówka"),
        ("kanapa", "Wersalka"),
        ("gruz", "Gruz"),
        ("gruzu", "Gruz"),
        ("oponę", "Opony"),
        ("eternit", "Eternit"),
        ("azbest", "Eternit"),
        ("tabletki", "Leki"),
        ("galezie", "Gałęzie"),
        ("karton gips", "Płyta gipsowo-kartonowa"),
        ("choinka", "Choinka"),
        ("wata szklana", "Wełna mineralna"),
    ],
)
def test_a_thing_is_found_by_its_name_and_other_names_however_it_is_typed(typed, expected):
    found = find(typed, things_of_today())

    assert found.answer.name == expected


def test_a_slip_of_the_keyboard_is_answered_with_the_nearest_names_and_not_with_a_guess():
    found = find("telwizor", things_of_today())

    assert found.answer is None
    assert "Telewizor" in [thing.name for thing in found.others]


def test_a_word_that_nobody_knows_still_gets_names_to_choose_from(client):
    answer = client.get(HOME, {"co": "xqzwv"})

    assert "Nie znamy dokładnie słowa" in answer.content.decode()
    assert 'href="/gpszok/?co=' in answer.content.decode()


def test_every_thing_of_the_first_day_is_found_by_its_own_name():
    things = things_of_today()

    lost = [thing.name for thing in things if (answer := find(thing.name, things).answer) is None or answer.name != thing.name]

    assert lost == []
    assert WasteItem.objects.count() >= 150


def test_a_fridge_is_taken_with_its_starred_code_and_eternit_is_sent_elsewhere(client):
    fridge, eternit = (client.get(HOME, {"co": thing}).content.decode() for thing in ("lodówka", "eternit"))

    assert "Tak, " in fridge and "20\xa001\xa023*" in fridge
    assert "Nie, punkt tego nie przyjmuje." in eternit and "Co zrobić:" in eternit


@pytest.mark.parametrize("typed", ["17 01 07", "170107", "17-01-07"])
def test_a_code_of_the_catalogue_leads_to_its_fraction(client, typed):
    page = client.get(HOME, {"co": typed}).content.decode()

    assert "Czysty gruz: 2000\xa0kg na mieszkanie" in page


def test_hazardous_and_plain_spelling_of_a_code_lead_to_one_row(client):
    with_star, without = (client.get(HOME, {"co": typed}).content.decode() for typed in ("20 01 23*", "200123"))

    assert "20\xa001\xa023*" in with_star
    assert "20\xa001\xa023*" in without
