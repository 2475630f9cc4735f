"""What became of a message on its way, in the words of GOV.UK Notify: the field's best-known vocabulary, with ours beside it.

"Sent" is as far as e-mail and push can be followed; of an SMS its carrier reports more.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.models import MessageState


class DeliveryStatus(TextChoices):
    CREATED = "created", _("czeka na wysłanie")
    SENDING = "sending", _("w wysyłce")
    SENT = "sent", _("wysłana")
    DELIVERED = "delivered", _("doręczona")
    NOT_DELIVERED = "not-delivered", _("niedoręczona")
    TEMPORARY_FAILURE = "temporary-failure", _("nie udało się, spróbujemy znowu")
    PERMANENT_FAILURE = "permanent-failure", _("nie da się doręczyć")


STATUS_OF = {
    MessageState.QUEUED: DeliveryStatus.CREATED,
    MessageState.SENDING: DeliveryStatus.SENDING,
    MessageState.SENT: DeliveryStatus.SENT,
    MessageState.FAILED: DeliveryStatus.TEMPORARY_FAILURE,
    MessageState.DEAD: DeliveryStatus.PERMANENT_FAILURE,
}


def status_of(message) -> DeliveryStatus:
    return status(message.state, message.arrived)


def status(state: str, arrived: bool | None) -> DeliveryStatus:
    """A report that it arrived outweighs all: its answer may have been lost. That it did not is the last word only on one that left us."""
    if arrived:
        return DeliveryStatus.DELIVERED
    if arrived is False and state == MessageState.SENT:
        return DeliveryStatus.NOT_DELIVERED
    return STATUS_OF[MessageState(state)]
