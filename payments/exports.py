"""The ledger as a bookkeeper keeps it: header and rows, day by day. Sums are in złote with grosze, never rounded."""

from decimal import Decimal

from django.utils.timezone import localtime

from office.exports import rows_of
from payments.models import Entry

LEDGER_COLUMNS = [
    "Dzień", "Płatność", "Na co", "Kto płaci", "Rodzaj", "Dowód księgowy", "Kwota (zł)", "Powód storna", "Zaksięgowano", "Stan płatności",
]  # fmt: skip


def ledger_rows(entries):
    """One entry a row by day, then by the moment of booking. A reversal stands on its own day, below nothing."""
    for entry in rows_of(entries.select_related("payment__payer").order_by("received_on", "at", "pk")):
        yield [
            entry.received_on, entry.payment.mark, entry.payment.title, str(entry.payment.payer), Entry.Kind(entry.kind).label,
            entry.evidence, Decimal(entry.amount_grosze).scaleb(-2), entry.reason, localtime(entry.at),
            entry.payment.get_status_display(),
        ]  # fmt: skip
