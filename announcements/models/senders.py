"""Who speaks for the town, and about what."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Topic(models.Model):
    """What people choose to hear about. A statutory one is not a matter of choice, and every message of it says why (L49)."""

    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80)
    summary = models.CharField(_("o czym"), max_length=200)
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    is_statutory = models.BooleanField(_("z obowiązku"), default=False)
    why_statutory = models.CharField(_("dlaczego nie można zrezygnować"), max_length=300, blank=True)
    is_offered = models.BooleanField(_("do wyboru"), default=True)

    class Meta:
        verbose_name = _("temat")
        verbose_name_plural = _("tematy")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_statutory=False) | ~Q(why_statutory=""), name="announcements_statutory_topic_says_why"
            )
        ]

    def __str__(self):
        return self.name


class Sender(models.Model):
    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nadawca"), max_length=120)
    contact = models.CharField(_("kontakt"), max_length=200)  # in every message: who speaks and how to ask (L49)
    topics = models.ManyToManyField(Topic, related_name="senders", verbose_name=_("tematy"))
    may_alert = models.BooleanField(_("wydaje ostrzeżenia"), default=False)
    accepts_replies = models.BooleanField(_("przyjmuje odpowiedzi"), default=False)
    is_active = models.BooleanField(_("czynny"), default=True)

    class Meta:
        verbose_name = _("nadawca")
        verbose_name_plural = _("nadawcy")
        ordering = ["name"]

    def __str__(self):
        return self.name


class SenderMember(models.Model):
    """A clerk who writes for the sender; what they may do there says their role."""

    sender = models.ForeignKey(Sender, models.PROTECT, related_name="members", verbose_name=_("nadawca"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("kto"))

    class Meta:
        verbose_name = _("osoba nadawcy")
        verbose_name_plural = _("osoby nadawcy")
        constraints = [models.UniqueConstraint(fields=["sender", "user"], name="announcements_sender_member_once")]

    def __str__(self):
        return f"{self.sender}: {self.user}"
