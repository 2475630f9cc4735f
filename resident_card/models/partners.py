"""Partners and their offers; what was used, counted (R42-R49). No money flows here (Q15)."""

import uuid

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resident_card.models.cards import CardMedium
from resident_card.models.packages import PackageType
from residents.models import Person


@pghistory.track()
class Partner(models.Model):
    name = models.CharField(_("nazwa"), max_length=150)
    nip = models.CharField("NIP", max_length=10, blank=True)
    agreement = models.CharField(_("numer umowy"), max_length=60)
    agreed_from = models.DateField(_("umowa od"))
    agreed_to = models.DateField(_("umowa do"), null=True, blank=True)
    contact = models.CharField(_("kontakt"), max_length=200, blank=True)
    url = models.URLField(_("strona"), blank=True)
    is_sample = models.BooleanField(_("przykład"), default=False)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partnerzy")
        ordering = ["name"]

    def __str__(self):
        return self.name


class PartnerPoint(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="points", verbose_name=_("partner"))
    name = models.CharField(_("nazwa punktu"), max_length=150)
    address = models.CharField(_("adres"), max_length=200)
    is_active = models.BooleanField(_("czynny"), default=True)

    class Meta:
        verbose_name = _("punkt partnera")
        verbose_name_plural = _("punkty partnerów")
        ordering = ["partner", "name"]

    def __str__(self):
        return f"{self.partner}, {self.name}"


class PartnerUser(models.Model):
    """An account that may verify cards at a point."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="partner_points", verbose_name=_("konto"))
    point = models.ForeignKey(PartnerPoint, models.PROTECT, related_name="users", verbose_name=_("punkt"))
    ended_at = models.DateTimeField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("sprawdzający u partnera")
        verbose_name_plural = _("sprawdzający u partnerów")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "point"], condition=Q(ended_at__isnull=True), name="resident_card_partner_user_once"
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.point}"


@pghistory.track()
class Offer(models.Model):
    class Per(models.TextChoices):
        PERSON = "person", _("osobę")
        FAMILY = "family", _("rodzinę")

    class Period(models.TextChoices):
        DAY = "day", _("dzień")
        MONTH = "month", _("miesiąc")
        YEAR = "year", _("rok")
        ONCE = "once", _("raz")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="offers", verbose_name=_("partner"))
    points = models.ManyToManyField(PartnerPoint, related_name="offers", verbose_name=_("w punktach"))
    package = models.ForeignKey(PackageType, models.PROTECT, related_name="offers", verbose_name=_("dla pakietu"))
    title = models.CharField(_("zniżka"), max_length=150)
    description = models.TextField(_("szczegóły"), blank=True)
    category = models.CharField(_("dziedzina"), max_length=60)
    percent = models.PositiveSmallIntegerField(_("procent"), null=True, blank=True)  # to choose the better one (R45)
    limit = models.PositiveSmallIntegerField(_("ile razy"), null=True, blank=True)  # empty: without limit (Q16)
    limit_per = models.CharField(_("na"), max_length=6, choices=Per, default=Per.PERSON)
    limit_period = models.CharField(_("w ciągu"), max_length=5, choices=Period, default=Period.YEAR)
    valid_from = models.DateField(_("od"))
    valid_to = models.DateField(_("do"), null=True, blank=True)

    class Meta:
        verbose_name = _("oferta")
        verbose_name_plural = _("oferty")
        ordering = ["title"]

    def __str__(self):
        return self.title


class OfferCount(models.Model):
    """How often an offer was used by a holder in a period: one row to lock, never more than the limit (R44)."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="counts")
    holder = models.UUIDField()  # Person.id, or Family.id for an offer counted by family
    period = models.DateField()  # its first day
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["offer", "holder", "period"], name="resident_card_offer_count")]

    def __str__(self):
        return str(self.used)


class Redemption(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offer = models.ForeignKey(Offer, models.PROTECT, related_name="redemptions", verbose_name=_("oferta"))
    point = models.ForeignKey(PartnerPoint, models.PROTECT, related_name="redemptions", verbose_name=_("punkt"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="redemptions", verbose_name=_("osoba"))
    medium = models.ForeignKey(CardMedium, models.PROTECT, related_name="+", verbose_name=_("karta"))
    count = models.ForeignKey(OfferCount, models.PROTECT, null=True, related_name="+")
    key = models.UUIDField()  # of the partner's form: the same press books once
    by = models.UUIDField(_("kto sprawdził"))  # User.subject
    at = models.DateTimeField(_("kiedy"))
    reversed_at = models.DateTimeField(_("cofnięto"), null=True)

    class Meta:
        verbose_name = _("użycie zniżki")
        verbose_name_plural = _("użycia zniżek")
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["point", "key"], name="resident_card_redemption_once")]
        indexes = [models.Index(fields=["person", "-at"])]

    def __str__(self):
        return str(self.offer)
