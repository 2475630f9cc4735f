"""The till: what is owed, the ledger and the accounts of the town."""

import uuid
from decimal import Decimal

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from office.models import Dated
from payments import zbp
from payments.statuses import PAYMENT_TRANSITIONS, PaymentStatus
from residents.models import Person
from ui.words import long_date, money


def zlotys(grosze: int) -> str:
    """Grosze as people read them: „20,00 zł”."""
    return money(Decimal(grosze) / 100)


def in_fours(number: str) -> str:
    """An account as statements print it: two check digits, then fours. A bank drops the spaces when it is pasted."""
    return " ".join([number[:2], *(number[place : place + 4] for place in range(2, len(number), 4))])


APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
# The payer alone may change: two rows of one human become one (residents.merge).
WHAT_WAS_ASKED_STAYS = pgtrigger.ReadOnly(
    name="what_was_asked_stays", fields=["mark", "purpose", "title", "amount_grosze", "account", "due_on", "asked_at"]
)
NUMBER_STAYS = pgtrigger.ReadOnly(name="number_stays", fields=["purpose", "number"])


class TownAccount(Dated):
    """An account of the town for a purpose. A sample's number fails its checksum, so no bank takes a transfer to it."""

    purpose = models.SlugField(_("na co"), max_length=40)  # "card-duplicate"
    number = models.CharField(_("numer rachunku"), max_length=26)  # digits of the NRB alone
    owner = models.CharField(_("właściciel"), max_length=100)
    short_owner = models.CharField(
        _("właściciel w kodzie QR"), max_length=zbp.LONGEST_NAME, blank=True,
        help_text=_("Kod mieści 20 znaków. Puste: początek nazwy."),
    )  # fmt: skip
    is_sample = models.BooleanField(_("przykładowy"), default=False)

    class Meta(Dated.Meta):
        verbose_name = _("rachunek miasta")
        verbose_name_plural = _("rachunki miasta")
        ordering = ["purpose", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(number__regex=r"^[0-9]{26}$"), name="payments_account_has_26_digits"),
        ]
        triggers = [NUMBER_STAYS]

    def __str__(self):
        return f"{self.purpose}: {self.number}"

    def clean(self):
        """A true account has right check digits, a sample has wrong ones: neither can be taken for the other."""
        super().clean()
        if len(self.number) != zbp.NRB_LENGTH or not self.number.isascii() or not self.number.isdigit():
            raise ValidationError({"number": _("Numer rachunku ma 26 cyfr, bez liter PL i bez spacji.")})
        if zbp.is_nrb(self.number) == self.is_sample:
            told = _("Rachunek przykładowy musi mieć złą sumę kontrolną.") if self.is_sample else _("Suma kontrolna się nie zgadza: sprawdź cyfry numeru.")  # fmt: skip
            raise ValidationError({"number": told})


class PaymentQuerySet(models.QuerySet):
    def of(self, user):
        """The payments of the signed-in person; nobody else's."""
        return self.filter(payer__account=user)

    def with_received(self):
        """Each row knows `received_grosze`, the ledger's sum, without a query of its own."""
        sums = Entry.objects.filter(payment=OuterRef("pk")).order_by().values("payment").annotate(sum=Sum("amount_grosze"))
        return self.annotate(received_grosze=Coalesce(Subquery(sums.values("sum")), 0))

    def due_first(self):
        """What is due by its term, undated last; then the rest, the newest first."""
        is_due = Case(When(status=PaymentStatus.DUE, then=0), default=1)
        term = Case(When(status=PaymentStatus.DUE, then="due_on"))
        return self.order_by(is_due, term.asc(nulls_last=True), "-asked_at")

    def owed_in_all(self) -> int:
        """Grosze still owed of everything due, in one query."""
        due = self.with_received().filter(status=PaymentStatus.DUE, received_grosze__lt=F("amount_grosze"))
        return due.aggregate(sum=Sum(F("amount_grosze") - F("received_grosze")))["sum"] or 0

    def paid_in_part(self):
        return self.with_received().filter(status=PaymentStatus.DUE, received_grosze__gt=0)

    def overpaid(self):
        return self.with_received().filter(status=PaymentStatus.PAID, received_grosze__gt=F("amount_grosze"))

    def overdue_on(self, day):
        return self.filter(status=PaymentStatus.DUE, due_on__lt=day)


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
        triggers = [WHAT_WAS_ASKED_STAYS]

    def __str__(self):
        return self.mark


class EntryQuerySet(models.QuerySet):
    def standing(self):
        """Money booked by hand that nobody has taken back. What came online is refunded, never reversed."""
        return self.filter(kind__in=Entry.BY_HAND, reversed_by=None)


class Entry(models.Model):
    """One movement in the ledger: money in, or the reversal of an entry. Append-only; a mistake is reversed, never edited."""

    class Kind(models.TextChoices):
        CASH = "cash", _("gotówka")
        TRANSFER = "transfer", _("przelew")
        ONLINE = "online", _("płatność internetowa")
        REFUND = "refund", _("zwrot")
        REVERSAL = "reversal", _("storno")

    BY_HAND = (Kind.CASH, Kind.TRANSFER)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="entries", verbose_name=_("płatność"))
    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind)
    amount_grosze = models.IntegerField(_("kwota w groszach"))  # negative for a reversal and a refund
    received_on = models.DateField(_("dzień wpłaty"))
    evidence = models.CharField(_("dowód księgowy"), max_length=60)  # KP number, statement and line
    again = models.PositiveSmallIntegerField(
        default=0, editable=False
    )  # how often the same evidence was booked and reversed before
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("stornuje")
    )
    reason = models.CharField(_("powód"), max_length=300, blank=True)
    by = models.UUIDField(_("kto zaksięgował"), null=True, blank=True)  # User.subject; None: the portal, from the provider
    at = models.DateTimeField(_("kiedy"))

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("zapis księgowy")
        verbose_name_plural = _("zapisy księgowe")
        ordering = ["at"]
        constraints = [
            # A reversal tells the evidence of what it reverses and is one by `reverses`.
            models.UniqueConstraint(
                fields=["kind", "evidence", "again"], condition=~Q(kind="reversal"), name="payments_evidence_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="reversal", amount_grosze__lt=0, reverses__isnull=False) & ~Q(reason="")
                | Q(kind="refund", amount_grosze__lt=0, reverses__isnull=True) & ~Q(reason="")
                | ~Q(kind__in=("reversal", "refund")) & Q(amount_grosze__gt=0, reverses__isnull=True),
                name="payments_reversal_names_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("online", "refund")) | Q(by__isnull=False), name="payments_who_booked_by_hand"
            ),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.evidence}"

    def in_words(self):
        """„gotówka, KP 12/2026, 20,00 zł, 24 listopada 2026 r.”, for a clerk who picks one of several."""
        return f"{self}, {zlotys(self.amount_grosze)}, {long_date(self.received_on)}"
