"""When waste is collected where: schedules swapped whole by version, reminders, what was not collected."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from announcements.models.followers import Follower
from office.models import Channel
from residents.models import AddressPoint, Person


class Building(models.TextChoices):
    HOUSE = "house", _("dom jednorodzinny")
    BLOCK = "block", _("budynek wielorodzinny")


class Fraction(models.Model):
    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80)
    colour = models.CharField(_("kolor worka lub pojemnika"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)

    class Meta:
        verbose_name = _("odbierana frakcja")
        verbose_name_plural = _("odbierane frakcje")
        ordering = ["order"]

    def __str__(self):
        return self.name


class ScheduleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published_at__isnull=False)


class Schedule(models.Model):
    """A version of the whole timetable. The newest published one whose dates cover the day holds; a half-imported one never does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nazwa"), max_length=120)
    valid_from = models.DateField(_("od"))
    valid_to = models.DateField(_("do"))
    source = models.CharField(_("podstawa"), max_length=300)
    is_sample = models.BooleanField(_("przykładowy"), default=False)
    imported_at = models.DateTimeField(_("wczytany"))
    imported_by = models.UUIDField(_("kto wczytał"))  # User.subject
    published_at = models.DateTimeField(_("ogłoszony"), null=True, editable=False)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("harmonogram odbioru")
        verbose_name_plural = _("harmonogramy odbioru")
        ordering = ["-valid_from", "-published_at"]
        permissions = [("publish_schedule", _("ogłasza harmonogramy i przekłada terminy"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=models.F("valid_from")), name="announcements_schedule_dates_in_order"
            )
        ]

    def __str__(self):
        return self.name


class ScheduledAddress(models.Model):
    """Which area of the schedule an address belongs to, and as what kind of building."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="addresses")
    area = models.CharField(_("rejon"), max_length=40)
    building = models.CharField(_("zabudowa"), max_length=5, choices=Building)
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+", verbose_name=_("adres"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "address"], name="announcements_address_in_one_area")]
        indexes = [models.Index(fields=["address"])]

    def __str__(self):
        return f"{self.address}: {self.area}"


@pghistory.track()
class Collection(models.Model):
    """A day on which a fraction is taken in an area. `uid` stays when the day is moved, so calendars move the same event (SEQUENCE)."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="collections")
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    area = models.CharField(_("rejon"), max_length=40)
    building = models.CharField(_("zabudowa"), max_length=5, choices=Building)
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="+", verbose_name=_("frakcja"))
    day = models.DateField(_("dzień"))
    planned_day = models.DateField(_("pierwotny dzień"))
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(_("odwołany"), null=True, editable=False)
    change_reason = models.CharField(_("powód zmiany"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("termin odbioru")
        verbose_name_plural = _("terminy odbioru")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "area", "building", "fraction", "planned_day"], name="announcements_collection_once"
            )
        ]
        indexes = [models.Index(fields=["schedule", "area", "building", "day"])]

    def __str__(self):
        return f"{self.fraction}, {self.day:%d.%m.%Y}"


class Reminder(models.Model):
    """Several per fraction, each with its own lead and hour: one fixed reminder a day before is the field's best-known complaint."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="reminders")
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+", verbose_name=_("adres"))
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="+", verbose_name=_("frakcja"))
    days_before = models.PositiveSmallIntegerField(_("ile dni wcześniej"))
    at = models.TimeField(_("o której"))
    channel = models.CharField(_("jak"), max_length=10, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "address", "fraction", "days_before", "at", "channel"], name="announcements_reminder_once"
            ),
            models.CheckConstraint(condition=Q(days_before__lte=7), name="announcements_reminder_within_a_week"),
        ]
        indexes = [models.Index(fields=["address", "fraction"])]

    def __str__(self):
        return f"{self.fraction}: {self.days_before}"


class ReminderSent(models.Model):
    """A reminder for one collection on one day went out: never twice; a moved day reminds again."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="sent")
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reminder", "collection", "day"], name="announcements_reminded_once")]

    def __str__(self):
        return str(self.day)


@pghistory.track()
class MissedCollection(models.Model):
    """Nobody came for it: one tap, tied to the address, so the operator gets a list and not calls."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+", verbose_name=_("adres"))
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="missed", verbose_name=_("termin"))
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("kto zgłosił"))
    reported_at = models.DateTimeField(_("zgłoszono"))
    settled_at = models.DateTimeField(_("załatwiono"), null=True, editable=False)
    outcome = models.CharField(_("co zrobiono"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nieodebrane odpady")
        verbose_name_plural = _("nieodebrane odpady")
        ordering = ["-reported_at"]
        constraints = [models.UniqueConstraint(fields=["address", "collection"], name="announcements_missed_once_an_address")]

    def __str__(self):
        return f"{self.address}: {self.collection}"
