"""Letters waiting to be sent. PostgreSQL is the queue, Redis is only the bell (D3, D4)."""

import uuid
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("SMS")
    PUSH = "push", _("powiadomienie")


class MessageState(models.TextChoices):
    QUEUED = "queued", _("czeka")
    SENDING = "sending", _("w wysyłce")
    SENT = "sent", _("wysłana")
    FAILED = "failed", _("ponawiana")  # a temporary failure: it will be tried again at next_attempt_at
    DEAD = "dead", _("niedoręczalna")


WAITING = [MessageState.QUEUED, MessageState.SENDING, MessageState.FAILED]


class Urgency(models.IntegerChoices):
    """What the relay takes first: a warning overtakes everything, a letter to one person overtakes news for thousands."""

    ALERT = 0, _("ostrzeżenie")
    LETTER = 1, _("list")
    NEWS = 2, _("wiadomość do wielu")


class MessageBody(models.Model):
    """One text for many addresses: written once however many read it. `LEAVE` in it is each reader's own way out (RFC 8058)."""

    LEAVE = "{leave_url}"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)

    def __str__(self):
        return self.subject or self.text[:60]


@dataclass(frozen=True)
class Content:
    """What one reader gets."""

    subject: str
    text: str
    html: str


class MessageQuerySet(models.QuerySet):
    def due(self, moment):
        """What the relay may take now: new, to be tried again, or left by a relay that died holding its lease. The urgent first."""
        waiting = self.filter(state__in=WAITING, next_attempt_at__lte=moment).select_related("body")
        return waiting.order_by("urgency", "next_attempt_at")

    def about(self, thing):
        """The letters sent about one object, the newest first."""
        return self.filter(about_type=thing._meta.label_lower, about_id=thing.pk)


class Message(models.Model):
    """One text to one address. Its id is the Message-ID, so a receiver can drop a repeat.

    `next_attempt_at` of a message being sent is the end of its lease: one column says when anybody may take it next.
    `attempts` grows when the message is taken, not when it fails, so a letter that kills its relay is counted too.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel)
    address = models.CharField(_("adres"), max_length=254)
    event = models.CharField(_("zdarzenie"), max_length=80)  # "eboi/received": the folder and name of its templates
    subject = models.CharField(_("temat"), max_length=200, blank=True)
    text = models.TextField(_("treść"), blank=True)
    html = models.TextField(_("treść HTML"), blank=True)
    body = models.ForeignKey(MessageBody, models.PROTECT, null=True, related_name="messages")  # instead of the three above
    urgency = models.PositiveSmallIntegerField(_("pilność"), choices=Urgency, default=Urgency.LETTER)
    endpoint = models.UUIDField(null=True)  # of a reader known by a room above; one message about one thing reaches it once
    leave_url = models.CharField(max_length=200, blank=True)  # one-click way out of what was not asked for by law (RFC 8058)
    recipient = models.UUIDField(_("odbiorca"), null=True)  # User.subject or Person.id
    about_type = models.CharField(_("dotyczy"), max_length=60, blank=True)
    about_id = models.UUIDField(_("oznaczenie"), null=True)
    state = models.CharField(_("stan"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("próby"), default=0)
    next_attempt_at = models.DateTimeField(_("następna próba"))
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(_("błąd"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("utworzona"), auto_now_add=True)
    sent_at = models.DateTimeField(_("wysłana"), null=True)
    arrived = models.BooleanField(_("doręczona"), null=True)  # as the carrier's report says; None while there is none
    reported_at = models.DateTimeField(_("raport"), null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość wychodząca")
        verbose_name_plural = _("wiadomości wychodzące")
        permissions = [("retry_message", "Ponowne wysłanie wiadomości")]
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["urgency", "next_attempt_at"],
                condition=models.Q(state__in=["queued", "sending", "failed"]),
                name="office_message_waiting",
            ),
            models.Index(fields=["about_type", "about_id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values),
                name="office_message_state",
            ),
            models.CheckConstraint(
                condition=models.Q(body__isnull=True) & ~models.Q(text="")
                | models.Q(body__isnull=False, subject="", text="", html=""),
                name="office_message_says_it_once",
            ),
            # However often a sending is begun again, a reader gets it at most once.
            models.UniqueConstraint(
                fields=["about_id", "endpoint"],
                condition=models.Q(endpoint__isnull=False),
                name="office_message_once_an_endpoint",
            ),
        ]

    def __str__(self):
        return self.content.subject or self.event

    @property
    def content(self) -> Content:
        source = self.body or self
        texts = (text.replace(MessageBody.LEAVE, self.leave_url) for text in (source.text, source.html))
        return Content(source.subject, *texts)


class MailboxItem(models.Model):
    """What the demonstration would have sent: shown on the development mailbox page, never used in production."""

    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            # A letter sent twice by a relay that died in between is shown once (D3).
            models.UniqueConstraint(
                fields=["message_id", "address"], condition=~models.Q(message_id=""), name="office_mailbox_item_once"
            )
        ]

    def __str__(self):
        return self.subject or self.text[:60]
