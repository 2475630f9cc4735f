"""May a tree be removed: the limits of 80, 65 and 50 cm, fruit trees, shrubs, who asks and what for. Limits are dated data."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eboi.models import TreeRule
from eboi.trees import Owner, Plant, Verdict, limits_on, tree_verdict, verdict_on
from schemas.computed import CannotCompute, Context, Stop

DAY = date(2026, 11, 24)
OWN = Owner(is_person=True, is_business=False, is_protected=False)
HOUSE = {"owner": "person", "business": "no", "protected": "no", "more": "no"}


@pytest.mark.parametrize(
    "group, girth, expected",
    [
        ("fast", 80, Verdict.NOTHING), ("fast", 81, Verdict.NOTICE), ("middle", 65, Verdict.NOTHING), ("middle", 66, Verdict.NOTICE),
        ("other", 50, Verdict.NOTHING), ("other", 51, Verdict.NOTICE),
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_a_tree_is_asked_about_above_the_girth_of_its_species(group, girth, expected):
    """art. 83f ust. 1 pkt 3 and ust. 4"""
    assert verdict_on(Plant("tree", group, girth), OWN, limits_on(DAY)[group].limit) == expected


@pytest.mark.parametrize(
    "owner",
    [Owner(False, False, False), Owner(True, True, False), Owner(True, False, True)],
    ids=["company", "business", "monument"],
)
def test_whoever_is_not_a_person_at_home_needs_a_permit(owner):
    assert verdict_on(Plant("tree", "other", 51), owner, 50) == Verdict.PERMIT
    assert verdict_on(Plant("tree", "other", 50), owner, 50) == Verdict.NOTHING
    assert verdict_on(Plant("shrubs", "shrubs", 26), owner, 25) == Verdict.PERMIT
    assert verdict_on(Plant("shrubs", "shrubs", 25), owner, 25) == Verdict.NOTHING


def test_fruit_trees_and_shrubs_at_home_need_nothing():
    assert verdict_on(Plant("fruit", size=0), OWN, 0) == Verdict.NOTHING
    assert verdict_on(Plant("shrubs", "shrubs", 500), OWN, 25) == Verdict.NOTHING


@given(
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["tree", "fruit", "shrubs"]),
    st.integers(1, 2000),
    st.integers(1, 200),
)
def test_a_thicker_tree_is_never_asked_about_less(is_person, is_business, is_protected, kind, size, limit):
    owner = Owner(is_person, is_business, is_protected)

    verdicts = [verdict_on(Plant(kind, size=girth), owner, limit) for girth in (size, size + 1, 2001)]

    assert verdicts == sorted(verdicts)
    assert verdict_on(Plant(kind, size=size), Owner(True, False, False), limit) <= verdicts[0]


@pytest.mark.django_db
def test_a_thick_spruce_has_to_be_notified_and_the_limits_are_kept_with_it():
    found = tree_verdict({**HOUSE, "plant": "tree", "species-group": "other", "species": "świerk", "girth": 90}, Context(DAY))

    assert found.value["verdict"] == "notice"
    assert {"group": "other", "limit": 50}.items() <= next(
        one for one in found.value["limits"] if one["group"] == "other"
    ).items()
    assert found.basis == "Świerk: obwód 90 cm, granica 50 cm: zgłoszenie."


@pytest.mark.django_db
def test_the_gravest_of_several_plants_decides():
    answers = {
        **HOUSE, "plant": "fruit", "more": "yes", "plant-2": "tree", "species-group-2": "fast", "species-2": "wierzba", "girth-2": 200,
        "more-2": "no",
    }  # fmt: skip

    found = tree_verdict(answers, Context(DAY))

    assert found.value["verdict"] == "notice"
    assert "Drzewo owocowe: bez zgłoszenia." in found.basis


@pytest.mark.django_db
def test_a_thin_tree_stops_the_form_and_says_that_nothing_is_needed():
    with pytest.raises(Stop, match="Nie trzeba nic zgłaszać"):
        tree_verdict({**HOUSE, "plant": "tree", "species-group": "other", "species": "", "girth": 50}, Context(DAY))


@pytest.mark.django_db
@pytest.mark.parametrize("fact", [{"business": "yes"}, {"owner": "company"}, {"protected": "yes"}])
def test_where_a_permit_is_needed_the_form_stops_and_names_the_matter(fact):
    answers = {**HOUSE, **fact, "plant": "tree", "species-group": "other", "species": "dąb", "girth": 120}

    with pytest.raises(Stop, match="Zezwolenie na usunięcie drzew"):
        tree_verdict(answers, Context(DAY))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "answers",
    [
        {}, {"owner": "person"}, HOUSE, {**HOUSE, "plant": "tree"}, {**HOUSE, "plant": "tree", "girth": "90"}, {**HOUSE, "plant": "tree", "girth": 0},
        {**HOUSE, "plant": "tree", "girth": -5}, {**HOUSE, "plant": "shrubs", "girth": 90},
    ],
)  # fmt: skip
def test_what_is_missing_or_hostile_is_asked_for_and_never_breaks(answers):
    with pytest.raises(CannotCompute):
        tree_verdict(answers, Context(DAY))


@pytest.mark.django_db
def test_a_clerks_new_limit_holds_from_its_day():
    answers = {**HOUSE, "plant": "tree", "species-group": "other", "species": "dąb", "girth": 60}
    TreeRule.objects.create(group="other", limit=70, valid_from=date(2027, 1, 1), source="zmiana ustawy")

    assert tree_verdict(answers, Context(date(2026, 12, 31))).value["verdict"] == "notice"
    with pytest.raises(Stop):
        tree_verdict(answers, Context(date(2027, 1, 1)))


@pytest.mark.django_db
def test_without_limits_the_form_says_so():
    TreeRule.objects.all().delete()

    with pytest.raises(CannotCompute, match="nie ma jeszcze wpisanych granic"):
        tree_verdict({**HOUSE, "plant": "tree", "species-group": "other", "species": "dąb", "girth": 60}, Context(DAY))
