"""Paying through a provider: a basket of one's own payments and what the provider told of it."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from payments.models.ledger import Payment
from payments.statuses import CHECKOUT_TRANSITIONS, CheckoutStatus
from residents.models import Person

LIVE = (CheckoutStatus.STARTED, CheckoutStatus.REGISTERED)


class CheckoutQuerySet(models.QuerySet):
    def of(self, user):
        """The baskets of the signed-in person; nobody else's."""
        return self.filter(payer__account=user)

    def live(self):
        return self.filter(status__in=LIVE)


class Checkout(models.Model):
    """Several payments of one person paid in one go. Its id is the session by which the provider knows it."""

    TRANSITIONS = CHECKOUT_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    payer = models.ForeignKey(Person, models.PROTECT, related_name="checkouts", verbose_name=_("kto płaci"))
    amount_grosze = models.PositiveIntegerField(_("kwota w groszach"))
    status = models.CharField(_("stan"), max_length=10, choices=CheckoutStatus, default=CheckoutStatus.STARTED)
    begun_at = models.DateTimeField(_("rozpoczęta"))
    registered_at = models.DateTimeField(_("przekazana operatorowi"), null=True, blank=True)
    paid_at = models.DateTimeField(_("potwierdzona"), null=True, blank=True)
    token = models.CharField(_("token"), max_length=100, blank=True, editable=False)  # opens the provider's page
    order_id = models.BigIntegerField(_("numer u operatora"), null=True, blank=True, unique=True)
    confirmation = models.CharField(_("numer potwierdzenia"), max_length=20, null=True, blank=True, unique=True)  # "PW/1/2026"
    busy_until = models.DateTimeField(null=True, blank=True, editable=False)  # somebody talks to the provider about it just now
    asked_at = models.DateTimeField(_("ostatnie pytanie do operatora"), null=True, blank=True)
    trouble = models.CharField(_("co się nie zgadza"), max_length=200, blank=True)  # for the treasurer

    objects = CheckoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("płatność internetowa")
        verbose_name_plural = _("płatności internetowe")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=CheckoutStatus.values), name="payments_checkout_status"),
            models.CheckConstraint(condition=Q(amount_grosze__gt=0), name="payments_checkout_is_something"),
            models.CheckConstraint(
                condition=Q(status=CheckoutStatus.PAID, order_id__isnull=False, confirmation__isnull=False, paid_at__isnull=False)
                | ~Q(status=CheckoutStatus.PAID),
                name="payments_paid_checkout_has_its_proof",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="basket_stays", fields=["amount_grosze", "begun_at"])]

    def __str__(self):
        return self.confirmation or str(self.pk)[:8]

    @property
    def session(self) -> str:
        return str(self.pk)


class CheckoutLineQuerySet(models.QuerySet):
    def refundable(self):
        """Lines that were paid, the newest last. How much of one may still go back `payments.actions.refunds.left` says."""
        return self.filter(checkout__status=CheckoutStatus.PAID).select_related("checkout", "payment")


class CheckoutLine(models.Model):
    """One payment in a basket and what was still owed of it when the basket was made; frozen."""

    checkout = models.ForeignKey(Checkout, models.PROTECT, related_name="lines", verbose_name=_("płatność internetowa"))
    payment = models.ForeignKey(Payment, models.PROTECT, related_name="lines", verbose_name=_("płatność"))
    amount_grosze = models.PositiveIntegerField(_("kwota w groszach"))
    is_live = models.BooleanField(default=True, editable=False)  # ends with its basket

    objects = CheckoutLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("pozycja koszyka")
        verbose_name_plural = _("pozycje koszyka")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["payment"], condition=Q(is_live=True), name="payments_in_one_live_basket"),
            models.UniqueConstraint(fields=["checkout", "payment"], name="payments_once_in_a_basket"),
            models.CheckConstraint(condition=Q(amount_grosze__gt=0), name="payments_line_is_something"),
        ]
        triggers = [pgtrigger.ReadOnly(name="line_stays", fields=["checkout", "payment", "amount_grosze"])]

    def __str__(self):
        return f"{self.payment}, {self.amount_grosze} gr"


class ProviderEvent(models.Model):
    """What the provider sent, stored before it is answered. The same message again is the same row."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", _("wpłata")
        REFUND = "refund", _("zwrot")

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("czeka")
        SETTLED = "settled", _("rozliczone")
        REPEATED = "repeated", _("powtórzone")
        UNKNOWN = "unknown", _("nieznana sesja")
        MISMATCH = "mismatch", _("kwota albo waluta się nie zgadza")
        DECLINED = "declined", _("operator nie potwierdził")
        SECOND = "second", _("druga wpłata za to samo")

    provider = models.CharField(_("operator"), max_length=20)
    event_id = models.CharField(_("podpis"), max_length=96)  # the signature: it covers every field of the message
    kind = models.CharField(_("rodzaj"), max_length=10, choices=Kind)
    session = models.CharField(_("sesja"), max_length=100)
    order_id = models.BigIntegerField(_("numer u operatora"))
    grosze = models.BigIntegerField(_("kwota w groszach"))
    currency = models.CharField(_("waluta"), max_length=3)
    received_at = models.DateTimeField(_("odebrane"))
    outcome = models.CharField(_("wynik"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    handled_at = models.DateTimeField(_("obsłużone"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("próby"), default=0)

    class Meta:
        verbose_name = _("wiadomość operatora")
        verbose_name_plural = _("wiadomości operatora")
        ordering = ["-received_at"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="payments_event_once")]
        indexes = [models.Index(fields=["received_at"], condition=Q(outcome="waiting"), name="payments_event_waiting")]

    def __str__(self):
        return f"{self.provider} {self.order_id}"
