"""How a letter leaves the house. Each channel delivers one message or says why not: later (TemporaryFailure) or never."""

import re
import smtplib
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.module_loading import import_string

from office.models import Channel, MailboxItem, Message

SERVER_TEXT = 200  # characters of the other server's answer kept in the register
ENHANCED = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
ADDRESS = re.compile(rb"[^\s<>@]{1,64}@[^\s<>@]{1,255}")


class DeliveryFailure(Exception):
    """Not delivered; the text is kept in the register and never holds the letter's content."""


class TemporaryFailure(DeliveryFailure):
    """Try again later: the other side is away, slow or busy, or our own sign-in to it is broken."""


class PermanentFailure(DeliveryFailure):
    """Never: the other side knows no such address or will not take this letter."""


class NoSuchAddress(PermanentFailure):
    """Nobody is there, for any letter: not a refusal of this one's content or of us. Who keeps addresses may stop writing to it."""


class Carrier(Protocol):
    """What the relay asks of a channel. `close` ends what was kept open between letters and never raises."""

    def deliver(self, message: Message) -> None: ...

    def close(self) -> None: ...


class Email:
    """SMTP. The Message-ID is the message's own id, so a receiver can drop a repeat (D3). Letters share one connection."""

    def __init__(self) -> None:
        self.connection: Any = get_connection(fail_silently=False)

    def deliver(self, message: Message) -> None:
        letter = as_email(message)
        letter.connection = self.connection
        try:
            self.connection.open()
            letter.send()
        except Exception as error:
            self.close()
            raise failure_of(error) from error

    def close(self) -> None:
        try:
            self.connection.close()
        except Exception:  # the other side may have hung up; there is nothing left to close
            self.connection.connection = None


def as_email(message: Message) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >")
    headers = {"Message-ID": f"<{message.id}@{domain}>", "Auto-Submitted": "auto-generated"}
    if message.leave_url:  # RFC 8058: the mail program shows a button and posts to it
        headers |= {"List-Unsubscribe": f"<{message.leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    content = message.content
    letter = EmailMultiAlternatives(subject=content.subject, body=content.text, to=[message.address], headers=headers)
    if content.html:
        letter.attach_alternative(content.html, "text/html")
    return letter


def failure_of(error: Exception) -> DeliveryFailure:
    """5xx to the recipient or to the letter itself is final; everything else is worth another try (F14).

    A refused sign-in, greeting or sender is our own fault and would kill every letter, so it is temporary too.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(error.recipients.values()))
        return NoSuchAddress(_answer(code, text)) if _is_nobody(code, _answer(code, text)) else _by_code(code, text)
    if isinstance(error, smtplib.SMTPDataError):
        return _by_code(error.smtp_code, error.smtp_error)
    if isinstance(error, smtplib.SMTPResponseException):
        return TemporaryFailure(_answer(error.smtp_code, error.smtp_error))
    if isinstance(error, ValueError):
        return PermanentFailure(f"{type(error).__name__} while the letter was built")
    return TemporaryFailure(type(error).__name__)


def _by_code(code: int, text: bytes | str) -> DeliveryFailure:
    kind = PermanentFailure if 500 <= code < 600 else TemporaryFailure
    return kind(_answer(code, text))


def _is_nobody(code: int, answer: str) -> bool:
    """By the enhanced status (RFC 3463: 5.1.x is a bad address, 5.2.1 a closed mailbox); without one 550, 551 and 553. A full mailbox
    (5.2.2) and a policy against us (5.7.x) say nothing of the address."""
    enhanced = ENHANCED.search(answer)
    return enhanced[0].startswith(("5.1.", "5.2.1")) if enhanced else code in (550, 551, 553)


def _answer(code: int, text: bytes | str) -> str:
    """The server's answer without the addresses that servers like to repeat."""
    raw = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    return f"{code} {ADDRESS.sub(b'<...>', raw).decode('utf-8', 'replace')}"[:SERVER_TEXT]


class Mailbox:
    """SMS and push of the demonstration and of tests: the text lands on the development mailbox page, nothing leaves."""

    def deliver(self, message: Message) -> None:
        MailboxItem.objects.bulk_create(
            [
                MailboxItem(
                    channel=message.channel, address=message.address, text=message.content.text, message_id=str(message.id)
                )
            ],
            ignore_conflicts=True,
        )

    def close(self) -> None:
        pass


class NotConfigured:
    """A channel that this installation has no provider for: its letters are dead at once and listed for the clerk."""

    def deliver(self, message: Message) -> None:
        raise PermanentFailure("channel not configured")

    def close(self) -> None:
        pass


def carrier_of(channel: str) -> Carrier:
    """The carrier that settings name for the channel: OFFICE_CARRIERS = {"sms": "dotted.path.of.a.Carrier"}."""
    default: dict[str, str] = {Channel.EMAIL: "office.channels.Email"}
    path = {**default, **settings.OFFICE_CARRIERS}.get(channel, "office.channels.NotConfigured")
    return import_string(path)()
