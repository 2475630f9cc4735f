"""The draw between tied projects (4.7): the same for everybody who computes it, steered by nobody."""

from hashlib import sha256
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations.tally import draw, is_true, seed_of

HEAD = "a" * 64
LOTTO = "Lotto, 14.11.2026: 5 11 23 34 41 49"
names = st.lists(st.text(min_size=1, max_size=8), min_size=2, max_size=8, unique=True)


def test_ewa_repeats_the_draw_in_ten_lines_without_our_code():
    """N3"""
    ours = draw(seed_of(HEAD, LOTTO), ["1", "5", "17"])

    seed = sha256(f"{HEAD}\n{LOTTO}".encode()).hexdigest()
    order = sorted(["1", "5", "17"], key=lambda code: sha256(f"{seed}/{code}".encode()).hexdigest())

    assert ours.seed == seed
    assert list(ours.order) == order
    assert [lot.digest for lot in ours.lots] == [sha256(f"{seed}/{code}".encode()).hexdigest() for code in order]


def test_the_vector_of_the_documentation_never_changes():
    seed = seed_of(HEAD, LOTTO)

    assert seed == "76081a0d76f9bdd6aad32043dd7744eab2cdf1f14f0e0afe05ef9963696cde36"
    assert draw(seed, ["1", "5"]).order == ("5", "1")


@given(st.binary(min_size=1, max_size=9), names)
def test_the_order_depends_neither_on_the_list_nor_on_who_else_takes_part(value, candidates):
    seed = seed_of(sha256(value).hexdigest(), "x")

    order = draw(seed, candidates).order

    assert draw(seed, sorted(candidates)).order == order
    assert tuple(name for name in draw(seed, [*candidates, "another one"]).order if name in candidates) == order


def test_a_changed_head_or_value_is_found_out():
    order = draw(seed_of(HEAD, LOTTO), ["1", "5", "9", "12"]).order

    assert is_true(order, chain_head=HEAD, public_value="Lotto,  14.11.2026: 5 11 23 34 41 49 ")  # spaces say nothing
    assert not is_true(order[::-1], chain_head=HEAD, public_value=LOTTO)
    assert sum(is_true(order, chain_head="b" * 64, public_value=str(n)) for n in range(48)) < 12  # two of 48 by chance


def test_every_order_comes_up_about_as_often():
    counted = dict.fromkeys(permutations("135"), 0)

    for n in range(3000):
        counted[draw(seed_of(HEAD, str(n)), ["1", "3", "5"]).order] += 1

    assert all(400 < times < 600 for times in counted.values())


@pytest.mark.parametrize("head, value", [("", LOTTO), ("A" * 64, LOTTO), ("a" * 63, LOTTO), (HEAD, ""), (HEAD, "  ")])
def test_a_draw_that_could_be_steered_is_refused(head, value):
    with pytest.raises(ValueError):
        seed_of(head, value)


@pytest.mark.parametrize("candidates", [[], ["1"], ["1", "1"]])
def test_a_draw_needs_two_different_candidates(candidates):
    with pytest.raises(ValueError):
        draw(seed_of(HEAD, LOTTO), candidates)
