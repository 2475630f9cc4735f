"""Nobody's answer can be worked out from a published table: proved by listing every table that the published numbers allow."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from consultations.statistics import suppression
from consultations.statistics.suppression import K, Refused, protect, protect_line, protect_several

OPTIONS, GROUPS = ("a", "b", "c"), ("1", "2", "3", "4")
count = st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 7, 9])
few = settings(max_examples=150, deadline=None)


@st.composite
def tables(draw, most_options=3, most_groups=3):
    options, groups = OPTIONS[: draw(st.integers(2, most_options))], GROUPS[: draw(st.integers(2, most_groups))]
    return {(option, group): draw(count) for option in options for group in groups}


def splits(total, parts):
    """Every way to write the total as so many numbers, none below zero."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first, *rest)


def names(cells):
    return list(dict.fromkeys(o for o, _ in cells)), list(dict.fromkeys(g for _, g in cells))


def row_ways(cells, option, groups, hidden):
    """All a reader must reckon with for one option: its public total, and the counts shown."""
    unknown = [group for group in groups if (option, group) in hidden]
    shown = {group: cells[option, group] for group in groups if group not in unknown}
    left = sum(cells[option, group] for group in groups) - sum(shown.values())
    for split in splits(left, len(unknown)) if unknown else [()]:
        yield {**shown, **dict(zip(unknown, split, strict=True))}


def possible(cells, protected):
    """Every whole table that agrees with what is published: (counts, sizes of groups)."""
    options, groups = names(cells)
    sizes = {group: sum(cells[option, group] for option in options) for group in groups}
    for rows in product(*(list(row_ways(cells, option, groups, protected.hidden)) for option in options)):
        made = {group: sum(row[group] for row in rows) for group in groups}
        if all(made[group] == sizes[group] for group in groups if group not in protected.hidden_groups):
            yield {(option, group): row[group] for option, row in zip(options, rows, strict=True) for group in groups}, made


def spans(values):
    """Width of what each name may be, over all possible tables."""
    least, most = {}, {}
    for one in values:
        for name, value in one.items():
            least[name], most[name] = min(value, least.get(name, value)), max(value, most.get(name, value))
    return {name: most[name] - least[name] for name in least}


@few
@given(tables())
def test_no_hidden_count_can_be_worked_out_from_the_rest_of_the_table(cells):
    """N2, B5"""
    assume(sum(cells.values()) >= 10)
    try:
        protected = protect(cells)
    except Refused:
        return
    options, groups = names(cells)
    totals = {option: sum(cells[option, group] for group in groups) for option in options}
    ways = list(possible(cells, protected))
    assume(len(ways) < 60_000)

    width, sizes = spans(table for table, _ in ways), spans(sizes for _, sizes in ways)

    for option, group in protected.hidden:
        assert width[option, group] >= 1, f"{option}, {group} is known"
        if 0 < cells[option, group] < K:
            assert width[option, group] >= min(K, totals[option])
    for group in protected.hidden_groups:
        assert sizes[group] >= 1


@few
@given(tables())
def test_every_small_count_and_every_single_answer_of_a_group_is_hidden(cells):
    try:
        protected = protect(cells)
    except Refused:
        return
    options, groups = names(cells)

    assert {cell for cell, value in cells.items() if 0 < value < K} <= protected.hidden
    for group in groups:
        given_here = [option for option in options if cells[option, group]]
        given_at_all = [option for option in options if any(cells[option, other] for other in groups)]
        assert len(given_here) != 1 or len(given_at_all) == 1 or (given_here[0], group) in protected.hidden


def test_hiding_small_counts_alone_would_give_them_away():
    """The control: without the second step the check above finds the count that subtraction gives."""
    cells = {("a", "1"): 3, ("a", "2"): 9, ("a", "3"): 11, ("b", "1"): 7, ("b", "2"): 8, ("b", "3"): 30}
    first_step_only = suppression.Protected(frozenset({("a", "1")}), frozenset())

    assert spans(table for table, _ in possible(cells, first_step_only))["a", "1"] == 0
    assert spans(table for table, _ in possible(cells, protect(cells)))["a", "1"] >= K
    assert protect(cells).hidden == {("a", "1"), ("a", "2"), ("b", "1"), ("b", "2")}


def test_a_table_of_large_counts_is_shown_whole():
    cells = dict.fromkeys(product(OPTIONS, GROUPS), 20)

    assert protect(cells) == suppression.Protected(frozenset(), frozenset())


def test_zeros_are_shown_where_they_name_nobody():
    cells = {("a", "1"): 0, ("a", "2"): 12, ("b", "1"): 20, ("b", "2"): 30, ("c", "1"): 9, ("c", "2"): 8}

    assert ("a", "1") not in protect(cells).hidden


def test_a_group_of_one_mind_is_not_shown_as_such():
    """Everybody over 65 said no: whoever knows that Anna is over 65 would know her answer."""
    cells = {("yes", "young"): 30, ("no", "young"): 25, ("yes", "old"): 0, ("no", "old"): 14}

    try:
        assert ("no", "old") in protect(cells).hidden
    except Refused as refused:
        assert "za małe" in str(refused)


def test_below_ten_answers_there_is_no_table_and_a_reason_that_anybody_understands():
    with pytest.raises(Refused, match="mniej niż 10"):
        protect({("a", "1"): 5, ("b", "1"): 4})
    with pytest.raises(Refused, match="mniej niż 10"):
        protect_several({("a", "1"): 9}, {"1": 9})


def test_a_large_table_is_protected_at_once():
    cells = {(f"o{option}", f"g{group}"): (option * 7 + group * 3) % 23 for option in range(12) for group in range(16)}

    protected = protect(cells)

    assert len(protected.hidden) < len(cells) / 2


# Several answers each


@st.composite
def several(draw):
    sizes = {group: draw(st.integers(0, 9)) for group in GROUPS[: draw(st.integers(2, 3))]}
    options = OPTIONS[: draw(st.integers(1, 2))]
    return {(option, group): draw(st.integers(0, size)) for option in options for group, size in sizes.items()}, sizes


def possible_several(cells, sizes, protected):
    options, groups = names(cells)
    unknown = [group for group in groups if group in protected.hidden_groups]
    shown = {group: sizes[group] for group in groups if group not in unknown}
    left = sum(sizes.values()) - sum(shown.values())
    for split in splits(left, len(unknown)) if unknown else [()]:
        guess = {**shown, **dict(zip(unknown, split, strict=True))}
        rows = [
            [row for row in row_ways(cells, option, groups, protected.hidden) if all(row[g] <= guess[g] for g in groups)]
            for option in options
        ]
        for made in product(*rows):
            yield {(option, group): row[group] for option, row in zip(options, made, strict=True) for group in groups}, guess


@few
@given(several())
def test_with_several_answers_neither_who_chose_nor_who_did_not_can_be_worked_out(given_table):
    cells, sizes = given_table
    try:
        protected = protect_several(cells, sizes)
    except Refused:
        return
    ways = list(possible_several(cells, sizes, protected))
    assume(len(ways) < 60_000)
    groups = names(cells)[1]
    hidden_at_all = suppression.Protected(frozenset(cells), protected.hidden_groups)
    best = spans(table for table, _ in possible_several(cells, sizes, hidden_at_all))

    width = spans(table for table, _ in ways)

    for (option, group), chosen in cells.items():
        if 0 < chosen < K or 0 < sizes[group] - chosen < K:
            assert (option, group) in protected.hidden
            if group not in protected.hidden_groups:
                assert width[option, group] >= min(K, best[option, group])
            assert width[option, group] >= min(1, best[option, group])
    groups_width = spans(guess for _, guess in ways)
    assert all(groups_width[group] >= 1 for group in protected.hidden_groups if len(groups) > 1)


@few
@given(st.dictionaries(st.sampled_from("abcdef"), count, min_size=2))
def test_in_a_row_with_a_public_total_no_hidden_count_stands_alone(counts):
    hidden = protect_line(counts)

    assert {name for name, value in counts.items() if 0 < value < K} <= hidden
    known = sum(counts[name] for name in hidden)
    assert not hidden or (len(hidden) > 1 and known >= min(K, sum(counts.values())))
