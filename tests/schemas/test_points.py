"""A place by its coordinates: in the town or refused with words, however it was typed; never a float."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.checking import canonical
from schemas.definition import Question
from schemas.kinds import parse
from schemas.models import Kind
from schemas.readable import answer_in_words
from schemas.typed import Invalid

WHERE = Question(code="point", kind=Kind.POINT, label="Gdzie")
DAY = date(2026, 11, 24)
KEPT = {"lat": "54.25810", "lon": "18.63960"}


@pytest.mark.parametrize(
    "typed",
    [
        {"lat": "54.25810", "lon": "18.63960"}, {"lat": "54,2581", "lon": "18,6396"}, {"lat": " 54.2581000001 ", "lon": "18.6396°"},
        {"lat": "54.25810, 18.63960", "lon": ""}, "54.2581 18.6396", KEPT,
    ],
)  # fmt: skip
def test_a_place_is_understood_as_people_and_maps_write_it(typed):
    assert parse(WHERE, typed, DAY) == KEPT


@pytest.mark.parametrize(
    "typed, told",
    [
        ({"lat": "18.63960", "lon": "54.25810"}, "zamienione miejscami"), ({"lat": "52.22970", "lon": "21.01220"}, "poza miastem"),
        ({"lat": "54.25810", "lon": ""}, "obie współrzędne"), ({"lat": "abc", "lon": "18.6"}, "obie współrzędne"),
        ({"lat": "9" * 400, "lon": "18.6"}, "obie współrzędne"), ({"lat": "NaN", "lon": "inf"}, "obie współrzędne"),
        ({"lat": "1e2", "lon": "18.6"}, "obie współrzędne"), ({"lat": "0", "lon": "0"}, "poza miastem"), ({"lat": ["54"], "lon": {}}, "odczytać"),
        (54.2581, "odczytać"), (["54.2", "18.6"], "odczytać"),
    ],
)  # fmt: skip
def test_swapped_far_and_hostile_places_are_refused_in_words(typed, told):
    with pytest.raises(Invalid, match=told):
        parse(WHERE, typed, DAY)


@given(st.decimals("54.20", "54.33", places=5), st.decimals("18.55", "18.74", places=5))
def test_what_is_kept_is_taken_back_unchanged_and_can_be_hashed(lat, lon):
    kept = parse(WHERE, {"lat": str(lat), "lon": str(lon)}, DAY)

    assert parse(WHERE, kept, DAY) == kept
    assert canonical(kept)
    assert answer_in_words(WHERE, kept) == f"{kept['lat']}, {kept['lon']}"


def test_nothing_typed_is_nothing():
    assert parse(WHERE, {"lat": " ", "lon": ""}, DAY) is None
