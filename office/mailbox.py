"""The mailbox of the demonstration: what would have been sent is shown on /poczta-testowa/, and nothing leaves the machine."""

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from office.models import Channel, MailboxItem

PAGE = 25


class Backend(BaseEmailBackend):
    """Django's mail backend that writes rows instead of sending. A repeated Message-ID is dropped, as a good receiver does."""

    def send_messages(self, email_messages):
        items = [item for message in email_messages for item in as_items(message)]
        MailboxItem.objects.bulk_create(items, ignore_conflicts=True)
        return len(email_messages)


def as_items(message):
    html = next((part.content for part in getattr(message, "alternatives", []) if part.mimetype == "text/html"), "")
    for address in message.recipients():
        yield MailboxItem(
            channel=Channel.EMAIL, address=address, subject=message.subject[:200], text=message.body, html=html,
            message_id=message.extra_headers.get("Message-ID", ""),
        )  # fmt: skip


@require_safe
def mailbox(request):
    """Sign-in codes lie here in the open, so in production the page does not exist."""
    if settings.IS_PRODUCTION:
        raise Http404
    address = request.GET.get("adres", "").strip()
    items = MailboxItem.objects.filter(address__iexact=address) if address else MailboxItem.objects.all()
    page = Paginator(items, PAGE).get_page(request.GET.get("page"))
    return render(request, "office/mailbox.html", {"page": page, "address": address})
