"""Letters waiting to be sent. PostgreSQL is the queue, Redis is only the bell (D3, D4)."""

import uuid

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


class Message(models.Model):
    """One text to one address. Its id is the Message-ID, so a receiver can drop a repeat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel)
    address = models.CharField(_("adres"), max_length=254)
    event = models.CharField(_("zdarzenie"), max_length=80)  # "eboi/received": the folder and name of its templates
    subject = models.CharField(_("temat"), max_length=200, blank=True)
    text = models.TextField(_("treść"))
    html = models.TextField(_("treść HTML"), blank=True)
    recipient = models.UUIDField(_("odbiorca"), null=True)  # User.subject or Person.id
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.UUIDField(null=True)
    state = models.CharField(_("stan"), max_length=10, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("próby"), default=0)
    next_attempt_at = models.DateTimeField(_("następna próba"))
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(_("błąd"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("utworzona"), auto_now_add=True)
    sent_at = models.DateTimeField(_("wysłana"), null=True)

    class Meta:
        verbose_name = _("wiadomość wychodząca")
        verbose_name_plural = _("wiadomości wychodzące")
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state__in=["queued", "sending", "failed"]),
                name="office_message_waiting",
            ),
            models.Index(fields=["about_type", "about_id"]),
        ]


class MailboxItem(models.Model):
    """What the demonstration would have sent: shown on the development mailbox page, never used in production."""

    channel = models.CharField(max_length=10, choices=Channel)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    message_id = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at"]
