"""A broken street lamp, or another fault of the town: told by anybody, with or without a name, and followed until it is repaired."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField, lookup
from eboi.models.catalogue import MatterType
from eboi.statuses import FAULT_TRANSITIONS, OPEN_FAULTS, FaultStatus
from office.models import Dated, StoredFile
from schemas.models import Version


class FaultRule(Dated):
    """How near and how lately another report is taken for the same fault, and in how many hours a repair is ordered."""

    matter = models.ForeignKey(MatterType, models.PROTECT, related_name="fault_rules", verbose_name=_("sprawa"))
    radius_m = models.PositiveSmallIntegerField(
        _("promień w metrach"), help_text=_("W tej odległości to może być ta sama usterka.")
    )
    days = models.PositiveSmallIntegerField(_("ile dni wstecz"), help_text=_("Tak dawne zgłoszenie może być tym samym."))
    urgent_hours = models.PositiveSmallIntegerField(_("godzin na pilną"), help_text=_("Gdy coś zagraża ludziom."))
    usual_hours = models.PositiveSmallIntegerField(_("godzin na zwykłą"))

    class Meta(Dated.Meta):
        verbose_name = _("zasada obsługi usterek")
        verbose_name_plural = _("zasady obsługi usterek")
        ordering = ["matter", "-valid_from"]

    def __str__(self):
        return f"{self.matter}, od {self.valid_from:%d.%m.%Y}"


class FaultQuerySet(models.QuerySet):
    def standing(self):
        """Told and neither repaired nor dismissed."""
        return self.filter(status__in=OPEN_FAULTS)

    def told(self):
        """Everything that was sent; drafts are their authors' alone."""
        return self.exclude(status=FaultStatus.DRAFT)

    def with_address(self, *addresses):
        """Reports, sent or not, in which one of these e-mail addresses waits for an answer."""
        return self.filter(email_lookup__in=[email_mark(address) for address in addresses if address])


def email_mark(address):
    """By which a report is found when its author asks for their data, without the address being readable."""
    return lookup(address.strip().lower(), "eboi.fault.email")


class Fault(models.Model):
    """Who holds the address of a report sees what became of it, and nothing of who told it. An e-mail goes once it is answered."""

    TRANSITIONS = FAULT_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True)
    number = models.PositiveIntegerField(_("numer"), null=True, blank=True)
    status = models.CharField(_("stan"), max_length=12, choices=FaultStatus, default=FaultStatus.DRAFT)
    matter = models.ForeignKey(MatterType, models.PROTECT, verbose_name=_("sprawa"))
    form_version = models.ForeignKey(Version, models.PROTECT, verbose_name=_("wersja formularza"))
    answers = EncryptedJSONField(_("odpowiedzi"), default=dict)  # may hold an e-mail and what somebody wrote
    email_lookup = models.BinaryField(
        max_length=32, null=True, editable=False, db_index=True
    )  # whose: by the address alone (S54)
    pole = models.CharField(_("numer słupa"), max_length=40, blank=True)  # folded: letters and digits alone
    place = models.CharField(_("gdzie"), max_length=300, blank=True)
    latitude = models.DecimalField(_("szerokość geograficzna"), max_digits=8, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("długość geograficzna"), max_digits=9, decimal_places=6, null=True, blank=True)
    is_urgent = models.BooleanField(_("pilne"), default=False)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="joined", verbose_name=_("to samo co")
    )
    begun_at = models.DateTimeField(_("rozpoczęto"))
    reported_at = models.DateTimeField(_("zgłoszono"), null=True, blank=True)
    due_at = models.DateTimeField(_("naprawa zlecona najpóźniej"), null=True, blank=True)

    objects = FaultQuerySet.as_manager()

    class Meta:
        verbose_name = _("usterka")
        verbose_name_plural = _("usterki")
        ordering = ["-is_urgent", "due_at"]
        permissions = [("handle_fault", _("zleca naprawy i zamyka zgłoszenia usterek"))]
        indexes = [models.Index(fields=["matter", "status", "reported_at"])]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="eboi_fault_number"),
            models.CheckConstraint(condition=Q(status__in=FaultStatus.values), name="eboi_fault_status"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "joined"]) | Q(number__isnull=False, reported_at__isnull=False),
                name="eboi_told_fault_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="joined") | Q(same_as__isnull=False), name="eboi_joined_fault_names_another"
            ),
        ]

    def __str__(self):
        return self.mark or str(_("usterka bez numeru"))

    @property
    def mark(self) -> str:
        return f"USTERKA/{self.number}/{self.year}" if self.number else ""

    @property
    def where(self):
        """(latitude, longitude), or None for one told by the number of a pole alone."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)

    def is_late(self, moment) -> bool:
        return self.status == FaultStatus.NEW and self.due_at is not None and self.due_at < moment


class FaultFile(models.Model):
    """A photograph sent with a report."""

    fault = models.ForeignKey(Fault, models.CASCADE, related_name="files", verbose_name=_("usterka"))
    question = models.SlugField(_("pytanie"))
    file = models.OneToOneField(StoredFile, models.PROTECT, verbose_name=_("plik"))

    class Meta:
        verbose_name = _("zdjęcie usterki")
        verbose_name_plural = _("zdjęcia usterek")

    def __str__(self):
        return str(self.file)
