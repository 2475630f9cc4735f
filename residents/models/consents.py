"""Consents per purpose and channel (L25), terms by version (L58). To be shown a notice is not to consent (L20)."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Channel, Dated, DatedQuerySet
from residents.models.people import Person


class Purpose(Dated):
    """A row of the register of processing (L19): what data are used for and by what right.

    Only a purpose that rests on consent may be asked consent for; what the law itself orders is never made to look like a choice.
    """

    code = models.SlugField(_("kod"), max_length=60)
    name = models.CharField(_("cel"), max_length=200)
    legal_basis = models.CharField(_("podstawa prawna"), max_length=300)
    needs_consent = models.BooleanField(_("wymaga zgody"), default=False)
    wording = models.TextField(_("treść zgody"), blank=True, help_text=_("Dokładnie to, na co mieszkaniec się zgadza."))

    objects = DatedQuerySet.as_manager()  # type: ignore[misc]  # as the abstract Dated has it

    class Meta(Dated.Meta):
        verbose_name = _("cel przetwarzania")
        verbose_name_plural = _("rejestr celów przetwarzania")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "valid_from"], name="residents_purpose_code_from"),
            models.CheckConstraint(
                condition=Q(needs_consent=False) | ~Q(wording=""), name="residents_purpose_consent_has_its_wording"
            ),
        ]

    def __str__(self):
        return self.name


class TermsQuerySet(DatedQuerySet):
    def current(self, day):
        """The newest version of each kind in force on the day."""
        return self.valid_on(day).order_by("kind", "-valid_from", "-pk").distinct("kind")


class Terms(Dated):
    """A version of the terms of service or of the data-protection clause. Once in force, only a next version follows."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("regulamin")
        PRIVACY = "privacy", _("klauzula informacyjna")

    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind)
    version = models.CharField(_("wersja"), max_length=20)
    text = models.TextField(_("treść"))

    objects = TermsQuerySet.as_manager()  # type: ignore[misc]  # richer than that of Dated

    class Meta(Dated.Meta):
        verbose_name = _("regulamin lub klauzula")
        verbose_name_plural = _("regulaminy i klauzule")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "version"], name="residents_terms_kind_version"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.version}"


class TermsAcceptance(models.Model):
    person = models.ForeignKey(Person, models.PROTECT, related_name="terms_acceptances")
    terms = models.ForeignKey(Terms, models.PROTECT)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "terms"], name="residents_terms_accepted_once")]

    def __str__(self):
        return str(self.terms)


class ConsentQuerySet(models.QuerySet):
    def standing(self):
        """Given and not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Consent(models.Model):
    """A consent to one purpose on one channel; withdrawn in one step, history kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("cel"), max_length=60)  # Purpose.code
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel)
    wording = models.TextField(_("treść zgody"))
    source = models.CharField(_("skąd"), max_length=60)
    given_at = models.DateTimeField(_("wyrażona"))
    withdrawn_at = models.DateTimeField(_("wycofana"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("zgoda")
        verbose_name_plural = _("zgody")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "channel"], condition=Q(withdrawn_at__isnull=True), name="residents_one_open_consent"
            )
        ]

    def __str__(self):
        return f"{self.purpose}, {self.get_channel_display()}"
