"""What is owed: a liability of a payer with the basis of its calculation, in instalments. Money is integer grosze."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dues.models.payers import Payer
from dues.models.tables import Kind


class LiabilityQuerySet(models.QuerySet):
    def of(self, user):
        """Liabilities of payers linked to the signed-in person; nobody else's (L42)."""
        return self.filter(payer__links__person__account=user, payer__links__ended_at=None)


class Liability(models.Model):
    """`number` is the natural key in the tax system: an import finds by it what is known already. Only imports write here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("numer w systemie podatkowym"), max_length=40, unique=True)
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="liabilities", verbose_name=_("płatnik"))
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="+", verbose_name=_("rodzaj"))
    period = models.CharField(_("za okres"), max_length=20)
    subject = models.CharField(_("przedmiot"), max_length=160, blank=True)
    decision = models.CharField(_("decyzja albo deklaracja"), max_length=80, blank=True)
    basis = models.JSONField(_("podstawa obliczenia"), default=list)  # [{"what", "quantity", "rate", "grosze"}]

    objects = LiabilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("należność")
        verbose_name_plural = _("należności")

    def __str__(self):
        return self.number


class InstalmentQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(liability__payer__links__person__account=user, liability__payer__links__ended_at=None)


class Instalment(models.Model):
    """One part of a liability with its own day. What is paid is what the tax system last said; the portal's own postings beside."""

    liability = models.ForeignKey(Liability, models.PROTECT, related_name="instalments", verbose_name=_("należność"))
    number = models.PositiveSmallIntegerField(_("rata"))
    due_on = models.DateField(_("termin"))
    principal_grosze = models.IntegerField(_("należność główna w groszach"))
    paid_principal_grosze = models.IntegerField(_("wpłacono na należność główną"), default=0)
    paid_interest_grosze = models.IntegerField(_("wpłacono na odsetki"), default=0)

    pending_principal: int  # of rows read by `posting.with_postings`
    pending_interest: int

    objects = InstalmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("rata")
        verbose_name_plural = _("raty")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(
                fields=["due_on"], condition=Q(paid_principal_grosze__lt=F("principal_grosze")), name="dues_instalment_open"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["liability", "number"], name="dues_instalment_once"),
            models.CheckConstraint(
                condition=Q(principal_grosze__gte=0, paid_principal_grosze__gte=0, paid_interest_grosze__gte=0),
                name="dues_instalment_never_below_nothing",
            ),
        ]

    def __str__(self):
        return f"{self.liability} / {self.number}"
