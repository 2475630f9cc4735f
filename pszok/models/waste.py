"""What the point takes: fractions, codes of the waste catalogue, things by their everyday names, limits (R53-R62)."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from office.models import Dated
from office.polish import fold


class Fraction(models.Model):
    """A heap at the point, shown as a large picture with a word."""

    code = models.SlugField(_("kod"), unique=True)
    name = models.CharField(_("nazwa"), max_length=80)
    picture = models.CharField(_("obrazek"), max_length=40)  # a name in static/img/waste/
    order = models.PositiveSmallIntegerField(_("kolejność"), default=1)
    packing = models.TextField(_("jak przygotować"), blank=True)
    is_accepted = models.BooleanField(_("przyjmowana"), default=True)
    refused_because = models.CharField(_("dlaczego nie przyjmujemy"), max_length=300, blank=True)  # and where to take it instead
    soft_most_kg = models.PositiveIntegerField(_("ostrzeżenie od kg"), null=True, blank=True)  # suspected business (Q9)
    soft_most_pieces = models.PositiveIntegerField(_("ostrzeżenie od sztuk"), null=True, blank=True)

    class Meta:
        verbose_name = _("frakcja")
        verbose_name_plural = _("frakcje")
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=Q(is_accepted=True) | ~Q(refused_because=""), name="pszok_refused_fraction_says_why")
        ]

    def __str__(self):
        return self.name


class WasteCode(Dated):
    """A code of the European waste catalogue. The star is a part of its identity: "200123" is hazardous, always."""

    code = models.CharField(_("kod"), max_length=6)  # six digits, no spaces, no star
    is_hazardous = models.BooleanField(_("niebezpieczny"), default=False)
    name = models.CharField(_("rodzaj odpadu"), max_length=300)
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="codes", verbose_name=_("frakcja"))
    is_default = models.BooleanField(_("domyślny"), default=False)  # what the gate offers first for the fraction

    class Meta(Dated.Meta):
        verbose_name = _("kod odpadu")
        verbose_name_plural = _("kody odpadów")
        ordering = ["code"]
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["code", "fraction", "valid_from"], name="pszok_code_once"),
        ]

    def __str__(self):
        return f"{self.code[:2]} {self.code[2:4]} {self.code[4:]}{'*' if self.is_hazardous else ''}"


class WasteItem(models.Model):
    """A thing as people call it: „lodówka”, „wersalka”, „gruz”. The town's only waste search reads these."""

    name = models.CharField(_("nazwa"), max_length=80, unique=True)
    synonyms = models.CharField(_("inne nazwy"), max_length=300, blank=True)  # comma separated
    search = models.CharField(max_length=400, editable=False, db_index=True)  # folded name and synonyms
    fraction = models.ForeignKey(Fraction, models.PROTECT, related_name="items", verbose_name=_("frakcja"))
    code = models.ForeignKey(WasteCode, models.PROTECT, null=True, blank=True, verbose_name=_("kod"))
    hint = models.CharField(_("wskazówka"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("odpad")
        verbose_name_plural = _("wyszukiwarka odpadów")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def folded(self) -> str:
        """What `search` holds: set by who writes the row."""
        return fold(f"{self.name}, {self.synonyms}" if self.synonyms else self.name)


class Measure(models.TextChoices):
    KG = "kg", "kg"
    LITRES = "litres", _("litry")
    PIECES = "pieces", _("sztuki")


@pghistory.track()
class LimitRule(Dated):
    """So much of these fractions a dwelling in a period of calendar years, by a numbered resolution (`source`). Integers only (R55)."""

    class Scope(models.TextChoices):
        DWELLING = "dwelling", _("na mieszkanie")

    name = models.CharField(_("nazwa"), max_length=120)
    fractions = models.ManyToManyField(Fraction, related_name="limits", verbose_name=_("frakcje"))  # several: a group limit
    measure = models.CharField(_("miara"), max_length=6, choices=Measure)
    amount = models.PositiveIntegerField(_("ile"))
    period_years = models.PositiveSmallIntegerField(_("na ile lat"), default=1)  # R58
    scope = models.CharField(_("czego dotyczy"), max_length=8, choices=Scope, default=Scope.DWELLING)
    surplus_grosze = models.PositiveIntegerField(_("cena nadwyżki za jednostkę"), null=True, blank=True)  # R60: none by default

    class Meta(Dated.Meta):
        verbose_name = _("limit")
        verbose_name_plural = _("limity")
        ordering = ["-valid_from", "name"]

    def __str__(self):
        return self.name
