"""Rules of the card as dated data of clerks: what sources leave open stands here with the mark to confirm (Q1-Q25)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from office.models import Dated


class CardPolicy(Dated):
    card_age = models.PositiveSmallIntegerField(_("karta dziecka od urodzin"), default=7)  # R9, Q2
    invitation_days = models.PositiveSmallIntegerField(_("dni ważności zaproszenia"), default=30)  # R13
    decision_working_days = models.PositiveSmallIntegerField(_("dni robocze na decyzję"), default=5)  # Q17
    duplicate_fee_grosze = models.PositiveIntegerField(_("opłata za duplikat w groszach"), default=2000)  # R28
    pit_year_before_until_month = models.PositiveSmallIntegerField(_("PIT sprzed dwóch lat do miesiąca"), default=3)  # R3
    reversal_minutes = models.PositiveSmallIntegerField(_("minuty na cofnięcie zniżki"), default=15)  # R48
    notice_days = models.JSONField(_("przypomnienia, dni przed końcem"), default=list)  # [60, 30, 7] (R41)

    class Meta(Dated.Meta):
        verbose_name = _("zasady karty")
        verbose_name_plural = _("zasady karty")
        ordering = ["-valid_from"]

    def __str__(self):
        return f"{self.valid_from:%d.%m.%Y}"
