"""When voices look like the work of one hand: thresholds as dated data, and how often a mark was counted (C36, B10)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from consultations.models.instruments import Instrument
from office.models import Dated


class SuspicionLimits(Dated):
    """From how many on people look before a voice is listed. A household, a school or a block of flats is no fraud: they look, then admit."""

    device_voices = models.PositiveIntegerField(_("głosów z jednego urządzenia"), default=6)
    network_voices = models.PositiveIntegerField(_("głosów z jednej sieci"), default=40)
    network_voices_a_device = models.PositiveIntegerField(_("a przy tym średnio na urządzenie w tej sieci"), default=3)
    network_most = models.PositiveIntegerField(_("głosów z jednej sieci bez względu na urządzenia"), default=200)
    burst_network = models.PositiveIntegerField(_("głosów z jednej sieci w dziesięć minut"), default=20)
    burst_voices = models.PositiveIntegerField(_("wszystkich głosów w dziesięć minut"), default=300)
    oldest_age = models.PositiveSmallIntegerField(_("najwyższy wiek"), default=115)

    class Meta(Dated.Meta):
        verbose_name = _("próg sprawdzania głosów")
        verbose_name_plural = _("progi sprawdzania głosów")
        ordering = ["-valid_from"]

    def __str__(self):
        return f"{self.valid_from:%d.%m.%Y}"


class SeenMark(models.Model):
    """How many listed voices came from one network or device: keyed marks, so that slow fraud over many days is seen as well.

    Says nothing of any voice; without the consultation's key it is a number beside noise.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    mark = models.CharField(max_length=40)  # "network:…", "device:…", "pair:network.device"
    voices = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "mark"], name="consultations_seen_mark_once")]

    def __str__(self):
        return str(self.voices)
