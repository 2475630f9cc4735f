"""A case: one matter of one person from opening to its end."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from eboi.models.catalogue import JrwaClass, MatterType, Unit
from eboi.statuses import ACTIVE, CASE_TRANSITIONS, CaseStatus
from office.models import StoredFile
from residents.models import Person


class CaseQuerySet(models.QuerySet):
    def of(self, user):
        """The cases in which the signed-in resident is the party; nobody else's."""
        return self.filter(person__account=user)

    def in_units_of(self, user):
        return self.filter(unit__members__user=user)

    def active(self):
        return self.filter(status__in=ACTIVE)


class Case(models.Model):
    TRANSITIONS = CASE_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("komórka"))
    jrwa = models.ForeignKey(JrwaClass, models.PROTECT, verbose_name=_("klasa JRWA"))
    year = models.PositiveSmallIntegerField(_("rok"))
    number = models.PositiveIntegerField(_("numer kolejny"))
    mark = models.CharField(_("znak sprawy"), max_length=40, unique=True)  # "OS.3160.12.2026"
    matter = models.ForeignKey(MatterType, models.PROTECT, verbose_name=_("rodzaj sprawy"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases", verbose_name=_("strona"))
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prowadzi"))
    status = models.CharField(_("stan"), max_length=20, choices=CaseStatus, default=CaseStatus.NEW)
    received_on = models.DateField(_("data wpływu"))  # stays when a defect is cured in time (KPA art. 64)
    opened_at = models.DateTimeField(_("założona"))
    closed_at = models.DateTimeField(_("zakończona"), null=True, blank=True)
    outcome = models.TextField(_("jak załatwiono"), blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("sprawa")
        verbose_name_plural = _("sprawy")
        permissions = [
            ("register_letter", _("rejestruje przesyłki wpływające")),
            ("direct_letter", _("kieruje przesyłki do komórek")),
            ("open_case", _("zakłada sprawy")),
            ("handle_case", _("prowadzi sprawy swojej komórki")),
            ("assign_case", _("przydziela sprawy i przedłuża terminy")),
            ("sign_decision", _("podpisuje decyzje")),
        ]
        constraints = [
            models.UniqueConstraint(fields=["unit", "jrwa", "year", "number"], name="eboi_case_number"),
            models.CheckConstraint(condition=Q(status__in=CaseStatus.values), name="eboi_case_status"),
        ]
        indexes = [models.Index(fields=["person", "-opened_at"]), models.Index(fields=["unit", "status"])]

    def __str__(self):
        return self.mark


class Document(models.Model):
    """A file in a case, added after opening by the resident or by the office. Submission attachments stay with the submission."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents", verbose_name=_("sprawa"))
    file = models.OneToOneField(StoredFile, models.PROTECT, verbose_name=_("plik"))
    title = models.CharField(_("tytuł"), max_length=200)
    is_from_office = models.BooleanField(_("pismo urzędu"), default=False)
    added_by = models.UUIDField(_("kto dodał"))  # User.subject
    added_at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("dokument w sprawie")
        verbose_name_plural = _("dokumenty w sprawie")
        ordering = ["added_at"]


class CaseMessage(models.Model):
    """A message in a case. An internal note is never shown to the party (L12)."""

    class Kind(models.TextChoices):
        FROM_RESIDENT = "from_resident", _("od mieszkańca")
        FROM_OFFICE = "from_office", _("od urzędu")
        NOTE = "note", _("notatka wewnętrzna")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="messages", verbose_name=_("sprawa"))
    kind = models.CharField(_("rodzaj"), max_length=14, choices=Kind)
    text = models.TextField(_("treść"))
    author = models.UUIDField(_("kto napisał"))  # User.subject
    at = models.DateTimeField(_("kiedy"))
    read_at = models.DateTimeField(_("przeczytano"), null=True, blank=True)

    class Meta:
        verbose_name = _("wiadomość w sprawie")
        verbose_name_plural = _("wiadomości w sprawie")
        ordering = ["at"]


class Exclusion(models.Model):
    """A clerk was kept from an own or a close person's case (KPA art. 24, L11): what was tried and when."""

    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="exclusions")
    letter = models.ForeignKey("IncomingLetter", models.PROTECT, null=True, blank=True, related_name="exclusions")
    clerk = models.UUIDField(_("pracownik"))  # User.subject
    tried = models.CharField(_("czynność"), max_length=60)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("wyłączenie pracownika")
        verbose_name_plural = _("wyłączenia pracowników")
