"""Stamp duty as dated data: how much for what, and who is exempt. A clerk adds the next row; nobody edits the past."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated


class StampDuty(Dated):
    """What the duty on one act of the office is, from a day (ustawa o opłacie skarbowej, annex)."""

    code = models.SlugField(_("kod"), max_length=40)  # "power-of-attorney"
    name = models.CharField(_("za co"), max_length=120)
    amount_grosze = models.PositiveIntegerField(_("kwota w groszach"))
    pay_days = models.PositiveSmallIntegerField(_("dni na zapłatę"), default=3, help_text=_("Od złożenia pisma."))

    class Meta(Dated.Meta):
        verbose_name = _("opłata skarbowa")
        verbose_name_plural = _("opłaty skarbowe")
        ordering = ["code", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(amount_grosze__gt=0), name="payments_duty_is_something"),
            models.UniqueConstraint(fields=["code", "valid_from"], name="payments_duty_once_a_day"),
        ]

    def __str__(self):
        return self.name


class DutyExemption(Dated):
    """Who pays no duty of a kind: the answer of a form that says so, and its words."""

    duty = models.SlugField(_("kod opłaty"), max_length=40)
    code = models.SlugField(_("kod zwolnienia"), max_length=40)  # "spouse": the answer of the form
    name = models.CharField(_("kto jest zwolniony"), max_length=120)

    class Meta(Dated.Meta):
        verbose_name = _("zwolnienie z opłaty skarbowej")
        verbose_name_plural = _("zwolnienia z opłaty skarbowej")
        ordering = ["duty", "code", "-valid_from"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["duty", "code", "valid_from"], name="payments_exemption_once_a_day"),
        ]

    def __str__(self):
        return f"{self.duty}: {self.name}"
