"""Giving back what came online: one person asks, another releases, the provider carries it out."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from payments.models.online import CheckoutLine
from payments.statuses import REFUND_TRANSITIONS, RefundStatus

COUNTED = (RefundStatus.ASKED, RefundStatus.RELEASED, RefundStatus.SENT, RefundStatus.DONE)


class RefundQuerySet(models.QuerySet):
    def taken(self) -> int:
        """Grosze given back or about to be."""
        return self.filter(status__in=COUNTED).aggregate(sum=Sum("amount_grosze"))["sum"] or 0


class Refund(models.Model):
    """Money of one line of a paid basket given back. Its id is the number by which the provider knows it."""

    TRANSITIONS = REFUND_TRANSITIONS

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    line = models.ForeignKey(CheckoutLine, models.PROTECT, related_name="refunds", verbose_name=_("z jakiej wpłaty"))
    amount_grosze = models.PositiveIntegerField(_("kwota w groszach"))
    reason = models.CharField(_("powód"), max_length=300)
    status = models.CharField(_("stan"), max_length=10, choices=RefundStatus, default=RefundStatus.ASKED)
    asked_by = models.UUIDField(_("kto zlecił"))  # User.subject
    asked_at = models.DateTimeField(_("zlecony"))
    released_by = models.UUIDField(_("kto zatwierdził"), null=True, blank=True)
    sent_at = models.DateTimeField(_("wysłany do operatora"), null=True, blank=True)
    done_at = models.DateTimeField(_("zwrócony"), null=True, blank=True)
    trouble = models.CharField(_("co się nie zgadza"), max_length=200, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        verbose_name = _("zwrot")
        verbose_name_plural = _("zwroty")
        ordering = ["-asked_at"]
        permissions = [("ask_refund", _("zleca zwroty")), ("release_refund", _("zatwierdza zwroty"))]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RefundStatus.values), name="payments_refund_status"),
            models.CheckConstraint(condition=Q(amount_grosze__gt=0) & ~Q(reason=""), name="payments_refund_is_something"),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("asked_by")), name="payments_refund_by_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status__in=(RefundStatus.ASKED, RefundStatus.WITHDRAWN)) | Q(released_by__isnull=False),
                name="payments_refund_was_released",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="refund_stays", fields=["line", "amount_grosze", "reason", "asked_by", "asked_at"])]

    def __str__(self):
        return f"{self.line.payment}, {self.amount_grosze / 100:.2f} zł"
