"""Files of the tax system: taken in at the desk, checked whole, loaded in one transaction; what changed is told and kept."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dues.models.liabilities import Liability
from dues.statuses import IMPORT_TRANSITIONS, ImportStatus
from office.models import StoredFile
from office.models.audit import APPEND_ONLY


class Import(models.Model):
    TRANSITIONS = IMPORT_TRANSITIONS

    class Format(models.TextChoices):
        CSV = "csv", "CSV"
        JSONL = "jsonl", "JSON"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("plik"), max_length=120)
    format = models.CharField(_("format"), max_length=5, choices=Format)
    sha256 = models.CharField(_("skrót SHA-256"), max_length=64)
    size = models.PositiveIntegerField(_("rozmiar w bajtach"))
    as_of = models.DateField(_("stan na dzień"), help_text=_("Dzień, z którego system podatkowy zrobił plik."))
    status = models.CharField(_("stan"), max_length=10, choices=ImportStatus, default=ImportStatus.CHECKING)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="due_imports")
    errors_file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="due_import_errors")
    uploaded_by = models.UUIDField(_("wgrał"), null=True)  # User.subject; null: the tax system itself
    uploaded_at = models.DateTimeField(_("wgrany"))
    finished_at = models.DateTimeField(_("zakończony"), null=True, blank=True)
    lease_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0, editable=False)
    rows = models.PositiveIntegerField(_("wierszy"), default=0)
    errors = models.PositiveIntegerField(_("błędów"), default=0)
    first_errors = models.JSONField(default=list, editable=False)  # [{"row", "column", "why"}], never what was typed
    counts = models.JSONField(default=dict, editable=False)  # new, changed and same liabilities and instalments
    failure = models.CharField(_("co się nie udało"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("import należności")
        verbose_name_plural = _("importy należności")
        ordering = ["-uploaded_at"]
        constraints = [models.CheckConstraint(condition=Q(status__in=ImportStatus.values), name="dues_import_status")]

    def __str__(self):
        return f"{self.name}, {self.as_of}"


class Change(models.Model):
    """What an import changed of something known: before and after. For good; the first state is the row's own first import."""

    imported = models.ForeignKey(Import, models.PROTECT, related_name="changes", verbose_name=_("import"))
    liability = models.ForeignKey(Liability, models.PROTECT, related_name="changes", verbose_name=_("należność"))
    instalment = models.PositiveSmallIntegerField(_("rata"), null=True, blank=True)  # its number; None: the liability itself
    before = models.JSONField(_("przed"))
    after = models.JSONField(_("po"))
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zmiana należności")
        verbose_name_plural = _("zmiany należności")
        ordering = ["-pk"]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.liability}, {self.at:%Y-%m-%d}"
