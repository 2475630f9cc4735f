"""What comes out: reports, files for officials and everybody, and who looked."""

import uuid

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from consultations.models.instruments import Instrument
from consultations.models.voices import APPEND_ONLY, Ballot
from consultations.statuses import EXPORT_TRANSITIONS, REPORT_TRANSITIONS, ExportStatus, ReportStatus
from office.models import StoredFile


@pghistory.track()
class Report(models.Model):
    """One version of the report. Its numbers are frozen when it is drafted; what was published stays visible, withdrawn too (C25)."""

    TRANSITIONS = REPORT_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="reports", verbose_name=_("konsultacje"))
    number = models.PositiveSmallIntegerField(_("wersja"))
    status = models.CharField(_("stan"), max_length=10, choices=ReportStatus, default=ReportStatus.DRAFT)
    position = models.TextField(_("stanowisko miasta"), blank=True)
    next_steps = models.TextField(_("co dalej"), blank=True)
    method_note = models.TextField(_("uwagi o metodzie"), blank=True)
    frozen = models.JSONField(_("zamrożone liczby"), default=dict)
    frozen_sha256 = models.CharField(_("skrót liczb"), max_length=64, blank=True)
    pdf = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="consultation_report", verbose_name="PDF"
    )
    bip_url = models.URLField(_("adres w BIP"), blank=True)
    author = models.UUIDField(_("autor"), editable=False)  # User.subject
    approver = models.UUIDField(_("zatwierdził"), null=True, editable=False)  # User.subject, another person
    published_at = models.DateTimeField(_("ogłoszony"), null=True, editable=False)
    withdrawn_reason = models.TextField(_("dlaczego wycofany"), blank=True)

    class Meta:
        verbose_name = _("raport")
        verbose_name_plural = _("raporty")
        ordering = ["consultation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="consultations_report_number"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status=ReportStatus.PUBLISHED), name="consultations_one_current_report"
            ),
            models.CheckConstraint(condition=Q(status__in=ReportStatus.values), name="consultations_report_status"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")), name="consultations_report_two_people"
            ),
        ]

    def __str__(self):
        return f"{self.consultation} ({self.number})"


class TextRemoval(models.Model):
    """A text taken out of every later file, e.g. somebody's personal data: a recorded reason why an old export comes out otherwise."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="removals", verbose_name=_("głos"))
    question = models.CharField(_("pytanie"), max_length=50)
    reason = models.CharField(_("powód"), max_length=300)
    by = models.UUIDField(_("kto"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("usunięcie tekstu")
        verbose_name_plural = _("usunięcia tekstów")
        constraints = [models.UniqueConstraint(fields=["ballot", "question"], name="consultations_removal_once")]

    def __str__(self):
        return self.reason


class Export(models.Model):
    """A file that somebody ordered: made by a job, signed, gone on its day; the digest stays."""

    TRANSITIONS = EXPORT_TRANSITIONS

    class Profile(models.TextChoices):
        FULL = "full", _("pełny")
        PSEUDONYMISED = "pseudonymised", _("w postaci zastępczej")
        PUBLIC = "public", _("publiczny")

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        XLSX = "xlsx", "XLSX"
        JSONL = "jsonl", "JSON Lines"
        PABULIB = "pb", "Pabulib"
        BUNDLE = "zip", _("komplet do sprawdzenia")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="exports", verbose_name=_("konsultacje"))
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("narzędzie")
    )
    profile = models.CharField(_("zakres"), max_length=14, choices=Profile)
    format = models.CharField(_("format"), max_length=6, choices=Format)
    as_of = models.DateField(_("stan na dzień"))  # batches sealed up to this day
    purpose = models.CharField(_("po co"), max_length=300)
    status = models.CharField(_("stan"), max_length=10, choices=ExportStatus, default=ExportStatus.QUEUED)
    done_rows = models.PositiveIntegerField(_("gotowe wiersze"), default=0)
    all_rows = models.PositiveIntegerField(_("wszystkie wiersze"), default=0)
    lease_until = models.DateTimeField(null=True, editable=False)  # a worker that died in mid-export leaves it to another
    sha256 = models.CharField(_("skrót"), max_length=64, blank=True)
    manifest = models.JSONField(_("metryka"), default=dict)
    signature = models.CharField(_("podpis"), max_length=200, blank=True)
    file = models.OneToOneField(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="consultation_export", verbose_name=_("plik")
    )
    failure = models.CharField(_("co się nie udało"), max_length=300, blank=True)
    ordered_by = models.UUIDField(_("kto zamówił"), null=True)  # User.subject
    ordered_at = models.DateTimeField(_("zamówiony"))
    expires_at = models.DateTimeField(_("wygasa"))

    class Meta:
        verbose_name = _("plik z danymi")
        verbose_name_plural = _("pliki z danymi")
        ordering = ["-ordered_at"]
        constraints = [models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="consultations_export_status")]
        indexes = [models.Index(fields=["status", "lease_until"])]

    def __str__(self):
        return f"{self.consultation}, {self.get_profile_display()}, {self.get_format_display()}"


class ResultAccess(models.Model):
    """Who looked at results or took a file, when, what for. Append-only; the data protection officer and the council see it."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="accesses", verbose_name=_("konsultacje"))
    export = models.ForeignKey(Export, models.PROTECT, null=True, blank=True, related_name="accesses", verbose_name=_("plik"))
    reader = models.UUIDField(_("kto"), null=True)  # User.subject
    what = models.CharField(_("co"), max_length=200)
    is_interim = models.BooleanField(_("przed zamknięciem"), default=False)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("wgląd w wyniki")
        verbose_name_plural = _("wglądy w wyniki")
        ordering = ["-at"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return self.what
