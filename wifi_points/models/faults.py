"""What people report and what really broke. A report carries no person: nobody is asked who they are."""

import uuid

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from wifi_points.models.networks import Network
from wifi_points.models.points import AccessPoint
from wifi_points.statuses import OPEN_TICKETS, TICKET_TRANSITIONS, TicketStatus


class MomentRange(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


LASTED = (MomentRange("started_at", "ended_at"), RangeOperators.OVERLAPS)


@pghistory.track()
class Outage(models.Model):
    """From a moment to a moment; without a point it is of the whole network. Two of the same thing never overlap."""

    class Cause(models.TextChoices):
        UNKNOWN = "unknown", _("jeszcze nieznana")
        POWER = "power", _("brak prądu")
        UPLINK = "uplink", _("łącze operatora")
        DEVICE = "device", _("urządzenie")
        PORTAL = "portal", _("strona powitalna")
        SETTINGS = "settings", _("konfiguracja")
        WORKS = "works", _("prace w terenie")
        VANDALISM = "vandalism", _("uszkodzenie przez kogoś")

    class Seen(models.TextChoices):
        PROBE = "probe", _("portal, przy sprawdzaniu")
        REPORT = "report", _("zgłoszenie")
        OFFICER = "officer", _("opiekun")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    network = models.ForeignKey(Network, models.PROTECT, related_name="outages", verbose_name=_("sieć"))
    access_point = models.ForeignKey(
        AccessPoint, models.PROTECT, null=True, blank=True, related_name="outages", verbose_name=_("punkt"),
        help_text=_("Puste: cała sieć."),
    )  # fmt: skip
    started_at = models.DateTimeField(_("od"))
    ended_at = models.DateTimeField(_("do"), null=True, blank=True)
    cause = models.CharField(_("przyczyna"), max_length=10, choices=Cause, default=Cause.UNKNOWN)
    seen_by = models.CharField(_("kto zauważył"), max_length=8, choices=Seen)
    note = models.CharField(_("uwagi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("awaria")
        verbose_name_plural = _("awarie")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gt=F("started_at")), name="wifi_points_outage_ends_after_start"
            ),
            ExclusionConstraint(
                name="wifi_points_outages_of_a_point_apart", expressions=[("access_point", RangeOperators.EQUAL), LASTED],
                condition=Q(access_point__isnull=False),
            ),
            ExclusionConstraint(
                name="wifi_points_outages_of_a_network_apart", expressions=[("network", RangeOperators.EQUAL), LASTED],
                condition=Q(access_point__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.access_point or self.network}, {self.get_cause_display()}"


@pghistory.track()
class Ticket(models.Model):
    """What people said of one point while it was not yet clear or not yet repaired. One open ticket a point; reports join it."""

    TRANSITIONS = TICKET_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access_point = models.ForeignKey(AccessPoint, models.PROTECT, related_name="tickets", verbose_name=_("punkt"))
    status = models.CharField(_("stan"), max_length=10, choices=TicketStatus, default=TicketStatus.NEW)
    opened_at = models.DateTimeField(_("pierwsze zgłoszenie"))
    outage = models.ForeignKey(Outage, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("awaria"))

    class Meta:
        verbose_name = _("zgłoszenie usterki")
        verbose_name_plural = _("zgłoszenia usterek")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["access_point"],
                condition=Q(status__in=[str(one) for one in OPEN_TICKETS]),
                name="wifi_points_one_open_ticket",
            ),
            models.CheckConstraint(condition=Q(status__in=TicketStatus.values), name="wifi_points_ticket_status"),
        ]

    def __str__(self):
        return str(self.access_point)


def with_state(points: models.QuerySet) -> models.QuerySet:
    """Each access point knows `is_down` and `is_reported` without a query of its own."""
    here = Q(access_point=OuterRef("pk")) | Q(network=OuterRef("network"), access_point=None)
    return points.annotate(
        is_down=Exists(Outage.objects.filter(here, ended_at=None)),
        is_reported=Exists(Ticket.objects.filter(access_point=OuterRef("pk"), status__in=OPEN_TICKETS)),
    )


class FaultReport(models.Model):
    class Fault(models.TextChoices):
        NO_NETWORK = "no-network", _("nie widać sieci")
        NO_PAGE = "no-page", _("nie otwiera się strona powitalna")
        NO_INTERNET = "no-internet", _("jest połączenie, ale nie ma internetu")
        SLOW = "slow", _("działa bardzo wolno")

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="reports", verbose_name=_("zgłoszenie"))
    fault = models.CharField(_("co się dzieje"), max_length=12, choices=Fault)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("głos o usterce")
        verbose_name_plural = _("głosy o usterkach")
        ordering = ["at"]

    def __str__(self):
        return self.get_fault_display()
