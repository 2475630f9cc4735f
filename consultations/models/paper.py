"""Paper and everything else that does not come through the portal: registered, keyed, checked, counted on the same ledger (C16-C21)."""

import uuid

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.encryption import EncryptedJSONField
from consultations.models.consultations import CollectingChannel, Consultation
from consultations.models.instruments import Instrument
from consultations.statuses import PAPER_TRANSITIONS, PaperStatus
from office.models import StoredFile
from residents.models import Person


@pghistory.track(exclude=["particulars", "person"])  # a copy of these would outlive the counting
class PaperForm(models.Model):
    TRANSITIONS = PAPER_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="paper_forms", verbose_name=_("konsultacje"))
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="paper_forms", verbose_name=_("narzędzie"))
    registry_number = models.CharField(_("numer rejestru"), max_length=40)
    sheet_id = models.CharField(_("numer arkusza"), max_length=40, blank=True)
    channel = models.CharField(_("droga"), max_length=12, choices=CollectingChannel.Kind)
    received_on = models.DateField(_("wpłynął dnia"))
    postmarked_on = models.DateField(_("stempel z dnia"), null=True, blank=True)
    scan = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="paper_form", verbose_name=_("skan")
    )
    particulars = EncryptedJSONField(
        _("dane z formularza"), null=True, blank=True
    )  # name, address, year of birth; wiped when counted
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("osoba"))
    status = models.CharField(_("stan"), max_length=12, choices=PaperStatus, default=PaperStatus.REGISTERED)
    defect = models.CharField(_("brak albo powód"), max_length=300, blank=True)
    complete_until = models.DateField(_("uzupełnić do"), null=True, blank=True)
    registered_by = models.UUIDField(_("kto zarejestrował"), editable=False)  # User.subject
    verified_by = models.UUIDField(_("kto sprawdził"), null=True, editable=False)  # User.subject

    class Meta:
        verbose_name = _("formularz papierowy")
        verbose_name_plural = _("formularze papierowe")
        ordering = ["registry_number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "registry_number"], name="consultations_paper_number"),
            models.CheckConstraint(condition=Q(status__in=PaperStatus.values), name="consultations_paper_status"),
            models.CheckConstraint(
                condition=~Q(status__in=[PaperStatus.REJECTED, PaperStatus.TO_COMPLETE]) | ~Q(defect=""),
                name="consultations_paper_defect_is_named",
            ),
        ]

    def __str__(self):
        return self.registry_number


class KeyingPass(models.Model):
    """What one clerk read on the form. Two different clerks for a budget; emptied once the form is counted, for the secret of the vote."""

    form = models.ForeignKey(PaperForm, models.PROTECT, related_name="passes", verbose_name=_("formularz"))
    number = models.PositiveSmallIntegerField(_("które wpisanie"))
    clerk = models.UUIDField(_("kto wpisał"))  # User.subject
    answers = EncryptedJSONField(_("odpowiedzi"), null=True)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("wpisanie formularza")
        verbose_name_plural = _("wpisania formularzy")
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="consultations_pass_number"),
            models.UniqueConstraint(fields=["form", "clerk"], name="consultations_pass_by_another_clerk"),
        ]

    def __str__(self):
        return f"{self.form} ({self.number})"


class UrnSession(models.Model):
    """A box was opened: when, where, by whom, how many forms were in it (C35)."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="urn_sessions", verbose_name=_("narzędzie"))
    opened_on = models.DateField(_("dnia"))
    place = models.CharField(_("gdzie"), max_length=200)
    members = models.TextField(_("kto otwierał"))
    taken_out = models.PositiveIntegerField(_("wyjęto formularzy"))
    note = models.TextField(_("uwagi"), blank=True)
    recorded_by = models.UUIDField(_("kto wpisał"), editable=False)  # User.subject

    class Meta:
        verbose_name = _("otwarcie urny")
        verbose_name_plural = _("otwarcia urn")
        ordering = ["opened_on", "id"]

    def __str__(self):
        return f"{self.opened_on:%d.%m.%Y}, {self.place}"
