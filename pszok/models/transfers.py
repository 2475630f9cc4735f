"""What left the point: to which installation and for what process (art. 9na, R87). Stock and its alarms come with a later issue."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from pszok.models.point import Point
from pszok.models.waste import WasteCode


@pghistory.track()
class OutboundTransfer(models.Model):
    """A load handed over. The note's number is typed in from BDO; the portal files nothing there (Q22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, models.PROTECT, related_name="transfers", verbose_name=_("punkt"))
    day = models.DateField(_("dzień"))
    code = models.ForeignKey(WasteCode, models.PROTECT, related_name="+", verbose_name=_("kod odpadu"))
    kg = models.PositiveIntegerField("kg")
    recipient = models.CharField(_("instalacja"), max_length=200)
    recipient_address = models.CharField(_("adres instalacji"), max_length=200)
    process = models.CharField(_("proces odzysku albo unieszkodliwiania"), max_length=4, help_text=_("R1-R13 albo D1-D15."))
    note_number = models.CharField(_("numer karty przekazania"), max_length=60, blank=True)
    entered_by = models.UUIDField(_("kto wpisał"), editable=False)  # User.subject
    entered_at = models.DateTimeField(_("wpisano"), editable=False)
    cancelled_at = models.DateTimeField(_("unieważniono"), null=True, editable=False)
    cancelled_reason = models.CharField(_("powód unieważnienia"), max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = _("przekazanie odpadów")
        verbose_name_plural = _("przekazania odpadów")
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(condition=Q(kg__gt=0), name="pszok_transfer_weighs_something"),
            models.CheckConstraint(
                condition=Q(process__regex=r"^(R([1-9]|1[0-3])|D([1-9]|1[0-5]))$"), name="pszok_transfer_process"
            ),
        ]

    def __str__(self):
        return f"{self.day:%d.%m.%Y} {self.code}"
