"""The instruments of a consultation: a survey, remarks to a document, a budget vote. Each has one box of voices."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from consultations.models.consultations import Consultation
from office.models import StoredFile
from schemas.models import Definition, Version


class InstrumentKind(models.TextChoices):
    SURVEY = "survey", _("ankieta")
    REMARKS = "remarks", _("uwagi do dokumentu")
    BUDGET = "budget", _("głosowanie na projekty")


class Moderation(models.TextChoices):
    BEFORE = "before", _("przed publikacją")
    AFTER = "after", _("po publikacji")
    PRIVATE = "private", _("głosów nie publikujemy pojedynczo")


@pghistory.track()
class Instrument(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="instruments", verbose_name=_("konsultacje"))
    code = models.SlugField(_("kod"), max_length=40)  # part of the address; never changes
    kind = models.CharField(_("rodzaj"), max_length=10, choices=InstrumentKind)
    title = models.CharField(_("nazwa"), max_length=200)
    intro = models.TextField(_("wstęp"), blank=True)
    audience = models.CharField(_("dla kogo"), max_length=120, blank=True)  # "dla mieszkańców", "dla firm"
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    definition = models.ForeignKey(Definition, models.PROTECT, null=True, blank=True, verbose_name=_("wzór pytań"))
    moderation = models.CharField(_("przeglądanie głosów"), max_length=8, choices=Moderation, default=Moderation.BEFORE)

    class Meta:
        verbose_name = _("narzędzie")
        verbose_name_plural = _("narzędzia")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code"], name="consultations_instrument_code"),
            models.CheckConstraint(
                condition=~Q(kind=InstrumentKind.SURVEY) | Q(definition__isnull=False), name="consultations_survey_has_questions"
            ),
        ]

    def __str__(self):
        return self.title


class InstrumentVersion(models.Model):
    """A published version of the questions, as approved for this survey: what kind of edit it is, until when it is collected (4.5)."""

    class Edit(models.TextChoices):
        FIRST = "first", _("pierwsza")
        COSMETIC = "cosmetic", _("poprawka brzmienia")
        ADDITIVE = "additive", _("dodane pytania albo odpowiedzi")
        BREAKING = "breaking", _("zmienione pytania")

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions", verbose_name=_("narzędzie"))
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", verbose_name=_("wersja pytań"))
    edit = models.CharField(_("rodzaj zmiany"), max_length=10, choices=Edit)
    changes = models.JSONField(_("co zmieniono"), default=list)  # as schemas.comparison says it
    approved_by = models.UUIDField(_("kto zatwierdził"), null=True)  # User.subject
    approved_at = models.DateTimeField(_("kiedy"))
    collected_until = models.DateTimeField(_("przyjmowana do"), null=True, blank=True)  # null: still accepted, stale or not

    class Meta:
        verbose_name = _("wersja ankiety")
        verbose_name_plural = _("wersje ankiet")
        ordering = ["approved_at", "id"]
        constraints = [models.UniqueConstraint(fields=["instrument", "version"], name="consultations_instrumentversion_once")]

    def __str__(self):
        return str(self.version)


class ConsultedDocument(models.Model):
    """A draft act or plan that remarks are made to, in numbered paragraphs. Fixed once the consultation is announced."""

    instrument = models.OneToOneField(Instrument, models.PROTECT, related_name="document", verbose_name=_("narzędzie"))
    title = models.CharField(_("tytuł"), max_length=300)
    # A named relation: what stands behind „+” is not seen by the removal of files that nothing holds (office).
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="consulted_document", verbose_name=_("plik")
    )

    class Meta:
        verbose_name = _("dokument")
        verbose_name_plural = _("dokumenty")

    def __str__(self):
        return self.title


class Paragraph(models.Model):
    document = models.ForeignKey(ConsultedDocument, models.PROTECT, related_name="paragraphs", verbose_name=_("dokument"))
    order = models.PositiveSmallIntegerField(_("kolejność"))
    number = models.CharField(_("oznaczenie"), max_length=30)  # "§ 5 ust. 2"
    heading = models.CharField(_("nagłówek"), max_length=200, blank=True)
    text = models.TextField(_("treść"))

    class Meta:
        verbose_name = _("jednostka tekstu")
        verbose_name_plural = _("jednostki tekstu")
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="consultations_paragraph_number")]

    def __str__(self):
        return self.number
