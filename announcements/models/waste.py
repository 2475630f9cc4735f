"""When waste is collected where: timetables swapped whole by version, reminders, calendars, what was not collected."""

import uuid

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from announcements.models.followers import Follower, new_token
from office.models import Channel
from residents.models import AddressPoint, Person

MOST_DAYS_BEFORE = 7


class Building(models.TextChoices):
    HOUSE = "house", _("dom jednorodzinny")
    BLOCK = "block", _("budynek wielorodzinny")


class Fraction(models.Model):
    """What is collected apart. `name` is what files and people call it."""

    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80, unique=True)
    colour = models.CharField(_("kolor worka lub pojemnika"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)

    class Meta:
        verbose_name = _("odbierana frakcja")
        verbose_name_plural = _("odbierane frakcje")
        ordering = ["order"]

    def __str__(self):
        return self.name


@pghistory.track()
class Schedule(models.Model):
    """A version of the whole timetable. Of the published ones that cover a day the one published last holds; a draft never does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nazwa"), max_length=120)
    valid_from = models.DateField(_("od"))
    valid_to = models.DateField(_("do"))
    source = models.CharField(_("podstawa"), max_length=300)
    is_sample = models.BooleanField(_("przykładowy"), default=False)
    published_at = models.DateTimeField(_("ogłoszony"), null=True, editable=False)

    class Meta:
        verbose_name = _("harmonogram odbioru")
        verbose_name_plural = _("harmonogramy odbioru")
        ordering = ["-valid_from", "-published_at"]
        permissions = [("publish_schedule", _("Ogłasza harmonogramy i przekłada terminy odbioru"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="announcements_schedule_dates_in_order",
                violation_error_message=_("Harmonogram kończy się przed swoim początkiem."),
            )
        ]  # fmt: skip

    def __str__(self):
        return self.name


class Route(models.Model):
    """One area and one kind of building of a timetable: everybody on it has the same days."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="routes", verbose_name=_("harmonogram"))
    area = models.CharField(_("rejon"), max_length=40)
    building = models.CharField(_("zabudowa"), max_length=5, choices=Building)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "area", "building"], name="announcements_route_once")]

    def __str__(self):
        return f"{self.area}, {self.get_building_display()}"


class RouteAddress(models.Model):
    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="+")  # of the route, for the constraint
    route = models.ForeignKey(Route, models.CASCADE, related_name="addresses")
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+", verbose_name=_("adres"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["schedule", "address"], name="announcements_address_on_one_route")]

    def __str__(self):
        return f"{self.address}: {self.route}"


class CollectionQuerySet(models.QuerySet):
    def in_force(self):
        """Of published timetables, and of the one published last where several cover the planned day."""
        newer = Schedule.objects.filter(
            published_at__gt=OuterRef("route__schedule__published_at"),
            valid_from__lte=OuterRef("planned_day"), valid_to__gte=OuterRef("planned_day"),
        )  # fmt: skip
        return self.filter(route__schedule__published_at__isnull=False).exclude(Exists(newer))

    def standing(self):
        return self.filter(cancelled_at__isnull=True)

    def at(self, address):
        return self.filter(route__addresses__address=address)


@pghistory.track(pghistory.UpdateEvent())
class Collection(models.Model):
    """A day on which a fraction is taken on a route. `uid` is the same in every version of the timetable and when the day is moved, so a
    calendar moves the event that it has; `sequence` grows with each change (RFC 5545)."""

    route = models.ForeignKey(Route, models.CASCADE, related_name="collections", verbose_name=_("trasa"))
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="collections", verbose_name=_("frakcja"))
    planned_day = models.DateField(_("pierwotny dzień"))
    day = models.DateField(_("dzień"), db_index=True)
    uid = models.UUIDField(editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    cancelled_at = models.DateTimeField(_("odwołany"), null=True, editable=False)
    change_reason = models.CharField(_("powód zmiany"), max_length=200, blank=True)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("termin odbioru")
        verbose_name_plural = _("terminy odbioru")
        ordering = ["day", "fraction__order"]
        constraints = [
            models.UniqueConstraint(fields=["route", "fraction", "planned_day"], name="announcements_collection_once"),
        ]

    def __str__(self):
        return f"{self.fraction}, {self.day:%d.%m.%Y}"

    @property
    def is_moved(self):
        return self.day != self.planned_day


class CollectionChange(models.Model):
    """One move or cancellation: what people of the route were told of, each of their ways once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    collection = models.ForeignKey(Collection, models.CASCADE, related_name="changes")
    from_day = models.DateField()
    to_day = models.DateField(null=True)  # None: cancelled
    reason = models.CharField(max_length=200)
    by = models.UUIDField()  # User.subject
    at = models.DateTimeField()
    audience = models.PositiveIntegerField(default=0)  # ways of delivery

    def __str__(self):
        return f"{self.from_day} -> {self.to_day}"


class Reminder(models.Model):
    """As many as a person likes, each of one fraction with its own lead and hour: one fixed reminder a day before is the field's
    best-known complaint."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="reminders")
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="waste_reminders", verbose_name=_("adres"))
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="+", verbose_name=_("frakcja"))
    days_before = models.PositiveSmallIntegerField(_("ile dni wcześniej"), validators=[MaxValueValidator(MOST_DAYS_BEFORE)])
    at = models.TimeField(_("o której"))
    channel = models.CharField(_("jak"), max_length=10, choices=Channel)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "address", "fraction", "days_before", "at", "channel"], name="announcements_reminder_once"
            ),
            models.CheckConstraint(condition=Q(days_before__lte=MOST_DAYS_BEFORE), name="announcements_reminder_within_a_week"),
        ]
        indexes = [models.Index(fields=["address", "fraction"])]

    def __str__(self):
        return f"{self.fraction}: {self.days_before}"


class ReminderSent(models.Model):
    """A reminder of a fraction's day went out: never twice, in no version of the timetable; a moved day is another day."""

    reminder = models.ForeignKey(Reminder, models.CASCADE, related_name="sent")
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reminder", "day"], name="announcements_reminded_once")]

    def __str__(self):
        return str(self.day)


class WasteCalendar(models.Model):
    """The secret address of one household's calendar: whoever has it reads the days and nothing else. Made anew, the old one is dead."""

    follower = models.ForeignKey(Follower, models.CASCADE, related_name="waste_calendars")
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "address"], name="announcements_calendar_once")]

    def __str__(self):
        return str(self.address)


@pghistory.track()
class MissedCollection(models.Model):
    """Nobody came for it. Of an address, however many people of the house tap, so the operator gets a list and not calls."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.ForeignKey(AddressPoint, models.PROTECT, related_name="+", verbose_name=_("adres"))
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="missed", verbose_name=_("termin"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("kto zgłosił"))
    reported_at = models.DateTimeField(_("zgłoszono"))
    settled_at = models.DateTimeField(_("załatwiono"), null=True, editable=False)
    outcome = models.CharField(_("co zrobiono"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("nieodebrane odpady")
        verbose_name_plural = _("nieodebrane odpady")
        ordering = ["-reported_at"]
        permissions = [("settle_missedcollection", _("Załatwia zgłoszenia nieodebranych odpadów"))]
        constraints = [models.UniqueConstraint(fields=["address", "collection"], name="announcements_missed_once_an_address")]

    def __str__(self):
        return f"{self.address}: {self.collection}"
