"""Packages as data: adding one needs no release (R34-R41). Validity is computed from dates, never stored by a job."""

import uuid

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from residents.models import Person


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class PackageType(models.Model):
    class Grant(models.TextChoices):
        AUTOMATIC = "automatic", _("sam")
        REQUESTED = "requested", _("na wniosek")

    class Validity(models.TextChoices):
        """Named functions of resident_card.validity; their parameters are data."""

        YEARLY_END = (
            "yearly_end",
            _("do stałego dnia w roku, najdłużej rok"),
        )  # R35: {"month", "day", "renew_from_month", "renew_from_day"}
        SCHOOL_YEAR = "school_year", _("do dnia w następnym roku szkolnym")  # R36
        WITH_BASE = "with_base", _("tak długo jak pakiet podstawowy")

    class Condition(models.TextChoices):
        """Named predicates of resident_card.conditions."""

        NONE = "none", _("brak")
        AGE = "age", _("wiek")
        ADULT_AT_ADDRESS = "adult_at_address", _("dorosły mieszkający pod adresem")  # R39
        PUPIL = "pupil", _("uczeń")  # R36
        LARGE_FAMILY = "large_family", _("rodzina z trojgiem dzieci")  # R38

    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80)
    summary = models.CharField(_("co daje"), max_length=300)
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    is_base = models.BooleanField(_("podstawowy"), default=False)  # every other one needs an active base (R34)
    grant = models.CharField(_("przyznawany"), max_length=10, choices=Grant)
    validity = models.CharField(_("ważność"), max_length=16, choices=Validity)
    validity_options = models.JSONField(_("parametry ważności"), default=dict, blank=True)
    condition = models.CharField(_("warunek"), max_length=18, choices=Condition, default=Condition.NONE)
    least_age = models.PositiveSmallIntegerField(_("od wieku"), null=True, blank=True)
    most_age = models.PositiveSmallIntegerField(_("do wieku"), null=True, blank=True)
    is_offered = models.BooleanField(_("dostępny"), default=True)
    source = models.CharField(_("podstawa"), max_length=300, blank=True)
    needs_confirmation = models.BooleanField(_("do potwierdzenia"), default=False)

    class Meta:
        verbose_name = _("pakiet")
        verbose_name_plural = _("pakiety")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["is_base"], condition=Q(is_base=True), name="resident_card_one_base_package")
        ]

    def __str__(self):
        return self.name


class GrantQuerySet(models.QuerySet):
    def on(self, day):
        """Covering the day in Europe/Warsaw, both ends inclusive, and not taken back. Says nothing of the base (R34)."""
        return self.filter(valid_from__lte=day, valid_to__gte=day, revoked_at__isnull=True)

    def effective_on(self, day):
        """Those that work on the day: the base itself, and others while a base of the same person covers the day too (R34)."""
        base = PackageGrant.objects.on(day).filter(person=OuterRef("person"), package__is_base=True)
        return self.on(day).filter(Q(package__is_base=True) | Exists(base))


@pghistory.track()
class PackageGrant(models.Model):
    """A package of a person from a day to a day. A renewal is a new grant, never a moved end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="package_grants", verbose_name=_("osoba"))
    package = models.ForeignKey(PackageType, models.PROTECT, related_name="grants", verbose_name=_("pakiet"))
    valid_from = models.DateField(_("od"))
    valid_to = models.DateField(_("do"))
    application = models.ForeignKey(
        "resident_card.Application", models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("z wniosku")
    )
    granted_at = models.DateTimeField(_("przyznany"))
    granted_by = models.UUIDField(_("kto przyznał"), null=True, blank=True)  # User.subject; null: the portal itself
    revoked_at = models.DateTimeField(_("odebrany"), null=True, blank=True)
    revoked_by = models.UUIDField(_("kto odebrał"), null=True, blank=True)  # User.subject
    revoked_reason = models.CharField(_("dlaczego odebrany"), max_length=300, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("przyznany pakiet")
        verbose_name_plural = _("przyznane pakiety")
        ordering = ["valid_from"]
        permissions = [("revoke_grant", _("odbiera pakiety"))]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=models.F("valid_from")), name="resident_card_grant_dates_in_order"),
            ExclusionConstraint(
                name="resident_card_grants_do_not_overlap",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("package", RangeOperators.EQUAL),
                    (
                        DateRange("valid_from", "valid_to", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(revoked_at__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["package", "valid_to"])]

    def __str__(self):
        return f"{self.package}: {self.person}"


class PackageNotice(models.Model):
    """A reminder before an end was posted, so it goes out once (R41)."""

    grant = models.ForeignKey(PackageGrant, models.CASCADE, related_name="notices")
    days_before = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["grant", "days_before"], name="resident_card_notice_once")]

    def __str__(self):
        return f"{self.grant}: {self.days_before}"
