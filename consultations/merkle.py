"""Merkle trees as in RFC 6962 over SHA-256, and the one way to write JSON as bytes. Standard library alone: outsiders run it.

A leaf is hashed behind a zero byte and a node behind a one, so that nobody can pass a node off as a leaf. The root of n leaves
says what each of them is and where it stands: change, remove, add or move one and the root is another. A `path` shows to
somebody who holds one leaf and the root that the leaf is listed, without any other leaf.
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

LEAF, NODE = b"\x00", b"\x01"
EMPTY = sha256(b"").digest()  # the root of no leaves
DIGEST = 32  # bytes


def leaf_hash(leaf: bytes) -> bytes:
    return sha256(LEAF + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(NODE + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """32 bytes that stand for all the leaves in their order."""
    return root_of([leaf_hash(leaf) for leaf in leaves])


def root_of(hashes: Sequence[bytes]) -> bytes:
    """As `root`, of leaves already hashed."""
    level = list(hashes)
    while len(level) > 1:
        level = _above(level)
    return level[0] if level else EMPTY


def _above(level: list[bytes]) -> list[bytes]:
    """One level up; the last of an odd number goes up as it is, which is the split of the RFC at the largest power of two."""
    pairs = iter(level)
    above = [sha256(NODE + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
    return above + level[-1:] if len(level) % 2 else above


class Growing:
    """The root of leaves that come one by one, in the memory of one hash a level: for files of any length."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []  # complete subtrees from the left: how many leaves, their root

    def add(self, leaf: bytes) -> None:
        size, digest = 1, leaf_hash(leaf)
        while self._peaks and self._peaks[-1][0] == size:
            digest = node_hash(self._peaks.pop()[1], digest)
            size *= 2
        self._peaks.append((size, digest))
        self.size += 1

    def root(self) -> bytes:
        """Of the leaves so far; more may be added afterwards."""
        if not self._peaks:
            return EMPTY
        digests = [digest for _size, digest in self._peaks]
        whole = digests.pop()
        while digests:
            whole = node_hash(digests.pop(), whole)
        return whole


def path(leaves: Iterable[bytes], index: int) -> list[bytes]:
    """The hashes beside the way from the leaf to the root, from below. IndexError for a leaf that is not there."""
    level = [leaf_hash(leaf) for leaf in leaves]
    if not 0 <= index < len(level):
        raise IndexError(index)
    beside = []
    while len(level) > 1:
        neighbour = index ^ 1
        if neighbour < len(level):
            beside.append(level[neighbour])
        level, index = _above(level), index // 2
    return beside


def check(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the leaf stands at this index among `size` leaves under this root."""
    if not 0 <= index < size:
        return False
    digest, beside, last = leaf_hash(leaf), list(path), size - 1
    while last > 0:
        if index < last or index % 2:
            if not beside:
                return False
            neighbour = beside.pop(0)
            digest = node_hash(neighbour, digest) if index % 2 else node_hash(digest, neighbour)
        index, last = index // 2, last // 2
    return not beside and digest == root


# JSON as bytes


def canonical(value: Any) -> bytes:
    """The same bytes as `schemas.checking.canonical`: JSON, sorted keys, no spaces, UTF-8, NFC.

    Raises ValueError or TypeError for what is not JSON: a float, NaN, half a character.
    """
    return json.dumps(_nfc(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _nfc(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        return {_nfc(key): _nfc(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_nfc(item) for item in value]
    if value is None or isinstance(value, bool | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")
