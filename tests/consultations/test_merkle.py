"""The tree behind every published root: the hashes of RFC 6962, and no way to pass one list off as another."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consultations import merkle
from schemas.checking import canonical

# Known answers of the tree of Certificate Transparency, used by its implementations to test themselves.
LEAVES = [bytes.fromhex(leaf) for leaf in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
lists = st.lists(st.binary(max_size=12), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=4), inner)
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size - 1]


def test_no_leaves_have_the_root_of_nothing():
    assert merkle.root([]) == sha256(b"").digest() == merkle.Growing().root()


def by_the_text_of_the_rfc(leaves):
    """RFC 6962, 2.1, word for word: split at the largest power of two below n."""
    if len(leaves) <= 1:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256(b"").digest()
    left = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + by_the_text_of_the_rfc(leaves[:left]) + by_the_text_of_the_rfc(leaves[left:])).digest()


@given(lists)
def test_all_at_once_one_by_one_and_by_the_rfc_give_one_root(leaves):
    growing = merkle.Growing()
    for leaf in leaves:
        growing.add(leaf)

    assert merkle.root(leaves) == growing.root() == by_the_text_of_the_rfc(leaves)
    assert growing.size == len(leaves)


@given(lists.filter(bool), st.data())
def test_a_listed_leaf_proves_its_place_and_no_other(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    root, path = merkle.root(leaves), merkle.path(leaves, index)

    assert merkle.check(leaves[index], index, len(leaves), path, root)
    assert not merkle.check(leaves[index] + b"!", index, len(leaves), path, root)
    assert not merkle.check(leaves[index], index, len(leaves), path, merkle.leaf_hash(root))
    assert not merkle.check(leaves[index], index, len(leaves), [*path, root], root)
    assert not merkle.check(leaves[index], len(leaves), len(leaves), path, root)
    assert not path or not merkle.check(leaves[index], index, len(leaves), path[:-1], root)


@given(lists.filter(lambda leaves: len(set(leaves)) > 1), st.data())
def test_a_leaf_can_not_be_shown_at_the_place_of_another(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.integers(0, len(leaves) - 1).filter(lambda place: leaves[place] != leaves[index]))

    assert not merkle.check(leaves[index], other, len(leaves), merkle.path(leaves, index), merkle.root(leaves))


def test_a_node_does_not_pass_for_a_leaf():
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")

    assert merkle.root([left + right]) != merkle.root([b"a", b"b"])


def test_a_path_to_a_leaf_that_is_not_there_is_refused():
    with pytest.raises(IndexError):
        merkle.path([b"a"], 1)


@given(JSON)
def test_json_is_written_as_the_forms_write_it(value):
    assert merkle.canonical(value) == canonical(value)


@pytest.mark.parametrize("value", [1.5, float("nan"), {1, 2}, b"a", "\ud800"])
def test_what_is_not_json_is_refused_as_there(value):
    for write in (merkle.canonical, canonical):
        with pytest.raises((TypeError, ValueError)):
            write(value)
