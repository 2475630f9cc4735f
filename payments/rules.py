"""What is covered, what is still owed, and how a transfer for it reads."""

from django.db.models import Sum

from payments import provider, zbp
from payments.models import Payment
from payments.statuses import PaymentStatus


def received(payment: Payment) -> int:
    """Grosze that came in less what was reversed: the ledger's sum. Asked afresh, unless the row was read `with_received`."""
    known = getattr(payment, "received_grosze", None)
    return known if known is not None else payment.entries.aggregate(sum=Sum("amount_grosze"))["sum"] or 0


def is_covered(payment: Payment) -> bool:
    """Whether what was asked has come in. Never of a cancelled payment: nothing is owed, so nothing follows from it."""
    return payment.status != PaymentStatus.CANCELLED and received(payment) >= payment.amount_grosze


def outstanding(payment: Payment) -> int:
    """Grosze still to pay; nothing of a cancelled payment."""
    return 0 if payment.status == PaymentStatus.CANCELLED else max(payment.amount_grosze - received(payment), 0)


def surplus(payment: Payment) -> int:
    """Grosze above what was asked. The treasurer gives them back; the portal only shows them."""
    owed = 0 if payment.status == PaymentStatus.CANCELLED else payment.amount_grosze
    return max(received(payment) - owed, 0)


def transfer_title(payment: Payment) -> str:
    """The mark and as much of the title as a code holds: the same words on the page, in the code and on the statement of the bank."""
    return zbp.fitted(f"{payment.mark} {payment.title}", zbp.LONGEST_TITLE)


def transfer_code(payment: Payment) -> zbp.TransferCode | None:
    """The code for what is still owed; None when nothing is, or when the code can not say it (above 9999,99 zł)."""
    account = payment.account
    try:
        return zbp.TransferCode(
            account=account.number, grosze=outstanding(payment), title=transfer_title(payment),
            name=zbp.fitted(account.short_owner or account.owner, zbp.LONGEST_NAME), is_sample=account.is_sample,
        )  # fmt: skip
    except zbp.NotInCode:
        return None


def pays_online() -> bool:
    """Whether the town has named a provider. Without one nothing is paid online, and no button says so."""
    return provider.is_there()


def is_paid(payment: Payment) -> bool:
    """As `is_covered`, by the status that the ledger last gave it: no question to the database."""
    return payment.status == PaymentStatus.PAID
