"""What a carrier says of a message that it took."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from office.models import Channel, Message


def take_report(pk: UUID, *, arrived: bool, moment: datetime) -> bool:
    """True when something new was told. The first word stands, but a message once called lost may still arrive; never the other way round.

    A report may overtake the answer to the sending itself. One of a message that we never tried to send is nobody's.
    """
    open_to_it = Q(arrived__isnull=True) | Q(arrived=False) if arrived else Q(arrived__isnull=True)
    mine = Message.objects.filter(open_to_it, pk=pk, channel=Channel.SMS, attempts__gt=0)
    return bool(mine.update(arrived=arrived, reported_at=moment))
