"""Money owed for something and what came in. The room knows neither dues nor cards: whoever asks for a payment keeps its id."""

import uuid

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated
from payments.statuses import PAYMENT_TRANSITIONS, PaymentStatus
from residents.models import Person

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class TownAccount(Dated):
    """An account of the town for a purpose. A sample's number fails its checksum, so no bank takes a transfer to it."""

    purpose = models.SlugField(_("na co"), max_length=40)  # "card-duplicate"
    number = models.CharField(_("numer rachunku"), max_length=26)  # digits of the NRB alone
    owner = models.CharField(_("właściciel"), max_length=100)
    is_sample = models.BooleanField(_("przykładowy"), default=False)

    class Meta(Dated.Meta):
        verbose_name = _("rachunek miasta")
        verbose_name_plural = _("rachunki miasta")
        ordering = ["purpose", "-valid_from"]

    def __str__(self):
        return f"{self.purpose}: {self.number}"


class PaymentQuerySet(models.QuerySet):
    def of(self, user):
        """The payments of the signed-in person; nobody else's."""
        return self.filter(payer__account=user)


@pghistory.track()
class Payment(models.Model):
    TRANSITIONS = PAYMENT_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mark = models.CharField(_("numer"), max_length=20, unique=True)  # "PL/12/2026": what the payer writes as the title
    purpose = models.SlugField(_("na co"), max_length=40)
    title = models.CharField(_("tytułem"), max_length=140)
    amount_grosze = models.PositiveIntegerField(_("kwota w groszach"))
    payer = models.ForeignKey(Person, models.PROTECT, related_name="payments", verbose_name=_("kto płaci"))
    account = models.ForeignKey(TownAccount, models.PROTECT, related_name="+", verbose_name=_("rachunek"))
    due_on = models.DateField(_("termin"), null=True, blank=True)
    status = models.CharField(_("stan"), max_length=10, choices=PaymentStatus, default=PaymentStatus.DUE)
    asked_at = models.DateTimeField(_("wystawiona"))

    objects = PaymentQuerySet.as_manager()

    class Meta:
        verbose_name = _("płatność")
        verbose_name_plural = _("płatności")
        ordering = ["-asked_at"]
        permissions = [("book_entry", _("księguje wpłaty gotówką i przelewem"))]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=PaymentStatus.values), name="payments_payment_status"),
            models.CheckConstraint(condition=Q(amount_grosze__gt=0), name="payments_amount_is_something"),
        ]

    def __str__(self):
        return self.mark


class Entry(models.Model):
    """One movement in the ledger: money in, or the reversal of an entry. Append-only; a mistake is reversed, never edited."""

    class Kind(models.TextChoices):
        CASH = "cash", _("gotówka")
        TRANSFER = "transfer", _("przelew")
        REVERSAL = "reversal", _("storno")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="entries", verbose_name=_("płatność"))
    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind)
    amount_grosze = models.IntegerField(_("kwota w groszach"))  # negative for a reversal
    received_on = models.DateField(_("dzień wpłaty"))
    evidence = models.CharField(_("dowód księgowy"), max_length=60)  # KP number, statement and line
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("stornuje")
    )
    reason = models.CharField(_("powód"), max_length=300, blank=True)
    by = models.UUIDField(_("kto zaksięgował"))  # User.subject
    at = models.DateTimeField(_("kiedy"))

    class Meta:
        verbose_name = _("zapis księgowy")
        verbose_name_plural = _("zapisy księgowe")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "evidence"], name="payments_evidence_once"),
            models.CheckConstraint(
                condition=Q(kind="reversal", amount_grosze__lt=0, reverses__isnull=False) & ~Q(reason="")
                | ~Q(kind="reversal") & Q(amount_grosze__gt=0, reverses__isnull=True),
                name="payments_reversal_names_its_entry",
            ),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.amount_grosze} gr"
