"""Kinds of dues and how interest is counted, as data with dates. What is only recalled of the law is marked „do potwierdzenia”."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated


class Kind(Dated):
    """A kind of due as the tax system codes it. `purpose` names the account of the town that takes the money (payments.TownAccount)."""

    code = models.SlugField(_("kod w systemie podatkowym"), max_length=40, unique=True)
    name = models.CharField(_("nazwa"), max_length=100)
    legal_basis = models.CharField(_("podstawa prawna"), max_length=300)
    purpose = models.SlugField(
        _("na który rachunek"), max_length=40, help_text=_("Nazwa z rachunków miasta, na przykład podatki.")
    )
    bears_interest = models.BooleanField(_("z odsetkami za zwłokę"), default=True)
    order = models.PositiveSmallIntegerField(_("kolejność"), default=100)

    class Meta(Dated.Meta):
        verbose_name = _("rodzaj należności")
        verbose_name_plural = _("rodzaje należności")
        ordering = ["order", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")), name="dues_kind_dates_in_order"
            )
        ]

    def __str__(self):
        return self.name


class InterestRate(Dated):
    """Interest for delay, per cent a year, from a day to a day. Of two rows in force the one that came later counts."""

    percent = models.DecimalField(
        _("procent w roku"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )

    class Meta(Dated.Meta):
        verbose_name = _("stawka odsetek za zwłokę")
        verbose_name_plural = _("stawki odsetek za zwłokę")
        ordering = ["-valid_from"]

    def __str__(self):
        return f"{self.percent}%"


class InterestTerms(Dated):
    """How interest is counted: what is too little to be charged (art. 54), to what it is rounded (art. 63), how long a year is."""

    letter_grosze = models.PositiveIntegerField(
        _("opłata za polecenie listu, w groszach"), help_text=_("Tyle pobiera poczta za traktowanie listu jako poleconego.")
    )
    letters = models.PositiveSmallIntegerField(
        _("ile takich opłat to za mało"), help_text=_("Odsetek, które tej sumy nie przekraczają, się nie nalicza.")
    )
    rounding_grosze = models.PositiveSmallIntegerField(
        _("zaokrąglenie w groszach"), validators=[MinValueValidator(1)], help_text=_("100: do pełnych złotych, połówka w górę.")
    )
    year_days = models.PositiveSmallIntegerField(_("dni w roku"), validators=[MinValueValidator(360), MaxValueValidator(366)])
    term_moves = models.BooleanField(
        _("termin w dzień wolny przechodzi na następny roboczy"), help_text=_("Ordynacja podatkowa art. 12 § 5.")
    )

    class Meta(Dated.Meta):
        verbose_name = _("zasady liczenia odsetek")
        verbose_name_plural = _("zasady liczenia odsetek")
        ordering = ["-valid_from"]

    def __str__(self):
        return str(_("zasady od %(day)s")) % {"day": self.valid_from}
