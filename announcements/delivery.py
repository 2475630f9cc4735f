"""What became of a message on its way, in the words of GOV.UK Notify: the field's best-known vocabulary, with ours beside it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from office.models import MessageState


class DeliveryStatus(TextChoices):
    CREATED = "created", _("czeka na wysłanie")
    SENDING = "sending", _("w wysyłce")
    SENT = "sent", _("wysłana")
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
    return STATUS_OF[MessageState(message.state)]
