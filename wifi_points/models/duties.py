"""What the programme and the law ask, as dated data, and what shows that it is kept: evidence, speeds, months of use."""

import uuid

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated, StoredFile
from wifi_points.models.networks import Network
from wifi_points.models.points import AccessPoint
from wifi_points.statuses import NetworkStatus


class Norm(Dated):
    """A figure that the portal computes with, in force from a day to a day."""

    class Code(models.TextChoices):
        DUTY_MONTHS = "duty-months", _("ile miesięcy trzeba utrzymać sieć")
        EVIDENCE_MONTHS = "evidence-months", _("ile miesięcy po obowiązku trzymać dowody")
        LEAST_MBPS = "least-mbps", _("najmniejsza prędkość, Mb/s")
        SMALL_CELL = "small-cell", _("od ilu sesji publikujemy miesiąc")
        REMIND_DAYS = "remind-days", _("ile dni przed końcem obowiązku albo gwarancji przypomnieć")

    code = models.CharField(_("co"), max_length=16, choices=Code)
    value = models.PositiveIntegerField(_("ile"))

    class Meta(Dated.Meta):
        verbose_name = _("norma")
        verbose_name_plural = _("normy")
        ordering = ["code", "-valid_from"]

    def __str__(self):
        return f"{self.get_code_display()}: {self.value}"


class Requirement(Dated):
    """One line of the checklist. `is_mandatory`: a network does not go live without evidence for it."""

    code = models.SlugField(_("kod"), max_length=30)
    text = models.CharField(_("wymaganie"), max_length=300)
    is_mandatory = models.BooleanField(_("warunek uruchomienia"), default=True)

    class Meta(Dated.Meta):
        verbose_name = _("wymaganie")
        verbose_name_plural = _("wymagania")
        ordering = ["-is_mandatory", "code", "-valid_from"]

    def __str__(self):
        return self.text


class Evidence(models.Model):
    """That a network keeps a requirement: a file, a sentence, or both. Append-only: a better proof is another row."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="evidence", verbose_name=_("sieć"))
    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="evidence", verbose_name=_("wymaganie"))
    note = models.CharField(_("czym to wykazano"), max_length=300)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="wifi_evidence", verbose_name=_("plik")
    )
    by = models.UUIDField(_("kto dodał"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("dowód")
        verbose_name_plural = _("dowody")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.requirement}: {self.note}"


class WarrantyQuerySet(models.QuerySet):
    def counting(self):
        """Those the office still has to watch: not taken back, of a network that is not closed and a device that still hangs."""
        return self.filter(withdrawn_at=None, access_point__removed_on=None).exclude(network__status=NetworkStatus.CLOSED)


@pghistory.track()
class Warranty(models.Model):
    """Who repairs for nothing, until when, and whom to ask; without a point it is of the whole network. A typing error is corrected
    and stays known to the history; one that never was is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="warranties", verbose_name=_("sieć"))
    access_point = models.ForeignKey(
        AccessPoint, models.PROTECT, null=True, blank=True, related_name="warranties", verbose_name=_("punkt"),
        help_text=_("Puste: cała sieć."),
    )  # fmt: skip
    starts_on = models.DateField(_("gwarancja od"))
    ends_on = models.DateField(_("gwarancja do"))  # its last day
    company = models.CharField(_("kto udzielił"), max_length=120)
    contact = models.CharField(_("jak zgłosić usterkę"), max_length=200)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="wifi_warranties", verbose_name=_("plik")
    )
    by = models.UUIDField(_("kto wpisał"))  # User.subject
    at = models.DateTimeField(_("wpisano"))
    withdrawn_at = models.DateTimeField(_("wycofano"), null=True, blank=True)
    reminded_of = models.DateField(_("przypomniano o końcu"), null=True, blank=True)  # the end that was meant

    objects = WarrantyQuerySet.as_manager()

    class Meta:
        verbose_name = _("gwarancja")
        verbose_name_plural = _("gwarancje")
        ordering = ["ends_on", "network__number"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="wifi_points_warranty_days_in_order")
        ]

    def __str__(self):
        return f"{self.access_point or self.network}, {self.company}"


class SpeedTest(models.Model):
    network = models.ForeignKey(Network, models.PROTECT, related_name="speed_tests", verbose_name=_("sieć"))
    measured_at = models.DateTimeField(_("zmierzono"))
    down_mbps = models.DecimalField(_("pobieranie, Mb/s"), max_digits=7, decimal_places=2, validators=[MinValueValidator(0)])
    up_mbps = models.DecimalField(
        _("wysyłanie, Mb/s"), max_digits=7, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    is_imported = models.BooleanField(_("z pliku"), default=False)
    by = models.UUIDField(_("kto wpisał"))  # User.subject

    class Meta:
        verbose_name = _("pomiar prędkości")
        verbose_name_plural = _("pomiary prędkości")
        ordering = ["-measured_at"]
        constraints = [models.UniqueConstraint(fields=["network", "measured_at"], name="wifi_points_one_speed_a_moment")]

    def __str__(self):
        return f"{self.network}: {self.down_mbps} Mb/s"


class UsageMonth(models.Model):
    """Sums of one point in one month from its controller. No device, no address, nobody: sums are all there is."""

    access_point = models.ForeignKey(AccessPoint, models.PROTECT, related_name="usage", verbose_name=_("punkt"))
    month = models.DateField(_("miesiąc"))  # its first day
    sessions = models.PositiveIntegerField(_("sesje"))
    gigabytes = models.DecimalField(_("GB"), max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    peak_users = models.PositiveIntegerField(_("najwięcej naraz"))

    class Meta:
        verbose_name = _("miesiąc użycia")
        verbose_name_plural = _("miesiące użycia")
        ordering = ["-month"]
        constraints = [
            models.UniqueConstraint(fields=["access_point", "month"], name="wifi_points_one_usage_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="wifi_points_month_is_its_first_day"),
        ]

    def __str__(self):
        return f"{self.access_point}, {self.month:%Y-%m}"
