"""A draw that nobody can steer and everybody can repeat (4.7), with no random numbers in it.

1. Before the vote the town announces which public value will be used: what, where it is published and on which later day
   (say: the main draw of Lotto on the Saturday after closing).
2. At closing the head of the chain of events is published: 64 hexadecimal digits. From then on nobody can add a ballot.
3. When the value is known, the seed is SHA-256 of the head, a line feed, and the value with single spaces.
4. Each tied project gets the SHA-256 of the seed, a slash and its number on the ballot. The smallest goes first.

With a shell: printf '%s\\n%s' "$HEAD" "$VALUE" | sha256sum; then for each project printf '%s/%s' "$SEED" "$CODE" | sha256sum.
The order of two projects does not depend on who else takes part, nor on the order in which they are listed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Lot:
    candidate: str
    digest: str


@dataclass(frozen=True)
class Draw:
    """The outcome with its proof: anybody computes the digests again and sorts them."""

    seed: str
    lots: tuple[Lot, ...]  # smallest digest first

    @property
    def order(self) -> tuple[str, ...]:
        return tuple(lot.candidate for lot in self.lots)

    def as_json(self) -> dict:
        return {"seed": self.seed, "order": list(self.order), "lots": [[lot.candidate, lot.digest] for lot in self.lots]}


def seed_of(chain_head: str, public_value: str) -> str:
    """Refuses (ValueError) a head that is no SHA-256 and an empty value: such a draw could be steered."""
    value = " ".join(public_value.split())
    if not re.fullmatch(r"[0-9a-f]{64}", chain_head) or not value:
        raise ValueError("a draw needs the head of the chain and the announced public value")
    return _digest(f"{chain_head}\n{value}")


def draw(seed: str, candidates: Iterable[str]) -> Draw:
    """Refuses fewer than two candidates and the same one twice."""
    names = list(candidates)
    if not re.fullmatch(r"[0-9a-f]{64}", seed) or len(names) < 2 or len(set(names)) < len(names):
        raise ValueError("a draw needs a seed and at least two different candidates")
    lots = sorted((_digest(f"{seed}/{name}"), name) for name in names)
    return Draw(seed, tuple(Lot(name, digest) for digest, name in lots))


def is_true(order: Iterable[str], *, chain_head: str, public_value: str) -> bool:
    """Does a recorded order follow from the head and the value? For the stand-alone checker."""
    order = tuple(order)
    return draw(seed_of(chain_head, public_value), order).order == order


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
