"""What the portal took, as a bookkeeper carries it into the tax system."""

from decimal import Decimal

from dues.models import Posting
from office.exports import rows_of

POSTING_COLUMNS = [
    "Dzień wpłaty", "Płatność portalu", "Dowód", "Numer płatnika", "Numer należności", "Rata", "Na należność główną (zł)", "Na odsetki (zł)",
    "Ujęte w systemie podatkowym",
]  # fmt: skip


def posting_rows(postings):
    """By the day of payment. The mark is what the next file of the tax system has to name in „płatności portalu”."""
    read = postings.select_related("entry__payment", "instalment__liability__payer").order_by("day", "posted_at", "pk")
    for one in rows_of(read):
        yield [
            one.day, one.entry.payment.mark, one.entry.evidence, one.instalment.liability.payer.number, one.instalment.liability.number,
            one.instalment.number, _zl(one.principal_grosze), _zl(one.interest_grosze), _is_included(one),
        ]  # fmt: skip


def _zl(grosze: int) -> Decimal:
    return Decimal(grosze).scaleb(-2)


def _is_included(posting: Posting) -> bool:
    return posting.included_in_id is not None or posting.included_by is not None
