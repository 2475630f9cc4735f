"""Consents per purpose and channel (L25) and acceptance of terms by version (L58). Acceptance of a notice is not consent (L20)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Channel, Dated
from residents.models.people import Person


class Terms(Dated):
    """A version of the terms of service or of the data-protection clause. Never edited once in force: the next version follows."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("regulamin")
        PRIVACY = "privacy", _("klauzula informacyjna")

    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind)
    version = models.CharField(_("wersja"), max_length=20)
    text = models.TextField(_("treść"))

    class Meta(Dated.Meta):
        verbose_name = _("regulamin lub klauzula")
        verbose_name_plural = _("regulaminy i klauzule")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["kind", "version"], name="residents_terms_kind_version"),
        ]


class TermsAcceptance(models.Model):
    person = models.ForeignKey(Person, models.PROTECT, related_name="terms_acceptances")
    terms = models.ForeignKey(Terms, models.PROTECT)
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "terms"], name="residents_terms_accepted_once")]


class Consent(models.Model):
    """A consent to one purpose on one channel; withdrawn in one step, history kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.CharField(_("cel"), max_length=60)
    channel = models.CharField(_("kanał"), max_length=10, choices=Channel)
    wording = models.TextField(_("treść zgody"))
    source = models.CharField(_("skąd"), max_length=60)
    given_at = models.DateTimeField(_("wyrażona"))
    withdrawn_at = models.DateTimeField(_("wycofana"), null=True, blank=True)

    class Meta:
        verbose_name = _("zgoda")
        verbose_name_plural = _("zgody")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "channel"], condition=Q(withdrawn_at__isnull=True), name="residents_one_open_consent"
            )
        ]
