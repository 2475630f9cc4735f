"""Tables, intervals and the comparison with the town say no more than the answers do."""

from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from consultations.models import IntegrityLevel
from consultations.statistics import crosstab as module
from consultations.statistics import population as town
from consultations.statistics.crosstab import crosstab, percent
from consultations.statistics.intervals import wilson
from consultations.statistics.population import Band, NotWeighted, compare_ages, compare_sexes, load, rake, weigh
from consultations.statistics.suppression import Refused

OPTIONS = {"tak": "Tak", "nie": "Nie"}
GROUPS = {"m": "18–39 lat", "s": "40–64 lat", "w": "65 lat i więcej"}
ROWS = [("tak", "m", 30), ("nie", "m", 20), ("tak", "s", 41), ("nie", "s", 9), ("tak", "w", 10), ("nie", "w", 15)]
ASKED = {"m": 60, "s": 50, "w": 25}
FILE = settings.BASE_DIR / "sample_data/consultations/population-2023.csv"


def made(rows=ROWS, *, integrity=IntegrityLevel.DECLARED, asked=ASKED, **more):
    return crosstab(rows, options=OPTIONS, groups=GROUPS, asked=asked, integrity=integrity, **more)


# Tables by group


def test_a_table_tells_counts_percentages_and_both_denominators():
    table = made()

    assert [(column.label, column.asked, column.answered) for column in table.columns] == [
        ("18–39 lat", 60, 50), ("40–64 lat", 50, 50), ("65 lat i więcej", 25, 25),
    ]  # fmt: skip
    assert (table.whole.asked, table.whole.answered) == (135, 125)
    assert [(cell.count, cell.percent) for cell in table.rows[0].cells] == [(30, 60), (41, 82), (10, 40)]
    assert table.rows[0].whole.percent == Decimal("64.8")


def test_those_who_did_not_tell_their_group_have_a_column_of_their_own():
    """I1"""
    table = made([*ROWS, ("tak", "", 7), ("nie", "", 6)], asked={**ASKED, "": 13})

    assert table.columns[-1].label == "nie podano"
    assert all(sum(cell.count for cell in row.cells) == row.whole.count for row in table.rows)


def test_small_counts_and_their_percentages_are_hidden_with_company():
    table = made([("tak", "m", 30), ("nie", "m", 3), ("tak", "s", 41), ("nie", "s", 9), ("tak", "w", 10), ("nie", "w", 15)])

    hidden = [(row.code, table.columns[at].code) for row in table.rows for at, cell in enumerate(row.cells) if cell.is_hidden]
    assert ("nie", "m") in hidden
    assert len(hidden) == 4
    assert all(cell.percent is None and cell.interval is None for row in table.rows for cell in row.cells if cell.is_hidden)
    assert any("Ukryte" in caveat for caveat in table.caveats)


def test_a_hidden_size_hides_every_percentage_from_which_it_follows():
    rows = [("tak", "m", 30), ("nie", "m", 20), ("tak", "s", 41), ("nie", "s", 9), ("tak", "w", 2), ("nie", "w", 1)]

    table = made(rows, asked={"m": 60, "s": 50, "w": 3})

    old = table.columns[2]
    assert (old.asked, old.answered) == (None, None)
    assert all(row.cells[2].percent is None for row in table.rows)


@pytest.mark.parametrize("level", IntegrityLevel)
def test_answers_are_never_called_people_where_persons_are_not_proven(level):
    """C38"""
    table = made(integrity=level)
    is_proven = level >= IntegrityLevel.DECLARED

    assert any("odpowiedzi, nie osoby" in caveat for caveat in table.caveats) is not is_proven
    assert all((cell.interval is not None) is is_proven for row in table.rows for cell in row.cells)
    assert module.PERSONS_FROM == IntegrityLevel.DECLARED


def test_several_answers_are_counted_of_those_who_answered():
    table = made(
        [("tak", "m", 40), ("nie", "m", 30), ("tak", "s", 20), ("nie", "s", 35), ("tak", "w", 8), ("nie", "w", 12)],
        answered={"m": 50, "s": 45, "w": 20}, asked={"m": 55, "s": 50, "w": 25},
    )  # fmt: skip

    assert [cell.percent for cell in table.rows[0].cells] == [Decimal("80.0"), Decimal("44.4"), Decimal("40.0")]
    assert table.whole.answered == 115
    assert any("nie sumują się" in caveat for caveat in table.caveats)


def test_below_ten_answers_the_table_is_refused():
    with pytest.raises(Refused, match="mniej niż 10"):
        made([("tak", "m", 4), ("nie", "s", 5)])


@pytest.mark.parametrize(
    ("count", "whole", "shown"), [(1, 3, "33.3"), (1, 8, "12.5"), (1, 2000, "0.1"), (1, 1, "100.0"), (5, 1000, "0.5")]
)
def test_percentages_are_rounded_half_up_to_a_tenth(count, whole, shown):
    assert percent(count, whole) == Decimal(shown)


# Intervals


@pytest.mark.parametrize(
    ("count", "whole", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_intervals_are_those_of_newcombe_1998(count, whole, low, high):
    assert wilson(count, whole) == pytest.approx((low, high), abs=0.0001)


@given(st.integers(1, 10_000), st.data())
def test_the_interval_holds_the_share_and_stays_between_nought_and_one(whole, data):
    count = data.draw(st.integers(0, whole))

    low, high = wilson(count, whole)

    assert 0 <= low <= count / whole <= high <= 1


# The town


def test_the_town_s_figures_add_up_to_its_people():
    people = load(FILE)

    assert sum(people.people.values()) == sum(people.sexes.values()) == 32_171
    assert people.between(0, town.OLDEST) == 32_171


def test_a_band_that_cuts_the_register_s_is_an_estimate_and_says_so():
    people = load(FILE)

    assert people.between(18, 24) == pytest.approx(1626 * 2 / 5 + 1457)
    assert people.is_cut(18, 24)
    assert not people.is_cut(20, 24)


BANDS = [Band("m", "18–39 lat", 18, 39), Band("s", "40–64 lat", 40, 64), Band("w", "65 lat i więcej", 65)]


def test_who_answered_more_or_less_often_than_they_live_here_is_said_in_words():
    compared = {one.code: one for one in compare_ages({"m": 10, "s": 60, "w": 30}, BANDS, load(FILE))}

    assert compared["m"].verdict == town.UNDER
    assert compared["s"].verdict == town.OVER
    assert compared["m"].words == "18–39 lat: wśród odpowiedzi mniej niż w mieście (10,0% wobec 36,5%)."
    assert compared["m"].is_estimated and not compared["s"].is_estimated
    assert sum(one.town for one in compared.values()) == pytest.approx(100, abs=Decimal("0.2"))


def test_few_answers_are_not_compared_and_small_groups_not_counted():
    compared = compare_ages({"m": 2, "s": 9, "w": 10}, BANDS, load(FILE))

    assert {one.verdict for one in compared} == {town.TOO_FEW}
    assert compared[0].count is None and compared[0].ours is None
    assert sum(one.count is None for one in compared) == 2


def test_sexes_are_compared_with_the_whole_town():
    women, men = compare_sexes({"k": 70, "m": 30}, {"k": "Kobiety", "m": "Mężczyźni"}, load(FILE))

    assert (women.verdict, women.town) == (town.OVER, Decimal("51.9"))
    assert (men.verdict, men.town) == (town.UNDER, Decimal("48.1"))


# Weights


COUNTS = {("m", "k"): 20, ("m", "m"): 10, ("s", "k"): 50, ("s", "m"): 30, ("w", "k"): 15, ("w", "m"): 15}
AGES, SEXES = {"m": 375, "s": 410, "w": 215}, {"k": 52, "m": 48}


def test_weights_give_the_town_s_shares_of_ages_and_of_sexes():
    weights = rake(COUNTS, AGES, SEXES)

    heavy = {cell: count * weights.of[cell] for cell, count in COUNTS.items()}
    assert sum(heavy.values()) == pytest.approx(140)
    for age, share in AGES.items():
        assert sum(value for cell, value in heavy.items() if cell[0] == age) == pytest.approx(140 * share / 1000)
    for sex, share in SEXES.items():
        assert sum(value for cell, value in heavy.items() if cell[1] == sex) == pytest.approx(140 * share / 100)
    assert not weights.is_trimmed


def test_the_effective_size_is_that_of_kish_and_never_more_than_the_answers():
    weights = rake(COUNTS, AGES, SEXES)
    each = [weights.of[cell] for cell, count in COUNTS.items() for _ in range(count)]

    assert weights.effective == pytest.approx(sum(each) ** 2 / sum(weight**2 for weight in each))
    assert weights.effective < weights.answers == 140


def test_answers_already_like_the_town_keep_a_weight_of_one():
    weights = rake(dict.fromkeys(COUNTS, 20), dict.fromkeys(AGES, 1), dict.fromkeys(SEXES, 1))

    assert all(weight == pytest.approx(1) for weight in weights.of.values())
    assert weights.effective == pytest.approx(120)


def test_no_answer_weighs_more_than_trimming_allows():
    counts = {**COUNTS, ("m", "k"): 5, ("m", "m"): 5, ("s", "k"): 300}

    weights = rake(counts, {"m": 800, "s": 150, "w": 50}, SEXES)

    assert weights.is_trimmed
    assert max(weights.of.values()) / min(weights.of.values()) <= town.TRIM[1] / town.TRIM[0] + 1e-9


@pytest.mark.parametrize("counts", [dict.fromkeys(COUNTS, 16), {**COUNTS, ("w", "m"): 4}])
def test_weighting_too_few_answers_is_refused(counts):
    with pytest.raises(NotWeighted):
        rake(counts, AGES, SEXES)


def test_the_unweighted_share_stands_beside_the_weighted_one():
    weights = rake(COUNTS, AGES, SEXES)
    rows = [("tak", age, sex, count if age == "m" else 0) for (age, sex), count in COUNTS.items()]
    rows += [("nie", age, sex, 0 if age == "m" else count) for (age, sex), count in COUNTS.items()]

    yes, no = weigh([*rows, ("nie", "", "k", 9)], OPTIONS, weights)

    assert (yes.unweighted, yes.weighted) == (Decimal("21.4"), Decimal("37.5"))
    assert (no.unweighted, no.weighted) == (Decimal("78.6"), Decimal("62.5"))
