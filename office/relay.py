"""The postman: takes letters that are due, sends them outside any transaction, and writes down what happened (D3).

A letter is stored once and sent at least once, normally once: a relay that dies after the other server said yes and before
the row says so will send it again under the same Message-ID.
"""

import time
import uuid
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.utils import timezone

from office.channels import Carrier, DeliveryFailure, PermanentFailure, TemporaryFailure, carrier_of
from office.models import Message, MessageState

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=45)  # longer than one letter takes with EMAIL_TIMEOUT, short enough to be repaired within a minute
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440)]
ATTEMPTS = len(DELAYS) + 1  # the last failure, or the last relay it killed, makes a letter dead


def drain(*, seconds: float = 60.0) -> int:
    """Send what is due, for at most about `seconds`. Returns how many letters were tried. Any number may run at once."""
    carriers: dict[str, Carrier] = {}
    tried, until = 0, time.monotonic() + seconds
    try:
        while time.monotonic() < until and (message := claim()):
            send(message, carriers)
            tried += 1
    finally:
        for carrier in carriers.values():
            carrier.close()
    return tried


@transaction.atomic
def claim(moment: datetime | None = None) -> Message | None:
    """The most urgent letter, of those the one due the longest, under a lease of our own; rows that another relay is taking are skipped."""
    moment = moment or timezone.now()
    _without_waiting_for_the_disk()
    message = Message.objects.due(moment).select_for_update(skip_locked=True, of=("self",)).first()
    if message is None:
        return None
    if message.attempts >= ATTEMPTS:
        message.state, message.error = MessageState.DEAD, "the relay was interrupted at each attempt"
        message.save(update_fields=["state", "error"])
        log.error("message_poisonous", message_id=str(message.id), message_event=message.event)
        return claim(moment)
    message.state, message.lease = MessageState.SENDING, uuid.uuid4()
    message.lease_until = message.next_attempt_at = moment + LEASE
    message.attempts += 1
    message.save(update_fields=["state", "lease", "lease_until", "next_attempt_at", "attempts"])
    return message


def send(message: Message, carriers: dict[str, Carrier] | None = None) -> bool:
    """Deliver a claimed letter and finish it. False when it was not delivered."""
    carriers = {} if carriers is None else carriers
    try:
        carrier = carriers.get(message.channel) or carriers.setdefault(message.channel, carrier_of(message.channel))
        carrier.deliver(message)
    except DeliveryFailure as failure:
        _finish(message, **_after(failure, message))
        return False
    except Exception as error:  # a carrier with a fault of its own must not stop the other letters
        _finish(message, **_after(TemporaryFailure(type(error).__name__), message))
        return False
    _finish(message, state=MessageState.SENT, sent_at=timezone.now(), error="")
    return True


def _after(failure: DeliveryFailure, message: Message) -> dict:
    error = str(failure)[:300]
    log.warning("message_not_sent", message_id=str(message.id), message_event=message.event, attempt=message.attempts)
    if isinstance(failure, PermanentFailure) or message.attempts >= ATTEMPTS:
        return {"state": MessageState.DEAD, "error": error}
    return {"state": MessageState.FAILED, "error": error, "next_attempt_at": timezone.now() + DELAYS[message.attempts - 1]}


@transaction.atomic
def _finish(message: Message, **fields) -> bool:
    """Write the outcome only while the lease is still ours; a slower twin writes nothing."""
    _without_waiting_for_the_disk()
    mine = Message.objects.filter(pk=message.pk, lease=message.lease, state=MessageState.SENDING)
    return bool(mine.update(lease=None, lease_until=None, **fields))


def _without_waiting_for_the_disk() -> None:
    """A lease and an outcome may be lost by a power cut, never by a killed process: the letter is then sent again under its Message-ID,
    as after any relay that died. What was queued is never at stake: that transaction was another, and waited."""
    with connection.cursor() as cursor:
        cursor.execute("set local synchronous_commit to off")


def revive(message: Message, *, moment: datetime | None = None) -> bool:
    """Put a dead or failed letter back at the head of the queue; False when somebody already did."""
    stopped = Message.objects.filter(pk=message.pk, state__in=[MessageState.DEAD, MessageState.FAILED])
    return bool(
        stopped.update(state=MessageState.QUEUED, attempts=0, error="", next_attempt_at=moment or timezone.now(), lease=None)
    )
