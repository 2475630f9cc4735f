"""Ways that turn out to lead nowhere: what a follower's endpoint is told when the other side says that nobody is there.

The carrier of e-mail here is the office's own with that one thing added, so a room that knows no followers needs to know nothing of it.
"""

from django.db.models import F
from django.utils import timezone

from announcements.models import Endpoint
from office import channels
from office.channels import NoSuchAddress
from office.models import Channel, Message


class Email(channels.Email):
    """SMTP. A dead address is told to the follower on their page and never tried again, until they say that it lives."""

    def deliver(self, message: Message) -> None:
        try:
            super().deliver(message)
        except NoSuchAddress as why:
            suppress(message, str(why))
            raise


def suppress(message: Message, why: str) -> None:
    """Of a message to an endpoint; another letter to the same address says nothing here."""
    if message.endpoint:
        standing = Endpoint.objects.filter(pk=message.endpoint, address=message.address, suppressed_at__isnull=True)
        standing.update(suppressed_at=timezone.now(), suppressed_why=why[:200])


def follow_accounts() -> int:
    """Who changed the address of their account, by the link that proves it, is written to at the new one. Returns how many."""
    theirs = Endpoint.objects.filter(channel=Channel.EMAIL, follower__person__account__isnull=False)
    stale = theirs.exclude(address=F("follower__person__account__email"))
    moved = list(stale.values_list("pk", "follower__person__account__email"))
    for pk, address in moved:
        Endpoint.objects.filter(pk=pk).update(address=address, suppressed_at=None, suppressed_why="")
    return len(moved)
