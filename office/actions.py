"""What a clerk may do in the kancelaria itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from office import bell, files, outbox, relay, scanning
from office.models import Message, StoredFile
from office.transitions import Refused


@transaction.atomic
def send_again(message: Message, *, by) -> None:
    """Put a dead or failed letter at the head of the queue. Refused when it is on its way or was sent."""
    if not relay.revive(message):
        raise Refused(_("Ta wiadomość nie wymaga ponowienia: jest wysłana albo czeka na wysyłkę."))
    bell.ring_on_commit(outbox.RELAY)


@transaction.atomic
def scan_again(stored: StoredFile, *, by) -> None:
    """Have a file looked at once more. Refused when the scanner has already decided."""
    if not scanning.scan_again(stored):
        raise Refused(_("Ten plik jest już sprawdzony."))
    bell.ring_on_commit(files.SCAN, str(stored.pk))
