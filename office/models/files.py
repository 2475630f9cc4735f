import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    PENDING = "pending", _("czeka na sprawdzenie")
    CLEAN = "clean", _("sprawdzony")
    INFECTED = "infected", _("zakażony")
    FAILED = "failed", _("nie udało się sprawdzić")


class StoredFileQuerySet(models.QuerySet):
    def to_scan(self):
        """Not yet known to be clean or infected, the longest waiting first."""
        return self.filter(scan_state__in=[ScanState.PENDING, ScanState.FAILED]).order_by("created_at")

    def unattached(self):
        """Uploads that no row of any room points at: abandoned before they were filed (L22)."""
        return self.filter(**{f"{relation.name}__isnull": True for relation in self.model._meta.related_objects})


class StoredFile(models.Model):
    """A private file: random name on disk, opened only through a view that checks what it belongs to (S19, S51)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("nazwa"), max_length=120)  # the person's own, cleaned; used only in Content-Disposition
    media_type = models.CharField(_("rodzaj"), max_length=100)
    size = models.PositiveIntegerField(_("rozmiar w bajtach"))
    sha256 = models.CharField(_("skrót SHA-256"), max_length=64)
    warnings = models.JSONField(_("uwagi"), default=list, blank=True)  # what the clerk should know: "embedded_files"
    owner = models.UUIDField(_("wniósł"), null=True)  # User.subject
    scan_state = models.CharField(_("sprawdzenie"), max_length=10, choices=ScanState, default=ScanState.PENDING)
    scan_note = models.CharField(_("wynik sprawdzenia"), max_length=200, blank=True)
    scan_attempts = models.PositiveSmallIntegerField(_("próby sprawdzenia"), default=0)
    scanned_at = models.DateTimeField(_("sprawdzony"), null=True)
    created_at = models.DateTimeField(_("wniesiony"), auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("plik")
        verbose_name_plural = _("pliki")
        permissions = [("rescan_storedfile", "Ponowne sprawdzenie pliku")]
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(scan_state__in=["pending", "failed"]), name="office_file_to_scan"
            ),
            models.Index(fields=["owner", "created_at"]),
        ]
        constraints = [models.CheckConstraint(condition=models.Q(scan_state__in=ScanState.values), name="office_file_scan_state")]

    def __str__(self):
        return self.name

    @property
    def is_clean(self):
        return self.scan_state == ScanState.CLEAN
