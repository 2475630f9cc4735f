"""Quotes that a person asked for, and what the portal's till took for them. Postings only grow; each ledger entry is posted once."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dues.models.liabilities import Instalment
from office.models.audit import APPEND_ONLY
from payments.models import Entry, Payment
from residents.models import Person

POSTED_STAYS = pgtrigger.ReadOnly(
    name="posted_stays", fields=["instalment", "entry", "day", "principal_grosze", "interest_grosze", "posted_at"]
)
NEVER_DELETED = pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)


class QuoteQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(person__account=user)


class Quote(models.Model):
    """What a person chose to pay, with the interest of that day, as one payment of the till. `payments` does not know of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="due_quotes", verbose_name=_("osoba"))
    payment = models.OneToOneField(Payment, models.PROTECT, related_name="+", verbose_name=_("płatność"))
    day = models.DateField(_("odsetki na dzień"))

    objects = QuoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("wycena")
        verbose_name_plural = _("wyceny")
        triggers = [pgtrigger.ReadOnly(name="what_was_quoted_stays", fields=["payment", "day"])]

    def __str__(self):
        return str(self.payment)


class QuoteLine(models.Model):
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="lines", verbose_name=_("wycena"))
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="quote_lines", verbose_name=_("rata"))
    principal_grosze = models.IntegerField(_("należność główna"))
    interest_grosze = models.IntegerField(_("odsetki"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["quote", "instalment"], name="dues_instalment_once_in_a_quote")]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.quote}: {self.instalment}"


class PostedEntry(models.Model):
    """This entry of the ledger was posted, once. What the dues could not take is the surplus: shown, never netted (L47)."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="+", verbose_name=_("zapis księgi"))
    quote = models.ForeignKey(Quote, models.PROTECT, related_name="posted", verbose_name=_("wycena"))
    surplus_grosze = models.IntegerField(_("nadpłata w groszach"))
    at = models.DateTimeField(_("zaliczono"))

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.entry)


class Included(models.Model):
    """The tax system holds the money of this payment: a file named its mark. Perhaps before the till's ledger knew of the money."""

    payment = models.OneToOneField(Payment, models.PROTECT, related_name="+", verbose_name=_("płatność"))
    imported = models.ForeignKey("dues.Import", models.PROTECT, related_name="+", verbose_name=_("import"))

    class Meta:
        triggers = [APPEND_ONLY]

    def __str__(self):
        return str(self.payment)


class Posting(models.Model):
    """A part of an entry on an instalment; below nothing when the entry takes another back.

    It counts until the tax system says that it holds the money: by an import that names the payment's mark, or by an officer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    instalment = models.ForeignKey(Instalment, models.PROTECT, related_name="postings", verbose_name=_("rata"))
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", verbose_name=_("zapis księgi"))
    day = models.DateField(_("dzień wpłaty"))
    principal_grosze = models.IntegerField(_("na należność główną"))
    interest_grosze = models.IntegerField(_("na odsetki"))
    posted_at = models.DateTimeField(_("zaliczono"))
    included_in = models.ForeignKey(
        "dues.Import", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ujęte w imporcie")
    )
    included_by = models.UUIDField(_("kto potwierdził ujęcie"), null=True, blank=True)  # User.subject

    class Meta:
        verbose_name = _("wpłata z portalu")
        verbose_name_plural = _("wpłaty z portalu")
        ordering = ["-posted_at"]
        permissions = [("include_posting", _("Potwierdza, że wpłata jest już w systemie podatkowym"))]
        constraints = [models.UniqueConstraint(fields=["entry", "instalment"], name="dues_entry_posted_once")]
        triggers = [POSTED_STAYS, NEVER_DELETED]

    def __str__(self):
        return f"{self.entry.payment.mark}, {self.instalment}"


def with_postings(instalments: models.QuerySet) -> models.QuerySet:
    """Each instalment knows what the portal posted and the tax system does not hold yet: `pending_principal`, `pending_interest`."""
    pending = (
        Posting.objects.filter(instalment=OuterRef("pk"), included_in=None, included_by=None).order_by().values("instalment")
    )
    return instalments.annotate(
        pending_principal=Coalesce(Subquery(pending.annotate(sum=Sum("principal_grosze")).values("sum")), 0),
        pending_interest=Coalesce(Subquery(pending.annotate(sum=Sum("interest_grosze")).values("sum")), 0),
    )
