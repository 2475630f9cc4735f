"""What the room needs of whoever takes money online, and no more: register, verify, ask, refund, read a message."""

from dataclasses import dataclass
from typing import Protocol

CURRENCY = "PLN"


class ProviderAway(Exception):
    """Nothing was learnt: no connection, no answer in time, an answer that can not be read. Asked again later."""


class ProviderRefused(Exception):
    """The provider answered, and its answer is no."""


class BadMessage(Exception):
    """A message that the provider did not sign, or that is none of ours. It is not stored."""


@dataclass(frozen=True)
class Notice:
    """A signed message: somebody paid, or a refund moved. It tells when to ask; by itself it settles nothing."""

    kind: str  # ProviderEvent.Kind
    event_id: str
    session: str
    order_id: int
    grosze: int
    currency: str


@dataclass(frozen=True)
class Told:
    """What the provider says of a session when asked. `is_paid`: money came; `is_verified`: we have verified it before."""

    session: str
    order_id: int
    grosze: int
    currency: str
    is_paid: bool
    is_verified: bool


class Provider(Protocol):
    name: str
    title: str

    def register(self, *, session: str, grosze: int, description: str, email: str, return_url: str, status_url: str) -> str:
        """A token that opens the provider's page for this session."""

    def page(self, token: str) -> str:
        """Where the payer goes."""

    def verify(self, *, session: str, order_id: int, grosze: int) -> None:
        """Returns when the provider agrees on session, order, sum and currency; else ProviderRefused or ProviderAway."""

    def ask(self, session: str) -> Told | None:
        """The session as the provider knows it; None when it has never heard of it."""

    def refund(self, *, refund: str, session: str, order_id: int, grosze: int, description: str, status_url: str) -> None:
        """Order a refund under our id. A refusal (ProviderRefused) is final; ProviderAway leaves it unknown."""

    def ask_refund(self, *, refund: str, order_id: int) -> tuple[str, int] | None:
        """(done, rejected or waiting; grosze) of a refund under our id; None when the provider has never heard of it."""

    def read(self, body: bytes) -> Notice:
        """A message of the provider; BadMessage unless it is signed and ours."""
