"""Loads handed over: entered once, taken back with a reason, never changed (R87)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from office.transitions import Refused
from pszok.models import OutboundTransfer
from ui.text import clean_text

SUPERVISE = "pszok.supervise_point"


def enter(transfer: OutboundTransfer, *, by, moment: datetime) -> OutboundTransfer:
    """Write down a load that left. Refused: no right, a day to come, a code that does not hold on the day."""
    _guard(by)
    if transfer.day > localdate(moment):
        raise Refused(_("Dzień przekazania nie może być z przyszłości."))
    code = transfer.code
    if transfer.day < code.valid_from or (code.valid_to and code.valid_to < transfer.day):
        raise Refused(_("Tego kodu nie było w katalogu w dniu przekazania."))
    transfer.entered_by, transfer.entered_at = by.subject, moment
    transfer.save(force_insert=True)
    return transfer


@transaction.atomic
def cancel(transfer: OutboundTransfer, *, reason: str, by, moment: datetime) -> None:
    """The load no longer counts; it stays in view with the reason. Refused: no right, no reason, a second time."""
    _guard(by)
    reason = clean_text(reason)
    if not reason:
        raise Refused(_("Napisz powód: zostanie przy wpisie na stałe."))
    standing = OutboundTransfer.objects.filter(pk=transfer.pk, cancelled_at__isnull=True)
    if not standing.update(cancelled_at=moment, cancelled_reason=reason):
        raise Refused(_("To przekazanie jest już unieważnione."))
    transfer.refresh_from_db()


def _guard(by):
    if not by.has_perm(SUPERVISE):
        raise Refused(_("Robi to tylko osoba nadzorująca punkt."))
