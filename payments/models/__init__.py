"""Money owed for something and what came in. The room knows neither dues nor cards: whoever asks for a payment keeps its id."""

from payments.models.duties import DutyExemption, StampDuty
from payments.models.ledger import Entry, Payment, TownAccount, in_fours, zlotys
from payments.models.online import Checkout, CheckoutLine, ProviderEvent
from payments.models.refunds import Refund

__all__ = [
    "Checkout",
    "CheckoutLine",
    "DutyExemption",
    "Entry",
    "Payment",
    "ProviderEvent",
    "Refund",
    "StampDuty",
    "TownAccount",
    "in_fours",
    "zlotys",
]
