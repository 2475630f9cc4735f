"""What the portal may knock at, what it heard, and what it found on a captive page."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Dated
from wifi_points.models.networks import Network


class ProbeHost(Dated):
    """A host and port that probing may connect to. Anything else is never knocked at, whatever a network's address says."""

    host = models.CharField(_("host"), max_length=120)
    port = models.PositiveIntegerField(_("port"), default=443)

    class Meta(Dated.Meta):
        verbose_name = _("host do sprawdzania")
        verbose_name_plural = _("hosty do sprawdzania")
        ordering = ["host", "port"]

    def __str__(self):
        return f"{self.host}:{self.port}"


class Probe(models.Model):
    class Outcome(models.TextChoices):
        UP = "up", _("działa")
        SLOW = "slow", _("działa, ale wolno")
        TIMEOUT = "timeout", _("nie odpowiada na czas")
        REFUSED = "refused", _("odmawia połączenia")
        CERTIFICATE = "certificate", _("zły certyfikat")
        REDIRECT = "redirect", _("przekierowuje gdzie indziej")
        RUBBISH = "rubbish", _("odpowiada czymś innym niż strona")
        FAILING = "failing", _("odpowiada błędem")
        NO_NAME = "no-name", _("nie ma takiej nazwy w DNS")
        NOT_ALLOWED = "not-allowed", _("adres spoza dozwolonych")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="probes", verbose_name=_("sieć"))
    at = models.DateTimeField(_("kiedy"))
    outcome = models.CharField(_("wynik"), max_length=12, choices=Outcome)
    milliseconds = models.PositiveIntegerField(_("ms"))

    class Meta:
        verbose_name = _("sprawdzenie")
        verbose_name_plural = _("sprawdzenia")
        ordering = ["-at"]
        indexes = [models.Index(fields=["network", "-at"])]

    def __str__(self):
        return self.get_outcome_display()


class CaptiveCheck(models.Model):
    """A captive page was read for a network: what was wrong, and which page it was."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="captive_checks", verbose_name=_("sieć"))
    at = models.DateTimeField(_("kiedy"))
    sha256 = models.CharField(_("skrót strony"), max_length=64)
    mistakes = models.PositiveIntegerField(_("błędów"))
    by = models.UUIDField(_("kto sprawdził"))  # User.subject

    class Meta:
        verbose_name = _("sprawdzenie strony powitalnej")
        verbose_name_plural = _("sprawdzenia stron powitalnych")
        ordering = ["-at"]

    def __str__(self):
        return f"{self.network}: {self.mistakes}"
