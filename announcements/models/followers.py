"""Who hears what, where and how. A follower is a person, or a browser that nobody named (push without an account)."""

import secrets
import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField
from announcements import languages
from announcements.models.senders import Topic
from office.models import Channel
from residents.models import AddressPoint, Person


def new_token() -> str:
    return secrets.token_urlsafe(24)


class AnnouncementFollowerQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person__account=user) if user.is_authenticated else self.none()


class Follower(models.Model):
    """`token` leads to leaving a topic by e-mail in one click; whoever holds it can do just that."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="announcement_follower", verbose_name=_("osoba")
    )
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    language = models.CharField(_("język wiadomości"), max_length=2, choices=languages.offered, default="pl", db_default="pl")
    quiet_from = models.TimeField(_("cisza od"), null=True, blank=True)
    quiet_to = models.TimeField(_("cisza do"), null=True, blank=True)
    made_at = models.DateTimeField(_("od"))

    objects = AnnouncementFollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("odbiorca")
        verbose_name_plural = _("odbiorcy")
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to")),
                name="announcements_quiet_hours_are_whole",
            )
        ]

    def __str__(self):
        return str(self.pk)


class EndpointQuerySet(models.QuerySet):
    def reachable(self):
        """Confirmed, and not given up after the other side said that nobody is there."""
        return self.filter(confirmed_at__isnull=False, suppressed_at__isnull=True)


class Endpoint(models.Model):
    """Where a message goes: an address, a telephone, a browser. One that is dead for good is suppressed, never tried again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    follower = models.ForeignKey(Follower, models.CASCADE, related_name="endpoints", verbose_name=_("odbiorca"))
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel)
    address = models.CharField(_("adres"), max_length=254)  # for push: the origin of the push service alone
    push = EncryptedJSONField(null=True)  # endpoint, p256dh, auth: personal data (L28)
    push_lookup = models.BinaryField(max_length=32, null=True, editable=False)
    confirmed_at = models.DateTimeField(_("potwierdzony"), null=True)
    suppressed_at = models.DateTimeField(_("wstrzymany"), null=True)
    suppressed_why = models.CharField(_("dlaczego wstrzymany"), max_length=200, blank=True)
    made_at = models.DateTimeField(_("od"))

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = _("droga dostarczenia")
        verbose_name_plural = _("drogi dostarczenia")
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "channel", "address"], condition=~Q(channel="push"), name="announcements_endpoint_once"
            ),
            models.UniqueConstraint(fields=["push_lookup"], condition=Q(channel="push"), name="announcements_browser_once"),
            models.CheckConstraint(condition=Q(channel="push") ^ Q(push__isnull=True), name="announcements_push_has_its_keys"),
        ]

    def __str__(self):
        return self.get_channel_display()


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent())
class Choice(models.Model):
    """The follower hears of the topic on this channel (L25: per channel and purpose, gone in one step)."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="choices")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="choices")
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "topic", "channel"], name="announcements_choice_once")]
        indexes = [models.Index(fields=["topic", "channel"])]

    def __str__(self):
        return f"{self.topic}, {self.get_channel_display()}"


class Place(models.Model):
    """Where the follower cares: a street or an address; the whole town hears of everything."""

    class Kind(models.TextChoices):
        TOWN = "town", _("całe miasto")
        STREET = "street", _("ulica")
        ADDRESS = "address", _("adres")

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="places")
    kind = models.CharField(max_length=7, choices=Kind)
    street = models.CharField(
        _("ulica"), max_length=120, blank=True
    )  # of an address too, so that a message to the street finds it
    address = models.ForeignKey(AddressPoint, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("adres"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="town", street="", address__isnull=True)
                | Q(kind="street", address__isnull=True) & ~Q(street="")
                | Q(kind="address", address__isnull=False) & ~Q(street=""),
                name="announcements_place_is_one_kind",
            ),
            models.UniqueConstraint(
                fields=["follower", "kind", "street", "address"], nulls_distinct=False, name="announcements_place_once"
            ),
        ]
        indexes = [models.Index(fields=["street"]), models.Index(fields=["address"])]

    def __str__(self):
        return str(self.address) if self.address_id else self.street or self.get_kind_display()


class PhoneCode(models.Model):
    """A code sent to a number that somebody says is theirs. Only its keyed mark is kept."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="+")
    phone = models.CharField(max_length=20)
    code_lookup = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.sent_at:%Y-%m-%d %H:%M}"
