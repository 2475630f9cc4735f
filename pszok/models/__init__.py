"""What the waste point stores, one module a noun."""

from pszok.models.point import WEEKDAYS, GateDevice, GateOperator, OpeningException, OpeningHours, Point
from pszok.models.transfers import OutboundTransfer
from pszok.models.visits import (
    Dispute,
    PaidSurplus,
    QuotaAllowance,
    QuotaBalance,
    QuotaEntry,
    RefusalReason,
    RefusedAmount,
    Visit,
    VisitLine,
    YearlyReport,
)
from pszok.models.waste import Fraction, LimitRule, Measure, WasteCode, WasteItem

__all__ = [
    "WEEKDAYS",
    "Dispute",
    "Fraction",
    "GateDevice",
    "GateOperator",
    "LimitRule",
    "Measure",
    "OpeningException",
    "OpeningHours",
    "OutboundTransfer",
    "PaidSurplus",
    "Point",
    "QuotaAllowance",
    "QuotaBalance",
    "QuotaEntry",
    "RefusalReason",
    "RefusedAmount",
    "Visit",
    "VisitLine",
    "WasteCode",
    "WasteItem",
    "YearlyReport",
]
